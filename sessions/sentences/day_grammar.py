"""Reading of days: weekdays, every day, n-th weekday, working day or day of the month."""

from sessions.sentences.parts import Ask, Choice, DayKind, DaysPart, Missing, MonthMark
from sessions.sentences.reader import each_of
from sessions.sentences.time_grammar import TimeReader
from sessions.sentences.tokens import NUMBER, ORDINAL
from sessions.sentences.words import (
    DAY_WORDS,
    EACH,
    MONTH_FORMS,
    MONTH_WORDS,
    PLURAL,
    SHORT,
    SINGULAR,
    WEEKDAY_FORMS,
    WEEKDAYS_ACCUSATIVE,
    WEEKDAYS_PLURAL,
    WORKING,
)

EVERY_DAY = ("codziennie", "codzienne", "codziennych", "codzien")
SINGULAR_EACH = ("kazdy", "kazda", "kazde", "kazdego", "kazdej", "kazdym")


class DayReader(TimeReader):
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

    def month_mark(self) -> MonthMark | None:
        """ "miesiąca", "każdego miesiąca", "co miesiąc", where no number makes another thing of it."""

        def read() -> MonthMark | None:
            start = self.token.start
            if self.take_word("miesiecznie", "comiesieczne", "comiesiecznie"):
                return MonthMark(start, self.last_end)
            self.take_word("w", "na")
            self.take_any(EACH) or self.take_word("danego", "kolejnych")
            if not self.take_any(MONTH_WORDS):
                return None
            return MonthMark(start, self.last_end)

        return self.attempt(read)

    # ---- lists of weekdays -------------------------------------------------------------------------
    def _weekday_range(self) -> tuple[list[int], str] | None:
        """ "poniedziałek–czwartek", "od wtorku do piątku", or one weekday."""

        def read() -> tuple[list[int], str] | None:
            marked = self.take_word("od")
            first = self.weekday()
            if first is None:
                return None

            def last() -> tuple[int, str] | None:
                if not (self.take_sign("-") or self.take_word("do")):
                    return None
                return self.weekday()

            until = self.attempt(last)
            if until is None:
                return None if marked else ([first[0]], first[1])
            if until[0] <= first[0]:
                raise Ask(
                    Missing.WEEKDAY,
                    f"Które to dni tygodnia: „od {self.text[self.tokens[self.position - 3].start : self.last_end]}”? "
                    "Wymień je po kolei.",
                )
            return list(range(first[0], until[0] + 1)), PLURAL

        return self.attempt(read)

    def _weekday_list(self) -> tuple[list[int], bool] | None:
        """Weekdays in a list, and whether their forms say that they are meant each week."""
        first = self._weekday_range()
        if first is None:
            return None
        numbers, forms = list(first[0]), {first[1]}
        while True:
            item = self.joined_item(self._further_weekday)
            if item is None:
                return list(dict.fromkeys(numbers)), SINGULAR not in forms
            numbers += item[0]
            forms.add(item[1])

    def _further_weekday(self) -> tuple[list[int], str] | None:
        """A further weekday of the list; not one that names a date, and none with hours of its own."""
        self.take_any(EACH)
        item = self._weekday_range()
        if item is None or self.is_date_next() or self._day_of_month_next():
            return None
        return item

    def _day_of_month_next(self) -> bool:
        return self.token.kind in (NUMBER, ORDINAL) and self.ahead().word in MONTH_FORMS

    def _weekdays(self) -> DaysPart | None:
        """ "w środy", "w poniedziałek i środę", "pn–pt", "w każdą środę", "wszystkie soboty"."""
        start = self.token.start
        each = self.take_any(EACH)
        self.take_word("tydzien") if each else None
        listed = self._weekday_list()
        if listed is None:
            return None
        numbers, certain = listed
        is_label = not certain or (len(numbers) == 1 and not each and self._is_short())
        if is_label and self._date_follows():
            return None
        return DaysPart(start, self.last_end, DayKind.WEEKLY, tuple(numbers), certain=certain or each)

    def _date_follows(self) -> bool:
        """Whether a date comes next, perhaps after a comma, which the weekday only names: "w środę, 3 marca"."""
        before = self.position
        self.take_sign(",")
        follows = self.is_date_next() or self._day_of_month_next()
        self.position = before
        return follows

    def _is_short(self) -> bool:
        """Whether the weekday just taken is an abbreviation, which may call a single date by its day."""
        return WEEKDAY_FORMS.get(self.tokens[self.position - 1].word, (0, ""))[1] == SHORT

    def _weekend(self) -> DaysPart | None:
        start = self.token.start
        self.take_any(EACH)
        if not self.token.word.startswith("weekend"):
            return None
        self.take()
        rest = self.text[self.last_end :]
        before = self.text[:start]
        raise Ask(
            Missing.MEANING,
            "Czy w weekend są dwa osobne spotkania, w sobotę i w niedzielę?",
            Choice("tak, osobno w soboty i w niedziele", f"{before}soboty i niedziele{rest}"),
            Choice("tylko w soboty", f"{before}soboty{rest}"),
            Choice("jedno spotkanie przez dwa dni: wpiszę daty od – do"),
        )

    def _every_weekday(self) -> DaysPart | None:
        """ "co drugi wtorek", "co trzecią środę", "co wtorek i czwartek"."""
        start = self.token.start
        if not self.take_word("co"):
            return None
        self.take_any(EACH)
        every = self.ordinal() or self.number() or 1
        listed = self._weekday_list()
        if listed is None or every < 1:
            return None
        part = DaysPart(
            start, self.last_end, DayKind.WEEKLY, tuple(listed[0]), every=every, every_unit="week"
        )
        mark = self.month_mark()
        if mark and every > 1:
            name = WEEKDAYS_ACCUSATIVE[listed[0][0]]
            rest = self.text[mark.end :]
            before = self.text[:start]
            raise Ask(
                Missing.MEANING,
                f"„{self.text[start : mark.end]}” może znaczyć dwie rzeczy. Którą?",
                Choice(f"{every}. {name} miesiąca", f"{before}{every}. {name} miesiąca{rest}"),
                Choice(f"co {every}. tydzień", f"{before}co {every}. {name}{rest}"),
            )
        return part

    # ---- every day ---------------------------------------------------------------------------------
    def _every_day(self) -> DaysPart | None:
        """ "codziennie", "każdego dnia", "co drugi dzień"; with weekdays it means only these."""
        start = self.token.start
        if self.take_any(EVERY_DAY) or self.take_words("dzien w dzien"):
            pass
        elif not (self.take_any(SINGULAR_EACH) and self.take_any(DAY_WORDS)):
            return None
        if self.token.word in WORKING or self.take_words("w dni"):
            self.take_any(WORKING)
            return DaysPart(start, self.last_end, DayKind.WORKING)
        if self.token.word == "tygodnia":
            return None

        def listed() -> tuple[list[int], bool] | None:
            self.take_sign(",", "(")
            self.take_word("w", "we")
            result = self._weekday_list()
            return None if result is None or self.is_date_next() else result

        weekdays = self.attempt(listed)
        if weekdays:
            return DaysPart(start, self.last_end, DayKind.WEEKLY, tuple(weekdays[0]))
        return DaysPart(start, self.last_end, DayKind.DAILY, every=1)

    def _working_days(self) -> DaysPart | None:
        """ "w dni robocze", "w każdy dzień roboczy"."""
        start = self.token.start
        self.take_any(EACH)
        if not self.take_any(DAY_WORDS):
            return None
        if self.take_any(WORKING):
            return DaysPart(start, self.last_end, DayKind.WORKING)
        if self.token.word.startswith("powszedn"):
            self.take()
            before, rest = self.text[:start], self.text[self.last_end :]
            raise Ask(
                Missing.MEANING,
                "Czy dni powszednie są tu z sobotą?",
                Choice("nie, dni robocze", f"{before}dni robocze{rest}"),
                Choice(
                    "tak, od poniedziałku do soboty",
                    f"{before}poniedziałki, wtorki, środy, czwartki, piątki i soboty{rest}",
                ),
            )
        return None

    # ---- positions in the month --------------------------------------------------------------------
    def _ordinals(self) -> tuple[list[int], bool] | None:
        """Ordinals in a list or range: 1., 2. i 3.; pierwszy i ostatni; 1–3; and whether a form is plural."""
        first_token = self.token
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

        def item() -> int | None:
            self.take_word("w", "we")
            self.take_any(EACH)
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
            return DaysPart(start, self.last_end, DayKind.NTH_WORKING, numbers=tuple(positions), monthly=each)
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
            DayKind.NTH,
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
            if part and part.kind == DayKind.NTH and part.working == working and not part.plural_ordinal
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
            Choice(f"{ordinals} {name}", f"{before} oraz w {ordinals} {name}{rest}"),
            Choice(f"{each_of(form[0])} {name}", f"{before} oraz w {each_of(form[0])} {name}{rest}"),
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
            start, self.last_end, DayKind.WEEKLY, (form[0],), number_given=number, plural_ordinal=consecutive
        )

    def _days_of_month(self) -> DaysPart | None:
        """ "15. dnia miesiąca", "10. i 25. każdego miesiąca", "ostatniego dnia miesiąca", "każdego 5. dnia miesiąca"."""
        start = self.token.start
        self.take_any(EACH)
        day_first = self.take_any(DAY_WORDS)
        numbers = self._month_numbers()
        if not numbers:
            return None
        day = self.take_any(DAY_WORDS) or day_first
        if day and self.token.word in WORKING:
            return None
        if self.month_mark() is None:
            return None
        if not all(1 <= number <= 31 or number == -1 for number in numbers):
            return None
        return DaysPart(
            start, self.last_end, DayKind.OF_MONTH, numbers=tuple(dict.fromkeys(numbers)), monthly=True
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
            return DaysPart(start, self.last_end, DayKind.OF_MONTH, numbers=tuple(numbers), monthly=True)

        return self.attempt(read)


def _written(position: int) -> str:
    return {-1: "ostatni", -2: "przedostatni"}.get(position, f"{position}.")


def plural_of(weekday: int) -> str:
    """ "środy"."""
    return WEEKDAYS_PLURAL[weekday]
