"""Deeds about the plan: written, sent, sent back, consulted, accepted, signed. Views, demo and tests call the same."""

from django.core.exceptions import ValidationError
from django.db.models import Max

from families.caseload.models import WorkPeriod
from families.choices import PlanState
from families.plans import validators
from families.plans.dto import PlanData, RowData
from families.plans.models import Plan, PlanAction, PlanReturn, PlanReview, RowRemark
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import bulk_save_with_history, delete_with_history, lock_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action

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
