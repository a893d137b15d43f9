"""The social projects of a demo centre, done again day by day through the actions of the application."""

from datetime import time

from devtools.demo.demo_centre import DemoCentre
from devtools.demo.families import get_family
from devtools.demo.invented_people import InventedPeople
from devtools.demo.meetings import DemoMeetings
from devtools.demo.participants import Portion, portions_of
from devtools.demo.project_data import load_project_data
from devtools.demo.project_replay import ProjectReplay
from devtools.demo.project_reports import DemoReport
from devtools.demo.surveys import DemoSurvey
from devtools.demo.timeline import DemoTimeline
from families.people.models import Person
from lubsko_ops.core.polish import count_of
from projects.consultations.actions import record_consultation
from projects.models import Consultation, Edition

PROGRESS_MESSAGE = "Piszę projekty"


def load(demo: DemoCentre) -> str:
    """All projects of the centre; returns a summary for the terminal."""
    timeline, earlier, portions = DemoTimeline(), dict[str, ProjectReplay](), dict[str, Portion]()
    staff = demo.content["staff"]["people"]
    taken = set(Person.objects.values_list("first_name", "last_name"))
    people = InventedPeople(taken | {(each["first_name"], each["last_name"]) for each in staff})
    for data in load_project_data(demo):
        project = ProjectReplay(demo, data, timeline)
        project.plan(earlier)
        for survey in data.get("surveys", []):
            DemoSurvey(project, survey).plan()
        for portion in portions_of(project, people, portions):
            portion.plan()
        for meetings in data.get("meetings", []):
            DemoMeetings(project, meetings).plan()
        for consultation in data.get("consultations", []):
            _plan_consultation(project, consultation, portions)
        for report in data.get("reports", []):
            DemoReport(project, report).plan()
        earlier[data["key"]] = project
    timeline.run()
    return count_of(Edition.objects.count(), "edycja,edycje,edycji")


def _plan_consultation(project: ProjectReplay, data: dict, portions: dict[str, Portion]) -> None:
    day, hour = project.demo.resolve(data["day"]), time.fromisoformat(data["hour"].zfill(5))

    def record() -> None:
        row = Consultation(day=day, starts_at=hour, minutes=data["minutes"], subject=data["subject"])
        row.note, row.readers = data.get("note", ""), data.get("readers", "author")
        row.group = project.group(data["group"])
        if "worker" in data:
            row.worker = project.users[data["worker"]]
        elif "family" in data:
            row.family = get_family(project.demo, data["family"])
        else:
            row.participation = portions[data["of"]].rows[data["participant"] - 1]
        record_consultation(row=row, by=project.users[data["by"]])

    project.at(day, max(hour, time(12)), record)
