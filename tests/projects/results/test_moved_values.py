"""Reached values from before there were readings: moved once, also when the migration is undone and applied again."""

from importlib import import_module

import pytest
from django.db import connection

from projects.models import IndicatorReading
from tests.projects.results.helpers import goal_of, read

MOVE = import_module("projects.migrations.0008_reached_values_to_readings").FILL_IN


@pytest.fixture
def reached(edition):
    """Both goals still have their value in the column that the code forgot."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE projects_specificgoal SET reached = 7 WHERE edition_id = %s", [edition.pk])


def test_each_goal_gets_one_reading_with_history(edition, reached):
    with connection.cursor() as cursor:
        cursor.execute(MOVE)
        cursor.execute(MOVE)
    rows = IndicatorReading.objects.filter(goal__edition=edition)
    assert sorted(row.value for row in rows) == [7, 7]
    assert {row.history.count() for row in rows} == {1}


def test_a_goal_with_readings_keeps_them(edition, tomasz, reached):
    reading = read(edition, tomasz, 9)
    with connection.cursor() as cursor:
        cursor.execute(MOVE)
    assert list(goal_of(edition).readings.all()) == [reading]
