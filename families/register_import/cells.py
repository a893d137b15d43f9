"""What a cell means: texts, days, dates of birth, PESEL, phones, choices. Each returns the value and a remark."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError

from families.choices import KINSHIP_WORDS, Kinship, LivingArrangement, Sex
from families.people.birth import Birth
from families.people.forms.fields import BirthField
from families.register_import.reading import CellValue
from lubsko_ops.core import clock
from lubsko_ops.core.fields import clean_pesel
from lubsko_ops.core.forms import clean_text
from lubsko_ops.core.parsing import DayKind, parse_day
from lubsko_ops.core.phones import clean_phone
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.search_keys import fold

EXCEL_ZERO = date(1899, 12, 30)  # day 0 of its calendar, from March 1900 on
EXCEL_DAYS = range(20_000, 73_051)  # 1954–2099: a smaller number is rather a typing error
LAST_WRONG_YEAR = 1900  # what an empty or badly formatted cell becomes as a date
YEARS_AHEAD = 5
SHOWN = 40  # characters of a wrong value in a sentence
HOUR_AT_END = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
CORRECT = "popraw w arkuszu"


class CellError(Exception):
    """The cell cannot be used: a sentence, and what to do."""

    def __init__(self, text: str, todo: str = CORRECT) -> None:
        super().__init__(text)
        self.text, self.todo = text, todo


def to_text(value: CellValue) -> str:
    """The cell on one line; a number without its decimal zeros, a day as it is written in Polish."""
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, date):
        return f"{value.day}.{value.month:02}.{value.year}"
    return " ".join(clean_text(str(value)).split()) if value is not None else ""


def shown(value: CellValue) -> str:
    """The cell within a sentence."""
    text = to_text(value)
    return f"„{text[:SHOWN]}…”" if len(text) > SHOWN else f"„{text}”"


def read_text(value: CellValue) -> tuple[str, str]:
    return to_text(value), ""


# ---- days ------------------------------------------------------------------------------------------
def read_day(value: CellValue) -> tuple[date | None, str]:
    """A day of Excel, or one written the Polish way; None of an empty cell."""
    day, remark = _day_of(value)
    if day and day.year <= LAST_WRONG_YEAR:
        raise CellError(
            f"Data {short_date(day)} wygląda na pustą albo źle sformatowaną komórkę, nie na prawdziwy dzień.",
            "wpisz właściwą datę",
        )
    if day and day.year > clock.today().year + YEARS_AHEAD:
        raise CellError(f"Data {short_date(day)} leży daleko w przyszłości.", "sprawdź rok")
    return day, remark


def _day_of(value: CellValue) -> tuple[date | None, str]:
    if isinstance(value, datetime):
        return value.date(), ""
    if isinstance(value, date):
        return value, ""
    if isinstance(value, time | timedelta):  # day 0 of Excel
        raise CellError("To godzina, a nie data.", "wpisz właściwą datę")
    text = HOUR_AT_END.sub("", to_text(value))
    if text.isascii() and text.isdecimal():
        if len(text) == 5 and int(text) in EXCEL_DAYS:
            day = EXCEL_ZERO + timedelta(days=int(text))
            return day, f"Liczbę {text} odczytaliśmy jako dzień {short_date(day)}."
        text = text.zfill(8) if len(text) == 7 else text
    if not text:
        return None, ""
    try:
        day = parse_day(text, today=clock.today(), kind=DayKind.WITH_YEAR)
    except ValueError:
        raise CellError(f"Dnia {shown(value)} nie ma w kalendarzu.", "wpisz właściwą datę") from None
    if day is None:
        raise CellError(f"{shown(value)} nie jest datą.", "wpisz dzień, miesiąc i rok, np. 1.02.2024")
    return day, ""


def read_birth(value: CellValue) -> tuple[Birth | None, str]:
    """A date of birth: a day, a month with its year, or a year; None of an empty cell."""
    if isinstance(value, int | float) and not isinstance(value, bool) and value not in EXCEL_DAYS:
        value = to_text(value)
    if not isinstance(value, str):
        day, remark = read_day(value)
        return (Birth(day) if day else None), remark
    text = HOUR_AT_END.sub("", to_text(value))
    if text.isascii() and text.isdecimal() and len(text) in (5, 7):
        day, remark = read_day(text)
        return (Birth(day) if day else None), remark
    try:
        birth = BirthField(required=False).clean(text)
    except ValidationError as refusal:
        raise CellError(f"{shown(value)}: {refusal.messages[0]}", "wpisz datę urodzenia") from None
    if birth and birth.first_day.year <= LAST_WRONG_YEAR:
        raise CellError(f"Rok urodzenia {birth.first_day.year} nie może być prawdziwy.", "sprawdź rok")
    return birth, ""


# ---- numbers ---------------------------------------------------------------------------------------
def read_pesel(value: CellValue) -> tuple[str, str]:
    """The eleven digits; of a number from which a sheet cut the zeros at its beginning, with them."""
    text = re.sub(r"[\s\-]", "", to_text(value))
    if not text:
        return "", ""
    if text.isascii() and text.isdecimal() and 7 <= len(text) < 11:
        try:
            return clean_pesel(
                text.zfill(11)
            ), "Arkusz uciął zera na początku numeru PESEL. Wczytamy go z zerami."
        except ValidationError:
            pass
    try:
        return clean_pesel(text), ""
    except ValidationError as refusal:
        raise CellError(refusal.messages[0], "przepisz numer z dokumentu") from None


def read_postal_code(value: CellValue) -> tuple[str, str]:
    text = to_text(value)
    digits = re.sub(r"[\s\-–]", "", text)
    if not text:
        return "", ""
    if isinstance(value, int | float) and len(digits) == 4:
        return (
            f"0{digits[0]}-{digits[1:]}",
            "Arkusz uciął zero na początku kodu pocztowego. Wczytamy go z zerem.",
        )
    if not (digits.isascii() and digits.isdecimal() and len(digits) == 5):
        raise CellError(f"{shown(value)} nie jest kodem pocztowym.", "wpisz pięć cyfr, np. 68-300")
    return f"{digits[:2]}-{digits[2:]}", ""


def read_phones(value: CellValue) -> tuple[list[str], str]:
    """The phone numbers of a cell, in their canonical form; each once."""
    text = clean_text(str(value)) if isinstance(value, str) else to_text(value)
    try:
        numbers = [clean_phone(text)]
    except ValidationError:
        parts = re.split(r"[,;/\n]|\s(?:lub|albo|i)\s", text)
        try:
            numbers = [clean_phone(part) for part in parts]
        except ValidationError:
            raise CellError(
                f"{shown(value)} nie jest numerem telefonu.",
                "wpisz 9 cyfr; kilka numerów rozdziel przecinkiem",
            ) from None
    numbers = [each for each in dict.fromkeys(numbers) if each]
    if any(len(each) > 30 for each in numbers):
        raise CellError("Ten numer telefonu jest za długi.", "wpisz 9 cyfr")
    return numbers, ""


# ---- choices ---------------------------------------------------------------------------------------
def words_of(choices: type) -> dict[str, str]:
    """Stored values by what may be written for them: their labels and themselves."""
    return {fold(label): value for value, label in choices.choices} | {
        fold(each): each for each in choices.values
    }


KINSHIP = words_of(Kinship) | {
    fold(word): kinship for kinship, words in KINSHIP_WORDS.items() for word in words.values()
}
KINSHIP |= {
    word: kinship
    for kinship, words in {
        Kinship.CHILD: ("corka", "syn", "dziecko"),
        Kinship.MOTHER: ("mama",),
        Kinship.FATHER: ("tata",),
        Kinship.PARTNER: (
            "partner",
            "partnerka",
            "konkubent",
            "konkubina",
            "partner matki",
            "partnerka ojca",
        ),
        Kinship.SIBLING: ("ciotka", "ciocia", "wujek", "wuj"),
        Kinship.RELATIVE: ("krewny", "krewna"),
    }.items()
    for word in words
}
# Words that say the sex too.
WOMEN = ("matka", "mama", "macocha", "corka", "partnerka", "konkubina", "ciotka", "ciocia", "krewna")
MEN = ("ojciec", "tata", "ojczym", "syn", "partner", "konkubent", "wujek", "wuj", "krewny")
SEX_BY_WORD = {fold(word): sex for words in KINSHIP_WORDS.values() for sex, word in words.items()} | {
    **dict.fromkeys(WOMEN, Sex.FEMALE),
    **dict.fromkeys(MEN, Sex.MALE),
}
SEX = words_of(Sex) | {"k": Sex.FEMALE, "m": Sex.MALE, "z": Sex.FEMALE, "kob": Sex.FEMALE, "mez": Sex.MALE}
STAY = words_of(LivingArrangement) | {
    **dict.fromkeys(("tak", "t", "1", "x", "z rodzina"), LivingArrangement.HERE),
    **dict.fromkeys(("nie", "n", "0", "osobno"), LivingArrangement.ELSEWHERE),
    **dict.fromkeys(("na przemian", "naprzemiennie", "czesciowo"), LivingArrangement.ALTERNATE),
}


def read_choice(value: CellValue, words: Mapping[str, str], allowed: str) -> tuple[str, str]:
    """The stored value; ``allowed``: what may be written, for the sentence."""
    text = to_text(value)
    if not text:
        return "", ""
    if (stored := words.get(fold(text))) is None:
        raise CellError(f"Nie ma takiej wartości: {shown(value)}.", f"wpisz {allowed}")
    return str(stored), ""
