"""How big the centre is, and what its chapters tell each other while it is being made."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random

from lubsko_ops.core.dates import add_months


@dataclass(frozen=True)
class Size:
    """A size of centre: people, years, how long a family is worked with (days, on average), visits a day of each."""

    assistants: int
    social_workers: int
    open_families: int
    waiting_families: int
    years: int
    work_days: int
    visits_a_day: float


SIZES = {
    "city": Size(10, 4, 110, 6, 5, 420, 3.0),
    "metropolis": Size(60, 20, 700, 40, 14, 162, 5.2),
}


@dataclass(frozen=True)
class Span:
    """Somebody in a place from day to day, both included; ``until`` empty: still there."""

    user: int
    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass
class Region:
    """A region with the social workers who have had it, oldest first."""

    pk: int
    name: str
    spans: list[Span] = field(default_factory=list)


@dataclass
class Big:
    """The centre in the making. ``posts``: for each post of an assistant those who have held it, oldest first."""

    day: date
    size: Size
    seed: int = 1
    say: Callable[[str], None] = lambda words: None
    manager: int = 0
    posts: list[list[Span]] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)

    @property
    def start(self) -> date:
        """The first day of the years that are told."""
        return add_months(self.day, -12 * self.size.years)

    def random(self, chapter: str) -> Random:
        """The dice of one chapter: another chapter throwing more often changes nothing here."""
        return Random(f"{self.seed} {chapter}")
