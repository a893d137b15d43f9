"""The manager's start page: what to decide, what is overdue and whose, the quarter so far, the board of assistants."""

from families import law
from families.dashboard.board import board_of
from families.dashboard.numbers import late_table, numbers_of, quarter_table
from families.dashboard.plans import to_accept
from families.dashboard.queue import Queue, queue_of
from lubsko_ops.audit import access_log
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.dashboard import Panel
from lubsko_ops.core.permissions import SensitiveKind, can_see_sensitive
from lubsko_ops.core.polish import count_of, short_date


def panels(request) -> list[Panel]:
    """Five statements, whatever the size of the centre: the queue (two), all numbers and the plans that wait (one),
    the board (two)."""
    user, day = request.user, request.today
    numbers = request.numbers = numbers_of(user, day)
    queue = queue_of(user, day).with_plans(to_accept(numbers.plans, day))
    board = request.board = board_of(day, numbers.late_by_person)
    late = late_table(numbers, {each.user.pk for each in board.lines})
    longest = [late["longest"]["family"]] if late["longest"] else []
    access_log.note_access(request, AccessArea.LIST, [each.family for each in queue.items] + longest)
    decide = {
        "queue": queue,
        "label": "Do decyzji",
        "nothing": "Nic nie czeka na decyzję",
        "help": "Tu pojawi się zagrożenie dziecka, rodzina bez asystenta, praca bez podstawy i plan do akceptacji.",
    }
    whole = {
        "board": board,
        "limit": law.FAMILIES_PER_ASSISTANT.on(day),
        "with_court": can_see_sensitive(user, SensitiveKind.COURT),
    }
    return [
        Panel("families/dashboard/_queue.html", decide, title=_title(queue), lede=_lede(queue)),
        Panel("families/dashboard/_late_by_person.html", late, side=True),
        Panel("families/dashboard/_quarter.html", quarter_table(numbers, day), side=True),
        Panel("families/dashboard/_board.html", whole, wide=True),
    ]


def _title(queue: Queue) -> str:
    return f"Do decyzji: {count_of(queue.total, 'sprawa,sprawy,spraw')}" if queue.total else ""


def _lede(queue: Queue) -> str:
    """ "2 pilne, najdłużej czeka rodzina od 07.10.2026."; what there is of it."""
    urgent = count_of(queue.dangers, "pilna,pilne,pilnych") if queue.dangers else ""
    longest = f"najdłużej czeka rodzina od {short_date(queue.oldest)}" if queue.oldest else ""
    words = ", ".join(each for each in (urgent, longest) if each)
    return f"{words[0].upper()}{words[1:]}." if words else ""
