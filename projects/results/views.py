"""The indicators of a project: base, target, reached, where each value is from."""

from functools import cached_property

from lubsko_ops.audit.base_views import PageView
from projects.indicators.queries import load_indicators
from projects.indicators.rules import Indicator
from projects.models import SpecificGoal
from projects.views import ProjectMixin, indicator_texts


class IndicatorsView(ProjectMixin, PageView):
    """Every goal with its indicator and how it stands."""

    template_name = "projects/results/indicators.html"

    @cached_property
    def indicators(self) -> list[Indicator]:
        goals = SpecificGoal.objects.filter(edition=self.edition)
        return load_indicators(self.edition, goals, until=self.request.today)

    def get_context_data(self, **kwargs):
        rows = [(each.goal, indicator_texts(each)) for each in self.indicators]
        return super().get_context_data(goals=rows, **kwargs)
