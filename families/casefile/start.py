"""The panel of families on the start page: each role sees first what waits for it."""

from datetime import date

from django.db.models import Q

from families import law
from families.assignments.load import loads_of
from families.casefile import case_list
from families.casefile.rows import Row
from families.reach import visible_to
from lubsko_ops import reading
from lubsko_ops.access import Permission, Role, allows
from lubsko_ops.reading import Part
from lubsko_ops.staff.models import User
from lubsko_ops.start import Panel

SHOWN = 15
RUNNING, UNASSIGNED, NEW, _ = case_list.VIEWS


def my_families(request) -> Panel | None:
    """Assistant: her families. Manager, social worker: families that wait for one. Manager: the load of each."""
    user, today = request.user, request.today
    if not allows(user, Permission.FAMILY_VIEW):
        return None
    waiting = bool({Role.MANAGER, Role.SOCIAL_WORKER} & user.roles)
    families = _waiting(user, today) if waiting else visible_to(user, on=today).filter(_are(RUNNING, today))
    rows = case_list.with_facts(families.order_by("name", "pk"), view=RUNNING, user=user, on=today)
    found = [Row(family, user, RUNNING, today) for family in rows[: SHOWN + 1]]
    reading.note(request, Part.LIST, [row.pk for row in found[:SHOWN]])
    context = {
        "title": "Rodziny, które czekają na asystenta" if waiting else "Moje rodziny",
        "waiting": waiting,
        "rows": found[:SHOWN],
        "more": len(found) > SHOWN,
        "load": load_of_assistants(today) if Role.MANAGER in user.roles else [],
    }
    return Panel("families/casefile/_start.html", context)


def _are(view: case_list.View, day: date) -> Q:
    return case_list.condition_of(view, on=day)


def _waiting(user, day: date):
    """New families and those in progress whom nobody leads."""
    return visible_to(user, on=day).filter(_are(NEW, day) | _are(UNASSIGNED, day))


def load_of_assistants(day: date) -> list[dict]:
    """Each assistant with the number of places her families take and the limit of the Act; three statements."""
    assistants = list(User.objects.holding(Role.ASSISTANT, day))
    loads = loads_of([user.pk for user in assistants], since=day)
    limit = law.FAMILIES_PER_ASSISTANT.on(day)
    taken = ((user, loads[user.pk].counted(day)) for user in assistants)
    return [
        {"who": user, "families": number, "limit": limit, "full": number >= limit} for user, number in taken
    ]
