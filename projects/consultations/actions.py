"""Actions on consultations: note one that was held, make an appointment, say what became of it, correct, remove."""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError

from families.specialists.actions import work_ended_on
from families.specialists.models import FamilySpecialist
from lubsko_ops.accounts.models import RoleGrant, User
from lubsko_ops.audit.history import delete_with_history, lock_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.locks import lock
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import short_date
from projects.choices import ConsultationKind, ConsultationState, Readers
from projects.consultations.queries import CONSULTED_ROLES
from projects.models import Consultation, GroupLeader
from projects.permissions import CONSULTATION_WRITE

LATEST_DAYS = 366
NOT_AUTHOR = "Konsultację zmienia tylko ten, kto ją prowadzi."
NOT_SPECIALIST = "Konsultacje zapisuje specjalista."


@action
def record_consultation(*, row: Consultation, by: User) -> Consultation:
    """Save a consultation that was held; ``row``: an unsaved one with what was entered and who was consulted."""
    return _save_new(row, ConsultationState.HELD, by=by, why="Wpis konsultacji")


@action
def make_appointment(*, row: Consultation, by: User) -> Consultation:
    """Arrange a consultation for a day and hour to come."""
    return _save_new(row, ConsultationState.PLANNED, by=by, why="Umówienie konsultacji")


@action
def settle_appointment(
    *, row: Consultation, values: Consultation, state: str, version: int | None, by: User
) -> Consultation:
    """Say whether an arranged consultation was held, and what came of it."""
    row = _lock_own(row, version, by)
    if row.state != ConsultationState.PLANNED:
        raise ValidationError(f"Ta konsultacja jest już zapisana jako {row.get_state_display()}.")
    for name in ("minutes", "subject", "note", "readers"):
        setattr(row, name, getattr(values, name))
    row.state = state
    check_consultation(row)
    why = "Konsultacja się odbyła" if state == ConsultationState.HELD else "Konsultacja się nie odbyła"
    return save_with_history(row, by=by, why=why)


@action
def correct_consultation(
    *, row: Consultation, values: Consultation, version: int | None, by: User
) -> Consultation:
    """Correct what was entered, or move an appointment. Who was consulted stays."""
    row = _lock_own(row, version, by)
    planned = row.state == ConsultationState.PLANNED
    row.copy_entered(values)
    check_consultation(row)
    return save_with_history(
        row, by=by, why="Zmiana umówionej konsultacji" if planned else "Poprawienie konsultacji"
    )


@action
def remove_consultation(*, row: Consultation, why: str, version: int | None, by: User) -> None:
    """Remove a consultation entered by mistake."""
    row = _lock_own(row, version, by)
    delete_with_history(row, by=by, why=f"Wpisano przez pomyłkę: {why}")


def _save_new(row: Consultation, state: ConsultationState, *, by: User, why: str) -> Consultation:
    if not has_permission(by, CONSULTATION_WRITE):
        raise PermissionDenied(NOT_SPECIALIST)
    lock(users=[by.pk], families=[row.family_id] if row.family_id else [])
    row.specialist, row.state = by, state
    check_consultation(row)
    return save_with_history(row, by=by, why=why)


def _lock_own(row: Consultation, version: int | None, by: User) -> Consultation:
    if row.specialist_id != by.pk:
        raise PermissionDenied(NOT_AUTHOR)
    lock(users=[by.pk], families=[row.family_id] if row.family_id else [])
    return lock_row(Consultation.objects, pk=row.pk, version=version)


def check_consultation(row: Consultation) -> None:
    """Raise ValidationError by form field for what cannot be so."""
    refusals = hour_refusals(row) or person_refusals(row)
    if row.state != ConsultationState.MISSED and not refusals and (other := overlapping(row)):
        refusals["starts_at"] = (
            f"O tej porze masz już inną konsultację: {short_date(other.day)}, {other.starts_at:%H:%M}, "
            f"{other.minutes} min."
        )
    refusals |= readers_refusals(row) | group_refusals(row)
    if row.state == ConsultationState.HELD:
        if not row.minutes:
            refusals.setdefault("minutes", "Wpisz, ile minut trwała.")
        if not row.subject:
            refusals.setdefault("subject", "Wpisz temat.")
    if refusals:
        raise ValidationError(refusals)


def hour_refusals(row: Consultation) -> dict[str, str]:
    """A held consultation lies in the past, one that is arranged in the future and has an hour."""
    if row.state == ConsultationState.MISSED:  # may be called off before its day
        return {}
    today, now = clock.today(), clock.now()
    starts = clock.to_instant(row.day, row.starts_at) if row.starts_at else None
    if row.state == ConsultationState.PLANNED:
        if row.starts_at is None:
            return {"starts_at": "Wpisz godzinę."}
        if row.day < today:
            return {"day": "Ten dzień już minął. Konsultację, która się odbyła, zapisz jako odbytą."}
        if starts <= now:
            return {"starts_at": "Ta godzina już minęła. Popraw godzinę albo dzień."}
        if row.day > today + timedelta(days=LATEST_DAYS):
            return {"day": "Konsultację umawia się najwyżej na rok naprzód. Sprawdź rok."}
        return {} if row.minutes else {"minutes": "Wpisz, ile minut potrwa."}
    if row.day > today:
        return {"day": "Ten dzień jeszcze nie nadszedł. Konsultację, która dopiero będzie, umów."}
    if starts and starts > now:
        return {"starts_at": "Ta godzina jeszcze nie nadeszła. Popraw godzinę."}
    return {}


def person_refusals(row: Consultation) -> dict[str, str]:
    """The specialist works with the family, leads the group, or the worker is still one, on that day."""
    day, author = row.day, row.specialist
    field = "whom" if row.pk is None else "day"
    if row.kind == ConsultationKind.WORKER:
        held = RoleGrant.objects.active_on(day).filter(user=row.worker, role__in=CONSULTED_ROLES)
        if row.worker_id == author.pk:
            return {field: "Nie konsultuje się samego siebie. Wybierz kogoś innego."}
        if not row.worker.is_active and row.state != ConsultationState.HELD:
            return {field: f"{row.worker} nie ma już czynnego konta. Wybierz kogoś innego."}
        if not held.exists():
            return {
                field: f"{short_date(day)} {row.worker} nie pracuje jako asystent ani pracownik socjalny."
            }
    if row.kind == ConsultationKind.FAMILY:
        added = FamilySpecialist.objects.filter(family=row.family_id, specialist=author)
        if not added.active_on(day).exists():
            return {
                field: f"{short_date(day)} nie masz dostępu do tej rodziny. Popraw dzień albo poproś o dostęp."
            }
        if ended := work_ended_on(row.family, day):
            return {field: f"Praca z tą rodziną zakończyła się {short_date(ended)}."}
    if row.kind == ConsultationKind.PARTICIPANT:
        leading = GroupLeader.objects.filter(group=row.participation.group_id, user=author)
        if not leading.active_on(day).exists():
            return {field: f"{short_date(day)} nie prowadzisz grupy tej osoby. Popraw dzień albo osobę."}
    return {}


def readers_refusals(row: Consultation) -> dict[str, str]:
    """Readers fit who was consulted: workers of a family need a family, the consulted person an account."""
    family = row.family_id or (row.participation_id and row.participation.family_id)
    if row.readers == Readers.WORKERS and not family:
        return {"readers": "To nie jest rodzina ośrodka, nie ma więc asystenta. Wybierz innych czytelników."}
    if row.readers == Readers.CONSULTED and not row.worker_id:
        return {"readers": "Osoba spoza pracowników nie ma konta w systemie. Wybierz innych czytelników."}
    return {}


def group_refusals(row: Consultation) -> dict[str, str]:
    """The activity is led by the specialist on that day; that of a participant is the own group."""
    if row.group_id is None:
        return {}
    if row.participation_id and row.participation.group_id != row.group_id:
        return {"group": "Ten uczestnik należy do innej grupy. Zostaw puste albo wybierz jego grupę."}
    leading = GroupLeader.objects.active_on(row.day).filter(group=row.group_id, user=row.specialist)
    return {} if leading.exists() else {"group": f"{short_date(row.day)} nie prowadzisz tych zajęć."}


def overlapping(row: Consultation) -> Consultation | None:
    """Another consultation of the specialist at the same time."""
    if row.starts_at is None or not row.minutes:
        return None
    near = Consultation.objects.filter(
        specialist=row.specialist, day__range=(row.day - ONE_DAY, row.day + ONE_DAY), minutes__gt=0
    )
    near = near.exclude(state=ConsultationState.MISSED).exclude(pk=row.pk).exclude(starts_at=None)
    start, end = span(row)
    return next((other for other in near if span(other)[0] < end and start < span(other)[1]), None)


def span(row: Consultation) -> tuple[datetime, datetime]:
    """Local start and end."""
    start = datetime.combine(row.day, row.starts_at)
    return start, start + timedelta(minutes=row.minutes)


def consultation_days(family: int, specialist: int) -> set[tuple[date, str]]:
    """Days of the specialist's consultations of the family, on which the access is needed."""
    rows = Consultation.objects.filter(family=family, specialist=specialist)
    return {(day, "konsultacja") for day in rows.values_list("day", flat=True).distinct()}
