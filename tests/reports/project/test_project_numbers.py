"""Figures that measure goals: what may be chosen, and values in the unit people read."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from families.care.actions import end_placement, record_placement
from families.choices import CareForm
from families.people.models import Membership, Person
from lubsko_ops.core.dates import Period
from projects.choices import ParticipationStepKind as Step
from projects.indicators.computed import load_values, numbers_of
from projects.models import Edition, Participation
from projects.surveys.actions import close_survey
from reports.project.figures import ProjectFigures
from reports.project.statement import SUMS, build_project_statement
from sessions.models import Attendance
from tests.factories import TODAY
from tests.families.visits.helpers import make_contact
from tests.page import Page
from tests.projects.participants.helpers import FIRST, enrol_one, step
from tests.projects.surveys.helpers import make_survey, question, type_pairs
from tests.reports.project.helpers import SECOND, THIRD_DAY

WHOLE = Period(FIRST, TODAY)


def values_of(edition, *keys, until=TODAY) -> dict[str, Decimal | None]:
    return {key: each.value for key, each in load_values(edition, keys, until=until).items()}


def families_at_home(edition, until=TODAY) -> tuple[int, int]:
    """Families that began with a child at home, and those of them that kept their children."""
    values = values_of(edition, "rodziny-z-dziecmi", "rodziny-dzieci-w-domu", until=until)
    return tuple(int(value) for value in values.values())


def child_of(family) -> Person:
    rows = Membership.objects.filter(family=family, kinship="child")
    return rows.order_by("pk").first().person


def place(family, maria, day: date):
    return record_placement(
        family=family, person=child_of(family), form=CareForm.PROFESSIONAL, starts_on=day, by=maria
    )


def other_children(family) -> None:
    """The family has one child alone."""
    rows = Membership.objects.filter(family=family, kinship="child")
    rows.exclude(person=child_of(family)).update(stay="elsewhere")


# ---- what may be chosen ------------------------------------------------------------------------------
def test_every_offered_number_is_a_figure_with_a_value(project, tomasz):
    survey = make_survey(
        project.edition, tomasz, codes=False, questions=[question("Sen"), question("Warto?", "yes_no")]
    )
    type_pairs(survey, tomasz, 1, before=(2, 1), after=(4, 0))
    close_survey(survey=survey, version=None, by=tomasz)
    offered = numbers_of(project.edition)
    keys = [each.key for each in offered]
    assert len(keys) == len(set(keys)) and all(each.label and each.group and each.unit for each in offered)
    figures = ProjectFigures(project.edition)
    for number in offered:
        for key in SUMS.get(number.key, (number.key,)):
            assert figures.find(key), key
    assert values_of(project.edition, *keys).keys() == set(keys)
    assert [(each.label, each.unit) for each in offered[-4:]] == [
        ("1. Sen: średnia po", "punktów"),
        ("1. Sen: zmiana", "punktów"),
        ("2. Warto?: odsetek „tak” po", "%"),
        ("2. Warto?: zmiana", "punktów procentowych"),
    ]


def test_values_in_the_unit_people_read(project, anna, kowalscy):
    make_contact(kowalscy, anna, SECOND, minutes=30)
    keys = ("uczestnicy", "godziny-spotkan", "frekwencja", "godziny-wizyt-projektu", "godziny-z-rodzinami")
    assert values_of(project.edition, *keys) == {
        "uczestnicy": 2,
        "godziny-spotkan": 4,
        "frekwencja": Decimal("66.67"),
        "godziny-wizyt-projektu": 2,
        "godziny-z-rodzinami": Decimal("2.5"),
    }


def test_each_value_leads_to_its_page(as_maria, project):
    keys = [each.key for each in numbers_of(project.edition)]
    for key, each in load_values(project.edition, keys, until=TODAY).items():
        assert Page(as_maria.get(each.url)).text, key


def test_attendance_of_nothing_and_a_project_to_come(project):
    values = values_of(project.edition, "frekwencja", "spotkania-odbyte", until=FIRST - timedelta(days=1))
    assert values == {"frekwencja": None, "spotkania-odbyte": None}
    Attendance.objects.all()._raw_delete("default")
    assert values_of(project.edition, "frekwencja") == {"frekwencja": None}


def test_a_number_that_nothing_counts_is_left_out(project):
    assert values_of(project.edition, "nie-ma", "ankieta-po-9") == {}


@pytest.mark.parametrize(("number", "value"), [(4, None), (5, Decimal("4"))])
def test_a_survey_has_a_value_from_five_answers_once_it_is_closed(project, tomasz, number, value):
    survey = make_survey(project.edition, tomasz)
    type_pairs(survey, tomasz, number)
    assert values_of(project.edition, "ankieta-po-1") == {}
    close_survey(survey=survey, version=None, by=tomasz)
    changed = Decimal("2") if value else None
    assert values_of(project.edition, "ankieta-po-1", "ankieta-zmiana-1") == {
        "ankieta-po-1": value,
        "ankieta-zmiana-1": changed,
    }


def test_one_statement_whatever_the_number_of_numbers(project, tomasz):
    survey = make_survey(project.edition, tomasz)
    type_pairs(survey, tomasz, 5)
    close_survey(survey=survey, version=None, by=tomasz)
    edition = Edition.objects.get(pk=project.edition.pk)
    counted = ("uczestnicy", "frekwencja", "godziny-z-rodzinami", "wydano", "rodziny-dzieci-w-domu")
    for keys, most in ((counted, 1), ((*counted, "ankieta-po-1", "ankieta-po-2"), 5)):
        with CaptureQueriesContext(connection) as statements:
            values_of(edition, *keys)
        assert len(statements) <= most


# ---- persons who finished ----------------------------------------------------------------------------
def test_who_finished_counts_once(project, tomasz, maria, kowalscy):
    again = enrol_one(project.edition, None, kowalscy, by=tomasz, on=FIRST)
    for kind in (Step.QUALIFY, Step.BEGIN):
        step(again, kind, by=maria, on=FIRST)
    for row in (project.danuta, again):
        step(Participation.objects.get(pk=row.pk), Step.FINISH, by=maria, on=THIRD_DAY)
    assert values_of(project.edition, "osoby-ukonczyly", "ukonczone") == {
        "osoby-ukonczyly": 1,
        "ukonczone": 2,
    }
    statement = build_project_statement(project.edition, WHOLE)
    figure = statement.catalogue["osoby-ukonczyly"]
    assert [row.pk for row in figure.rows.list_queryset(WHOLE)] == [project.danuta.person_id]


# ---- families that kept their children at home -------------------------------------------------------
def test_families_with_their_children(project):
    assert families_at_home(project.edition) == (2, 2)


def test_a_child_placed_and_returned(project, kowalscy, maria):
    placement = place(kowalscy, maria, SECOND)
    assert families_at_home(project.edition) == (2, 1)
    assert families_at_home(project.edition, until=SECOND - timedelta(days=1)) == (2, 2)
    end_placement(placement=placement, on=THIRD_DAY, returned=True, by=maria)
    assert families_at_home(project.edition) == (2, 2)
    assert families_at_home(project.edition, until=THIRD_DAY) == (2, 1), "that day it was still away"


def test_a_child_that_did_not_return(project, kowalscy, maria):
    end_placement(placement=place(kowalscy, maria, SECOND), on=THIRD_DAY, returned=False, by=maria)
    assert families_at_home(project.edition) == (2, 1)


def test_a_child_that_left_care_before_the_project(project, kowalscy, maria):
    earlier = FIRST - timedelta(days=20)
    end_placement(placement=place(kowalscy, maria, earlier), on=earlier, returned=False, by=maria)
    assert families_at_home(project.edition) == (2, 2)


def test_no_child_at_home_on_the_first_day(project, kowalscy, maria):
    """Whose only child was in care already does not count as one that kept it, nor when it comes back."""
    other_children(kowalscy)
    placement = place(kowalscy, maria, FIRST - timedelta(days=1))
    assert families_at_home(project.edition) == (1, 1)
    end_placement(placement=placement, on=THIRD_DAY, returned=True, by=maria)
    assert families_at_home(project.edition) == (1, 1)


@pytest.mark.parametrize(("until", "numbers"), [(SECOND, (2, 2)), (TODAY, (2, 1))])
def test_the_number_is_the_length_of_its_list(project, kowalscy, maria, until, numbers):
    place(kowalscy, maria, THIRD_DAY)
    period = Period(FIRST, until)
    statement = build_project_statement(project.edition, period)
    keys = ("rodziny-z-dziecmi", "rodziny-dzieci-w-domu")
    figures = [statement.catalogue[key] for key in keys]
    assert tuple(statement.value(each) for each in figures) == numbers
    assert tuple(each.rows.list_queryset(period).count() for each in figures) == numbers
