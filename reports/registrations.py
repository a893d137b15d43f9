"""Registers the navigation item and the report link for dashboard panels."""

from datetime import date

from lubsko_ops.audit.models import ACCESS_AREAS
from lubsko_ops.core.dashboard import URLS, NamedUrl
from lubsko_ops.core.dates import Quarter
from lubsko_ops.core.links import reverse
from lubsko_ops.core.navigation import NAVIGATION, NavItem
from lubsko_ops.core.permissions import PERMISSIONS
from lubsko_ops.output.issued_papers import PAPER_KINDS
from projects.indicators.computed import NUMBER_SOURCES
from reports.kinds import REPORT_KINDS
from reports.permissions import REPORT_CENTRE, REPORT_DOWNLOAD_AREA, REPORT_VIEW
from reports.project import registrations as project_reports
from reports.project.kind import PROJECT_REPORT
from reports.project.numbers import PROJECT_NUMBERS
from reports.quarterly_kind import QUARTERLY_REPORT

KINDS = (QUARTERLY_REPORT, PROJECT_REPORT)


def register() -> None:
    for permission in (REPORT_VIEW, REPORT_CENTRE):
        PERMISSIONS.register(permission, order=90)
    for kind in KINDS:
        REPORT_KINDS.register(kind)
        PAPER_KINDS.register(kind.paper)
    project_reports.register()
    NUMBER_SOURCES.register(PROJECT_NUMBERS)
    ACCESS_AREAS.register(REPORT_DOWNLOAD_AREA)
    NAVIGATION.register(NavItem("Sprawozdania", "reports:list", REPORT_VIEW), order=30)
    URLS.register(NamedUrl("quarterly report", quarterly_report_url))
    URLS.register(
        NamedUrl("comparison of editions", lambda line: reverse("project-reports:line", args=[line]))
    )
    URLS.register(NamedUrl("report figure", report_figure_url))


def quarterly_report_url(day: date) -> str:
    """URL of the report for the quarter that contains the day."""
    quarter = Quarter.of(day)
    return reverse("reports:quarterly", args=[quarter.year, quarter.number])


def report_figure_url(day: date, figure: str, column: str = "", assistant: int | None = None) -> str:
    """URL of the list behind a figure of the report for the quarter that contains the day."""
    quarter = Quarter.of(day)
    path = reverse("reports:figure", args=[quarter.year, quarter.number, figure])
    query = "&".join(
        f"{name}={value}" for name, value in (("kolumna", column), ("asystent", assistant)) if value
    )
    return f"{path}?{query}" if query else path
