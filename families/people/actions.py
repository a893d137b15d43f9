"""Deeds about the family and its people. Views, demo and tests call the same deeds."""

from collections.abc import Callable, Iterable
from datetime import date

from django.core.exceptions import ValidationError

from families.dictionaries import AddressKind, Stay
from families.people.identity import PersonData, identify, refuse_impossible_kin, register_person
from families.people.models import (
    Address,
    Family,
    FamilyCategory,
    FamilyProblem,
    Membership,
    Person,
    Phone,
)
from lubsko_ops import clock
from lubsko_ops.audit import end_as, locked, resume, save_as
from lubsko_ops.dated import day_before
from lubsko_ops.deeds import deed
from lubsko_ops.phones import clean_phone, phone_digits
from lubsko_ops.polish import short_day
from lubsko_ops.staff.models import User

DEATH = "Śmierć osoby"
UNDONE = "Cofnięcie daty śmierci"
PLACE = ("street", "house", "flat", "postal_code", "locality", "region", "withheld_from")


@deed
def correct_person(
    *, person: Person, version: int | None, by: User, why="Zmiana danych osoby", **changes
) -> Person:
    """Change the identity data of a person. Raises Conflict when somebody saved it in the meantime.

    With a day of death the person's memberships end on that day, in every family; when the day is taken away
    or changed, what had ended with it goes on as before.
    """
    row = locked(Person.objects, pk=person.pk, version=version)
    died_on = row.died_on
    for name, value in changes.items():
        setattr(row, name, value)
    identify(row)
    if row.died_on and row.died_on > clock.today():
        raise ValidationError({"died_on": "Data śmierci nie może być późniejsza niż dziś."})
    for membership in row.memberships.open_on(clock.today()):
        refuse_impossible_kin(row, membership.kinship, on=clock.today())
    save_as(row, by=by, why=why)
    if died_on and row.died_on != died_on:
        _undo_death(row, died_on, by)
        for undo in WITHOUT_DEATH:
            undo(row, died_on, by)
    if row.died_on:
        _end_with_death(row, by)
        for end in WITH_DEATH:
            end(row, row.died_on, by)
    return row


# Rooms to the right end what ends with a death, and let it go on when the death was a mistake: (person, day, by).
WITH_DEATH: list[Callable[[Person, date, User], None]] = []
WITHOUT_DEATH: list[Callable[[Person, date, User], None]] = []


def _undo_death(person: Person, day: date, by: User) -> None:
    """Memberships that ended with the day of death, and no others, get back the last day they had before."""
    for membership in person.memberships.filter(ends_on=day):
        if resume(membership, ended_on=day, because=DEATH, by=by, why=UNDONE):
            end_own_addresses(membership, on=membership.ends_on, by=by, why=UNDONE, was=day)
    for phone in person.phones.filter(ends_on=day):
        resume(phone, ended_on=day, because=DEATH, by=by, why=UNDONE)


def _end_with_death(person: Person, by: User) -> None:
    """The last day in each family is the day of death; a membership entered after that day is refused."""
    for membership in person.memberships.open_from(person.died_on):
        if membership.starts_on > person.died_on:
            # Perhaps in a family beyond the reach of who asks: neither its name nor its day is told.
            raise ValidationError(
                {"died_on": "Ta osoba jest zapisana w rodzinie także po tym dniu. Sprawdź datę śmierci."}
            )
        if membership.ends_on != person.died_on:
            end_membership(membership=membership, on=person.died_on, version=None, by=by, why=DEATH)
    for phone in person.phones.open_from(person.died_on).exclude(ends_on=person.died_on):
        end_as(phone, on=max(phone.starts_on, person.died_on), by=by, why=DEATH)


@deed
def open_family(*, name: str, on: date, by: User) -> Family:
    """Open a file (teczka) of a family, still without people and without work."""
    return save_as(Family(name=name), by=by, why=f"Założenie teczki z dniem {on:%d.%m.%Y}")


@deed
def rename_family(*, family: Family, name: str, version: int | None, by: User) -> Family:
    """Change the name under which the family is kept."""
    row = locked(Family.objects, pk=family.pk, version=version)
    row.name = name
    return save_as(row, by=by, why="Zmiana nazwy rodziny")


@deed
def describe_family(
    *,
    family: Family,
    name: str,
    category: str,
    problems: list[str],
    since: date,
    version: int | None,
    by: User,
) -> Family:
    """Change what the family is called, and its category and problems as they are from a day.

    The row of the family is saved each time, so that of two people who change it at once the second is told.
    """
    row = locked(Family.objects, pk=family.pk, version=version)
    row.name = name
    save_as(row, by=by, why="Zmiana danych rodziny")
    if category:
        set_category(family=row, category=category, on=since, by=by)
    set_problems(family=row, problems=problems, on=since, by=by)
    return row


@deed
def add_member(
    *, family: Family, data: PersonData, kinship: str, starts_on: date, stay: str = Stay.HERE, by: User
) -> Membership:
    """Add a person to the family from a day: a new one, or one already known (``data.existing``)."""
    person = _as_known_now(data.existing) if data.existing else register_person(data=data, by=by)
    if person.born_on and starts_on < person.born_on:
        raise ValidationError({"starts_on": "Nikt nie należy do rodziny przed dniem urodzenia. Popraw datę."})
    if person.died_on and starts_on > person.died_on:
        raise ValidationError({"starts_on": "Ta osoba zmarła przed tym dniem. Popraw datę."})
    refuse_impossible_kin(person, kinship, on=starts_on)
    membership = Membership(family=family, person=person, kinship=kinship, stay=stay, starts_on=starts_on)
    return save_as(membership, by=by, why="Dodanie osoby do rodziny")


def _as_known_now(person: Person) -> Person:
    """The row of a known person, kept until the deed ends; of one joined to another meanwhile, the other's."""
    row = (
        Person.objects.select_for_update(of=("self",), no_key=True)
        .select_related("merged_into")
        .get(pk=person.pk)
    )
    return row.merged_into or row


@deed
def change_membership(
    *, membership: Membership, kinship: str, stay: str, since: date, version: int | None, by: User
) -> Membership:
    """Kinship or place of living change from a day: the row until now ends the day before, a new one begins.

    A change from the row's own first day corrects the row itself.
    """
    row = locked(Membership.objects, pk=membership.pk, version=version)
    if (row.kinship, row.stay) == (kinship, stay):
        raise ValidationError("Nic się nie zmieniło. Wybierz nową wartość albo wróć do listy osób.")
    if since < row.starts_on or (row.ends_on and since > row.ends_on):
        raise ValidationError({"since": "Zmiana musi przypadać w czasie, gdy osoba należy do rodziny."})
    refuse_impossible_kin(row.person, kinship, on=since)
    if since == row.starts_on:
        row.kinship, row.stay = kinship, stay
        return save_as(row, by=by, why="Poprawienie danych członka rodziny")
    last_day = row.ends_on
    end_as(row, on=day_before(since), by=by, why="Zmiana danych członka rodziny")
    changed = Membership(
        family_id=row.family_id,
        person_id=row.person_id,
        kinship=kinship,
        stay=stay,
        starts_on=since,
        ends_on=last_day,
    )
    save_as(changed, by=by, why="Zmiana danych członka rodziny")
    _carry_address(row, changed, since, by)
    return changed


def _carry_address(before: Membership, after: Membership, since: date, by: User) -> None:
    """An address of one's own goes on with the new row; that of living ends when the person joins the family's."""
    for address in before.addresses.open_from(since):
        last_day, started = address.ends_on, address.starts_on
        if started < since:
            end_as(address, on=day_before(since), by=by, why="Zmiana danych członka rodziny")
        if after.stay != Stay.HERE or address.kind != AddressKind.RESIDENCE:
            copy = Address(membership=after, starts_on=max(started, since), ends_on=last_day)
            for name in ("kind", *PLACE):
                setattr(copy, name, getattr(address, name))
            save_as(copy, by=by, why="Zmiana danych członka rodziny")


@deed
def end_membership(
    *, membership: Membership, on: date, version: int | None, by: User, why="Odejście z rodziny"
) -> Membership:
    """The last day a person belongs to the family; addresses of the person's own end with it."""
    row = locked(Membership.objects, pk=membership.pk, version=version)
    if on < row.starts_on:
        day = short_day(row.starts_on)
        raise ValidationError(
            {"on": f"Zapisano zmianę z dnia {day}. Ostatni dzień nie może być wcześniejszy."}
        )
    end_own_addresses(row, on=on, by=by, why=why)
    return end_as(row, on=on, by=by, why=why)


def end_own_addresses(
    membership: Membership, *, on: date | None, by: User, why: str, was: date | None = None
) -> None:
    """The person's own addresses end with the membership; those that had ended with it follow its new last day.

    ``was``: the last day it had, when the membership already carries the new one.
    """
    was = was or membership.ends_on
    for address in membership.addresses.select_for_update(of=("self",)):
        if on and address.starts_on > on:
            since = short_day(address.starts_on)
            raise ValidationError(
                {"on": f"Od {since} ta osoba ma tu zapisany adres. Wybierz późniejszy dzień."}
            )
        followed = was is not None and address.ends_on == was
        lasts_longer = on is not None and (address.ends_on is None or address.ends_on > on)
        if (followed or lasts_longer) and address.ends_on != on:
            address.ends_on = on
            save_as(address, by=by, why=why)


@deed
def set_address(
    *,
    since: date,
    by: User,
    family: Family | None = None,
    membership: Membership | None = None,
    kind: str = AddressKind.RESIDENCE,
    **place,
) -> Address:
    """A new address from a day (przeprowadzka): the one until now ends the day before.

    A move on the first day of the present address is refused: then one of them is a mistake.
    """
    owner = {"family": family} if family else {"membership": membership}
    rows = Address.objects.select_for_update(of=("self",)).filter(kind=kind, **owner)
    current = rows.open_on(since).first()
    if current and current.starts_on == since:
        raise ValidationError({"since": _begins_already(current)})
    last_day = current.ends_on if current else _day_before_next(rows, since)
    if current:
        end_as(current, on=day_before(since), by=by, why="Przeprowadzka")
    address = Address(**owner, kind=kind, starts_on=since, ends_on=last_day, **place)
    return save_as(address, by=by, why="Nowy adres")


@deed
def leave_address(*, family: Family, since: date, by: User) -> Address:
    """The family has no address to live at from this day; the one until now ends the day before."""
    rows = Address.objects.select_for_update(of=("self",)).filter(family=family, kind=AddressKind.RESIDENCE)
    current = rows.open_on(since).first()
    if current is None:
        raise ValidationError({"since": "W tym dniu rodzina nie ma zapisanego adresu zamieszkania."})
    if current.starts_on == since:
        raise ValidationError({"since": _begins_already(current)})
    return end_as(current, on=day_before(since), by=by, why="Rodzina nie ma stałego adresu")


def _begins_already(address: Address) -> str:
    return (
        f"Od {short_day(address.starts_on)} zapisany jest adres: {address.line}. Jeśli jest błędny, wybierz "
        "przy nim „Popraw”; jeśli to przeprowadzka, wpisz późniejszy dzień."
    )


def _day_before_next(rows, since: date) -> date | None:
    """The last day of a row entered late: the day before the next one begins."""
    later = rows.filter(starts_on__gt=since).order_by("starts_on").first()
    return day_before(later.starts_on) if later else None


@deed
def correct_address(
    *, address: Address, version: int | None, by: User, also: Iterable[Address] = (), **place
) -> Address:
    """Correct a written address without a move; the same correction for all who live there too (``also``)."""
    row = locked(Address.objects, pk=address.pk, version=version)
    changes = {name: value for name, value in place.items() if getattr(row, name) != value}
    for each in (row, *(locked(Address.objects, pk=other.pk) for other in also)):
        for name, value in changes.items():
            setattr(each, name, value)
        save_as(each, by=by, why="Poprawienie adresu")
    return row


@deed
def add_phone(
    *, family: Family, number: str, since: date, by: User, person: Person | None = None, note=""
) -> Phone:
    """A phone number, given voluntarily, of one member or of the whole family; the same number only once."""
    phone = Phone(family=family, person=person, number=clean_phone(number), note=note, starts_on=since)
    _refuse_second(phone)
    return save_as(phone, by=by, why="Dodanie telefonu")


@deed
def correct_phone(
    *, phone: Phone, number: str, person: Person | None, note: str, since: date, version: int | None, by: User
) -> Phone:
    """Write a number, whose it is, or its days rightly."""
    row = locked(Phone.objects, pk=phone.pk, version=version)
    row.number, row.person, row.note, row.starts_on = clean_phone(number), person, note, since
    _refuse_second(row)
    return save_as(row, by=by, why="Poprawienie telefonu")


def _refuse_second(phone: Phone) -> None:
    """The same number stands in the file once; the sentence says with whom."""
    rows = Phone.objects.filter(family=phone.family_id, digits=phone_digits(phone.number)).exclude(
        pk=phone.pk
    )
    same = rows.open_from(phone.starts_on).select_related("person").first()
    if same and (phone.ends_on is None or same.starts_on <= phone.ends_on):
        whose = str(same.person) if same.person else "cała rodzina"
        raise ValidationError({"number": f"Ten numer jest już zapisany w tej teczce: {whose}."})


@deed
def end_phone(*, phone: Phone, on: date, version: int | None, by: User) -> Phone:
    """The number is no longer current."""
    return end_as(
        locked(Phone.objects, pk=phone.pk, version=version), on=on, by=by, why="Telefon nieaktualny"
    )


@deed
def set_problems(*, family: Family, problems: list[str], on: date, by: User) -> None:
    """The problems recognised from this day: new ones begin, those no longer on the list end the day before."""
    rows = FamilyProblem.objects.select_for_update().filter(family=family)
    current = {row.problem: row for row in rows.open_on(on)}
    for problem in problems:
        if problem not in current:
            last_day = _day_before_next(rows.filter(problem=problem), on)
            row = FamilyProblem(family=family, problem=problem, starts_on=on, ends_on=last_day)
            save_as(row, by=by, why="Rozpoznanie problemu")
    for problem, row in current.items():
        if problem not in problems:
            last_day = max(row.starts_on, day_before(on))
            end_as(row, on=last_day, by=by, why="Problem nie jest już aktualny")


@deed
def set_category(*, family: Family, category: str, on: date, by: User) -> FamilyCategory | None:
    """The category of the family from this day; the one until now ends the day before."""
    rows = FamilyCategory.objects.select_for_update().filter(family=family)
    current = rows.open_on(on).first()
    if current and current.category == category:
        return current
    if current and current.starts_on == on:
        current.category = category
        return save_as(current, by=by, why="Poprawienie kategorii rodziny")
    last_day = current.ends_on if current else _day_before_next(rows, on)
    if current:
        end_as(current, on=day_before(on), by=by, why="Zmiana kategorii rodziny")
    row = FamilyCategory(family=family, category=category, starts_on=on, ends_on=last_day)
    return save_as(row, by=by, why="Kategoria rodziny")
