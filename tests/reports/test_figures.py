"""Properties of figures over random histories: numbers match their lists, movements balance, the past is stable."""

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
from reports.statement import ASSISTANT_FIGURES, build_statement, build_table
from reports.tables import compute_ratio, is_reported_for

TODAY = date(2026, 10, 13)
# One that is over, the one running, and the first of a year, which begins with January.
CHECKED = [ReportQuarter(Quarter(2026, number), TODAY) for number in (3, 4, 1)]


def all_values(statement):
    """(figure, column, value) for every figure in every column."""
    for table in statement.tables:
        for figure in table.definition.figures:
            if is_reported_for(figure, statement.assistant_id):
                for column in statement.columns:
                    yield figure, column, statement.value(figure, column)


def list_value(figure, period, assistant_id):
    """The length of the drill-down list, or the sum of its ``sum_field``, computed in Python."""
    rows = figure.rows_for(assistant_id)
    listed = list(rows.list_queryset(period, assistant_id=assistant_id))
    return sum(getattr(row, rows.sum_field) for row in listed) if rows.sum_field else len(listed)


def test_every_number_equals_the_length_or_sum_of_its_list(history):
    checked = 0
    for quarter, assistant in product(CHECKED, (None, *history.assistants)):
        statement = build_statement(quarter, assistant=assistant)
        for figure, column, value in all_values(statement):
            if isinstance(figure, Ratio):
                parts = (figure.numerator, figure.denominator)
                listed = [list_value(part, column.period, statement.assistant_id) for part in parts]
                assert value == (Decimal(listed[0]) / listed[1] if listed[1] else None)
                assert compute_ratio(figure, column, assistant_id=statement.assistant_id) == (value, *listed)
                continue
            assert value == list_value(figure, column.period, statement.assistant_id), (
                f"{figure.key} {column.header} {assistant}"
            )
            checked += bool(value)
        for each in statement.assistants if assistant is None else ():
            for figure, value in zip(ASSISTANT_FIGURES, each.values, strict=True):
                assert value == list_value(figure, statement.columns[0].period, each.user.pk), figure.key
    assert checked > 300


def test_table_alone_equals_the_table_of_the_report(history):
    for quarter, assistant in product(CHECKED, (None, history.assistants[0])):
        whole = build_statement(quarter, assistant=assistant)
        for table in whole.tables:
            assert build_table(table.definition, quarter, assistant=assistant) == table
        without_folded = build_statement(
            quarter, assistant=assistant, tables=[table for table in TABLES if not table.folded]
        )
        assert without_folded.tables == tuple(each for each in whole.tables if not each.definition.folded)


def test_each_month_of_the_chart_equals_its_list(history):
    statement = build_statement(ReportQuarter(Quarter(2026, 4), TODAY))
    held = FIGURES["wizyty-odbyte"]
    for month, now, before in statement.visits_by_month:
        until = Period(month.start, min(month.end, TODAY))
        assert now == list_value(held, until, None)
        assert before == list_value(held, month.year_earlier, None)
    assert statement.months[-1].number == 10


@pytest.mark.parametrize("quarter", CHECKED, ids=lambda each: each.name)
def test_movement_balances_and_assistants_add_up_to_the_centre(history, quarter):
    centre = build_statement(quarter)
    for column in centre.columns:
        moved = [
            centre.value(f, column)
            for f in (movement.OPENING, movement.STARTED, movement.ENDED, movement.CLOSING)
        ]
        assert moved[0] + moved[1] - moved[2] == moved[3]
    assert centre.value(movement.OPENING) == centre.value(movement.CLOSING, centre.columns[1])
    ones = [build_statement(quarter, assistant=each) for each in history.assistants]
    for statement in ones:
        for column in statement.columns:
            value = {
                f.key: statement.value(f, column)
                for f in movement.MOVEMENT.figures
                if is_reported_for(f, statement.assistant_id)
            }
            came = sum(value[f.key] for f in (movement.OPENING, *movement.ADDED))
            assert came - sum(value[f.key] for f in movement.REMOVED) == value["stan-koncowy"]
    for figure in FIGURES.values():
        if figure.adds_up:
            for column in centre.columns:
                assert sum(statement.value(figure, column) for statement in ones) == centre.value(
                    figure, column
                ), figure.key
    led = sum(statement.value(movement.CLOSING) for statement in ones)
    assert led + centre.value(movement.WITHOUT_ASSISTANT) == centre.value(movement.CLOSING)


def quarter_values(quarter, history) -> dict:
    """All values of the reports of a past quarter."""
    values = {}
    for assistant in (None, *history.assistants):
        statement = build_statement(ReportQuarter(quarter, TODAY), assistant=assistant)
        values |= {(assistant, f.key, c.code): value for f, c, value in all_values(statement)}
    return values


def test_later_facts_do_not_change_an_earlier_quarter(history):
    before = quarter_values(Quarter(2026, 2), history)
    later = date(2026, 7, 1)
    # Work ends, families change hands, new work begins, visits and assessments come: all from 1 July on.
    for row in Assignment.objects.filter(ends_on=None, kind="leading")[:4]:
        if row.starts_on < later:
            taker = next(each for each in history.assistants if each.pk != row.assistant_id)
            Assignment.objects.filter(pk=row.pk).update(ends_on=date(2026, 6, 30))
            history.save(Assignment(period=row.period, assistant=taker, kind="leading", starts_on=later))
    for period in WorkPeriod.objects.filter(ends_on=None, starts_on__lt=later)[:3]:
        WorkPeriod.objects.filter(pk=period.pk).update(
            ends_on=date(2026, 7, 9), closing_reason="goals_reached"
        )
        period.assignments.filter(starts_on__gt=date(2026, 7, 9))._raw_delete("default")
        period.assignments.filter(ends_on=None).update(ends_on=date(2026, 7, 9))
        day = date(2026, 7, 5)
        history.save(
            Assessment(
                period=period,
                author=history.by,
                covers_from=period.starts_on,
                covers_to=day,
                handed_over_on=day,
            )
        )
    assert quarter_values(Quarter(2026, 2), history) == before
    assert quarter_values(Quarter(2026, 3), history) != before


@pytest.fixture(params=[(), ((date(2026, 1, 15), 3), (date(2026, 4, 1), 4))], ids=["as it is", "changed"])
def assessment_months(request, monkeypatch):
    """The rule of the law, and a changed one: each assessment is due by the months of the day its term runs from."""
    values = ((law.IN_FORCE, 6), *request.param)
    monkeypatch.setattr(law, "ASSESSMENT_MONTHS", law.Rule("art. 15", values))


def test_assessment_due_dates_in_sql_match_the_law_module(history, assessment_months):
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


def test_overdue_assessments_match_the_law_module(history, assessment_months):
    day = date(2026, 6, 30)
    overdue = set(
        plans_and_assessments.OVERDUE.rows.queryset(Period(date(2026, 4, 1), day)).values_list(
            "pk", flat=True
        )
    )
    expected = set()
    for period in WorkPeriod.objects.filter(movement.open_after(day)):
        made = [each.handed_over_on for each in period.assessments.all() if each.handed_over_on <= day]
        if law.assessment_due_on(max(made, default=period.starts_on)) < day:
            expected.add(period.pk)
    assert overdue == expected


# ---- the catalogue -----------------------------------------------------------------------------------
def test_every_figure_has_a_unique_key_a_definition_and_a_basis():
    figures = [figure for table in TABLES for figure in table.figures]
    assert len({figure.key for figure in figures}) == len(figures)
    for figure in FIGURES.values():
        assert figure.definition.endswith(".") and figure.basis
        assert isinstance(figure, Ratio) or figure.rows or figure.assistant_rows


def test_distinct_figures_are_not_declared_to_add_up():
    for figure in FIGURES.values():
        if figure.adds_up:
            assert isinstance(figure, Figure) and not figure.rows.distinct_on


def test_hours_are_the_sum_of_minutes(history):
    period = Period(date(2026, 1, 1), date(2026, 9, 30))
    rows = FIGURES["godziny"].rows.queryset(period)
    assert rows.aggregate(total=Sum("minutes"))["total"] == list_value(FIGURES["godziny"], period, None)


def test_every_figure_is_walked(walked):
    walked("figures of the quarterly report", len(FIGURES), at_least=63)
    walked("figures of one assistant", len(ASSISTANT_FIGURES), at_least=9)
