"""The library of goals: words to start from, for every area."""

from families.choices import Area
from families.plans.goal_library import BY_KEY, HEADINGS, by_area


def test_every_area_has_its_goals_and_actions():
    for area, headings in by_area():
        assert len(headings) >= 6, area
        assert all(each.actions for each in headings)
    assert [area for area, _ in by_area()] == list(Area)


def test_a_heading_is_a_start_and_no_ready_sentence():
    assert len(BY_KEY) == len(HEADINGS)
    goals = [each.goal for each in HEADINGS]
    assert len(set(goals)) == len(goals)
    assert not [goal for goal in goals if goal.endswith(".") or len(goal) > 90]
