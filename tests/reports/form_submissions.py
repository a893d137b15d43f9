"""A valid submission of every form of the reports."""

from collections.abc import Callable

from tests.reports.urls import report_url


def _form(name: str, **fields) -> Callable:
    return lambda request: (report_url(name=name), fields)


REPORT_SUBMISSIONS = [
    ("reports:quarterly", "maria", _form("quarterly", text="Potrzebna superwizja.")),
    ("reports:quarterly-own", "anna", _form("quarterly-own", text="Potrzebne szkolenie.")),
    ("reports:issue", "maria", _form("issue")),
    ("reports:issue-own", "anna", _form("issue-own")),
]
