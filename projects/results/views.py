"""The indicators of a project: base, target, reached, where each value is from."""

from functools import cached_property

from lubsko_ops.audit.base_views import PageView
from projects.indicators.computed import load_values, numbers_of
from projects.indicators.presenters import IndicatorRow, indicator_rows, reached_text
from projects.indicators.queries import make_indicators, readings_by_goal
from projects.models import SpecificGoal
from projects.permissions import may_write
from projects.rules import COUNTED_STATES, NOT_BEGUN
from projects.scope import reads_all_groups
from projects.views import ProjectMixin


class IndicatorsView(ProjectMixin, PageView):
    """Every goal with its indicator, how it stands, and all its readings."""

    template_name = "projects/results/indicators.html"

    @cached_property
    def rows(self) -> list[IndicatorRow]:
        edition = self.edition
        goals = list(SpecificGoal.objects.filter(edition=edition))
        if edition.state in NOT_BEGUN:
            return indicator_rows(edition, make_indicators(goals, {}, {}))
        readings = readings_by_goal(goals, until=self.request.today)
        keys = {goal.computed_by for goal in goals if goal.computed_by}
        values = load_values(edition, keys, until=self.request.today)
        latest = {pk: rows[0] for pk, rows in readings.items()}
        numbers = {each.key: each for each in numbers_of(edition)} if keys else {}
        opens_lists = reads_all_groups(edition, self.request.user)
        return [
            IndicatorRow(
                row.indicator,
                row.is_over,
                readings.get(row.goal.pk, []),
                numbers.get(row.goal.computed_by),
                row.indicator.url if opens_lists else "",
            )
            for row in indicator_rows(edition, make_indicators(goals, latest, values))
        ]

    def get_context_data(self, **kwargs):
        may_count = self.edition.state in COUNTED_STATES and may_write(self.edition, self.request.user)
        return super().get_context_data(
            rows=self.rows,
            reached=reached_text([row.indicator for row in self.rows]),
            may_count=may_count,
            **kwargs,
        )
