"""Deeds about the family and its people. Views, demo and tests call the same deeds."""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from families.dictionaries import AddressKind, PeselMissing, Stay
from families.people.models import (
    Address,
    Family,
    FamilyCategory,
    FamilyProblem,
    Membership,
    Person,
    Phone,
)
from lubsko_ops.audit import end_as, locked, save_as
from lubsko_ops.dated import day_before
from lubsko_ops.fields import clean_pesel
from lubsko_ops.staff.models import User


@dataclass(kw_only=True)
class PersonData:
    """What is known about a person who is being entered; ``existing`` when the person is already in the centre."""

    first_name: str = ""
    last_name: str = ""
    sex: str = ""
    born_on: date | None = None
    pesel: str = ""
    pesel_missing: str = ""
    other_document: str = ""
    other_spellings: list[str] = field(default_factory=list)
    existing: Person | None = None


def _identify(person: Person) -> None:
    """Check the PESEL against the person: digits, day of birth, sex. A birth day that is missing is filled in."""
    from stdnum.pl import pesel as number

    if not person.pesel:
        return
    person.pesel = clean_pesel(person.pesel)
    person.pesel_missing = ""
    born_on = number.get_birth_date(person.pesel)
    if person.born_on and person.born_on != born_on:
        raise ValidationError(
            {"born_on": f"Z numeru PESEL wynika data urodzenia {born_on:%d.%m.%Y}. Sprawdź numer i datę."}
        )
    sex = {"M": "male", "F": "female"}[number.get_gender(person.pesel)]
    if person.sex and person.sex != sex:
        raise ValidationError({"sex": "Z numeru PESEL wynika inna płeć. Sprawdź numer i płeć."})
    person.born_on, person.sex = born_on, sex


def why_not_same_household(people: list[PersonData]) -> str:
    """A sentence when one PESEL is given to two people of the form, otherwise an empty string."""
    numbers = [person.pesel for person in people if person.pesel]
    return (
        "Dwie osoby mają ten sam PESEL. Popraw jeden z numerów." if len(numbers) != len(set(numbers)) else ""
    )


@transaction.atomic
def register_person(*, data: PersonData, by: User) -> Person:
    """A new identity (osoba). Raises ValidationError when the PESEL does not fit the person."""
    person = Person(
        first_name=data.first_name,
        last_name=data.last_name,
        sex=data.sex,
        born_on=data.born_on,
        pesel=data.pesel,
        pesel_missing=data.pesel_missing,
        other_document=data.other_document,
        other_spellings=data.other_spellings,
    )
    _identify(person)
    if not person.pesel and not person.pesel_missing:
        person.pesel_missing = PeselMissing.UNKNOWN
    return save_as(person, by=by, why="Wpisanie osoby")


@transaction.atomic
def correct_person(
    *, person: Person, version: int | None, by: User, why="Zmiana danych osoby", **changes
) -> Person:
    """Change the identity data of a person. Raises Conflict when somebody saved it in the meantime."""
    row = locked(Person.objects, pk=person.pk, version=version)
    for name, value in changes.items():
        setattr(row, name, value)
    if row.pesel:
        row.pesel_missing = ""
    _identify(row)
    return save_as(row, by=by, why=why)


@transaction.atomic
def open_family(*, name: str, on: date, by: User) -> Family:
    """Open a file (teczka) of a family, still without people and without work."""
    return save_as(Family(name=name), by=by, why=f"Założenie teczki z dniem {on:%d.%m.%Y}")


@transaction.atomic
def rename_family(*, family: Family, name: str, version: int | None, by: User) -> Family:
    """Change the name under which the family is kept."""
    row = locked(Family.objects, pk=family.pk, version=version)
    row.name = name
    return save_as(row, by=by, why="Zmiana nazwy rodziny")


@transaction.atomic
def add_member(
    *, family: Family, data: PersonData, kinship: str, starts_on: date, stay: str = Stay.HERE, by: User
) -> Membership:
    """Add a person to the family from a day: a new one, or one already known (``data.existing``)."""
    person = data.existing or register_person(data=data, by=by)
    if person.born_on and starts_on < person.born_on:
        raise ValidationError({"starts_on": "Nikt nie należy do rodziny przed dniem urodzenia. Popraw datę."})
    membership = Membership(family=family, person=person, kinship=kinship, stay=stay, starts_on=starts_on)
    return save_as(membership, by=by, why="Dodanie osoby do rodziny")


@transaction.atomic
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
    """An address of one's own goes on with the new row, unless the person now lives with the family."""
    for address in before.addresses.open_from(since):
        last_day, started = address.ends_on, address.starts_on
        if started < since:
            end_as(address, on=day_before(since), by=by, why="Zmiana danych członka rodziny")
        if after.stay != Stay.HERE:
            copy = Address(membership=after, starts_on=max(started, since), ends_on=last_day)
            for name in (
                "kind",
                "street",
                "house",
                "flat",
                "postal_code",
                "locality",
                "region",
                "withheld_from",
            ):
                setattr(copy, name, getattr(address, name))
            save_as(copy, by=by, why="Zmiana danych członka rodziny")


@transaction.atomic
def end_membership(*, membership: Membership, on: date, version: int | None, by: User) -> Membership:
    """The last day a person belongs to the family."""
    row = locked(Membership.objects, pk=membership.pk, version=version)
    for address in row.addresses.open_from(on):
        if address.starts_on <= on and (address.ends_on is None or address.ends_on > on):
            end_as(address, on=on, by=by, why="Odejście z rodziny")
    return end_as(row, on=on, by=by, why="Odejście z rodziny")


@transaction.atomic
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

    From the first day of the present address it corrects that address instead.
    """
    owner = {"family": family} if family else {"membership": membership}
    current = (
        Address.objects.select_for_update(of=("self",)).open_on(since).filter(kind=kind, **owner).first()
    )
    if current and current.starts_on == since:
        for name, value in place.items():
            setattr(current, name, value)
        return save_as(current, by=by, why="Poprawienie adresu")
    if current:
        end_as(current, on=day_before(since), by=by, why="Przeprowadzka")
    return save_as(Address(**owner, kind=kind, starts_on=since, **place), by=by, why="Nowy adres")


@transaction.atomic
def correct_address(*, address: Address, version: int | None, by: User, **place) -> Address:
    """Correct a written address without a move."""
    row = locked(Address.objects, pk=address.pk, version=version)
    for name, value in place.items():
        setattr(row, name, value)
    return save_as(row, by=by, why="Poprawienie adresu")


@transaction.atomic
def add_phone(
    *, family: Family, number: str, since: date, by: User, person: Person | None = None, note=""
) -> Phone:
    """A phone number, given voluntarily, of one member or of the whole family."""
    phone = Phone(family=family, person=person, number=number, note=note, starts_on=since)
    return save_as(phone, by=by, why="Dodanie telefonu")


@transaction.atomic
def end_phone(*, phone: Phone, on: date, version: int | None, by: User) -> Phone:
    """The number is no longer current."""
    return end_as(
        locked(Phone.objects, pk=phone.pk, version=version), on=on, by=by, why="Telefon nieaktualny"
    )


@transaction.atomic
def set_problems(*, family: Family, problems: list[str], on: date, by: User) -> None:
    """The problems recognised from this day: new ones begin, those no longer on the list end the day before."""
    current = {
        row.problem: row
        for row in FamilyProblem.objects.select_for_update().open_on(on).filter(family=family)
    }
    for problem in problems:
        if problem not in current:
            save_as(
                FamilyProblem(family=family, problem=problem, starts_on=on), by=by, why="Rozpoznanie problemu"
            )
    for problem, row in current.items():
        if problem not in problems:
            last_day = max(row.starts_on, day_before(on))
            end_as(row, on=last_day, by=by, why="Problem nie jest już aktualny")


@transaction.atomic
def set_category(*, family: Family, category: str, on: date, by: User) -> FamilyCategory | None:
    """The category of the family from this day; the one until now ends the day before."""
    current = FamilyCategory.objects.select_for_update().open_on(on).filter(family=family).first()
    if current and current.category == category:
        return current
    if current and current.starts_on == on:
        current.category = category
        return save_as(current, by=by, why="Poprawienie kategorii rodziny")
    if current:
        end_as(current, on=day_before(on), by=by, why="Zmiana kategorii rodziny")
    return save_as(
        FamilyCategory(family=family, category=category, starts_on=on), by=by, why="Kategoria rodziny"
    )
