"""Papers to be signed before a project begins, as deadlines of the family of the participant."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from families.choices import DeadlineKind
from families.deadlines.sources import DEADLINE_SOURCES, DeadlineSource, OpenTask
from families.people.models import Membership, Person
from projects.choices import EditionState
from projects.models import Edition, ParticipantConsent, Participation
from projects.participants.facts import children_among, consents_on
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
    rows = consents_on(on).filter(edition__in=editions, person__in=people)
    given: dict[tuple[int, int], set[str]] = defaultdict(set)
    for edition, person, kind in rows.values_list("edition", "person", "kind"):
        given[edition, person].add(kind)
    return given


# ---- which families written rows concern -------------------------------------------------------------
def _of_participations(rows: list[Participation]) -> set[int]:
    return {row.family_id for row in rows if row.family_id}


def _of_consents(rows: list[ParticipantConsent]) -> Iterable[int]:
    return _families_of_people({row.person_id for row in rows})


def _of_people(rows: list[Person]) -> Iterable[int]:
    """A birth decides whether a declaration or a guardian's consent is asked for; a person just entered has neither."""
    return _families_of_people({row.pk for row in rows if row.pk and row.version > 1})


def _of_memberships(rows: list[Membership]) -> Iterable[int]:
    """Of an unknown birth the kinship decides; other families of the person, not locked now, wait for the night."""
    own = {row.family_id for row in rows}
    return own.intersection(_families_of_people({row.person_id for row in rows}))


def _families_of_people(people: set[int]) -> Iterable[int]:
    """Families (ids) through which some of these people (ids) were taken into a project that goes on."""
    if not people:
        return ()
    rows = Participation.objects.filter(Q(person__in=people) | Q(child__in=people), family__isnull=False)
    rows = rows.filter(status__in=NEEDS_PAPERS, edition__state__in=GOING_ON)
    return rows.values_list("family", flat=True)


def _of_editions(rows: list[Edition]) -> Iterable[int]:
    """When a project ends or is given up, nothing is asked for any more."""
    over = (EditionState.TO_SETTLE, EditionState.SETTLED, EditionState.WITHDRAWN)
    ended = [row.pk for row in rows if row.state in over]
    return families_with_papers(ended) if ended else ()


def register() -> None:
    DEADLINE_SOURCES.register(
        DeadlineSource(
            "papers of participants",
            frozenset({DeadlineKind.PROJECT_PAPERS}),
            load_missing_papers,
            {
                Participation: _of_participations,
                ParticipantConsent: _of_consents,
                Person: _of_people,
                Membership: _of_memberships,
                Edition: _of_editions,
            },
        )
    )
