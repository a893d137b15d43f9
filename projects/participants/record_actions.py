"""Actions on what is recorded of participants: papers, contact, the reason of a therapy, death."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q

from families.people.identity import register_person
from families.people.models import Person
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import delete_with_history, lock_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from projects.choices import ConsentKind, LeavingReason, ParticipationStatus, ParticipationStepKind
from projects.models import HOLDING_PLACE, Edition, ParticipantConsent, Participation, TherapyReason
from projects.participants import rules
from projects.participants.access import NOT_FOR_THERAPY, may_read_therapy
from projects.participants.facts import children_among
from projects.participants.people import signing_people
from projects.participants.places import full_refusal
from projects.participants.rows import lock_participation, save_consent, save_step


@action
def record_consent(
    *,
    participation: Participation,
    person: Person,
    kind: str,
    given_on: date,
    given_by: Person | None = None,
    guardian: Person | None = None,
    by: User,
) -> ParticipantConsent:
    """Record a signed paper of a participant, of the child of a pair, or of a member of a family that takes part.

    ``given_by``: the guardian who signed for a child; ``guardian``: one who is in no file yet.
    """
    row = lock_participation(participation, None, by, enrolling=True)
    if person.pk not in {each.pk for each in signing_people(row, on=given_on)}:
        raise ValidationError({"person": "Wybierz osobę, która bierze udział."})
    if given_on > clock.today():
        raise ValidationError({"given_on": "Ten dzień jeszcze nie nadszedł. Wpisz dzień podpisu."})
    if refusal := rules.too_early_refusal(given_on, starts_on=row.edition.starts_on):
        raise ValidationError({"given_on": refusal})
    is_child = person.pk in children_among([person], on=given_on)
    if kind == ConsentKind.GUARDIAN and not is_child:
        raise ValidationError({"kind": f"{person} jest osobą pełnoletnią. Wybierz deklarację uczestnictwa."})
    by_guardian = kind == ConsentKind.GUARDIAN or (is_child and kind == ConsentKind.IMAGE)
    if by_guardian and not given_by and not guardian:
        raise ValidationError({"given_by": "Wybierz opiekuna, który podpisał zgodę, albo wpisz go."})
    if guardian:
        given_by = register_person(person=guardian, by=by)
    signed = ParticipantConsent.objects.filter(
        edition=row.edition, person=person, kind=kind, withdrawn_on=None
    )
    if signed.filter(given_by=given_by).exists():
        raise ValidationError({"kind": "Ten dokument jest już wpisany."})
    return save_consent(row.edition, person, kind, given_on=given_on, given_by=given_by, by=by)


@action
def withdraw_consent(
    *, consent: ParticipantConsent, participation: Participation, day: date, version: int | None, by: User
) -> ParticipantConsent:
    """Record that a consent was withdrawn on the day."""
    lock_participation(participation, None, by, enrolling=True)
    row = lock_row(ParticipantConsent.objects, pk=consent.pk, version=version)
    if row.withdrawn_on:
        raise ValidationError("Tę zgodę już cofnięto.")
    if not row.given_on <= day <= clock.today():
        raise ValidationError({"day": "Cofnięcie następuje po podpisie i nie później niż dziś."})
    row.withdrawn_on = day
    return save_with_history(row, by=by, why="Cofnięcie zgody")


# ---- other data --------------------------------------------------------------------------------------
@action
def update_contact(
    *, participation: Participation, data: Participation, version: int | None, by: User
) -> Participation:
    """Change the telephone, the address and the goal of the plan."""
    row = lock_participation(participation, version, by, enrolling=True)
    for name in ("contact_phone", "contact_address", "plan_goal"):
        setattr(row, name, getattr(data, name))
    return save_with_history(row, by=by, why="Zmiana danych uczestnika")


@action
def record_therapy_reason(*, participation: Participation, text: str, version: int | None, by: User) -> None:
    """Record why a therapy is needed; an empty text removes it.

    ``version``: of the reason that was open, None where there was none. Raises VersionConflict when somebody else
    recorded one meanwhile, PermissionDenied for those who may not read it.
    """
    row = lock_participation(participation, None, by)
    if not may_read_therapy(row, by, on=clock.today()):
        raise PermissionDenied(NOT_FOR_THERAPY)
    kept = TherapyReason.objects.filter(participation=row).first()
    if kept:
        kept = lock_row(TherapyReason.objects, pk=kept.pk, version=version or 0)
    if text:
        kept = kept or TherapyReason(participation=row)
        kept.text = text
        save_with_history(kept, by=by, why="Powód terapii")
    elif kept:
        delete_with_history(kept, by=by, why="Powód terapii usunięty")


# ---- death -------------------------------------------------------------------------------------------
def break_off_on_death(person: Person, day: date, by: User) -> None:
    """End the participations of the person, and of a pair with the person, on the day of death."""
    rows = Participation.objects.filter(Q(person=person) | Q(child=person), status__in=rules.OPEN)
    for row in rows.select_related("edition").order_by("pk"):
        row.status, row.status_on, row.offered_on = ParticipationStatus.BROKEN_OFF, day, None
        save_with_history(row, by=by, why="Śmierć uczestnika")
        save_step(row, ParticipationStepKind.BREAK_OFF, day=day, reason=LeavingReason.DIED, by=by)


def resume_after_death_undone(person: Person, by: User) -> None:
    """Let the participations that ended with a death entered by mistake continue, while a place is free."""
    rows = Participation.objects.filter(
        Q(person=person) | Q(child=person), status=ParticipationStatus.BROKEN_OFF
    )
    for row in rows.select_related("person", "child", "edition", "group").order_by("pk"):
        edition = lock_row(Edition.objects, pk=row.edition_id)
        if edition.state not in rules.UNTIL_SETTLED or any(
            each.died_on for each in (row.person, row.child) if each and each.pk != person.pk
        ):
            continue
        steps = list(row.steps.order_by("-pk")[:2])
        if len(steps) < 2 or steps[0].reason != LeavingReason.DIED:
            continue
        row.status, row.status_on = steps[1].status, steps[1].day
        if row.status in HOLDING_PLACE and full_refusal(row):
            continue  # somebody else has the place: the person is enrolled anew
        delete_with_history(steps[0], by=by, why="Datę śmierci wpisano przez pomyłkę")
        save_with_history(row, by=by, why="Datę śmierci wpisano przez pomyłkę")
