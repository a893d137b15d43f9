"""Readings and computed goals of a running project of Tomasz."""

from datetime import date
from decimal import Decimal

from django.urls import reverse

from projects.models import Edition, IndicatorReading, SpecificGoal
from projects.results.actions import choose_number, record_results

DAY = date(2026, 10, 8)


def goal_of(edition: Edition, position: int = 1) -> SpecificGoal:
    return SpecificGoal.objects.get(edition=edition, position=position)


def read(edition: Edition, by, value=9, *, day=DAY, source="listy obecności", position=1) -> IndicatorReading:
    goal = goal_of(edition, position)
    data = IndicatorReading(goal=goal, day=day, value=Decimal(value), source=source)
    record_results(edition=edition, readings=[data], spent={}, version=None, by=by)
    return IndicatorReading.objects.get(goal=goal, day=day)


def compute(edition: Edition, by, key: str, *, position=1) -> SpecificGoal:
    goal = goal_of(edition, position)
    return choose_number(goal=goal, computed_by=key, why="tak mierzymy", version=None, by=by)


def url(edition: Edition, name="indicators", *more) -> str:
    return reverse(f"projects:{name}", args=[edition.pk, *more])
