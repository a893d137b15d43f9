"""A clause: its items with their spans and hours."""

from sessions.schedule.hours import TimeSlot, minute_of
from sessions.sentences.clause_parts import ClauseItem, Segment
from sessions.sentences.clause_spans import ClauseSpans
from sessions.sentences.parts import (
    AnswerChoice,
    Ask,
    DaysKind,
    DaysPart,
    HoursPart,
    LengthPart,
    Missing,
    MonthsPart,
    Part,
    PlacePart,
    RangePart,
    TotalPart,
)


class Clause(ClauseSpans):
    """One clause of a sentence: its items with spans and hours, and what holds for all of them."""

    def __init__(self, parts: list[Part], text: str) -> None:
        super().__init__(parts, text)
        self._check_dotted_dates()
        self._attach_spans(self._segments)
        self._attach_times(self._segments)
        self._settle_amount()
        self._check_hours_and_days()

    def _attach_times(self, segments: list[Segment]) -> None:
        given: list[LengthPart] = []
        for number, segment in enumerate(segments):
            items = self._by_segment[number]
            hours = [part for part in segment.parts if isinstance(part, HoursPart)]
            lengths = [part for part in segment.parts if isinstance(part, LengthPart)]
            places = [part for part in segment.parts if isinstance(part, PlacePart)]
            targets = items or self._targets_of_lone_time(number, hours)
            for item in targets:
                item.hours += hours
                item.place = item.place or (places[0].name if places else "")
            for item in items:
                item.length = lengths[0] if lengths else None
            given += lengths
            if not targets:
                self.lone_hours += hours
            if lengths and not self.items:
                self.lone_length = lengths[0]
            if places and not self.items:
                self.lone_place = places[0].name
        self._inherit_lengths(given)
        self._inherit_times()

    def _inherit_lengths(self, given: list[LengthPart]) -> None:
        """One length holds for all meetings whose hours do not say how long they are; of several it must be clear."""
        lacking = [item for item in self.items if item.length is None and not item.has_end]
        if len({length.minutes for length in given}) > 1 and (lacking or len(given) > len(self.items)):
            raise Ask(
                Missing.HOURS,
                f"Jest tu kilka długości spotkań, m.in. „{self.quote(given[0])}” i „{self.quote(given[-1])}”. Rozdziel "
                "zdania średnikiem.",
            )
        for item in lacking:
            item.length = given[0] if given else None

    def _targets_of_lone_time(self, number: int, hours: list[HoursPart]) -> list[ClauseItem]:
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
            AnswerChoice(f"każde po {quoted}", f"{before}po {quoted}{rest}"),
            AnswerChoice(f"łącznie {quoted}", f"{before}łącznie {quoted}{rest}"),
        )

    def _check_hours_and_days(self) -> None:
        """Ask where numbers may be hours or days: "codziennie od 10 do 14", "w środy 16–18 listopada"."""
        for item in self.series:
            assert item.days
            in_months = item.spans and all(isinstance(span, MonthsPart) for span in item.spans)
            for hours in item.hours:
                start, end = hours.hours[0]
                is_long = end is not None and (end.hour - start.hour >= 7 or start.hour < 7)
                unclear = item.days.kind in (DaysKind.DAILY, DaysKind.WORKING) or is_long
                if hours.maybe_days and end and in_months and unclear:
                    quoted, before, rest = self.quote(hours), self.text[: hours.start], self.text[hours.end :]
                    raise Ask(
                        Missing.MEANING,
                        f"„{quoted}”: to godziny czy dni miesiąca?",
                        AnswerChoice("godziny", f"{before}w godz. {start.hour}-{end.hour}{rest}"),
                        AnswerChoice("dni, wpiszę daty"),
                    )
            for span in item.spans:
                if isinstance(span, RangePart) and not item.hours:
                    self._check_range(item.days, span)

    def _check_range(self, days: DaysPart, span: RangePart) -> None:
        first, last = span.first, span.last
        if not (first and last):
            return
        short = first.month == last.month and 0 < last.day - first.day < 7
        may_be_hours = span.bare_first and short and last.day < 24 and days.kind == DaysKind.WEEKLY
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
            AnswerChoice("godziny", f"{before}w godz. {start}-{end} {month}{rest}".strip()),
            AnswerChoice("dni, wpiszę daty"),
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
            AnswerChoice(f"też {hours}", f"{self.text[:end]} {hours}{self.text[end:]}"),
        )


def slots_of(item: ClauseItem, default: TimeSlot | None, clause: Clause) -> tuple[TimeSlot, ...]:
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
