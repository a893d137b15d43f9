"""Actions on the money of a project: enter, correct and remove invoices, explain a difference."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import delete_with_history, lock_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from projects.actions import NOT_AUTHOR, NOT_COUNTED
from projects.models import BudgetLine, Edition, Invoice
from projects.permissions import may_write
from projects.rules import COUNTED_STATES, MAX_LINE

NO_POSITION = "Wydatek musi mieć pozycję budżetu tego projektu. Wybierz tę, z której jest zapłacony."
FUTURE = "Ten dzień jeszcze nie nadszedł."
TOO_MUCH = "Jedna faktura to najwyżej 5 000 000 zł. Sprawdź, czy nie ma o zera za dużo."


@action
def add_invoice(*, edition: Edition, data: Invoice, by: User) -> Invoice:
    """Enter an invoice of a position. ``data``: an unsaved one with what was entered."""
    _open_edition(edition.pk, by)
    _check(edition.pk, data)
    return save_with_history(data, by=by, why="Nowa faktura")


@action
def correct_invoice(*, invoice: Invoice, data: Invoice, why: str, version: int | None, by: User) -> Invoice:
    """Correct what was entered, with the reason; also to another position of the same project."""
    edition = _open_edition(invoice.line.edition_id, by)
    row = lock_row(Invoice.objects, pk=invoice.pk, version=version)
    _check(edition.pk, data)
    row.copy_entered(data)
    return save_with_history(row, by=by, why=f"Poprawka faktury: {why}")


@action
def remove_invoice(*, invoice: Invoice, why: str, version: int | None, by: User) -> None:
    """Remove an invoice entered by mistake."""
    _open_edition(invoice.line.edition_id, by)
    row = lock_row(Invoice.objects, pk=invoice.pk, version=version)
    delete_with_history(row, by=by, why=f"Usunięcie faktury: {why}")


@action
def explain_difference(*, line: BudgetLine, text: str, version: int | None, by: User) -> BudgetLine:
    """Say why more or less was spent than planned; an empty text takes the explanation back."""
    _open_edition(line.edition_id, by)
    row = lock_row(BudgetLine.objects, pk=line.pk, version=version)
    row.difference = text.strip()
    return save_with_history(row, by=by, why="Wyjaśnienie różnicy w budżecie")


def _open_edition(pk: int, by: User) -> Edition:
    """The locked edition, once the user may enter its money now."""
    row = lock_row(Edition.objects, pk=pk)
    if row.state not in COUNTED_STATES:
        raise ValidationError(NOT_COUNTED)
    if not may_write(row, by):
        raise PermissionDenied(NOT_AUTHOR)
    return row


def _check(edition: int, data: Invoice) -> None:
    if not BudgetLine.objects.filter(pk=data.line_id, edition=edition).exists():
        raise ValidationError({"line": NO_POSITION})
    if refused := refusals(data.day, data.amount):
        raise ValidationError(refused)


def refusals(day: date | None, amount: Decimal | None) -> dict[str, str]:
    """Why an invoice cannot have this day and amount, by the name of the field."""
    sentences = {
        "day": FUTURE if day and day > clock.today() else "",
        "amount": TOO_MUCH if amount and amount > MAX_LINE else "",
    }
    return {name: sentence for name, sentence in sentences.items() if sentence}
