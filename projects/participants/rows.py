"""Rows of participants, for their actions: the locked participation, its steps and papers."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError

from families.people.models import Family, Person
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import lock_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.locks import lock
from projects.choices import ConsentKind, ParticipationStepKind
from projects.models import Edition, ParticipantConsent, Participation, ParticipationStep
from projects.participants import rules
from projects.scope import runs_participants, visible_participations

NOT_RUNNING = "O uczestnikach decydują autorzy projektu, prowadzący grupy i kierownik."


def lock_participation(
    participation: Participation, version: int | None, by: User, *, enrolling: bool = False
) -> Participation:
    """The locked participation with its edition, locked before it; the user decides about it.

    ``enrolling``: also who enrolled it, because the family is theirs.
    """
    lock(
        families={participation.family_id} if participation.family_id else (),
        people={pk for pk in (participation.person_id, participation.child_id) if pk},
    )
    edition = lock_row(Edition.objects, pk=participation.edition_id)
    rows = Participation.objects.select_related("group", "person", "child", "family")
    row = lock_row(rows, pk=participation.pk, version=version)
    row.edition = edition
    today = clock.today()
    allowed = runs_participants(edition, by, on=today)
    if enrolling and not allowed:
        allowed = visible_participations(by, on=today).filter(pk=row.pk).exists() and (
            row.family_id is not None
            and Family.objects.workable_by(by, on=today).filter(pk=row.family_id).exists()
        )
    if not allowed:
        raise PermissionDenied(NOT_RUNNING)
    return row


def check_day(name: str, day: date, *, edition: Edition, previous: date | None = None) -> None:
    """``name``: of the field."""
    refusal = rules.day_refusal(day, previous=previous, last_day=edition.ends_on, today=clock.today())
    if refusal:
        raise ValidationError({name: refusal})


def save_step(
    row: Participation, kind: ParticipationStepKind, *, day: date, reason: str = "", text: str = "", by: User
) -> None:
    step = ParticipationStep(
        participation=row,
        kind=kind,
        status=row.status,
        group=row.group,
        day=day,
        reason=reason,
        text=text,
    )
    save_with_history(step, by=by, why=kind.label.capitalize())


def save_consent(
    edition: Edition, person: Person, kind: str, *, given_on: date, given_by: Person | None = None, by: User
) -> ParticipantConsent:
    row = ParticipantConsent(edition=edition, person=person, kind=kind, given_on=given_on, given_by=given_by)
    return save_with_history(row, by=by, why=ConsentKind(kind).label.capitalize())
