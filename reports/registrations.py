"""The reports' place in the frame and on the start page."""

from datetime import date

from django.urls import reverse

from lubsko_ops.core import dashboard, navigation
from lubsko_ops.core.dates import Quarter
from lubsko_ops.core.permissions import Permission


def register() -> None:
    navigation.register_nav_item(
        navigation.NavItem("Sprawozdania", "reports:list", Permission.REPORT_VIEW, order=30)
    )
    dashboard.register_url("quarterly report", of_day)


def of_day(day: date) -> str:
    """The report of the quarter the day lies in."""
    quarter = Quarter.of(day)
    return reverse("reports:quarterly", args=[quarter.year, quarter.number])
