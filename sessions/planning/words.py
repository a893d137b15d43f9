"""Days of meetings in words."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from lubsko_ops.core.polish import MONTHS_GENITIVE, WEEKDAYS, count_of, join_list
from sessions.schedule.rules import PlannedMeeting

WEEKDAYS_PLURAL = ("poniedziałki", "wtorki", "środy", "czwartki", "piątki", "soboty", "niedziele")
SHORT_WEEKDAYS = ("pn", "wt", "śr", "cz", "pt", "so", "nd")
LISTED_DAYS = 15
DAY_FORMS = "dzień,dni,dni"
OTHER_DAYS_FORMS = "inny dzień,inne dni,innych dni"


def long_day(day: date) -> str:
    """ "30 grudnia 2026"."""
    return f"{day.day} {MONTHS_GENITIVE[day.month - 1]} {day.year}"


def weekday_day(day: date) -> str:
    """ "środa 30 grudnia 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {long_day(day)}"


def days_in_words(meetings: Iterable[PlannedMeeting]) -> str:
    """ "środy: 4, 11, 18 i 25 listopada 2026", "środa 30 grudnia 2026", "czwartki od … do …" of many."""
    rows = list(meetings)
    longer = [each for each in rows if each.end > each.start]
    days = sorted({each.start for each in rows if each.end == each.start})
    texts = [_days(days)] if days else []
    texts += [f"{long_day(each.start)} – {long_day(each.end)}" for each in longer]
    return "; ".join(texts)


def _days(days: list[date]) -> str:
    if len(days) == 1:
        return weekday_day(days[0])
    weekdays = {day.weekday() for day in days}
    name = WEEKDAYS_PLURAL[days[0].weekday()] if len(weekdays) == 1 else ""
    if len(days) > LISTED_DAYS:
        names = name or join_list(SHORT_WEEKDAYS[each] for each in sorted(weekdays))
        return f"{names} od {long_day(days[0])} do {long_day(days[-1])}"
    listed = []
    for year, in_year in groupby(days, key=lambda day: day.year):
        months = groupby(in_year, key=lambda day: day.month)
        texts = [
            f"{join_list(str(day.day) for day in each)} {MONTHS_GENITIVE[number - 1]}"
            for number, each in months
        ]
        listed.append(f"{'; '.join(texts)} {year}")
    return f"{name}: {'; '.join(listed)}" if name else "; ".join(listed)


def some_days(days: Iterable[str], shown: int = 6, *, separator: str = "") -> str:
    """ "2.11, 9.11 i 3 inne dni": not a whole page of them. separator: of texts that have commas themselves."""
    rows = list(dict.fromkeys(days))
    if len(rows) > shown + 1:
        rows = [*rows[:shown], count_of(len(rows) - shown, OTHER_DAYS_FORMS)]
    return separator.join(rows) if separator else join_list(rows)
