"""Averages: the numerator counts the very families, assistants and days that the denominator counts."""

from datetime import date, timedelta

from families.caseload.actions import assign_assistant, end_work
from families.choices import AssignmentKind, ClosingReason
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Quarter
from reports.catalogue import visits
from reports.catalogue.quarterly import FIGURES
from reports.figure import Ratio
from reports.quarter import ReportQuarter
from reports.statement import build_statement
from tests.factories import TODAY
from tests.families.visits.helpers import make_visit
from tests.form_client import response_text
from tests.reports.urls import THIRD, drilldown_url, evening, report_url

WORK_ENDED = date(2026, 6, 30)


def monitored(family, assistant, maria):
    """The work ended before the quarter; the assistant looks in for half a year."""
    period = family.periods.get()
    with clock.freeze_time(WORK_ENDED):
        end_work(period=period, on=WORK_ENDED, reason=ClosingReason.GOALS_REACHED, by=maria)
        first = WORK_ENDED + timedelta(days=1)
        days = {"starts_on": first, "ends_on": first + timedelta(days=180)}
        assign_assistant(period=period, assistant=assistant, kind=AssignmentKind.MONITORING, **days, by=maria)


def visit(family, who, day):
    with evening(day):
        make_visit(family, who, day)


def values(figure, *assistants):
    return [build_statement(ReportQuarter(THIRD, TODAY), assistant=each).text(figure) for each in assistants]


def test_visits_in_monitoring_have_lines_of_their_own(as_maria, kowalscy, nowakowie, anna, ewa, maria):
    monitored(nowakowie, ewa, maria)
    visit(kowalscy, anna, date(2026, 7, 15))
    for day in (1, 2, 3):
        visit(nowakowie, ewa, date(2026, 8, day))
    assert values(visits.HELD, None, ewa) == ["4", "3"]
    assert values(visits.IN_WORK, None, ewa) == ["1", "0"]
    assert values(visits.MONITORING, None, ewa) == ["3", "3"]
    assert values(visits.MONITORING_HOURS, None, anna) == ["3,0", "0,0"]
    assert values(visits.PER_FAMILY, None, anna, ewa) == ["1,0", "1,0", "–"]
    assert values(visits.HOURS_PER_FAMILY, None, anna, ewa) == ["1,0", "1,0", "–"]
    page = response_text(as_maria.get(report_url()))
    assert f'<a href="{drilldown_url("wizyty-w-monitoringu")}">3</a>' in page
    assert "Wizyty odbyte po zakończeniu pracy (monitoring): 3" in response_text(
        as_maria.get(drilldown_url("wizyty-w-monitoringu"))
    )


def test_the_last_day_of_work_is_work(kowalscy, anna, maria):
    visit(kowalscy, anna, WORK_ENDED)
    monitored(kowalscy, anna, maria)
    second = build_statement(ReportQuarter(Quarter(2026, 2), TODAY))
    assert (second.value(visits.IN_WORK), second.value(visits.MONITORING)) == (1, 0)
    assert second.text(visits.PER_FAMILY) == "1,0"


def test_an_assistants_average_leaves_out_stand_ins(kowalscy, nowakowie, anna, ewa, maria):
    """Ewa stands in with Kowalscy for a week; her average is of Nowakowie, whom she leads."""
    day = date(2026, 8, 3)
    with clock.freeze_time(day):
        assign_assistant(
            period=kowalscy.periods.get(),
            assistant=ewa,
            kind=AssignmentKind.STAND_IN,
            starts_on=day,
            ends_on=day + timedelta(days=6),
            by=maria,
        )
    visit(nowakowie, ewa, date(2026, 7, 15))
    visit(kowalscy, ewa, day)
    visit(kowalscy, ewa, day + timedelta(days=1))
    assert values(visits.HELD, None, ewa) == ["3", "3"]
    assert values(visits.IN_WORK, None, ewa) == ["3", "1"]
    assert values(visits.PER_FAMILY, None, anna, ewa) == ["1,5", "0,0", "1,0"]


def test_every_ratio_divides_rows_of_one_population(history, walked):
    """Each row above the line belongs to a family below it, for the centre and for each assistant."""
    quarter, found = ReportQuarter(Quarter(2026, 3), date(2026, 10, 13)), 0
    ratios = [figure for figure in FIGURES.values() if isinstance(figure, Ratio)]
    for ratio in ratios:
        for assistant in (None, *history.assistants):
            pk = assistant.pk if assistant else None
            above, below = (part.require_rows(pk) for part in (ratio.numerator, ratio.denominator))
            for column in quarter.columns:
                families, counted = (
                    set(
                        rows.queryset(column.period, assistant_id=pk).values_list(
                            rows.row_type.family_path, flat=True
                        )
                    )
                    for rows in (above, below)
                )
                assert families <= counted, f"{ratio.key} {assistant} {column.label}"
                found += len(families)
    assert found
    walked("ratios", len(ratios), at_least=2)
