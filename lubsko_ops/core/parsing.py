"""Parsing of numbers, days and hours from URLs and forms. static/js/dates.js reads days and hours by the same rules."""

import re
import unicodedata
from datetime import date, time, timedelta
from enum import StrEnum

from lubsko_ops.core.dates import MONTH_NAMES
from lubsko_ops.core.polish import MONTHS_GENITIVE

ROMAN_MONTHS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
SHORTEST_MONTH = 3  # letters of an abbreviation; each month has its own three
YEARS_AHEAD = 10  # a year of two digits is at most so far ahead, otherwise of the century before
ENTERED_LATE = timedelta(days=60)  # so long ago may lie the day arranged at a visit that is entered now
CENTURIES = ("18", "19", "20", "21")  # with other beginnings eight digits hold no year
DAY_TEXT = re.compile(r"[0-9a-ząćęłńóśźż\s.,/\-\u2013]+")
DAY_PARTS = re.compile(r"[0-9]+|[^\W\d_]+")
HOUR_TEXT = re.compile(r"(\d{1,2})(?:[:.,\s]?(\d{2})(?::\d{2})?)?", re.ASCII)
HOUR_WORDS = re.compile(r"^godz(?:\.|ina)?\s*", re.IGNORECASE)


def parse_int(text: str | None) -> int | None:
    """The number written with up to 18 plain digits (fits a database id); None for anything else."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


# ---- days ------------------------------------------------------------------------------------------
class DayKind(StrEnum):
    """What a day typed without its year means: the nearest such day."""

    NEAR = "near"  # on either side of today; the earlier of two equally near
    PAST = "past"  # of what has happened: today or before
    PLANNED = "planned"  # of what is arranged: today or later, or a day just passed, of what is entered late
    WITH_YEAR = "with-year"  # none: the year must be written


def parse_day(text: str, *, today: date, kind: DayKind = DayKind.NEAR) -> date | None:
    """The day written the Polish way, or None for a text that is no date.

    In digits alone (1012, 101226, 10122026, also 20261210), with any separators and "r." (1.12, 03.10.2022r.), with
    the month in words, shortened or in Roman figures (3 października 2022, 3 paź 22, 3 X), or year first (2022-10-03).
    A year of two digits lies at most ten years ahead. ValueError for a day that is in no calendar.
    """
    text = text.strip().lower()
    if not DAY_TEXT.fullmatch(text):
        return None
    parts = DAY_PARTS.findall(text)
    if len(parts) > 1 and parts[-1] in ("r", "roku"):
        parts.pop()
    if len(parts) == 1:
        parts = _split_digits(parts[0])
    if len(parts) == 3 and len(parts[0]) == 4:
        parts.reverse()
    if len(parts) not in (2, 3) or not parts[0].isdecimal() or len(parts[0]) > 2:
        return None
    month, year = _month_number(parts[1]), parts[2] if len(parts) == 3 else ""
    if month is None or (year and not (year.isdecimal() and len(year) in (2, 4))):
        return None
    day = int(parts[0])
    if not year and kind is DayKind.WITH_YEAR:
        return None
    if not year:
        return _nearest(day, month, today=today, kind=kind)
    return date(_full_year(int(year), today) if len(year) == 2 else int(year), month, day)


def _split_digits(digits: str) -> list[str]:
    """Day, month and year of 4, 6 or 8 digits; of 8 also year, month and day. Empty for other numbers."""
    if len(digits) == 8 and digits[4:6] not in CENTURIES:
        return [digits[:4], digits[4:6], digits[6:]]
    if len(digits) not in (4, 6, 8):
        return []
    return [part for part in (digits[:2], digits[2:4], digits[4:]) if part]


def _month_number(text: str) -> int | None:
    """The month written as a number, a word, its beginning or a Roman figure; ValueError for a number of none."""
    if text.isdecimal():
        if len(text) > 2:
            return None
        if not 1 <= int(text) <= 12:
            raise ValueError("There is no such month.")
        return int(text)
    if text in ROMAN_MONTHS:
        return ROMAN_MONTHS.index(text) + 1
    word = _without_marks(text)
    for number, names in enumerate(zip(MONTH_NAMES, MONTHS_GENITIVE, strict=True), start=1):
        if len(word) >= SHORTEST_MONTH and any(_without_marks(name).startswith(word) for name in names):
            return number
    return None


def _without_marks(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _full_year(year: int, today: date) -> int:
    """The year of two digits within the hundred years that end ten years after today."""
    last = today.year + YEARS_AHEAD
    return last - (last - year) % 100


def _nearest(day: int, month: int, *, today: date, kind: DayKind) -> date:
    """The day without its year; ValueError also for 29 February outside the leap year that is meant."""
    before = today.year - ((month, day) > (today.month, today.day))
    after = today.year + ((month, day) < (today.month, today.day))
    if kind is DayKind.PAST or before == after:
        return date(before, month, day)
    if kind is DayKind.PLANNED:
        passed = _day_or_none(before, month, day)
        return passed if passed and today - passed <= ENTERED_LATE else date(after, month, day)
    possible = [each for year in (before, after) if (each := _day_or_none(year, month, day))]
    if not possible:
        raise ValueError("There is no such day.")
    return min(possible, key=lambda each: abs(each - today))


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# ---- hours -----------------------------------------------------------------------------------------
def parse_hour(text: str) -> time | None:
    """The hour of the day: 8, 830, 0830, 8.30, 8:30, "godz. 8"; None for a text that is no hour.

    ValueError for an hour that is on no clock.
    """
    match = HOUR_TEXT.fullmatch(HOUR_WORDS.sub("", " ".join(text.split())))
    return time(int(match[1]), int(match[2] or 0)) if match else None
