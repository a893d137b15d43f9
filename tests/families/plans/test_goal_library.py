"""The goal library covers every area."""

from families.choices import Area
from families.plans.goal_library import GOAL_TEMPLATES, TEMPLATES_BY_KEY, goal_library


def test_every_area_has_its_goals_and_actions():
    for area, headings in goal_library():
        assert len(headings) >= 6, area
        assert all(each.actions for each in headings)
    assert [area for area, _ in goal_library()] == list(Area)


def test_goals_are_short():
    assert len(TEMPLATES_BY_KEY) == len(GOAL_TEMPLATES)
    goals = [each.goal for each in GOAL_TEMPLATES]
    assert len(set(goals)) == len(goals)
    assert not [goal for goal in goals if goal.endswith(".") or len(goal) > 90]
