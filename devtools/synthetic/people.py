"""Households: who lives in the family, where, with what number, and what it struggles with."""

from collections import defaultdict
from datetime import date, time, timedelta
from random import Random

from devtools.demo.dataset import numbered_pesel
from devtools.synthetic import names
from devtools.synthetic.bulk_copy import copy_models, count_on, without_indexes, write_history
from devtools.synthetic.centre import Big
from devtools.synthetic.names import words
from devtools.synthetic.schedule import Household
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
NO_NUMBER = (PeselMissing.FOREIGNER, PeselMissing.DECLINED, PeselMissing.UNKNOWN)
AT_ONCE = 2000  # families made before their rows are sent


def write_people(big: Big, households: list[Household]) -> None:
    """The rows of all families and their people, with their history."""
    with without_indexes([model._meta.db_table for model, *_ in TABLES]):
        settling = Settling(big)
        for number, household in enumerate(households, 1):
            settling.settle(household)
            if number % AT_ONCE == 0:
                settling.send()
        settling.send()
    for model, why, why_ended in TABLES:
        write_history(model, why=why, why_ended=why_ended)
        count_on(model)


class Settling:
    """Makes the rows of one family after another."""

    def __init__(self, big: Big):
        self.big, self.dice = big, big.random("people")
        self.rows: dict[type, list] = {model: [] for model, *_ in TABLES}
        self.last = dict.fromkeys(self.rows, 0)
        self.born: dict[tuple[date, str], int] = defaultdict(int)

    def send(self) -> None:
        for rows in self.rows.values():
            copy_models(rows)
            rows.clear()

    def add(self, model, by: int, on: date, **values):
        """A row entered on the day; one with its last day in the past was ended later by a second deed."""
        self.last[model] += 1
        ended = values.get("ends_on") is not None
        at = clock.to_instant(on, time(8 + on.day % 6, self.last[model] % 60))
        row = model(pk=self.last[model], entered_at=at, entered_by_id=by, version=2 if ended else 1, **values)
        row.clean()
        self.rows[model].append(row)
        return row

    def settle(self, household: Household) -> None:
        """A family with everything said of it on the day its file was opened, and what changed since."""
        dice, on = self.dice, household.opened_on
        by = next((span.user for span in household.region.spans if span.holds(on)), self.big.manager)
        surname = names.surname(dice)
        family = self.add(Family, by, on, name=suggest_family_name(surname)).pk
        self.people(household, surname, by)
        self.addresses(household, by)
        since = {"family_id": family, "starts_on": on}
        for problem in sorted(set(dice.choices(Problem.values, k=dice.randint(1, 4)))):
            ends_on = self.later(on) if dice.random() < 0.15 else None
            self.add(FamilyProblem, by, on, problem=problem, ends_on=ends_on, **since)
        category = dice.choices(Category.values, weights=(50, 12, 30, 5, 3))[0]
        self.add(FamilyCategory, by, on, category=category, **since)

    def later(self, on: date) -> date | None:
        """Some day between this one and now; None when there is none."""
        span = (self.big.day - on).days - 1
        return on + ONE_DAY * self.dice.randint(20, span) if span > 20 else None

    def people(self, household: Household, surname: str, by: int) -> None:
        """A mother, mostly a father or partner, children of all ages, now and then a grandmother."""
        dice, on = self.dice, household.opened_on
        years = dice.randint(19, 44)
        mother = self.person(household, surname, Sex.FEMALE, self.birth(on, years), Kinship.MOTHER, by=by)
        household.adult = mother.pk
        self.phone(household, mother, by)
        self.men(household, surname, years, by)
        for _ in range(dice.choices((1, 2, 3, 4, 5, 6), weights=(26, 33, 22, 11, 5, 3))[0]):
            sex = dice.choice((Sex.FEMALE, Sex.MALE))
            born_on = self.birth(on, dice.randint(0, max(0, min(17, years - 18))))
            self.person(household, surname, sex, born_on, Kinship.CHILD, by=by)
        if dice.random() < 0.12:
            born_on = self.birth(on, years + dice.randint(20, 32))
            self.person(household, names.surname(dice), Sex.FEMALE, born_on, Kinship.GRANDPARENT, by=by)

    def men(self, household: Household, surname: str, years: int, by: int) -> None:
        dice, on = self.dice, household.opened_on
        born_on = self.birth(on, max(18, years + dice.randint(-3, 9)))
        if dice.random() < 0.62:
            elsewhere = dice.random() < 0.3
            stay = LivingArrangement.ELSEWHERE if elsewhere else LivingArrangement.HERE
            self.person(household, surname, Sex.MALE, born_on, Kinship.FATHER, stay=stay, by=by)
        elif dice.random() < 0.4:
            ends_on = self.later(on) if dice.random() < 0.3 else None
            last_name = names.surname(dice)
            self.person(household, last_name, Sex.MALE, born_on, Kinship.PARTNER, ends_on=ends_on, by=by)

    def birth(self, on: date, years: int) -> date:
        return on - timedelta(days=years * 365 + self.dice.randint(1, 364))

    def person(
        self, household, surname, sex, born_on, kinship, *, by, stay=LivingArrangement.HERE, ends_on=None
    ) -> Person:
        """A new person and the membership from the day the file was opened."""
        dice, on = self.dice, household.opened_on
        woman, child = sex == Sex.FEMALE, kinship == Kinship.CHILD
        pool = (names.GIRLS if woman else names.BOYS) if child else (names.WOMEN if woman else names.MEN)
        last_name = names.feminine(surname) if woman else surname
        first_name = dice.choice(pool)
        maiden = (
            names.feminine(names.surname(dice)) if kinship == Kinship.MOTHER and dice.random() < 0.2 else ""
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
            **self.number(born_on, sex),
        )
        member = {"kinship": kinship, "stay": stay, "starts_on": on, "ends_on": ends_on}
        tie = self.add(Membership, by, on, family_id=household.pk, person_id=row.pk, **member)
        if stay == LivingArrangement.HERE:
            household.people.append((row.pk, on, ends_on))
        elif dice.random() < 0.6:
            self.address(by, on, membership_id=tie.pk, region=None)
        return row

    def number(self, born_on: date, sex: str) -> dict:
        """A PESEL never given twice, or the reason why there is none."""
        if self.dice.random() < 0.06 or self.born[born_on, sex] > 99:
            return {"pesel_missing": self.dice.choice(NO_NUMBER)}
        serial = self.born[born_on, sex]
        self.born[born_on, sex] += 1
        return {"pesel": numbered_pesel(born_on, sex, serial)}

    def phone(self, household: Household, person: Person, by: int) -> None:
        """A number nobody has: Polish numbers do not begin with nought."""
        if self.dice.random() < 0.75:
            number = f"000 {self.dice.randrange(1000):03} {self.dice.randrange(1000):03}"
            days = {"starts_on": household.opened_on, "family_id": household.pk}
            self.add(Phone, by, household.opened_on, person_id=person.pk, number=number, **days)

    def addresses(self, household: Household, by: int) -> None:
        """Where the family lives; some have moved since."""
        on, household.in_village = household.opened_on, "wsie" in household.region.name
        moved = self.later(on) if self.dice.random() < 0.15 else None
        place = {"family_id": household.pk, "region": household.region}
        self.address(by, on, ends_on=moved, **place)
        if moved:
            self.address(by, moved + ONE_DAY, **place)

    def address(self, by: int, on: date, *, region, ends_on=None, **owner) -> None:
        dice = self.dice
        village = region is None or "wsie" in region.name
        where = {"locality": dice.choice(VILLAGES).replace("_", " ")} if village else _in_town(dice)
        where |= {"house": str(dice.randint(1, 60)), "postal_code": "68-300"}
        days = {"starts_on": on, "ends_on": ends_on, "kind": AddressKind.RESIDENCE}
        self.add(Address, by, on, region_id=region and region.pk, **where, **days, **owner)


def _in_town(dice: Random) -> dict:
    flat = str(dice.randint(1, 40)) if dice.random() < 0.7 else ""
    return {"locality": "Lubsko", "street": dice.choice(STREETS), "flat": flat}
