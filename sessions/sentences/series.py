"""The parts of a clause, each with what is given of it: series of days, single meetings, their spans and hours."""

import re
from dataclasses import dataclass, field

from sessions.schedule.hours import TimeSlot, minute_of
from sessions.sentences.parts import (
    AmountPart,
    Ask,
    Choice,
    CountPart,
    DatesPart,
    DayKind,
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
    MonthsPart,
    MovePart,
    OpenEndPart,
    Part,
    PlacePart,
    RangePart,
    TotalPart,
)
from sessions.sentences.spans import SPAN_PARTS


@dataclass
class Item:
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
    def has_time(self) -> bool:
        return bool(self.hours or self.length)

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


class Clause:
    """One clause of a sentence: its items with spans and hours, and what is given of all of them."""

    def __init__(self, parts: list[Part], text: str) -> None:
        self.text = text
        self.items: list[Item] = []
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
        segments = self._segments(parts)
        self._by_segment = [self._make_items(segment) for segment in segments]
        self.items = [item for items in self._by_segment for item in items]
        self._check_dotted_dates()
        self._attach_spans(segments)
        self._attach_times(segments)
        self._settle_amount()
        self._check_hours_and_days()

    def quote(self, part: Part) -> str:
        return self.text[part.start : part.end]

    @property
    def series(self) -> list[Item]:
        return [item for item in self.items if item.days]

    # ---- segments ----------------------------------------------------------------------------------
    def _segments(self, parts: list[Part]) -> list[Segment]:
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
            elif isinstance(part, CountPart):
                self._once("liczba spotkań", self.count, part)
                self.count = part
            elif isinstance(part, TotalPart):
                self._once("liczba godzin", self.total, part)
                self.total = part
            elif isinstance(part, FrequencyPart):
                self._once("częstość spotkań", self.frequency, part)
                self.frequency = part
            elif isinstance(part, AmountPart):
                self._once("liczba godzin", self.amount, part)
                self.amount = part
            else:
                segments[-1].parts.append(part)
        return [segment for segment in segments if segment.parts]

    def _once(self, what: str, before: Part | None, part: Part) -> None:
        if before is not None:
            raise Ask(
                Missing.MEANING,
                f"W jednym zdaniu jest dwa razy {what}: „{self.quote(before)}” i „{self.quote(part)}”. Zostaw jedną "
                "albo rozdziel zdania średnikiem.",
            )

    def _make_items(self, segment: Segment) -> list[Item]:
        days = [part for part in segment.of(DaysPart) if isinstance(part, DaysPart)]
        dates = [part for part in segment.of(DatesPart) if isinstance(part, DatesPart)]
        if len(days) + len(dates) > 1:
            return self._labelled_dates(days, dates)
        items = [Item(days=part) for part in days] + [Item(dates=part) for part in dates]
        if dates and (marks := segment.of(EveryPart, MonthMark)):
            raise Ask(
                Missing.MEANING,
                f"„{self.quote(dates[0])}” to same daty, a „{self.quote(marks[0])}” mówi o powtarzaniu. Zostaw jedno.",
            )
        if days:
            self._mark(segment, days[0])
        return items

    def _labelled_dates(self, days: list[DaysPart], dates: list[DatesPart]) -> list[Item]:
        """ "w środy 4.11 i 18.11.2026": dates that are called by their weekday."""
        if len(days) == len(dates) == 1 and days[0].kind == DayKind.WEEKLY and not days[0].every:
            if len(days[0].weekdays) == 1 and len(dates[0].points) > 1:
                for point in dates[0].points:
                    point.weekday = days[0].weekdays[0]
                return [Item(dates=dates[0])]
        first, second = sorted([*days, *dates], key=lambda part: part.start)[:2]
        raise Ask(
            Missing.MEANING,
            f"Nie wiadomo, jak połączyć „{self.quote(first)}” i „{self.quote(second)}”. Wstaw między nie „oraz” albo "
            "usuń jedno z nich.",
        )

    def _check_dotted_dates(self) -> None:
        """Ask of "w 2. środę marca i 3. kwietnia" whether the latter is a date or the third Wednesday."""
        positions = [item for item in self.series if item.days and item.days.kind == DayKind.NTH]
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
        if part.unit == "month" and days.kind in (DayKind.NTH, DayKind.NTH_WORKING, DayKind.OF_MONTH):
            days.every, days.every_unit, days.monthly = part.every, "month", True
        elif part.unit == "week" and days.kind == DayKind.WEEKLY and days.every in (0, part.every):
            days.every, days.every_unit, days.certain = part.every, "week", True
        elif part.unit == "day" and part.every == 1 and days.kind in (DayKind.DAILY, DayKind.WORKING):
            pass
        elif part.unit == "month" and days.kind == DayKind.WEEKLY:
            raise Ask(
                Missing.WEEKDAY,
                f"„{quoted}” i „{self.quote(days)}”: w który taki dzień miesiąca? Napisz np. „w pierwszą środę miesiąca”.",
            )
        else:
            raise Ask(
                Missing.MEANING,
                f"„{quoted}” nie pasuje do „{self.quote(days)}”. Zostaw jedno albo napisz to inaczej.",
            )

    # ---- spans -------------------------------------------------------------------------------------
    def _attach_spans(self, segments: list[Segment]) -> None:
        for number, segment in enumerate(segments):
            items = self._by_segment[number]
            spans = segment.of(*SPAN_PARTS)
            marks = [part for part in segment.parts if isinstance(part, EveryPart | MonthMark)]
            if not items and marks:
                self._left_over += marks
            if not spans:
                continue
            series = [item for item in items if item.days]
            if series:
                series[0].spans += spans
                series[0].leads = spans[0].start < series[0].part.start
            elif not items:
                self._attach_lone_span(number, spans, segments)
            elif all(isinstance(part, MonthsPart) for part in spans):
                pass  # "w 2026 roku: 3.10 i 7.11": the year is settled already
            else:
                raise self._unclear(spans[0])
        self._attach_left_over()
        self._check_intervals()
        self._inherit_spans()

    def _attach_lone_span(self, number: int, spans: list[Part], segments: list[Segment]) -> None:
        before = [item for items in self._by_segment[:number] for item in items if item.days]
        after = [item for items in self._by_segment[number + 1 :] for item in items if item.days]
        pending = [item for item in before if not item.spans]
        following = [item for item in (self._by_segment[number + 1 : number + 2] or [[]])[0] if item.days]
        next_has_own = number + 1 < len(segments) and bool(segments[number + 1].of(*SPAN_PARTS))
        if pending and len(pending) == len(before):
            if following and not next_has_own:
                raise self._unclear(spans[0])
            for item in pending:
                item.spans += spans
        elif pending:
            raise self._unclear(spans[0])
        elif before:
            if following and not next_has_own:
                raise self._unclear(spans[0])
            self._extend(before[-1], spans)
        elif after:
            after[0].spans = spans + after[0].spans
            after[0].leads = True
        else:
            self.lone_spans += spans

    def _extend(self, item: Item, spans: list[Part]) -> None:
        """Add a span to a series that has one: further months, or the end that its start lacks."""
        for span in spans:
            months = isinstance(span, MonthsPart) and all(isinstance(each, MonthsPart) for each in item.spans)
            if (months and not item.leads) or _completes(item.spans, span):
                item.spans.append(span)
            else:
                raise self._unclear(span)

    def _unclear(self, part: Part) -> Ask:
        return Ask(
            Missing.MEANING,
            f"Nie wiadomo, do których spotkań należy „{self.quote(part)}”. Rozdziel zdania średnikiem.",
        )

    def _attach_left_over(self) -> None:
        series = [item.days for item in self.items if item.days]
        for part in self._left_over:
            if isinstance(part, MonthMark):
                for days in series:
                    days.monthly = True
                continue
            assert isinstance(part, EveryPart)
            if len(series) == 1:
                self._set_every(series[0], part)
            elif not series:
                self.every = part
            else:
                raise self._unclear(part)

    def _check_intervals(self) -> None:
        """Ask whether "co dwa tygodnie w środy i w piątki" holds for both."""
        spaced = [item.days for item in self.series if item.days and item.days.every_part and item.days.every > 1]
        for days in spaced:
            assert days.every_part
            for other in (item.days for item in self.series):
                assert other
                if other.kind == days.kind and not other.every:
                    interval = self.quote(days.every_part)
                    usual = "co tydzień" if days.every_unit == "week" else "co miesiąc"
                    start = self._start_with_preposition(other)
                    before, rest = self.text[:start], self.text[start:]
                    raise Ask(
                        Missing.MEANING,
                        f"„{self.quote(other)}”: też „{interval}”?",
                        Choice(f"tak, {interval}", f"{before}{interval} {rest}"),
                        Choice(f"nie, {usual}", f"{before}{usual} {rest}"),
                    )

    def _start_with_preposition(self, part: Part) -> int:
        """Where the words of a part begin, with the "w" before them."""
        before = self.text[: part.start].rstrip()
        word = before.rpartition(" ")[2].lower()
        return len(before) - len(word) if word in ("w", "we") else part.start

    def _inherit_spans(self) -> None:
        """Give a series without a span that of the clause, where only one can be meant."""
        series = self.series
        for number, item in enumerate(series):
            if item.spans:
                continue
            before = next((each for each in reversed(series[:number]) if each.spans), None)
            after = next((each for each in series[number + 1 :] if each.spans), None)
            if before and before.leads and (after is None or after.leads):
                item.spans, item.leads = before.spans, True
            elif after and not after.leads and not (before and before.leads):
                item.spans = after.spans
            elif before or after:
                quoted = self.quote(item.part)
                other = before or after
                assert other is not None
                whole = " ".join(self._with_preposition(part) for part in other.spans)
                raise Ask(
                    Missing.START,
                    f"Kiedy są spotkania „{quoted}”: też „{whole}” czy w innym czasie?",
                    Choice(
                        f"też {whole}", f"{self.text[: item.part.end]} {whole}{self.text[item.part.end :]}"
                    ),
                    Choice("wpiszę inne daty"),
                )
            else:
                return

    def _with_preposition(self, part: Part) -> str:
        """The words of a span with the "w" before them."""
        before = self.text[: part.start].rstrip().rpartition(" ")[2]
        return f"{before} {self.quote(part)}" if before in ("w", "we") else self.quote(part)

    # ---- hours -------------------------------------------------------------------------------------
    def _attach_times(self, segments: list[Segment]) -> None:
        for number, segment in enumerate(segments):
            items = self._by_segment[number]
            hours = [part for part in segment.parts if isinstance(part, HoursPart)]
            lengths = [part for part in segment.parts if isinstance(part, LengthPart)]
            places = [part for part in segment.parts if isinstance(part, PlacePart)]
            targets = items or self._targets_of_lone_time(number, hours)
            for item in targets:
                item.hours += hours
                item.place = item.place or (places[0].name if places else "")
            for length in lengths:
                for item in items or [each for each in self.items if each.length is None]:
                    item.length = item.length or length
            if not targets:
                self.lone_hours += hours
            if lengths and not self.items:
                self.lone_length = lengths[0]
            if places and not self.items:
                self.lone_place = places[0].name
        self._inherit_times()

    def _targets_of_lone_time(self, number: int, hours: list[HoursPart]) -> list[Item]:
        """Hours between joints belong to all meetings before them that have none; at the beginning to all after."""
        if not hours:
            return self.items
        before = [item for items in self._by_segment[:number] for item in items if not item.hours]
        if before or not any(self._by_segment[:number]):
            return before or [item for items in self._by_segment[number:] for item in items if not item.hours]
        raise Ask(
            Missing.HOURS,
            f"Nie wiadomo, do których spotkań należy „{self.quote(hours[0])}”. Rozdziel zdania średnikiem.",
        )

    def _settle_amount(self) -> None:
        """ "2 godziny" without "po": the length of each meeting where hours say so, otherwise asked or the total."""
        if self.amount is None:
            return
        pairs = [pair for item in self.items for part in item.hours for pair in part.hours]
        lengths = {minute_of(end) - minute_of(start) for start, end in pairs if end}
        lengths |= {item.length.minutes for item in self.items if item.length}
        if self.amount.minutes in lengths:
            return
        if lengths and self.amount.minutes > max(lengths) and self.total is None:
            self.total = TotalPart(self.amount.start, self.amount.end, self.amount.minutes)
            return
        quoted, before, rest = (
            self.quote(self.amount),
            self.text[: self.amount.start],
            self.text[self.amount.end :],
        )
        raise Ask(
            Missing.HOURS,
            f"„{quoted}”: tyle trwa każde spotkanie czy wszystkie razem?",
            Choice(f"każde po {quoted}", f"{before}po {quoted}{rest}"),
            Choice(f"łącznie {quoted}", f"{before}łącznie {quoted}{rest}"),
        )

    def _check_hours_and_days(self) -> None:
        """Ask where numbers may be hours or days: "codziennie od 10 do 14", "w środy 16–18 listopada"."""
        for item in self.series:
            assert item.days
            in_months = item.spans and all(isinstance(span, MonthsPart) for span in item.spans)
            for hours in item.hours:
                start, end = hours.hours[0]
                is_long = end is not None and (end.hour - start.hour >= 7 or start.hour < 7)
                unclear = item.days.kind in (DayKind.DAILY, DayKind.WORKING) or is_long
                if hours.maybe_days and end and in_months and unclear:
                    quoted, before, rest = self.quote(hours), self.text[: hours.start], self.text[hours.end :]
                    raise Ask(
                        Missing.MEANING,
                        f"„{quoted}”: to godziny czy dni miesiąca?",
                        Choice("godziny", f"{before}w godz. {start.hour}-{end.hour}{rest}"),
                        Choice("dni, wpiszę daty"),
                    )
            for span in item.spans:
                if isinstance(span, RangePart) and not item.hours:
                    self._check_range(item.days, span)

    def _check_range(self, days: DaysPart, span: RangePart) -> None:
        first, last = span.first, span.last
        if not (first and last):
            return
        short = first.month == last.month and 0 < last.day - first.day < 7
        may_be_hours = span.bare_first and short and last.day < 24 and days.kind == DayKind.WEEKLY
        if not (may_be_hours or span.maybe_hours):
            return
        if span.maybe_hours:
            start, end, month = f"{first.day}:{first.month:02}", f"{last.day}:{last.month:02}", ""
        else:
            start, end = str(first.day), str(last.day)
            month = self.text[last.start : last.end].partition(str(last.day))[2].lstrip(" .")
        quoted, before, rest = self.quote(span), self.text[: span.start], self.text[span.end :]
        raise Ask(
            Missing.MEANING,
            f"„{quoted}”: to godziny czy dni miesiąca?",
            Choice("godziny", f"{before}w godz. {start}-{end} {month}{rest}".strip()),
            Choice("dni, wpiszę daty"),
        )

    def _inherit_times(self) -> None:
        """Hours given of the last of several items hold for those before it; anything else is asked."""
        given = [number for number, item in enumerate(self.items) if item.hours]
        if not given or len(given) == len(self.items):
            return
        if given[0] == len(self.items) - 1:
            for item in self.items[:-1]:
                item.hours = self.items[-1].hours
            return
        if given == [0] and self.items[0].hours[0].start < self.items[0].part.start:
            for item in self.items[1:]:
                item.hours = self.items[0].hours
            return
        lacking = next(item for item in self.items if not item.hours)
        quoted, hours = self.quote(lacking.part), self.quote(self.items[given[0]].hours[0])
        end = lacking.part.end
        raise Ask(
            Missing.HOURS,
            f"O której są spotkania „{quoted}”? Dopisz godziny.",
            Choice(f"też {hours}", f"{self.text[:end]} {hours}{self.text[end:]}"),
        )


def _completes(spans: list[Part], span: Part) -> bool:
    """Whether the span adds the end to a start, or the start to an end."""
    starts = [part for part in spans if isinstance(part, RangePart) and part.first]
    ends = [part for part in spans if not isinstance(part, RangePart) or part.last]
    if isinstance(span, RangePart):
        return bool(
            (span.first and not span.last and not starts) or (span.last and not span.first and not ends)
        )
    return isinstance(span, OpenEndPart) or not ends


def slots_of(item: Item, default: TimeSlot | None, clause: Clause) -> tuple[TimeSlot, ...]:
    """The slots of the item's meetings: its hours and length, or the hours given with the sentence."""
    length = item.length.minutes if item.length else None
    if not item.hours:
        if length is None:
            base = default or TimeSlot()
            return (TimeSlot(base.start, base.minutes, item.place or base.place),)
        if default and default.minutes not in (None, length):
            return (TimeSlot(None, length, item.place),)
        return (TimeSlot(default.start if default else None, length, item.place),)
    slots = []
    for part in item.hours:
        for start, end in part.hours:
            slot = (
                TimeSlot(start, length, item.place)
                if end is None
                else TimeSlot.between(start, end, item.place)
            )
            if end and length and minute_of(end) - minute_of(start) != length:
                assert item.length
                raise Ask(
                    Missing.HOURS,
                    f"„{clause.quote(part)}” to nie jest „{clause.quote(item.length)}”. Popraw godziny albo długość.",
                )
            slots.append(slot)
    return tuple(dict.fromkeys(slots))
