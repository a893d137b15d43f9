"""Who works with which family and when. Nothing here uses the database.

Each post has slots that one family after another fills. Rows get their ids here, in the order of their entry.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from devtools.synthetic.centre import SyntheticCentre, SyntheticRegion, Tenure
from lubsko_ops.core.dates import ONE_DAY, is_working_day

RETURNING = 0.08  # of the work periods are of a family that was here before
AWAY_AT_LEAST = 60  # days between two periods of one family


@dataclass
class PlannedWork:
    """A work period to be written.

    ``post``: index in ``centre.posts``; ``plans``: first and last day in force, ids of rows.
    """

    post: int
    starts_on: date
    ends_on: date | None
    pk: int = 0
    serial: int = 0
    household: "SyntheticHousehold | None" = None
    plans: list[tuple[date, date | None, list[int]]] = field(default_factory=list)

    def is_active_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def plan_rows_on(self, day: date) -> list[int]:
        """Return ids of the rows of the plan in force on the day."""
        for since, until, rows in self.plans:
            if since <= day and (until is None or day <= until):
                return rows
        return []


@dataclass
class SyntheticHousehold:
    """A family to be written; ``people``: (person, first day, last day) of the members who live together."""

    pk: int
    opened_on: date
    region: SyntheticRegion
    works: list[PlannedWork] = field(default_factory=list)
    people: list[tuple[int, date, date | None]] = field(default_factory=list)
    adult: int = 0
    in_village: bool = False

    @property
    def ended_on(self) -> date | None:
        """The last day of the last work period; None while it is open or before the first one."""
        return self.works[-1].ends_on if self.works else None


def make_schedule(centre: SyntheticCentre) -> list[SyntheticHousehold]:
    """Return all families in the order in which their files were opened."""
    rng = centre.random("plan")
    works = sorted(_works(centre, rng), key=lambda work: (work.starts_on, work.post))
    serials: dict[int, int] = {}
    for number, work in enumerate(works, 1):
        year = work.starts_on.year
        work.pk, work.serial = number, serials.get(year, 0) + 1
        serials[year] = work.serial
    households = _households(centre, works, rng)
    for _ in range(centre.size.waiting_families):
        opened_on = working_day(centre.day - timedelta(days=rng.randint(1, 30)))
        households.append(SyntheticHousehold(0, opened_on, rng.choice(centre.regions)))
    households.sort(key=lambda household: household.opened_on)
    for number, household in enumerate(households, 1):
        household.pk = number
    return households


def working_day(day: date) -> date:
    """The day, or the last working day before it."""
    while not is_working_day(day):
        day -= ONE_DAY
    return day


def _works(centre: SyntheticCentre, rng: Random):
    """Fill the slots of each post with one family after another; on the last day all of them are filled."""
    for slot in range(centre.size.open_families):
        post = slot % centre.size.assistants
        begins = centre.start + ONE_DAY * rng.randrange(1, 60)
        while True:
            begins = working_day(begins)
            ends = working_day(
                begins + ONE_DAY * (21 + int(rng.gammavariate(2, (centre.size.work_days - 21) / 2)))
            )
            following = ends + ONE_DAY * rng.randint(1, 14)
            if following >= centre.day:
                yield PlannedWork(post, begins, None)
                break
            yield PlannedWork(post, begins, ends)
            begins = following + ONE_DAY * 3  # a long weekend must not move it before the end


def _households(centre: SyntheticCentre, works: list[PlannedWork], rng: Random) -> list[SyntheticHousehold]:
    """Return the families: a new one for each work period, or one whose work ended long enough ago."""
    households: list[SyntheticHousehold] = []
    returnable: list[SyntheticHousehold] = []
    for work in works:
        household = None
        if returnable and rng.random() < RETURNING:
            index = rng.randrange(len(returnable))
            if returnable[index].ended_on + timedelta(days=AWAY_AT_LEAST) < work.starts_on:
                household, returnable[index] = returnable[index], returnable[-1]
                returnable.pop()
        if household is None:
            opened_on = working_day(work.starts_on - timedelta(days=rng.randint(2, 20)))
            household = SyntheticHousehold(0, opened_on, rng.choice(centre.regions))
            households.append(household)
        household.works.append(work)
        work.household = household
        if work.ends_on:
            returnable.append(household)
    return households


def tenures_within(tenures: list[Tenure], first: date, last: date | None):
    """Yield the holders on these days: (user, first day, last day or None)."""
    for tenure in tenures:
        starts_on = max(first, tenure.since)
        ends = [end for end in (last, tenure.until) if end]
        ends_on = min(ends) if ends else None
        if ends_on is None or starts_on <= ends_on:
            yield tenure.user, starts_on, ends_on
