"""Indicators of an edition with their values on a day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F

from projects.indicators.computed import ComputedValue, load_values
from projects.indicators.rules import Indicator
from projects.models import Edition, IndicatorReading, SpecificGoal
from projects.rules import NOT_BEGUN


def load_indicators(edition: Edition, goals: Iterable[SpecificGoal], *, until: date) -> list[Indicator]:
    """Values of the goals on the day, none before the project begins.

    One statement for the readings, and those of what is computed.
    """
    goals = list(goals)
    if edition.state in NOT_BEGUN:
        return make_indicators(goals, {}, {})
    keys = {goal.computed_by for goal in goals if goal.computed_by}
    return make_indicators(
        goals, latest_readings(goals, until=until), load_values(edition, keys, until=until)
    )


def make_indicators(
    goals: Iterable[SpecificGoal],
    readings: dict[int, IndicatorReading],
    computed: dict[str, ComputedValue],
) -> list[Indicator]:
    """Indicators of the goals from their latest readings by id of the goal, and computed values by key."""
    indicators = []
    for goal in goals:
        if goal.computed_by:
            number = computed.get(goal.computed_by, ComputedValue(None))
            indicators.append(Indicator(goal, number.value, is_computed=True, url=number.url))
        elif reading := readings.get(goal.pk):
            indicators.append(Indicator(goal, reading.value, reading.day, reading.source))
        else:
            indicators.append(Indicator(goal))
    return indicators


def latest_readings(goals: Iterable[SpecificGoal], *, until: date) -> dict[int, IndicatorReading]:
    """The latest reading of each goal up to the day, by id of the goal."""
    rows = IndicatorReading.objects.filter(goal__in=[goal.pk for goal in goals], day__lte=until)
    return {row.goal_id: row for row in rows.order_by("day")}


def readings_by_goal(goals: Iterable[SpecificGoal], *, until: date) -> dict[int, list[IndicatorReading]]:
    """All readings up to the day by id of the goal, the newest first, with who entered them. One statement."""
    rows = IndicatorReading.objects.filter(goal__in=[goal.pk for goal in goals], day__lte=until)
    by_goal: dict[int, list[IndicatorReading]] = {}
    for row in rows.select_related("entered_by").order_by("-day"):
        by_goal.setdefault(row.goal_id, []).append(row)
    return by_goal


def load_readings(edition: Edition) -> dict[SpecificGoal, list[IndicatorReading]]:
    """The goals of the edition in their order, each with its readings from the earliest. One statement."""
    columns = {f"read_{name}": F(f"readings__{name}") for name in ("day", "value", "source")}
    rows = SpecificGoal.objects.filter(edition=edition).annotate(**columns)
    readings: dict[SpecificGoal, list[IndicatorReading]] = {}
    for row in rows.order_by("position", "pk", "read_day"):
        of_goal = readings.setdefault(row, [])
        if row.read_day:
            values = {name.removeprefix("read_"): getattr(row, name) for name in columns}
            of_goal.append(IndicatorReading(goal=row, **values))
    return readings
