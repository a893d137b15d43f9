"""Reading of hours, lengths, totals of hours and numbers of meetings."""

from datetime import time

from sessions.sentences.parts import (
    AmountPart,
    CountPart,
    EveryPart,
    FrequencyPart,
    HoursPart,
    LengthPart,
    Part,
    PlacePart,
    TotalPart,
)
from sessions.sentences.period_grammar import PeriodReader
from sessions.sentences.tokens import DATE, FRACTION, LENGTH, MONTH_YEAR, NUMBER, ORDINAL, SIGN, TIME, Token
from sessions.sentences.words import (
    FILLERS,
    HOUR_WORDS,
    JOINERS,
    LESSON_WORDS,
    MINUTE_WORDS,
    MONTH_FORMS,
    MONTH_WORDS,
    NUMBER_PREFIXES,
    ROMAN,
    WEEK_WORDS,
    WEEKDAY_FORMS,
    is_meeting_word,
)

LESSON = 45
TOGETHER = ("lacznie", "razem", "ogolem", "sumie")
UNITS = {
    **dict.fromkeys(WEEK_WORDS, "week"),
    **dict.fromkeys(MONTH_WORDS, "month"),
    "roku": "year",
    "rok": "year",
}
UNITS |= {
    "kwartale": "quarter",
    "kwartal": "quarter",
    "polroczu": "half",
    "dnia": "day",
    "dzien": "day",
    "dniu": "day",
}
ADVERBS = {
    "tygodniowo": "week",
    "miesiecznie": "month",
    "rocznie": "year",
    "dziennie": "day",
    "kwartalnie": "quarter",
}
BETWEEN_NUMBER_AND_NOUN = (
    "kolejnych", "kolejne", "nastepnych", "nastepne", "grupowych", "grupowe", "regularnych", "planowanych",
    "cotygodniowych", "cotygodniowe",
)  # fmt: skip


class TimeReader(PeriodReader):
    """Reads hours of the day, and how long and how many the meetings are."""

    # ---- hours -------------------------------------------------------------------------------------
    def hour(self, *, in_figures: bool = False) -> time | None:
        """An hour: 16, 16:30, 16.30, 17-tej, siedemnastej. A date like 9.10 is one too, where an hour must stand."""
        token = self.token
        if token.kind == TIME and isinstance(token.value, time):
            self.take()
            return token.value
        if (
            token.kind == NUMBER
            and len(token.text) in (3, 4)
            and token.number % 100 < 60
            and token.number < 2400
        ):
            self.take()
            return time(token.number // 100, token.number % 100)
        if token.kind in (NUMBER, ORDINAL) and token.number < 24:
            self.take()
            return time(token.number)
        if token.kind == DATE and "." in token.text and token.value[2] is None:  # type: ignore[index]
            day, minute = token.text.split(".")
            if minute.isdecimal() and len(minute) == 2 and int(day) < 24:
                self.take()
                return time(int(day), int(minute))
        if not in_figures and token.word.endswith("ej"):
            number = self.ordinal()
            if number is not None and 0 < number < 24:
                minutes = (
                    self.number() if self.token.word in ("pietnascie", "trzydziesci", "czterdziesci") else 0
                )
                return time(number, minutes or 0)
        return None

    def hours(self) -> HoursPart | None:
        """ "w godz. 16–18", "o 16:30", "od 16 do 18", "17–19", and several of them on a day."""
        return self.attempt(self._marked_hours) or self.attempt(self._bare_hours)

    def _marked_hours(self) -> HoursPart | None:
        start = self.token.start
        preposition = self.take_word("w", "o", "od", "na", "miedzy", "pomiedzy", "ok", "okolo")
        is_named = self.take_any(HOUR_WORDS)
        at = preposition and self.tokens[self.position - 1].word == "o"
        if not (is_named or at):
            return None
        self.take_sign(":")
        self.take_word("od", "miedzy")
        pairs = [self._hour_pair()]
        if pairs[0] is None or (not is_named and self._month_follows()):
            return None
        while pair := self.joined_item(self._next_pair):
            pairs.append(pair)
        self.take_any(("h",))
        return HoursPart(start, self.last_end, [pair for pair in pairs if pair])

    def _next_pair(self) -> tuple[time, time | None] | None:
        """A further pair in a list; a single hour only when it is written as one."""
        self.take_word("w", "o", "od")
        named = self.take_any(HOUR_WORDS)
        is_time = self.token.kind == TIME
        pair = self._hour_pair()
        if pair is None or self._month_follows() or self.token.word in WEEKDAY_FORMS:
            return None
        return pair if pair[1] or named or is_time else None

    def _hour_pair(self) -> tuple[time, time | None] | None:
        first = self.hour()
        if first is None:
            return None

        def end() -> time | None:
            if not (self.take_sign("-") or self.take_word("do", "a")):
                return None
            self.take_any(HOUR_WORDS)
            return self.hour()

        return first, self.attempt(end)

    def _bare_hours(self) -> HoursPart | None:
        """Hours without the word: "od 16 do 18", "17–19", "17:00". Not when a month follows, or a day of a list."""
        start = self.token.start
        self.take_word("od", "miedzy", "pomiedzy")
        first_token = self.token
        pair = self._hour_pair()
        if pair is None or self._month_follows() or self.token.kind == MONTH_YEAR:
            return None
        is_time = first_token.kind == TIME
        if (pair[1] is None and not is_time) or is_meeting_word(self.token.word):
            return None  # "8–10 spotkań"
        if first_token.kind == DATE and self.tokens[self.position - 1].kind == DATE:
            return None  # 9.10–11.10 are days
        pairs = [pair]
        while following := self.joined_item(self._next_pair):
            pairs.append(following)
        self.take_any(("h",))
        plain = first_token.kind == NUMBER and all(token.kind != TIME for token in self._taken_since(start))
        return HoursPart(start, self.last_end, pairs, maybe_days=plain)

    def _taken_since(self, start: int) -> list[Token]:
        return [token for token in self.tokens[: self.position] if token.start >= start]

    def _month_follows(self) -> bool:
        """Whether a month stands after a plain number, so that the number is a day."""
        if self.tokens[self.position - 1].kind == TIME:
            return False
        return self.token.word in MONTH_FORMS or (self.token.text in ROMAN and self.token.word != "i")

    # ---- lengths and totals ------------------------------------------------------------------------
    def amount(self) -> int | None:
        """A length in minutes: 2 godziny, 1,5 godz., 90 minut, 2 godziny lekcyjne, 2x45 min, półtorej godziny."""
        return self.attempt(self._amount)

    def _amount(self) -> int | None:
        number = self._quantity()
        if number is None:
            return None
        if self.take_word("x", "razy"):
            each = self.number()
            return round(number * each) if each and self.take_any(MINUTE_WORDS) else None
        if self.take_any(MINUTE_WORDS):
            return round(number)
        if self.take_any(HOUR_WORDS):
            return self._hours_to_minutes(number)
        if self.take_any(LESSON_WORDS) and self.take_any(HOUR_WORDS):
            return round(number * LESSON)
        return None

    def _quantity(self) -> float | None:
        """A number that may have a half: 2, 1,5, półtorej, pół, dwie i pół; 1 before "godzinę"."""
        if self.token.kind == FRACTION and isinstance(self.token.value, float):
            number = self.token.value
            self.take()
            return number
        if self.take_word("poltorej", "poltora"):
            return 1.5
        if self.take_word("pol"):
            return 0.5
        whole = self.number()
        if whole is None:
            return 1 if self.token.word in ("godzinie", "godzine") else None
        return whole + 0.5 if self.take_words("i pol") else whole

    def _hours_to_minutes(self, number: float) -> int | None:
        if self.take_any(LESSON_WORDS):
            return round(number * LESSON)
        self.take_word("zegarowe", "zegarowych", "zegarowa")
        if self.take_word("i", "oraz"):
            self.position -= 1

        def minutes() -> int | None:
            self.take_word("i")
            rest = self.number()
            return rest if rest is not None and self.take_any(MINUTE_WORDS) else None

        return round(number * 60) + (self.attempt(minutes) or 0)

    def length(self) -> LengthPart | None:
        """How long each meeting is: po 2 godziny, 90-minutowe, dwugodzinne, każde 2 godziny."""

        def read() -> LengthPart | None:
            start = self.token.start
            if self.token.kind == LENGTH and isinstance(self.token.value, int):
                return LengthPart(start, self.last_end, self.take().value)  # type: ignore[arg-type]
            if "godzinn" in self.token.word:
                prefix = self.token.word.partition("godzinn")[0]
                minutes = NUMBER_PREFIXES.get(prefix) if prefix else 60
                if minutes is None:
                    return None
                self.take()
                return LengthPart(start, self.last_end, minutes)
            each = self.take_word(
                "kazde", "kazdy", "kazda", "kazdorazowo", "trwa", "trwaja", "trwajace", "trwajacych"
            )
            each = each or self.take_words("czas trwania")
            if each and is_meeting_word(self.token.word):
                self.take()
                self.take_word("trwa")
            self.take_sign(":")
            each = self.take_word("po") or self.ahead().word == "x" or each
            minutes = self.amount()
            if minutes is None:
                return None
            if self.attempt(self._each_after_amount) or each:
                return LengthPart(start, self.last_end, minutes)
            return None

        return self.attempt(read)

    def _each_after_amount(self) -> bool | None:
        """Take "każde", "dziennie" after an amount; not the "każdy" of days that follow."""
        if self.take_word("dziennie", "jednorazowo"):
            return True
        taken = self.take_word("kazde", "kazdy", "kazda")
        is_free = self._is_end_of_words() or is_meeting_word(self.token.word)
        return True if taken and is_free else None

    def total(self) -> TotalPart | None:
        """How many hours in all: łącznie 30 godzin, do 40 godzin lekcyjnych, 30 godzin zajęć."""

        def read() -> TotalPart | None:
            start = self.token.start
            named = self._together()
            if not named:
                self.take_word("az")
                named = (
                    self.take_words("do osiagniecia")
                    or self.take_words("do wyczerpania")
                    or self.take_word("do")
                )
                named = named and (self._together() or True)
            minutes = self.amount()
            if minutes is None:
                return None
            if is_meeting_word(self.token.word):
                self.take()
                named = True
            return TotalPart(start, self.last_end, minutes) if named else None

        return self.attempt(read)

    def bare_amount(self) -> AmountPart | None:
        """Hours that are given neither of each meeting nor of all: the sentence as a whole decides, or asks."""
        start = self.token.start
        minutes = self.amount()
        return None if minutes is None else AmountPart(start, self.last_end, minutes)

    def _together(self) -> bool:
        if self.take_words("w wymiarze") or self.take_words("w sumie") or self.take_words("w liczbie"):
            self.take_any(TOGETHER)
            return True
        return self.take_any(TOGETHER)

    # ---- numbers of meetings -----------------------------------------------------------------------
    def count(self) -> Part | None:
        """ "20 kolejnych spotkań", "łącznie 9 spotkań", "10 razy"; "dwa razy w miesiącu", "20 spotkań rocznie"."""

        def read() -> Part | None:
            start = self.token.start
            declared = self._together() or self.take_words("liczba spotkan")
            self.take_sign(":")
            while declared and self.token.word in FILLERS:
                self.take()
            once = self.take_word("raz")
            number = 1 if once else self.number()
            while self.take_any(BETWEEN_NUMBER_AND_NOUN):
                pass
            if number is None or not (once or self._meeting_noun() or (declared and self._is_end_of_words())):
                return None
            if unit := self.attempt(self._per_unit):
                return FrequencyPart(start, self.last_end, number, unit)
            return None if once else CountPart(start, self.last_end, number, declared)

        return self.attempt(read)

    def _is_end_of_words(self) -> bool:
        """Whether no word follows that could be what was counted: "łącznie 9"."""
        return self.at_end or self.token.kind == SIGN or self.token.word in JOINERS

    def _meeting_noun(self) -> bool:
        """Take the noun of a number of meetings; its length may stand before it ("9 dwugodzinnych spotkań")."""
        if self.take_word("razy", "raz", "x"):
            return self.token.kind != NUMBER
        if is_meeting_word(self.token.word):
            self.take()
            return True
        # with an adjective between, it is read next, and the noun is only a filler then
        has_adjective = "godzinn" in self.token.word or self.token.kind == LENGTH
        return has_adjective and is_meeting_word(self.ahead().word)

    def _per_unit(self) -> str | None:
        if self.token.word in ADVERBS:
            return ADVERBS[self.take().word]
        self.take_word("w", "na")
        self.take_word("kazdym", "ciagu", "kazdy")
        unit = UNITS.get(self.token.word)
        if unit is None or self.tokens[self.position - 1].word not in ("w", "na", "kazdym", "ciagu", "kazdy"):
            return None
        self.take()
        return None if unit == "year" and self.token.kind == NUMBER else unit

    def every(self) -> EveryPart | None:
        """ "co tydzień", "co dwa tygodnie", "co trzeci miesiąc", "co 3 dni", "raz na dwa tygodnie"."""

        def read() -> EveryPart | None:
            start = self.token.start
            if self.take_word("cotygodniowe", "cotygodniowo", "cotygodniowych"):
                return EveryPart(start, self.last_end, 1, "week")
            if not (self.take_word("co") or self.take_words("raz na")):
                return None
            if self.take_words("pol roku"):
                return EveryPart(start, self.last_end, 6, "month")
            number = self.number() or self.ordinal() or 1
            unit = UNITS.get(self.token.word) or ("day" if self.token.word == "dni" else None)
            if unit == "quarter":
                unit, number = "month", 3 * number
            if unit not in ("day", "week", "month") or number < 1:
                return None
            self.take()
            if unit == "day" and self.token.word.startswith("robocz"):
                return None
            return EveryPart(start, self.last_end, number, unit)

        return self.attempt(read)

    def place(self) -> PlacePart | None:
        """ "miejsce: „świetlica”"."""

        def read() -> PlacePart | None:
            start = self.token.start
            self.take_word("w")
            if not self.take_word("miejsce", "miejscu"):
                return None
            self.take_sign(":")
            if self.token.kind != "quoted":
                return None
            return PlacePart(start, self.last_end, str(self.take().value))

        return self.attempt(read)
