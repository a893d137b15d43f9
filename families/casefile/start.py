"""The panel of families on the start page: each role sees first what waits for it."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Window
from django.urls import reverse

from families import law
from families.assignments.load import loads_of
from families.casefile import case_list
from families.casefile.case_views import (
    HANDED_OVER,
    RUNNING,
    WAITING,
    WITHOUT_BASIS,
    View,
    condition_of,
    waits_since,
)
from families.casefile.rows import Row
from families.reach import visible_to
from lubsko_ops import reading
from lubsko_ops.access import Permission, Role, allows
from lubsko_ops.reading import Part
from lubsko_ops.staff.models import User
from lubsko_ops.start import Panel

SHOWN = 15


@dataclass(frozen=True)
class Group:
    """The first families of a view, and how many it holds in all."""

    view: View
    title: str
    rows: list[Row] = field(default_factory=list)
    total: int = 0

    @property
    def url(self) -> str:
        """The whole of it on the list."""
        return reverse("families:list") + ("" if self.view == RUNNING else f"?widok={self.view.code}")

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


def my_families(request) -> Panel | None:
    """Assistant: her families and her places. Manager, social worker: families that wait for an assistant or have
    no basis. Manager: the load of each assistant."""
    user, today = request.user, request.today
    if not allows(user, Permission.FAMILY_VIEW):
        return None
    waiting = bool({Role.MANAGER, Role.SOCIAL_WORKER} & user.roles)
    wanted = FOR_THOSE_WHO_ASSIGN if waiting else FOR_THOSE_WHO_VISIT
    first, *others = [_group(view, title, user, today) for view, title in wanted]
    groups = [first, *(group for group in others if group.rows)]
    reading.note(request, Part.LIST, [row.pk for group in groups for row in group.rows])
    context = {
        "waiting": waiting,
        "groups": groups,
        "places": places_of(user, today),
        "load": load_of_assistants(today) if Role.MANAGER in user.roles else [],
    }
    return Panel("families/casefile/_start.html", context)


FOR_THOSE_WHO_ASSIGN = (
    (WAITING, "Rodziny, które czekają na asystenta"),
    (WITHOUT_BASIS, "Praca bez podstawy"),
)
FOR_THOSE_WHO_VISIT = ((RUNNING, "Moje rodziny"), (HANDED_OVER, "Przekazane, tylko do odczytu"))


def _group(view: View, title: str, user, day: date) -> Group:
    """One statement: the families, the longest waiting first, and how many there are."""
    families = visible_to(user, on=day).filter(condition_of(view, user=user, on=day))
    order = ("name", "pk")
    if view.since:
        families, order = families.annotate(waits_key=waits_since(view, on=day)), ("waits_key", *order)
    rows = case_list.with_facts(families.order_by(*order), view=view, user=user, on=day)
    found = list(rows.annotate(of_all=Window(Count("pk")))[:SHOWN])
    total = found[0].of_all if found else 0
    return Group(view, title, [Row(family, user, view, day) for family in found], total)


def places_of(user, day: date) -> str:
    """ "12 z 15": the places an assistant's families take and the limit of the Act; empty for anybody else."""
    if Role.ASSISTANT not in user.roles:
        return ""
    taken = loads_of([user.pk], since=day)[user.pk].counted(day)
    return f"{taken} z {law.FAMILIES_PER_ASSISTANT.on(day)}"


def load_of_assistants(day: date) -> list[dict]:
    """Each assistant with the number of places her families take and the limit of the Act; three statements."""
    assistants = list(User.objects.holding(Role.ASSISTANT, day))
    loads = loads_of([user.pk for user in assistants], since=day)
    limit = law.FAMILIES_PER_ASSISTANT.on(day)
    taken = ((user, loads[user.pk].counted(day)) for user in assistants)
    return [
        {"who": user, "families": number, "limit": limit, "full": number >= limit} for user, number in taken
    ]
