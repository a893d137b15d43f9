"""What the grammar makes of the words: days, dates, spans, hours, numbers; and what it answers when it cannot."""

from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum


class Missing(StrEnum):
    """What a question asks about."""

    START = "start"
    END = "end"
    WEEKDAY = "weekday"
    YEAR = "year"
    NUMBER = "number"
    HOURS = "hours"
    MEANING = "meaning"  # the words may mean two things
    EVERYTHING = "everything"


@dataclass(frozen=True)
class AnswerChoice:
    """An answer: how it is called, and the whole sentence with it; empty where the user adds something of their own."""

    label: str
    sentence: str = ""


@dataclass(frozen=True)
class ScheduleQuestion:
    """What a sentence leaves open, asked in Polish, with the answers that may be meant."""

    missing: Missing
    text: str
    choices: tuple[AnswerChoice, ...] = ()


@dataclass(frozen=True)
class NotUnderstood:
    """A word that the grammar has no place for, as it was typed, and words that look like it."""

    word: str
    similar: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        hint = (
            f" Czy chodziło o „{self.similar[0]}”?"
            if self.similar
            else " Napisz to inaczej albo usuń te słowa."
        )
        return f"Nie rozumiem: „{self.word}”.{hint}"


class Ask(Exception):
    """Raised while reading: the sentence needs an answer first."""

    def __init__(self, missing: Missing, text: str, *choices: AnswerChoice) -> None:
        super().__init__(text)
        self.question = ScheduleQuestion(missing, text, choices)


@dataclass
class Part:
    """Base: where in the text it stands."""

    start: int
    end: int


class DaysKind(StrEnum):
    WEEKLY = "weekly"
    DAILY = "daily"
    WORKING = "working"
    NTH = "nth"  # first Monday
    NTH_WORKING = "nth_working"  # first working day
    OF_MONTH = "of_month"  # on the 15th
    UNSETTLED = "unsettled"  # every second week, without its weekdays


@dataclass
class DaysPart(Part):
    """On which days. ``certain``: given so that it means a series, not one day ("w każdą środę", "w środy")."""

    kind: DaysKind
    weekdays: tuple[int, ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    numbers: tuple[int, ...] = ()
    every: int = 0  # 0: not given
    every_unit: str = ""
    working: bool = False
    certain: bool = True
    mixed: bool = False  # weekdays in different forms: "poniedziałki, wt–czw"
    monthly: bool = False  # "miesiąca" was given
    number_given: int | None = None  # "w trzy wtorki"
    every_part: Part | None = None  # the words of the interval, where they stand apart
    plural_ordinal: bool = False  # "w pierwsze poniedziałki"


@dataclass
class MonthMark(Part):
    """ "miesiąca", "każdego miesiąca", "miesięcznie"."""


@dataclass
class EveryPart(Part):
    """ "co dwa tygodnie", "co trzeci miesiąc": the unit is week, month or day."""

    every: int
    unit: str


@dataclass
class FrequencyPart(Part):
    """ "dwa razy w miesiącu", "20 spotkań rocznie"."""

    number: int
    unit: str


@dataclass
class CalendarPoint(Part):
    """A day, or a month (``day`` 0), or a year (``month`` 0 too); the year may be missing."""

    day: int
    month: int
    year: int | None = None
    weekday: int | None = None


@dataclass
class RangePart(Part):
    """From a point to a point, both included; one of them may be missing. ``closes``: "do końca czerwca"."""

    first: CalendarPoint | None
    last: CalendarPoint | None
    closes: bool = False
    is_start: bool = False  # "pierwsze spotkanie 20.10"
    maybe_hours: bool = False  # "9.10–11.10" without a year may be hours
    bare_first: bool = False  # "16–18 listopada"

    @property
    def is_of_days(self) -> bool:
        """Whether both ends are days, so that it may be one meeting over several days."""
        return bool(self.first and self.last and self.first.day and self.last.day)


@dataclass
class MonthsPart(Part):
    """Months, or whole years (a CalendarPoint with month 0)."""

    points: list[CalendarPoint]


@dataclass
class DurationPart(Part):
    """ "przez trzy miesiące": the unit is day, week, month."""

    number: int
    unit: str


@dataclass
class OpenEndPart(Part):
    """ "bezterminowo", "do odwołania"."""


@dataclass
class DatesPart(Part):
    """Single days."""

    points: list[CalendarPoint]


@dataclass
class HoursPart(Part):
    """Hours of one or several meetings of a day: pairs of start and end, the end may be missing."""

    hours: list[tuple[time, time | None]]
    maybe_days: bool = False  # "10–14" without a sign of hours may be days of a month


@dataclass
class LengthPart(Part):
    """How long each meeting is, in minutes."""

    minutes: int


@dataclass
class TotalPart(Part):
    """How many hours there are in all, in minutes."""

    minutes: int


@dataclass
class AmountPart(Part):
    """Hours without a word on whether each meeting has them or all together."""

    minutes: int


@dataclass
class CountPart(Part):
    """How many meetings. ``declared``: "łącznie 9 spotkań", which may be given only to be compared."""

    number: int
    declared: bool = False


@dataclass
class PlacePart(Part):
    name: str


@dataclass
class HolidayPart(Part):
    """ "bez świąt", "także w święta"."""

    policy: str


@dataclass
class ExceptPart(Part):
    """Days left out: dates, ranges, months, patterns."""

    parts: list[Part] = field(default_factory=list)
    holidays: bool = False  # "oprócz niedziel i świąt"


@dataclass
class MovePart(Part):
    """A day of the schedule that is moved ("11.11 przeniesione na 12.11") or called off (``to`` None)."""

    day: CalendarPoint
    to: CalendarPoint | None
    hours: HoursPart | None = None
    length: LengthPart | None = None
    place: PlacePart | None = None


@dataclass
class JoinPart(Part):
    """A comma, "i", "oraz", a colon."""
