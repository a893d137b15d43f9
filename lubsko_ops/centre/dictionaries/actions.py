"""Actions on the entries of dictionaries: add, change, close, open again, remove."""

from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError

from lubsko_ops.accounts.models import Region, RegionGrant, User
from lubsko_ops.audit.dictionary import DictionaryEntry
from lubsko_ops.audit.history import delete_with_history, end_row, lock_row, save_with_history
from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.temporal import day_before

EntryT = TypeVar("EntryT", bound=DictionaryEntry)
RowT = TypeVar("RowT", bound=AuditedModel)
IN_USE = "Z tego wpisu już korzystano, więc zostaje w słowniku. Możesz go zamknąć."


@action
def add_entry(*, entry: RowT, by: User) -> RowT:
    """Add an entry as it was entered."""
    return save_with_history(entry, by=by, why="Nowy wpis w słowniku")


@action
def change_entry(*, entry: EntryT, data: EntryT, version: int | None, by: User) -> EntryT:
    """Change what was entered; rows that refer to the entry show it from now on."""
    row = lock_row(type(entry).objects, pk=entry.pk, version=version)
    row.copy_entered(data)
    return save_with_history(row, by=by, why="Zmiana wpisu w słowniku")


@action
def close_entry(*, entry: EntryT, on: date, why: str, version: int | None, by: User) -> EntryT:
    """Close an entry from a day: forms no longer offer it. The grants of a region end the day before.

    Raises ValidationError when a grant of the region begins on that day or later.
    """
    lock(users={grant.user_id for grant in grants_to_end(entry, on=on)})
    row = lock_row(type(entry).objects, pk=entry.pk, version=version)
    if row.closed_from:
        raise ValidationError(f"Ten wpis jest już zamknięty od {short_date(row.closed_from)}.")
    row.closed_from = on
    _end_grants(row, on=on, by=by)
    return save_with_history(row, by=by, why=f"Zamknięcie: {why}")


def _end_grants(entry: DictionaryEntry, *, on: date, by: User) -> None:
    grants = grants_to_end(entry, on=on)
    if later := [grant for grant in grants if grant.starts_on >= on]:
        names = ", ".join(f"{grant.user} od {short_date(grant.starts_on)}" for grant in later)
        raise ValidationError(
            {"closed_from": f"Rejon jest już przydzielony na później ({names}). Wybierz późniejszy dzień."}
        )
    for grant in grants:
        end_row(grant, on=day_before(on), by=by, why="Zamknięcie rejonu")


def grants_to_end(entry: DictionaryEntry, *, on: date) -> list[RegionGrant]:
    """Grants of the region that last until the day or longer, oldest first; none for an entry of another dictionary."""
    if not isinstance(entry, Region):
        return []
    grants = RegionGrant.objects.active_on_or_after(on).filter(region=entry).select_related("user")
    return list(grants.order_by("starts_on", "pk"))


@action
def reopen_entry(*, entry: EntryT, why: str, version: int | None, by: User) -> EntryT:
    """Offer a closed entry again. Grants of a region that ended with it stay ended."""
    row = lock_row(type(entry).objects, pk=entry.pk, version=version)
    row.closed_from = None
    return save_with_history(row, by=by, why=f"Ponowne otwarcie: {why}")


@action
def remove_entry(*, entry: AuditedModel, why: str, version: int | None, by: User) -> None:
    """Delete an entry made by mistake. Raises ValidationError for one that other rows refer to."""
    row = lock_row(type(entry)._default_manager, pk=entry.pk, version=version)
    try:
        delete_with_history(row, by=by, why=f"Wpisano przez pomyłkę: {why}")
    except ValidationError:
        raise ValidationError(IN_USE) from None
