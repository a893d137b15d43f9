"""Actions on participants: enrol, take a step, move to another group."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError

from families.people.identity import register_person
from families.people.models import Family, Person
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import lock_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock
from projects.choices import (
    ConsentKind,
    ParticipationStatus,
    ParticipationStepKind,
    Takes,
)
from projects.dependents import days_of_participation
from projects.models import (
    ENDED,
    HOLDING_PLACE,
    Criterion,
    CriterionAnswer,
    Edition,
    Participation,
    ProjectGroup,
)
from projects.participants import rules
from projects.participants.facts import children_among, consents_in_force, criteria_for, person_facts
from projects.participants.places import full_refusal, waiting
from projects.participants.rows import (
    NOT_RUNNING,
    check_day,
    lock_participation,
    save_consent,
    save_step,
)
from projects.scope import runs_participants

NOT_YOURS = "Zapisujesz rodziny, z którymi pracujesz."


@dataclass(frozen=True)
class Newcomer:
    """Who is to be enrolled: a person, a pair with ``child``, or a whole family without a person."""

    person: Person | None = None
    child: Person | None = None
    family: Family | None = None

    def __str__(self):
        return str(self.person or self.family)


# ---- enrolment ---------------------------------------------------------------------------------------
@action
def enrol(
    *,
    edition: Edition,
    group: ProjectGroup | None,
    newcomers: Iterable[Newcomer],
    data: Participation,
    signed: bool = False,
    by: User,
) -> list[Participation]:
    """Enrol persons or whole families on the day of ``data``, with its contact and goal.

    ``signed``: the adults signed their declaration on that day. Raises ValidationError and enrols nobody when one of
    them cannot be enrolled.
    """
    newcomers = list(newcomers)
    _lock_people(newcomers)
    edition = lock_row(Edition.objects, pk=edition.pk)
    if refusal := rules.enrolment_refusal(edition.state):
        raise ValidationError(refusal)
    if group is not None and group.edition_id != edition.pk:
        raise ValidationError(rules.OTHER_PROJECT)
    _check_right(edition, newcomers, by)
    check_day("reported_on", data.reported_on, edition=edition)
    if refusal := rules.too_early_refusal(data.reported_on, starts_on=edition.starts_on):
        raise ValidationError({"reported_on": refusal})
    _check_group_lasts("reported_on", data.reported_on, group)
    for each in newcomers:
        _check_newcomer(each, group, on=data.reported_on)
    rows = [_save_new(edition, group, each, data, by=by) for each in newcomers]
    if signed:
        people = [each.person for each in newcomers if each.person]
        under_age = children_among(people, on=data.reported_on)
        given = consents_in_force(edition, [person.pk for person in people], on=data.reported_on)
        for person in people:
            if person.pk not in under_age and ConsentKind.DECLARATION not in given.get(person.pk, ()):
                save_consent(edition, person, ConsentKind.DECLARATION, given_on=data.reported_on, by=by)
    return rows


@action
def enrol_outsider(
    *,
    edition: Edition,
    group: ProjectGroup | None,
    person: Person,
    child: Person | None,
    data: Participation,
    signed: bool = False,
    by: User,
) -> Participation:
    """Enrol somebody from outside, perhaps with a child: they become persons without a family."""
    if not runs_participants(edition, by, on=clock.today()):
        raise PermissionDenied(NOT_RUNNING)
    person = register_person(person=person, by=by)
    child = register_person(person=child, by=by) if child else None
    newcomer = Newcomer(person=person, child=child)
    return enrol(edition=edition, group=group, newcomers=[newcomer], data=data, signed=signed, by=by)[0]


def _check_right(edition: Edition, newcomers: list[Newcomer], by: User) -> None:
    """Families the user may change; people from outside are enrolled by those who run the project."""
    today = clock.today()
    families = {each.family.pk for each in newcomers if each.family}
    own = Family.objects.workable_by(by, on=today).filter(pk__in=families)
    if len(families) > own.count():
        raise PermissionDenied(NOT_YOURS)
    if any(each.family is None for each in newcomers) and not runs_participants(edition, by, on=today):
        raise PermissionDenied(NOT_RUNNING)


def _check_group_lasts(name: str, day: date, group: ProjectGroup | None) -> None:
    """``name``: of the field with the day."""
    if group and (refusal := rules.group_over_refusal(day, ends_on=group.ends_on)):
        raise ValidationError({name: refusal})


def _check_newcomer(each: Newcomer, group: ProjectGroup | None, *, on: date) -> None:
    takes = group.takes if group else Takes.PERSONS
    refusals = [rules.living_refusal(who, on=on) for who in (each.person, each.child) if who]
    refusals.append(rules.takes_refusal(takes, has_person=bool(each.person), has_child=bool(each.child)))
    if each.person and each.person == each.child:
        refusals.append("Rodzic i dziecko to ta sama osoba. Wybierz dwie różne.")
    if refusals := [refusal for refusal in refusals if refusal]:
        raise ValidationError(refusals)


def _save_new(
    edition: Edition, group: ProjectGroup | None, each: Newcomer, data: Participation, *, by: User
) -> Participation:
    twice = Participation.objects.filter(
        edition=edition, group=group, person=each.person, child=each.child, status__in=rules.OPEN
    )
    if each.person is None:
        twice = twice.filter(family=each.family)
    if twice.exists():
        raise ValidationError(f"{each}: jest już w tym miejscu na liście uczestników.")
    row = Participation(edition=edition, person=each.person, child=each.child, family=each.family)
    row.copy_entered(data)
    row.group, row.status, row.status_on = group, ParticipationStatus.REPORTED, data.reported_on
    save_with_history(row, by=by, why="Zgłoszenie do projektu")
    save_step(row, ParticipationStepKind.REPORT, day=data.reported_on, by=by)
    return row


# ---- steps -------------------------------------------------------------------------------------------
@action
def take_step(
    *,
    participation: Participation,
    kind: ParticipationStepKind,
    day: date,
    reason: str = "",
    text: str = "",
    answers: Mapping[Criterion, tuple[str, str]] | None = None,
    admission_reason: str = "",
    version: int | None,
    by: User,
) -> Participation:
    """Take a step on the day. ``answers``: to the criteria, each with its source, at the decision to take somebody in.

    Raises ValidationError when there is no place, a paper is missing, or a criterion is not met and no reason given.
    """
    row = lock_participation(participation, version, by)
    rule = rules.TRANSITIONS[kind]
    if refusal := rules.step_refusal(
        kind, row.status, offered=row.offered_on is not None, state=row.edition.state
    ):
        raise ValidationError(refusal)
    last_on = row.steps.order_by("-pk").values_list("day", flat=True).first()
    check_day("day", day, edition=row.edition, previous=last_on)
    if rule.says_why and not reason:
        raise ValidationError({"reason": "Wybierz powód."})
    if kind in (ParticipationStepKind.QUALIFY, ParticipationStepKind.OFFER) and (
        refusal := full_refusal(row)
    ):
        raise ValidationError(refusal)
    if kind in (ParticipationStepKind.QUALIFY, ParticipationStepKind.OFFER) and not text.strip():
        _check_queue(row)
    if kind in (ParticipationStepKind.QUALIFY, ParticipationStepKind.CONFIRM):
        _save_answers(row, answers or {}, admission_reason, on=day, by=by)
    if kind == ParticipationStepKind.BEGIN:
        _check_begin(row, day)
    elif rule.target in ENDED:
        _refuse_needed_days(row, since=day + timedelta(days=1))
    row.status, row.status_on = rule.target, day
    row.offered_on = day if kind == ParticipationStepKind.OFFER else None
    save_with_history(row, by=by, why=kind.label.capitalize())
    save_step(row, kind, day=day, reason=reason, text=text, by=by)
    return row


@action
def take_steps(
    *,
    participations: Iterable[Participation],
    kind: ParticipationStepKind,
    day: date,
    admission_reason: str = "",
    by: User,
) -> list[Participation]:
    """The same step for several participants at once; nobody takes it when one of them cannot.

    ``admission_reason``: of those who do not meet every criterion, or of whom it is not clear.
    Raises ValidationError with a sentence for each who cannot.
    """
    rows = sorted(participations, key=lambda row: row.pk)
    lock(
        families={row.family_id for row in rows if row.family_id},
        people={pk for row in rows for pk in (row.person_id, row.child_id) if pk},
    )
    done, refusals = [], []
    for row in rows:
        try:
            done.append(_take_one(row, kind, day, admission_reason, by))
        except ValidationError as refusal:
            if "admission_reason" in getattr(refusal, "error_dict", {}):
                refusal = ValidationError(rules.ADMITTED_SINGLY)
            name = str(row)
            refusals += [each if name in each else f"{name}: {each}" for each in refusal.messages]
    if refusals:
        raise ValidationError(refusals)
    return done


def _take_one(
    row: Participation, kind: ParticipationStepKind, day: date, reason: str, by: User
) -> Participation:
    return take_step(participation=row, kind=kind, day=day, admission_reason=reason, version=None, by=by)


@action
def move_participation(
    *,
    participation: Participation,
    group: ProjectGroup,
    day: date,
    text: str = "",
    version: int | None,
    by: User,
) -> Participation:
    """Move a participant to another group of the edition, if it has a free place.

    ``text``: why, where somebody on its reserve list waits for the place.
    """
    row = lock_participation(participation, version, by)
    if refusal := rules.enrolment_refusal(row.edition.state):
        raise ValidationError(refusal)
    if row.status not in rules.OPEN:
        raise ValidationError("Udział już się skończył. Zapisz tę osobę do grupy na nowo.")
    if group.pk == row.group_id:
        raise ValidationError({"group": "Ta osoba jest już w tej grupie."})
    if group.edition_id != row.edition_id:
        raise ValidationError({"group": rules.OTHER_PROJECT})
    if row.person is None and row.status == ParticipationStatus.TAKING_PART:
        raise ValidationError(rules.WORK_GOES_ON)
    last_on = row.steps.order_by("-pk").values_list("day", flat=True).first()
    check_day("day", day, edition=row.edition, previous=last_on)
    newcomer = Newcomer(row.person, row.child, row.family)
    _check_newcomer(newcomer, group, on=day)
    _check_group_lasts("day", day, group)
    if row.status == ParticipationStatus.TAKING_PART and (
        refusal := rules.begin_refusal(day, starts_on=group.starts_on)
    ):
        raise ValidationError({"day": refusal})
    if row.status == ParticipationStatus.TAKING_PART:
        _refuse_needed_days(row, since=day)
    row.group = group
    holds = row.status in HOLDING_PLACE or row.offered_on
    if holds and (refusal := full_refusal(row)):
        raise ValidationError({"group": refusal})
    if holds and not text.strip():
        _check_queue(row)
    save_with_history(row, by=by, why=f"Przejście do grupy: {group}")
    why = f"{group}. {text}" if text else str(group)
    save_step(row, ParticipationStepKind.MOVE, day=day, text=why, by=by)
    return row


def _refuse_needed_days(row: Participation, *, since: date) -> None:
    """Raise ValidationError when other apps say that the participant was there from ``since`` on."""
    if listed := days_of_participation(row.pk, since=since):
        raise ValidationError({"day": rules.NEEDED_LATER.format(listed)})


def _check_queue(row: Participation) -> None:
    """Raise ValidationError when somebody on the reserve list is passed over; remarks of the step say why."""
    queue = waiting(row.edition, row.group).filter(offered_on=None)
    first = queue.exclude(pk=row.pk).first()
    on_list = row.status == ParticipationStatus.RESERVE
    if first and not (on_list and (row.reported_on, row.pk) < (first.reported_on, first.pk)):
        raise ValidationError({"text": rules.PASSED_OVER})


def _check_begin(row: Participation, day: date) -> None:
    starts_on = max(row.edition.starts_on, row.group.starts_on) if row.group else row.edition.starts_on
    if refusal := rules.begin_refusal(day, starts_on=starts_on):
        raise ValidationError({"day": refusal})
    _check_group_lasts("day", day, row.group)
    people = [person for person in (row.person, row.child) if person]
    under_age = children_among(people, on=day)
    given = consents_in_force(row.edition, [person.pk for person in people], on=day)
    for person in people:
        if person.pk in under_age and rules.missing_papers(is_child=True, given=given.get(person.pk, set())):
            raise ValidationError(rules.NO_CONSENT.format(person))


def _save_answers(
    row: Participation, answers: Mapping[Criterion, tuple[str, str]], reason: str, *, on: date, by: User
) -> None:
    """Keep the answers as they were at the decision; where none is given, an earlier one or that of the file."""
    criteria = criteria_for(row, on=on)
    if not criteria:
        return
    before = {each.criterion_id: each for each in row.answers.all()}
    facts = person_facts(row.person, row.family_id, on=on)
    given = {}
    for criterion in criteria:
        kept = before.get(criterion.pk)
        earlier = (kept.answer, kept.source) if kept else rules.check_criterion(criterion, facts)
        given[criterion.pk] = answers.get(criterion, earlier)
    reason = reason or row.admission_reason
    if refusal := rules.admission_refusal([answer for answer, _ in given.values()], reason):
        raise ValidationError({"admission_reason": refusal})
    for criterion in criteria:
        answer, source = given[criterion.pk]
        kept = before.get(criterion.pk) or CriterionAnswer(participation=row, criterion=criterion)
        if (kept.answer, kept.source) != (answer, source):
            kept.answer, kept.source = answer, source
            save_with_history(kept, by=by, why="Kryteria udziału")
    row.admission_reason = reason


def _lock_people(newcomers: list[Newcomer]) -> None:
    people = {who.pk for each in newcomers for who in (each.person, each.child) if who}
    lock(families={each.family.pk for each in newcomers if each.family}, people=people)
