"""What the files say of participants: under age or not, children, an assistant, consents in force."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.lookups import GreaterThan

from families.caseload.models import Assignment
from families.choices import CHILDREN, GUARDIANS, AssignmentKind
from families.people.definitions import ADULT_SINCE, is_adult
from families.people.models import Membership, Person
from projects.choices import ConsentKind
from projects.models import Criterion, Edition, ParticipantConsent, Participation
from projects.participants import rules
from projects.participants.rules import PersonFacts


def children_among(people: Iterable[Person], *, on: date) -> set[int]:
    """Ids of those under 18 on the day; of an unknown date of birth, those who are a child of some family."""
    people = list(people)
    unknown = [person.pk for person in people if person.birth is None]
    by_kinship: set[int] = set()
    if unknown:
        rows = Membership.objects.active_on(on).filter(person__in=unknown, kinship__in=CHILDREN)
        by_kinship = set(rows.values_list("person", flat=True))
    by_birth = {person.pk for person in people if person.birth and not is_adult(person.birth, "", on=on)}
    return by_birth | by_kinship


def consents_in_force(edition: Edition, people: Collection[int], *, on: date) -> dict[int, set[str]]:
    """Kinds of papers in force on the day, by person (id)."""
    rows = consents_on(on).filter(edition=edition, person__in=people)
    given: dict[int, set[str]] = defaultdict(set)
    for person, kind in rows.values_list("person", "kind"):
        given[person].add(kind)
    return given


def person_facts(person: Person | None, family: int | None, *, on: date) -> PersonFacts:
    """What the file of the family (id) says of the person on the day; of somebody from outside only sex and age."""
    if person is None:
        return PersonFacts()
    if family is None:
        return PersonFacts(sex=person.sex, age=person.age_on(on))
    members = Membership.objects.members_on(on).filter(family=family)
    is_guardian = members.filter(person=person, kinship__in=GUARDIANS).exists()
    assistants = Assignment.objects.active_on(on).filter(period__family=family, kind=AssignmentKind.LEADING)
    return PersonFacts(
        sex=person.sex,
        age=person.age_on(on),
        children=members.children_on(on).exclude(person=person).count() if is_guardian else 0,
        has_assistant=assistants.exists(),
    )


def criteria_for(row: Participation, *, on: date) -> list[Criterion]:
    """The criteria the participant is asked about: those of adults are no matter for a child enrolled along."""
    criteria = list(Criterion.objects.filter(edition=row.edition_id))
    if row.person and rules.ask_adults(criteria) and children_among([row.person], on=on):
        return []
    return criteria


def guardians_of(person: Person, *, on: date) -> list[Person]:
    """Adults who raise the person in one of their families on the day."""
    families = Membership.objects.active_on(on).filter(person=person).values("family")
    rows = Membership.objects.members_on(on).guardians().filter(family__in=families)
    rows = (
        rows.exclude(person=person)
        .select_related("person")
        .order_by("person__last_name", "person__first_name")
    )
    return list(dict.fromkeys(row.person for row in rows))


def lacks_papers(on: date) -> Q:
    """Condition on participations: see ``rules.missing_papers``; for a family one of its members declares.

    A test compares it with the list of participants.
    """
    is_child = Q(GreaterThan(ADULT_SINCE, on)) | child_by_kinship(on)
    declared, allowed = (
        Exists(consents_on(on).filter(edition=OuterRef("edition"), person=OuterRef("person"), kind=kind))
        for kind in (ConsentKind.DECLARATION, ConsentKind.GUARDIAN)
    )
    for_child = consents_on(on).filter(
        edition=OuterRef("edition"), person=OuterRef("child"), kind=ConsentKind.GUARDIAN
    )
    of_family = consents_on(on).filter(
        edition=OuterRef("edition"),
        person__memberships__family=OuterRef("family"),
        kind=ConsentKind.DECLARATION,
    )
    own = (~is_child & ~Q(declared)) | (is_child & ~Q(allowed))
    of_person = Q(person__isnull=False) & (own | Q(Q(child__isnull=False), ~Exists(for_child)))
    return of_person | Q(Q(person__isnull=True), ~Exists(of_family))


def child_by_kinship(on: date) -> Q:
    """Condition on participations: the person has no date of birth and is a child of some family on the day."""
    members = Membership.objects.active_on(on).filter(person=OuterRef("person"), kinship__in=CHILDREN)
    return Q(person__born_on=None) & Q(Exists(members))


def consents_on(on: date) -> QuerySet[ParticipantConsent]:
    """Declarations and consents in force on the day; as ``ParticipantConsent.is_in_force_on``."""
    return ParticipantConsent.objects.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on), given_on__lte=on)
