"""Freezing a report of any kind, and comparing it with the numbers of today or with another issue.

The numbers of a statement are walked in one order by its ``numbers``, whether they are stored or compared.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from lubsko_ops.accounts.models import User
from reports.compute import FigureRequest, Number, counted_ids
from reports.figure import AnyFigure, Figure
from reports.kinds import NumberKey, ReportStatement, StatementNumber
from reports.models import IssuedFigure, IssuedNumber, IssuedReport
from reports.tables import format_in_unit

CHANGED_MEANWHILE = (
    "Liczby zmieniły się, odkąd otwarto tę stronę: ktoś zapisał wizytę albo inny wpis z tego okresu. Poniżej są już "
    "nowe. Przejrzyj je i wydaj jeszcze raz."
)


def fingerprint(statement: ReportStatement, text: str) -> str:
    """The same as long as every number, the words beside them and the text are the same."""
    content = [(each.key, each.stored_value) for each in statement.numbers()]
    return hashlib.sha256(repr((content, statement.words, text)).encode()).hexdigest()


def counted_in(statement: ReportStatement) -> dict[str, dict[int, Number]]:
    """What each number of the own period counts (see ``counted_ids``), by the key of the figure; no ratios."""
    requests = {
        figure.key: FigureRequest(rows, statement.own_period)
        for figure in statement.catalogue.values()
        if isinstance(figure, Figure) and (rows := figure.rows_for(statement.assistant_id))
    }
    counted = counted_ids(requests.values(), assistant_id=statement.assistant_id)
    return {key: counted.get(request.rows, {}) for key, request in requests.items()}


def store_report(report: IssuedReport, statement: ReportStatement) -> None:
    """Store the report with the numbers of the statement.

    Raises ValidationError when somebody else issues it now, and when the rows are not those of the numbers, because
    somebody saved in between.
    """
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError:
        raise ValidationError("Ktoś właśnie wydał to sprawozdanie. Otwórz je jeszcze raz.") from None
    numbers, counted = list(statement.numbers()), counted_in(statement)
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


# ---- two sides compared ------------------------------------------------------------------------------
@dataclass(frozen=True)
class SideNumber:
    """A number of one side. ``rows``: what it counts and what each adds; None where no rows are kept."""

    figure: IssuedFigure | AnyFigure
    value: Decimal | None
    column: str = ""
    assistant: User | None = None
    rows: Mapping[int, Number] | None = None

    @property
    def key(self) -> NumberKey:
        return self.figure.key, self.column, self.assistant.pk if self.assistant else None


@dataclass(frozen=True)
class Side:
    """One side of a comparison: a frozen report, or the report as computed now. ``definitions``: by key of figure."""

    numbers: dict[NumberKey, SideNumber]
    definitions: Mapping[str, str] = field(default_factory=dict)


def frozen_side(report: IssuedReport) -> Side:
    """The report as issued. One statement."""
    numbers = [
        SideNumber(each.figure, each.value, each.column, each.assistant, issued_rows(each))
        for each in issued_numbers(report)
    ]
    definitions = {each.figure.key: each.figure.definition for each in numbers}
    return Side({each.key: each for each in numbers}, definitions)


def current_side(statement: ReportStatement) -> Side:
    """The report as computed now. One statement for each type of rows."""
    counted = counted_in(statement)
    numbers = [
        SideNumber(
            each.figure,
            each.stored_value,
            each.column,
            each.assistant,
            counted.get(each.figure.key) if each.is_own else None,
        )
        for each in statement.numbers()
    ]
    definitions = {key: figure.definition for key, figure in statement.catalogue.items()}
    return Side({each.key: each for each in numbers}, definitions)


@dataclass(frozen=True)
class RowChanges:
    """Ids, as in ``counted_ids``, of what a number counts only later, counted only before, and counts otherwise later.

    ``amounts``: what each of the last added to the earlier sum.
    """

    added: list[int]
    removed: list[int]
    amounts: dict[int, Number]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.amounts)


@dataclass(frozen=True)
class NumberDifference:
    """A number as issued beside the one of the later side. column: code of its column, "" for the own period.

    ``rows`` is None where no rows are kept: other columns, single assistants, ratios.
    """

    figure: IssuedFigure | AnyFigure
    column: str
    assistant: User | None
    then: str
    now: str
    rows: RowChanges | None = None

    @property
    def is_own(self) -> bool:
        """Whether it is of the own period of the whole report."""
        return not self.column and self.assistant is None


def find_differences(report: IssuedReport, statement: ReportStatement) -> list[NumberDifference]:
    """The numbers of the report that are others today, in the order of the report."""
    return compare_sides(frozen_side(report), current_side(statement))


def compare_sides(then: Side, now: Side) -> list[NumberDifference]:
    """The numbers that are others on the later side, in the order of the earlier one.

    A number that only one side has is zero on the other. A figure that the later side dropped has no value there; one
    that it added is no difference. Numbers are compared as they are shown.
    """
    compared = []
    for key, number in then.numbers.items():
        later = now.numbers.get(key)
        if later is None:
            missing = Decimal(0) if number.figure.key in now.definitions else None
            later = SideNumber(number.figure, missing, number.column, number.assistant, {})
        compared.append(_compare(number, later))
    for key, later in now.numbers.items():
        if key not in then.numbers and later.figure.key in then.definitions:
            compared.append(
                _compare(SideNumber(later.figure, Decimal(0), later.column, later.assistant), later)
            )
    return [each for each in compared if each.then != each.now or each.rows]


def _compare(then: SideNumber, now: SideNumber) -> NumberDifference:
    unit = then.figure.unit
    return NumberDifference(
        figure=then.figure,
        column=then.column,
        assistant=then.assistant,
        then=format_in_unit(unit, then.value),
        now=format_in_unit(unit, now.value),
        rows=compare_rows(then.rows, now.rows),
    )


def compare_rows(then: Mapping[int, Number] | None, now: Mapping[int, Number] | None) -> RowChanges | None:
    """What a number counts later beside what it counted; None where the earlier side keeps no rows."""
    if then is None:
        return None
    now = now or {}
    return RowChanges(
        added=sorted(now.keys() - then.keys()),
        removed=sorted(then.keys() - now.keys()),
        amounts={pk: amount for pk, amount in then.items() if pk in now and now[pk] != amount},
    )


def issued_numbers(report: IssuedReport) -> QuerySet[IssuedNumber]:
    """The numbers in the order of the report."""
    rows = IssuedNumber.objects.filter(figure__report=report).select_related("figure", "assistant")
    return rows.order_by("figure__position", "pk")


def issued_rows(number: IssuedNumber) -> dict[int, Number] | None:
    """What the number counted and what each adds; None for one without rows."""
    if number.row_ids is None:
        return None
    return dict(zip(number.row_ids, number.amounts or [Decimal(1)] * len(number.row_ids), strict=True))


def rows_of_figure(report: IssuedReport, key: str) -> dict[int, Number] | None:
    """``issued_rows`` of the number of the own period; None where the report has none with rows."""
    numbers = IssuedNumber.objects.filter(figure__report=report, figure__key=key).exclude(row_ids=None)
    number = numbers.first()
    return None if number is None else issued_rows(number)


def changed_definitions(then: Side, now: Side) -> list[IssuedFigure | AnyFigure]:
    """Figures of the earlier side that the later one defines in other words."""
    figures = {number.figure.key: number.figure for number in then.numbers.values()}
    return [
        figure
        for key, figure in figures.items()
        if now.definitions.get(key, figure.definition) != figure.definition
    ]


def changes_text(differences: list[NumberDifference]) -> tuple[str, ...]:
    """Sentences about the numbers of the own period, for a correction: "Wizyty odbyte: było 1, jest 2"."""
    return tuple(
        f"{_title(each.figure)}: było {each.then}, jest {each.now}"
        if each.then != each.now
        else f"{_title(each.figure)}: {each.now} jak było, policzono inne wpisy"
        for each in differences
        if each.is_own
    )


def _title(figure: IssuedFigure | AnyFigure) -> str:
    return figure.name if isinstance(figure, IssuedFigure) else figure.title
