"""Questions about the days of a clause: what is missing, or may mean two things, before rules are made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lubsko_ops.core.polish import join_list, short_date
from sessions.schedule.hours import ScheduleError, TimeSlot
from sessions.schedule.patterns import (
    DaysOfMonth,
    Pattern,
    WeekdaysOfMonth,
    Weekly,
    WorkingDaysOfMonth,
)
from sessions.schedule.rules import (
    MeetingRule,
)
from sessions.schedule.schedule import Schedule
from sessions.sentences.clause import Clause
from sessions.sentences.clause_parts import ClauseItem
from sessions.sentences.parts import (
    AnswerChoice,
    Ask,
    DaysKind,
    FrequencyPart,
    Missing,
    Part,
)
from sessions.sentences.reader import each_of
from sessions.sentences.spans import Bounds
from sessions.sentences.words import WEEKDAYS_ACCUSATIVE, WEEKDAYS_PLURAL

TWICE_A_WEEK = ("w poniedziałki i czwartki",)
TWICE_A_MONTH = ("w 1. i 3. wtorek miesiąca", "co drugi wtorek", "1. i 15. dnia miesiąca")
EXAMPLE_SPAN = "„od 1.09.2026 do 15.12.2026” albo „w listopadzie 2026”"


@dataclass
class Built:
    """A series with its bounds, before rules are made of it."""

    item: ClauseItem
    pattern: Pattern
    bounds: Bounds
    slots: tuple[TimeSlot, ...]
    limit: int | None = None  # "10 śród"


def ask_weekday(text: str, part: Part) -> Ask:
    quoted = text[part.start : part.end]
    return Ask(
        Missing.WEEKDAY,
        f"W które dni są spotkania „{quoted}”? Dopisz np. „w środy” albo „codziennie”.",
        *(
            AnswerChoice(label, f"{label} {text}")
            for label in ("codziennie", "w dni robocze")
            if text.startswith(("od ", "w "))
        ),
        AnswerChoice("wpiszę dni tygodnia"),
    )


def check_certain(text: str, clause: Clause) -> None:
    """Ask of a weekday in the singular ("w środę w listopadzie") whether it means each one."""
    many = clause.count is not None and clause.count.number > 1
    for item in clause.series:
        days = item.days
        assert days
        if days.kind != DaysKind.WEEKLY or days.certain or many or clause.frequency or clause.total:
            continue
        quoted = text[days.start : days.end]
        each = join_list([f"{each_of(day)} {WEEKDAYS_ACCUSATIVE[day]}" for day in days.weekdays])
        sentence = f"{text[: days.start]}{each}{text[days.end :]}"
        raise Ask(
            Missing.MEANING,
            f"„{quoted}”: raz czy co tydzień? Jeśli raz, dopisz datę.",
            AnswerChoice(each, sentence),
            AnswerChoice("raz, dopiszę datę"),
        )


def check_bounds(text: str, item: ClauseItem, bounds: Bounds, *, limited: bool) -> None:
    quoted = text[item.part.start : item.part.end]
    if bounds.periods:
        return
    if bounds.start is None and bounds.end is None:
        raise Ask(
            Missing.START,
            f"Kiedy są spotkania „{quoted}”? Dopisz, od kiedy do kiedy, np. {EXAMPLE_SPAN}.",
            AnswerChoice("dopiszę daty od – do"),
            AnswerChoice("dopiszę miesiąc i rok"),
        )
    if bounds.start is None:
        raise Ask(
            Missing.START,
            f"Od kiedy są spotkania „{quoted}”? Dopisz np. „od 1.09.2026”.",
            AnswerChoice("dopiszę początek"),
        )
    if bounds.end is None and not limited and not bounds.open_ended:
        text = text
        raise Ask(
            Missing.END,
            f"Do kiedy są spotkania „{quoted}” albo ile ma ich być? Dopisz np. „do 15.12.2026” albo „10 spotkań”.",
            AnswerChoice("dopiszę ostatni dzień"),
            AnswerChoice("dopiszę liczbę spotkań"),
            AnswerChoice("bezterminowo", f"{text} bezterminowo"),
        )


def check_monthly(text: str, item: ClauseItem, bounds: Bounds) -> None:
    """Ask of "w pierwszy wtorek" between two days whether it is of each month; and of "pierwsze wtorki" how many."""
    days = item.days
    assert days
    if days.kind not in (DaysKind.NTH, DaysKind.NTH_WORKING):
        return
    one_month = len(bounds.periods) == 1 and (
        bounds.periods[0].start.replace(day=1) == bounds.periods[0].end.replace(day=1)
    )
    quoted = text[days.start : days.end]
    before, rest = text[: days.end], text[days.end :]
    if days.plural_ordinal and one_month:
        raise Ask(Missing.NUMBER, f"„{quoted}”: ile ich jest? Napisz np. „w 3 pierwsze poniedziałki”.")
    if (not days.monthly and not bounds.in_months) or (not days.monthly and not item.spans):
        raise Ask(
            Missing.MEANING,
            f"„{quoted}”: w każdym miesiącu czy tylko raz? Jeśli raz, wpisz datę.",
            AnswerChoice(f"{quoted} miesiąca", f"{before} miesiąca{rest}"),
            AnswerChoice("raz, wpiszę datę"),
        )


def check_first_week(text: str, each: Built) -> None:
    """Ask where "every second week" begins when the start lies between its weekdays."""
    pattern = each.pattern
    if not isinstance(pattern, Weekly) or pattern.every == 1 or len(pattern.weekdays) == 1:
        return
    start = each.bounds.periods[0].start if each.bounds.periods else each.bounds.start
    assert start
    end = each.bounds.periods[0].end if each.bounds.periods else date.max
    first = next(pattern.days(start))
    if first == start or first > end or first.weekday() == min(pattern.weekdays):
        return
    days = each.item.days
    assert days
    monday = first.toordinal() - first.weekday()
    later = date.fromordinal(monday + 7)
    raise Ask(
        Missing.START,
        f"„{text[days.start : days.end]}”: liczyć od tygodnia z {short_date(first)} czy od następnego? Zacznij od "
        f"pierwszego dnia tygodnia, np. „od {short_date(date.fromordinal(monday + min(pattern.weekdays)))}” albo „od "
        f"{short_date(later)}”.",
    )


def ask_about_frequency(text: str, part: FrequencyPart, series: Sequence[ClauseItem] = ()) -> Ask:
    quoted = text[part.start : part.end]
    before, rest = text[: part.start], text[part.end :]
    labels: tuple[str, ...] = ()
    if part.number == 2 and part.unit in ("week", "month"):
        labels = TWICE_A_WEEK if part.unit == "week" else TWICE_A_MONTH
    choices = [AnswerChoice(label, f"{before}{label}{rest}") for label in labels]
    example = (
        "„w środy”" if part.unit == "week" else "„w pierwszy i trzeci wtorek miesiąca” albo „co drugi wtorek”"
    )
    if series:
        days = text[series[0].part.start : series[0].part.end]
        choices = [AnswerChoice(f"tylko „{days}”", f"{before}{rest}".strip(" ,;"))]
        return Ask(Missing.WEEKDAY, f"„{quoted}” nie zgadza się z „{days}”. Które dni są właściwe?", *choices)
    return Ask(
        Missing.WEEKDAY,
        f"„{quoted}”: w które dni? Napisz np. {example}.",
        *choices,
        AnswerChoice("wpiszę dni"),
    )


def check_frequency(text: str, clause: Clause, built: list[Built]) -> None:
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
        raise ask_about_frequency(text, part, [each.item for each in built])


def check_contradiction(text: str, built: list[Built], clause: Clause) -> None:
    """Ask when one series holds the days of another: "codziennie, w środy"."""
    whole = (DaysKind.DAILY, DaysKind.WORKING)
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
        check_first_week(text, each)


def refuse_number(text: str, number: int) -> None:
    if number < 1:
        raise ScheduleError("Harmonogram musi mieć co najmniej jedno spotkanie.")


def ask_about_open_end(text: str, clause: Clause) -> Ask:
    part = clause.count or clause.total
    assert part
    return Ask(
        Missing.NUMBER,
        f"„{clause.quote(part)}”: w tym samym zdaniu są spotkania bez końca. Dopisz liczbę do właściwego zdania.",
    )


def ask_about_number(text: str, clause: Clause, part: Part, result: str, schedule: Schedule) -> Ask:
    quoted = clause.quote(part)
    without = f"{text[: part.start]}{text[part.end :]}".strip(" ,;")
    return Ask(
        Missing.NUMBER,
        f"„{quoted}”, a z dni i dat {result}. Co jest właściwe?",
        AnswerChoice(f"daty: {result}", without),
        AnswerChoice("liczba: poprawię daty"),
    )


def compare_limit(text: str, built: Built, rules: list[MeetingRule]) -> None:
    """ "w trzy wtorki sierpnia": all of them, or a question which ones."""
    days = built.item.days
    assert days and built.limit
    number = len(Schedule(tuple(rules)).meetings())
    if number == built.limit:
        return
    quoted = text[days.start : days.end]
    name = WEEKDAYS_PLURAL[days.weekdays[0]]
    before, rest = text[: days.start], text[days.end :]
    labels = (
        [f"{built.limit} pierwsze {name}", f"{built.limit} ostatnie {name}"]
        if 1 < built.limit < number
        else []
    )
    choices = [AnswerChoice(f"w {label}", f"{before}{label}{rest}") for label in labels]
    choices.append(AnswerChoice(f"wszystkie {name}", f"{before}{name}{rest}"))
    raise Ask(
        Missing.MEANING,
        f"„{quoted}”: które? W tym czasie jest ich {number}.",
        *choices,
        AnswerChoice("wpiszę daty"),
    )
