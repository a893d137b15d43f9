"""The sizes of the synthetic centre, and what its parts share while it is generated."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random

from lubsko_ops.core.dates import add_months


@dataclass(frozen=True)
class CentreSize:
    """People, years, mean days of work with a family, visits a day of an assistant; projects and what is in them."""

    assistants: int
    social_workers: int
    open_families: int
    waiting_families: int
    years: int
    work_days: int
    visits_a_day: float
    editions: int = 40
    participants: int = 2000
    meetings: int = 240


SIZES = {
    "city": CentreSize(10, 4, 110, 6, 5, 420, 3.0),
    "metropolis": CentreSize(60, 20, 700, 40, 14, 162, 5.2, 400, 20_000, 2000),
}


@dataclass(frozen=True)
class Tenure:
    """A user in a post or region from day to day, both included; ``until`` None: still there."""

    user: int
    since: date
    until: date | None

    def is_active_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def holder_on(tenures: list[Tenure], day: date) -> int | None:
    """Return the user who holds the post or region on the day."""
    return next((tenure.user for tenure in tenures if tenure.is_active_on(day)), None)


@dataclass
class SyntheticRegion:
    """A region with the social workers who have had it, oldest first."""

    pk: int
    name: str
    tenures: list[Tenure] = field(default_factory=list)


@dataclass
class SyntheticCentre:
    """The centre while it is generated; ``posts``: for each post of an assistant its holders, oldest first."""

    day: date
    size: CentreSize
    seed: int = 1
    report: Callable[[str], None] = lambda message: None  # progress for the terminal
    manager: int = 0
    posts: list[list[Tenure]] = field(default_factory=list)
    regions: list[SyntheticRegion] = field(default_factory=list)

    @property
    def start(self) -> date:
        """The first day of the generated years."""
        return add_months(self.day, -12 * self.size.years)

    def random(self, stream: str) -> Random:
        """Return the generator of one part: more draws in another part change nothing here."""
        return Random(f"{self.seed} {stream}")
