"""Who works with which family and when: places of each post filled one family after another. No database here.

Rows get their ids here, in the order in which they would have been entered.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from devtools.synthetic.centre import Big, Region, Span
from lubsko_ops.core.dates import ONE_DAY, is_working_day

RETURNING = 0.08  # of the periods of work begin with a family that has been here before
AWAY_AT_LEAST = 60  # days between two periods of one family


@dataclass
class Work:
    """A period of work in the making; ``post`` is the place in ``big.posts``."""

    post: int
    starts_on: date
    ends_on: date | None
    pk: int = 0
    serial: int = 0
    household: "Household | None" = None
    plans: list[tuple[date, date | None, list[int]]] = field(default_factory=list)  # in force, rows

    def holds(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def planned(self, day: date) -> list[int]:
        """Rows of the plan of work in force on the day."""
        for since, until, rows in self.plans:
            if since <= day and (until is None or day <= until):
                return rows
        return []


@dataclass
class Household:
    """A family in the making; ``people``: (person, first day, last day) of the members who may be met at home."""

    pk: int
    opened_on: date
    region: Region
    works: list[Work] = field(default_factory=list)
    people: list[tuple[int, date, date | None]] = field(default_factory=list)
    adult: int = 0
    in_village: bool = False

    @property
    def ended_on(self) -> date | None:
        """The last day of the last work; None while it goes on and before it begins."""
        return self.works[-1].ends_on if self.works else None


def make_plan(big: Big) -> list[Household]:
    """All families in the order in which their files were opened."""
    dice = big.random("plan")
    works = sorted(_works(big, dice), key=lambda work: (work.starts_on, work.post))
    serials: dict[int, int] = {}
    for number, work in enumerate(works, 1):
        year = work.starts_on.year
        work.pk, work.serial = number, serials.get(year, 0) + 1
        serials[year] = work.serial
    households = _households(big, works, dice)
    for _ in range(big.size.waiting_families):
        opened_on = working_day(big.day - timedelta(days=dice.randint(1, 30)))
        households.append(Household(0, opened_on, dice.choice(big.regions)))
    households.sort(key=lambda household: household.opened_on)
    for number, household in enumerate(households, 1):
        household.pk = number
    return households


def working_day(day: date) -> date:
    """The day, or the last working day before it."""
    while not is_working_day(day):
        day -= ONE_DAY
    return day


def _works(big: Big, dice: Random):
    """Each place of each post is taken by one family after another; on the last day all of them are taken."""
    places = [place % big.size.assistants for place in range(big.size.open_families)]
    for post in places:
        begins = big.start + ONE_DAY * dice.randrange(1, 60)
        while True:
            begins = working_day(begins)
            ends = working_day(
                begins + ONE_DAY * (21 + int(dice.gammavariate(2, (big.size.work_days - 21) / 2)))
            )
            following = ends + ONE_DAY * dice.randint(1, 14)
            if following >= big.day:
                yield Work(post, begins, None)
                break
            yield Work(post, begins, ends)
            begins = following + ONE_DAY * 3  # a long weekend must not carry it back before the end


def _households(big: Big, works: list[Work], dice: Random) -> list[Household]:
    """A new family for each work, or one of those whose work ended long enough ago."""
    households: list[Household] = []
    gone: list[Household] = []
    for work in works:
        household = None
        if gone and dice.random() < RETURNING:
            place = dice.randrange(len(gone))
            if gone[place].ended_on + timedelta(days=AWAY_AT_LEAST) < work.starts_on:
                household, gone[place] = gone[place], gone[-1]
                gone.pop()
        if household is None:
            opened_on = working_day(work.starts_on - timedelta(days=dice.randint(2, 20)))
            household = Household(0, opened_on, dice.choice(big.regions))
            households.append(household)
        household.works.append(work)
        work.household = household
        if work.ends_on:
            gone.append(household)
    return households


def clipped(spans: list[Span], first: date, last: date | None):
    """Who held the place on which of these days: (user, first day, last day or None, whether it was cut short)."""
    for span in spans:
        starts_on = max(first, span.since)
        ends = [end for end in (last, span.until) if end]
        ends_on = min(ends) if ends else None
        if ends_on is None or starts_on <= ends_on:
            yield span.user, starts_on, ends_on
