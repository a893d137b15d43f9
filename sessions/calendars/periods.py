"""Weeks and months of the calendar: their days, titles, what is before and after, and how an address asks for them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from lubsko_ops.core.dates import MONTH_NAMES, ONE_DAY, Month, Period
from lubsko_ops.core.polish import MONTHS_GENITIVE, with_preposition
from sessions.sentences.words import WEEKDAYS_ACCUSATIVE

DAYS_OF_WEEK = 7
IN_WEEKDAY = tuple(with_preposition("w", name) for name in WEEKDAYS_ACCUSATIVE)
FIRST_YEAR, LAST_YEAR = 2000, 2100  # other years are asked by mistake
DAY_TEXT = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MONTH_TEXT = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


@dataclass(frozen=True)
class Week(Period):
    """Seven days from a Monday on, as ISO 8601 counts weeks."""

    @classmethod
    def of(cls, day: date) -> Self:
        """The week of the day."""
        monday = day - timedelta(days=day.weekday())
        return cls(monday, monday + timedelta(days=DAYS_OF_WEEK - 1))

    @property
    def name(self) -> str:
        """ "12–18 października 2026", "28 września – 4 października 2026", "28 grudnia 2026 – 3 stycznia 2027"."""
        first, last = self.start, self.end
        if first.month == last.month:
            return f"{first.day}–{_in_words(last)} {last.year}"
        year = "" if first.year == last.year else f" {first.year}"
        return f"{_in_words(first)}{year} – {_in_words(last)} {last.year}"

    @property
    def previous(self) -> Self:
        return type(self).of(self.start - ONE_DAY)

    @property
    def following(self) -> Self:
        return type(self).of(self.end + ONE_DAY)


def _in_words(day: date) -> str:
    return f"{day.day} {MONTHS_GENITIVE[day.month - 1]}"


def month_title(month: Month) -> str:
    """ "październik 2026"."""
    return f"{MONTH_NAMES[month.number - 1]} {month.year}"


def sheet_of(month: Month) -> Period:
    """The days of a sheet of the month: whole weeks, from a Monday to a Sunday."""
    return Period(Week.of(month.start).start, Week.of(month.end).end)


def asked_week(text: str | None, *, today: date) -> Week:
    """The week of the day in the address ("2026-10-12"); the present one for anything else."""
    if DAY_TEXT.fullmatch(text or ""):
        try:
            day = date.fromisoformat(text or "")
        except ValueError:
            return Week.of(today)
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return Week.of(day)
    return Week.of(today)


def asked_month(text: str | None, *, today: date) -> Month | None:
    """The month in the address ("2026-10"), the present one for anything else; None when it asks for none."""
    if text is None:
        return None
    match = MONTH_TEXT.fullmatch(text)
    if match and FIRST_YEAR <= int(match[1]) <= LAST_YEAR and 1 <= int(match[2]) <= 12:
        return Month(int(match[1]), int(match[2]))
    return Month.of(today)
