"""Dashboard of a manager: work queue, overdue deadlines by person, figures of the quarter, caseload board."""

from datetime import date

from families import law
from families.dashboard.caseload_board import get_caseload_board
from families.dashboard.markup import draw_board_rows, draw_overdue_rows
from families.dashboard.numbers import ManagerNumbers, get_manager_numbers
from families.dashboard.overdue import KIND_COLUMNS, overdue_url
from families.dashboard.queue import WorkQueue, get_plans_to_accept, get_queue
from families.people.permissions import PEOPLE_MERGE
from lubsko_ops.accounts.panels import waiting_notices_panel
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core.collation import sort_key
from lubsko_ops.core.dashboard import Panel, url_for
from lubsko_ops.core.dates import ROMAN_NUMERALS, Quarter, quarter_and_previous
from lubsko_ops.core.permissions import SensitiveKind, can_see_sensitive, has_permission
from lubsko_ops.core.polish import count_of, short_date


def get_manager_panels(request) -> list[Panel]:
    """Panels of a manager: queue, overdue deadlines by person, figures of the quarter, caseload board.

    Five statements: three for the queue, one for the numbers, one for the board; a sixth when there are notices.
    """
    user, day = request.user, request.today
    numbers = get_manager_numbers(day, user.pk)
    queue = get_queue(user, day).with_plans(get_plans_to_accept(user, day))
    board = request.caseload_board = get_caseload_board(
        day, numbers, all_shown=request.GET.get("obciazenie") == "wszyscy"
    )
    overdue = overdue_table(numbers)
    queue_context = {
        "queue": queue,
        "label": "Do decyzji",
        "empty_title": "Nic nie czeka na decyzję",
        "help": "Tu pojawi się zagrożenie dziecka, rodzina bez asystenta, praca bez podstawy i plan do akceptacji.",
    }
    with_court = can_see_sensitive(user, SensitiveKind.COURT)
    board_context = {
        "board": board,
        "drawn_rows": draw_board_rows(board.shown, with_court=with_court),
        "limit": law.FAMILIES_PER_ASSISTANT.on(day),
        "with_court": with_court,
    }
    notices = [waiting_notices_panel(request)] if numbers.notices else []
    return [
        *notices,
        Panel("dashboard/_queue.html", queue_context, title=_title(queue), lede=_lede(queue, numbers)),
        Panel("dashboard/_overdue_by_person.html", overdue),
        Panel("dashboard/_quarter.html", quarter_table(numbers, day), side=True),
        *_duplicates_panel(user, numbers),
        Panel("dashboard/_caseload_board.html", board_context, wide=True),
    ]


def _duplicates_panel(user, numbers: ManagerNumbers) -> list[Panel]:
    """The number of pairs awaiting a decision, without names."""
    if not numbers.duplicates or not has_permission(user, PEOPLE_MERGE):
        return []
    return [Panel("dashboard/_duplicates_panel.html", {"number": numbers.duplicates}, side=True)]


def _title(queue: WorkQueue) -> str:
    return f"Do decyzji: {count_of(queue.total, 'sprawa,sprawy,spraw')}" if queue.total else ""


def _lede(queue: WorkQueue, numbers: ManagerNumbers) -> str:
    """ "2 pilne, najdłużej czeka rodzina od 07.10.2026.": of everything that waits for a decision or is overdue."""
    urgent = count_of(queue.concerns, "pilna,pilne,pilnych") if queue.concerns else ""
    waiting = {**queue.oldest}
    if numbers.longest:
        waiting["sprawa po terminie"] = numbers.longest["due_on"]
    what = min(waiting, key=lambda name: waiting[name], default="") if queue.total else ""
    longest = f"najdłużej czeka {what} od {short_date(waiting[what])}" if what else ""
    text = ", ".join(filter(None, (urgent, longest)))
    return f"{text[0].upper()}{text[1:]}." if text else ""


# Code, label, and the figure of the report that counts the same rows.
QUARTER_ROWS = (
    ("held", "Wizyty odbyte", "wizyty-odbyte"),
    ("failed", "Wizyty nieudane", "wizyty-nieudane"),
    ("begun", "Praca rozpoczęta", "przybylo"),
    ("ended", "Praca zakończona", "ubylo"),
    ("accepted", "Plany zaakceptowane", "plany-zaakceptowane"),
)


def quarter_table(numbers: ManagerNumbers, day: date) -> dict:
    """Title, heading of the earlier column, and rows: label, and the numbers now and before with their URLs."""
    now, before = quarter_and_previous(day)
    this, last = Quarter.of(day), Quarter.of(before.start)
    get = numbers.quarter.get
    days_word = "dniu" if before.days == 1 else "dniach"
    return {
        "title": f"{this.name.removesuffix(f' {this.year} r.')} do dziś",
        "days": now.days,
        "report": url_for("quarterly report", day),
        "before_label": f"{ROMAN_NUMERALS[last.number - 1]} kw. po {before.days} {days_word}",
        "rows": [
            (
                label,
                [
                    (get((code, "now"), 0), url_for("report figure", day, figure)),
                    (get((code, "before"), 0), url_for("report figure", day, figure, "poprzedni-dotad")),
                ],
            )
            for code, label, figure in QUARTER_ROWS
        ],
    }


def overdue_table(numbers: ManagerNumbers) -> dict:
    """People by surname with the number of overdue deadlines by column; each number with the URL of its list."""
    used = {column for counts in numbers.overdue.values() for column in counts}
    columns = [column for column in dict.fromkeys(KIND_COLUMNS.values()) if column in used]
    people = sorted(
        numbers.overdue, key=lambda who: (who is None, sort_key(_surname_first(numbers.names[who])))
    )
    rows = [
        {
            "name": numbers.names[who],
            "numbers": [
                (column, numbers.overdue[who].get(column, 0), overdue_url(person=who, column=column))
                for column in columns
            ],
        }
        for who in people
    ]
    if numbers.longest:
        note_shown([numbers.longest["family"]])
    totals = [
        (
            column,
            sum(counts.get(column, 0) for counts in numbers.overdue.values()),
            overdue_url(column=column),
        )
        for column in columns
    ]
    return {
        "columns": columns,
        "drawn_rows": draw_overdue_rows(rows),
        "totals": totals,
        "total": numbers.overdue_total,
        "url": overdue_url(),
        "longest": numbers.longest,
    }


def _surname_first(name: str) -> str:
    first, _, last = name.partition(" ")
    return f"{last} {first}"
