"""Deeds that correct the record: days as they really were, and what was entered by mistake taken back."""

from collections.abc import Callable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q

from families.choices import AddressKind, LivingArrangement
from families.people.addresses import end_own_addresses
from families.people.models import (
    Address,
    DuplicateDismissal,
    Family,
    FamilyProblem,
    Membership,
    Person,
    Phone,
)
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import delete_with_history, end_row, lock_row, save_with_history
from lubsko_ops.core.actions import action
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.temporal import day_before

DAYS = "Poprawienie dat"

# Why a person must have belonged to a family before the day (None: at all), as a sentence or an empty string:
# rooms to the right add what they hold about her there.
HOLDS: list[Callable[[Family, Person, date | None], str]] = []


def mistake(why: str) -> str:
    """The reason as history keeps it."""
    return f"Wpisano przez pomyłkę: {why}"


# ---- days --------------------------------------------------------------------------------------------
def row_before(row: Membership) -> Membership | None:
    """The row of the same person in the family that this one continues without a break."""
    rows = Membership.objects.filter(family=row.family_id, person=row.person_id)
    return rows.filter(ends_on=day_before(row.starts_on)).first()


def _row_after(row: Membership) -> Membership | None:
    if row.ends_on is None:
        return None
    rows = Membership.objects.filter(family=row.family_id, person=row.person_id)
    return rows.filter(starts_on=row.ends_on + timedelta(days=1)).first()


@action
def correct_days(
    *, membership: Membership, starts_on: date, ends_on: date | None, version: int | None, by: User
) -> Membership:
    """The first and last day of a membership as they really were; no last day: the person has not left.

    The row it continues ends the day before its new first day; addresses that began or ended with it follow.
    Raises ValidationError with a sentence beside the day that contradicts what else is known.
    """
    row = lock_row(Membership.objects.select_related("family", "person"), pk=membership.pk, version=version)
    before = row_before(row)
    _check_days(row, before, starts_on, ends_on)
    earlier = starts_on < row.starts_on
    if before and earlier:
        _end_before(before, starts_on, by)
    _move_addresses(row, starts_on, ends_on, by)
    moved = starts_on != row.starts_on
    row.starts_on, row.ends_on = starts_on, ends_on
    save_with_history(row, by=by, why=DAYS)
    if before and moved and not earlier:
        _end_before(before, starts_on, by)
    return row


def _end_before(row: Membership, day: date, by: User) -> None:
    end_own_addresses(row, on=day_before(day), by=by, why=DAYS)
    end_row(row, on=day_before(day), by=by, why=DAYS)


def _check_days(row: Membership, before: Membership | None, starts_on: date, ends_on: date | None) -> None:
    person, after = row.person, _row_after(row)
    if (starts_on, ends_on) == (row.starts_on, row.ends_on):
        raise ValidationError("Nic się nie zmieniło. Popraw datę albo wróć do listy osób.")
    if person.born_on and starts_on < person.born_on:
        raise ValidationError({"starts_on": "Nikt nie należy do rodziny przed dniem urodzenia. Popraw datę."})
    if ends_on and ends_on < starts_on:
        raise ValidationError({"ends_on": "Ostatni dzień nie może poprzedzać pierwszego."})
    if person.died_on and (ends_on is None or ends_on > person.died_on):
        day = short_date(person.died_on)
        raise ValidationError(
            {"ends_on": f"W danych osoby zapisano datę śmierci {day}. Jeśli jest błędna, popraw ją tam."}
        )
    if before and starts_on <= before.starts_on:
        day = short_date(before.starts_on)
        raise ValidationError(
            {"starts_on": f"Wcześniejszy wpis o tej osobie zaczyna się {day}. Wybierz późniejszy dzień."}
        )
    later = before is None and starts_on > row.starts_on
    if later and (sentence := _held(row.family, person, starts_on)):
        raise ValidationError({"starts_on": sentence})
    if after and ends_on != row.ends_on:
        day = short_date(after.starts_on)
        raise ValidationError({"ends_on": f"Od {day} zapisano zmianę. Popraw pierwszy dzień tamtego wpisu."})


def _move_addresses(row: Membership, starts_on: date, ends_on: date | None, by: User) -> None:
    for address in row.addresses.select_for_update(of=("self",)):
        since = starts_on if address.starts_on == row.starts_on else address.starts_on
        until = ends_on if address.ends_on == row.ends_on else address.ends_on
        if since < starts_on or (until and until < since) or (ends_on and (until is None or until > ends_on)):
            raise ValidationError(
                f"Od {short_date(address.starts_on)} ta osoba ma tu zapisany adres: {address.line}. "
                "Popraw najpierw adres albo wybierz inny dzień."
            )
        if (since, until) != (address.starts_on, address.ends_on):
            address.starts_on, address.ends_on = since, until
            save_with_history(address, by=by, why=DAYS)


# ---- entered by mistake ------------------------------------------------------------------------------
@action
def take_back_person(*, membership: Membership, why: str, version: int | None, by: User) -> None:
    """The person never belonged to this family: all her rows here go, with her addresses and phones of this family.

    A person who belongs nowhere else goes too. Raises ValidationError while something of the family rests on her.
    """
    row = lock_row(Membership.objects.select_related("family", "person"), pk=membership.pk, version=version)
    family, person = row.family, row.person
    if sentence := why_not_take_back(family, person):
        raise ValidationError(sentence)
    rows = Membership.objects.filter(family=family, person=person)
    for each in (
        *Address.objects.filter(membership__in=rows),
        *Phone.objects.filter(family=family, person=person),
        *rows,
    ):
        delete_with_history(each, by=by, why=mistake(why))
    if not person.memberships.exists() and not Person.objects.filter(merged_into=person).exists():
        for judged in DuplicateDismissal.objects.filter(Q(person_a=person) | Q(person_b=person)):
            delete_with_history(judged, by=by, why=mistake(why))
        delete_with_history(person, by=by, why=mistake(why))


def why_not_take_back(family: Family, person: Person) -> str:
    """Empty when the person may be taken back from the family, otherwise the sentence to show."""
    hidden = Address.objects.filter(withheld_from=person)
    if hidden.filter(Q(family=family) | Q(membership__family=family)).exists():
        return "Przed tą osobą ukryto adres. Popraw najpierw ten adres."
    return _held(family, person, None)


def _held(family: Family, person: Person, since: date | None) -> str:
    return next((sentence for hold in HOLDS if (sentence := hold(family, person, since))), "")


@action
def take_back_change(*, membership: Membership, why: str, version: int | None, by: User) -> Membership:
    """The change from a day never happened: what was before it goes on. Returns the row that goes on."""
    row = lock_row(Membership.objects, pk=membership.pk, version=version)
    before = row_before(row)
    if before is None:
        raise ValidationError("Przed tym wpisem nie ma wcześniejszego, który mógłby trwać dalej.")
    last_day = row.ends_on
    ended = {each.kind: each for each in before.addresses.filter(ends_on=before.ends_on)}
    ends, stay = {}, {}
    for address in row.addresses.select_for_update(of=("self",)).order_by("starts_on"):
        if address.starts_on == row.starts_on and address.kind in ended:
            ends[address.kind] = address.ends_on
            delete_with_history(address, by=by, why=mistake(why))
        else:
            stay[address.pk] = address
    for address in stay.values():
        if before.stay == LivingArrangement.HERE and address.kind == AddressKind.RESIDENCE:
            delete_with_history(address, by=by, why=mistake(why))
        else:
            address.membership = before
            save_with_history(address, by=by, why=mistake(why))
    delete_with_history(row, by=by, why=mistake(why))
    for kind, address in ended.items():
        address.ends_on = ends.get(kind, last_day)
        save_with_history(address, by=by, why=mistake(why))
    before.ends_on = last_day
    return save_with_history(before, by=by, why=mistake(why))


def address_before(address: Address) -> Address | None:
    """The address of the same owner and kind that this one follows without a break."""
    rows = Address.objects.filter(
        family=address.family_id, membership=address.membership_id, kind=address.kind
    )
    return rows.filter(ends_on=day_before(address.starts_on)).first()


@action
def take_back_address(*, address: Address, why: str, version: int | None, by: User) -> None:
    """Nobody ever lived there: the address before it goes on."""
    row = lock_row(Address.objects, pk=address.pk, version=version)
    before, last_day = address_before(row), row.ends_on
    delete_with_history(row, by=by, why=mistake(why))
    if before:
        before.ends_on = last_day
        save_with_history(before, by=by, why=mistake(why))


@action
def take_back_row(*, row: Phone | FamilyProblem, why: str, version: int | None, by: User) -> None:
    """A phone or a problem that was never true."""
    delete_with_history(lock_row(type(row).objects, pk=row.pk, version=version), by=by, why=mistake(why))
