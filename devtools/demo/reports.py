"""Quarterly reports of a demo centre, from ``centre.toml``: texts for the previous quarter, the one before issued."""

from datetime import timedelta

from devtools.demo.demo_centre import DemoCentre
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Quarter
from lubsko_ops.core.polish import count_of
from reports.actions import issue_quarter, write_quarter_text
from reports.issuing import fingerprint
from reports.quarter import ReportQuarter
from reports.statement import build_statement

PROGRESS_MESSAGE = "Piszę wnioski do sprawozdań"
WRITTEN_AFTER = timedelta(days=6)  # days of the quarter that follows
ISSUED_AFTER = timedelta(days=14)


def load(demo: DemoCentre) -> str:
    """Write the texts some days after the end of the previous quarter; returns a summary for the terminal.

    The quarter before it was issued for signature; the manager still has to issue the previous one.
    """
    quarter, texts, users = Quarter.of(demo.day).previous, demo.content.get("report_texts", ()), demo.staff()
    with clock.freeze_time(min(quarter.end + WRITTEN_AFTER, demo.day)):
        for row in texts:
            author = users[row["by"]]
            assistant = author if row.get("own") else None
            write_quarter_text(quarter=quarter, assistant=assistant, text=row["text"], version=0, by=author)
    if texts:
        issue(quarter.previous, users[demo.manager])
    return count_of(len(texts), "tekst,teksty,tekstów")


def issue(quarter: Quarter, manager: User) -> None:
    """The report of the centre, two weeks after the end of the quarter."""
    with clock.freeze_time(quarter.end + ISSUED_AFTER):
        statement = build_statement(ReportQuarter(quarter, clock.today()))
        issue_quarter(quarter=quarter, assistant=None, seen=fingerprint(statement, ""), by=manager)
