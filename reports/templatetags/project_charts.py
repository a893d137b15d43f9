"""The charts of the printed report of a project, drawn from the plain values that an issued paper keeps."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from reports.project.render.charts import draw_parts, draw_scales

register = template.Library()


@register.simple_tag
def attendance_bars(values: dict[str, Any]) -> SafeString:
    """The chart of ``reports.project.render.charts.attendance_values``, for print."""
    return draw_parts(values, for_print=True)


@register.simple_tag
def survey_scale(charts: list[dict[str, Any]]) -> SafeString:
    """The charts of ``reports.project.render.charts.survey_values``, for print."""
    return draw_scales(charts, for_print=True)
