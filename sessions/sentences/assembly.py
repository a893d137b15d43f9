"""From the parts of a sentence to a schedule: patterns, rules, single meetings, and the questions that are left."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from lubsko_ops.core.dates import Range
from lubsko_ops.core.polish import count_of, join_list, short_date
from sessions.schedule.hours import ScheduleError, TimeSlot
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
from sessions.sentences.exceptions import exclusions_of
from sessions.sentences.parts import Ask, Choice, DayKind, DaysPart, FrequencyPart, Missing, MonthsPart, MovePart, Part, RangePart
from sessions.sentences.reader import each_of
from sessions.sentences.series import Clause, Item, slots_of
from sessions.sentences.spans import Bounds, bounds_of
from sessions.sentences.words import WEEKDAYS_ACCUSATIVE, WEEKDAYS_PLURAL
from sessions.sentences.years import day_of, first_day, last_day, settle_years

LONGEST_MEETING = 14  # days; a longer span without weekdays is the span of a series
TWICE_A_WEEK = ("w poniedziałki i czwartki",)
TWICE_A_MONTH = ("w 1. i 3. wtorek miesiąca", "co drugi wtorek", "1. i 15. dnia miesiąca")
EXAMPLE_SPAN = "„od 1.09.2026 do 15.12.2026” albo „w listopadzie 2026”"


@dataclass
class Given:
    """What the caller gives with the sentence."""

    span: Range | None = None
    hours: TimeSlot | None = None
    count: int | None = None
    today: date | None = None


@dataclass
class Built:
    """A series with its bounds, before rules are made of it."""

    item: Item
    pattern: Pattern
    bounds: Bounds
    slots: tuple[TimeSlot, ...]
    limit: int | None = None  # "10 śród"


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
        changes = [self._change(part) for clause in made for part in clause.moves]
        schedule = replace(schedule, exclusions=tuple(exclusions), changes=tuple(changes))
        for clause, part in self.counted:
            self._compare(replace(schedule, rules=part.rules, singles=part.singles), [clause])
        self._compare(schedule, rest)
        if not schedule.is_open_ended:
            schedule.meetings()
        return schedule

    def _change(self, part: MovePart) -> DayChange:
        slot = None
        if part.hours:
            start, end = part.hours.hours[0]
            slot = TimeSlot.between(start, end) if end else TimeSlot(start)
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
            return self._ask_about_frequency(frequency)
        if any(clause.count or clause.total for clause in clauses):
            return Ask(
                Missing.WEEKDAY,
                "W które dni są spotkania i od kiedy? Dopisz np. „w środy od 1.09.2026”.",
            )
        return Ask(Missing.EVERYTHING, "Kiedy są spotkania? Napisz np. „w każdą środę listopada 2026”.")

    # ---- one clause --------------------------------------------------------------------------------
    def _add(self, clause: Clause) -> None:
        rules_before, singles_before = len(self.rules), len(self.singles)
        if not clause.series and (clause.every or clause.lone_spans):
            if clause.every or not self._names_time_of_dates(clause):
                self._add_without_days(clause)
        for item in clause.items:
            if item.dates:
                slot_list = slots_of(item, self.given.hours, clause)
                for point in item.dates.points:
                    self.singles += [
                        SingleMeeting(day_of(point, self.text), None, slot) for slot in slot_list
                    ]
        self._check_certain(clause)
        built = [self._build(item, clause) for item in clause.series]
        self._check_contradiction(built, clause)
        self._check_frequency(clause, built)
        if clause.count:
            self._refuse_number(clause.count.number)
        self.rules += self._rules(built, clause)
        self._check_count(clause, self.rules[rules_before:], self.singles[singles_before:])

    def _names_time_of_dates(self, clause: Clause) -> bool:
        """Whether the spans only say in which months or year the dates of the clause lie: "w 2026 roku: 3.10 i 7.11"."""
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
                    item = Item(range=part, hours=clause.lone_hours, length=clause.lone_length)
                    item.place = clause.lone_place
                    for slot in slots_of(item, self.given.hours, clause):
                        self.singles.append(SingleMeeting(start, end if end != start else None, slot))
                    continue
                raise self._ask_weekday(part)
            return
        if clause.frequency:
            raise self._ask_about_frequency(clause.frequency)
        raise self._ask_weekday(clause.lone_spans[0])

    def _ask_weekday(self, part: Part) -> Ask:
        quoted = self.text[part.start : part.end]
        return Ask(
            Missing.WEEKDAY,
            f"W które dni są spotkania „{quoted}”? Dopisz np. „w środy” albo „codziennie”.",
            *(
                Choice(label, f"{label} {self.text}")
                for label in ("codziennie", "w dni robocze")
                if self.text.startswith(("od ", "w "))
            ),
            Choice("wpiszę dni tygodnia"),
        )

    def _add_interval(self, clause: Clause, ranges: list[RangePart]) -> None:
        """ "co 3 dni od 1.06 do 30.06.2026"; with weeks and months the day is asked."""
        part = clause.every
        assert part
        if part.unit == "day":
            days = DaysPart(part.start, part.end, DayKind.DAILY, every=part.every)
            item = Item(
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
            choices.append(Choice(f"w {name}", f"{before} w {name}{rest}"))
        what = "W który dzień tygodnia" if part.unit == "week" else "W który dzień miesiąca"
        raise Ask(Missing.WEEKDAY, f"{what} są spotkania „{quoted}”?", *choices, Choice("wpiszę dzień"))

    def _check_certain(self, clause: Clause) -> None:
        """Ask of a weekday in the singular ("w środę w listopadzie") whether it means each one."""
        many = clause.count is not None and clause.count.number > 1
        for item in clause.series:
            days = item.days
            assert days
            if days.kind != DayKind.WEEKLY or days.certain or many or clause.frequency or clause.total:
                continue
            quoted = self.text[days.start : days.end]
            each = join_list([f"{each_of(day)} {WEEKDAYS_ACCUSATIVE[day]}" for day in days.weekdays])
            sentence = f"{self.text[: days.start]}{each}{self.text[days.end :]}"
            raise Ask(
                Missing.MEANING,
                f"„{quoted}”: raz czy co tydzień? Jeśli raz, dopisz datę.",
                Choice(each, sentence),
                Choice("raz, dopiszę datę"),
            )

    # ---- patterns and bounds -----------------------------------------------------------------------
    def _build(self, item: Item, clause: Clause) -> Built:
        days = item.days
        assert days
        limit = days.number_given or None
        if days.number_given is not None:
            self._refuse_number(days.number_given)
        limited = bool(limit or clause.count or clause.total)
        bounds = bounds_of(item.spans, self.text, self.given.span, limited=limited)
        self._check_bounds(item, bounds, limited=limited)
        self._check_monthly(item, bounds)
        slots = slots_of(item, self.given.hours, clause)
        return Built(item, self._pattern(days, bounds), bounds, slots, limit)

    def _check_bounds(self, item: Item, bounds: Bounds, *, limited: bool) -> None:
        quoted = self.text[item.part.start : item.part.end]
        if bounds.periods:
            return
        if bounds.start is None and bounds.end is None:
            raise Ask(
                Missing.START,
                f"Kiedy są spotkania „{quoted}”? Dopisz, od kiedy do kiedy, np. {EXAMPLE_SPAN}.",
                Choice("dopiszę daty od – do"),
                Choice("dopiszę miesiąc i rok"),
            )
        if bounds.start is None:
            raise Ask(
                Missing.START,
                f"Od kiedy są spotkania „{quoted}”? Dopisz np. „od 1.09.2026”.",
                Choice("dopiszę początek"),
            )
        if bounds.end is None and not limited and not bounds.open_ended and not self.given.count:
            text = self.text
            raise Ask(
                Missing.END,
                f"Do kiedy są spotkania „{quoted}” albo ile ma ich być? Dopisz np. „do 15.12.2026” albo „10 spotkań”.",
                Choice("dopiszę ostatni dzień"),
                Choice("dopiszę liczbę spotkań"),
                Choice("bezterminowo", f"{text} bezterminowo"),
            )

    def _check_monthly(self, item: Item, bounds: Bounds) -> None:
        """Ask of "w pierwszy wtorek" between two days whether it is of each month; and of "pierwsze wtorki" how many."""
        days = item.days
        assert days
        if days.kind not in (DayKind.NTH, DayKind.NTH_WORKING):
            return
        one_month = len(bounds.periods) == 1 and (
            bounds.periods[0].start.replace(day=1) == bounds.periods[0].end.replace(day=1)
        )
        quoted = self.text[days.start : days.end]
        before, rest = self.text[: days.end], self.text[days.end :]
        if days.plural_ordinal and one_month:
            raise Ask(Missing.NUMBER, f"„{quoted}”: ile ich jest? Napisz np. „w 3 pierwsze poniedziałki”.")
        if (not days.monthly and not bounds.in_months) or (not days.monthly and not item.spans):
            raise Ask(
                Missing.MEANING,
                f"„{quoted}”: w każdym miesiącu czy tylko raz? Jeśli raz, wpisz datę.",
                Choice(f"{quoted} miesiąca", f"{before} miesiąca{rest}"),
                Choice("raz, wpiszę datę"),
            )

    def _pattern(self, days: DaysPart, bounds: Bounds) -> Pattern:
        every = days.every or 1
        if every > 1 and len(bounds.periods) > 1:
            raise Ask(
                Missing.START,
                f"„{self.text[days.start : days.end]}” w kilku oddzielnych okresach: od którego dnia liczyć? Napisz osobne "
                "zdania z datami od – do.",
            )
        match days.kind:
            case DayKind.WEEKLY:
                return Weekly(tuple(sorted(days.weekdays)), every)
            case DayKind.DAILY:
                return EveryDays(every)
            case DayKind.WORKING:
                return WorkingDays()
            case DayKind.NTH:
                return WeekdaysOfMonth(days.places, every, days.working)
            case DayKind.NTH_WORKING:
                return WorkingDaysOfMonth(days.numbers, every)
            case _:
                return DaysOfMonth(days.numbers, every)

    def _check_contradiction(self, built: list[Built], clause: Clause) -> None:
        """Ask when one series holds the days of another: "codziennie, w środy"."""
        whole = (DayKind.DAILY, DayKind.WORKING)
        for each in built:
            for other in built:
                both = each.item.days, other.item.days
                assert both[0] and both[1]
                if each is not other and both[0].kind in whole and each.bounds.key == other.bounds.key:
                    raise Ask(
                        Missing.MEANING,
                        f"„{clause.quote(both[0])}” i „{clause.quote(both[1])}” w tym samym czasie: które dni? Zostaw "
                        "jedno z nich.",
                    )
        for each in built:
            self._check_first_week(each)

    def _check_first_week(self, each: Built) -> None:
        """Ask where "every second week" begins when the start lies between its weekdays."""
        pattern = each.pattern
        if not isinstance(pattern, Weekly) or pattern.every == 1 or len(pattern.weekdays) == 1:
            return
        start = each.bounds.periods[0].start if each.bounds.periods else each.bounds.start
        assert start
        first = next(pattern.days(start))
        if first == start or first.weekday() == min(pattern.weekdays):
            return
        days = each.item.days
        assert days
        monday = first.toordinal() - first.weekday()
        later = date.fromordinal(monday + 7)
        raise Ask(
            Missing.START,
            f"„{self.text[days.start : days.end]}”: liczyć od tygodnia z {short_date(first)} czy od następnego? Zacznij od "
            f"pierwszego dnia tygodnia, np. „od {short_date(date.fromordinal(monday + min(pattern.weekdays)))}” albo „od "
            f"{short_date(later)}”.",
        )

    # ---- numbers -----------------------------------------------------------------------------------
    def _check_frequency(self, clause: Clause, built: list[Built]) -> None:
        """ "dwa razy w tygodniu, w poniedziałki i czwartki": the number must agree with the days, which must be given."""
        part = clause.frequency
        if part is None:
            return
        numbers = 0
        for each in built:
            pattern = each.pattern
            if part.unit == "week" and isinstance(pattern, Weekly) and pattern.every == 1:
                numbers += len(pattern.weekdays)
            elif part.unit == "month" and isinstance(pattern, WeekdaysOfMonth) and pattern.every == 1:
                numbers += len(pattern.places)
            elif part.unit == "month" and isinstance(pattern, DaysOfMonth | WorkingDaysOfMonth):
                numbers += len(pattern.numbers if isinstance(pattern, DaysOfMonth) else pattern.positions)
        if numbers != part.number:
            raise self._ask_about_frequency(part, [each.item for each in built])

    def _ask_about_frequency(self, part: FrequencyPart, series: Sequence[Item] = ()) -> Ask:
        quoted = self.text[part.start : part.end]
        before, rest = self.text[: part.start], self.text[part.end :]
        labels: tuple[str, ...] = ()
        if part.number == 2 and part.unit in ("week", "month"):
            labels = TWICE_A_WEEK if part.unit == "week" else TWICE_A_MONTH
        choices = [Choice(label, f"{before}{label}{rest}") for label in labels]
        example = "„w środy”" if part.unit == "week" else "„w pierwszy i trzeci wtorek miesiąca” albo „co drugi wtorek”"
        if series:
            days = self.text[series[0].part.start : series[0].part.end]
            choices = [Choice(f"tylko „{days}”", f"{before}{rest}".strip(" ,;"))]
            return Ask(Missing.WEEKDAY, f"„{quoted}” nie zgadza się z „{days}”. Które dni są właściwe?", *choices)
        return Ask(Missing.WEEKDAY, f"„{quoted}”: w które dni? Napisz np. {example}.", *choices, Choice("wpiszę dni"))

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
                self._compare_limit(first, rules)
            return rules
        assert bounds.start
        count = first.limit or (clause.count.number if clause.count else None)
        minutes = clause.total.minutes if clause.total else None
        if not count and not minutes and not bounds.open_ended:
            count = self.given.count
        return [MeetingRule(pattern, bounds.start, bounds.end, count, minutes, slots)]

    def _compare_limit(self, built: Built, rules: list[MeetingRule]) -> None:
        """ "w trzy wtorki sierpnia": all of them, or a question which ones."""
        days = built.item.days
        assert days and built.limit
        number = len(Schedule(tuple(rules)).meetings())
        if number == built.limit:
            return
        quoted = self.text[days.start : days.end]
        name = WEEKDAYS_PLURAL[days.weekdays[0]]
        before, rest = self.text[: days.start], self.text[days.end :]
        labels = (
            [f"{built.limit} pierwsze {name}", f"{built.limit} ostatnie {name}"]
            if 1 < built.limit < number
            else []
        )
        choices = [Choice(f"w {label}", f"{before}{label}{rest}") for label in labels]
        choices.append(Choice(f"wszystkie {name}", f"{before}{name}{rest}"))
        raise Ask(
            Missing.MEANING,
            f"„{quoted}”: które? W tym czasie jest ich {number}.",
            *choices,
            Choice("wpiszę daty"),
        )

    def _check_count(self, clause: Clause, rules: list[MeetingRule], singles: list[SingleMeeting]) -> None:
        """Compare a number of meetings or hours with what the days and their end give."""
        if clause.count is None and clause.total is None:
            return
        if any(rule.end is None for rule in rules):
            if len(rules) + len(singles) > 1:
                quoted = clause.count or clause.total
                assert quoted
                raise Ask(
                    Missing.NUMBER,
                    f"„{clause.quote(given)}”: jak podzielić je między te spotkania? Napisz osobne zdania z liczbą spotkań w "
                    "każdym.",
                )
            return
        self.counted.append((clause, Schedule(tuple(rules), tuple(singles))))

    def _compare(self, schedule: Schedule, clauses: list[Clause]) -> None:
        for clause in clauses:
            if clause.count is None and clause.total is None:
                continue
            if schedule.is_open_ended:
                raise self._ask_about_open_end(clause)
            meetings = totals_of(schedule.meetings())
            if clause.count and clause.count.number != meetings.meetings:
                raise self._ask_about_number(
                    clause, clause.count, f"wynika {count_of(meetings.meetings, MEETING_FORMS)}", schedule
                )
            if clause.total and meetings.without_length:
                raise Ask(
                    Missing.HOURS, f"„{clause.quote(clause.total)}”: ile trwa każde spotkanie? Dopisz np. „po 2 godziny”."
                )
            if clause.total and clause.total.minutes != meetings.minutes:
                hours = count_of(round(meetings.minutes / 60, 2), "godzina,godziny,godzin")
                raise self._ask_about_number(clause, clause.total, f"wynika {hours}", schedule)

    def _refuse_number(self, number: int) -> None:
        if number < 1:
            raise ScheduleError("Harmonogram musi mieć co najmniej jedno spotkanie.")

    def _ask_about_open_end(self, clause: Clause) -> Ask:
        part = clause.count or clause.total
        assert part
        return Ask(
            Missing.NUMBER,
            f"„{clause.quote(part)}”: w tym samym zdaniu są spotkania bez końca. Dopisz liczbę do właściwego zdania.",
        )

    def _ask_about_number(self, clause: Clause, part: Part, result: str, schedule: Schedule) -> Ask:
        quoted = clause.quote(part)
        without = f"{self.text[: part.start]}{self.text[part.end :]}".strip(" ,;")
        return Ask(
            Missing.NUMBER,
            f"„{quoted}”, a z dni i dat {result}. Co jest właściwe?",
            Choice(f"daty: {result}", without),
            Choice("liczba: poprawię daty"),
        )


def _may_join(first: Built, second: Built) -> bool:
    return (
        isinstance(first.pattern, Weekly)
        and isinstance(second.pattern, Weekly)
        and first.pattern.every == second.pattern.every == 1
        and first.limit is None
        and second.limit is None
        and first.bounds.key == second.bounds.key
    )
