"""Invoices of a running project of Tomasz."""

from datetime import date
from decimal import Decimal

from projects.models import BudgetLine, Edition, Invoice
from projects.money.actions import add_invoice
from tests.recorded_rows import recorded

DAY = date(2026, 10, 8)


def line_of(edition: Edition, position: int = 1) -> BudgetLine:
    return BudgetLine.objects.with_sums().get(edition=edition, position=position)


@recorded
def make_invoice(edition: Edition, by, *, position: int = 1, number: str = "FV 1/2026", **values) -> Invoice:
    row = {"day": DAY, "amount": Decimal("340.00"), "purpose": "materiały plastyczne"} | values
    data = Invoice(line=line_of(edition, position), number=number, **row)
    return add_invoice(edition=edition, data=data, by=by)


def invoice_fields(edition: Edition, **fields) -> dict[str, str]:
    """What is typed for an invoice of the first position."""
    typed = {"line": str(line_of(edition).pk), "day": "08.10.2026", "number": "FV 12/2026"}
    return typed | {"amount": "340,50", "purpose": "farby i papier"} | fields
