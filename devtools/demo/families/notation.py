"""How the demo families are written down: spans of time, people, places. Nothing here touches the database.

A span is "2y3m", "17m20d", "9d": so long before the day of loading. Ages are full years (38) or a span ("4m"),
so they stay the same whenever the demo is loaded.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

from stdnum.pl import pesel as pesel_number

from devtools.demo.centre import TOWN, VILLAGES
from families.choices import Kinship, LivingArrangement, Sex
from lubsko_ops.core.dates import add_months

SPAN = re.compile(r"(?:(\d+)y)?(?:(\d+)m)?(?:(\d+)d)?")


def before(day: date, span: str) -> date:
    """The day so long before. ValueError for a span that cannot be read."""
    found = SPAN.fullmatch(span)
    if not span or not found:
        raise ValueError(f"Not a span of time: {span!r}")
    years, months, days = (int(number or 0) for number in found.groups())
    return add_months(day, -12 * years - months) - timedelta(days=days)


def scatter(text: str, below: int) -> int:
    """A number that looks accidental and is the same each time."""
    return crc32(text.encode()) % below


def make_pesel(born_on: date, sex: str, salt: str) -> str:
    """A number that fits the day and the sex. Its serial (98xx–99xx) lies where real ones are hardly ever given."""
    return numbered_pesel(born_on, sex, scatter(salt, 100))


def numbered_pesel(born_on: date, sex: str, number: int) -> str:
    """The PESEL of the so-many-th person (0–99) of that sex invented for the day."""
    century = {1800: 80, 1900: 0, 2000: 20, 2100: 40}[born_on.year // 100 * 100]
    serial = 9800 + number * 2 + (sex == Sex.MALE)
    digits = f"{born_on:%y}{born_on.month + century:02}{born_on:%d}{serial}"
    return digits + pesel_number.calc_check_digit(digits)


@dataclass(frozen=True, kw_only=True)
class Place:
    """An address; ``withheld_from`` is the first name of the member who must not learn it."""

    locality: str
    house: str
    street: str = ""
    flat: str = ""
    region: str = ""
    postal_code: str = "68-300"
    withheld_from: str = ""


def town(street: str, house: str, flat: str = "", **more) -> Place:
    """An address in Lubsko."""
    return Place(locality="Lubsko", street=street, house=house, flat=flat, region=TOWN, **more)


def village(locality: str, house: str, *, street: str = "", **more) -> Place:
    """An address in a village of the gmina; most villages have no streets."""
    return Place(locality=locality, street=street, house=house, region=VILLAGES, **more)


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """A member of a family: "Danuta" with the family's surname, or "Robert Majchrzak".

    ``known_in``: the same person as in that family's file; ``entered_anew_from``: the same human being,
    entered once more by somebody who could not see that file.
    """

    name: str
    age: int | str = 0
    kinship: Kinship
    sex: Sex
    stay: LivingArrangement = LivingArrangement.HERE
    lives: Place | None = None
    phone: str = ""
    no_pesel: str = ""
    document: str = ""
    spellings: tuple[str, ...] = ()
    known_in: str = ""
    entered_anew_from: str = ""

    @property
    def first_name(self) -> str:
        return self.name.split(" ", 1)[0]

    @property
    def origin(self) -> str:
        """The key of the file in which the person was entered before; empty for most."""
        return self.known_in or self.entered_anew_from

    def last_name(self, surname: str) -> str:
        """Her own surname, or her form of the family's ("Kowalska/Kowalski", "Nowak")."""
        of_woman, _, of_man = surname.partition("/")
        default = (of_man or of_woman) if self.sex == Sex.MALE else of_woman
        return self.name.partition(" ")[2] or default

    def born_on(self, day: date, key: str) -> date:
        """The birthday that gives this age on the day of loading."""
        if isinstance(self.age, str):
            return before(day, self.age)
        return add_months(day, -12 * self.age) - timedelta(days=scatter(f"{key} {self.name}", 330))


def _kin(kinship: Kinship, sex: Sex):
    def make(name: str, age: int | str = 0, **more) -> Somebody:
        if more.get("lives"):
            more.setdefault("stay", LivingArrangement.ELSEWHERE)
        return Somebody(name=name, age=age, kinship=kinship, sex=sex, **more)

    return make


mother, father = _kin(Kinship.MOTHER, Sex.FEMALE), _kin(Kinship.FATHER, Sex.MALE)
girl, boy = _kin(Kinship.CHILD, Sex.FEMALE), _kin(Kinship.CHILD, Sex.MALE)
granddaughter, grandson = _kin(Kinship.GRANDCHILD, Sex.FEMALE), _kin(Kinship.GRANDCHILD, Sex.MALE)
grandmother, grandfather = _kin(Kinship.GRANDPARENT, Sex.FEMALE), _kin(Kinship.GRANDPARENT, Sex.MALE)
stepfather, stepson = _kin(Kinship.STEPFATHER, Sex.MALE), _kin(Kinship.STEPCHILD, Sex.MALE)
partner_of_mother, partner_of_father = _kin(Kinship.PARTNER, Sex.MALE), _kin(Kinship.PARTNER, Sex.FEMALE)
aunt = _kin(Kinship.SIBLING, Sex.FEMALE)


@dataclass(frozen=True)
class Step:
    """Something that happens in a family's story: how long ago, and whose deed it is."""

    ago: str
    by: str
    deed: Callable


@dataclass(frozen=True)
class Case:
    """One family: its file as on the first day, and the story since then.

    ``key`` is how later chapters name it; ``name`` is the name of today, one of its kind in the demo.
    """

    key: str
    name: str
    surname: str
    place: Place
    category: str
    problems: tuple[str, ...]
    people: tuple[Somebody, ...]
    story: tuple[Step, ...]
