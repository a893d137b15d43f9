"""A report as issued: its numbers with their definitions and rows, and how today's numbers differ from them.

The numbers of a statement are walked in one order by ``statement_numbers``, whether they are stored or compared.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from lubsko_ops.accounts.models import User
from reports.catalogue.quarterly import FIGURES
from reports.compute import FigureRequest, Number, counted_ids
from reports.figure import AnyFigure, Figure
from reports.models import VALUE_PLACES, IssuedFigure, IssuedNumber, IssuedReport
from reports.statement import Statement, Value, format_in_unit, is_reported_for

CHANGED_MEANWHILE = (
    "Liczby zmieniły się, odkąd otwarto tę stronę: ktoś zapisał wizytę albo inny wpis z tego kwartału. Poniżej są już "
    "nowe. Przejrzyj je i wydaj jeszcze raz."
)
PLACE = Decimal(1).scaleb(-VALUE_PLACES)


@dataclass(frozen=True)
class StatementNumber:
    """One number of a statement. column: code of its column, "" for the own period."""

    figure: AnyFigure
    value: Value
    column: str = ""
    assistant: User | None = None

    @property
    def key(self) -> tuple[str, str, int | None]:
        return self.figure.key, self.column, self.assistant.pk if self.assistant else None

    @property
    def is_own(self) -> bool:
        """Whether it is of the own period of the whole report, whose rows are kept."""
        return not self.column and self.assistant is None

    @property
    def stored_value(self) -> Decimal | None:
        """The value as ``IssuedNumber`` keeps it."""
        return None if self.value is None else Decimal(self.value).quantize(PLACE)


def statement_numbers(statement: Statement) -> Iterator[StatementNumber]:
    """Every number of the statement, also those left out of the tables because they are zero."""
    for figure in FIGURES.values():
        if is_reported_for(figure, statement.assistant_id):
            for column in statement.columns:
                yield StatementNumber(figure, statement.value(figure, column), column.code)
    for each in statement.assistants if statement.assistant is None else ():
        for assistant_figure in statement.assistant_figures:
            yield StatementNumber(assistant_figure, each.value(assistant_figure), assistant=each.user)


def fingerprint(statement: Statement, text: str) -> str:
    """The same as long as every number and the conclusions are the same."""
    content = [(each.key, each.stored_value) for each in statement_numbers(statement)]
    return hashlib.sha256(repr((content, text)).encode()).hexdigest()


def counted_in(statement: Statement) -> dict[str, dict[int, Number]]:
    """What each number of the own period counts (see ``counted_ids``), by the key of the figure; no ratios."""
    requests = {
        figure.key: FigureRequest(rows, statement.quarter.period)
        for figure in FIGURES.values()
        if isinstance(figure, Figure) and (rows := figure.rows_for(statement.assistant_id))
    }
    counted = counted_ids(requests.values(), assistant_id=statement.assistant_id)
    return {key: counted.get(request.rows, {}) for key, request in requests.items()}


def store_report(report: IssuedReport, statement: Statement) -> None:
    """Store the report with the numbers of the statement.

    Raises ValidationError when somebody else issues it now, and when the rows are not those of the numbers, because
    somebody saved in between.
    """
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError:
        raise ValidationError("Ktoś właśnie wydał to sprawozdanie. Otwórz je jeszcze raz.") from None
    numbers, counted = list(statement_numbers(statement)), counted_in(statement)
    own = {each.figure.key: each.value for each in numbers if each.is_own}
    if any(sum(rows.values()) != own[key] for key, rows in counted.items()):
        raise ValidationError(CHANGED_MEANWHILE)
    used = list(dict.fromkeys(each.figure for each in numbers))
    figures = IssuedFigure.objects.bulk_create(
        IssuedFigure(
            report=report,
            position=position,
            key=figure.key,
            name=figure.title,
            kind=figure.kind,
            definition=figure.definition,
            basis=figure.basis,
            unit=figure.unit,
        )
        for position, figure in enumerate(used, start=1)
    )
    issued = {figure.key: figure for figure in figures}
    IssuedNumber.objects.bulk_create(
        _issued_number(each, issued[each.figure.key], counted.get(each.figure.key) if each.is_own else None)
        for each in numbers
    )


def _issued_number(
    number: StatementNumber, figure: IssuedFigure, counted: dict[int, Number] | None
) -> IssuedNumber:
    is_sum = counted is not None and any(amount != 1 for amount in counted.values())
    return IssuedNumber(
        figure=figure,
        column=number.column,
        assistant=number.assistant,
        value=number.stored_value,
        row_ids=None if counted is None else list(counted),
        amounts=list(map(Decimal, counted.values())) if counted and is_sum else None,
    )


# ---- how the numbers differ today --------------------------------------------------------------------
@dataclass(frozen=True)
class RowChanges:
    """Ids, as in ``counted_ids``, of what a number counts only today, counted only then, and counts otherwise today.

    ``amounts``: what each of the last added to the sum when the report was issued.
    """

    added: list[int]
    removed: list[int]
    amounts: dict[int, Decimal]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.amounts)


@dataclass(frozen=True)
class NumberDifference:
    """A number today beside the one issued. column: code of its column, "" for the own period.

    ``rows`` is None where no rows are kept: other columns, single assistants, ratios.
    """

    figure: IssuedFigure
    column: str
    assistant: User | None
    then: str
    now: str
    rows: RowChanges | None = None

    @property
    def is_own(self) -> bool:
        """Whether it is of the own period of the whole report."""
        return not self.column and self.assistant is None


def find_differences(report: IssuedReport, statement: Statement) -> list[NumberDifference]:
    """The numbers of the report that are others today, in the order of the report.

    A number that only one side has is zero on the other. A figure that a later version of the application dropped has
    no value today; one that it added is no difference. Numbers are compared as they are shown.
    """
    now = {each.key: each for each in statement_numbers(statement)}
    counted = counted_in(statement)
    figures: dict[str, IssuedFigure] = {}
    compared = []
    for issued in issued_numbers(report):
        figure = figures.setdefault(issued.figure.key, issued.figure)
        current = now.pop((figure.key, issued.column, issued.assistant_id), None)
        missing = Decimal(0) if figure.key in FIGURES else None
        values = issued.value, current.stored_value if current else missing
        rows = compare_rows(issued, counted.get(figure.key, {}))
        compared.append(_compare(figure, issued.column, issued.assistant, *values, rows))
    for left in now.values():
        if left.figure.key in figures:
            figure = figures[left.figure.key]
            compared.append(
                _compare(figure, left.column, left.assistant, Decimal(0), left.stored_value, None)
            )
    return [each for each in compared if each.then != each.now or each.rows]


def _compare(
    figure: IssuedFigure,
    column: str,
    assistant: User | None,
    then: Decimal | None,
    now: Decimal | None,
    rows: RowChanges | None,
) -> NumberDifference:
    then_text, now_text = (format_in_unit(figure.unit, value) for value in (then, now))
    return NumberDifference(figure, column, assistant, then_text, now_text, rows)


def issued_numbers(report: IssuedReport) -> QuerySet[IssuedNumber]:
    """The numbers in the order of the report."""
    rows = IssuedNumber.objects.filter(figure__report=report).select_related("figure", "assistant")
    return rows.order_by("figure__position", "pk")


def compare_rows(issued: IssuedNumber, counted: dict[int, Number]) -> RowChanges | None:
    """What the number counts today (``counted``) beside what it counted; None for one without rows."""
    if issued.row_ids is None:
        return None
    then = dict(zip(issued.row_ids, issued.amounts or [Decimal(1)] * len(issued.row_ids), strict=True))
    return RowChanges(
        added=sorted(counted.keys() - then.keys()),
        removed=sorted(then.keys() - counted.keys()),
        amounts={pk: amount for pk, amount in then.items() if pk in counted and counted[pk] != amount},
    )


def changed_definitions(report: IssuedReport) -> list[IssuedFigure]:
    """Figures that a later version of the application defines in other words."""
    return [
        figure
        for figure in report.figures.order_by("position")
        if figure.key in FIGURES and FIGURES[figure.key].definition != figure.definition
    ]
