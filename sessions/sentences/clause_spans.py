"""Which span in a clause belongs to which series: before it, after it, or once for several."""

from sessions.sentences.clause_parts import ClauseItem, ClauseParts, Segment
from sessions.sentences.parts import (
    AnswerChoice,
    Ask,
    EveryPart,
    Missing,
    MonthMark,
    MonthsPart,
    OpenEndPart,
    Part,
    RangePart,
)
from sessions.sentences.spans import SPAN_PARTS


class ClauseSpans(ClauseParts):
    """A clause whose series have their spans and intervals."""

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

    def _extend(self, item: ClauseItem, spans: list[Part]) -> None:
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
        spaced = [
            item.days for item in self.series if item.days and item.days.every_part and item.days.every > 1
        ]
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
                        AnswerChoice(f"tak, {interval}", f"{before}{interval} {rest}"),
                        AnswerChoice(f"nie, {usual}", f"{before}{usual} {rest}"),
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
                    AnswerChoice(
                        f"też {whole}", f"{self.text[: item.part.end]} {whole}{self.text[item.part.end :]}"
                    ),
                    AnswerChoice("wpiszę inne daty"),
                )
            else:
                return

    def _with_preposition(self, part: Part) -> str:
        """The words of a span with the "w" before them."""
        before = self.text[: part.start].rstrip().rpartition(" ")[2]
        return f"{before} {self.quote(part)}" if before in ("w", "we") else self.quote(part)


def _completes(spans: list[Part], span: Part) -> bool:
    """Whether the span adds the end to a start, or the start to an end."""
    starts = [part for part in spans if isinstance(part, RangePart) and part.first]
    ends = [part for part in spans if not isinstance(part, RangePart) or part.last]
    if isinstance(span, RangePart):
        return bool(
            (span.first and not span.last and not starts) or (span.last and not span.first and not ends)
        )
    return isinstance(span, OpenEndPart) or not ends
