"""Actions on addresses of families and of their members."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError

from families.choices import AddressKind, LivingArrangement
from families.people.models import Address, Family, Membership
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import end_row, lock_row, save_with_history
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.temporal import day_before, day_before_next


@action
def set_address(
    *,
    since: date,
    by: User,
    family: Family | None = None,
    membership: Membership | None = None,
    kind: str = AddressKind.RESIDENCE,
    **columns,
) -> Address:
    """Set a new address from a day (przeprowadzka); the current one ends the day before.

    Refused on the first day of the current address: one of the two would be an error.
    """
    owner = {"family": family} if family else {"membership": membership}
    lock(families=[family.pk if family else membership.family_id])
    rows = Address.objects.filter(kind=kind, **owner)
    current = rows.active_on(since).first()
    if current and current.starts_on == since:
        raise ValidationError({"since": _same_day_refusal(current)})
    last_day = current.ends_on if current else day_before_next(rows, since)
    if current:
        end_row(current, on=day_before(since), by=by, why="Przeprowadzka")
    address = Address(**owner, kind=kind, starts_on=since, ends_on=last_day, **columns)
    return save_with_history(address, by=by, why="Nowy adres")


@action
def leave_address(*, family: Family, since: date, by: User) -> Address:
    """Record that the family has no residence from this day; the current address ends the day before."""
    lock(families=[family.pk])
    rows = Address.objects.filter(family=family, kind=AddressKind.RESIDENCE)
    current = rows.active_on(since).first()
    if current is None:
        raise ValidationError({"since": "W tym dniu rodzina nie ma zapisanego adresu zamieszkania."})
    if current.starts_on == since:
        raise ValidationError({"since": _same_day_refusal(current)})
    return end_row(current, on=day_before(since), by=by, why="Rodzina nie ma stałego adresu")


def _same_day_refusal(address: Address) -> str:
    return (
        f"Od {short_date(address.starts_on)} zapisany jest adres: {address.line}. Jeśli jest błędny, wybierz "
        "przy nim „Popraw”; jeśli to przeprowadzka, wpisz późniejszy dzień."
    )


@action
def correct_address(
    *, address: Address, version: int | None, by: User, also: Iterable[Address] = (), **columns
) -> Address:
    """Correct an address without a move; ``also``: other rows of the same address, corrected with it."""
    also = list(also)
    lock(families=[each.owner_family_id for each in (address, *also)])
    row = lock_row(Address.objects, pk=address.pk, version=version)
    changes = {name: value for name, value in columns.items() if getattr(row, name) != value}
    for item in (row, *(lock_row(Address.objects, pk=other.pk) for other in also)):
        for name, value in changes.items():
            setattr(item, name, value)
        save_with_history(item, by=by, why="Poprawienie adresu")
    return row


def end_own_addresses(
    membership: Membership, *, on: date | None, by: User, why: str, was: date | None = None
) -> None:
    """End the member's own addresses on the last day of the membership; those that had ended with it follow it.

    ``was``: the previous last day, when the membership already has the new one.
    """
    was = was or membership.ends_on
    for address in membership.addresses.all():
        if on and address.starts_on > on:
            since = short_date(address.starts_on)
            raise ValidationError(
                {"on": f"Od {since} ta osoba ma tu zapisany adres. Wybierz późniejszy dzień."}
            )
        followed = was is not None and address.ends_on == was
        lasts_longer = on is not None and (address.ends_on is None or address.ends_on > on)
        if (followed or lasts_longer) and address.ends_on != on:
            address.ends_on = on
            save_with_history(address, by=by, why=why)


def copy_addresses_to_new_membership(before: Membership, after: Membership, since: date, by: User) -> None:
    """Continue own addresses on the new membership row, except the residence of a member who joins the household."""
    for address in before.addresses.active_on_or_after(since):
        last_day, started = address.ends_on, address.starts_on
        if started < since:
            end_row(address, on=day_before(since), by=by, why="Zmiana danych członka rodziny")
        if after.stay != LivingArrangement.HERE or address.kind != AddressKind.RESIDENCE:
            copy = Address(
                membership=after, kind=address.kind, starts_on=max(started, since), ends_on=last_day
            )
            copy.copy_entered(address)
            save_with_history(copy, by=by, why="Zmiana danych członka rodziny")
