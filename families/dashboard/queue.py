"""What waits for the manager and the social worker: dangers to children first, then families without a basis or
without an assistant, then plans to accept; of each the longest waiting first."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, DateField, OuterRef, Subquery, Value, Window
from django.db.models.functions import Cast
from django.urls import reverse

from families.case_files.family_list import queries
from families.case_files.family_list.presenters import FamilyRow
from families.case_files.family_list.tabs import WAITING, WITHOUT_BASIS, ListTab, tab_filter, waiting_since
from families.dashboard.item import Item, waits
from families.dashboard.plans import Waiting
from families.permissions import visible_to
from families.visits.case_log import open_dangers
from families.visits.models import SafeguardingStep
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Permission, has_permission
from lubsko_ops.core.polish import count_of, short_date

SHOWN = 15


@dataclass(frozen=True)
class Queue:
    """What waits, urgent first; of each kind the first ones, how many there are in all and where the rest is."""

    items: list[Item]
    more: list[dict]
    dangers: int
    others: int
    oldest: date | None  # the day since which a family waits the longest
    plans: int = 0

    @property
    def total(self) -> int:
        return self.dangers + self.others + self.plans

    def with_plans(self, waiting: Waiting) -> "Queue":
        """The same queue with plans at its end."""
        left = waiting.total - len(waiting.items)
        more = [{"what": "plany do akceptacji", "number": left, "url": waiting.rest}] if left else []
        return replace(self, items=self.items + waiting.items, more=self.more + more, plans=waiting.total)


def queue_of(user, day: date) -> Queue:
    """Two statements, however long the queue is."""
    dangers, all_dangers = _dangers(user, day)
    waiting = _waiting(user, day)
    totals = {view: next((each.of_all for each in waiting if each.what == view.code), 0) for view in VIEWS}
    rows = [FamilyRow(family, user, _view(family.what), day) for family in waiting]
    items = dangers + [_of_family(row, user, day) for row in rows]
    more = [{"what": "zagrożenia", "number": all_dangers - len(dangers), "url": ""}]
    for view in VIEWS:
        shown = sum(row.view == view for row in rows)
        url = f"{reverse('families:list')}?widok={view.code}"
        more.append({"what": view.caption.lower(), "number": totals[view] - shown, "url": url})
    oldest = min((row.family.waits_key for row in rows), default=None)
    return Queue(items, [each for each in more if each["number"]], all_dangers, sum(totals.values()), oldest)


VIEWS = (WITHOUT_BASIS, WAITING)


def _view(code: str) -> ListTab:
    return next(view for view in VIEWS if view.code == code)


# ---- danger to a child -------------------------------------------------------------------------------


def _dangers(user, day: date) -> tuple[list[Item], int]:
    """Open reports of the families within reach, the last reported first, and how many there are."""
    if not has_permission(user, Permission.DANGER_FOLLOW):
        return [], 0
    last = SafeguardingStep.objects.filter(report=OuterRef("pk")).order_by("-day", "-pk")
    reports = open_dangers().filter(visit__period__family__in=visible_to(user, on=day).values("pk"))
    reports = reports.annotate(last_step_on=Subquery(last.values("day")[:1]), of_all=Window(Count("pk")))
    found = list(reports.order_by("-entered_at", "-pk")[:SHOWN])
    return [_of_danger(report, day) for report in found], found[0].of_all if found else 0


def _of_danger(report, day: date) -> Item:
    family = report.visit.period.family
    url = reverse("families:danger", args=[family.pk, report.pk])
    told = f"{report.get_notified_display()}, {_moment(report.notified_at, day)}"
    note = f"{report.description.strip().rstrip('.')}. Zawiadomiono {told}. {report.visit.assistant}"
    if report.last_step_on:
        note += f". Ostatni krok {short_date(report.last_step_on)}"
    reported = report.entered_at.astimezone(clock.WARSAW)
    today = reported.date() == day
    return Item(
        family=family.pk,
        kind="Zagrożenie bezpieczeństwa dziecka",
        name=family.name,
        url=url,
        note=note,
        since="zgłoszone dziś" if today else f"zgłoszone {short_date(reported.date())}",
        since_note=f"o {reported:%H:%M}",
        deed="Zapoznaj się",
        deed_url=url,
        urgent=True,
    )


def _moment(at: datetime, day: date) -> str:
    there = at.astimezone(clock.WARSAW)
    return f"{there:%H:%M}" if there.date() == day else f"{short_date(there.date())}, {there:%H:%M}"


# ---- families that wait ------------------------------------------------------------------------------


def _waiting(user, day: date) -> list:
    """The first families of each view, the longest waiting first, and how many each view holds; one statement."""
    both = [_first_of(view, user, day) for view in VIEWS]
    return list(both[0].union(both[1], all=True).order_by("rank", "waits_key", "name"))


def _first_of(view: ListTab, user, day: date):
    families = visible_to(user, on=day).filter(tab_filter(view, user=user, on=day))
    families = families.annotate(
        waits_key=Cast(waiting_since(view, on=day), DateField()),
        what=Value(view.code),
        rank=Value(VIEWS.index(view)),
        of_all=Window(Count("pk")),
    )
    return queries.with_row_data(families, view=view, user=user, on=day).order_by("waits_key", "name", "pk")[
        :SHOWN
    ]


def _of_family(row: FamilyRow, user, day: date) -> Item:
    since = row.family.waits_key
    of_assistant = row.view == WAITING
    deed, address, right = (
        ("Przydziel", "families:assign", Permission.ASSIGN)
        if of_assistant
        else ("Uzupełnij", "families:basis-add", Permission.BASIS_RECORD)
    )
    may = has_permission(user, right)
    children = count_of(row.children, "dziecko,dzieci,dzieci")
    return Item(
        family=row.pk,
        kind="Czeka na asystenta" if of_assistant else "Praca bez podstawy",
        name=row.name,
        url=reverse("families:overview", args=[row.pk]),
        note=", ".join(words for words in (row.number or "nowa", children, row.assistant) if words),
        since=waits(since, day),
        since_note=f"od {short_date(since)}",
        deed=deed if may else "",
        deed_url=reverse(address, args=[row.pk]) if may else "",
        locality=row.locality,
        withheld_from=row.withheld_from,
    )
