"""Registers the navigation item and the report link for dashboard panels."""

from datetime import date

from django.urls import reverse

from lubsko_ops.core import dashboard, navigation
from lubsko_ops.core.dates import Quarter
from lubsko_ops.core.permissions import Permission


def register() -> None:
    navigation.register_nav_item(
        navigation.NavItem("Sprawozdania", "reports:list", Permission.REPORT_VIEW, order=30)
    )
    dashboard.register_url("quarterly report", quarterly_report_url)


def quarterly_report_url(day: date) -> str:
    """URL of the report for the quarter that contains the day."""
    quarter = Quarter.of(day)
    return reverse("reports:quarterly", args=[quarter.year, quarter.number])
