"""Rules of surveys that need no database: codes, answers typed in a cell, what is wrong with typed sheets."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.polish import short_date
from projects.choices import AnswerKind, EditionState, SurveyKind, SurveyMoment
from projects.models import Edition, Survey, SurveyQuestion
from projects.models.surveys import HIGHEST, MAX_CODE

LOCKED_STATES = (EditionState.SETTLED, EditionState.WITHDRAWN)
LOCKED = "Ten projekt jest zamknięty, więc jego ankiet się nie zmienia."
NOT_APPROVED = "Kartki wpisuje się od zatwierdzenia projektu. Do tego czasu można układać pytania."
CLOSED = "Wpisywanie kartek jest zakończone. Żeby coś dopisać albo poprawić, najpierw je wznów."
MAX_QUESTIONS = 20
MAX_SHEETS = 400  # of one moment
MAX_WORDS = 2000  # characters of an open answer
EARLIEST_DAYS = 366  # before the beginning of the project
YES, NO = {"t", "tak", "1"}, {"n", "nie", "0"}
LETTERS = {1: "t", 0: "n"}
OUTSIDE = {AnswerKind.SCALE: f"od 1 do {HIGHEST}", AnswerKind.YES_NO: "t albo n"}
DEFAULT_WORDS = ("zdecydowanie nie", "raczej nie", "trochę", "raczej tak", "zdecydowanie tak")
DEFAULT_TITLES = {
    SurveyKind.BEFORE_AFTER: "Ankieta przed i po",
    SurveyKind.SATISFACTION: "Ankieta zadowolenia",
}
INTRODUCTIONS = {
    SurveyKind.BEFORE_AFTER: (
        "Chcemy sprawdzić, co zmieniają nasze zajęcia. Nie ma dobrych ani złych odpowiedzi. Nie podpisuj kartki."
    ),
    SurveyKind.SATISFACTION: (
        "Napisz, co myślisz o zajęciach, żeby następne były lepsze. Nie podpisuj kartki."
    ),
}
EXAMPLES = {
    SurveyKind.BEFORE_AFTER: (
        "Rozmawiam z dzieckiem spokojnie, także gdy się złości",
        "Wiem, na co wydaję pieniądze",
        "Umiem powiedzieć, w czym jestem dobra albo dobry",
        "Wiem, jak szukać pracy",
        "Dbam o swoje zdrowie",
        "Mam na kogo liczyć",
    ),
    SurveyKind.SATISFACTION: (
        "Zajęcia były mi potrzebne",
        "Prowadzący mówili zrozumiale",
        "Dobrze się tu czułam albo czułem",
        "Godziny i miejsce mi pasowały",
    ),
}
EXAMPLES_OTHER = {
    SurveyKind.SATISFACTION: (
        ("Czy polecisz te zajęcia komuś znajomemu?", AnswerKind.YES_NO),
        ("Co zmienić następnym razem?", AnswerKind.OPEN),
    ),
}
# How to make a code up: of facts that the centre keeps nowhere and that do not change within a year.
CODE_HINT = "dwie pierwsze litery imienia babci (mamy Twojej mamy) i numer buta"
EXAMPLE_CODE = "HE38"
ROWS_OF_A_PAGE = 40  # of the grid: Django reads at most a thousand fields of a form


# ---- what is typed -----------------------------------------------------------------------------------
def normalize_code(text: str) -> str:
    """The code in capital letters and digits alone: "he 38" and "HE-38" are one code."""
    composed = unicodedata.normalize("NFKC", text).upper()
    return "".join(each for each in composed if each.isalnum())[: MAX_CODE + 1]


def parse_cell(text: str, kind: str) -> int | None:
    """The answer typed in a cell; None for an empty one. ValueError for one outside the scale."""
    text = text.strip().casefold()
    if not text:
        return None
    if kind == AnswerKind.YES_NO and text in YES | NO:
        return int(text in YES)
    if kind == AnswerKind.SCALE and text in {str(digit) for digit in range(1, HIGHEST + 1)}:
        return int(text)
    raise ValueError(text)


def cell_text(value: int | None, kind: str) -> str:
    """The answer as it is typed."""
    if value is None:
        return ""
    return LETTERS[value] if kind == AnswerKind.YES_NO else str(value)


# ---- questions ---------------------------------------------------------------------------------------
def question_refusals(questions: Sequence[SurveyQuestion]) -> list[str]:
    """What is wrong with the questions of a survey as a whole."""
    if not any(not each.is_open for each in questions):
        return ["Dodaj choć jedno pytanie ze skalą albo „tak albo nie”: z nich liczy się wynik."]
    texts = [" ".join(each.text.casefold().split()) for each in questions]
    return [
        f"Pytania {texts.index(text) + 1} i {number} są takie same. Usuń jedno."
        for number, text in enumerate(texts, start=1)
        if text in texts[: number - 1]
    ]


# ---- sheets ------------------------------------------------------------------------------------------
@dataclass
class SheetData:
    """A sheet as typed. ``sheet``: id of the stored one it corrects; answers by id of the question.

    ``has_words``: whether the stored sheet has open answers, which the grid does not show.
    """

    code: str = ""
    filled_on: date | None = None
    answers: dict[int, int | str] = field(default_factory=dict)
    sheet: int | None = None
    number: int | None = None
    has_words: bool = False

    @property
    def name(self) -> str:
        return f"nr {self.number}" if self.number else "w innym wierszu"

    @property
    def digits(self) -> dict[int, int]:
        """The answers that are no words."""
        return {key: value for key, value in self.answers.items() if isinstance(value, int)}


def sheet_refusals(
    typed: Sequence[SheetData], stored: Iterable[SheetData], *, with_codes: bool
) -> list[tuple[int, str, str]]:
    """What cannot be saved: index of the sheet among the typed, field ("code", "" for all of it), sentence.

    ``stored``: the sheets of the same moment that are not among the typed ones.
    """
    refusals, seen = [], {each.code: each for each in stored if each.code}
    for index, sheet in enumerate(typed):
        if not sheet.answers and not sheet.has_words:
            refusals.append((index, "", EMPTY_STORED if sheet.sheet else EMPTY_NEW))
            continue
        if refusal := code_refusal(sheet.code, with_codes=with_codes):
            refusals.append((index, "code", refusal))
            continue
        if other := seen.get(sheet.code) if with_codes else None:
            refusals.append((index, "code", twice_refusal(sheet, other)))
        else:
            seen[sheet.code] = sheet
    return refusals


EMPTY_NEW = "Ta kartka nie ma żadnej odpowiedzi. Wpisz odpowiedzi albo wyczyść kod."
EMPTY_STORED = "Ta kartka nie miałaby żadnej odpowiedzi. Żeby ją usunąć, otwórz ją i wybierz „Usuń kartkę”."
NO_CODE = "Przepisz kod z kartki. Bez kodu nie będzie wiadomo, z którą kartką ją porównać."


def code_refusal(code: str, *, with_codes: bool) -> str:
    """What is wrong with a normalized code; empty when nothing is."""
    if not with_codes:
        return "Ta ankieta jest anonimowa, kodu się nie wpisuje." if code else ""
    if not code:
        return NO_CODE
    return f"Kod może mieć najwyżej {MAX_CODE} liter i cyfr." if len(code) > MAX_CODE else ""


def twice_refusal(sheet: SheetData, other: SheetData) -> str:
    """Why two sheets of one moment cannot have the same code: one sheet typed twice, or a code two people chose."""
    if sheet.digits == other.digits:
        return f"Ta kartka jest już wpisana ({other.name}): ten sam kod i te same odpowiedzi. Wyczyść ten wiersz."
    return (
        f"Kod {sheet.code} ma już kartka {other.name}, z innymi odpowiedziami. Jeśli to dwie osoby, dopisz na obu "
        f"kartkach i przy obu kodach po literze: {sheet.code}A i {sheet.code}B, tak samo przed i po."
    )


def same_answers(typed: Sequence[SheetData], stored: Iterable[SheetData]) -> list[tuple[int, SheetData]]:
    """New sheets with the very answers of another one: index among the typed, and the other.

    A sheet with fewer than three answers is like many others and says nothing.
    """
    seen: dict[tuple, SheetData] = {}
    for each in [*stored, *(each for each in typed if each.sheet)]:
        seen.setdefault(_signature(each), each)
    alike = []
    for index, sheet in enumerate(typed):
        if sheet.sheet or len(sheet.digits) < 3:
            continue
        if other := seen.get(_signature(sheet)):
            alike.append((index, other))
        seen.setdefault(_signature(sheet), sheet)
    return alike


def _signature(sheet: SheetData) -> tuple:
    return tuple(sorted(sheet.digits.items()))


def day_refusal(day: date | None, edition: Edition, *, today: date) -> str:
    """Why a sheet cannot have been filled in on the day; empty when it can."""
    if day is None:
        return "Wpisz dzień, w którym wypełniono kartki."
    if day > today:
        return "Ten dzień jeszcze nie nadszedł."
    if day < edition.starts_on - ONE_DAY * EARLIEST_DAYS:
        return f"Projekt zaczął się {short_date(edition.starts_on)}. Sprawdź rok."
    return ""


# ---- states ------------------------------------------------------------------------------------------
def change_refusal(edition: Edition) -> str:
    """Why the surveys of the project do not change any more; empty when they do."""
    return LOCKED if edition.state in LOCKED_STATES else ""


def typing_refusal(survey: Survey) -> str:
    """Why no sheet is typed now; empty when it is."""
    if refusal := change_refusal(survey.edition):
        return refusal
    if not survey.edition.is_approved:
        return NOT_APPROVED
    return CLOSED if survey.closed_on else ""


MOMENT_NAMES = {
    SurveyMoment.BEFORE: "przed",
    SurveyMoment.AFTER: "po",
    SurveyMoment.ONLY: "",
}
