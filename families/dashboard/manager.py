"""Dashboard of a manager: work queue, overdue deadlines by person, figures of the quarter, caseload board."""

import json
from dataclasses import dataclass, field
from datetime import date

from django.db.models import BigIntegerField, Case, Count, F, Func, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Cast, Concat

from families import law
from families.caseload.models import WorkPeriod
from families.choices import DeadlineKind, VisitResult
from families.dashboard.caseload_board import get_caseload_board
from families.dashboard.queue import WorkQueue, accept_items, get_queue, plans_to_accept, plans_to_consult
from families.deadlines.models import Deadline
from families.plans.models import Plan
from families.visits.models import Visit
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core.collation import sort_key
from lubsko_ops.core.dashboard import Panel, url_for
from lubsko_ops.core.dates import ROMAN_NUMERALS, Period, Quarter
from lubsko_ops.core.permissions import SensitiveKind, can_see_sensitive
from lubsko_ops.core.polish import count_of, short_date


def get_manager_panels(request) -> list[Panel]:
    """Panels of a manager: queue, overdue deadlines by person, figures of the quarter, caseload board.

    Five statements: two for the queue, one for the numbers and the waiting plans, two for the board.
    """
    user, day = request.user, request.today
    numbers = request.manager_numbers = get_manager_numbers(user, day)
    queue = get_queue(user, day).with_plans(accept_items(numbers.plans, day))
    board = request.caseload_board = get_caseload_board(day, numbers.overdue_by_user)
    overdue = overdue_table(numbers, {row.user.pk for row in board.rows})
    queue_context = {
        "queue": queue,
        "label": "Do decyzji",
        "empty_title": "Nic nie czeka na decyzję",
        "help": "Tu pojawi się zagrożenie dziecka, rodzina bez asystenta, praca bez podstawy i plan do akceptacji.",
    }
    board_context = {
        "board": board,
        "limit": law.FAMILIES_PER_ASSISTANT.on(day),
        "with_court": can_see_sensitive(user, SensitiveKind.COURT),
    }
    return [
        Panel("dashboard/_queue.html", queue_context, title=_title(queue), lede=_lede(queue)),
        Panel("dashboard/_overdue_by_person.html", overdue, side=True),
        Panel("dashboard/_quarter.html", quarter_table(numbers, day), side=True),
        Panel("dashboard/_caseload_board.html", board_context, wide=True),
    ]


def _title(queue: WorkQueue) -> str:
    return f"Do decyzji: {count_of(queue.total, 'sprawa,sprawy,spraw')}" if queue.total else ""


def _lede(queue: WorkQueue) -> str:
    """ "2 pilne, najdłużej czeka rodzina od 07.10.2026."."""
    urgent = count_of(queue.concerns, "pilna,pilne,pilnych") if queue.concerns else ""
    longest = f"najdłużej czeka rodzina od {short_date(queue.oldest)}" if queue.oldest else ""
    text = ", ".join(filter(None, (urgent, longest)))
    return f"{text[0].upper()}{text[1:]}." if text else ""


UNION_COLUMNS = ("topic", "who", "name", "kind", "number")
# Columns of the table of overdue deadlines.
KIND_COLUMNS = {
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
UNASSIGNED_NAME = "Kierownik"  # of deadlines without a responsible user
QUARTER_ROWS = (
    ("held", "Wizyty odbyte"),
    ("failed", "Wizyty nieudane"),
    ("begun", "Praca rozpoczęta"),
    ("ended", "Praca zakończona"),
    ("accepted", "Plany zaakceptowane"),
)


@dataclass
class ManagerNumbers:
    """The result of the union.

    overdue: number of deadlines by user id (None: nobody) and column; names: of these users; quarter: numbers by
    (row, "now" or "before"); plans and consult: data of the plans to accept and to consult, each with the total.
    """

    overdue: dict[int | None, dict[str, int]] = field(default_factory=dict)
    names: dict[int | None, str] = field(default_factory=dict)
    longest: dict | None = None
    quarter: dict[tuple[str, str], int] = field(default_factory=dict)
    plans: list[tuple[dict, int]] = field(default_factory=list)
    consult: list[tuple[dict, int]] = field(default_factory=list)

    @property
    def overdue_by_user(self) -> dict[int, int]:
        return {user: sum(columns.values()) for user, columns in self.overdue.items() if user}

    @property
    def overdue_total(self) -> int:
        return sum(sum(columns.values()) for columns in self.overdue.values())


def get_manager_numbers(user, day: date) -> ManagerNumbers:
    """Overdue deadlines, figures of the quarter and waiting plans of one day. One statement."""
    now, before = quarter_and_previous(day)
    plans = [
        _union_row(rows, topic, kind=F("facts"), number=F("total"))
        for topic, rows in (("plan", plans_to_accept(user, day)), ("consult", plans_to_consult(user, day)))
    ]
    first, *others = [
        _overdue_counts(day),
        _longest_overdue(day),
        _visit_counts(now, before),
        *_event_counts(now, before),
        *plans,
    ]
    numbers = ManagerNumbers()
    for topic, who, name, kind, number in first.union(*others, all=True):
        if topic == "late":
            column = KIND_COLUMNS[kind]
            columns = numbers.overdue.setdefault(who, {})
            columns[column] = columns.get(column, 0) + number
            numbers.names[who] = name if who else UNASSIGNED_NAME
        elif topic == "plan":
            numbers.plans.append((json.loads(kind), number))
        elif topic == "consult":
            numbers.consult.append((json.loads(kind), number))
        elif topic == "longest":
            numbers.longest = {
                "family": who,
                "name": name,
                "deadline": DeadlineKind(kind).label,
                "days": number,
            }
        else:
            numbers.quarter[topic, kind] = number
    return numbers


def quarter_and_previous(day: date) -> tuple[Period, Period]:
    """The current quarter until the day, and the previous one until its corresponding (or last) day."""
    quarter = Quarter.of(day)
    before = quarter.previous
    same_day = before.start + (day - quarter.start)
    return Period(quarter.start, day), Period(before.start, min(same_day, before.end))


def quarter_table(numbers: ManagerNumbers, day: date) -> dict:
    """Title, heading of the earlier column, and rows (label, now, before)."""
    now, before = quarter_and_previous(day)
    this, last = Quarter.of(day), Quarter.of(before.start)
    get = numbers.quarter.get
    days_word = "dniu" if before.days == 1 else "dniach"
    return {
        "title": f"{this.name.removesuffix(f' {this.year} r.')} do dziś",
        "days": now.days,
        "report": url_for("quarterly report", day),
        "before_label": f"{ROMAN_NUMERALS[last.number - 1]} kw. po {before.days} {days_word}",
        "rows": [(label, get((code, "now"), 0), get((code, "before"), 0)) for code, label in QUARTER_ROWS],
    }


def overdue_table(numbers: ManagerNumbers, assistants: set[int]) -> dict:
    """People by surname with the number of overdue deadlines by column; those of assistants link to the list."""
    used = {column for counts in numbers.overdue.values() for column in counts}
    columns = [column for column in dict.fromkeys(KIND_COLUMNS.values()) if column in used]
    people = sorted(
        numbers.overdue, key=lambda who: (who is None, sort_key(_surname_first(numbers.names[who])))
    )
    rows = [
        {
            "name": numbers.names[who],
            "assistant": who if who in assistants else None,
            "numbers": [numbers.overdue[who].get(column, 0) for column in columns],
        }
        for who in people
    ]
    if numbers.longest:
        note_shown([numbers.longest["family"]])
    totals = [sum(counts.get(column, 0) for counts in numbers.overdue.values()) for column in columns]
    return {
        "columns": columns,
        "rows": rows,
        "totals": totals,
        "total": numbers.overdue_total,
        "longest": numbers.longest,
    }


def _surname_first(name: str) -> str:
    first, _, last = name.partition(" ")
    return f"{last} {first}"


# ---- the parts of the union --------------------------------------------------------------------------


def _overdue_deadlines(day: date):
    """All kinds are listed so that the index by kind and day is used."""
    return Deadline.objects.filter(done_on=None, kind__in=DeadlineKind.values, due_on__lt=day)


def _overdue_counts(day: date):
    overdue = _overdue_deadlines(day).order_by()
    name = Concat("responsible__first_name", Value(" "), "responsible__last_name", output_field=TextField())
    rows = overdue.values("responsible", "kind", name=name).annotate(n=Count("pk"))
    return _union_row(rows, "late", who=F("responsible"), name=F("name"), kind=F("kind"), number=F("n"))


def _longest_overdue(day: date):
    overdue = _overdue_deadlines(day).order_by("due_on", "pk")
    days = Func(Value(day), F("due_on"), template="(%(expressions)s)", arg_joiner=" - ")
    return _union_row(
        overdue, "longest", who=F("family"), name=F("family__name"), kind=F("kind"), number=days
    )[:1]


def _visit_counts(now: Period, before: Period):
    """Index-only scan of the index by day and result."""
    of_now, of_before = (Q(day__range=(days.start, days.end)) for days in (now, before))
    topic = Case(When(result=VisitResult.HELD, then=Value("held")), default=Value("failed"))
    when = Case(When(day__gte=now.start, then=Value("now")), default=Value("before"))
    rows = Visit.objects.filter(of_now | of_before).order_by().values(topic=topic, when=when)
    return _union_row(rows.annotate(n=Count("pk")), F("topic"), kind=F("when"), number=F("n"))


def _event_counts(now: Period, before: Period) -> list:
    """Work begun and ended (a returning family counts again), plans accepted."""
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
        parts.append(_union_row(rows, topic, kind=F("when"), number=F("n")))
    return parts


def _union_row(rows, topic, *, number, kind, who=None, name=""):
    """The queryset with the columns of the union."""
    text = {"topic": topic, "name": name, "kind": kind}
    shaped = {
        f"c_{key}": Cast(Value(each) if isinstance(each, str) else each, TextField())
        for key, each in text.items()
    }
    shaped["c_who"] = Cast(Value(None) if who is None else who, BigIntegerField())
    shaped["c_number"] = Cast(number, IntegerField())
    return rows.annotate(**shaped).values_list(*(f"c_{each}" for each in UNION_COLUMNS))
