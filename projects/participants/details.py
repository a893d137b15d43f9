"""One participation as its page shows it: steps, answers to the criteria, papers, the reason of a therapy."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from families.people.models import Family, Membership, Person
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.access_log import note_shown
from projects.choices import AgeUnit, ConsentKind
from projects.dependents import ParticipationNote, notes_about
from projects.models import (
    CriterionAnswer,
    Edition,
    ParticipantConsent,
    Participation,
    ParticipationStep,
    TherapyReason,
)
from projects.participants.access import may_read_therapy
from projects.participants.facts import guardians_of
from projects.participants.people import age_text, child_in
from projects.participants.queries import PAPERS, note_participations
from projects.participants.rules import missing_papers
from projects.queries import NEEDS_PAPERS
from projects.scope import visible_participations


def get_participation(edition: Edition, pk: int, user: User, *, on: date) -> Participation | None:
    """The participation in the edition, if the user may see it; ``opens_family``: whether they may open its family."""
    openable = Family.objects.visible_to(user, on=on).values("pk")
    rows = visible_participations(user, on=on).filter(edition=edition, pk=pk)
    rows = rows.select_related("person", "child", "family", "group")
    return rows.annotate(opens_family=Q(family__in=openable)).first()


@dataclass(frozen=True)
class Details:
    """What the page of a participation shows beside the row itself."""

    age: str
    child: Person | None
    adult_signs: bool
    steps: list[ParticipationStep]
    answers: list[CriterionAnswer]
    consents: list[ParticipantConsent]
    missing: list[str]
    one_guardian: bool
    therapy_reason: str
    notes: list[ParticipationNote]


def load_details(row: Participation, user: User, *, on: date) -> Details:
    """The steps, answers and consents, and for those allowed the reason of a therapy; noted as shown."""
    group = row.group
    start = min((group or row.edition).starts_on, on)
    aged = row.child or row.person
    child = child_in(row, on=on)
    consents = consents_of(row)
    note_participations([row])
    note_shown(persons={pk for each in consents for pk in (each.person_id, each.given_by_id) if pk})
    return Details(
        age=age_text(aged, start, group.age_unit if group else AgeUnit.YEARS) if aged else "",
        child=child,
        adult_signs=child is None or row.child is not None,
        steps=list(row.steps.select_related("entered_by").order_by("-day", "-pk")),
        answers=list(row.answers.select_related("criterion").order_by("criterion__position", "pk")),
        consents=consents,
        missing=missing_in(row, child, consents, on=on),
        one_guardian=child is not None and signed_by_one(child, consents, on=on),
        therapy_reason=therapy_reason_of(row, user, on=on),
        notes=notes_about([row], user, on=on).get(row.pk, []),
    )


def consents_of(row: Participation) -> list[ParticipantConsent]:
    """Declarations and consents in this edition of the people of the row, of a whole family of its members."""
    rows = ParticipantConsent.objects.filter(edition=row.edition).select_related("person", "given_by")
    if row.person_id is None:
        members = Membership.objects.filter(family=row.family_id).values("person")
        return list(rows.filter(person__in=members).order_by("given_on", "pk"))
    return list(rows.filter(person__in=[row.person_id, row.child_id]).order_by("given_on", "pk"))


def signed_by_one(child: Person, consents: list[ParticipantConsent], *, on: date) -> bool:
    """Whether one guardian of the child has consented and another one, who lives here or elsewhere, has not."""
    signers = {
        each.given_by_id
        for each in consents
        if each.kind == ConsentKind.GUARDIAN and each.person_id == child.pk and not each.withdrawn_on
    }
    return bool(signers) and any(person.pk not in signers for person in guardians_of(child, on=on))


def missing_in(
    row: Participation, child: Person | None, consents: list[ParticipantConsent], *, on: date
) -> list[str]:
    """Papers that are missing, in words; as in the list of participants."""
    if row.status not in NEEDS_PAPERS:
        return []
    given: dict[int, set[str]] = {}
    for each in consents:
        if each.is_in_force_on(on):
            given.setdefault(each.person_id, set()).add(each.kind)
    if row.person is None:
        signed = any(ConsentKind.DECLARATION in kinds for kinds in given.values())
        return [] if signed else [PAPERS[ConsentKind.DECLARATION][1]]
    kinds = [
        kind
        for person in (row.person, row.child)
        if person
        for kind in missing_papers(is_child=person == child, given=given.get(person.pk, set()))
    ]
    return [PAPERS[kind][1] for kind in kinds]


def therapy_reason_of(row: Participation, user: User, *, on: date) -> str:
    """The reason of the therapy for those who may read it; empty for others and where there is none."""
    if not may_read_therapy(row, user, on=on):
        return ""
    reason = TherapyReason.objects.filter(participation=row).first()
    return reason.text if reason else ""
