"""What the benchmark measures: subjects, the floors they are measured against, and the budgets.

Times differ between machines; the ratio of two pieces of work measured in the same minute hardly does. A floor is the
least that such work can cost: P, a stock Django page (``stock_page.py``), or the same result made by hand
(``sql_floors.py``). A budget says how many times its floor a subject may cost, in processor time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client

CITY, METROPOLIS = "city", "metropolis"
GROWTH = 1.5  # times what it costs in a city, in multiples of P, anything may cost in a metropolis
PAGE_STATEMENTS = 10  # of any page; list, file, start page and visit form have their own ceilings


@dataclass(frozen=True)
class Budget:
    """How many times its floor a subject may cost in each size; None: the ratio is printed and not judged."""

    floor: "Subject"
    city: float | None = None
    metropolis: float | None = None

    def limit(self, size: str) -> float | None:
        return self.city if size == CITY else self.metropolis


@dataclass(frozen=True)
class Subject:
    """Something a user does, or a floor.

    ``before`` is done before each measured ``do``, unmeasured. ``statements``: the ceiling of SQL statements, None
    for none. ``growth``: see GROWTH. ``full_scan_reason``: why it may read large tables from end to end, if it may.
    """

    label: str
    who: str
    do: Callable[[Client], Any]
    budgets: tuple[Budget, ...] = ()
    before: Callable[[Client], Any] | None = None
    statements: int | None = None
    growth: float | None = GROWTH
    full_scan_reason: str = ""

    @property
    def name(self) -> str:
        return f"{self.label} ({self.who})"

    def run(self, client: Client) -> Any:
        """Do it once, with what comes before it."""
        if self.before:
            self.before(client)
        return self.do(client)


def open_page(client: Client, url: str):
    """The response of a page; a status other than 200 is an error."""
    response = client.get(url)
    if response.status_code != 200:
        raise RuntimeError(f"{url}: {response.status_code}")
    return response


def page(label: str, who: str, url: str, budgets: tuple[Budget, ...], **options) -> Subject:
    """Opening a page."""
    options.setdefault("statements", PAGE_STATEMENTS)
    return Subject(label, who, lambda client: open_page(client, url), budgets, **options)
