"""Writes families and their people: members, addresses, phones, problems, category."""

from collections import defaultdict
from datetime import date, time, timedelta
from random import Random

from devtools.demo.dataset import numbered_pesel
from devtools.synthetic import names
from devtools.synthetic.bulk_copy import copy_models, reset_sequence, without_indexes, write_history
from devtools.synthetic.centre import SyntheticCentre, holder_on
from devtools.synthetic.names import words
from devtools.synthetic.schedule import SyntheticHousehold
from families.choices import AddressKind, Category, Kinship, LivingArrangement, PeselMissing, Problem, Sex
from families.people.models import Address, Family, FamilyCategory, FamilyProblem, Membership, Person, Phone
from lubsko_ops.core import clock
from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.surnames import suggest_family_name

STREETS = words(
    """
    Długa Krótka Polna Leśna Ogrodowa Lipowa Kwiatowa Słoneczna Brzozowa Łąkowa Spokojna Zielona Jasna
    Wiśniowa Akacjowa Klonowa Młyńska Szkolna Sportowa Tkacka Garncarska Piekarska Rzeczna Nadbrzeżna
    Graniczna Cicha Wąska Szeroka Zakątek Kolejowa Dworcowa Rynkowa Browarna Ceglana Kamienna Piaskowa
    Źródlana Sadowa Malinowa Jaśminowa Bursztynowa Perłowa Srebrna Złota Gwiaździsta Tęczowa Pogodna Widokowa
    Wrzosowa Jeżynowa
    """
)
VILLAGES = words(
    """
    Chocicz Górzyn Mierków Osiek Raszyn Stara_Woda Białków Dłużek Lutol Tuchola Gareja Grabków Janowice
    Ziębikowo Budziechów Małowice
    """
)
TABLES = (
    (Family, "Założenie teczki", ""),
    (Person, "Wpisanie osoby", ""),
    (Membership, "Dodanie osoby do rodziny", "Odejście z rodziny"),
    (Address, "Nowy adres", "Przeprowadzka"),
    (Phone, "Dodanie telefonu", "Telefon nieaktualny"),
    (FamilyProblem, "Rozpoznanie problemu", "Problem nie jest już aktualny"),
    (FamilyCategory, "Kategoria rodziny", "Zmiana kategorii rodziny"),
)
PESEL_MISSING = (PeselMissing.FOREIGNER, PeselMissing.DECLINED, PeselMissing.UNKNOWN)
BATCH = 2000  # families


def write_people(centre: SyntheticCentre, households: list[SyntheticHousehold]) -> None:
    """Write the rows of all families and their people, with their history."""
    with without_indexes([model._meta.db_table for model, *_ in TABLES]):
        writer = PeopleWriter(centre)
        for number, household in enumerate(households, 1):
            writer.add_family(household)
            if number % BATCH == 0:
                writer.send()
        writer.send()
    for model, why, end_reason in TABLES:
        write_history(model, why=why, end_reason=end_reason)
        reset_sequence(model)


class PeopleWriter:
    """Makes the rows of one family after another."""

    def __init__(self, centre: SyntheticCentre):
        self.centre, self.rng = centre, centre.random("people")
        self.rows: dict[type, list] = {model: [] for model, *_ in TABLES}
        self.last = dict.fromkeys(self.rows, 0)
        self.born: dict[tuple[date, str], int] = defaultdict(int)
        self.minute = 0  # of entering the present family: what is entered on one day is entered at once

    def send(self) -> None:
        for rows in self.rows.values():
            copy_models(rows)
            rows.clear()

    def add(self, model, by: int, on: date, **values):
        """Add a row entered on the day; one with a last day was ended later by a second action."""
        self.last[model] += 1
        ended = values.get("ends_on") is not None
        at = clock.to_instant(on, time(8 + on.day % 6, self.minute))
        row = model(pk=self.last[model], entered_at=at, entered_by_id=by, version=2 if ended else 1, **values)
        row.clean()
        self.rows[model].append(row)
        return row

    def add_family(self, household: SyntheticHousehold) -> None:
        """Add a family with everything entered when its file was opened, and later changes."""
        rng, on, self.minute = self.rng, household.opened_on, household.pk % 60
        by = holder_on(household.region.tenures, on) or self.centre.manager
        surname = names.surname(rng)
        family = self.add(Family, by, on, name=suggest_family_name(surname)).pk
        self.add_people(household, surname, by)
        self.add_addresses(household, by)
        since = {"family_id": family, "starts_on": on}
        for problem in sorted(set(rng.choices(Problem.values, k=rng.randint(1, 4)))):
            ends_on = self.later(on) if rng.random() < 0.15 else None
            self.add(FamilyProblem, by, on, problem=problem, ends_on=ends_on, **since)
        category = rng.choices(Category.values, weights=(50, 12, 30, 5, 3))[0]
        self.add(FamilyCategory, by, on, category=category, **since)

    def later(self, on: date) -> date | None:
        """Return a day between this one and the last; None when there is none."""
        days = (self.centre.day - on).days - 1
        return on + ONE_DAY * self.rng.randint(20, days) if days > 20 else None

    def add_people(self, household: SyntheticHousehold, surname: str, by: int) -> None:
        """Add a mother, mostly a father or partner, children of all ages, sometimes a grandmother."""
        rng, on = self.rng, household.opened_on
        years = rng.randint(19, 44)
        mother = self.add_person(
            household, surname, Sex.FEMALE, self.birthday(on, years), Kinship.MOTHER, by=by
        )
        household.adult = mother.pk
        self.add_phone(household, mother, by)
        self.add_man(household, surname, years, by)
        for _ in range(rng.choices((1, 2, 3, 4, 5, 6), weights=(26, 33, 22, 11, 5, 3))[0]):
            sex = rng.choice((Sex.FEMALE, Sex.MALE))
            born_on = self.birthday(on, rng.randint(0, max(0, min(17, years - 18))))
            self.add_person(household, surname, sex, born_on, Kinship.CHILD, by=by)
        if rng.random() < 0.12:
            born_on = self.birthday(on, years + rng.randint(20, 32))
            self.add_person(household, names.surname(rng), Sex.FEMALE, born_on, Kinship.GRANDPARENT, by=by)

    def add_man(self, household: SyntheticHousehold, surname: str, years: int, by: int) -> None:
        rng, on = self.rng, household.opened_on
        born_on = self.birthday(on, max(18, years + rng.randint(-3, 9)))
        if rng.random() < 0.62:
            elsewhere = rng.random() < 0.3
            stay = LivingArrangement.ELSEWHERE if elsewhere else LivingArrangement.HERE
            self.add_person(household, surname, Sex.MALE, born_on, Kinship.FATHER, stay=stay, by=by)
        elif rng.random() < 0.4:
            ends_on = self.later(on) if rng.random() < 0.3 else None
            last_name = names.surname(rng)
            self.add_person(household, last_name, Sex.MALE, born_on, Kinship.PARTNER, ends_on=ends_on, by=by)

    def birthday(self, on: date, years: int) -> date:
        return on - timedelta(days=years * 365 + self.rng.randint(1, 364))

    def add_person(
        self, household, surname, sex, born_on, kinship, *, by, stay=LivingArrangement.HERE, ends_on=None
    ) -> Person:
        """Add a person and the membership from the day the file was opened."""
        rng, on = self.rng, household.opened_on
        is_woman, child = sex == Sex.FEMALE, kinship == Kinship.CHILD
        pool = (
            (names.GIRLS if is_woman else names.BOYS) if child else (names.WOMEN if is_woman else names.MEN)
        )
        last_name = names.feminine(surname) if is_woman else surname
        first_name = rng.choice(pool)
        maiden = (
            names.feminine(names.surname(rng)) if kinship == Kinship.MOTHER and rng.random() < 0.2 else ""
        )
        row = self.add(
            Person,
            by,
            on,
            first_name=first_name,
            last_name=last_name,
            sex=sex,
            born_on=born_on,
            other_spellings=[f"{first_name} {maiden}"] if maiden else [],
            **self.identity(born_on, sex),
        )
        member = {"kinship": kinship, "stay": stay, "starts_on": on, "ends_on": ends_on}
        membership = self.add(Membership, by, on, family_id=household.pk, person_id=row.pk, **member)
        if stay == LivingArrangement.HERE:
            household.people.append((row.pk, on, ends_on))
        elif rng.random() < 0.6:
            self.add_address(by, on, membership_id=membership.pk, region=None)
        return row

    def identity(self, born_on: date, sex: str) -> dict:
        """Return a PESEL not used before, or the reason why there is none."""
        if self.rng.random() < 0.06 or self.born[born_on, sex] > 99:
            return {"pesel_missing": self.rng.choice(PESEL_MISSING)}
        serial = self.born[born_on, sex]
        self.born[born_on, sex] += 1
        return {"pesel": numbered_pesel(born_on, sex, serial)}

    def add_phone(self, household: SyntheticHousehold, person: Person, by: int) -> None:
        """Add a number that cannot exist: Polish numbers do not begin with zero."""
        if self.rng.random() < 0.75:
            number = f"000 {self.rng.randrange(1000):03} {self.rng.randrange(1000):03}"
            days = {"starts_on": household.opened_on, "family_id": household.pk}
            self.add(Phone, by, household.opened_on, person_id=person.pk, number=number, **days)

    def add_addresses(self, household: SyntheticHousehold, by: int) -> None:
        """Add the address of the family; some have moved since."""
        on, household.in_village = household.opened_on, "wsie" in household.region.name
        moved = self.later(on) if self.rng.random() < 0.15 else None
        owner = {"family_id": household.pk, "region": household.region}
        self.add_address(by, on, ends_on=moved, **owner)
        if moved:
            self.add_address(by, moved + ONE_DAY, **owner)

    def add_address(self, by: int, on: date, *, region, ends_on=None, **owner) -> None:
        rng = self.rng
        village = region is None or "wsie" in region.name
        where = {"locality": rng.choice(VILLAGES).replace("_", " ")} if village else _in_town(rng)
        where |= {"house": str(rng.randint(1, 60)), "postal_code": "68-300"}
        days = {"starts_on": on, "ends_on": ends_on, "kind": AddressKind.RESIDENCE}
        self.add(Address, by, on, region_id=region and region.pk, **where, **days, **owner)


def _in_town(rng: Random) -> dict:
    flat = str(rng.randint(1, 40)) if rng.random() < 0.7 else ""
    return {"locality": "Lubsko", "street": rng.choice(STREETS), "flat": flat}
