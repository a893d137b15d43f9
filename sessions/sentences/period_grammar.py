"""Reading of months, years and durations; questions for spans that depend on the school."""

from sessions.sentences.date_grammar import DateReader
from sessions.sentences.parts import (
    AnswerChoice,
    Ask,
    CalendarPoint,
    DurationPart,
    Missing,
    MonthsPart,
    OpenEndPart,
)
from sessions.sentences.tokens import NUMBER, Token
from sessions.sentences.words import MONTH_WORDS, WEEK_WORDS


class PeriodReader(DateReader):
    """Reads spans that are named: months, quarters, years, "przez trzy miesiące"."""

    def months(self) -> MonthsPart | None:
        """Months in a list, a quarter, a half-year or a year."""
        return self.attempt(self._part_of_year) or self.attempt(self._months) or self.attempt(self._years)

    def _months(self) -> MonthsPart | None:
        start = self.token.start
        self._take_throughout()
        first = self.month_point()
        if first is None:
            return None
        points = [first]
        while point := self.joined_item(self.month_point):
            points.append(point)
        return MonthsPart(start, self.last_end, points)

    def _years(self) -> MonthsPart | None:
        start = self.token.start
        self.take_word("ciagu")
        self._take_throughout()
        point = self.year_point()
        return MonthsPart(start, self.last_end, [point]) if point else None

    def _take_throughout(self) -> None:
        """Take "przez cały" before a month or year."""
        self.take_word("przez")
        self.take_word("caly", "cala", "cale")

    def _part_of_year(self) -> MonthsPart | None:
        start = self.token.start
        number = self.ordinal()
        if number is None:
            return None
        word = self.take().word
        months = {"kwar": 3, "polr": 6}.get(word[:4])
        if months is None or not 1 <= number <= 12 // months:
            return None
        year = self.year()
        first = (number - 1) * months + 1
        points = [
            CalendarPoint(start, self.last_end, 0, month, year) for month in range(first, first + months)
        ]
        return MonthsPart(start, self.last_end, points)

    def duration(self) -> DurationPart | None:
        """ "przez trzy miesiące", "na pół roku", "przez 10 tygodni"."""
        return self.attempt(self._duration)

    def _duration(self) -> DurationPart | None:
        start = self.token.start
        if not (self.take_word("przez", "na") or self.take_words("w ciagu")):
            return None
        self.take_word("kolejne", "kolejnych", "caly", "okres", "nastepne")
        if self.take_words("pol roku"):
            return DurationPart(start, self.last_end, 6, "month")
        number = self.number()
        units = {**dict.fromkeys(MONTH_WORDS, ("month", 1)), **dict.fromkeys(WEEK_WORDS, ("week", 1))}
        units |= dict.fromkeys(("dni", "dzien"), ("day", 1)) | dict.fromkeys(
            ("rok", "lata", "lat"), ("month", 12)
        )
        units |= dict.fromkeys(("kwartal", "kwartaly"), ("month", 3)) | {"polrocze": ("month", 6)}
        unit = units.get(self.token.word)
        if number and number > 1900:
            return None  # "przez cały 2026 rok"
        if unit is None or (number is None and self.token.word in ("dni", "lat", "tygodni", "miesiecy")):
            return None
        if number is None and self.ahead().kind == NUMBER:
            return None  # "przez rok 2026"
        self.take()
        return DurationPart(start, self.last_end, (1 if number is None else number) * unit[1], unit[0])

    def open_end(self) -> OpenEndPart | None:
        start = self.token.start
        for phrase in (
            "bezterminowo",
            "do odwolania",
            "bez konca",
            "na stale",
            "bez daty konca",
            "na czas nieokreslony",
        ):
            if self.take_words(phrase):
                return OpenEndPart(start, self.last_end)
        return None

    def ask_about_school(self) -> None:
        """Raise a question for spans that depend on the school: they are given, but not which days they are."""
        before = self.tokens[self.position - 1] if self.position else None
        token = self.token
        if token.word in ("roku", "rok") and self.ahead().word.startswith("szkoln"):
            last = self.ahead(2) if self.ahead(2).kind == "school" else self.ahead()
            self._ask_about_school_year(token, last)
        if token.kind == "school":
            self._ask_about_school_year(token, token)
        if token.word.startswith(("wakacj", "feri", "semestr")):
            start = before.start if before and before.word in ("w", "we", "podczas", "na") else token.start
            raise Ask(
                Missing.START,
                f"Od którego do którego dnia są „{self.text[start : token.end]}”? Wpisz daty, np. „od 1.07.2026 do "
                "31.08.2026”.",
                AnswerChoice("wpiszę daty od – do"),
            )

    def _ask_about_school_year(self, first: Token, last: Token) -> None:
        before = self.tokens[self.position - 1] if self.position else None
        start = before.start if before and before.word in ("w", "we") else first.start
        year = last.value if isinstance(last.value, int) else None
        choices = []
        if year is not None:
            for label, days in (
                ("do końca zajęć szkolnych, w czerwcu", f"od 1.09.{year} do 30.06.{year + 1}"),
                ("do końca roku szkolnego, 31 sierpnia", f"od 1.09.{year} do 31.08.{year + 1}"),
            ):
                choices.append(
                    AnswerChoice(f"{label}: {days}", self.text[:start] + days + self.text[last.end :])
                )
        raise Ask(
            Missing.START,
            f"Od którego do którego dnia są spotkania „{self.text[start : last.end]}”? Wpisz daty od – do.",
            *choices,
        )
