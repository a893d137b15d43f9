"""Projects on the start page of who runs them: what waits for a decision, free places, papers, terms."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lubsko_ops.core.dashboard import Panel
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import count_of, short_date
from projects.choices import EditionState, ParticipationStatus
from projects.dependents import PROJECT_TASKS
from projects.models import Edition, Participation, ProjectGroup
from projects.participants.facts import lacks_papers
from projects.participants.places import counts_in_edition
from projects.participants.rules import GOING_ON
from projects.permissions import PROJECT_APPROVE, PROJECT_WRITE
from projects.queries import NEEDS_PAPERS, holds_place

SHOWN = 6
WAITS = Q(status=ParticipationStatus.RESERVE, offered_on=None)
SOON = timedelta(days=7)
STATES = (
    EditionState.TO_ACCEPT,
    EditionState.RECRUITING,
    EditionState.RUNNING,
    EditionState.TO_SETTLE,
)


@dataclass(frozen=True)
class ProjectTasks:
    """A project with what is to be done in it: (sentence, address, "late" or "soon" or empty)."""

    edition: Edition
    notes: list[tuple[str, str, str]]


def get_project_panel(request) -> Panel | None:
    """Projects the user runs in which something is to be done; two statements, one where there is none."""
    user, today = request.user, request.today
    if not has_permission(user, PROJECT_WRITE):
        return None
    editions, decides = editions_to_watch(today), has_permission(user, PROJECT_APPROVE)
    if not decides:
        editions = editions.filter(authors__contains=[user.pk]).exclude(state=EditionState.TO_ACCEPT)
    editions = list(editions)
    groups = groups_with_places(editions)
    rows = [
        ProjectTasks(edition, notes)
        for edition in editions
        if (
            notes := [
                *tasks_elsewhere(edition, decides),
                *tasks_in(edition, groups.get(edition.pk, []), today),
            ]
        )
    ]
    if not rows:
        return None
    context = {"rows": rows[:SHOWN], "more": len(rows) - SHOWN, "url": reverse("projects:list")}
    return Panel("projects/_start_panel.html", context, side=True)


def editions_to_watch(on: date) -> QuerySet[Edition]:
    """Projects not yet settled, and others in which something waits, with their numbers of participants."""
    rows = Participation.objects.filter(edition=OuterRef("pk")).order_by().values("edition")
    who = Coalesce("person", -F("family"))

    def number(rows: QuerySet, **options) -> Coalesce:
        counted = rows.annotate(number=Count(who, **options)).values("number")
        return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

    tasks = {task.name: task.expression() for task in PROJECT_TASKS}
    watched = Q(state__in=STATES)
    for name in tasks:
        watched |= Q(**{f"{name}__isnull": False})
    editions = (
        Edition.objects.alias(**tasks)
        .filter(watched)
        .annotate(
            **tasks,
            taken=number(rows.filter(holds_place(), counts_in_edition()), distinct=True),
            reported=number(rows.filter(status=ParticipationStatus.REPORTED)),
            waiting=number(rows.filter(WAITS, counts_in_edition())),
            lacking=number(rows.filter(lacks_papers(on), status__in=NEEDS_PAPERS)),
        )
    )
    return editions.order_by("state", "starts_on", "pk")


def groups_with_places(editions: list[Edition]) -> dict[int, list[ProjectGroup]]:
    """Groups with places of their own, by edition (id), with ``taken`` and ``waiting``; at most one statement."""
    going_on = [edition.pk for edition in editions if edition.state in GOING_ON]
    groups: dict[int, list[ProjectGroup]] = {}
    if going_on:
        rows = ProjectGroup.objects.filter(edition__in=going_on, capacity__isnull=False).annotate(
            taken=Count("participations", filter=holds_place("participations__")),
            waiting=Count(
                "participations",
                filter=Q(participations__status=ParticipationStatus.RESERVE, participations__offered_on=None),
            ),
        )
        for group in rows.order_by("starts_on", "pk"):
            groups.setdefault(group.edition_id, []).append(group)
    return groups


def tasks_elsewhere(edition: Edition, decides: bool) -> list[tuple[str, str, str]]:
    """What waits in the project in higher apps."""
    waiting = ((task, getattr(edition, task.name)) for task in PROJECT_TASKS)
    return [note for task, value in waiting if value for note in task.notes(edition, value, decides)]


def tasks_in(edition: Edition, groups: list[ProjectGroup], today: date) -> list[tuple[str, str, str]]:
    """What is to be done in the project, the most pressing first; a number leads to its list."""
    project = reverse("projects:project", args=[edition.pk])
    people = reverse("projects:participants", args=[edition.pk])
    if edition.state == EditionState.TO_ACCEPT:
        return [(f"czeka na akceptację od {short_date(edition.sent_on)}", project, "soon")]
    if edition.state == EditionState.TO_SETTLE:
        return [("czeka na rozliczenie", project, "soon")]
    if edition.state not in STATES:
        return []
    notes = [term for term in [_term(edition, project, today)] if term]
    if edition.lacking:
        words = (
            "osoba bez deklaracji albo zgody,osoby bez deklaracji albo zgody,osób bez deklaracji albo zgody"
        )
        notes.append((count_of(edition.lacking, words), f"{people}?widok=braki", "soon"))
    if edition.reported:
        words = "zgłoszenie do decyzji,zgłoszenia do decyzji,zgłoszeń do decyzji"
        notes.append((count_of(edition.reported, words), f"{people}?widok=zgloszeni", ""))
    recruits = edition.state == EditionState.RECRUITING
    for group in groups:
        if text := _free_places(group.capacity - group.taken, group.waiting, recruits):
            view = "widok=rezerwa&" if group.waiting else ""
            notes.append((f"{group}: {text}", f"{people}?{view}grupa={group.pk}", ""))
    # Those of the project are for people in no group, and in groups without places of their own.
    free = edition.places - edition.taken if edition.places else 0
    if text := _free_places(free, edition.waiting, recruits and not groups):
        notes.append((text, f"{people}?widok=rezerwa" if edition.waiting else people, ""))
    return notes


def _free_places(free: int, waiting: int, recruits: bool) -> str:
    """ "3 wolne miejsca, 2 osoby czekają"; empty where none is free, or nobody waits and nobody is sought."""
    if free <= 0 or not (waiting or recruits):
        return ""
    places = count_of(free, "wolne miejsce,wolne miejsca,wolnych miejsc")
    return f"{places}, {count_of(waiting, 'osoba czeka,osoby czekają,osób czeka')}" if waiting else places


def _term(edition: Edition, url: str, today: date) -> tuple[str, str, str] | None:
    if edition.state == EditionState.RECRUITING:
        if edition.starts_on <= today:
            return (f"miał się zacząć {short_date(edition.starts_on)}", url, "late")
        if edition.recruits_to and edition.recruits_to <= today + SOON:
            verb = "nabór skończył się" if edition.recruits_to < today else "nabór kończy się"
            return (f"{verb} {short_date(edition.recruits_to)}", url, "soon")
    elif edition.ends_on and edition.ends_on < today:
        return (f"zajęcia miały się skończyć {short_date(edition.ends_on)}", url, "late")
    return None
