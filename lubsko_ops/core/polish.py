"""Polish texts: plural forms, dates and distances in words, numbers.

A number and the word it counts are joined by U+00A0; all other spaces are plain (PDF typography binds them as needed).
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

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
MONTHS_SHORT = ("sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru")
WEEKDAYS = ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela")
SHORT_WEEKDAYS = ("pn", "wt", "śr", "czw", "pt", "sob", "nd")

ACCUSATIVES = {
    "partner": "partnera",
    "członek rodziny": "członka rodziny",
    "prowadzący pracownik socjalny": "prowadzącego pracownika socjalnego",
    "okresowa ocena": "okresową ocenę",
    "prowadzący grupę": "prowadzącego grupę",
    "prowadzący spotkanie": "prowadzącego spotkanie",
}
DAY_FORMS = "dzień,dni,dni"
WEEK_FORMS = "tydzień,tygodnie,tygodni"
MONTH_FORMS = "miesiąc,miesiące,miesięcy"
YEAR_FORMS = "rok,lata,lat"
MAX_DAYS_AS_DAYS = 60  # longer spans are given in months
MAX_MONTHS_AS_MONTHS = 23  # and still longer ones in years
MEAN_MONTH_DAYS = 365.2425 / 12

Number = int | float | Decimal


# ---- counting ----------------------------------------------------------------------------------------


def plural_form(n: Number, forms: str) -> str:
    """The form of the noun for the number, chosen from "rodzina,rodziny,rodzin".

    1 takes the first form; 2–4, 22–24, … (not 12–14) the second; all other integers, including 0, the third.
    A fraction takes the genitive singular ("1,5 miesiąca"): the fourth form when given, otherwise the second, which is
    right for feminine nouns ("1,5 godziny"). ValueError unless there are three or four forms.
    """
    options = [form.strip() for form in forms.split(",")]
    if len(options) not in (3, 4):
        raise ValueError(f"Expected three plural forms, optionally a fourth for fractions: {forms!r}.")
    if n != int(n):
        return options[3] if len(options) == 4 else options[1]
    n = abs(int(n))
    if n == 1:
        return options[0]
    if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14):
        return options[1]
    return options[2]


def count_of(n: Number, forms: str) -> str:
    """ "5 rodzin": the number with the right form of the noun, U+00A0 between (see `plural_form`)."""
    return f"{number(n)}{NBSP}{plural_form(n, forms)}"


def number(n: Number, places: int | None = None) -> str:
    """A number the Polish way: "1 234,5" (U+00A0 between thousands), "−3" with a true minus sign.

    places: the exact number of digits after the comma; by default up to two. Halves are rounded away from zero.
    """
    value = Decimal(str(n)).quantize(Decimal(1).scaleb(-(2 if places is None else places)), ROUND_HALF_UP)
    integer, _, fraction = f"{abs(value):,f}".partition(".")
    if places is None:
        fraction = fraction.rstrip("0")
    sign = "−" if value < 0 else ""
    return sign + integer.replace(",", NBSP) + (f",{fraction}" if fraction else "")


def format_minutes(minutes: int) -> str:
    """Minutes as text: "1 godz. 15 min", "45 min", "2 godz."; 0 is "0 min"."""
    hours, rest = divmod(abs(minutes), 60)
    parts = [f"{number(hours)}{NBSP}godz."] if hours else []
    if rest or not hours:
        parts.append(f"{rest}{NBSP}min")
    return ("−" if minutes < 0 else "") + " ".join(parts)


def join_list(items: Iterable[str], word: str = "i") -> str:
    """ "a, b i c": commas, and the word ("i", "albo") before the last; empty for nothing."""
    *first, last = [*items] or [""]
    return f"{', '.join(first)} {word} {last}" if first else last


# The spaces inside "art. 15 ust. 1 pkt 13a", also before "ust.", "pkt" and "lit."
_PROVISION_SPACE = re.compile(
    r"(?<=\b[Aa]rt\.) (?=\d)|(?<=\b[Uu]st\.) (?=\d)|(?<=\b[Pp]kt) (?=\d)|(?<=\b[Ll]it\.) (?=\w)|(?<=§) (?=\d)"
    r"|(?:(?<=\d)|(?<=\d[a-z])) (?=(?:ust|lit)\. \w|pkt \d)"
)


def bind_provisions(text: str) -> str:
    """The text with its citations of an act on one line: "art. 15 ust. 1 pkt 2" with U+00A0 in it."""
    return _PROVISION_SPACE.sub(NBSP, text)


# ---- days --------------------------------------------------------------------------------------------


def short_date(day: date) -> str:
    """ "16.06.2026", for tables and fields."""
    return f"{day.day:02}.{day.month:02}.{day.year}"


def long_date(day: date) -> str:
    """ "16 czerwca 2026 r.", for prose and letters."""
    return f"{day.day} {MONTHS_GENITIVE[day.month - 1]} {day.year} r."


def weekday_date(day: date) -> str:
    """ "Wtorek, 13 października 2026", for headings."""
    return f"{WEEKDAYS[day.weekday()].capitalize()}, {day.day} {MONTHS_GENITIVE[day.month - 1]} {day.year}"


def format_duration(days: int) -> str:
    """A number of days in a suitable unit: "60 dni", "3 miesiące", "2 lata".

    Up to 60 days in days, then in rounded months of mean length, from two years on in full years.
    """
    if days <= MAX_DAYS_AS_DAYS:
        return count_of(days, DAY_FORMS)
    months = int(days / MEAN_MONTH_DAYS + 0.5)
    return (
        count_of(months, MONTH_FORMS)
        if months <= MAX_MONTHS_AS_MONTHS
        else count_of(months // 12, YEAR_FORMS)
    )


def distance(day: date, today: date) -> str:
    """How far away a day is: "dziś", "jutro", "wczoraj", "za 9 dni", "za 3 miesiące", "5 dni temu"."""
    ahead = (day - today).days
    near = {-1: "wczoraj", 0: "dziś", 1: "jutro"}
    if ahead in near:
        return near[ahead]
    return f"za {format_duration(ahead)}" if ahead > 0 else f"{format_duration(-ahead)} temu"


def due_distance(day: date, today: date) -> str:
    """How far away a deadline is: "po terminie 4 dni", "dziś", "jutro", "za 9 dni", "za 3 miesiące"."""
    late = (today - day).days
    return f"po terminie {format_duration(late)}" if late > 0 else distance(day, today)


# ---- cases -------------------------------------------------------------------------------------------


def accusative(noun: str) -> str:
    """The object of a sentence: "osobę", "podstawę pracy", "członka rodziny"; other nouns are like the nominative.

    For the names of models: a noun in the singular with its complement. Those that begin otherwise are in ACCUSATIVES.
    """
    first, space, rest = noun.partition(" ")
    if first.endswith("a"):
        first = f"{first[:-1]}ę"
    return ACCUSATIVES.get(noun, first + space + rest)


# ---- prepositions ------------------------------------------------------------------------------------

VOWELS = "aąeęioóuyAĄEĘIOÓUY"
DIGRAPHS = ("sz", "cz", "rz", "ch", "dz", "dź", "dż")
LONG_FORM_AFTER_W = ("w", "f")  # "we wtorek", "we Wrocławiu", "we Francji"; "w Warszawie"
LONG_FORM_AFTER_Z = (
    "s",
    "ś",
    "z",
    "ź",
    "ż",
    "sz",
    "rz",
)  # "ze Świdnicy", "ze szkoły"; "z Zosią", "z sierpnia"
ALWAYS_LONG_FORM = ("lw", "mną", "mnie", "ws", "wś", "wt", "wz")  # "ze Lwowa", "ze mną", "ze wsi"


def with_preposition(preposition: str, word: str) -> str:
    """ "we wtorek", "w środę", "ze szkoły", "z Zosią": the word with w or z in its short or long form.

    The long form precedes a consonant cluster that starts with the same or a similar sound. Other prepositions do not
    change.
    """
    similar = {"w": LONG_FORM_AFTER_W, "z": LONG_FORM_AFTER_Z}.get(preposition.lower())
    low = word.lower()
    first = low[:2] if low[:2] in DIGRAPHS else low[:1]
    after = low[len(first) : len(first) + 1]
    if similar and after.isalpha():
        cluster = after not in VOWELS and first in similar
        special = low.startswith(ALWAYS_LONG_FORM if preposition.lower() == "z" else ("lw", "mnie"))
        if cluster or special:
            preposition += "e"
    return f"{preposition} {word}"
