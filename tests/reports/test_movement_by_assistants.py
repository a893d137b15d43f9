"""Families handed over, interruptions of leading, and families that the limit counts."""

from datetime import date, timedelta

from families.caseload.actions import assign_assistant, end_assignment, hand_over
from families.caseload.caseload import get_caseloads
from families.caseload.models import Assignment
from families.choices import AssignmentKind
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Quarter
from reports.catalogue import movement
from reports.quarter import ReportQuarter
from reports.statement import build_statement
from tests.factories import TODAY
from tests.form_client import response_text
from tests.reports.urls import THIRD, drilldown_url, report_url

FIRST, LATER = date(2026, 8, 3), date(2026, 8, 31)
MOVED = (movement.TAKEN_OVER, movement.RESUMED, movement.HANDED_OVER, movement.LEFT)


def moved(assistant):
    statement = build_statement(ReportQuarter(THIRD, TODAY), assistant=assistant)
    return tuple(statement.value(figure) for figure in MOVED)


def left_alone(family, maria, on=FIRST):
    """Nobody leads from the day after."""
    row = Assignment.objects.get(period__family=family, ends_on=None)
    with clock.freeze_time(on):
        end_assignment(assignment=row, on=on, version=None, by=maria)


def led_again(family, assistant, maria, on=LATER):
    with clock.freeze_time(on):
        assign_assistant(period=family.periods.get(), assistant=assistant, starts_on=on, by=maria)


def test_a_hand_over_is_between_two_assistants(kowalscy, anna, ewa, maria):
    with clock.freeze_time(FIRST):
        hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=FIRST, by=maria)
    assert (moved(anna), moved(ewa)) == ((0, 0, 1, 0), (1, 0, 0, 0))


def test_a_family_left_to_nobody_is_not_handed_over(kowalscy, anna, ewa, maria):
    left_alone(kowalscy, maria)
    assert moved(anna) == (0, 0, 0, 1)
    led_again(kowalscy, ewa, maria)
    assert (moved(anna), moved(ewa)) == ((0, 0, 0, 1), (0, 1, 0, 0))


def test_an_interruption_of_the_same_assistant_is_not_taking_over(as_maria, kowalscy, anna, maria):
    left_alone(kowalscy, maria)
    led_again(kowalscy, anna, maria)
    assert moved(anna) == (0, 1, 0, 1)
    page = response_text(as_maria.get(report_url()))
    assert "Podjęte po przerwie" in page and "Bez następcy" in page
    address = f"{drilldown_url('podjete-po-przerwie')}?asystent={anna.pk}"
    assert f'<a href="{address}">1</a>' in page
    assert "Rodziny podjęte po przerwie w prowadzeniu: 1" in response_text(as_maria.get(address))
    own = response_text(as_maria.get(report_url(), {"asystent": anna.pk}))
    assert "1 + 0 + 0 + 1 − 0 − 0 − 1 = 1" in own, "the movement adds up"


def test_without_interruptions_there_are_no_lines_of_them(as_maria, kowalscy):
    assert "Podjęte po przerwie" not in response_text(as_maria.get(report_url()))


def test_a_stand_in_takes_a_place_of_the_limit(as_maria, kowalscy, nowakowie, anna, ewa, maria):
    with clock.freeze_time(LATER):
        assign_assistant(
            period=kowalscy.periods.get(),
            assistant=ewa,
            kind=AssignmentKind.STAND_IN,
            starts_on=LATER,
            ends_on=LATER + timedelta(days=60),
            by=maria,
        )
    statement = build_statement(ReportQuarter(THIRD, TODAY))
    counted = {each.user.username: each.value(movement.COUNTED) for each in statement.assistants}
    closing = {each.user.username: each.value(movement.CLOSING) for each in statement.assistants}
    assert counted == {"anna": 1, "ewa": 2}
    assert closing == {"anna": 1, "ewa": 1}
    page = response_text(as_maria.get(f"{drilldown_url('do-limitu')}?asystent={ewa.pk}"))
    assert "Rodziny liczone do limitu w ostatnim dniu okresu: 2" in page
    assert "Kowalscy" in page and "Nowakowie" in page


def test_the_report_counts_places_as_the_limit_does(history):
    for number in (2, 3):
        quarter = ReportQuarter(Quarter(2026, number), TODAY)
        day = quarter.as_of
        caseloads = get_caseloads([each.pk for each in history.assistants], since=day)
        for each in build_statement(quarter).assistants:
            assert each.value(movement.COUNTED) == caseloads[each.user.pk].count_on(day)
