"""Actions on the work with a family: starting and ending it, legal bases, assistants, the lead social worker."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from families import law
from families.caseload.assignment_days import keeping_visits
from families.caseload.models import (
    COUNTED_KINDS,
    Assignment,
    CaseCounter,
    LeadWorkerAssignment,
    LegalBasis,
    WorkPeriod,
)
from families.caseload.references import reference_on_begin
from families.caseload.succession import (
    SUCCESSION_REASONS,
    earliest,
    end_previous_assignments,
    version_token,
)
from families.caseload.validators import (
    reserve_slot,
    validate_assignment,
    validate_social_worker,
)
from families.choices import AssignmentKind, BasisKind
from families.people.actions import DEATH_REASON, DEATH_UNDONE_REASON, refusals_within_scope
from families.people.models import Family, Person
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import end_row, lock_row, resume_row, save_with_history
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.temporal import EndCause, day_before

ASSIGNMENT_REASONS = {
    AssignmentKind.LEADING: "Przydzielenie asystenta rodziny",
    AssignmentKind.STAND_IN: "Zastępstwo asystenta",
    AssignmentKind.ACCOMPANYING: "Towarzyszenie nowemu asystentowi",
    AssignmentKind.MONITORING: "Monitorowanie po zakończeniu pracy",
}


@dataclass(kw_only=True)
class BasisData:
    """Input for a legal basis: kind, first day, the person it concerns, court reference."""

    kind: str
    starts_on: date
    person: Person | None = None
    reference: str = ""


# ---- the work ----------------------------------------------------------------------------------------
def take_serials(year: int, number: int = 1) -> range:
    """The next case numbers of the year. The counter row stays locked until commit: no gaps, no duplicates."""
    CaseCounter.objects.get_or_create(year=year)
    counter = CaseCounter.objects.select_for_update(no_key=True).get(year=year)
    first, counter.last = counter.last + 1, counter.last + number
    counter.save()
    return range(first, counter.last + 1)


@action
def begin_work(
    *, family: Family, starts_on: date, bases: list[BasisData], by: User, case_reference: str = ""
) -> WorkPeriod:
    """Start a work period with a family, with its case number and at least one basis in force on its first day.

    Without ``case_reference``, typed from a list of cases kept elsewhere, the next one of the counter is taken.

    Raises ValidationError when no basis is in force on the first day, or when another period of the family
    overlaps.
    """
    lock(families=[family.pk])
    if starts_on < law.IN_FORCE:
        since = short_date(law.IN_FORCE)
        raise ValidationError({"starts_on": f"Asystenci rodziny pracują od {since}. Sprawdź rok."})
    if refusal := law.no_basis_refusal(on=starts_on, bases=[(row.starts_on, None) for row in bases]):
        raise ValidationError({"bases": refusal})
    period = WorkPeriod(
        family=family, year=starts_on.year, serial=take_serials(starts_on.year)[0], starts_on=starts_on
    )
    period.case_reference = case_reference or reference_on_begin(starts_on.year, by=by)
    save_with_history(period, by=by, why="Początek pracy z rodziną")
    for basis in bases:
        add_basis(period=period, data=basis, by=by)
    return period


@action
def end_work(*, period: WorkPeriod, on: date, reason: str, by: User) -> WorkPeriod:
    """Set the last day of work and its reason; open assignments and bases end on that day."""
    lock(families=[period.family_id])
    row = lock_row(WorkPeriod.objects, pk=period.pk)
    if row.ends_on:
        raise ValidationError(f"Praca z tą rodziną została już zakończona {short_date(row.ends_on)}.")
    with keeping_visits(row, field="on"):
        for open_row in (*row.assignments.active_on_or_after(on), *row.bases.active_on_or_after(on)):
            if open_row.starts_on > on:
                raise ValidationError(
                    "Po dniu zakończenia zaczyna się jeszcze przydzielenie albo podstawa pracy."
                )
            if open_row.ends_on is None or open_row.ends_on > on:
                end_row(open_row, on=on, by=by, why="Zakończenie pracy z rodziną")
    row.closing_reason = reason
    return end_row(row, on=on, by=by, why="Zakończenie pracy z rodziną")


# ---- its basis ---------------------------------------------------------------------------------------
@action
def add_basis(*, period: WorkPeriod, data: BasisData, by: User) -> LegalBasis:
    """Add a legal basis (podstawa) to a work period. A duplicate is refused."""
    lock(families=[period.family_id])
    period = lock_row(WorkPeriod.objects, pk=period.pk)
    if refusal := law.after_work_refusal(ended_on=period.ends_on, on=data.starts_on):
        raise ValidationError({"starts_on": refusal})
    facts = {"kind": data.kind, "person": data.person, "reference": data.reference}
    if period.bases.active_on_or_after(data.starts_on).filter(**facts).exists():
        raise ValidationError("Taka podstawa jest już zapisana i obowiązuje w tym czasie.")
    basis = LegalBasis(period=period, starts_on=data.starts_on, ends_on=period.ends_on, **facts)
    return save_with_history(basis, by=by, why="Podstawa pracy z rodziną")


@action
def end_basis(*, basis: LegalBasis, on: date, why: str, version: int | None, by: User) -> LegalBasis:
    """Set the last day of a basis (consent withdrawn, order lifted) and store the reason."""
    lock(families=[basis.period.family_id])
    row = lock_row(LegalBasis.objects, pk=basis.pk, version=version)
    if row.ends_on:
        raise ValidationError(
            f"Ta podstawa ma już ostatni dzień: {short_date(row.ends_on)}. Jeśli jest zły, wybierz „Popraw”."
        )
    if on < row.starts_on:
        raise ValidationError({"ends_on": f"Ta podstawa zaczyna się dopiero {short_date(row.starts_on)}."})
    row.end_reason = why
    return end_row(row, on=on, by=by, why=f"Koniec podstawy: {why}")


# ---- the assistant -----------------------------------------------------------------------------------
@action
def assign_assistant(
    *,
    period: WorkPeriod,
    assistant: User,
    starts_on: date,
    by: User,
    kind: str = AssignmentKind.LEADING,
    ends_on: date | None = None,
    override_reason: str = "",
) -> Assignment:
    """Assign an assistant (przydzielenie) from a day. With a new leading assistant the present one ends the day before.

    Raises LimitReached when the limit would be exceeded on one of the days and no override reason is given,
    ValidationError for a day outside the work, the role or the contract.
    """
    lock(users=[assistant.pk] if kind in COUNTED_KINDS else [], families=[period.family_id])
    period = lock_row(WorkPeriod.objects, pk=period.pk)
    with keeping_visits(period, field="starts_on"):
        return _assign(
            period,
            assistant,
            kind=kind,
            starts_on=starts_on,
            ends_on=ends_on,
            override_reason=override_reason,
            by=by,
        )


def _assign(
    period: WorkPeriod,
    assistant: User,
    *,
    starts_on: date,
    by: User,
    kind: str = AssignmentKind.LEADING,
    ends_on: date | None = None,
    override_reason: str = "",
) -> Assignment:
    """``assign_assistant`` in a locked period, without asking about the visits of the predecessor."""
    validate_assignment(period, assistant, kind=kind, starts_on=starts_on, ends_on=ends_on)
    if kind != AssignmentKind.MONITORING:
        ends_on = ends_on or period.ends_on
    if kind in COUNTED_KINDS:
        override_reason = reserve_slot(
            assistant, period, starts_on=starts_on, ends_on=ends_on, override_reason=override_reason
        )
    else:
        override_reason = ""
    row = Assignment(period=period, kind=kind, starts_on=starts_on)
    why = ASSIGNMENT_REASONS[kind]
    leading = kind == AssignmentKind.LEADING
    if leading and (replaced := end_previous_assignments(period, to=assistant, on=starts_on, by=by)):
        row, why = replaced, f"Poprawienie przydzielenia: zamiast {replaced.assistant}"
    row.assistant, row.override_reason = assistant, override_reason
    row.set_last_day(ends_on)
    return save_with_history(
        row, by=by, why=f"{why}. Przekroczenie limitu: {override_reason}" if override_reason else why
    )


@action
def hand_over(
    *,
    period: WorkPeriod,
    assistant: User,
    starts_on: date,
    by: User,
    accompany_until: date | None = None,
    override_reason: str = "",
    token: str | None = None,
) -> Assignment:
    """Another leading assistant from a day (przekazanie rodziny); the previous one may accompany until a day.

    ``token`` is the ``version_token`` of the leading rows when the form was opened; ValidationError when
    they have changed since.
    """
    lock(users=[assistant.pk], families=[period.family_id])
    period = lock_row(WorkPeriod.objects, pk=period.pk)
    leading = period.assignments.filter(kind=AssignmentKind.LEADING).select_related("assistant")
    if token is not None and token != version_token(leading):
        last = leading.order_by("starts_on").last()
        now = f"Rodzinę prowadzi {last.assistant} od {short_date(last.starts_on)}. " if last else ""
        raise ValidationError(
            f"W międzyczasie ktoś zmienił przydzielenie tej rodziny. {now}Sprawdź i zapisz jeszcze raz."
        )
    previous = leading.active_on(starts_on).first()
    with keeping_visits(period, field="starts_on"):
        row = _assign(period, assistant, starts_on=starts_on, override_reason=override_reason, by=by)
        if accompany_until:
            if previous is None or previous.pk == row.pk:
                raise ValidationError(
                    {
                        "accompany_until": "W tym dniu nikt nie przekazuje rodziny, nie ma więc kto towarzyszyć."
                    }
                )
            _accompany(period, previous.assistant, starts_on=starts_on, until=accompany_until, by=by)
    return row


def _accompany(period, assistant, *, starts_on, until, by) -> None:
    try:
        assign_assistant(
            period=period,
            assistant=assistant,
            starts_on=starts_on,
            ends_on=until,
            kind=AssignmentKind.ACCOMPANYING,
            by=by,
        )
    except ValidationError as refusal:
        raise ValidationError({"accompany_until": f"{assistant}: {' '.join(refusal.messages)}"}) from None


@action
def end_assignment(*, assignment: Assignment, on: date, version: int | None, by: User) -> Assignment:
    """Set the last day of an assignment, not later than planned: an extension takes a new assignment and a slot."""
    lock(families=[assignment.period.family_id])
    row = lock_row(Assignment.objects, pk=assignment.pk, version=version)
    if row.ends_on and on > row.ends_on:
        raise ValidationError(
            {
                "ends_on": f"To przydzielenie kończy się już {short_date(row.ends_on)}. Żeby trwało dłużej, "
                "przydziel tę osobę od następnego dnia."
            }
        )
    if on < row.starts_on:
        raise ValidationError(
            {
                "ends_on": f"To przydzielenie zaczyna się {short_date(row.starts_on)}. "
                "Wybierz ten dzień albo późniejszy."
            }
        )
    with keeping_visits(row.period, field="ends_on"):
        return end_row(row, on=on, by=by, why="Koniec przydzielenia")


@action
def start_work_and_assign(
    *,
    family: Family,
    assistant: User,
    starts_on: date,
    bases: list[BasisData],
    by: User,
    override_reason: str = "",
    case_reference: str = "",
) -> Assignment:
    """Start work with a family and assign its assistant in one action (przydzielenie nowej rodziny)."""
    lock(users=[assistant.pk], families=[family.pk])
    period = begin_work(family=family, starts_on=starts_on, bases=bases, case_reference=case_reference, by=by)
    return assign_assistant(
        period=period, assistant=assistant, starts_on=starts_on, override_reason=override_reason, by=by
    )


# ---- the social worker -------------------------------------------------------------------------------
@action
def assign_lead_worker(
    *, family: Family, social_worker: User, since: date, by: User, token: str | None = None
) -> LeadWorkerAssignment:
    """Set the lead social worker from a day; the present one ends the day before.

    When the present one starts on the same day, that row is overwritten. ``token``: as in ``hand_over``.
    """
    lock(families=[family.pk])
    validate_social_worker(social_worker, on=since)
    if token is not None and token != version_token(family.leads):
        raise ValidationError(
            "W międzyczasie ktoś zmienił pracownika socjalnego tej rodziny. Sprawdź i zapisz jeszcze raz."
        )
    rows = family.leads.active_on_or_after(since).select_related("social_worker")
    if later := rows.filter(starts_on__gt=since).order_by("starts_on").first():
        raise ValidationError(
            {
                "since": f"Od {short_date(later.starts_on)} rodzinę prowadzi {later.social_worker}. "
                "Wybierz ten dzień albo późniejszy."
            }
        )
    current = rows.first()
    if current and current.social_worker_id == social_worker.pk:
        raise ValidationError(
            {"social_worker": f"Ta osoba prowadzi tę rodzinę już od {short_date(current.starts_on)}."}
        )
    if current and current.starts_on == since:
        current.social_worker = social_worker
        return save_with_history(current, by=by, why="Poprawienie prowadzącego pracownika socjalnego")
    if current:
        cause = EndCause.LEAD_CHANGED
        end_row(current, on=day_before(since), by=by, why=SUCCESSION_REASONS[cause], cause=cause)
    lead = LeadWorkerAssignment(family=family, social_worker=social_worker, starts_on=since)
    return save_with_history(lead, by=by, why="Prowadzący pracownik socjalny")


# ---- death of a person -------------------------------------------------------------------------------
PERSONAL_BASIS_KINDS = (BasisKind.CONSENT, BasisKind.MINOR_PARENT)


def end_bases_on_death(person: Person, day: date, by: User) -> None:
    """End the consents and minor-parent bases of the person on the day of death."""
    bases = LegalBasis.objects.active_on_or_after(day).select_related("period")
    for basis in bases.filter(person=person, kind__in=PERSONAL_BASIS_KINDS):
        with refusals_within_scope(basis.period.family_id, by):
            if basis.starts_on > day:
                raise ValidationError(
                    {
                        "died_on": "Podstawa pracy tej osoby nosi datę późniejszą niż ten dzień. "
                        "Popraw najpierw podstawę."
                    }
                )
            if basis.ends_on != day:
                basis.end_reason = "śmierć"
                end_row(basis, on=day, by=by, why=DEATH_REASON, cause=EndCause.DEATH)


def reopen_bases_after_death_undone(person: Person, by: User) -> None:
    """Let the bases that had ended with a death entered by mistake continue, at most until the end of the work."""
    ended = LegalBasis.objects.filter(person=person, end_cause=EndCause.DEATH).select_related("period")
    for basis in ended:
        basis.planned_end = earliest(basis.planned_end, basis.period.ends_on)
        basis.end_reason = ""
        with refusals_within_scope(basis.period.family_id, by):
            resume_row(basis, by=by, why=DEATH_UNDONE_REASON)
