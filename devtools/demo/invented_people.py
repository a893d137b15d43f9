"""Invented people from outside the files: always the same ones for the same project, none of them twice."""

from datetime import date, timedelta
from random import Random

from devtools.demo.dataset import resolve_date
from devtools.synthetic import names
from families.choices import Sex
from families.people.models import Person
from lubsko_ops.core.dates import add_months

ADULT_AGES = (24, 46)
OLDER_THAN = 45  # days: a child of a portion is born well before its family reports


class InventedPeople:
    """Makes unsaved persons; ``taken``: names that somebody has already, of the staff, too."""

    def __init__(self, taken: set[tuple[str, str]]):
        self.taken, self.numbers = taken, 0

    def phone(self) -> str:
        """A number that nobody has."""
        self.numbers += 1
        return f"000 {self.numbers // 1000:03} {self.numbers % 1000:03}"

    def adult(self, salt: str, sex: Sex, day: date, ages: tuple[int, int] = ADULT_AGES) -> Person:
        """A person of an age between these on the day."""
        rng = Random(salt)
        person = self._named(rng, names.WOMEN if sex == Sex.FEMALE else names.MEN, sex)
        years = rng.randint(*ages)
        person.born_on = add_months(day, -12 * years) - timedelta(days=rng.randrange(364))
        return person

    def child(self, salt: str, age: int | str, day: date, parent: Person | None = None) -> Person:
        """A child of an age in full years, or of a span ("5m"), on the day; with the surname of the parent."""
        rng = Random(salt)
        sex = rng.choice([Sex.FEMALE, Sex.MALE])
        first_names = names.GIRLS if sex == Sex.FEMALE else names.BOYS
        if parent is None:
            person = self._named(rng, first_names, sex)
        else:
            first = rng.choice(first_names)
            person = Person(first_name=first, last_name=_surname(parent, sex), sex=sex)
        person.born_on = (
            resolve_date(day, age)
            if isinstance(age, str)
            else add_months(day, -12 * age) - timedelta(days=OLDER_THAN + rng.randrange(300))
        )
        return person

    def guardian(self, salt: str, child: Person, day: date) -> Person:
        """The mother of the child."""
        mother = self.adult(salt, Sex.FEMALE, day)
        mother.last_name = _surname(child, Sex.FEMALE)
        return mother

    def _named(self, rng: Random, first_names: list[str], sex: Sex) -> Person:
        while True:
            last = names.surname(rng)
            last = names.feminine(last) if sex == Sex.FEMALE else last
            name = (rng.choice(first_names), last)
            if name not in self.taken:
                self.taken.add(name)
                return Person(first_name=name[0], last_name=name[1], sex=sex)


def _surname(relative: Person, sex: Sex) -> str:
    """The surname of the relative in the form of this sex."""
    last = relative.last_name
    if sex == Sex.FEMALE:
        return names.feminine(last)
    return f"{last[:-1]}i" if last.endswith(("ska", "cka", "dzka")) else last
