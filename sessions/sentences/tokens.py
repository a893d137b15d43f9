"""A sentence as tokens: dates, hours, numbers, ordinals, words, signs; each with its place in the text."""

import re
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
  | (?P<full>\d{{1,2}}\s*\.\s*(?:\d{{1,2}}|[IVX]+)\s*\.?\s*(?:\d{{4}}|(?<=\.)\d\d)(?!\d|[.:]\d)
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
        if raw == "I" and tokens and not text.isupper():
            value = ""  # a Roman figure, not the conjunction
        tokens.append(Token(token_kind, raw, match.start(), match.end(), value))
    return [*tokens, Token(END, "", len(text), len(text))]


def _ends_sentence(text: str, position: int, tokens: list[Token]) -> bool:
    """Whether the dot ends a sentence: a capital follows, and what precedes is no abbreviation of a day or month."""
    follows = re.match(r"\s+[^\W\d_a-ząćęłńóśźż]", text[position:])
    if not follows or not tokens:
        return False
    word = tokens[-1].word
    is_short = word in WEEKDAY_FORMS and len(word) <= 4
    return not (is_short or (word in MONTH_FORMS and len(word) <= 4) or word in ABBREVIATIONS - {"r"})


def _value(kind: str, raw: str) -> tuple[str, object]:
    match kind:
        case "iso":
            year, month, day = (int(each) for each in raw.split("-"))
            return DATE, _date(day, month, year, raw)
        case "compact":
            return DATE, (int(raw[:2]), int(raw[2:4]), int(raw[4:]))
        case "full":
            day_text, month_text, year_text = re.findall(r"\d+|[IVX]+", raw)
            year = int(year_text) + (2000 if len(year_text) == 2 else 0)
            return DATE, _date(int(day_text), _month(month_text, raw), year, raw)
        case "short":
            day_text, month_text = re.split(r"[./]", raw)
            if (
                month_text.isdecimal()
                and len(month_text) == 2
                and (int(month_text) > 12 or month_text == "00")
            ):
                return TIME, _time(day_text, month_text, raw)
            return DATE, _date(int(day_text), _month(month_text, raw), None, raw)
        case "time":
            hour, minute = raw.split(":")
            return TIME, _time(hour, minute, raw)
        case "month_year":
            month_text, year_text = re.split(r"[./]", raw)
            return MONTH_YEAR, (int(month_text), int(year_text))
        case "school":
            return "school", int(raw[:4])
        case "fraction":
            return FRACTION, float(raw.replace(",", "."))
        case "length":
            number = float(re.match(r"[\d.,]+", raw)[0].replace(",", "."))  # type: ignore[index]
            return LENGTH, round(number * (60 if "godz" in raw else 1))
        case "suffixed" | "dotted":
            return ORDINAL, int(re.match(r"\d+", raw)[0])  # type: ignore[index]
        case "number":
            return NUMBER, int(raw[:9])
        case "quoted":
            return "quoted", raw[1:-1].strip()
        case "word":
            return WORD, "mc" if raw == "m-c" else fold(raw)
        case "sign":
            return SIGN, ";" if raw == "\n" else raw
    return "other", raw


def _month(text: str, raw: str) -> int:
    month = int(text) if text.isdecimal() else ROMAN.get(text, 0)
    if not 1 <= month <= 12:
        raise ScheduleError(f"Nie ma takiej daty ani godziny: {raw}.")
    return month


def _date(day: int, month: int, year: int | None, raw: str) -> tuple[int, int, int | None]:
    if not (1 <= day <= 31 and 1 <= month <= 12):
        raise ScheduleError(f"Nie ma takiego dnia: {raw}.")
    return day, month, year


def _time(hour: str, minute: str, raw: str) -> time:
    if int(hour) > 23 or int(minute) > 59:
        raise ScheduleError(f"Nie ma takiej godziny: {raw}.")
    return time(int(hour), int(minute))
