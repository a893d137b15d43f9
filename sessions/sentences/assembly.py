"""From the parts of a sentence to a schedule: patterns, rules, single meetings, and the questions that are left."""

from dataclasses import dataclass, field, replace
from datetime import date

from lubsko_ops.core.dates import Range
from lubsko_ops.core.polish import count_of, short_date
from sessions.schedule.hours import TimeSlot
from sessions.schedule.patterns import (
    DaysOfMonth,
    EveryDays,
    Pattern,
    WeekdaysOfMonth,
    Weekly,
    WorkingDays,
    WorkingDaysOfMonth,
)
from sessions.schedule.rules import (
    MAX_MEETING_DAYS,
    MEETING_FORMS,
    DayChange,
    HolidayPolicy,
    MeetingRule,
    SingleMeeting,
)
from sessions.schedule.schedule import Schedule, totals_of
from sessions.sentences.checks import (
    Built,
    ask_about_frequency,
    ask_about_number,
    ask_about_open_end,
    ask_weekday,
    check_bounds,
    check_certain,
    check_contradiction,
    check_frequency,
    check_monthly,
    compare_limit,
    refuse_number,
)
from sessions.sentences.clause import Clause, slots_of
from sessions.sentences.clause_parts import ClauseItem
from sessions.sentences.exceptions import exclusions_of
from sessions.sentences.parts import (
    AnswerChoice,
    Ask,
    DaysKind,
    DaysPart,
    Missing,
    MonthsPart,
    MovePart,
    Part,
    RangePart,
)
from sessions.sentences.spans import Bounds, bounds_of
from sessions.sentences.words import WEEKDAYS_PLURAL
from sessions.sentences.years import day_of, first_day, last_day, settle_years

LONGEST_MEETING = 14  # days; a longer span without weekdays is the span of a series


@dataclass
class Given:
    """What the caller gives with the sentence."""

    span: Range | None = None
    hours: TimeSlot | None = None
    count: int | None = None
    today: date | None = None


@dataclass
class Assembly:
    """Makes the schedule of the clauses."""

    text: str
    given: Given
    rules: list[MeetingRule] = field(default_factory=list)
    singles: list[SingleMeeting] = field(default_factory=list)
    counted: list[tuple[Clause, Schedule]] = field(default_factory=list)  # to be compared with their numbers

    def schedule(self, clauses: list[list[Part]]) -> Schedule:
        settle_years(
            [part for clause in clauses for part in clause], self.text, self.given.span, self.given.today
        )
        made = [Clause(parts, self.text) for parts in clauses]
        with_items = [clause for clause in made if clause.items or clause.lone_spans or clause.every]
        rest = [clause for clause in made if clause not in with_items]
        for clause in rest:
            self._spread_lone_hours(clause, with_items)
        if not with_items:
            raise self._ask_everything(made)
        for clause in with_items:
            self._add(clause)
        policy = self._policy(made)
        schedule = Schedule(tuple(self.rules), tuple(self.singles), holidays=policy)
        exceptions = [part for clause in made for part in clause.exceptions]
        exclusions = exclusions_of(exceptions, schedule, self.text)
        changes = [self._change(part, clause) for clause in made for part in clause.moves]
        schedule = replace(schedule, exclusions=tuple(exclusions), changes=tuple(changes))
        for clause, part in self.counted:
            self._compare(replace(schedule, rules=part.rules, singles=part.singles), [clause])
        self._compare(schedule, rest)
        if not schedule.is_open_ended:
            schedule.meetings()
            self._check_unclear_days(schedule)
        return schedule

    def _check_unclear_days(self, schedule: Schedule) -> None:
        if days := schedule.unclear_days():
            raise Ask(
                Missing.HOURS,
                f"Spotkanie {short_date(days[0])} wynika z dwóch zdań, o różnych godzinach albo długości. Dopisz "
                "godziny w obu zdaniach albo usuń jedno z nich.",
            )

    def _change(self, part: MovePart, clause: Clause) -> DayChange:
        slot = None
        if part.hours or part.length or part.place:
            item = ClauseItem(hours=[part.hours] if part.hours else [], length=part.length)
            item.place = part.place.name if part.place else ""
            slot = slots_of(item, None, clause)[0]
        return DayChange(day_of(part.day, self.text), day_of(part.to, self.text) if part.to else None, slot)

    def _policy(self, clauses: list[Clause]) -> HolidayPolicy:
        quoted = {part.policy for clause in clauses for part in clause.holidays}
        if len(quoted) > 1:
            raise Ask(Missing.MEANING, "Raz święta są pomijane, a raz nie. Zostaw jedno z tych zdań.")
        return HolidayPolicy(quoted.pop()) if quoted else HolidayPolicy.KEEP

    def _spread_lone_hours(self, clause: Clause, others: list[Clause]) -> None:
        """Hours in a clause of their own hold for all meetings that have none."""
        for other in others:
            for item in other.items:
                if not item.hours and clause.lone_hours:
                    item.hours = list(clause.lone_hours)
                if item.length is None:
                    item.length = clause.lone_length

    def _ask_everything(self, clauses: list[Clause]) -> Ask:
        frequency = next((clause.frequency for clause in clauses if clause.frequency), None)
        if frequency:
            return ask_about_frequency(self.text, frequency)
        if any(clause.count or clause.total for clause in clauses):
            return Ask(
                Missing.WEEKDAY,
                "W które dni są spotkania i od kiedy? Dopisz np. „w środy od 1.09.2026”.",
            )
        return Ask(Missing.EVERYTHING, "Kiedy są spotkania? Napisz np. „w każdą środę listopada 2026”.")

    def _add(self, clause: Clause) -> None:
        rules_before, singles_before = len(self.rules), len(self.singles)
        without_days = clause.every or (clause.lone_spans and not self._names_time_of_dates(clause))
        if without_days and not clause.series:
            self._add_without_days(clause)
        for item in clause.items:
            if item.dates:
                slot_list = slots_of(item, self.given.hours, clause)
                for point in item.dates.points:
                    self.singles += [
                        SingleMeeting(day_of(point, self.text), None, slot) for slot in slot_list
                    ]
        check_certain(self.text, clause)
        built = [self._build(item, clause) for item in clause.series]
        check_contradiction(self.text, built, clause)
        check_frequency(self.text, clause, built)
        if clause.count:
            refuse_number(self.text, clause.count.number)
        self.rules += self._rules(built, clause)
        self._check_count(clause, self.rules[rules_before:], self.singles[singles_before:])

    def _names_time_of_dates(self, clause: Clause) -> bool:
        """Whether the spans only name the months or year of the clause's dates: "w 2026 roku: 3.10 i 7.11"."""
        points = [point for item in clause.items if item.dates for point in item.dates.points]
        if not points or not all(isinstance(span, MonthsPart) for span in clause.lone_spans):
            return False
        periods = bounds_of(clause.lone_spans, self.text, None, limited=False).periods
        return all(any(day_of(point, self.text) in period for period in periods) for point in points)

    def _add_without_days(self, clause: Clause) -> None:
        """A clause with a span alone: one meeting over several days, or a question for the weekdays."""
        ranges = [part for part in clause.lone_spans if isinstance(part, RangePart)]
        if clause.every:
            self._add_interval(clause, ranges)
            return
        if len(ranges) == len(clause.lone_spans) and all(part.is_of_days for part in ranges):
            for part in ranges:
                assert part.first and part.last
                start, end = first_day(part.first, self.text), last_day(part.last, self.text)
                single = clause.count is None or clause.count.number == len(ranges)
                longest = MAX_MEETING_DAYS if clause.count else LONGEST_MEETING
                if single and (end - start).days < longest:
                    item = ClauseItem(range=part, hours=clause.lone_hours, length=clause.lone_length)
                    item.place = clause.lone_place
                    for slot in slots_of(item, self.given.hours, clause):
                        self.singles.append(SingleMeeting(start, end if end != start else None, slot))
                    continue
                raise ask_weekday(self.text, part)
            clause.count = None  # "jedno spotkanie" is what it became
            return
        if clause.frequency:
            raise ask_about_frequency(self.text, clause.frequency)
        raise ask_weekday(self.text, clause.lone_spans[0])

    def _add_interval(self, clause: Clause, ranges: list[RangePart]) -> None:
        """ "co 3 dni od 1.06 do 30.06.2026"; with weeks and months the day is asked."""
        part = clause.every
        assert part
        if part.unit == "day":
            days = DaysPart(part.start, part.end, DaysKind.DAILY, every=part.every)
            item = ClauseItem(
                days=days, spans=clause.lone_spans, hours=clause.lone_hours, length=clause.lone_length
            )
            item.place = clause.lone_place
            clause.items.append(item)
            return
        quoted = self.text[part.start : part.end]
        start = next((each.first for each in ranges if each.first and each.first.day), None)
        choices = []
        if start and part.unit == "week":
            weekday = first_day(start, self.text).weekday()
            before, rest = self.text[: part.end], self.text[part.end :]
            name = WEEKDAYS_PLURAL[weekday]
            choices.append(AnswerChoice(f"w {name}", f"{before} w {name}{rest}"))
        what = "W który dzień tygodnia" if part.unit == "week" else "W który dzień miesiąca"
        raise Ask(Missing.WEEKDAY, f"{what} są spotkania „{quoted}”?", *choices, AnswerChoice("wpiszę dzień"))

    def _build(self, item: ClauseItem, clause: Clause) -> Built:
        days = item.days
        assert days
        limit = days.number_given or None
        if days.number_given is not None:
            refuse_number(self.text, days.number_given)
        limited = bool(limit or clause.count or clause.total)
        bounds = bounds_of(item.spans, self.text, self.given.span, limited=limited)
        check_bounds(self.text, item, bounds, limited=limited or bool(self.given.count))
        check_monthly(self.text, item, bounds)
        slots = slots_of(item, self.given.hours, clause)
        return Built(item, self._pattern(days, bounds), bounds, slots, limit)

    def _pattern(self, days: DaysPart, bounds: Bounds) -> Pattern:
        every = days.every or 1
        if every > 1 and len(bounds.periods) > 1:
            raise Ask(
                Missing.START,
                f"„{self.text[days.start : days.end]}” w kilku oddzielnych okresach: od którego dnia liczyć? Napisz "
                "osobne zdania z datami od – do.",
            )
        match days.kind:
            case DaysKind.WEEKLY:
                return Weekly(tuple(sorted(days.weekdays)), every)
            case DaysKind.DAILY:
                return EveryDays(every)
            case DaysKind.WORKING:
                return WorkingDays()
            case DaysKind.NTH:
                return WeekdaysOfMonth(days.places, every, days.working)
            case DaysKind.NTH_WORKING:
                return WorkingDaysOfMonth(days.numbers, every)
            case _:
                return DaysOfMonth(days.numbers, every)

    def _rules(self, built: list[Built], clause: Clause) -> list[MeetingRule]:
        """The rules; weekly series of the same time are one rule, with its hours by weekday."""
        grouped: list[list[Built]] = []
        for each in built:
            for group in grouped:
                if _may_join(group[0], each):
                    group.append(each)
                    break
            else:
                grouped.append([each])
        rules: list[MeetingRule] = []
        for group in grouped:
            rules += self._rules_of(group, clause)
        return rules

    def _rules_of(self, group: list[Built], clause: Clause) -> list[MeetingRule]:
        first = group[0]
        pattern, slots = first.pattern, first.slots
        if len(group) > 1:
            weekdays = {day for each in group for day in getattr(each.pattern, "weekdays", ())}
            pattern = Weekly(tuple(sorted(weekdays)))
            if len({each.slots for each in group}) > 1:
                slots = tuple(
                    replace(slot, weekdays=getattr(each.pattern, "weekdays", ()))
                    for each in group
                    for slot in each.slots
                )
        bounds = first.bounds
        if bounds.periods:
            rules = [MeetingRule(pattern, period.start, period.end, slots=slots) for period in bounds.periods]
            if first.limit:
                compare_limit(self.text, first, rules)
            return rules
        assert bounds.start
        count = first.limit or (clause.count.number if clause.count else None)
        minutes = clause.total.minutes if clause.total else None
        if not count and not minutes and not bounds.open_ended:
            count = self.given.count
        return [MeetingRule(pattern, bounds.start, bounds.end, count, minutes, slots)]

    def _check_count(self, clause: Clause, rules: list[MeetingRule], singles: list[SingleMeeting]) -> None:
        """Compare a number of meetings or hours with what the days and their end give."""
        if clause.count is None and clause.total is None:
            return
        if any(rule.end is None for rule in rules):
            if len(rules) + len(singles) > 1:
                number = clause.count or clause.total
                assert number
                raise Ask(
                    Missing.NUMBER,
                    f"„{clause.quote(number)}”: jak podzielić je między te spotkania? Napisz osobne zdania z liczbą "
                    "spotkań w każdym.",
                )
            return
        self.counted.append((clause, Schedule(tuple(rules), tuple(singles))))

    def _compare(self, schedule: Schedule, clauses: list[Clause]) -> None:
        for clause in clauses:
            if clause.count is None and clause.total is None:
                continue
            if schedule.is_open_ended:
                raise ask_about_open_end(self.text, clause)
            meetings = totals_of(schedule.meetings())
            if clause.count and clause.count.number != meetings.meetings:
                raise ask_about_number(
                    self.text,
                    clause,
                    clause.count,
                    f"wynika {count_of(meetings.meetings, MEETING_FORMS)}",
                    schedule,
                )
            if clause.total and meetings.without_length:
                raise Ask(
                    Missing.HOURS,
                    f"„{clause.quote(clause.total)}”: ile trwa każde spotkanie? Dopisz np. „po 2 godziny”.",
                )
            if clause.total and clause.total.minutes != meetings.minutes:
                hours = count_of(round(meetings.minutes / 60, 2), "godzina,godziny,godzin")
                raise ask_about_number(self.text, clause, clause.total, f"wynika {hours}", schedule)


def _may_join(first: Built, second: Built) -> bool:
    return (
        isinstance(first.pattern, Weekly)
        and isinstance(second.pattern, Weekly)
        and first.pattern.every == second.pattern.every == 1
        and first.limit is None
        and second.limit is None
        and first.bounds.key == second.bounds.key
    )
