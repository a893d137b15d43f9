"""The charts of the printed report, drawn from the plain values that an issued paper keeps."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from lubsko_ops.output import chart

register = template.Library()


@register.simple_tag
def visits_bars(values: dict[str, Any]) -> SafeString:
    """The chart of ``reports.render.charts.visits_chart_values``, for print."""
    return chart.bars(**values, for_print=True)


@register.simple_tag
def families_bars(values: dict[str, Any]) -> SafeString:
    """The chart of ``reports.render.charts.families_chart_values``."""
    limit = values["limit"]
    return chart.horizontal_bars(
        values["title"], values["labels"], values["values"], limit=chart.ChartLimit(limit, f"limit {limit}")
    )
