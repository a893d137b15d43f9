"""Deeds about the plan: written, sent, sent back, consulted, accepted, signed. Views, demo and tests call the same."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Max

from families.caseload.models import WorkPeriod
from families.choices import PlanState, SignatureKind
from families.people.models import Membership, Person
from families.plans import validators
from families.plans.dto import PlanData, RowData, Said, TouchData
from families.plans.models import (
    ActionProgress,
    Plan,
    PlanAction,
    PlanReturn,
    PlanReview,
    PlanSignature,
    RowRemark,
)
from families.plans.queries import missing_signers, signers_of
from families.plans.validators import check_progress, check_state, check_work_goes_on, why_not_touched
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import bulk_save_with_history, delete_with_history, lock_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.temporal import day_before

SENT_BACK = "Odesłanie planu do poprawy"
HEAD = (
    "covers_from",
    "covers_to",
    "main_goal",
    "reason",
    "coordinated",
    "coordinated_with",
    "coordinated_on",
)
CELLS = ("area", "problem", "goal", "actions", "who", "due_on", "expected")


ONE_DAY = timedelta(days=1)


IN_FORCE = "Plan wszedł w życie"


@action
def begin_plan(*, period: WorkPeriod, data: PlanData, by: User) -> Plan:
    """Write a new version as a draft: the first of the period, or the one after the last.

    Raises ValidationError while another version is on its way, or when the work has ended.
    """
    period = lock_row(WorkPeriod.objects, pk=period.pk)
    validators.check_work_goes_on(period, on=clock.today())
    last = period.plans.order_by("-number").first()
    before = Plan.objects.filter(period__family=period.family_id).aggregate(last=Max("number"))["last"] or 0
    if last and last.state != PlanState.SIGNED:
        raise ValidationError("Nowa wersja planu jest już w przygotowaniu. Otwórz ją i popraw.")
    validators.check_content(data, period=period, first=last is None)
    plan = Plan(period=period, author=by, number=before + 1)
    _write(plan, data, by=by, why="Nowa wersja planu" if last else "Pierwszy plan")
    return plan


@action
def write_plan(*, plan: Plan, data: PlanData, version: int | None, by: User) -> Plan:
    """Change a draft. Raises Conflict when somebody saved it meanwhile, ValidationError once it is on its way."""
    row = lock_row(Plan.objects, pk=plan.pk, version=version)
    validators.check_state(row, PlanState.DRAFT)
    validators.check_work_goes_on(row.period, on=clock.today())
    validators.check_content(
        data, period=row.period, first=not row.period.plans.filter(number__lt=row.number).exists()
    )
    _write(row, data, by=by, why="Zmiana szkicu planu")
    return row


def _write(plan: Plan, data: PlanData, *, by: User, why: str) -> None:
    for name in HEAD:
        setattr(plan, name, getattr(data, name))
    save_with_history(plan, by=by, why=why)
    _write_rows(plan, data.rows, by, why)
    for remark in RowRemark.objects.filter(sent_back__plan=plan):
        heeded = remark.pk in data.heeded
        if heeded != remark.heeded:
            remark.heeded = heeded
            save_with_history(remark, by=by, why=why)


def _write_rows(plan: Plan, rows: list[RowData], by: User, why: str) -> None:
    written = [each for each in rows if not each.empty]
    kept = {each.row.pk for each in written if each.row}
    for row in plan.actions.exclude(pk__in=kept):
        delete_with_history(row, by=by, why=why)
    fresh = []
    for position, each in enumerate(written, start=1):
        values = {"position": position} | {name: getattr(each, name) for name in CELLS}
        if each.row is None:
            fresh.append(PlanAction(plan=plan, first_id=_line_of(each), **values))
        elif values != {name: getattr(each.row, name) for name in values}:
            for name, value in values.items():
                setattr(each.row, name, value)
            save_with_history(each.row, by=by, why=why)
    bulk_save_with_history(fresh, by=by, why=why)


def _line_of(row: RowData) -> int | None:
    return row.goes_on_from.line if row.goes_on_from else None


@action
def discard_plan(*, plan: Plan, version: int | None, by: User) -> None:
    """Throw a draft away that was never sent; its history stays."""
    row = lock_row(Plan.objects, pk=plan.pk, version=version)
    validators.check_state(row, PlanState.DRAFT)
    if row.drawn_up_on:
        raise ValidationError("Ten plan był już wysłany do konsultacji. Popraw go, nie można go usunąć.")
    for each in row.actions.all():
        delete_with_history(each, by=by, why="Usunięcie szkicu planu")
    delete_with_history(row, by=by, why="Usunięcie szkicu planu")


@action
def send_plan(*, plan: Plan, version: int | None, by: User) -> Plan:
    """Send a draft to be consulted. Raises ValidationError while a row lacks its term or effect (art. 15 ust. 3)."""
    row = lock_row(Plan.objects, pk=plan.pk, version=version)
    validators.check_state(row, PlanState.DRAFT)
    validators.check_work_goes_on(row.period, on=clock.today())
    validators.check_complete(row)
    row.state, row.sent_on = PlanState.CONSULTATION, clock.today()
    row.author = by  # who sends it answers for it and signs it; whoever wrote it before stays in the history
    row.drawn_up_on = row.drawn_up_on or row.sent_on
    _forget_decisions(row)
    return save_with_history(row, by=by, why="Wysłanie planu do konsultacji")


@action
def withdraw_plan(*, plan: Plan, version: int | None, by: User) -> Plan:
    """Take one's own plan back to be mended, before it is accepted."""
    row = lock_row(Plan.objects, pk=plan.pk, version=version)
    validators.check_state(row, PlanState.CONSULTATION, PlanState.ACCEPTANCE)
    validators.check_work_goes_on(row.period, on=clock.today())
    validators.check_author(row, by)
    row.state = PlanState.DRAFT
    _forget_decisions(row)
    return save_with_history(row, by=by, why="Wycofanie planu do poprawy")


def _forget_decisions(plan: Plan) -> None:
    """What was said of an earlier text does not stand for the new one; the history keeps it."""
    plan.consulted_on = plan.consulted_by = None
    plan.consultation = ""


@action
def consult_plan(*, plan: Plan, remarks: str, version: int | None, by: User) -> Plan:
    """The social worker has consulted the plan; it goes on to be accepted."""
    row = lock_row(Plan.objects, pk=plan.pk, version=version)
    validators.check_state(row, PlanState.CONSULTATION)
    validators.check_work_goes_on(row.period, on=clock.today())
    validators.check_other_eyes(row, by)
    row.state, row.consultation = PlanState.ACCEPTANCE, remarks
    row.consulted_on, row.consulted_by = clock.today(), by
    return save_with_history(row, by=by, why="Konsultacja planu")


@action
def accept_plan(*, plan: Plan, version: int | None, by: User) -> Plan:
    """The manager accepts the plan: its content is frozen, and it waits for the signatures of the family."""
    row = lock_row(Plan.objects, pk=plan.pk, version=version)
    validators.check_state(row, PlanState.ACCEPTANCE)
    validators.check_work_goes_on(row.period, on=clock.today())
    validators.check_other_eyes(row, by)
    row.one_person = validators.check_one_person(row, by)
    validators.check_complete(row)
    row.state, row.accepted_on, row.accepted_by = PlanState.ACCEPTED, clock.today(), by
    return save_with_history(row, by=by, why="Akceptacja planu")


@action
def send_back(
    *, plan: Plan, text: str, remarks: dict[PlanAction, str], version: int | None, by: User
) -> PlanReturn:
    """Send the plan back to be mended, with a remark to the whole or to rows; at least one is required."""
    row = lock_row(Plan.objects, pk=plan.pk, version=version)
    validators.check_state(row, PlanState.CONSULTATION, PlanState.ACCEPTANCE)
    validators.check_work_goes_on(row.period, on=clock.today())
    validators.check_other_eyes(row, by)
    said = {action: words for action, words in remarks.items() if words.strip()}
    if not text.strip() and not said:
        raise ValidationError({"text": "Napisz, co poprawić: w całym planie albo w którymś wierszu."})
    returned = save_with_history(
        PlanReturn(plan=row, day=clock.today(), stage=row.state, text=text), by=by, why=SENT_BACK
    )
    fresh = [
        RowRemark(sent_back=returned, action=action, about=f"{action.position}. {action}"[:320], text=words)
        for action, words in said.items()
    ]
    bulk_save_with_history(fresh, by=by, why=SENT_BACK)
    row.state = PlanState.DRAFT
    _forget_decisions(row)
    save_with_history(row, by=by, why=SENT_BACK)
    return returned


@action
def review_plan(*, period: WorkPeriod, note: str, by: User) -> PlanReview:
    """The plan was looked at after an important event and stays as it is."""
    today = clock.today()
    validators.check_work_goes_on(period, on=today)
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
    """Write that a member of the family signed the plan, or refused and why. The last one puts it in force."""
    row = lock_row(Plan.objects, pk=plan.pk, version=version)
    check_state(row, PlanState.ACCEPTED, PlanState.SIGNED)
    check_work_goes_on(row.period, on=clock.today())
    refusals = {}
    if day > clock.today():
        refusals["day"] = "Ten dzień jeszcze nie nadszedł."
    if day < row.accepted_on:
        refusals["day"] = (
            f"Plan zaakceptowano {short_date(row.accepted_on)}. Podpis nie może być wcześniejszy."
        )
    if kind == SignatureKind.REFUSED and not reason.strip():
        refusals["reason"] = "Napisz, dlaczego odmówiono podpisu."
    members = Membership.objects.active_on(day).filter(family=row.period.family_id, person=person)
    if not members.exists():
        refusals["person"] = "Ta osoba nie należy w tym dniu do rodziny."
    if refusals:
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
    _enter_into_force(row, by=by)
    return signature


@action
def record_signatures(*, plan: Plan, said: list[Said], version: int | None, by: User) -> list[PlanSignature]:
    """Write what several members said, all or nothing. Refusals come together, by ``<field>_<id of the person>``."""
    row = lock_row(Plan.objects, pk=plan.pk, version=version)
    check_state(row, PlanState.ACCEPTED, PlanState.SIGNED)
    check_work_goes_on(row.period, on=clock.today())
    written, refusals = [], {}
    for each in said:
        try:
            written.append(record_signature(plan=row, version=None, by=by, **vars(each)))
        except ValidationError as refusal:
            of_fields = refusal.error_dict if hasattr(refusal, "error_dict") else {"kind": refusal.error_list}
            refusals |= {f"{name}_{each.person.pk}": errors for name, errors in of_fields.items()}
    if refusals:
        raise ValidationError(refusals)
    return written


@action
def take_back_signature(*, signature: PlanSignature, why: str, by: User) -> None:
    """Take back a signature entered by mistake, as long as the plan has not entered into force."""
    plan = lock_row(Plan.objects, pk=signature.plan_id)
    check_state(plan, PlanState.ACCEPTED)
    check_work_goes_on(plan.period, on=clock.today())
    if not why.strip():
        raise ValidationError({"why": "Napisz, na czym polega pomyłka."})
    row = plan.signatures.filter(pk=signature.pk).first()
    if row is None:
        raise ValidationError("Ten podpis ktoś już odwołał.")
    delete_with_history(row, by=by, why=f"Odwołanie podpisu: {why}")


@action
def put_in_force(*, plan: Plan, version: int | None, by: User) -> Plan:
    """Put an accepted plan in force when whoever was missing does not belong to the household any more."""
    row = lock_row(Plan.objects, pk=plan.pk, version=version)
    check_state(row, PlanState.ACCEPTED)
    check_work_goes_on(row.period, on=clock.today())
    _enter_into_force(row, by=by)
    if row.state != PlanState.SIGNED:
        names = ", ".join(str(person) for person in missing_signers(row, on=clock.today()))
        raise ValidationError(f"Brakuje podpisu albo odmowy: {names or 'nikt jeszcze nie podpisał'}.")
    return row


def _enter_into_force(plan: Plan, *, by: User) -> None:
    """The plan holds from its first day, or from the last signature when that came later; the old one ends then."""
    if plan.state == PlanState.SIGNED:
        return
    needed = {person.pk for person in signers_of(plan, on=clock.today())}
    days = dict(plan.signatures.values_list("person", "day"))
    if not days or needed - days.keys():
        return
    # A signature nobody waited for puts nothing off; it counts only where nobody is left to wait for.
    last = max(days[person] for person in needed or days)
    start = max(plan.covers_from, last)
    before = plan.period.plans.filter(in_force_from__isnull=False, in_force_to=None).first()
    if before:
        start = max(start, before.in_force_from)
        if before.in_force_from == start:  # replaced on its very first day: the new one begins the day after
            start += ONE_DAY
        before.in_force_to = day_before(start)
        save_with_history(before, by=by, why="Zastąpienie planu nową wersją")
    plan.state, plan.in_force_from = PlanState.SIGNED, start
    save_with_history(plan, by=by, why=IN_FORCE)


@action
def record_progress(
    *, action: PlanAction, day: date, by: User, state: str = "", effect: str = "", note: str = "", visit=None
) -> ActionProgress:
    """Write what has become of an action by the day; with a visit also that it was worked on there.

    Raises ValidationError when the plan was not in force on the day, or an action is dropped without a reason.
    """
    check_progress(action.plan, day=day, state=state, note=note)
    row = ActionProgress(action=action, day=day, visit=visit, state=state, effect=effect, note=note)
    return save_with_history(row, by=by, why="Postęp działania planu")


@action
def touch_actions(*, visit, touches: list[TouchData], by: User, why: str) -> None:
    """Bring the progress told at a visit in line with what was said: rows written, changed, taken back.

    Raises ValidationError with sentences beside the fields of the visit's form.
    """
    if refusals := why_not_touched(touches, period=visit.period, day=visit.day, visit=visit.pk):
        raise ValidationError(refusals)
    # Written for the first time: nothing hangs on it yet, so nothing is asked for.
    before = {} if visit.version == 1 else {row.action_id: row for row in visit.touched.all()}
    for pk in before.keys() - {each.action.pk for each in touches}:
        delete_with_history(before[pk], by=by, why=why)
    fresh = []
    for each in touches:
        values = {"day": visit.day, "state": each.state, "note": each.note}
        row = before.get(each.action.pk)
        if row is None:
            fresh.append(ActionProgress(visit=visit, action=each.action, **values))
        elif values != {name: getattr(row, name) for name in values}:
            for name, value in values.items():
                setattr(row, name, value)
            save_with_history(row, by=by, why=why)
    bulk_save_with_history(fresh, by=by, why=why)
