"""A valid submission of every form of the reports."""

from collections.abc import Callable

from lubsko_ops.core import clock
from reports.actions import issue_quarter, write_quarter_text
from reports.issuing import fingerprint
from reports.quarter import ReportQuarter
from reports.statement import build_statement
from tests.reports.urls import THIRD, report_url


def _form(name: str, **fields) -> Callable:
    return lambda request: (report_url(name=name), fields)


def _correction(name: str, username: str) -> Callable:
    """The correction of an issued quarter, whose conclusions were written otherwise since."""

    def fill(request):
        by = request.getfixturevalue(username)
        assistant = by if name.endswith("own") else None
        seen = fingerprint(build_statement(ReportQuarter(THIRD, clock.today()), assistant=assistant), "")
        issue_quarter(quarter=THIRD, assistant=assistant, seen=seen, by=by)
        text = "Potrzebna superwizja."
        write_quarter_text(quarter=THIRD, assistant=assistant, text=text, version=0, by=by)
        return report_url(name=name), {"reason": "Dopisano wnioski."}

    return fill


REPORT_SUBMISSIONS = [
    ("reports:quarterly", "maria", _form("quarterly", text="Potrzebna superwizja.")),
    ("reports:quarterly-own", "anna", _form("quarterly-own", text="Potrzebne szkolenie.")),
    ("reports:issue", "maria", _form("issue")),
    ("reports:issue-own", "anna", _form("issue-own")),
    ("reports:correct", "maria", _correction("correct", "maria")),
    ("reports:correct-own", "anna", _correction("correct-own", "anna")),
]
