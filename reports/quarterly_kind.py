"""The quarterly report as a kind of report that can be frozen."""

from collections.abc import Mapping
from typing import Any

from lubsko_ops.core import clock
from lubsko_ops.core.dates import Quarter
from reports.catalogue.quarterly import FIGURES
from reports.figure import AnyFigure
from reports.kinds import Correction, ReportKind
from reports.models import QUARTERLY, IssuedReport
from reports.papers import QUARTERLY_PAPER, quarterly_context
from reports.quarter import ReportQuarter
from reports.statement import Statement, build_statement


def reported_quarter(report: IssuedReport) -> ReportQuarter:
    """The quarter of the report as of today."""
    return ReportQuarter(Quarter.of(report.starts_on), clock.today())


def _statement(report: IssuedReport) -> Statement:
    return build_statement(reported_quarter(report), assistant=report.assistant)


def _figures(report: IssuedReport) -> Mapping[str, AnyFigure]:
    return FIGURES


def _paper_context(
    report: IssuedReport, statement: Statement, correction: Correction | None
) -> dict[str, Any]:
    manager = report.issued_by if report.assistant is None else None
    return quarterly_context(statement, text=report.text, manager=manager, correction=correction)


def _column_name(report: IssuedReport, code: str) -> str:
    column = next((each for each in reported_quarter(report).columns if each.code == code), None)
    return f"{column.prefix}: {column.header}" if column and column.prefix else ""


QUARTERLY_REPORT = ReportKind(
    code=QUARTERLY,
    title="Sprawozdanie kwartalne",
    paper=QUARTERLY_PAPER,
    figures=_figures,
    build_statement=_statement,
    paper_context=_paper_context,
    subject=lambda report: reported_quarter(report).name,
    needs_approval=False,
    column_name=_column_name,
)
