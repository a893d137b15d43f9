"""Dashboard of a manager: work queue, overdue deadlines by person, figures of the quarter, caseload board."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from families import law
from families.choices import DeadlineKind
from families.dashboard.caseload_board import get_caseload_board
from families.dashboard.queue import WorkQueue, get_plans_to_accept, get_queue
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core.collation import sort_key
from lubsko_ops.core.dashboard import Panel, url_for
from lubsko_ops.core.dates import ROMAN_NUMERALS, Period, Quarter
from lubsko_ops.core.permissions import SensitiveKind, can_see_sensitive
from lubsko_ops.core.polish import count_of, short_date


def get_manager_panels(request) -> list[Panel]:
    """Panels of a manager: queue, overdue deadlines by person, figures of the quarter, caseload board.

    Six statements: three for the queue, one for the numbers, two for the board.
    """
    user, day = request.user, request.today
    numbers = get_manager_numbers(day)
    queue = get_queue(user, day).with_plans(get_plans_to_accept(user, day))
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
    """Counts of the whole centre.

    overdue: number of deadlines by user id (None: nobody) and column; names: of these users; quarter: numbers by
    (row, "now" or "before").
    """

    overdue: dict[int | None, dict[str, int]] = field(default_factory=dict)
    names: dict[int | None, str] = field(default_factory=dict)
    longest: dict | None = None
    quarter: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def overdue_by_user(self) -> dict[int, int]:
        return {user: sum(columns.values()) for user, columns in self.overdue.items() if user}

    @property
    def overdue_total(self) -> int:
        return sum(sum(columns.values()) for columns in self.overdue.values())


# Written by hand: Django needs ten times longer to compile this than the database to run it.
NUMBERS = """
    SELECT 'late', responsible_id, kind, count(*), NULL::bigint, first_name || ' ' || last_name
    FROM deadlines_deadline LEFT JOIN accounts_user AS person ON person.id = responsible_id
    WHERE done_on IS NULL AND due_on < %(day)s GROUP BY responsible_id, kind, first_name, last_name
    UNION ALL (
        SELECT 'longest', family_id, kind, %(day)s - due_on, NULL, family.name
        FROM deadlines_deadline JOIN people_family AS family ON family.id = family_id
        WHERE done_on IS NULL AND due_on < %(day)s ORDER BY due_on, deadlines_deadline.id LIMIT 1
    )
    UNION ALL
    SELECT CASE result WHEN 'held' THEN 'held' ELSE 'failed' END, NULL::bigint, '',
        count(*) FILTER (WHERE day >= %(now_start)s), count(*) FILTER (WHERE day <= %(before_end)s), ''
    FROM visits_visit WHERE day BETWEEN %(before_start)s AND %(now_end)s GROUP BY 1
    UNION ALL
    SELECT 'begun', NULL::bigint, '', count(*) FILTER (WHERE starts_on >= %(now_start)s),
        count(*) FILTER (WHERE starts_on <= %(before_end)s), ''
    FROM caseload_workperiod WHERE starts_on BETWEEN %(before_start)s AND %(now_end)s
    UNION ALL
    SELECT 'ended', NULL::bigint, '', count(*) FILTER (WHERE ends_on >= %(now_start)s),
        count(*) FILTER (WHERE ends_on <= %(before_end)s), ''
    FROM caseload_workperiod WHERE ends_on BETWEEN %(before_start)s AND %(now_end)s
    UNION ALL
    SELECT 'accepted', NULL::bigint, '', count(*) FILTER (WHERE accepted_on >= %(now_start)s),
        count(*) FILTER (WHERE accepted_on <= %(before_end)s), ''
    FROM plans_plan WHERE accepted_on BETWEEN %(before_start)s AND %(now_end)s"""


def get_manager_numbers(day: date) -> ManagerNumbers:
    """Overdue deadlines and figures of the quarter; a returning family counts again. One statement."""
    now, before = quarter_and_previous(day)
    days = {
        "now_start": now.start,
        "now_end": now.end,
        "before_start": before.start,
        "before_end": before.end,
    }
    numbers = ManagerNumbers()
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS, days | {"day": day})
        for topic, who, kind, number, earlier, name in cursor.fetchall():
            if topic == "late":
                columns = numbers.overdue.setdefault(who, Counter())
                columns[KIND_COLUMNS[kind]] += number
                numbers.names[who] = name if who else UNASSIGNED_NAME
            elif topic == "longest":
                deadline = DeadlineKind(kind).label
                numbers.longest = {"family": who, "name": name, "deadline": deadline, "days": number}
            else:
                numbers.quarter[topic, "now"], numbers.quarter[topic, "before"] = number, earlier
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
