"""Reports of a demo project: their texts, presented by who wrote them and approved by the manager."""

from datetime import date

from devtools.demo.project_data import day_of
from devtools.demo.project_replay import ProjectReplay
from devtools.demo.timeline import REPORTED
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Period
from projects.models import Edition
from reports.issuing import fingerprint
from reports.models import PROJECT_HEADINGS, ProjectReportText
from reports.project.actions import approve_presented_report, present_report, write_report_texts
from reports.project.periods import find_period
from reports.project.statement import build_project_statement


class DemoReport:
    """One report of a project, as written: of a year, or of all of it."""

    def __init__(self, project: ProjectReplay, data: dict):
        self.project, self.data = project, data
        self.presented_by = project.users[data.get("presented_by", project.data["author"])]
        self.approved_by = project.users[data.get("approved_by", project.data["manager"])]
        self.presented = day_of(project.demo, data, "presented")
        self.approved = day_of(project.demo, data, "approved")

    def plan(self) -> None:
        """Put its texts, the presentation and the approval on the timeline, as far as they have happened."""
        if written := day_of(self.project.demo, self.data, "written") or self.presented:
            self._at(written, 0, self._write)
        if self.presented:
            self._at(self.presented, 10, self._present)
        if self.approved:
            self._at(self.approved, 20, self._approve)

    def _at(self, day: date, minute: int, perform) -> None:
        is_end = day == self.project.days.get("ended")
        hour = self.project.end_hour(REPORTED) if is_end else REPORTED
        self.project.at(day, hour.replace(minute=minute), perform)

    def _about(self) -> dict:
        """The edition and the days of the report."""
        edition = self.project.edition
        return {"edition": edition, "period": self._period(edition)}

    def _period(self, edition: Edition) -> Period:
        return find_period(edition, self.data.get("year"), today=clock.today()).days

    def _write(self) -> None:
        texts = {name: self.data.get(name, "").strip() for name in PROJECT_HEADINGS}
        data = ProjectReportText(**texts)
        write_report_texts(**self._about(), data=data, version=0, by=self.presented_by)

    def _present(self) -> None:
        present_report(**self._about(), version=None, by=self.presented_by)

    def _approve(self) -> None:
        about = self._about()
        text = ProjectReportText.objects.get(
            edition=about["edition"], starts_on=about["period"].start, ends_on=about["period"].end
        )
        seen = fingerprint(build_project_statement(**about), text.full_text)
        approve_presented_report(**about, seen=seen, version=None, by=self.approved_by)
