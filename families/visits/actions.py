"""Actions on visits, safeguarding concerns and contacts."""

from datetime import date, time

from django.core.exceptions import PermissionDenied, ValidationError

from families import law
from families.caseload.models import WorkPeriod
from families.choices import AgreementResult
from families.plans.actions import record_visit_progress
from families.visits.dto import OutcomeData, VisitData
from families.visits.models import (
    Agreement,
    AgreementOutcome,
    Contact,
    SafeguardingAcknowledgement,
    SafeguardingConcern,
    SafeguardingStep,
    Visit,
    VisitAttendee,
)
from families.visits.queries import roles_to_acknowledge
from families.visits.validators import check_visit
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import bulk_save_with_history, delete_with_history, lock_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock
from lubsko_ops.core.polish import short_date

ACKNOWLEDGE_REFUSAL = (
    "Zagrożenie przyjmuje do wiadomości kierownik i pracownik socjalny, który prowadzi sprawę."
)


@action
def log_visit(*, period: WorkPeriod, data: VisitData, by: User) -> Visit:
    """Save a new visit of the assistant with attendees, agreements, plan progress and safeguarding concern.

    The visits of one assistant wait for each other: two at once would deadlock on the exclusion constraint.
    Raises ValidationError by form field: a day in the future, overlapping hours, a day outside the contract, the
    assignment or the work, an incomplete concern.
    """
    lock(users=[by.pk], families=[period.family_id])
    check_visit(data, period=period, assistant=by)
    visit = _set_fields(Visit(period=period, assistant=by), data)
    save_with_history(visit, by=by, why="Wpis wizyty")
    _save_related(visit, data, by=by, why="Wpis wizyty")
    return visit


@action
def correct_visit(*, visit: Visit, data: VisitData, version: int | None, by: User) -> Visit:
    """Correct a visit of this user. Raises VersionConflict, and ValidationError as ``log_visit``."""
    lock(users=[by.pk], families=[visit.period.family_id])
    row = lock_row(Visit.objects, pk=visit.pk, version=version)
    if row.assistant_id != by.pk:
        raise PermissionDenied("Wizytę poprawia tylko ten, kto ją wpisał.")
    check_visit(data, period=row.period, assistant=by, exclude=row.pk, kept_day=row.day)
    why = "Poprawienie wizyty"
    save_with_history(_set_fields(row, data), by=by, why=why)
    _save_related(row, data, by=by, why=why)
    return row


def _set_fields(visit: Visit, data: VisitData) -> Visit:
    visit.copy_entered(data.visit)
    visit.started_at, visit.minutes, visit.fold = data.started_at, data.minutes, bool(data.fold)
    return visit


def _save_related(visit: Visit, data: VisitData, *, by: User, why: str) -> None:
    """Save attendees, agreements, outcomes of earlier agreements, plan progress and concern of the visit."""
    _save_attendees(visit, data, by, why)
    _save_agreements(visit, data, by, why)
    for outcome in data.outcomes:
        _save_outcome(visit, outcome, by, why)
    if data.plan_progress or not _is_new(visit):
        record_visit_progress(visit=visit, progress=data.plan_progress, by=by, why=why)
    _save_concern(visit, data, by, why)


def _is_new(visit: Visit) -> bool:
    """Whether the visit has no related rows yet, so none need to be loaded."""
    return visit.version == 1


def _save_attendees(visit: Visit, data: VisitData, by: User, why: str) -> None:
    before = {} if _is_new(visit) else {row.person_id: row for row in visit.attendees.all()}
    for person_id in before.keys() - {person.pk for person in data.present}:
        delete_with_history(before[person_id], by=by, why=why)
    added = [VisitAttendee(visit=visit, person=person) for person in data.present if person.pk not in before]
    bulk_save_with_history(added, by=by, why=why)


def _save_agreements(visit: Visit, data: VisitData, by: User, why: str) -> None:
    before = {} if _is_new(visit) else {row.pk: row for row in visit.agreements.all()}
    for pk in before.keys() - {each.pk for each in data.agreements}:
        delete_with_history(before[pk], by=by, why=why)
    added = []
    for each in data.agreements:
        row = before.get(each.pk) or Agreement(visit=visit)
        changed = row.entered_values() != each.entered_values()
        row.copy_entered(each)
        if row.pk is None:
            added.append(row)
        elif changed:
            save_with_history(row, by=by, why=why)
    bulk_save_with_history(added, by=by, why=why)


def _save_outcome(visit: Visit, data: OutcomeData, by: User, why: str) -> None:
    if data.agreement.visit.period.family_id != visit.period.family_id:
        raise ValidationError("To ustalenie należy do innej rodziny.")
    rows = AgreementOutcome.objects.filter(agreement=data.agreement, visit=visit)
    row = (not _is_new(visit) and rows.first()) or AgreementOutcome(agreement=data.agreement, visit=visit)
    moved_to = data.moved_to if data.outcome == AgreementResult.MOVED else None
    if (row.outcome, row.moved_to) != (data.outcome, moved_to):
        row.outcome, row.moved_to = data.outcome, moved_to
        save_with_history(row, by=by, why=why)


def _save_concern(visit: Visit, data: VisitData, by: User, why: str) -> None:
    concern = data.concern
    row = None if _is_new(visit) else SafeguardingConcern.objects.filter(visit=visit).first()
    if concern is None:
        if row is not None:
            raise ValidationError(
                {"danger": "Zgłoszonego zagrożenia nie można cofnąć. Gdy ustało, zapisz to w jego przebiegu."}
            )
        return
    row = row or SafeguardingConcern(visit=visit)
    row.copy_entered(concern)
    save_with_history(row, by=by, why=why)


@action
def record_safeguarding_step(
    *,
    concern: SafeguardingConcern,
    day: date,
    what: str,
    closes: bool = False,
    reopens: bool = False,
    by: User,
) -> SafeguardingStep:
    """Record what was done about a concern.

    closes: the danger is over; reopens: it was closed by mistake or persists. Raises ValidationError by form field.
    """
    lock(families=[concern.visit.period.family_id])
    concern = lock_row(SafeguardingConcern.objects.select_related("visit"), pk=concern.pk)
    refusals, last = {}, concern.last_closing_step()
    if reopens and not (last and last.closes):
        refusals["reopens"] = "To zagrożenie nie jest zamknięte. Zapisz wpis bez tego zaznaczenia."
    if closes and last and last.closes:
        refusals["closes"] = "To zagrożenie jest już zamknięte."
    if day > clock.today():
        refusals["day"] = "Ten dzień jeszcze nie nadszedł."
    elif day < concern.visit.day:
        refusals["day"] = "Ten dzień jest wcześniejszy niż zgłoszenie zagrożenia."
    elif last and (closes or reopens) and day < last.day:
        state = "ustało" if last.closes else "trwa nadal"
        refusals["day"] = (
            f"Pod dniem {short_date(last.day)} zapisano już, że zagrożenie {state}. Popraw dzień."
        )
    if not what.strip():
        refusals["what"] = "Napisz, co zrobiono."
    if refusals:
        raise ValidationError(refusals)
    row = SafeguardingStep(concern=concern, day=day, what=what, closes=closes, reopens=reopens)
    why = (
        "Zagrożenie ustało" if closes else "Zagrożenie trwa nadal" if reopens else "Krok w sprawie zagrożenia"
    )
    return save_with_history(row, by=by, why=why)


@action
def acknowledge_concern(*, concern: SafeguardingConcern, by: User) -> SafeguardingAcknowledgement:
    """Record that a manager or the social worker who leads the case took note of a concern; the first record stays.

    Raises PermissionDenied for anybody else.
    """
    lock(families=[concern.family_id])
    roles = roles_to_acknowledge(by, concern.family_id, on=clock.today())
    if not roles:
        raise PermissionDenied(ACKNOWLEDGE_REFUSAL)
    if earlier := concern.acknowledgements.filter(entered_by=by).first():
        return earlier
    row = SafeguardingAcknowledgement(concern=concern, roles=roles)
    return save_with_history(row, by=by, why="Przyjęcie zagrożenia do wiadomości")


@action
def log_contact(*, period: WorkPeriod, by: User, **columns) -> Contact:
    """Save a new contact: a call, a letter, a meeting. Raises ValidationError by form field."""
    lock(families=[period.family_id])
    contact = Contact(period=period, author=by, **columns)
    check_contact(period, contact.day, contact.starts_at)
    return save_with_history(contact, by=by, why="Wpis kontaktu")


@action
def correct_contact(*, contact: Contact, version: int | None, by: User, **columns) -> Contact:
    """Correct a contact of this user."""
    lock(families=[contact.period.family_id])
    row = lock_row(Contact.objects, pk=contact.pk, version=version)
    if row.author_id != by.pk:
        raise PermissionDenied("Kontakt poprawia tylko ten, kto go wpisał.")
    for name, value in columns.items():
        setattr(row, name, value)
    check_contact(row.period, row.day, row.starts_at)
    return save_with_history(row, by=by, why="Poprawienie kontaktu")


def check_contact(period: WorkPeriod, day: date, starts_at: time | None) -> None:
    """Raise ValidationError for a contact before the work or in the future; after the work it is allowed."""
    if day > clock.today():
        raise ValidationError({"day": "Ten dzień jeszcze nie nadszedł. Popraw datę."})
    if starts_at and clock.to_instant(day, starts_at) > clock.now():
        raise ValidationError({"starts_at": "Ta godzina jeszcze nie nadeszła. Popraw godzinę."})
    if refusal := law.before_work_refusal(began_on=period.starts_on, on=day):
        raise ValidationError({"day": refusal})
