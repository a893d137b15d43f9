"""Actions on projects: begin or copy an edition, write it, move it from state to state, enter its results."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import (
    bulk_save_with_history,
    delete_with_history,
    lock_row,
    save_with_history,
)
from lubsko_ops.centre.dictionaries.choices import FilingPurpose
from lubsko_ops.centre.dictionaries.filing import symbol_for, take_number
from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import join_list
from lubsko_ops.core.temporal import day_before
from projects import rules
from projects.choices import EditionState, ParticipationStatus, StepKind
from projects.dependents import days_outside
from projects.document import ROW_MODELS, ProjectData, check_complete, check_rows, load_document
from projects.endings import (
    carry_out_ending,
    end_groups,
    end_participations,
    refuse_ending,
    refuse_later_steps,
    refuse_open,
    settlement_gaps,
)
from projects.indicators.computed import NO_NUMBER, numbers_of
from projects.models import (
    DocumentRow,
    Edition,
    ProjectLine,
    ProjectStep,
    SpecificGoal,
)
from projects.papers import issue_card
from projects.permissions import PROJECT_BEGIN, may_take, may_write
from projects.queries import families_of_participants

NOT_COUNTED = "Wyniki i wydatki wpisuje się od rozpoczęcia projektu do jego rozliczenia."
NOT_MANAGER = "Zatwierdza, rozlicza projekt i odstępuje od niego kierownik."
NOT_AUTHOR = "Ten projekt piszą jego autorzy i kierownik."


# ---- writing -----------------------------------------------------------------------------------------
@action
def create_edition(*, data: Edition, copy_of: Edition | None = None, by: User) -> Edition:
    """Begin a project, or an edition of the line of ``copy_of`` with its texts and rows.

    ``data``: title, kind and days. The user is its author; people, days and results are not copied.
    """
    if not has_permission(by, PROJECT_BEGIN):
        raise PermissionDenied
    why = "Nowy projekt" if copy_of is None else f"Nowa edycja, skopiowana z: {copy_of}"
    line = copy_of.line if copy_of else save_with_history(ProjectLine(title=data.title), by=by, why=why)
    edition = Edition(line=line, copied_from=copy_of, authors=[by.pk], writers=[by.pk])
    if copy_of:
        edition.copy_entered(copy_of)
        edition.recruits_from = edition.recruits_to = None
        edition.authors = [by.pk]
    for name in ("title", "kind", "starts_on", "ends_on"):
        setattr(edition, name, getattr(data, name))
    save_with_history(edition, by=by, why=why)
    if copy_of:
        document = load_document(copy_of)
        for partner in document["partners"]:
            partner.agreed_on = None
        for member in document["staff"]:
            member.user, member.name = None, ""
        for name in ROW_MODELS:
            _save_rows(edition, name, document[name], by=by, why=why)
        days = {"starts_on": edition.starts_on, "ends_on": edition.ends_on}
        groups = [group.copy(edition=edition, **days) for group in copy_of.groups.order_by("starts_on", "pk")]
        bulk_save_with_history(groups, by=by, why=why)
        _copy_surveys(copy_of, edition, by=by, why=why)
    return edition


def _copy_surveys(copy_of: Edition, edition: Edition, *, by: User, why: str) -> None:
    """The surveys with their questions; no sheet of paper belongs to two editions."""
    for survey in copy_of.surveys.order_by("pk"):
        copy = save_with_history(survey.copy(edition), by=by, why=why)
        questions = [each.copy(copy) for each in survey.questions.all()]
        bulk_save_with_history(questions, by=by, why=why)


@action
def update_edition(*, edition: Edition, data: ProjectData, version: int | None, by: User) -> Edition:
    """Save the document of a draft. Raises VersionConflict if it was saved meanwhile."""
    row = _lock(edition, version)
    if row.state != EditionState.DRAFT:
        raise ValidationError(rules.STATE_REFUSALS[EditionState(row.state)])
    if not may_write(row, by):
        raise PermissionDenied(NOT_AUTHOR)
    check_rows(data)
    _check_numbers(row, data["goals"])
    why = "Zmiana opisu projektu"
    before = (row.starts_on, row.ends_on)
    row.copy_entered(data.edition)
    _move_groups(row, before, by=by, why=why)
    if by.pk not in row.writers:
        row.writers.append(by.pk)
    save_with_history(row, by=by, why=why)
    goals = _goal_numbers(row)
    for name in ROW_MODELS:
        _save_rows(row, name, data[name], by=by, why=why)
    _renumber_goals_of_groups(row, goals, by=by, why=why)
    return row


def _check_numbers(edition: Edition, goals: list[SpecificGoal]) -> None:
    """Raise ValidationError for goals computed by a number that nothing counts for the edition."""
    chosen = [goal for goal in goals if goal.computed_by]
    keys = {each.key for each in numbers_of(edition)} if chosen else set()
    if refusals := [f"Cel „{goal.goal}”: {NO_NUMBER}" for goal in chosen if goal.computed_by not in keys]:
        raise ValidationError(refusals)


def _move_groups(edition: Edition, before: tuple[date, date | None], *, by: User, why: str) -> None:
    """Groups that began and ended with the edition do so on its new days.

    Raises ValidationError for others outside, and for groups on whose rows in other apps this would lie.
    """
    if before == (edition.starts_on, edition.ends_on):
        return
    outside, resting = [], []
    for group in edition.groups.order_by("starts_on", "pk"):
        days = (group.starts_on, group.ends_on)
        group.starts_on = edition.starts_on if days[0] == before[0] else days[0]
        group.ends_on = edition.ends_on if days[1] in (None, before[1]) else days[1]
        last = group.ends_on or group.starts_on
        if not edition.is_active_on(group.starts_on) or not edition.is_active_on(last):
            outside.append(f"{group} ({group.validity})")
        elif listed := days_outside(group):
            resting.append(f"{group}: {listed}")
        elif days != (group.starts_on, group.ends_on):
            save_with_history(group, by=by, why=why)
    if outside:
        raise ValidationError(
            {"ends_on": f"Poza tym czasem są zajęcia: {join_list(outside)}. Zmień najpierw je."}
        )
    if resting:
        text = "; ".join(resting)
        raise ValidationError(
            {"ends_on": f"Poza tym czasem są spotkania. {text}. Zmień najpierw harmonogram."}
        )


def _goal_numbers(edition: Edition) -> dict[int, int]:
    """Numbers of the specific goals by id."""
    return dict(SpecificGoal.objects.filter(edition=edition).values_list("pk", "position"))


def _renumber_goals_of_groups(edition: Edition, before: dict[int, int], *, by: User, why: str) -> None:
    """Groups name the goals they serve by their new numbers, and those that were removed no longer."""
    after = _goal_numbers(edition)
    numbers = {number: after.get(pk) for pk, number in before.items()}
    if all(old == new for old, new in numbers.items()):
        return
    for group in edition.groups.exclude(goals=[]).order_by("pk"):
        goals = sorted(new for each in group.goals if (new := numbers.get(each)))
        if goals != group.goals:
            group.goals = goals
            save_with_history(group, by=by, why=why)


def _lock(edition: Edition, version: int | None) -> Edition:
    """The locked edition; before it the families of its participants, whose deadlines end with it."""
    lock(families=families_of_participants(edition.pk))
    return lock_row(Edition.objects, pk=edition.pk, version=version)


def _save_rows(edition: Edition, name: str, rows: list[DocumentRow], *, by: User, why: str) -> None:
    """Make the stored rows of this name those entered: a row with the id of a stored one changes it."""
    model = ROW_MODELS[name]
    before = {row.pk: row for row in model.objects.filter(edition=edition)}
    for pk in before.keys() - {each.pk for each in rows}:
        delete_with_history(before[pk], by=by, why=why)
    new_rows = []
    for position, each in enumerate(rows, start=1):
        row = before.get(each.pk) or model(edition=edition)
        changed = row.position != position or row.entered_values() != each.entered_values()
        row.position = position
        row.copy_entered(each)
        if row.pk is None:
            new_rows.append(row)
        elif changed:
            save_with_history(row, by=by, why=why)
    bulk_save_with_history(new_rows, by=by, why=why)


# ---- from state to state -----------------------------------------------------------------------------
def _begin_step(edition: Edition, step: StepKind, version: int | None, by: User) -> Edition:
    """The locked edition, once the state and the user allow the step."""
    row = _lock(edition, version)
    if refusal := rules.state_refusal(row.state, step):
        raise ValidationError(refusal)
    if not may_take(step, row, by):
        raise PermissionDenied(NOT_AUTHOR)
    return row


def _finish_step(row: Edition, step: StepKind, by: User, *, text: str = "") -> Edition:
    row.state = rules.TRANSITIONS[step].target
    why = f"{step.label.capitalize()}: {text}" if text else step.label.capitalize()
    save_with_history(row, by=by, why=why)
    save_with_history(ProjectStep(edition=row, kind=step, day=clock.today(), text=text), by=by, why=why)
    return row


@action
def send_edition(*, edition: Edition, version: int | None, by: User) -> Edition:
    """Send a draft for acceptance. Raises ValidationError with all that is missing."""
    row = _begin_step(edition, StepKind.SEND, version, by)
    check_complete(load_document(row))
    row.sent_on = clock.today()
    return _finish_step(row, StepKind.SEND, by)


@action
def return_edition(*, edition: Edition, text: str, version: int | None, by: User) -> Edition:
    """Return the project to its authors with remarks."""
    row = _begin_step(edition, StepKind.RETURN, version, by)
    if not text.strip():
        raise ValidationError({"text": "Napisz, co poprawić."})
    return _finish_step(row, StepKind.RETURN, by, text=text)


@action
def approve_edition(*, edition: Edition, case_reference: str = "", version: int | None, by: User) -> Edition:
    """Approve the project: its document is frozen, its znak sprawy taken from the counter and its card issued.

    ``case_reference``: typed, where the centre numbers these cases elsewhere or has no symbol for them.
    """
    row = _begin_step(edition, StepKind.APPROVE, version, by)
    check_four_eyes(row, by)
    check_complete(load_document(row))
    row.approved_on, row.approved_by, row.small_staff = clock.today(), by, by.pk in row.writers
    row.case_reference = next_reference(clock.today().year, by=by) or case_reference
    _finish_step(row, StepKind.APPROVE, by)
    issue_card(row, by=by)
    return row


def check_four_eyes(edition: Edition, by: User) -> None:
    """Raise PermissionDenied unless the user may approve what others wrote."""
    small_staff = bool(get_norm("small_staff", on=clock.today()))
    refusal = rules.approval_refusal(
        by=by.pk, authors=edition.authors, writers=edition.writers, small_staff=small_staff
    )
    if refusal:
        raise PermissionDenied(refusal)


def gives_references(year: int) -> bool:
    """Whether the application numbers the cases of projects in the year."""
    symbol = symbol_for(FilingPurpose.PROJECTS, year)
    return symbol is not None and not symbol.numbered_elsewhere


def next_reference(year: int, *, by: User) -> str:
    """The next znak sprawy of a project, passing over those typed before; empty where numbers are given elsewhere."""
    symbol = symbol_for(FilingPurpose.PROJECTS, year)
    if symbol is None or symbol.numbered_elsewhere:
        return ""
    while True:
        reference = symbol.reference(take_number(symbol, year=year, by=by), year)
        if not Edition.objects.filter(case_reference=reference).exists():
            return reference


@action
def begin_edition(*, edition: Edition, version: int | None, by: User) -> Edition:
    """The project runs. Raises ValidationError before its first day."""
    row = _begin_step(edition, StepKind.BEGIN, version, by)
    if refusal := rules.begin_refusal(starts_on=row.starts_on, today=clock.today()):
        raise ValidationError(refusal)
    return _finish_step(row, StepKind.BEGIN, by)


@action
def end_edition(*, edition: Edition, last_day: date, version: int | None, by: User) -> Edition:
    """The project ended on the day, perhaps another one than planned, and waits to be settled."""
    row = _begin_step(edition, StepKind.END, version, by)
    if refusal := rules.last_day_refusal(last_day, starts_on=row.starts_on, today=clock.today()):
        raise ValidationError({"last_day": refusal})
    refuse_open(
        row, {ParticipationStatus.REPORTED, ParticipationStatus.RESERVE}, "Zapisz, że nie zostali przyjęci."
    )
    refuse_later_steps(row, last_day)
    refuse_ending(row, last_day)
    row.ends_on = last_day
    end_groups(row, by=by)
    carry_out_ending(row, last_day, by=by)
    return _finish_step(row, StepKind.END, by)


@action
def settle_edition(*, edition: Edition, version: int | None, by: User) -> Edition:
    """Close the project. Raises ValidationError with all that is missing (``settlement_gaps``)."""
    row = _begin_step(edition, StepKind.SETTLE, version, by)
    if gaps := settlement_gaps(row, on=clock.today()):
        raise ValidationError([gap.text for gap in gaps])
    going_on = {ParticipationStatus.QUALIFIED, ParticipationStatus.TAKING_PART}
    refuse_open(row, going_on, "Zapisz, kto ukończył, a kto przerwał.")
    return _finish_step(row, StepKind.SETTLE, by)


@action
def withdraw_edition(*, edition: Edition, text: str, version: int | None, by: User) -> Edition:
    """Give the project up, with the reason. It ends for everybody who takes part or waits, today."""
    row = _begin_step(edition, StepKind.WITHDRAW, version, by)
    if not text.strip():
        raise ValidationError({"text": "Napisz, dlaczego odstępujecie od projektu."})
    end_participations(row, by=by)
    carry_out_ending(row, day_before(clock.today()), by=by)
    return _finish_step(row, StepKind.WITHDRAW, by, text=text)
