"""Papers to be signed before a project begins, as deadlines of the family of the participant."""

from collections import defaultdict
from datetime import date

from django.db.models import Q

from families.choices import DeadlineKind
from families.deadlines.sources import DEADLINE_SOURCES, DeadlineSource, OpenTask
from families.people.models import Person
from projects.choices import EditionState
from projects.models import Edition, ParticipantConsent, Participation
from projects.participants.facts import children_among
from projects.participants.rules import GOING_ON, missing_papers
from projects.queries import NEEDS_PAPERS, families_with_papers


def load_missing_papers(families: list[int], on: date) -> dict[int, list[OpenTask]]:
    """Participants taken in, of projects that recruit or run, who lack a declaration or a guardian's consent.

    Due on the first day of the project, or at once for somebody who joined later. Three statements at most.
    """
    rows = Participation.objects.filter(
        family__in=families, status__in=NEEDS_PAPERS, edition__state__in=GOING_ON, person__isnull=False
    )
    participations = list(rows.select_related("edition", "person", "child").order_by("pk"))
    if not participations:
        return {}
    people = [person for row in participations for person in (row.person, row.child) if person]
    given = _papers_in_force({row.edition_id for row in participations}, people, on=on)
    under_age = children_among(people, on=on)
    tasks: dict[int, list[OpenTask]] = defaultdict(list)
    for row in participations:
        lacking = [
            kind
            for person in (row.person, row.child)
            if person
            for kind in missing_papers(
                is_child=person.pk in under_age, given=given.get((row.edition_id, person.pk), set())
            )
        ]
        if lacking:
            due_on = max(row.edition.starts_on, row.reported_on)
            tasks[row.family_id].append(
                OpenTask(DeadlineKind.PROJECT_PAPERS, row.pk, row.reported_on, due_on)
            )
    return tasks


def _papers_in_force(
    editions: set[int], people: list[Person], *, on: date
) -> dict[tuple[int, int], set[str]]:
    """Kinds of papers in force on the day, by edition and person (ids)."""
    rows = ParticipantConsent.objects.filter(edition__in=editions, person__in=people, given_on__lte=on)
    rows = rows.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on))
    given: dict[tuple[int, int], set[str]] = defaultdict(set)
    for edition, person, kind in rows.values_list("edition", "person", "kind"):
        given[edition, person].add(kind)
    return given


# ---- which families a written row concerns -----------------------------------------------------------
def _of_participation(row) -> set[int]:
    return {row.family_id} if row.family_id else set()


def _of_consent(row) -> set[int]:
    rows = Participation.objects.filter(
        Q(person=row.person_id) | Q(child=row.person_id), edition=row.edition_id
    )
    return set(rows.filter(family__isnull=False).values_list("family", flat=True))


def _of_edition(row) -> set[int]:
    """When a project ends or is given up, nothing is asked for any more."""
    ended = row.state in (EditionState.TO_SETTLE, EditionState.SETTLED, EditionState.WITHDRAWN)
    return set(families_with_papers(row.pk)) if ended else set()


def register() -> None:
    DEADLINE_SOURCES.register(
        DeadlineSource(
            "papers of participants",
            frozenset({DeadlineKind.PROJECT_PAPERS}),
            load_missing_papers,
            {
                Participation: _of_participation,
                ParticipantConsent: _of_consent,
                Edition: _of_edition,
            },
        )
    )
