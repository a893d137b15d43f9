"""The loader of the projects of demo centres, on a centre with one of everything that the files can say."""

from datetime import date, time
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from devtools.demo import centre, employees, families, projects
from devtools.demo.dataset import FaultyData
from devtools.demo.demo_centre import DemoCentre, centre_names
from devtools.demo.project_data import load_project_data
from devtools.demo.surveys import make_answers, make_codes
from devtools.demo.timeline import DemoTimeline
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core import clock
from lubsko_ops.output import documents
from projects.choices import ConsentKind
from projects.indicators.queries import load_indicators
from projects.models import Consultation, Edition, GroupDay, Participation, SurveyQuestion, SurveySheet
from reports.models import IssuedReport
from sessions.choices import MeetingState
from sessions.models import Attendance, Meeting
from tests.factories import TODAY
from tests.staff import delete_staff

CENTRES = Path(__file__).parent / "centres"
APPROVED = date(2024, 1, 16)


def tiny() -> DemoCentre:
    return DemoCentre("tiny", TODAY, CENTRES)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The tiny centre, rolled back after the last test of this file."""
    demo = tiny()
    with django_db_blocker.unblock(), transaction.atomic():
        delete_staff()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(documents, "write_pdf", lambda html, static: b"%PDF-")
            for part in (centre, employees, families, projects):
                part.load(demo)
        yield demo
        transaction.set_rollback(True)


@pytest.fixture
def spring(loaded, db):
    return Edition.objects.get(title="Razem")


def people_of(edition: Edition, group: str):
    rows = Participation.objects.filter(edition=edition, group__name=group)
    return rows.order_by("pk")


# ---- what happened -----------------------------------------------------------------------------------
def test_each_step_was_taken_on_its_day(spring):
    assert [(step.kind, step.day) for step in spring.steps.order_by("pk")] == [
        ("send", date(2024, 1, 15)),
        ("approve", APPROVED),
        ("begin", date(2024, 3, 1)),
        ("end", date(2024, 4, 2)),
        ("settle", date(2024, 4, 10)),
    ]
    assert {step.day == clock.local_date(step.entered_at) for step in spring.steps.all()} == {True}


def test_nothing_was_entered_before_it_could_be(spring):
    assert not Participation.objects.filter(edition=spring, entered_at__date__lt=APPROVED).exists()
    for row in Attendance.objects.filter(meeting__group__edition=spring).select_related("meeting"):
        assert clock.local_date(row.entered_at) == row.meeting.starts_on
    models = [model for model in AuditedModel.__subclasses__() if not model._meta.abstract]
    written = [model.objects.order_by("-entered_at").first() for model in models]
    assert max(row.entered_at for row in written if row) < clock.to_instant(TODAY, time(23))


def test_who_has_a_place_begins_and_the_first_who_waits_takes_a_free_one(spring):
    steps = [
        list(row.steps.order_by("pk").values_list("kind", flat=True))
        for row in people_of(spring, "Warsztaty")
    ]
    finished = ["report", "qualify", "begin", "finish"]
    assert steps == [
        finished,
        ["report", "qualify", "begin", "break_off"],
        finished,
        ["report", "put_on_reserve", "offer", "confirm", "begin", "finish"],
    ]


def test_people_are_invented_once_and_always_the_same(spring):
    names = [str(row.person) for row in people_of(spring, "Warsztaty")]
    assert len(set(names)) == 4
    assert [row.person.sex for row in people_of(spring, "Warsztaty")] == ["female"] * 3 + ["male"]
    now = Edition.objects.get(title="Razem dalej")
    assert [str(row.person) for row in people_of(now, "Warsztaty")] == names


def test_a_pair_has_a_parent_and_a_child_with_a_consent(spring):
    father, mother = people_of(spring, "Maluchy")
    assert (father.person.sex, mother.person.sex) == ("male", "female")
    assert [row.child.age_on(spring.starts_on) for row in (father, mother)] == [0, 1]
    for row in (father, mother):
        assert spring.consents.get(person=row.child, kind=ConsentKind.GUARDIAN).given_by == row.person


def test_children_of_families_at_work_take_part_once_a_consent_is_there(spring):
    rows = people_of(spring, "Zajęcia")
    assert [(row.person.first_name, row.status) for row in rows] == [
        ("Olek", "finished"),
        ("Tola", "broken_off"),
    ]


def test_visits_of_a_family_that_takes_part_are_counted(spring):
    typed, counted = load_indicators(spring, spring.specificgoals.all(), until=TODAY)
    assert typed.value == 2 and not typed.is_computed
    assert counted.is_computed and 3 <= counted.value <= 6


def test_meetings_were_held_by_the_schedule_in_words(spring):
    meetings = Meeting.objects.filter(group__edition=spring).order_by("starts_on")
    assert [each.starts_on.day for each in meetings] == [6, 13, 20, 27]
    assert {each.state for each in meetings} == {MeetingState.HELD}
    assert [each.topic for each in meetings] == ["Poznajemy się", "Rozmowa", "Poznajemy się", "Rozmowa"]


def test_days_money_consultation_and_report_are_there(spring):
    event = GroupDay.objects.get(group__edition=spring, group__kind="event")
    assert (event.people, event.kilograms, event.starts_at) == (80, Decimal("30.5"), time(9))
    assert [(line.spent, line.difference) for line in spring.budgetlines.all()] == [
        (Decimal("120.50"), "Taniej."),
        (Decimal(40), ""),
    ]
    consultation = Consultation.objects.get()
    assert consultation.participation == people_of(spring, "Konsultacje").get()
    report = IssuedReport.objects.get(edition=spring)
    assert (report.prepared_by.username, report.issued_by.username) == ("celina", "beata")
    assert report.issued_on == date(2024, 4, 16) and "Warto powtórzyć." in report.text


def test_means_of_a_survey_come_out_as_wanted(spring):
    survey = spring.surveys.get()
    scale, yes, words = SurveyQuestion.objects.filter(survey=survey)
    for question, moment, total in (
        (scale, "before", 16),
        (scale, "after", 21),
        (yes, "before", 3),
        (yes, "after", 6),
    ):
        answers = question.answers.filter(sheet__moment=moment).values_list("value", flat=True)
        assert sum(answers) == total, (question, moment)
    assert sorted(words.answers.values_list("text", flat=True)) == ["Nic.", "Więcej czasu."]
    before, after = (
        set(SurveySheet.objects.filter(survey=survey, moment=each).values_list("code", flat=True))
        for each in ("before", "after")
    )
    assert after < before and survey.closed_on == date(2024, 4, 2)


def test_a_copy_begins_with_what_the_earlier_edition_says(spring):
    copy = Edition.objects.get(title="Razem jesienią")
    assert copy.copied_from == spring and copy.state == "withdrawn"
    assert (copy.problem, copy.schedule) == (spring.problem, "Październik.")
    assert copy.recruits_from is None
    assert set(copy.groups.values_list("name", flat=True)) == set(
        spring.groups.exclude(name="Festyn").values_list("name", flat=True)
    )
    workshop = copy.groups.get(name="Warsztaty")
    assert (workshop.capacity, workshop.starts_on, workshop.place.name) == (8, copy.starts_on, "Sala ośrodka")
    assert [str(leader) for leader in workshop.leaders.order_by("pk")] == ["Celina Lis", "gość"]
    assert copy.specificgoals.count() == 2 and not copy.specificgoals.filter(readings__isnull=False).exists()


def test_what_runs_now_moves_with_the_day_of_loading(loaded, db):
    now = Edition.objects.get(title="Razem dalej")
    assert (now.state, now.ends_on) == ("running", None)
    meetings = Meeting.objects.filter(group__edition=now)
    assert set(meetings.filter(starts_on__lt=TODAY).values_list("state", flat=True)) == {MeetingState.HELD}
    assert set(meetings.filter(starts_on__gte=TODAY).values_list("state", flat=True)) == {
        MeetingState.PLANNED
    }
    assert now.budgetlines.first().spent == 10


# ---- means, codes, order -----------------------------------------------------------------------------
@pytest.mark.parametrize(("number", "mean"), [(1, 3.0), (5, 1.0), (5, 5.0), (14, 2.6), (40, 3.95)])
def test_answers_have_the_nearest_mean(number, mean):
    answers = make_answers("salt", number, mean, "scale")
    assert len(answers) == number and set(answers) <= {1, 2, 3, 4, 5}
    assert abs(sum(answers) - mean * number) <= 0.5
    assert answers == make_answers("salt", number, mean, "scale")


def test_fewer_codes_begin_like_more():
    assert make_codes("salt", 9) == make_codes("salt", 14)[:9]
    assert len(set(make_codes("salt", 60))) == 60


def test_a_timeline_goes_by_days_and_never_back():
    done, timeline = [], DemoTimeline()

    def note(name: str) -> None:
        done.append((name, clock.today()))

    timeline.add(date(2024, 2, 1), time(8), lambda: note("second"))
    timeline.add(
        date(2024, 1, 1), time(8), lambda: timeline.add(date(2024, 1, 2), time(7), lambda: note("first"))
    )
    timeline.add(date(2024, 2, 2), time(8), lambda: note("late"), since=date(2024, 5, 1))
    timeline.add(date(2024, 2, 3), time(8), lambda: note("after it"))
    timeline.run()
    assert done == [
        ("first", date(2024, 1, 2)),
        ("second", date(2024, 2, 1)),
        ("late", date(2024, 5, 1)),
        ("after it", date(2024, 5, 1)),
    ]


# ---- files -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", centre_names())
def test_the_files_of_each_centre_hold(name):
    demo = DemoCentre(name, TODAY)
    rows = load_project_data(demo)
    assert rows and all(row["key"] for row in rows)
    assert all(family.events[0].event == "opened" for family in demo.families.values())
    assert demo.content["password"] == "Lubsko-demo-2026"


def test_a_real_centre_loads_with_the_command(no_staff, no_pdf):
    """Mokotów: families, groups of every kind, an open period; the others differ in their data alone."""
    out = StringIO()
    call_command("demo", centre="mokotow", day=TODAY, stdout=out)
    assert "Ośrodek pokazowy gotowy" in out.getvalue()
    edition = Edition.objects.get()
    assert (edition.starts_on, edition.ends_on, edition.state) == (date(2012, 1, 2), None, "running")
    assert edition.steps.count() == 3 and IssuedReport.objects.filter(edition=edition).count() == 2


def test_faulty_files_load_nothing_and_say_where(no_staff, monkeypatch):
    monkeypatch.setattr(DemoCentre, "projects", [tiny().projects[0] | {"titel": "Razem"}])
    with pytest.raises(SystemExit) as refusal:
        call_command("demo", centre="milicz", day=TODAY, stdout=StringIO())
    assert refusal.value.code == (
        "W plikach ośrodka jest błąd, nic nie wczytano.\nspring: nieznane pole titel"
    )
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"titel": "Razem"}, "spring: nieznane pole titel"),
        ({"goals": [{"goal": "Cel", "reached": "3"}]}, "spring, goals 1: nieznane pole reached"),
        ({"author": "zenon"}, "spring: nie ma konta zenon"),
        ({"meetings": [{"group": "Festyn"}]}, "spring: Festyn: ten rodzaj zajęć nie ma spotkań"),
        ({"people": [{"group": "Bal", "women": 2}]}, "spring: nie ma grupy Bal"),
        ({"people": [{"group": "Maluchy", "families": ["bąkowie"]}]}, "spring: nie ma rodziny bąkowie"),
        ({"people": [{"group": "Maluchy", "same_as": "inni"}]}, "spring: nie ma wcześniejszej porcji inni"),
        ({"sent": date(2024, 1, 2)}, "spring: kroki nie idą po kolei"),
        ({"settled": date(2044, 1, 2)}, "spring: krok jest po dniu wczytania"),
    ],
)
def test_what_names_nothing_is_refused_with_its_place(changed, fault):
    demo = tiny()
    demo.projects = [demo.projects[0] | changed]
    with pytest.raises(FaultyData, match=fault):
        load_project_data(demo)


def test_a_refusal_of_the_application_names_project_and_day(no_staff, no_pdf):
    demo = tiny()
    centre.load(demo)
    del demo.projects[1:]
    del demo.projects[0]["people"], demo.projects[0]["consultations"]
    demo.projects[0]["goals"][0]["readings"] = []
    with pytest.raises(FaultyData, match="tiny, spring, 2024-04-10: Cel 1 nie ma wartości osiągniętej"):
        projects.load(demo)
