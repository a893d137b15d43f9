"""URLs and clock helper of the report tests."""

from datetime import datetime, time

from django.urls import reverse

from lubsko_ops.core import clock
from lubsko_ops.core.dates import Quarter

THIRD = Quarter(2026, 3)


def report_url(quarter=THIRD, name="quarterly", *more) -> str:
    return reverse(f"reports:{name}", args=[quarter.year, quarter.number, *more])


def drilldown_url(figure: str, quarter=THIRD) -> str:
    return report_url(quarter, "figure", figure)


def evening(day):
    """Freezes the clock at 18:00 of the day, after the visits of the afternoon."""
    return clock.freeze_time(datetime.combine(day, time(18), clock.WARSAW))
