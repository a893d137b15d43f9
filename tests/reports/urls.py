"""Addresses and small families of the tests of reports."""

from datetime import datetime, time

from django.urls import reverse

from lubsko_ops.core import clock
from lubsko_ops.core.dates import Quarter

THIRD = Quarter(2026, 3)


def report_page(quarter=THIRD, name="quarterly", *more) -> str:
    return reverse(f"reports:{name}", args=[quarter.year, quarter.number, *more])


def list_page(figure: str, quarter=THIRD) -> str:
    return report_page(quarter, "figure", figure)


def evening(day):
    """The clock at six in the evening of the day: the visit of the afternoon is over."""
    return clock.freeze_time(datetime.combine(day, time(18), clock.WARSAW))
