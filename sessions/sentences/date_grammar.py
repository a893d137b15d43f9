"""Reading of days, ranges of days, months, years and durations."""

import re

from sessions.sentences.parts import (
    CalendarPoint,
    DatesPart,
    RangePart,
)
from sessions.sentences.reader import Reader
from sessions.sentences.tokens import DATE, MONTH_YEAR, NUMBER, ORDINAL
from sessions.sentences.words import (
    DAY_WORDS,
    MONTH_FORMS,
    MONTH_WORDS,
    ROMAN,
    YEAR_WORDS,
    is_meeting_word,
)

END_WORDS = ("konca", "koniec")
FIRST_DAY = ("start", "poczatek", "rozpoczecie", "poczawszy", "poczynajac", "zaczynajac")
GENITIVE_PREPOSITIONS = ("od", "do", "oprocz", "procz", "bez", "poza", "wyjatkiem", "dnia")
LAST_DAY = ("zakonczenie", "koniec")


def _looks_like_hour(text: str) -> bool:
    """Whether a date without a year could be an hour: 9.10."""
    match = re.fullmatch(r"(\d{1,2})\.(\d\d)", text)
    return bool(match and int(match[1]) < 24)


class DateReader(Reader):
    """Reads everything that says when in the calendar."""

    # ---- points ------------------------------------------------------------------------------------
    def year(self) -> int | None:
        """A year: 2026, 2026 r., roku 2026."""

        def read() -> int | None:
            before = self.take_any(YEAR_WORDS)
            token = self.token
            if token.kind != NUMBER or len(token.text) != 4:
                return None
            self.take()
            if not before:
                self.take_any(YEAR_WORDS)
            return token.number

        return self.attempt(read)

    def month(self) -> int | None:
        """A month in words, or in Roman figures when a year follows or a day precedes."""
        token = self.token
        number = MONTH_FORMS.get(token.word)
        if token.word == "sie" and self.position and self.tokens[self.position - 1].kind in (NUMBER, ORDINAL):
            number = 8  # elsewhere it is the word "się"
        if number is None and token.text in ROMAN:
            before = self.tokens[self.position - 1] if self.position else None
            after_day = before is not None and before.kind in (NUMBER, ORDINAL)
            if after_day or (self.ahead().kind == NUMBER and len(self.ahead().text) == 4):
                number = ROMAN[token.text]
        if number is not None:
            self.take()
        return number

    def day_point(self) -> CalendarPoint | None:
        """A day with its month, perhaps with its weekday: 3.10, 3 października 2022 r., w środę 5.10 (środa)."""
        return self.attempt(self._day_point)

    def _day_point(self) -> CalendarPoint | None:
        start = self.token.start
        label = self.weekday()
        if label:
            before = self.tokens[self.position - 2].word if self.position > 1 else ""
            if label[1] == "plural" and before not in GENITIVE_PREPOSITIONS:
                return None  # "od środy 7.10" is the genitive, "w środy" the plural
            self.take_sign(",", "(")
        self.take_any(DAY_WORDS)
        point = self._date_in_figures(start) or self._date_in_words(start)
        if point is None:
            return None
        point.weekday = label[0] if label else None
        self._take_label(point)
        return point

    def _date_in_figures(self, start: int) -> CalendarPoint | None:
        value = self.token.value
        if self.token.kind != DATE or not isinstance(value, tuple):
            return None
        self.take()
        day, month, year = value
        if year is None:
            year = self.year()
        else:
            self.take_any(YEAR_WORDS)
        return CalendarPoint(start, self.last_end, day, month, year)

    def _date_in_words(self, start: int) -> CalendarPoint | None:
        if self.token.kind not in (NUMBER, ORDINAL) or not 1 <= self.token.number <= 31:
            return None
        day = self.take().number
        self.take_any(("dnia", "dzien"))
        month = self.month()
        if month is None:
            return None
        year = self.year()
        return CalendarPoint(start, self.last_end, day, month, year)

    def _take_label(self, point: CalendarPoint) -> None:
        """The weekday after a date, in brackets."""

        def read() -> int | None:
            if not self.take_sign("("):
                return None
            form = self.weekday()
            return form[0] if form and self.take_sign(")") else None

        label = self.attempt(read)
        if label is not None:
            point.weekday, point.end = label, self.last_end

    def month_point(self) -> CalendarPoint | None:
        """A month: listopada, listopadzie 2026, 11.2026."""

        def read() -> CalendarPoint | None:
            start = self.token.start
            self.take_any(MONTH_WORDS)
            value = self.token.value
            if self.token.kind == MONTH_YEAR and isinstance(value, tuple):
                self.take()
                self.take_any(YEAR_WORDS)
                return CalendarPoint(start, self.last_end, 0, *value)
            month = self.month()
            return None if month is None else CalendarPoint(start, self.last_end, 0, month, self.year())

        point = self.attempt(read)
        if point:
            point.end = self.last_end
        return point

    def year_point(self) -> CalendarPoint | None:
        start = self.token.start
        year = self.year()
        return None if year is None else CalendarPoint(start, self.last_end, 0, 0, year)

    def point(self) -> CalendarPoint | None:
        return self.day_point() or self.month_point() or self.year_point()

    def _bare_day(self) -> CalendarPoint | None:
        """A number that may be a day whose month comes later."""
        start = self.token.start
        self.take_any(("dnia", "dni", "dniach"))
        token = self.token
        if token.kind in (NUMBER, ORDINAL) and 1 <= token.number <= 31 and len(token.text) < 5:
            self.take()
            return CalendarPoint(start, self.last_end, token.number, 0)
        return None

    # ---- single days -------------------------------------------------------------------------------
    def dates(self) -> DatesPart | None:
        """Days in a list; a day without its month takes it from the next: 3, 10 i 17 października 2022."""

        def read() -> DatesPart | None:
            start = self.token.start
            points = [self._list_item()]
            while points[-1] and (item := self.joined_item(self._list_item)):
                points.append(item)
            given = [point for point in points if point]
            if not given or not given[-1].month:
                return None
            for earlier, later in zip(reversed(given[:-1]), reversed(given[1:]), strict=True):
                if not earlier.month:
                    earlier.month, earlier.year, earlier.end = later.month, later.year, earlier.end
            return DatesPart(start, self.last_end, given)

        return self.attempt(read)

    def _list_item(self) -> CalendarPoint | None:
        """A day, but not the first one of a range."""

        def read() -> CalendarPoint | None:
            point = self.day_point() or self._bare_day()
            if point is None or self.is_sign("-") or (point.month == 0 and not self._list_goes_on()):
                return None
            return point

        return self.attempt(read)

    def _list_goes_on(self) -> bool:
        """Whether a list of days goes on until a month: after "3" in "3, 10 i 17 października"."""

        def read() -> bool | None:
            if not self.take_joint():
                return None
            following = self.day_point() or self._bare_day()
            if following is None or self.is_sign("-"):
                return None
            return True if following.month else (self._list_goes_on() or None)

        before = self.position
        goes_on = bool(read())
        self.position = before
        return goes_on

    # ---- ranges ------------------------------------------------------------------------------------
    def range(self) -> RangePart | None:
        """From a point to a point: od 1.09 do 15.12.2026, 1–15.12.2026, od listopada, do końca czerwca 2027."""
        for form in (self._marked_day, self._from_to, self._between, self._dashed, self._until):
            if part := self.attempt(form):
                return part
        return None

    def _range_start(self) -> CalendarPoint | None:
        self.take_any(DAY_WORDS)
        if self.take_any(("poczatku",)):
            return self.month_point()
        return self.point() or self._bare_day()

    def _from_to(self) -> RangePart | None:
        start = self.token.start
        self.take_word("dniach", "dni", "dniu")
        marked = self.take_any(FIRST_DAY)
        if not self.take_word("od", "z"):
            return None
        first = self._range_start()
        if first is None:
            return None

        def end() -> RangePart | None:
            self.take_sign(",")
            self.take_word("az")
            if not (self.take_word("do") or self.take_sign("-")):
                return None
            closes = self._closes()
            last = self._range_end(closes)
            return self._make(start, first, last, closes) if last else None

        whole = self.attempt(end)
        if whole:
            return whole
        if not first.month and first.year is None:
            return None
        return RangePart(start, self.last_end, first, None, is_start=marked)

    def _closes(self) -> bool:
        return self.take_any(END_WORDS)

    def _range_end(self, closes: bool) -> CalendarPoint | None:
        self.take_any(DAY_WORDS)
        point = self.point()
        if point is None and closes and self.take_word("roku"):
            return CalendarPoint(self.tokens[self.position - 1].start, self.last_end, 0, 0, None)
        return point

    def _between(self) -> RangePart | None:
        start = self.token.start
        if not self.take_word("miedzy", "pomiedzy"):
            return None
        first = self._range_start()
        if first is None or not self.take_word("a", "i"):
            return None
        last = self._range_end(False)
        return self._make(start, first, last, False) if last else None

    def _dashed(self) -> RangePart | None:
        start = self.token.start
        self.take_word("dniach", "dni", "dniu")
        first = self.point() or self._bare_day()
        if first is None or not (self.take_sign("-") or self.take_word("do")):
            return None
        closes = self._closes()
        last = self._range_end(closes)
        return self._make(start, first, last, closes) if last else None

    def _until(self) -> RangePart | None:
        start = self.token.start
        self.take_word("az")
        if not self.take_word("do"):
            return None
        closes = self._closes()
        last = self._range_end(closes)
        if last is None or (not last.month and not closes):
            return None
        return RangePart(start, self.last_end, None, last, closes)

    def _marked_day(self) -> RangePart | None:
        """ "pierwsze spotkanie 20.10.2026", "start: 5 października", "ostatnie spotkanie 15.12.2026"."""
        start = self.token.start
        ordinal = self.ordinal()
        if ordinal in (1, -1) and is_meeting_word(self.token.word):
            self.take()
            is_first = ordinal == 1
        elif ordinal is None and self.token.word in (*FIRST_DAY, *LAST_DAY):
            is_first = self.take().word in FIRST_DAY
        else:
            return None
        self.take_sign(":", "-")
        self.take_word("odbedzie")
        self.take_word("sie")
        self.take_word("w", "we", "od")
        point = self.day_point()
        if point is None:
            return None
        if is_first:
            return RangePart(start, self.last_end, point, None, is_start=True)
        return RangePart(start, self.last_end, None, point)

    def _make(self, start: int, first: CalendarPoint, last: CalendarPoint, closes: bool) -> RangePart | None:
        """The range; a first day without its month takes that of the last: od 1 do 15.12.2026."""
        bare = not first.month and first.year is None
        if bare:
            if not last.month or not last.day:
                return None
            first.month, first.year = last.month, last.year
        maybe_hours = (
            _looks_like_hour(self.text[first.start : first.end])
            and _looks_like_hour(self.text[last.start : last.end])
            and (first.day, first.month) < (last.day, last.month)
        )
        return RangePart(start, self.last_end, first, last, closes, maybe_hours=maybe_hours, bare_first=bare)
