"""The parts of a clause sorted: segments between joints, the items in them, and what holds for all of them."""

import re
from dataclasses import dataclass, field

from sessions.sentences.parts import (
    AmountPart,
    Ask,
    CountPart,
    DatesPart,
    DaysKind,
    DaysPart,
    EveryPart,
    ExceptPart,
    FrequencyPart,
    HolidayPart,
    HoursPart,
    JoinPart,
    LengthPart,
    Missing,
    MonthMark,
    MovePart,
    Part,
    RangePart,
    TotalPart,
)

ONCE: dict[type[Part], tuple[str, str]] = {
    CountPart: ("count", "liczba spotkań"),
    TotalPart: ("total", "liczba godzin"),
    AmountPart: ("amount", "liczba godzin"),
    FrequencyPart: ("frequency", "częstość spotkań"),
}


@dataclass
class ClauseItem:
    """A series (``days``), or single meetings (``dates``, or ``range`` over several days)."""

    days: DaysPart | None = None
    dates: DatesPart | None = None
    range: RangePart | None = None
    spans: list[Part] = field(default_factory=list)
    leads: bool = False  # its span was given before it
    hours: list[HoursPart] = field(default_factory=list)
    length: LengthPart | None = None
    place: str = ""

    @property
    def has_end(self) -> bool:
        """Whether its hours say how long it is."""
        return bool(self.hours) and all(end for part in self.hours for _, end in part.hours)

    @property
    def part(self) -> Part:
        part = self.days or self.dates or self.range
        assert part is not None
        return part


@dataclass
class Segment:
    """What stands between two joints."""

    parts: list[Part] = field(default_factory=list)

    def of(self, *kinds: type[Part]) -> list[Part]:
        return [part for part in self.parts if isinstance(part, kinds)]


class ClauseParts:
    """One clause of a sentence: its items with spans and hours, and what is given of all of them."""

    def __init__(self, parts: list[Part], text: str) -> None:
        self.text = text
        self.items: list[ClauseItem] = []
        self.count: CountPart | None = None
        self.total: TotalPart | None = None
        self.frequency: FrequencyPart | None = None
        self.exceptions: list[ExceptPart] = []
        self.holidays: list[HolidayPart] = []
        self.moves: list[MovePart] = []
        self.lone_hours: list[HoursPart] = []
        self.lone_length: LengthPart | None = None
        self.lone_place = ""
        self.amount: AmountPart | None = None
        self.lone_spans: list[Part] = []
        self.every: EveryPart | None = None
        self.month_marks: list[MonthMark] = []
        self._left_over: list[Part] = []
        self._segments = self._divided(parts)
        self._by_segment = [self._make_items(segment) for segment in self._segments]
        self.items = [item for items in self._by_segment for item in items]

    def quote(self, part: Part) -> str:
        return self.text[part.start : part.end]

    @property
    def series(self) -> list[ClauseItem]:
        return [item for item in self.items if item.days]

    # ---- segments ----------------------------------------------------------------------------------
    def _divided(self, parts: list[Part]) -> list[Segment]:
        segments = [Segment()]
        for part in parts:
            if isinstance(part, JoinPart):
                segments.append(Segment())
            elif isinstance(part, ExceptPart):
                self.exceptions.append(part)
                if part.holidays:
                    self.holidays.append(HolidayPart(part.start, part.end, "skip"))
            elif isinstance(part, MovePart):
                self.moves.append(part)
            elif isinstance(part, HolidayPart):
                self.holidays.append(part)
            elif type(part) in ONCE:
                self._set_once(part)
            else:
                segments[-1].parts.append(part)
        return [segment for segment in segments if segment.parts]

    def _set_once(self, part: Part) -> None:
        """Keep a part that a clause has once."""
        name, what = ONCE[type(part)]
        before = getattr(self, name)
        setattr(self, name, part)
        if before is not None:
            raise Ask(
                Missing.MEANING,
                f"W jednym zdaniu jest dwa razy {what}: „{self.quote(before)}” i „{self.quote(part)}”. Zostaw jedną "
                "albo rozdziel zdania średnikiem.",
            )

    def _make_items(self, segment: Segment) -> list[ClauseItem]:
        days = [part for part in segment.of(DaysPart) if isinstance(part, DaysPart)]
        dates = [part for part in segment.of(DatesPart) if isinstance(part, DatesPart)]
        if len(days) + len(dates) > 1:
            return self._labelled_dates(days, dates)
        items = [ClauseItem(days=part) for part in days] + [ClauseItem(dates=part) for part in dates]
        if dates and (marks := segment.of(EveryPart, MonthMark)):
            raise Ask(
                Missing.MEANING,
                f"„{self.quote(dates[0])}” to same daty, a „{self.quote(marks[0])}” mówi o powtarzaniu. Zostaw jedno.",
            )
        if days:
            self._mark(segment, days[0])
        return items

    def _labelled_dates(self, days: list[DaysPart], dates: list[DatesPart]) -> list[ClauseItem]:
        """ "w środy 4.11 i 18.11.2026": dates that are called by their weekday."""
        if len(days) == len(dates) == 1 and len(dates[0].points) > 1 and _is_name_of_dates(days[0]):
            for point in dates[0].points:
                point.weekday = days[0].weekdays[0]
            return [ClauseItem(dates=dates[0])]
        first, second = sorted([*days, *dates], key=lambda part: part.start)[:2]
        raise Ask(
            Missing.MEANING,
            f"Nie wiadomo, jak połączyć „{self.quote(first)}” i „{self.quote(second)}”. Wstaw między nie „oraz” albo "
            "usuń jedno z nich.",
        )

    def _check_dotted_dates(self) -> None:
        """Ask of "w 2. środę marca i 3. kwietnia" whether the latter is a date or the third Wednesday."""
        positions = [item for item in self.series if item.days and item.days.kind == DaysKind.NTH]
        for item in self.items:
            point = item.dates.points[0] if item.dates else None
            after = point and any(each.part.start < point.start for each in positions)
            if point and after and point.day <= 5 and re.match(r"\d\.\s", self.text[point.start :]):
                raise Ask(
                    Missing.MEANING,
                    f"„{self.quote(point)}”: data czy kolejny taki dzień miesiąca? Datę zapisz cyframi, np. "
                    f"„{point.day}.{point.month:02}.2026”.",
                )

    def _mark(self, segment: Segment, days: DaysPart) -> None:
        """What the segment says of its days: the interval and "miesiąca"."""
        if segment.of(MonthMark):
            days.monthly = True
        for part in segment.of(EveryPart):
            assert isinstance(part, EveryPart)
            self._set_every(days, part)
            segment.parts.remove(part)

    def _set_every(self, days: DaysPart, part: EveryPart) -> None:
        quoted = self.quote(part)
        days.every_part = part
        if days.mixed and part.every > 1:
            raise Ask(
                Missing.MEANING,
                f"„{quoted}”: czy dotyczy wszystkich dni „{self.quote(days)}”? Napisz je w jednej formie, np. „w środy "
                "i piątki”, albo rozdziel zdania średnikiem.",
            )
        if part.unit == "month" and days.kind in (DaysKind.NTH, DaysKind.NTH_WORKING, DaysKind.OF_MONTH):
            days.every, days.every_unit, days.monthly = part.every, "month", True
        elif part.unit == "week" and days.kind == DaysKind.WEEKLY and days.every in (0, part.every):
            days.every, days.every_unit, days.certain = part.every, "week", True
        elif part.unit == "day" and part.every == 1 and days.kind in (DaysKind.DAILY, DaysKind.WORKING):
            pass
        elif part.unit == "month" and days.kind == DaysKind.WEEKLY:
            raise Ask(
                Missing.WEEKDAY,
                f"„{quoted}” i „{self.quote(days)}”: w który taki dzień miesiąca? Napisz np. „w pierwszą środę "
                "miesiąca”.",
            )
        else:
            raise Ask(
                Missing.MEANING,
                f"„{quoted}” nie pasuje do „{self.quote(days)}”. Zostaw jedno albo napisz to inaczej.",
            )


def _is_name_of_dates(days: DaysPart) -> bool:
    """Whether it is a weekday and nothing else."""
    return days.kind == DaysKind.WEEKLY and not days.every and len(days.weekdays) == 1
