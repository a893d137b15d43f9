"""Kinds of reports that can be frozen, and what freezing and comparing asks of a statement of any kind."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from lubsko_ops.accounts.models import User
from lubsko_ops.core.dates import Period
from lubsko_ops.core.registry import Registry
from lubsko_ops.output.issued_papers import PaperKind
from reports.compute import Number
from reports.figure import AnyFigure
from reports.models import VALUE_PLACES, IssuedReport

PLACE = Decimal(1).scaleb(-VALUE_PLACES)
NumberKey = tuple[str, str, int | None]  # figure, column, assistant


@dataclass(frozen=True)
class StatementNumber:
    """One number of a statement. column: code of its column, "" for the own period."""

    figure: AnyFigure
    value: Number | None
    column: str = ""
    assistant: User | None = None

    @property
    def key(self) -> NumberKey:
        return self.figure.key, self.column, self.assistant.pk if self.assistant else None

    @property
    def is_own(self) -> bool:
        """Whether it is of the own period of the whole report, whose rows are kept."""
        return not self.column and self.assistant is None

    @property
    def stored_value(self) -> Decimal | None:
        """The value as ``IssuedNumber`` keeps it."""
        return None if self.value is None else Decimal(self.value).quantize(PLACE)


class ReportStatement(Protocol):
    """A report as computed now, of any kind."""

    @property
    def catalogue(self) -> Mapping[str, AnyFigure]:
        """The figures of the kind by key, also those that this report lacks."""

    @property
    def own_period(self) -> Period:
        """The days whose numbers are the report."""

    @property
    def assistant_id(self) -> int | None:
        """Of the report of one assistant, otherwise None."""

    @property
    def words(self) -> tuple[str, ...]:
        """What people wrote beside its numbers and its paper prints, without the texts of the report itself."""

    def numbers(self) -> Iterator[StatementNumber]:
        """Every number in the order of the report, also those its tables leave out because they are zero."""


@dataclass(frozen=True)
class Correction:
    """What a correction (korekta) changes: ``changes`` are sentences about the numbers of the own period."""

    number: int
    previous: IssuedReport
    reason: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class ReportKind:
    """A kind of report.

    ``figures``: of the kind, by key, for what the report is about, also those it lacks. ``build_statement``: computes
    the report now, for what and for the days the frozen one is about.
    ``paper_context``: what its paper (``paper``) shows, as plain values; the last argument is None for the first issue.
    ``subject``: what a report is about, for headings: "III kwartał 2026". ``needs_approval``: somebody other than its
    authors freezes it. ``column_name``: of a column other than the own period, by its code, "" for the own.
    """

    code: str
    title: str
    paper: PaperKind
    figures: Callable[[IssuedReport], Mapping[str, AnyFigure]]
    build_statement: Callable[[IssuedReport], ReportStatement]
    paper_context: Callable[[IssuedReport, Any, Correction | None], dict[str, Any]]
    subject: Callable[[IssuedReport], str]
    needs_approval: bool = True
    column_name: Callable[[IssuedReport, str], str] = lambda report, code: ""


REPORT_KINDS: Registry[ReportKind] = Registry("kinds of reports", key=lambda kind: kind.code)


def kind_of(report: IssuedReport) -> ReportKind:
    return REPORT_KINDS[report.kind]


def approval_refusal(*, by: int, prepared_by: int, writers: Iterable[int], small_staff: bool) -> str:
    """Four eyes: who prepared a report never approves it; who only wrote in it does so where the staff is small."""
    if by == prepared_by:
        return "Sprawozdanie zatwierdza ktoś inny niż osoba, która je przygotowała."
    if by in writers and not small_staff:
        return (
            "W tym sprawozdaniu są Twoje poprawki. Zatwierdza je ktoś inny, chyba że ośrodek ma małą obsadę."
        )
    return ""
