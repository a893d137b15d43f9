"""Reading of weekdays and of every day: "w środy", "pn–pt", "co drugi wtorek", "codziennie", "w dni robocze"."""

from sessions.sentences.parts import AnswerChoice, Ask, DaysKind, DaysPart, Missing, MonthMark
from sessions.sentences.time_grammar import TimeReader
from sessions.sentences.tokens import NUMBER, ORDINAL
from sessions.sentences.words import (
    DAY_WORDS,
    EACH,
    MONTH_FORMS,
    MONTH_WORDS,
    SHORT,
    SINGULAR,
    WEEKDAY_FORMS,
    WEEKDAYS_ACCUSATIVE,
    WORKING,
)

EVERY_DAY = ("codziennie", "codzienne", "codziennych", "codzien")
RANGE = "range"  # the form of "pn–pt"
SINGULAR_EACH = ("kazdy", "kazda", "kazde", "kazdego", "kazdej", "kazdym")


class WeekdayReader(TimeReader):
    """Reads the days that come back each week or each day."""

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
            return list(range(first[0], until[0] + 1)), RANGE

        return self.attempt(read)

    def _weekday_list(self) -> tuple[list[int], bool] | None:
        """Weekdays in a list, and whether their forms say that they are meant each week."""
        listed = self._weekdays_and_forms()
        return None if listed is None else (listed[0], SINGULAR not in listed[1])

    def _weekdays_and_forms(self) -> tuple[list[int], set[str]] | None:
        first = self._weekday_range()
        if first is None:
            return None
        numbers, forms = list(first[0]), {first[1]}
        while True:
            item = self.joined_item(self._further_weekday)
            if item is None:
                return list(dict.fromkeys(numbers)), forms
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
        listed = self._weekdays_and_forms()
        if listed is None:
            return None
        numbers, certain = listed[0], SINGULAR not in listed[1]
        is_label = not each and (not certain or (len(numbers) == 1 and self._is_short()))
        if is_label and self._date_follows():
            return None
        part = DaysPart(start, self.last_end, DaysKind.WEEKLY, tuple(numbers), certain=certain or each)
        part.mixed = len(listed[1]) > 1
        return part

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
            AnswerChoice("tak, osobno w soboty i w niedziele", f"{before}soboty i niedziele{rest}"),
            AnswerChoice("tylko w soboty", f"{before}soboty{rest}"),
            AnswerChoice("jedno spotkanie przez dwa dni: wpiszę daty od – do"),
        )

    def _every_weekday(self) -> DaysPart | None:
        """ "co drugi wtorek", "co trzecią środę", "co wtorek i czwartek"."""
        start = self.token.start
        if not self.take_word("co"):
            return None
        self.take_any(EACH)
        every = self.ordinal() or self.number() or 1
        first = self.weekday()
        if first is None or every < 1:
            return None
        weekdays = [first[0]]
        # only weekdays in the same form share the interval: "co drugi wtorek i czwartek", not "co drugi wtorek, środy"
        while (further := self.joined_item(lambda: self._weekday_in_form(first[1]))) is not None:
            weekdays.append(further)
        listed = tuple(dict.fromkeys(weekdays))
        part = DaysPart(start, self.last_end, DaysKind.WEEKLY, listed, every=every, every_unit="week")
        mark = self.month_mark()
        if mark and every > 1:
            name = WEEKDAYS_ACCUSATIVE[listed[0]]
            rest = self.text[mark.end :]
            before = self.text[:start]
            raise Ask(
                Missing.MEANING,
                f"„{self.text[start : mark.end]}” może znaczyć dwie rzeczy. Którą?",
                AnswerChoice(f"{every}. {name} miesiąca", f"{before}{every}. {name} miesiąca{rest}"),
                AnswerChoice(f"co {every}. tydzień", f"{before}co {every}. {name}{rest}"),
            )
        return part

    def _weekday_in_form(self, form: str) -> int | None:
        following = self.weekday()
        if following is None or following[1] != form or self.is_sign("-") or self._date_follows():
            return None
        return following[0]

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
            return DaysPart(start, self.last_end, DaysKind.WORKING)
        if self.token.word == "tygodnia":
            return None

        def listed() -> tuple[list[int], bool] | None:
            self.take_sign(",", "(")
            self.take_word("w", "we")
            result = self._weekday_list()
            return None if result is None or self.is_date_next() else result

        weekdays = self.attempt(listed)
        if weekdays:
            return DaysPart(start, self.last_end, DaysKind.WEEKLY, tuple(weekdays[0]))
        return DaysPart(start, self.last_end, DaysKind.DAILY, every=1)

    def _working_days(self) -> DaysPart | None:
        """ "w dni robocze", "w każdy dzień roboczy"."""
        start = self.token.start
        self.take_any(EACH)
        if not self.take_any(DAY_WORDS):
            return None
        if self.take_any(WORKING):
            return DaysPart(start, self.last_end, DaysKind.WORKING)
        if self.token.word.startswith("powszedn"):
            self.take()
            before, rest = self.text[:start], self.text[self.last_end :]
            raise Ask(
                Missing.MEANING,
                "Czy dni powszednie są tu z sobotą?",
                AnswerChoice("nie, dni robocze", f"{before}dni robocze{rest}"),
                AnswerChoice(
                    "tak, od poniedziałku do soboty",
                    f"{before}poniedziałki, wtorki, środy, czwartki, piątki i soboty{rest}",
                ),
            )
        return None
