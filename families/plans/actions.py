"""Actions on the plan: its content, its workflow, signatures and progress."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Max

from families.caseload.models import WorkPeriod
from families.choices import PlanState, SignatureKind
from families.people.models import Person
from families.plans import validators
from families.plans.dto import PlanData, ProgressData, SignatureData
from families.plans.in_force import (
    IN_FORCE_REASON,
    check_basis,
    enter_into_force,
    enter_into_force_if_signed,
    possible_start,
    signed_start,
)
from families.plans.models import (
    ActionProgress,
    Plan,
    PlanAction,
    PlanReturn,
    PlanReview,
    PlanSignature,
    RowRemark,
)
from families.plans.papers import FOR_SIGNATURE, issue_plan
from families.plans.queries import missing_signers
from families.plans.validators import (
    check_progress,
    check_state,
    check_work_ongoing,
    visit_progress_refusals,
)
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import bulk_save_with_history, delete_with_history, lock_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock

RETURN_REASON = "Odesłanie planu do poprawy"


def _lock_plan(plan: Plan, version: int | None = None) -> Plan:
    """The plan, locked with its family. Raises VersionConflict when its version is not ``version``."""
    lock(families=[plan.period.family_id])
    return lock_row(Plan.objects, pk=plan.pk, version=version)


@action
def create_plan(*, period: WorkPeriod, data: PlanData, by: User) -> Plan:
    """Create a new version as a draft: the first of the period, or the one after the last.

    Raises ValidationError while another version is unsigned, or when the work has ended.
    """
    lock(families=[period.family_id])
    period = lock_row(WorkPeriod.objects, pk=period.pk)
    validators.check_work_ongoing(period, on=clock.today())
    last = period.plans.order_by("-number").first()
    last_number = (
        Plan.objects.filter(period__family=period.family_id).aggregate(last=Max("number"))["last"] or 0
    )
    if last and last.state != PlanState.SIGNED:
        raise ValidationError("Nowa wersja planu jest już w przygotowaniu. Otwórz ją i popraw.")
    validators.check_content(data.plan, period=period, first=last is None)
    plan = Plan(period=period, author=by, writers=[], number=last_number + 1)
    _save_content(plan, data, by=by, why="Nowa wersja planu" if last else "Pierwszy plan")
    return plan


@action
def update_plan(*, plan: Plan, data: PlanData, version: int | None, by: User) -> Plan:
    """Update a draft. Raises VersionConflict if it was saved meanwhile, ValidationError if it is no longer a draft."""
    row = _lock_plan(plan, version)
    validators.check_state(row, PlanState.DRAFT)
    validators.check_work_ongoing(row.period, on=clock.today())
    validators.check_content(
        data.plan, period=row.period, first=not row.period.plans.filter(number__lt=row.number).exists()
    )
    _save_content(row, data, by=by, why="Zmiana szkicu planu")
    return row


def _save_content(plan: Plan, data: PlanData, *, by: User, why: str) -> None:
    plan.copy_entered(data.plan)
    _add_writer(plan, by)
    save_with_history(plan, by=by, why=why)
    _save_rows(plan, data.rows, by, why)
    for remark in RowRemark.objects.filter(plan_return__plan=plan):
        addressed = remark.pk in data.addressed
        if addressed != remark.addressed:
            remark.addressed = addressed
            save_with_history(remark, by=by, why=why)


def _add_writer(plan: Plan, user: User) -> None:
    """Who wrote the plan neither consults nor accepts it."""
    if user.pk not in plan.writers:
        plan.writers.append(user.pk)


def _save_rows(plan: Plan, rows: list[PlanAction], by: User, why: str) -> None:
    filled = [each for each in rows if not each.is_empty]
    before = {row.pk: row for row in plan.actions.all()}
    for pk in before.keys() - {each.pk for each in filled}:
        delete_with_history(before[pk], by=by, why=why)
    new_rows = []
    for position, each in enumerate(filled, start=1):
        row = before.get(each.pk) or PlanAction(plan=plan, origin_id=each.origin_id)
        changed = row.position != position or row.entered_values() != each.entered_values()
        row.position = position
        row.copy_entered(each)
        if row.pk is None:
            new_rows.append(row)
        elif changed:
            save_with_history(row, by=by, why=why)
    bulk_save_with_history(new_rows, by=by, why=why)


@action
def discard_plan(*, plan: Plan, version: int | None, by: User) -> None:
    """Delete a draft that was never sent; its history stays."""
    row = _lock_plan(plan, version)
    validators.check_state(row, PlanState.DRAFT)
    if row.drawn_up_on:
        raise ValidationError("Ten plan był już wysłany do konsultacji. Popraw go, nie można go usunąć.")
    for each in row.actions.all():
        delete_with_history(each, by=by, why="Usunięcie szkicu planu")
    delete_with_history(row, by=by, why="Usunięcie szkicu planu")


@action
def send_plan(*, plan: Plan, version: int | None, by: User) -> Plan:
    """Send a draft for consultation. Raises ValidationError while it is incomplete (art. 15 ust. 3)."""
    row = _lock_plan(plan, version)
    validators.check_state(row, PlanState.DRAFT)
    validators.check_work_ongoing(row.period, on=clock.today())
    validators.check_complete(row)
    row.state, row.sent_on = PlanState.CONSULTATION, clock.today()
    row.author = by  # the sender answers for it and signs it; earlier writers stay in ``writers``
    _add_writer(row, by)
    row.drawn_up_on = row.drawn_up_on or row.sent_on
    _clear_consultation(row)
    return save_with_history(row, by=by, why="Wysłanie planu do konsultacji")


@action
def withdraw_plan(*, plan: Plan, version: int | None, by: User) -> Plan:
    """Turn one's own plan back into a draft before it is accepted."""
    row = _lock_plan(plan, version)
    validators.check_state(row, PlanState.CONSULTATION, PlanState.ACCEPTANCE)
    validators.check_work_ongoing(row.period, on=clock.today())
    validators.check_author(row, by)
    row.state = PlanState.DRAFT
    _clear_consultation(row)
    return save_with_history(row, by=by, why="Wycofanie planu do poprawy")


def _clear_consultation(plan: Plan) -> None:
    """Empty the consultation: after a change of the plan it is consulted again. The history keeps the earlier one."""
    plan.consulted_on = plan.consulted_by = None
    plan.consultation = ""


@action
def consult_plan(*, plan: Plan, remarks: str, version: int | None, by: User) -> Plan:
    """Record the consultation of the social worker; the plan then waits for acceptance."""
    row = _lock_plan(plan, version)
    validators.check_state(row, PlanState.CONSULTATION)
    validators.check_work_ongoing(row.period, on=clock.today())
    validators.check_not_own_plan(row, by)
    row.state, row.consultation = PlanState.ACCEPTANCE, remarks
    row.consulted_on, row.consulted_by = clock.today(), by
    return save_with_history(row, by=by, why="Konsultacja planu")


@action
def accept_plan(*, plan: Plan, version: int | None, by: User) -> Plan:
    """Accept the plan: its content is frozen, its paper for signature issued, and it waits for the signatures."""
    row = _lock_plan(plan, version)
    validators.check_state(row, PlanState.ACCEPTANCE)
    validators.check_work_ongoing(row.period, on=clock.today())
    validators.check_not_own_plan(row, by)
    row.single_reviewer = validators.check_single_reviewer(row, by)
    validators.check_complete(row)
    row.state, row.accepted_on, row.accepted_by = PlanState.ACCEPTED, clock.today(), by
    save_with_history(row, by=by, why="Akceptacja planu")
    issue_plan(row, FOR_SIGNATURE, by=by)
    return row


@action
def return_plan(
    *, plan: Plan, text: str, remarks: dict[PlanAction, str], version: int | None, by: User
) -> PlanReturn:
    """Return the plan for correction with a remark on the whole plan or on rows; at least one is required."""
    row = _lock_plan(plan, version)
    validators.check_state(row, PlanState.CONSULTATION, PlanState.ACCEPTANCE)
    validators.check_work_ongoing(row.period, on=clock.today())
    validators.check_not_own_plan(row, by)
    row_remarks = {action: remark for action, remark in remarks.items() if remark.strip()}
    if not text.strip() and not row_remarks:
        raise ValidationError({"text": "Napisz, co poprawić: w całym planie albo w którymś wierszu."})
    plan_return = save_with_history(
        PlanReturn(plan=row, day=clock.today(), stage=row.state, text=text), by=by, why=RETURN_REASON
    )
    new_remarks = [
        RowRemark(
            plan_return=plan_return, action=action, about=f"{action.position}. {action}"[:320], text=remark
        )
        for action, remark in row_remarks.items()
    ]
    bulk_save_with_history(new_remarks, by=by, why=RETURN_REASON)
    row.state = PlanState.DRAFT
    _clear_consultation(row)
    save_with_history(row, by=by, why=RETURN_REASON)
    return plan_return


@action
def review_plan(*, period: WorkPeriod, note: str, by: User) -> PlanReview:
    """Record that the plan was reviewed after an important event and stays as it is."""
    lock(families=[period.family_id])
    today = clock.today()
    validators.check_work_ongoing(period, on=today)
    if not any(plan.in_force_on(today) for plan in period.plans.select_related("period")):
        raise ValidationError(validators.NOTHING_TO_REVIEW)
    if not note.strip():
        raise ValidationError({"note": "Napisz, dlaczego plan zostaje bez zmian."})
    return save_with_history(
        PlanReview(period=period, day=today, note=note), by=by, why="Przegląd planu bez zmian"
    )


@action
def record_signature(
    *, plan: Plan, person: Person, kind: str, day: date, reason: str = "", version: int | None, by: User
) -> PlanSignature:
    """Record a signature or a refusal with its reason. The last required one puts the plan in force.

    Without a legal basis of the work on its first day the plan waits: the signature is a fact and is kept.
    """
    row = _lock_plan(plan, version)
    signature = _add_signature(plan=row, person=person, kind=kind, day=day, reason=reason, by=by)
    enter_into_force_if_signed(row, by=by)
    return signature


@action
def _add_signature(
    *, plan: Plan, person: Person, kind: str, day: date, reason: str, by: User
) -> PlanSignature:
    """Record one of several signatures under a locked plan: the paper in force is issued after all of them."""
    row = plan
    check_state(row, PlanState.ACCEPTED, PlanState.SIGNED)
    check_work_ongoing(row.period, on=clock.today())
    if refusals := validators.signature_refusals(row, SignatureData(person, kind, day, reason)):
        raise ValidationError(refusals)
    signature = PlanSignature(
        plan=row,
        person=person,
        kind=kind,
        day=day,
        reason=reason if kind == SignatureKind.REFUSED else "",
    )
    save_with_history(
        signature, by=by, why="Podpis pod planem" if not signature.reason else "Odmowa podpisu pod planem"
    )
    return signature


@action
def record_signatures(
    *, plan: Plan, signatures: list[SignatureData], version: int | None, by: User
) -> list[PlanSignature]:
    """Record several signatures, all or none. Errors are collected by ``<field>_<id of the person>``."""
    row = _lock_plan(plan, version)
    check_state(row, PlanState.ACCEPTED, PlanState.SIGNED)
    check_work_ongoing(row.period, on=clock.today())
    recorded, errors = [], {}
    for each in signatures:
        try:
            recorded.append(_add_signature(plan=row, by=by, **vars(each)))
        except ValidationError as error:
            by_field = error.error_dict if hasattr(error, "error_dict") else {"kind": error.error_list}
            errors |= {f"{name}_{each.person.pk}": messages for name, messages in by_field.items()}
    if errors:
        raise ValidationError(errors)
    enter_into_force_if_signed(row, by=by)
    return recorded


@action
def delete_signature_entered_in_error(*, signature: PlanSignature, why: str, by: User) -> None:
    """Delete a signature entered by mistake, as long as the plan is not in force."""
    plan = _lock_plan(signature.plan)
    check_state(plan, PlanState.ACCEPTED)
    check_work_ongoing(plan.period, on=clock.today())
    if not why.strip():
        raise ValidationError({"why": "Napisz, na czym polega pomyłka."})
    row = plan.signatures.filter(pk=signature.pk).first()
    if row is None:
        raise ValidationError("Ten podpis ktoś już odwołał.")
    delete_with_history(row, by=by, why=f"Odwołanie podpisu: {why}")


@action
def put_plan_in_force(*, plan: Plan, version: int | None, by: User, after_its_period: bool = False) -> Plan:
    """Put an accepted plan in force once those who had not signed have left the household, or the work has a basis.

    Also a plan whose last signature came after its period, if ``after_its_period`` says that this is meant.
    """
    row = _lock_plan(plan, version)
    check_state(row, PlanState.ACCEPTED)
    check_work_ongoing(row.period, on=clock.today())
    start = signed_start(row, on=clock.today())
    if start is None:
        names = ", ".join(str(person) for person in missing_signers(row, on=clock.today()))
        raise ValidationError(f"Brakuje podpisu albo odmowy: {names or 'nikt jeszcze nie podpisał'}.")
    if (refusal := validators.past_period_sentence(row, start)) and not after_its_period:
        raise ValidationError(refusal)
    check_basis(row, start)
    return enter_into_force(row, start, by=by, why=IN_FORCE_REASON)


@action
def put_plan_in_force_unsigned(*, plan: Plan, cause: str, reason: str, version: int | None, by: User) -> Plan:
    """The manager puts in force, from today, a plan that somebody cannot sign; cause and reason stay with it."""
    row = _lock_plan(plan, version)
    check_state(row, PlanState.ACCEPTED)
    check_work_ongoing(row.period, on=clock.today())
    validators.check_not_own_plan(row, by)
    if signed_start(row, on=clock.today()):
        raise ValidationError("Nikogo już nie brakuje: wprowadź plan w życie z podpisami.")
    if not reason.strip():
        raise ValidationError({"reason": "Napisz, co się stało."})
    row.unsigned_cause, row.unsigned_reason = cause, reason
    start = possible_start(row, max(row.covers_from, clock.today()))
    check_basis(row, start)
    return enter_into_force(row, start, by=by, why=f"Wejście w życie bez podpisu: {reason}")


@action
def record_progress(
    *, action: PlanAction, day: date, by: User, state: str = "", effect: str = "", note: str = "", visit=None
) -> ActionProgress:
    """Record the progress of an action on a day, with a visit when it was worked on there.

    Raises ValidationError when the plan was not in force on the day, or an action is dropped without a reason.
    """
    lock(families=[action.plan.period.family_id])
    check_progress(action.plan, day=day, state=state, note=note)
    row = ActionProgress(action=action, day=day, visit=visit, state=state, effect=effect, note=note)
    return save_with_history(row, by=by, why="Postęp działania planu")


@action
def record_visit_progress(*, visit, progress: list[ProgressData], by: User, why: str) -> None:
    """Make the progress recorded with a visit match ``progress``: rows are created, changed or deleted.

    Raises ValidationError keyed by the field names of the visit form.
    """
    if refusals := visit_progress_refusals(progress, period=visit.period, day=visit.day, visit=visit.pk):
        raise ValidationError(refusals)
    # A visit saved for the first time has no rows yet.
    existing = {} if visit.version == 1 else {row.action_id: row for row in visit.plan_progress.all()}
    for pk in existing.keys() - {each.action.pk for each in progress}:
        delete_with_history(existing[pk], by=by, why=why)
    new_rows = []
    for each in progress:
        values = {"day": visit.day, "state": each.state, "note": each.note}
        row = existing.get(each.action.pk)
        if row is None:
            new_rows.append(ActionProgress(visit=visit, action=each.action, **values))
        elif values != {name: getattr(row, name) for name in values}:
            for name, value in values.items():
                setattr(row, name, value)
            save_with_history(row, by=by, why=why)
    bulk_save_with_history(new_rows, by=by, why=why)
