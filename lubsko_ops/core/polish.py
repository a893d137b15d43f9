"""Polish words for people to read: three plural forms, days and distances in words, numbers.

A number and the word it counts are held together by U+00A0; all other spaces are plain, and the
typography of paper binds them as it needs. Names (sorting, searching, plural of surnames) live in
``names`` and are offered here too.
"""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from lubsko_ops.core.names import family_name, fold, query_words, search_words, sort_key, stem

__all__ = [
    "count_of",
    "day_in_words",
    "distance",
    "due_distance",
    "family_name",
    "fold",
    "hours_and_minutes",
    "list_in_words",
    "number",
    "plural_form",
    "query_words",
    "search_words",
    "short_day",
    "sort_key",
    "stem",
    "weekday_and_day",
    "with_preposition",
]

NBSP = "\u00a0"
MONTHS_GENITIVE = (
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
)
WEEKDAYS = ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela")

DAYS = "dzień,dni,dni"
MONTHS = "miesiąc,miesiące,miesięcy"
YEARS = "rok,lata,lat"
DAYS_UP_TO = 60  # a longer distance is told in months
MONTHS_UP_TO = 23  # and a still longer one in years
DAYS_IN_MONTH = 365.2425 / 12

Number = int | float | Decimal


# ---- counting ----------------------------------------------------------------------------------------


def plural_form(n: Number, forms: str) -> str:
    """The form of the noun that fits the number, out of "rodzina,rodziny,rodzin".

    1 takes the first form; 2–4, 22–24, … (not 12–14) the second; all other whole numbers, 0 among
    them, the third. A fraction takes the genitive singular ("1,5 miesiąca"): the fourth form when
    given, otherwise the second, which is right for feminine nouns ("1,5 godziny").
    ValueError unless there are three or four forms.
    """
    words = [form.strip() for form in forms.split(",")]
    if len(words) not in (3, 4):
        raise ValueError(f"Three plural forms are needed, a fourth for fractions may follow: {forms!r}.")
    if n != int(n):
        return words[3] if len(words) == 4 else words[1]
    n = abs(int(n))
    if n == 1:
        return words[0]
    if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14):
        return words[1]
    return words[2]


def count_of(n: Number, forms: str) -> str:
    """ "5 rodzin": the number with the right form of the noun, U+00A0 between (see `plural_form`)."""
    return f"{number(n)}{NBSP}{plural_form(n, forms)}"


def number(n: Number, places: int | None = None) -> str:
    """A number the Polish way: "1 234,5" (U+00A0 between thousands), "−3" with a true minus sign.

    places: digits after the comma, always so many; None shows what there is, at most two digits.
    Halves are rounded away from zero.
    """
    value = Decimal(str(n)).quantize(Decimal(1).scaleb(-(2 if places is None else places)), ROUND_HALF_UP)
    whole, _, fraction = f"{abs(value):,f}".partition(".")
    if places is None:
        fraction = fraction.rstrip("0")
    sign = "−" if value < 0 else ""
    return sign + whole.replace(",", NBSP) + (f",{fraction}" if fraction else "")


def hours_and_minutes(minutes: int) -> str:
    """Minutes as people say them: "1 godz. 15 min", "45 min", "2 godz."; 0 is "0 min"."""
    hours, rest = divmod(abs(minutes), 60)
    parts = [f"{number(hours)}{NBSP}godz."] if hours else []
    if rest or not hours:
        parts.append(f"{rest}{NBSP}min")
    return ("−" if minutes < 0 else "") + " ".join(parts)


def list_in_words(items: Iterable[str]) -> str:
    """ "a, b i c": commas, and "i" before the last; empty for nothing."""
    *first, last = [*items] or [""]
    return f"{', '.join(first)} i {last}" if first else last


# ---- days --------------------------------------------------------------------------------------------


def short_day(day: date) -> str:
    """ "16.06.2026", for tables and fields."""
    return f"{day.day:02}.{day.month:02}.{day.year}"


def day_in_words(day: date) -> str:
    """ "16 czerwca 2026 r.", for prose and letters."""
    return f"{day.day} {MONTHS_GENITIVE[day.month - 1]} {day.year} r."


def weekday_and_day(day: date) -> str:
    """ "Wtorek, 13 października 2026", for headings."""
    return f"{WEEKDAYS[day.weekday()].capitalize()}, {day.day} {MONTHS_GENITIVE[day.month - 1]} {day.year}"


def length_in_words(days: int) -> str:
    """A number of days in the unit people would choose: "60 dni", "3 miesiące", "2 lata".

    Up to 60 days in days, then in months of the mean length, rounded, from two years on in full years.
    """
    if days <= DAYS_UP_TO:
        return count_of(days, DAYS)
    months = int(days / DAYS_IN_MONTH + 0.5)
    return count_of(months, MONTHS) if months <= MONTHS_UP_TO else count_of(months // 12, YEARS)


def distance(day: date, today: date) -> str:
    """How far a day is: "dziś", "jutro", "wczoraj", "za 9 dni", "za 3 miesiące", "5 dni temu"."""
    ahead = (day - today).days
    near = {-1: "wczoraj", 0: "dziś", 1: "jutro"}
    if ahead in near:
        return near[ahead]
    return f"za {length_in_words(ahead)}" if ahead > 0 else f"{length_in_words(-ahead)} temu"


def due_distance(day: date, today: date) -> str:
    """How far a deadline is: "po terminie 4 dni", "dziś", "jutro", "za 9 dni", "za 3 miesiące"."""
    late = (today - day).days
    return f"po terminie {length_in_words(late)}" if late > 0 else distance(day, today)


# ---- prepositions ------------------------------------------------------------------------------------

VOWELS = "aąeęioóuyAĄEĘIOÓUY"
DIGRAPHS = ("sz", "cz", "rz", "ch", "dz", "dź", "dż")
WITH_W = ("w", "f")  # "we wtorek", "we Wrocławiu", "we Francji"; "w Warszawie"
WITH_Z = ("s", "ś", "z", "ź", "ż", "sz", "rz")  # "ze Świdnicy", "ze szkoły"; "z Zosią", "z sierpnia"
ALWAYS_LONG = ("lw", "mną", "mnie", "ws", "wś", "wt", "wz")  # "ze Lwowa", "ze mną", "ze wsi"


def with_preposition(preposition: str, word: str) -> str:
    """ "we wtorek", "w środę", "ze szkoły", "z Zosią": w or z in the form that can be pronounced.

    The longer form stands before a cluster that starts with the same or a kindred sound. Only
    "w" and "z" change; any other preposition is put in front as it is.
    """
    kindred = {"w": WITH_W, "z": WITH_Z}.get(preposition.lower())
    low = word.lower()
    first = low[:2] if low[:2] in DIGRAPHS else low[:1]
    after = low[len(first) : len(first) + 1]
    if kindred and after.isalpha():
        cluster = after not in VOWELS and first in kindred
        special = low.startswith(ALWAYS_LONG if preposition.lower() == "z" else ("lw", "mnie"))
        if cluster or special:
            preposition += "e"
    return f"{preposition} {word}"
