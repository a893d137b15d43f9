"""One line of what waits for somebody on the start page."""

from dataclasses import dataclass
from datetime import date

from lubsko_ops.core.dates import working_days_between
from lubsko_ops.core.polish import count_of

WORKING_DAYS = "dzień roboczy,dni robocze,dni roboczych"


@dataclass(frozen=True)
class Item:
    """Of what kind (empty where the heading says it), whose, since when, what to do about it."""

    family: int
    kind: str
    name: str
    url: str
    note: str
    since: str
    since_note: str
    deed: str
    deed_url: str
    urgent: bool = False
    withheld_from: str = ""
    locality: str = ""


def waits(since: date, day: date) -> str:
    """ "3 dni robocze", "od dziś": how long it has been waiting."""
    days = working_days_between(since, day)
    return count_of(days, WORKING_DAYS) if days > 0 else "od dziś"
