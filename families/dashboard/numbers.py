"""Numbers of the manager's start page: what is overdue by person, and the quarter so far; with them the plans that
wait for her. One statement for all."""

import json
from dataclasses import dataclass, field
from datetime import date

from django.db.models import BigIntegerField, Case, Count, F, Func, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Cast, Concat

from families.caseload.models import WorkPeriod
from families.choices import DeadlineKind, VisitResult
from families.dashboard.plans import rows_to_accept, rows_to_consult
from families.deadlines.models import Deadline
from families.plans.models import Plan
from families.visits.models import Visit
from lubsko_ops.core.collation import sort_key
from lubsko_ops.core.dashboard import url_for
from lubsko_ops.core.dates import ROMAN_NUMERALS, Period, Quarter

COLUMNS = ("topic", "who", "name", "kind", "number")
# The columns of the table; the first visit is a visit, every step of a plan is the plan.
SHORT = {
    DeadlineKind.DANGER: "Zagrożenie",
    DeadlineKind.BASIS: "Podstawa",
    DeadlineKind.FIRST_VISIT: "Wizyta",
    DeadlineKind.VISIT: "Wizyta",
    DeadlineKind.PLAN: "Plan",
    DeadlineKind.PLAN_FIX: "Plan",
    DeadlineKind.PLAN_CONSULT: "Plan",
    DeadlineKind.PLAN_ACCEPT: "Plan",
    DeadlineKind.PLAN_SIGN: "Plan",
    DeadlineKind.PLAN_REVIEW: "Plan",
    DeadlineKind.ASSESSMENT: "Ocena",
}
NOBODY = "Kierownik"  # who answers for a duty nobody holds
QUARTER = (
    ("held", "Wizyty odbyte"),
    ("failed", "Wizyty nieudane"),
    ("begun", "Praca rozpoczęta"),
    ("ended", "Praca zakończona"),
    ("accepted", "Plany zaakceptowane"),
)


@dataclass
class Numbers:
    """Rows of the union, told apart. ``late``: person's id (None: nobody) to kind to number; ``plans``: facts of the
    plans to accept, each with how many there are; ``consult``: of those to consult, for who does that as well."""

    late: dict[int | None, dict[str, int]] = field(default_factory=dict)
    names: dict[int | None, str] = field(default_factory=dict)
    longest: dict | None = None
    quarter: dict[tuple[str, str], int] = field(default_factory=dict)
    plans: list[tuple[dict, int]] = field(default_factory=list)
    consult: list[tuple[dict, int]] = field(default_factory=list)

    @property
    def late_by_person(self) -> dict[int, int]:
        return {who: sum(kinds.values()) for who, kinds in self.late.items() if who}

    @property
    def late_in_all(self) -> int:
        return sum(sum(kinds.values()) for kinds in self.late.values())


def numbers_of(user, day: date) -> Numbers:
    """Everything in one statement: a union of small grouped ones."""
    now, before = quarters(day)
    plans = [
        _columns(rows, topic, kind=F("facts"), number=F("of_all"))
        for topic, rows in (("plan", rows_to_accept(user, day)), ("consult", rows_to_consult(user, day)))
    ]
    first, *others = [_late(day), _longest(day), _visits(now, before), *_by_day(now, before), *plans]
    numbers = Numbers()
    for topic, who, name, kind, number in first.union(*others, all=True):
        if topic == "late":
            column = SHORT[kind]
            kinds = numbers.late.setdefault(who, {})
            kinds[column] = kinds.get(column, 0) + number
            numbers.names[who] = name if who else NOBODY
        elif topic == "plan":
            numbers.plans.append((json.loads(kind), number))
        elif topic == "consult":
            numbers.consult.append((json.loads(kind), number))
        elif topic == "longest":
            numbers.longest = {"family": who, "name": name, "duty": DeadlineKind(kind).label, "days": number}
        else:
            numbers.quarter[topic, kind] = number
    return numbers


def quarters(day: date) -> tuple[Period, Period]:
    """The quarter until the day, and the one before it until its same day (or its last)."""
    quarter = Quarter.of(day)
    before = quarter.previous
    same_day = before.start + (day - quarter.start)
    return Period(quarter.start, day), Period(before.start, min(same_day, before.end))


def quarter_table(numbers: Numbers, day: date) -> dict:
    """Heads and rows: what, now, then."""
    now, before = quarters(day)
    this, last = Quarter.of(day), Quarter.of(before.start)
    get = numbers.quarter.get
    return {
        "title": f"{this.name.removesuffix(f' {this.year} r.')} do dziś",
        "days": now.days,
        "report": url_for("quarterly report", day),
        "then": f"{ROMAN_NUMERALS[last.number - 1]} kw. po {before.days} {'dniu' if before.days == 1 else 'dniach'}",
        "rows": [(label, get((code, "now"), 0), get((code, "before"), 0)) for code, label in QUARTER],
    }


def late_table(numbers: Numbers, assistants: set[int]) -> dict:
    """Persons by surname with a number for each kind that is overdue for anybody. Of an assistant's numbers the
    list of families tells more."""
    found = {column for kinds in numbers.late.values() for column in kinds}
    columns = [column for column in dict.fromkeys(SHORT.values()) if column in found]
    people = sorted(numbers.late, key=lambda who: (who is None, sort_key(_surname_first(numbers.names[who]))))
    rows = [
        {
            "name": numbers.names[who],
            "link": who if who in assistants else None,
            "numbers": [numbers.late[who].get(column, 0) for column in columns],
        }
        for who in people
    ]
    sums = [sum(kinds.get(column, 0) for kinds in numbers.late.values()) for column in columns]
    longest = numbers.longest
    return {"columns": columns, "rows": rows, "sums": sums, "total": numbers.late_in_all, "longest": longest}


def _surname_first(name: str) -> str:
    first, _, last = name.partition(" ")
    return f"{last} {first}"


# ---- the parts of the union --------------------------------------------------------------------------


def _overdue(day: date):
    """Every kind is named, so that the index by kind and day serves."""
    return Deadline.objects.filter(done_on=None, kind__in=DeadlineKind.values, due_on__lt=day)


def _late(day: date):
    overdue = _overdue(day).order_by()
    name = Concat("responsible__first_name", Value(" "), "responsible__last_name", output_field=TextField())
    rows = overdue.values("responsible", "kind", name=name).annotate(n=Count("pk"))
    return _columns(rows, "late", who=F("responsible"), name=F("name"), kind=F("kind"), number=F("n"))


def _longest(day: date):
    overdue = _overdue(day).order_by("due_on", "pk")
    days = Func(Value(day), F("due_on"), template="(%(expressions)s)", arg_joiner=" - ")
    return _columns(overdue, "longest", who=F("family"), name=F("family__name"), kind=F("kind"), number=days)[
        :1
    ]


def _visits(now: Period, before: Period):
    """Read off the index by day and result, not off the visits."""
    of_now, of_before = (Q(day__range=(days.start, days.end)) for days in (now, before))
    topic = Case(When(result=VisitResult.HELD, then=Value("held")), default=Value("failed"))
    when = Case(When(day__gte=now.start, then=Value("now")), default=Value("before"))
    rows = Visit.objects.filter(of_now | of_before).order_by().values(topic=topic, when=when)
    return _columns(rows.annotate(n=Count("pk")), F("topic"), kind=F("when"), number=F("n"))


def _by_day(now: Period, before: Period) -> list:
    """Work begun and ended (a family that came back counts again, as in the movement of a report), plans accepted."""
    parts = []
    columns = (
        (WorkPeriod, "begun", "starts_on"),
        (WorkPeriod, "ended", "ends_on"),
        (Plan, "accepted", "accepted_on"),
    )
    for model, topic, column in columns:
        within = Q(**{f"{column}__range": (now.start, now.end)})
        earlier = Q(**{f"{column}__range": (before.start, before.end)})
        when = Case(When(within, then=Value("now")), default=Value("before"))
        rows = model.objects.filter(within | earlier).order_by()
        rows = rows.values(when=when).annotate(n=Count("pk"))
        parts.append(_columns(rows, topic, kind=F("when"), number=F("n")))
    return parts


def _columns(rows, topic, *, number, kind, who=None, name=""):
    """The row in the shape of the union."""
    text = {"topic": topic, "name": name, "kind": kind}
    shaped = {
        f"c_{key}": Cast(Value(each) if isinstance(each, str) else each, TextField())
        for key, each in text.items()
    }
    shaped["c_who"] = Cast(Value(None) if who is None else who, BigIntegerField())
    shaped["c_number"] = Cast(number, IntegerField())
    return rows.annotate(**shaped).values_list(*(f"c_{each}" for each in COLUMNS))
