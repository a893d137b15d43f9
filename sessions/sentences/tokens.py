"""A sentence as tokens: dates, hours, numbers, ordinals, words, signs; each with its place in the text."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from sessions.schedule.hours import ScheduleError
from sessions.sentences.words import ABBREVIATIONS, MONTH_FORMS, ROMAN, WEEKDAY_FORMS, fold

DATE, MONTH_YEAR, TIME, NUMBER, ORDINAL, FRACTION, LENGTH, WORD, SIGN, END = (
    "date", "month-year", "time", "number", "ordinal", "fraction", "length", "word", "sign", "end",
)  # fmt: skip
MAX_LENGTH = 1000
SUFFIXES = (
    r"(?:szego|szej|szym|szy|sza|szą|sze|giego|giej|gim|gi|ga|gą|gie|ciego|ciej|cim|ci|cia|cią|cie|tego|tej|tym|ty|ta|"
    r"tą|te|mego|mej|mym|my|ma|mą|me|ego|ej|go|go)"
)
TOKEN = re.compile(
    rf"""
    (?P<iso>\d{{4}}-\d{{1,2}}-\d{{1,2}}(?!\d))
  | (?P<school>20\d\d\s*/\s*(?:20)?\d\d(?!\d))
  | (?P<fraction>\d+[.,](?:5|25|75)(?=\s*(?:h\b|g\b|godz)))
  | (?P<full>\d{{1,2}}\s*\.\s*(?:\d{{1,2}}(?=[.\s])|[IVX]+)\s*\.?\s*(?:\d{{4}}|(?<=\.)\d\d)(?!\d|[.:]\d)
      |\d{{1,2}}\s*/\s*\d{{1,2}}\s*/\s*\d{{4}}(?!\d)
      |\d{{1,2}}-\d{{1,2}}-\d{{4}}(?!\d))
  | (?P<month_year>(?:0?[1-9]|1[0-2])[./](?:19|20)\d\d(?!\d))
  | (?P<time>\d{{1,2}}:\d\d(?!\d))
  | (?P<short>\d{{1,2}}[./](?:\d{{1,2}}|[IVX]+(?![a-z]))(?!\d))
  | (?P<length>\d+(?:[.,]5)?\s*-?\s*(?:godzinn\w+|minutow\w+))
  | (?P<suffixed>\d{{1,2}}\s?-?\s?{SUFFIXES}(?!\w))
  | (?P<dotted>\d{{1,2}}\.(?!\d))
  | (?P<compact>(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])20\d\d(?!\d))
  | (?P<number>\d+)
  | (?P<quoted>„[^”"]*[”"])
  | (?P<word>m-c\b|[^\W\d_]+)
  | (?P<sign>[,;:()+&\n-])
  | (?P<dot>\.)
  | (?P<other>\S)
    """,
    re.VERBOSE,
)
SUPERSCRIPTS = re.compile(r"(\d{1,2})([⁰¹²³⁴-⁹]{2})")
DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True)
class Token:
    """A piece of the sentence. ``value``: (day, month, year) of a date, a number, minutes, a folded word."""

    kind: str
    text: str
    start: int
    end: int
    value: object = None

    @property
    def word(self) -> str:
        """The folded word; empty for another token."""
        return self.value if self.kind == WORD and isinstance(self.value, str) else ""

    @property
    def number(self) -> int:
        """The number of a NUMBER or ORDINAL."""
        return self.value if isinstance(self.value, int) else 0


def normalized(text: str) -> str:
    """The text with plain spaces and hyphens, and hours written with a raised "00" as 16:00; of the same meaning."""
    text = SUPERSCRIPTS.sub(lambda match: f"{match[1]}:{match[2].translate(DIGITS)}", text)
    text = re.sub(r"[\u00a0\u202f\u2009\t]", " ", text).replace("\r\n", "\n")
    return re.sub(r"[–—−‐‑÷]", "-", text).strip()


def tokenize(text: str) -> list[Token]:
    """Tokens of a normalized sentence, an END at last. ScheduleError for a day, month or hour that cannot be."""
    if len(text) > MAX_LENGTH:
        raise ScheduleError(f"To zdanie ma ponad {MAX_LENGTH} znaków. Podziel je na kilka.")
    tokens: list[Token] = []
    for match in TOKEN.finditer(text):
        kind, raw = match.lastgroup or "", match[0]
        if kind == "dot":
            if _ends_sentence(text, match.end(), tokens):
                tokens.append(Token(SIGN, ";", match.start(), match.end(), ";"))
            continue
        token_kind, value = _value(kind, raw)
        if raw == "I" and not text.isupper():
            value = ""  # a Roman figure, not the conjunction
        tokens.append(Token(token_kind, raw, match.start(), match.end(), value))
    return [*tokens, Token(END, "", len(text), len(text))]


def _ends_sentence(text: str, position: int, tokens: list[Token]) -> bool:
    """Whether the dot ends a sentence: a capital follows, and what precedes is no abbreviation of a day or month."""
    follows = re.match(r"\s+(?![IVX]+\b)[^\W\d_a-ząćęłńóśźż]", text[position:])
    if not follows or not tokens:
        return False
    word = tokens[-1].word
    is_short = word in WEEKDAY_FORMS and len(word) <= 4
    return not (is_short or (word in MONTH_FORMS and len(word) <= 4) or word in ABBREVIATIONS - {"r"})


def _value(kind: str, raw: str) -> tuple[str, object]:
    """Kind and value of the token of a match."""
    read = READERS.get(kind)
    return read(raw) if read else (kind, raw)


def _iso_date(raw: str) -> tuple[str, object]:
    year, month, day = (int(each) for each in raw.split("-"))
    return DATE, _date(day, month, year, raw)


def _full_date(raw: str) -> tuple[str, object]:
    day, month, year = re.findall(r"\d+|[IVX]+", raw)
    return DATE, _date(int(day), _month(month, raw), int(year) + (2000 if len(year) == 2 else 0), raw)


def _short_date(raw: str) -> tuple[str, object]:
    """A day and month; an hour where the second number cannot be a month: 16.30, 9.00."""
    first, second = re.split(r"[./]", raw)
    if second.isdecimal() and len(second) == 2 and (int(second) > 12 or second == "00"):
        return _clock_time(raw.replace(".", ":"))
    return DATE, _date(int(first), _month(second, raw), None, raw)


def _clock_time(raw: str) -> tuple[str, object]:
    hour, _, minute = raw.partition(":")
    if not minute.isdecimal() or int(hour) > 23 or int(minute) > 59:
        raise ScheduleError(f"Nie ma takiej godziny: {raw}.")
    return TIME, time(int(hour), int(minute))


def _month_year(raw: str) -> tuple[str, object]:
    month, year = re.split(r"[./]", raw)
    return MONTH_YEAR, (int(month), int(year))


def _length(raw: str) -> tuple[str, object]:
    number = float(re.split(r"[^\d.,]", raw)[0].replace(",", "."))
    return LENGTH, round(number * (60 if "godz" in raw else 1))


READERS: dict[str, Callable[[str], tuple[str, object]]] = {
    "iso": _iso_date,
    "compact": lambda raw: (DATE, (int(raw[:2]), int(raw[2:4]), int(raw[4:]))),
    "full": _full_date,
    "short": _short_date,
    "time": _clock_time,
    "month_year": _month_year,
    "school": lambda raw: ("school", int(raw[:4])),
    "fraction": lambda raw: (FRACTION, float(raw.replace(",", "."))),
    "length": _length,
    "suffixed": lambda raw: (ORDINAL, int(re.split(r"\D", raw)[0])),
    "dotted": lambda raw: (ORDINAL, int(raw[:-1])),
    "number": lambda raw: (NUMBER, int(raw[:9])),
    "quoted": lambda raw: ("quoted", raw[1:-1].strip()),
    "word": lambda raw: (WORD, "mc" if raw == "m-c" else fold(raw)),
    "sign": lambda raw: (SIGN, ";" if raw == "\n" else raw),
}


def _month(text: str, raw: str) -> int:
    month = int(text) if text.isdecimal() else ROMAN.get(text, 0)
    if not 1 <= month <= 12:
        raise ScheduleError(f"Nie ma takiej daty ani godziny: {raw}.")
    return month


def _date(day: int, month: int, year: int | None, raw: str) -> tuple[int, int, int | None]:
    if not (1 <= day <= 31 and 1 <= month <= 12):
        raise ScheduleError(f"Nie ma takiego dnia: {raw}.")
    return day, month, year
