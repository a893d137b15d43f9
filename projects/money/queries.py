"""Positions of a budget with what was spent, invoices, and what is unusual about a new one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from lubsko_ops.core.polish import number, short_date
from projects.choices import EditionState
from projects.models import BudgetLine, Edition, Invoice
from projects.papers import money, period_text
from projects.rules import COUNTED_STATES


@dataclass(frozen=True)
class Position:
    """A position of the budget as the page and the workbook show it, in zł."""

    line: BudgetLine
    explains: bool  # a difference is to be explained now: more was spent, or the project waits to be settled

    @property
    def planned(self) -> Decimal:
        return self.line.planned

    @property
    def spent(self) -> Decimal:
        return self.line.spent or Decimal(0)

    @property
    def left(self) -> Decimal:
        return self.planned - self.spent

    @property
    def percent(self) -> Decimal | None:
        """Spent in per cent of the plan; None where nothing is planned."""
        return self.spent * 100 / self.planned if self.planned else None

    @property
    def is_typed(self) -> bool:
        """Whether what was spent is typed, without invoices."""
        return self.line.invoiced is None and self.line.typed_spent is not None

    @property
    def is_unexplained(self) -> bool:
        return self.explains and bool(self.left) and not self.line.difference

    @property
    def texts(self) -> dict[str, str]:
        percent = "–" if self.percent is None else number(self.percent, 1)
        numbers = {name: money(getattr(self, name)) for name in ("planned", "spent", "left")}
        return numbers | {"percent": percent}


def load_positions(edition: Edition, *, until: date | None = None) -> list[Position]:
    """In the order of the document, spent by all invoices, or by those up to the day. One statement."""
    lines = BudgetLine.objects.filter(edition=edition).with_sums(until=until)
    counts, over = edition.state in COUNTED_STATES, edition.state == EditionState.TO_SETTLE
    return [Position(line, counts and (over or (line.spent or 0) > line.planned)) for line in lines]


def invoices_of(edition: Edition) -> QuerySet[Invoice]:
    return Invoice.objects.filter(line__edition=edition).select_related("line")


def normal_number(text: str) -> str:
    """A number as it is compared: "FV 12/2026" and "fv12/2026" are the same."""
    return "".join(text.split()).casefold()


def unusual(edition: Edition, row: Invoice, positions: Iterable[Position]) -> list[str]:
    """Sentences about what is asked before the invoice is saved. ``row`` has the id of the saved one it corrects."""
    sentences = []
    if not edition.is_active_on(row.day):
        sentences.append(
            f"Faktura jest z {short_date(row.day)}, a projekt trwa {period_text(edition)}. Sprawdź datę."
        )
    others = [each for each in invoices_of(edition) if each.pk != row.pk]
    twins = [each for each in others if normal_number(each.number) == normal_number(row.number)]
    sentences += [
        f"Faktura {each.number} już jest: {short_date(each.day)}, {money(each.amount)} zł, pozycja "
        f"{each.line.position}. {each.line.name}."
        for each in twins[:3]
    ]
    position = next(each for each in positions if each.line.pk == row.line_id)
    spent = row.amount + sum(each.amount for each in others if each.line_id == row.line_id)
    name = f"{position.line.position}. {position.line.name}"
    if not position.planned:
        sentences.append(f"Pozycja {name} nie ma zaplanowanej kwoty.")
    elif spent > position.planned:
        sentences.append(
            f"Z pozycji {name} będzie wydane {money(spent)} zł, więcej niż plan {money(position.planned)} zł."
        )
    if position.is_typed:
        sentences.append(
            f"Pozycja {name} ma wpisane {money(position.line.typed_spent)} zł bez faktur. Od pierwszej faktury liczy "
            "się tylko suma faktur."
        )
    return sentences
