"""Reading of days of the month: n-th weekdays, working days and days by their number; and of any days at all."""

from sessions.sentences.parts import AnswerChoice, Ask, DaysKind, DaysPart, Missing
from sessions.sentences.reader import each_of
from sessions.sentences.tokens import NUMBER, ORDINAL
from sessions.sentences.weekday_grammar import WeekdayReader
from sessions.sentences.words import (
    DAY_WORDS,
    EACH,
    MONTH_FORMS,
    ORDINALS,
    PLURAL,
    SINGULAR,
    WEEKDAY_FORMS,
    WEEKDAYS_ACCUSATIVE,
    WORKING,
)

EVERY_DAY = ("codziennie", "codzienne", "codziennych", "codzien")
SINGULAR_EACH = ("kazdy", "kazda", "kazde", "kazdego", "kazdej", "kazdym")


class DayReader(WeekdayReader):
    """Reads the parts that say on which days of the week or month."""

    def days(self) -> DaysPart | None:
        """The days at this place, the longest reading that there is."""
        forms = (
            self._every_weekday,
            self._days_of_month,
            self._nth,
            self._some_weekdays,
            self._every_day,
            self._working_days,
            self._weekdays,
            self._weekend,
        )
        for form in forms:
            if part := self.attempt(form):
                return part
        return None

    # ---- positions in the month --------------------------------------------------------------------
    def _ordinals(self) -> tuple[list[int], bool] | None:
        """Ordinals in a list or range: 1., 2. i 3.; pierwszy i ostatni; 1–3; and whether a form is plural."""
        first_token, before = self.token, self.position
        if first_token.kind == NUMBER and not self._singular_weekday_after_numbers():
            return None
        first = self._nth_number()
        if first is None:
            return None
        is_plural = first_token.word.endswith(("e", "ych", "ich")) and not first_token.word.endswith("ecie")
        numbers = [first]
        if self.take_sign("-") or (first > 0 and self.take_word("do")):
            last = self._nth_number()
            if last is None or not first < last:
                return None
            return list(range(first, last + 1)), False

        after_preposition = self.tokens[before - 1].word in ("w", "we") if before else False

        def item() -> int | None:
            if after_preposition:
                self.take_word("w", "we")
            self.take_any(EACH)
            if first_token.kind == ORDINAL and self.token.word in ORDINALS:
                return None  # "co miesiąc 1., drugiego dnia roboczego"
            return self._nth_number()

        while (number := self.joined_item(item)) is not None:
            numbers.append(number)
        return numbers, is_plural

    def _nth_number(self) -> int | None:
        """An ordinal, also without its dot ("w 2 i 4 czwartek")."""
        if self.token.kind == NUMBER and 1 <= self.token.number <= 5:
            return self.take().number
        return self.ordinal()

    def _singular_weekday_after_numbers(self) -> bool:
        """Whether the numbers here are followed by a weekday in the singular, so they are ordinals."""
        position = self.position
        while self.tokens[position].kind in (NUMBER, ORDINAL) or self.tokens[position].text in (
            ",",
            "i",
            "oraz",
            "-",
        ):
            position += 1
        return WEEKDAY_FORMS.get(self.tokens[position].word, (0, ""))[1] == SINGULAR

    def _nth(self) -> DaysPart | None:
        """ "w 1., 2. i 3. poniedziałek", "w ostatnią środę", "w 3 pierwsze wtorki", "w pierwszy dzień roboczy"."""
        start = self.token.start
        each = self.take_any(EACH)
        number = self.attempt(lambda: self._number_before_ordinal())
        listed = self._ordinals()
        if listed is None:
            return None
        positions, is_plural = listed
        if number is None and is_plural:
            number = self.attempt(self.number)
        working = self.take_any(WORKING)
        if self.take_any(DAY_WORDS):
            if number is not None or not (self.take_any(WORKING) or working):
                return None
            return DaysPart(
                start, self.last_end, DaysKind.NTH_WORKING, numbers=tuple(positions), monthly=each
            )
        form = self.weekday()
        if form is None or self.is_date_next():
            return None
        working = self.take_any(WORKING) or working
        if number is not None:
            positions = self._first_or_last(positions, number, start)
        self._refuse_unclear_list(start, positions, form[0])
        for position in positions:
            if not -5 <= position <= 5:
                return None
        is_many = form[1] == PLURAL
        places = [(position, form[0]) for position in positions]
        while (further := self.joined_item(lambda: self._further_nth(working))) is not None:
            places += further.places
            each = each or further.monthly
        return DaysPart(
            start,
            self.last_end,
            DaysKind.NTH,
            places=tuple(dict.fromkeys(places)),
            working=working,
            monthly=each,
            plural_ordinal=is_many and number is None and len(positions) == 1,
        )

    def _further_nth(self, working: bool) -> DaysPart | None:
        """A further position in the list: "… oraz w ostatnią środę"."""
        self.take_word("w", "we")
        part = self._nth()
        return (
            part
            if part and part.kind == DaysKind.NTH and part.working == working and not part.plural_ordinal
            else None
        )

    def _number_before_ordinal(self) -> int | None:
        number = self.number()
        return number if number is not None and self.token.word.startswith(("pierwsz", "ostatn")) else None

    def _first_or_last(self, positions: list[int], number: int, start: int) -> list[int]:
        """The positions of "trzy pierwsze", "dwa ostatnie"."""
        if positions == [1] and 1 <= number <= 5:
            return list(range(1, number + 1))
        if positions == [-1] and 1 <= number <= 5:
            return list(range(-number, 0))
        raise Ask(
            Missing.MEANING,
            f"Które to dni: „{self.text[start : self.last_end]}”? Napisz np. „w 1. i 2. poniedziałek”.",
        )

    def _refuse_unclear_list(self, start: int, positions: list[int], weekday: int) -> None:
        """Raise a question for "w pierwszy poniedziałek i środę": each Wednesday, or the first one?"""

        def item() -> tuple[int, str] | None:
            if not self.take_joint():
                return None
            form = self.weekday()
            if form is None or form[1] == PLURAL or self.is_date_next():
                return None
            return form

        end = self.last_end
        form = self.attempt(item)
        if form is None:
            return
        name, ordinals = WEEKDAYS_ACCUSATIVE[form[0]], ", ".join(_written(position) for position in positions)
        before, rest = self.text[:end], self.text[self.last_end :]
        raise Ask(
            Missing.MEANING,
            f"„{self.text[start : self.last_end]}”: chodzi o {ordinals} {name} czy o {each_of(form[0])} {name}?",
            AnswerChoice(f"{ordinals} {name}", f"{before} oraz w {ordinals} {name}{rest}"),
            AnswerChoice(f"{each_of(form[0])} {name}", f"{before} oraz w {each_of(form[0])} {name}{rest}"),
        )

    def _some_weekdays(self) -> DaysPart | None:
        """ "w trzy wtorki", "10 kolejnych śród": a number of weekdays without saying which."""
        start = self.token.start
        number = self.number()
        if number is None:
            return None
        consecutive = self.take_word("kolejne", "kolejnych", "nastepne", "nastepnych")
        form = self.weekday()
        if form is None or form[1] != PLURAL or self.is_date_next():
            return None
        return DaysPart(
            start, self.last_end, DaysKind.WEEKLY, (form[0],), number_given=number, plural_ordinal=consecutive
        )

    def _days_of_month(self) -> DaysPart | None:
        """ "15. dnia miesiąca", "10. i 25. każdego miesiąca", "ostatniego dnia miesiąca", "każdego 5. dnia"."""
        start = self.token.start
        self.take_any(EACH)
        day_first = self.take_any(DAY_WORDS)
        numbers = self._month_numbers()
        if not numbers:
            return None
        day = self.take_any(DAY_WORDS) or day_first
        if day and self.token.word in WORKING:
            return None
        last_of_month = numbers == [-1] and day and self.token.word in MONTH_FORMS  # "ostatniego dnia lutego"
        if self.month_mark() is None and not last_of_month:
            return None
        if not all(1 <= number <= 31 or number == -1 for number in numbers):
            return None
        return DaysPart(
            start, self.last_end, DaysKind.OF_MONTH, numbers=tuple(dict.fromkeys(numbers)), monthly=True
        )

    def _month_numbers(self) -> list[int]:
        def item() -> int | None:
            if self.token.kind == NUMBER:
                return self.take().number
            return self.ordinal()

        numbers = [first] if (first := self.attempt(item)) is not None else []
        while numbers and (number := self.joined_item(item)) is not None:
            numbers.append(number)
        return numbers

    def day_of_month_after_mark(self) -> DaysPart | None:
        """ "co miesiąc 15.": numbers of days after the month was given."""

        def read() -> DaysPart | None:
            start = self.token.start
            self.take_any(DAY_WORDS)
            numbers = self._month_numbers()
            if not numbers or self.token.word in WEEKDAY_FORMS or self.token.word in WORKING:
                return None
            self.take_any(DAY_WORDS)
            if self.token.word in MONTH_FORMS or not all(1 <= each <= 31 or each == -1 for each in numbers):
                return None
            return DaysPart(start, self.last_end, DaysKind.OF_MONTH, numbers=tuple(numbers), monthly=True)

        return self.attempt(read)


def _written(position: int) -> str:
    return {-1: "ostatni", -2: "przedostatni"}.get(position, f"{position}.")
