"""Figures over random histories: a number is its list, movements close, assistants add up, the past stays."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from django.db.models import Sum

from families import law
from families.assessments.models import Assessment
from families.caseload.models import Assignment, WorkPeriod
from lubsko_ops.core.dates import Period, Quarter
from reports.catalogue import movement, plans_and_assessments
from reports.catalogue.quarterly import FIGURES, TABLES
from reports.figure import Figure, Ratio
from reports.quarter import ReportQuarter
from reports.statement import ASSISTANT_FIGURES, shown_to, build_statement
from tests.reports.random_history import History

SEEDS = (1, 2, 3)
TODAY = date(2026, 10, 13)
# One that is over, the one running, and the first of a year, which begins with January.
CHECKED = [ReportQuarter(Quarter(2026, number), TODAY) for number in (3, 4, 1)]


@pytest.fixture
def julia(person):
    return person("julia", "Julia", "Dudek", "assistant")


@pytest.fixture(params=SEEDS)
def history(request, anna, ewa, julia, maria):
    made = History(request.param, [anna, ewa, julia], maria)
    made.families(12)
    return made


def every_number(told):
    """Each figure of each column: (figure, column, value)."""
    for filled in told.tables:
        for figure in filled.table.figures:
            if shown_to(figure, told.who):
                for column in told.columns:
                    yield figure, column, told.value(figure, column)


def measured(figure, period, who):
    """The length of the list, or the sum of what is summed in it, in Python."""
    rows = figure.rows_for(who)
    listed = list(rows.list_queryset(period, who=who))
    return sum(getattr(row, rows.sum_field) for row in listed) if rows.sum_field else len(listed)


def test_every_number_is_the_length_or_the_sum_of_its_list(history):
    some = 0
    for quarter, assistant in product(CHECKED, (None, *history.assistants)):
        told = statement(quarter, assistant=assistant)
        for figure, column, value in every_number(told):
            if isinstance(figure, Ratio):
                top, bottom = told.value(figure.numerator, column), told.value(figure.denominator, column)
                assert value == (Decimal(top) / bottom if bottom else None)
                continue
            assert value == measured(figure, column.period, told.who), (
                f"{figure.key} {column.head} {assistant}"
            )
            some += bool(value)
        for each in told.people if assistant is None else ():
            for figure, value in zip(ASSISTANT_FIGURES, each.values, strict=True):
                assert value == measured(figure, told.columns[0].period, each.user.pk), figure.key
    assert some > 300


def test_each_month_of_the_chart_is_its_list(history):
    told = statement(ReportQuarter(Quarter(2026, 4), TODAY))
    held = FIGURES["wizyty-odbyte"]
    for month, now, before in told.visits_by_month:
        until = Period(month.start, min(month.end, TODAY))
        assert now == measured(held, until, None)
        assert before == measured(held, month.year_earlier, None)
    assert told.months[-1].number == 10


@pytest.mark.parametrize("quarter", CHECKED, ids=lambda each: each.name)
def test_what_came_and_what_went_closes_and_the_assistants_are_the_centre(history, quarter):
    centre = statement(quarter)
    for column in centre.columns:
        moved = [
            centre.value(f, column)
            for f in (movement.OPENING, movement.STARTED, movement.ENDED, movement.CLOSING)
        ]
        assert moved[0] + moved[1] - moved[2] == moved[3]
    assert centre.value(movement.OPENING) == centre.value(movement.CLOSING, centre.columns[1])
    ones = [statement(quarter, assistant=each) for each in history.assistants]
    for told in ones:
        for column in told.columns:
            value = {f.key: told.value(f, column) for f in movement.MOVEMENT.figures if shown_to(f, told.who)}
            came = value["stan-poczatkowy"] + value["przybylo"] + value["przejete"]
            assert came - value["ubylo"] - value["przekazane"] == value["stan-koncowy"]
    for figure in FIGURES.values():
        if figure.adds_up:
            for column in centre.columns:
                assert sum(told.value(figure, column) for told in ones) == centre.value(figure, column), (
                    figure.key
                )
    led = sum(told.value(movement.CLOSING) for told in ones)
    assert led + centre.value(movement.WITHOUT_ASSISTANT) == centre.value(movement.CLOSING)


def numbers_of(quarter, history) -> dict:
    """Everything the reports of a quarter that is over say."""
    found = {}
    for assistant in (None, *history.assistants):
        told = statement(ReportQuarter(quarter, TODAY), assistant=assistant)
        found |= {(assistant, f.key, c.code): value for f, c, value in every_number(told)}
    return found


def test_what_carries_a_later_day_changes_nothing_of_an_earlier_quarter(history):
    before = numbers_of(Quarter(2026, 2), history)
    later = date(2026, 7, 1)
    # Work ends, families change hands, new work begins, visits and assessments come: all from 1 July on.
    for row in Assignment.objects.filter(ends_on=None, kind="leading")[:4]:
        if row.starts_on < later:
            taker = next(each for each in history.assistants if each.pk != row.assistant_id)
            Assignment.objects.filter(pk=row.pk).update(ends_on=date(2026, 6, 30))
            history.keep(Assignment(period=row.period, assistant=taker, kind="leading", starts_on=later))
    for period in WorkPeriod.objects.filter(ends_on=None, starts_on__lt=later)[:3]:
        WorkPeriod.objects.filter(pk=period.pk).update(
            ends_on=date(2026, 7, 9), closing_reason="goals_reached"
        )
        period.assignments.filter(starts_on__gt=date(2026, 7, 9))._raw_delete("default")
        period.assignments.filter(ends_on=None).update(ends_on=date(2026, 7, 9))
        day = date(2026, 7, 5)
        history.keep(
            Assessment(
                period=period,
                author=history.by,
                covers_from=period.starts_on,
                covers_to=day,
                handed_over_on=day,
            )
        )
    assert numbers_of(Quarter(2026, 2), history) == before
    assert numbers_of(Quarter(2026, 3), history) != before


def test_terms_of_assessments_in_sql_are_those_of_the_law(history):
    rows = list(
        plans_and_assessments.ASSESSMENTS.get_queryset()
        .select_related("period")
        .order_by("period", "handed_over_on", "pk")
    )
    assert rows
    last = {}
    for row in rows:
        since = last.get(row.period_id, row.period.starts_on)
        assert row.due_on == law.assessment_due_on(since)
        last[row.period_id] = row.handed_over_on


def test_overdue_is_told_by_the_law(history):
    day = date(2026, 6, 30)
    overdue = set(
        plans_and_assessments.OVERDUE.rows.queryset(Period(date(2026, 4, 1), day)).values_list("pk", flat=True)
    )
    expected = set()
    for period in WorkPeriod.objects.filter(movement.open_after(day)):
        made = [each.handed_over_on for each in period.assessments.all() if each.handed_over_on <= day]
        if law.assessment_due_on(max(made, default=period.starts_on)) < day:
            expected.add(period.pk)
    assert overdue == expected


# ---- the catalogue -----------------------------------------------------------------------------------
def test_every_figure_has_a_key_of_its_own_a_definition_and_a_basis():
    figures = [figure for table in TABLES for figure in table.figures]
    assert len({figure.key for figure in figures}) == len(figures)
    for figure in FIGURES.values():
        assert figure.definition.endswith(".") and figure.basis
        assert isinstance(figure, Ratio) or figure.rows or figure.assistant_rows


def test_only_what_may_add_up_is_said_to():
    for figure in FIGURES.values():
        if figure.adds_up:
            assert isinstance(figure, Figure) and not figure.rows.distinct_on


def test_a_sum_is_the_sum_of_minutes(history):
    period = Period(date(2026, 1, 1), date(2026, 9, 30))
    rows = FIGURES["godziny"].rows.queryset(period)
    assert rows.aggregate(total=Sum("minutes"))["total"] == measured(FIGURES["godziny"], period, None)
