"""The panel of families on the start page: each role sees first what waits for it."""

from families import law
from families.assignments.load import loads_of
from families.casefile import case_list
from families.casefile.rows import Row
from lubsko_ops import reading
from lubsko_ops.access import Permission, Role, allows
from lubsko_ops.reading import Part
from lubsko_ops.staff.models import User
from lubsko_ops.start import Panel

SHOWN = 15
RUNNING, UNASSIGNED = case_list.VIEWS[:2]


def my_families(request) -> Panel | None:
    """Assistant: her families. Manager and social worker: families without an assistant; manager: load of each."""
    user = request.user
    if not allows(user, Permission.FAMILY_VIEW):
        return None
    waits = Role.MANAGER in user.roles or Role.SOCIAL_WORKER in user.roles
    view = UNASSIGNED if waits else RUNNING
    families = case_list.families_in(view, user=user, on=request.today).order_by("name", "pk")
    found = list(case_list.with_facts(families, view=view, user=user, on=request.today)[: SHOWN + 1])
    rows = [Row(family, user, view, request.today) for family in found[:SHOWN]]
    reading.note(request, Part.LIST, [row.pk for row in rows])
    context = {
        "title": "Rodziny bez asystenta" if waits else "Moje rodziny",
        "waits": waits,
        "view": view,
        "rows": rows,
        "more": len(found) > SHOWN,
        "load": load_of_assistants(request.today) if Role.MANAGER in user.roles else [],
    }
    return Panel("families/casefile/_start.html", context)


def load_of_assistants(day) -> list[dict]:
    """Each assistant with the number of places her families take and the limit of the Act; three statements."""
    assistants = list(User.objects.holding(Role.ASSISTANT, day))
    loads = loads_of([user.pk for user in assistants], since=day)
    limit = law.FAMILIES_PER_ASSISTANT.on(day)
    taken = ((user, loads[user.pk].counted(day)) for user in assistants)
    return [
        {"who": user, "families": number, "limit": limit, "full": number >= limit} for user, number in taken
    ]
