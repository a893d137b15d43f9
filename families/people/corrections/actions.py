"""Actions that correct the record: dates of memberships and rows entered in error."""

from collections.abc import Callable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q

from families.choices import AddressKind, LivingArrangement
from families.people.actions import end_with_change
from families.people.address_actions import end_own_addresses
from families.people.membership_days import days_text, keeping_days, needed_days
from families.people.models import (
    Address,
    DuplicateDismissal,
    Family,
    FamilyProblem,
    Membership,
    Person,
    PersonMerge,
    Phone,
)
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import delete_with_history, lock_row, save_with_history
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.registry import Registry
from lubsko_ops.core.temporal import EndCause, day_before

DATES_REASON = "Poprawienie dat"

# Registered by other apps: a refusal when rows of theirs require that the person belonged to the family before the
# day (None: at all), otherwise an empty string.
REMOVAL_BLOCKERS: Registry[Callable[[Family, Person, date | None], str]] = Registry("removal blockers")


def entered_in_error_reason(why: str) -> str:
    """The reason of the change as recorded in history."""
    return f"Wpisano przez pomyłkę: {why}"


# ---- dates -------------------------------------------------------------------------------------------
def previous_membership(row: Membership) -> Membership | None:
    """The row of the same person that this one continues after a change; not one after which the person had left."""
    rows = Membership.objects.filter(family=row.family_id, person=row.person_id, end_cause=EndCause.CHANGED)
    return rows.filter(ends_on=day_before(row.starts_on)).first()


def _next_membership(row: Membership) -> Membership | None:
    if row.end_cause != EndCause.CHANGED:
        return None
    rows = Membership.objects.filter(family=row.family_id, person=row.person_id)
    return rows.filter(starts_on=row.ends_on + timedelta(days=1)).first()


@action
def correct_membership_dates(
    *, membership: Membership, starts_on: date, ends_on: date | None, version: int | None, by: User
) -> Membership:
    """Correct the first and last day of a membership; no last day means that the person has not left.

    The previous row is adjusted to end the day before; addresses that began or ended with the row follow it.
    Raises ValidationError for a day that contradicts other data.
    """
    lock(families=[membership.family_id])
    row = lock_row(Membership.objects.select_related("family", "person"), pk=membership.pk, version=version)
    before = previous_membership(row)
    _validate_dates(row, before, starts_on, ends_on)
    field = "starts_on" if ends_on == row.ends_on else "ends_on"
    with keeping_days(row.family_id, row.person, field=field):
        _move_membership(row, before, starts_on, ends_on, by)
    return row


def _move_membership(
    row: Membership, before: Membership | None, starts_on: date, ends_on: date | None, by: User
) -> None:
    earlier = starts_on < row.starts_on
    if before and earlier:
        _end_before(before, starts_on, by)
    _move_addresses(row, starts_on, ends_on, by)
    moved = starts_on != row.starts_on
    row.starts_on = starts_on
    row.set_last_day(ends_on)
    save_with_history(row, by=by, why=DATES_REASON)
    if before and moved and not earlier:
        _end_before(before, starts_on, by)


def _end_before(row: Membership, day: date, by: User) -> None:
    end_own_addresses(row, on=day_before(day), by=by, why=DATES_REASON)
    end_with_change(row, on=day_before(day), by=by, why=DATES_REASON)


def _validate_dates(
    row: Membership, before: Membership | None, starts_on: date, ends_on: date | None
) -> None:
    person, after = row.person, _next_membership(row)
    if (starts_on, ends_on) == (row.starts_on, row.ends_on):
        raise ValidationError("Nic się nie zmieniło. Popraw datę albo wróć do listy osób.")
    refusals = {}
    later = before is None and stay_before_return(row) is None and starts_on > row.starts_on
    if person.born_on and starts_on < person.born_on:
        refusals["starts_on"] = "Nikt nie należy do rodziny przed dniem urodzenia. Popraw datę."
    elif before and starts_on <= before.starts_on:
        day = short_date(before.starts_on)
        refusals["starts_on"] = f"Wcześniejszy wpis o tej osobie zaczyna się {day}. Wybierz późniejszy dzień."
    elif later and (sentence := _removal_blocker(row.family, person, starts_on)):
        refusals["starts_on"] = sentence
    if ends_on and ends_on < starts_on:
        refusals["ends_on"] = "Ostatni dzień nie może poprzedzać pierwszego."
    elif person.died_on and (ends_on is None or ends_on > person.died_on):
        day = short_date(person.died_on)
        refusals["ends_on"] = f"W danych osoby zapisano datę śmierci {day}. Jeśli jest błędna, popraw ją tam."
    elif after and ends_on != row.ends_on:
        day = short_date(after.starts_on)
        refusals["ends_on"] = f"Od {day} zapisano zmianę. Popraw pierwszy dzień tamtego wpisu."
    if refusals:
        raise ValidationError(refusals)


def _move_addresses(row: Membership, starts_on: date, ends_on: date | None, by: User) -> None:
    for address in row.addresses.all():
        since = starts_on if address.starts_on == row.starts_on else address.starts_on
        until = ends_on if address.ends_on == row.ends_on else address.ends_on
        if since < starts_on or (until and until < since) or (ends_on and (until is None or until > ends_on)):
            raise ValidationError(
                f"Od {short_date(address.starts_on)} ta osoba ma tu zapisany adres: {address.line}. "
                "Popraw najpierw adres albo wybierz inny dzień."
            )
        if (since, until) != (address.starts_on, address.ends_on):
            address.starts_on, address.ends_on = since, until
            save_with_history(address, by=by, why=DATES_REASON)


# ---- entered in error --------------------------------------------------------------------------------
@action
def delete_person_entered_in_error(
    *, membership: Membership, why: str, version: int | None, by: User
) -> None:
    """Delete the person's memberships, addresses and phones in this family, to which they never belonged.

    A person who belongs to no other family is deleted too. Raises ValidationError while other rows of the family
    depend on the person.
    """
    lock(families=[membership.family_id])
    row = lock_row(Membership.objects.select_related("family", "person"), pk=membership.pk, version=version)
    family, person = row.family, row.person
    if sentence := removal_refusal(family, person):
        raise ValidationError(sentence)
    rows = Membership.objects.filter(family=family, person=person)
    for item in (
        # With the membership, which is asked for its family after both are gone.
        *Address.objects.filter(membership__in=rows).select_related("membership"),
        *Phone.objects.filter(family=family, person=person),
        *rows,
    ):
        delete_with_history(item, by=by, why=entered_in_error_reason(why))
    if not person.memberships.exists() and not Person.objects.filter(merged_into=person).exists():
        for dismissal in DuplicateDismissal.objects.filter(Q(person_a=person) | Q(person_b=person)):
            delete_with_history(dismissal, by=by, why=entered_in_error_reason(why))
        for merge in PersonMerge.objects.filter(Q(kept=person) | Q(dropped=person), undone=True):
            delete_with_history(merge, by=by, why=entered_in_error_reason(why))
        delete_with_history(person, by=by, why=entered_in_error_reason(why))


def removal_refusal(family: Family, person: Person) -> str:
    """Refusal when the person cannot be removed from the family, otherwise an empty string."""
    withheld = Address.objects.filter(withheld_from=person)
    if withheld.filter(Q(family=family) | Q(membership__family=family)).exists():
        return "Przed tą osobą ukryto adres. Popraw najpierw ten adres."
    if refusal := _removal_blocker(family, person, None):
        return refusal
    if days := needed_days(family.pk, person.pk):
        needed = f"{person} ma zapisy, przy których musi należeć do rodziny: {days_text(days)}."
        return f"{needed} Popraw najpierw te zapisy."
    return ""


def _removal_blocker(family: Family, person: Person, since: date | None) -> str:
    return next(
        (sentence for blocker in REMOVAL_BLOCKERS if (sentence := blocker(family, person, since))), ""
    )


@action
def delete_change_entered_in_error(
    *, membership: Membership, why: str, version: int | None, by: User
) -> Membership:
    """Delete a change that never happened and continue the previous row, which is returned.

    A return of a person who had left is deleted alone: the row before it had really ended, and is returned as it is.
    """
    lock(families=[membership.family_id])
    row = lock_row(Membership.objects, pk=membership.pk, version=version)
    before = previous_membership(row)
    if before is None:
        return _delete_return(row, why=entered_in_error_reason(why), by=by)
    last_day = row.ends_on
    ended = {address.kind: address for address in before.addresses.filter(ends_on=before.ends_on)}
    last_days, kept = {}, []
    for address in row.addresses.order_by("starts_on"):
        if address.starts_on == row.starts_on and address.kind in ended:
            last_days[address.kind] = address.ends_on
            delete_with_history(address, by=by, why=entered_in_error_reason(why))
        else:
            kept.append(address)
    for address in kept:
        if before.stay == LivingArrangement.HERE and address.kind == AddressKind.RESIDENCE:
            delete_with_history(address, by=by, why=entered_in_error_reason(why))
        else:
            address.membership = before
            save_with_history(address, by=by, why=entered_in_error_reason(why))
    delete_with_history(row, by=by, why=entered_in_error_reason(why))
    for kind, address in ended.items():
        address.ends_on = last_days.get(kind, last_day)
        save_with_history(address, by=by, why=entered_in_error_reason(why))
    before.copy_end(row)
    return save_with_history(before, by=by, why=entered_in_error_reason(why))


def stay_before_return(row: Membership) -> Membership | None:
    """The last row of the person in the family before this one, when they had left it and came back."""
    if previous_membership(row):
        return None
    rows = Membership.objects.filter(family=row.family_id, person=row.person_id, ends_on__lt=row.starts_on)
    return rows.order_by("-ends_on").first()


def _delete_return(row: Membership, *, why: str, by: User) -> Membership:
    before = stay_before_return(row)
    if before is None:
        raise ValidationError("Przed tym wpisem nie ma wcześniejszego, który mógłby trwać dalej.")
    with keeping_days(row.family_id, row.person):
        for address in row.addresses.all():
            delete_with_history(address, by=by, why=why)
        delete_with_history(row, by=by, why=why)
    return before


def previous_address(address: Address) -> Address | None:
    """The address of the same owner and kind that ends the day before this one begins."""
    rows = Address.objects.filter(
        family=address.family_id, membership=address.membership_id, kind=address.kind
    )
    return rows.filter(ends_on=day_before(address.starts_on)).first()


@action
def delete_address_entered_in_error(*, address: Address, why: str, version: int | None, by: User) -> None:
    """Delete an address at which nobody ever lived; the previous address continues."""
    lock(families=[address.owner_family_id])
    row = lock_row(Address.objects, pk=address.pk, version=version)
    before, last_day = previous_address(row), row.ends_on
    delete_with_history(row, by=by, why=entered_in_error_reason(why))
    if before:
        before.ends_on = last_day
        save_with_history(before, by=by, why=entered_in_error_reason(why))


@action
def delete_row_entered_in_error(
    *, row: Phone | FamilyProblem, why: str, version: int | None, by: User
) -> None:
    """Delete a phone or a problem entered in error."""
    lock(families=[row.family_id])
    delete_with_history(
        lock_row(type(row).objects, pk=row.pk, version=version), by=by, why=entered_in_error_reason(why)
    )
