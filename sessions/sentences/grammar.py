"""The grammar of a sentence: which part stands at a place, and the list of all parts."""

import difflib
from collections.abc import Callable

from lubsko_ops.core.dates import MONTH_NAMES
from lubsko_ops.core.polish import MONTHS_GENITIVE, WEEKDAYS
from sessions.schedule.hours import ScheduleError
from sessions.sentences.day_grammar import DayReader
from sessions.sentences.parts import (
    Ask,
    DaysKind,
    DaysPart,
    ExceptPart,
    HolidayPart,
    JoinPart,
    Missing,
    MovePart,
    NotUnderstood,
    Part,
)
from sessions.sentences.tokens import Token, tokenize
from sessions.sentences.words import (
    ABBREVIATIONS,
    CARDINALS,
    DAY_WORDS,
    EACH,
    FILLERS,
    HOUR_WORDS,
    JOINERS,
    LAST,
    MONTH_FORMS,
    ORDINALS,
    WEEKDAY_FORMS,
    fold,
    is_meeting_word,
)

PREPOSITIONS = ("w", "we", "na", "ze", "z", "o")
EXCEPT_PHRASES = (
    "z wyjatkiem", "za wyjatkiem", "z wylaczeniem", "nie liczac", "ale nie", "lecz nie", "z pominieciem", "poza",
    "oprocz", "procz", "bez", "pomijajac", "wylaczajac", "z przerwa", "przerwa",
)  # fmt: skip
HOLIDAYS = ("swieta", "swiat", "swietami", "swiatami", "swiatecznych", "swiateczne", "swiatecznymi")
FREE = ("wolnych", "wolne", "wolnymi", "ustawowo")
ALSO_ON_HOLIDAYS = ("takze w swieta", "rowniez w swieta", "tez w swieta", "takze w dni swiateczne")

SMALL_WORDS = {*PREPOSITIONS, "od", "do", "co", "po", "poza", "oprocz", "bez", *DAY_WORDS, *EACH}
WORDS = {
    *SMALL_WORDS,
    *WEEKDAY_FORMS,
    *MONTH_FORMS,
    *ORDINALS,
    *CARDINALS,
    *FILLERS,
    *JOINERS,
    *LAST,
    *HOUR_WORDS,
}


class UnknownWord(Exception):
    """Raised where no part of the grammar fits; holds the answer for the user."""

    def __init__(self, answer: NotUnderstood) -> None:
        super().__init__(answer.text)
        self.answer = answer


class Grammar(DayReader):
    """Reads a whole sentence into parts, clause by clause; clauses are divided by semicolons, lines and full stops."""

    def clauses(self) -> list[list[Part]]:
        """The parts of each clause. Raises Ask and UnknownWord."""
        clauses: list[list[Part]] = [[]]
        while True:
            if self.take_sign(";"):
                clauses.append([])
            elif self.at_end:
                return [
                    clause for clause in clauses if any(not isinstance(part, JoinPart) for part in clause)
                ]
            elif (part := self._part()) is not None:
                clauses[-1].append(part)
            elif not self._skip():
                raise UnknownWord(self._not_understood())

    def _part(self) -> Part | None:
        if join := self._join():
            return join
        self.ask_about_school()
        readers: tuple[Callable[[], Part | None], ...] = (
            self.move,
            self.exception,
            self.holidays,
            self.open_end,
            self.place,
            self.total,
            self.length,
            self.count,
            self.every,
            self.days,
            self.duration,
            self.range,
            self.hours,
            self.dates,
            self.month_mark,
            self.months,
            self.bare_amount,
        )
        for read in readers:
            if part := self.attempt(read):
                return part
        if self.tokens[self.position - 1].word == "miesiac" and (part := self.day_of_month_after_mark()):
            return part
        return None

    def _join(self) -> JoinPart | None:
        start = self.token.start
        taken = False
        while (self.token.word in JOINERS and not self._also_on_holidays_follows()) or self.is_sign(
            ",", ":", "(", ")", "+", "&", "-"
        ):
            self.take()
            taken = True
        return JoinPart(start, self.last_end) if taken else None

    def _skip(self) -> bool:
        """Take a word that says nothing about the days: a preposition, "spotkania odbywają się"."""
        token = self.token
        if token.word in PREPOSITIONS or token.word in FILLERS or is_meeting_word(token.word):
            following = self.ahead().word
            if token.word in PREPOSITIONS and not self._has_part_after(following):
                return False
            self.take()
            return True
        if token.word in DAY_WORDS and self._has_part_after(self.ahead().word):
            self.take()
            return True
        if token.word in ABBREVIATIONS and token.word in ("r", "tj", "tzn"):
            self.take()
            return True
        return False

    def _has_part_after(self, word: str) -> bool:
        """Whether the next token may begin a part: so the word before it is not what is not understood."""
        before = self.position
        self.position += 1
        try:
            return word in FILLERS or is_meeting_word(word) or self._part() is not None
        finally:
            self.position = before

    # ---- exceptions --------------------------------------------------------------------------------
    def exception(self) -> ExceptPart | HolidayPart | None:
        """ "oprócz 11.11 i 24.12", "z wyjątkiem lipca", "bez niedziel", "z pominięciem świąt"."""
        start = self.token.start
        if not any(self.take_words(phrase) for phrase in EXCEPT_PHRASES):
            return None
        if not self._is_free_days():
            self.take_word("dnia", "dni", "dniami", "dniem")
        if self._take_holidays():
            return HolidayPart(start, self.last_end, "skip")
        parts: list[Part] = []
        holidays = False
        part = self._excepted()
        while part is not None:
            parts.append(part)
            if self.joined_item(lambda: self._take_holidays() or None):
                holidays = True
            part = self.joined_item(self._excepted_further)
        if not parts:
            words = self.text[start : self.ahead().end if self.ahead().text else self.token.end]
            raise Ask(
                Missing.MEANING,
                f"Które dni są wyjątkiem: „{words}”? Wpisz ich daty, np. „oprócz 11.11.2026”.",
            )
        return ExceptPart(start, self.last_end, parts, holidays)

    def _is_free_days(self) -> bool:
        return self.token.word in DAY_WORDS and self.ahead().word in (*HOLIDAYS, *FREE)

    def _take_holidays(self) -> bool:
        def read() -> bool | None:
            self.take_any(DAY_WORDS)
            if self.take_any(HOLIDAYS):
                self.take_word("panstwowych", "ustawowych")
                return True
            if self.take_any(FREE):
                self.take_any(FREE)
                self.take_words("od pracy")
                return True
            return None

        return bool(self.attempt(read))

    def _excepted_further(self) -> Part | None:
        if self.token.word in PREPOSITIONS and self.ahead().word in (*WEEKDAY_FORMS, *EACH, *ORDINALS):
            return None  # "oprócz 11.11, w piątki": a new part begins
        return self._excepted()

    def _excepted(self) -> Part | None:
        self.ask_about_school()
        if self.ahead().word not in ("godz", "godzinach"):
            self.take_word("w", "we", "od")
        if days := self._excepted_weekend():
            return days
        for read in (self.range, self.dates, self.months):
            if part := self.attempt(read):
                return part
        days = self.attempt(self.days)
        if days is None:
            return None
        if self.attempt(self.month_point):
            raise Ask(Missing.MEANING, f"Wyjątek „{self.text[days.start : self.last_end]}”: wpisz jego daty.")
        days.monthly = days.monthly or self.month_mark() is not None
        return days

    def _excepted_weekend(self) -> DaysPart | None:
        start = self.token.start
        if not self.token.word.startswith("weekend"):
            return None
        self.take()
        return DaysPart(start, self.last_end, DaysKind.WEEKLY, (5, 6))

    def holidays(self) -> HolidayPart | None:
        """ "także w święta"."""
        start = self.token.start
        if any(self.take_words(phrase) for phrase in ALSO_ON_HOLIDAYS):
            return HolidayPart(start, self.last_end, "keep")
        if self.take_words("swieta przenoszone na nastepny dzien roboczy"):
            return HolidayPart(start, self.last_end, "next_working_day")
        return None

    def move(self) -> MovePart | None:
        """ "11.11.2026 przeniesione na 12.11.2026 w godz. 9–11", "11.11.2026 odwołane"."""
        start = self.token.start
        day = self.day_point()
        if day is None:
            return None
        if self.token.word.startswith("odwol"):
            self.take()
            return MovePart(start, self.last_end, day, None)
        if not self.token.word.startswith(("przeniesion", "przenosi", "przenies")):
            return None
        self.take()
        self.take_word("na", "w")
        to = self.day_point()
        if to is None:
            return None
        hours, length, place = self.hours(), self.length(), self.place()
        return MovePart(start, self.last_end, day, to, hours, length, place)

    def _also_on_holidays_follows(self) -> bool:
        before = self.position
        follows = any(self.take_words(phrase) for phrase in ALSO_ON_HOLIDAYS)
        self.position = before
        return follows

    # ---- what is not understood --------------------------------------------------------------------
    def _not_understood(self) -> NotUnderstood:
        """The word to quote: this one, or the one after it when only that is no word of the grammar."""
        token, following = self.token, self.ahead()
        is_small = token.word in SMALL_WORDS
        if is_small and following.word and following.word not in WORDS:
            return NotUnderstood(following.text, _similar(following))
        if is_small and following.text.strip():
            return NotUnderstood(self.text[token.start : following.end])
        return NotUnderstood(token.text, _similar(token))


def _similar(token: Token) -> tuple[str, ...]:
    """A word of the grammar that looks like the token; empty when there is none."""
    if len(token.text) < 4 or token.word in WORDS or is_meeting_word(token.word):
        return ()
    forms = [
        *WEEKDAY_FORMS,
        *MONTH_FORMS,
        *ORDINALS,
        "codziennie",
        "spotkan",
        "godzinach",
        "kolejnych",
        "miesiaca",
    ]
    close = difflib.get_close_matches(token.word, [form for form in forms if len(form) > 3], n=1, cutoff=0.8)
    return tuple(_with_diacritics(each) for each in close)


def parse(text: str) -> list[list[Part]]:
    """The parts of each clause of a normalized sentence."""
    if not text:
        raise ScheduleError("Napisz, kiedy są spotkania, np. „w każdą środę listopada 2026”.")
    return Grammar(text, tokenize(text)).clauses()


def _with_diacritics(word: str) -> str:
    written = (
        *WEEKDAYS,
        *MONTH_NAMES,
        *MONTHS_GENITIVE,
        "środę",
        "sobotę",
        "niedzielę",
        "środy",
        "piątki",
        "spotkań",
    )
    return next((each for each in written if fold(each) == word), word)
