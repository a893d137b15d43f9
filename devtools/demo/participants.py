"""Participants of the demo projects: in 2022 women from outside the files, now mothers and children of families."""

from collections.abc import Iterable
from datetime import date, timedelta

from families.people.models import Membership, Person
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from projects.choices import ConsentKind, CriterionResult, LeavingReason, ParticipationStatus
from projects.choices import ParticipationStepKind as Step
from projects.models import Criterion, Edition, Participation, ProjectGroup
from projects.participants.actions import Newcomer, enrol, enrol_outsider, take_step, take_steps
from projects.participants.facts import criteria_for, person_facts
from projects.participants.places import waiting
from projects.participants.record_actions import record_consent
from projects.participants.rules import check_criterion

RESERVE, LEAVES, UNSIGNED = (
    2,
    3,
    5,
)  # how many wait at the end; who leaves and who has not signed, counted from 0
MAX_CHILDREN = 9
MAX_TRAINED = 6
ADMITTED = "Rodzina bardzo chce wziąć udział; pozostałe warunki wyjaśnia asystent."


def add_past(edition: Edition, women: list[dict], days: dict[str, date], *, by: User) -> None:
    """Women by telephone: fourteen take part, of whom one leaves, the others wait."""
    group, day = edition.groups.get(), edition.starts_on
    since, last = edition.recruits_from or day, edition.ends_on or days["ended"]
    rows: list[Participation] = []
    with clock.freeze_time(days["running"]):
        for number, woman in enumerate(women):
            person = Person(first_name=woman["first_name"], last_name=woman["last_name"], sex="female")
            person.born_on, person.birth_precision = date(woman["born"], 1, 1), "year"
            reported = since + timedelta(days=number // 2)
            data = Participation(reported_on=reported, contact_phone=f"600 000 {number:03}")
            rows.append(
                enrol_outsider(
                    edition=edition, group=group, person=person, child=None, data=data, signed=True, by=by
                )
            )
        places = group.capacity or 0
        _take_in(rows[:places], day, by=by)
        for row in rows[places:]:
            _step(row, Step.PUT_ON_RESERVE, day, by=by)
        taken = take_steps(participations=rows[:places], kind=Step.BEGIN, day=day, by=by)
    left = last - timedelta(days=20)
    with clock.freeze_time(max(left, days["running"])):
        _step(taken[LEAVES], Step.BREAK_OFF, left, by=by, reason=LeavingReason.WORK)


def end_past(edition: Edition, days: dict[str, date], *, by: User) -> None:
    """Who takes part finishes; who waited did not get a place."""
    group, last = edition.groups.get(), edition.ends_on or days["ended"]
    taking_part = edition.participations.filter(status=ParticipationStatus.TAKING_PART).order_by("pk")
    with clock.freeze_time(days["ended"]):
        take_steps(participations=taking_part, kind=Step.FINISH, day=last, by=by)
        for row in list(waiting(edition, group)):
            _step(row, Step.REJECT, last, by=by, reason=LeavingReason.NO_PLACE)


def add_present(edition: Edition, day: date, *, by: User) -> None:
    """Mothers of families with work going on; the first of the reserve list takes the place of one who left."""
    mothers = edition.groups.filter(kind="workshop").order_by("pk")[0]
    begun, places = edition.starts_on, mothers.capacity or 0
    members = _members(begun, kinship="mother")[: places + RESERVE + 1]
    with clock.freeze_time(begun):
        rows = []
        for number, member in enumerate(members):
            reported = begun - timedelta(days=20 - number)
            rows.append(_enrol(edition, mothers, member, reported, signed=number != UNSIGNED, by=by))
        _take_in(rows[:places], begun, by=by)
        for row in rows[places:]:
            _step(row, Step.PUT_ON_RESERVE, begun, by=by)
        take_steps(participations=rows[:places], kind=Step.BEGIN, day=begun, by=by)
        _add_children(edition, [member.family_id for member in members], by=by)
        _add_trained(edition, members, by=by)
    left = min(begun + timedelta(days=25), day)
    with clock.freeze_time(left):
        _step(rows[LEAVES], Step.BREAK_OFF, left, by=by, reason=LeavingReason.WORK)
        first = waiting(edition, mothers)[0]
        _step(first, Step.OFFER, left, by=by)
    confirmed = min(left + timedelta(days=4), day)
    with clock.freeze_time(confirmed):
        row = take_step(
            participation=first,
            kind=Step.CONFIRM,
            day=confirmed,
            answers=_answers(first, confirmed),
            admission_reason=ADMITTED,
            version=None,
            by=by,
        )
        _step(row, Step.BEGIN, confirmed, by=by)


def _add_trained(edition: Edition, members: list[Membership], *, by: User) -> None:
    """Some of the mothers in the training as well."""
    group, day = edition.groups.get(kind="training"), edition.starts_on
    chosen = members[:MAX_TRAINED]
    rows = [_enrol(edition, group, row, day - timedelta(days=3), signed=False, by=by) for row in chosen]
    _take_in(rows, day, by=by)
    take_steps(participations=rows, kind=Step.BEGIN, day=day, by=by)


def _add_children(edition: Edition, families: list[int], *, by: User) -> None:
    """Children of an age that fits, with a consent of the mother; the last one waits for theirs."""
    group, day = edition.groups.filter(kind="children").order_by("pk")[0], edition.starts_on
    children = [
        row
        for row in _members(day, kinship="child")
        if row.family_id in families and 5 <= (row.person.age_on(day) or 0) <= 12
    ][:MAX_CHILDREN]
    rows = [_enrol(edition, group, row, day - timedelta(days=5), signed=False, by=by) for row in children]
    _take_in(rows, day, by=by)
    for number, (row, child) in enumerate(zip(rows[:-1], children, strict=False)):
        mother = Membership.objects.members_on(day).filter(family=child.family, kinship="mother")[0].person
        kinds = (ConsentKind.GUARDIAN, ConsentKind.IMAGE) if number % 3 else (ConsentKind.GUARDIAN,)
        for kind in kinds:
            record_consent(
                participation=row, person=child.person, kind=kind, given_on=day, given_by=mother, by=by
            )
    take_steps(participations=rows[:-1], kind=Step.BEGIN, day=day, by=by)


def _members(day: date, *, kinship: str) -> list[Membership]:
    """Members of this kinship in families with work going on, each person once, by family."""
    rows = Membership.objects.members_on(day).living_here().filter(kinship=kinship)
    rows = rows.filter(family__periods__starts_on__lte=day, family__periods__ends_on=None)
    rows = rows.adults_on(day) if kinship == "mother" else rows
    rows = rows.select_related("person", "family").order_by("family", "person__born_on", "pk")
    return list({row.person_id: row for row in rows}.values())


def _enrol(
    edition: Edition, group: ProjectGroup, member: Membership, day: date, *, signed: bool, by: User
) -> Participation:
    newcomer = Newcomer(person=member.person, family=member.family)
    data = Participation(reported_on=day)
    return enrol(edition=edition, group=group, newcomers=[newcomer], data=data, signed=signed, by=by)[0]


def _take_in(rows: Iterable[Participation], day: date, *, by: User) -> None:
    for row in rows:
        answers = _answers(row, day)
        unmet = any(answer != CriterionResult.YES for answer, _ in answers.values())
        take_step(
            participation=row,
            kind=Step.QUALIFY,
            day=day,
            answers=answers,
            admission_reason=ADMITTED if unmet else "",
            version=None,
            by=by,
        )


def _answers(row: Participation, day: date) -> dict[Criterion, tuple[str, str]]:
    """What the file says; the rest was asked, and the answer was yes."""
    facts = person_facts(row.person, row.family_id, on=day)
    answers: dict[Criterion, tuple[str, str]] = {}
    for criterion in criteria_for(row, on=day):
        answer, source = check_criterion(criterion, facts)
        unknown = answer == CriterionResult.UNKNOWN
        answers[criterion] = (CriterionResult.YES, "rozmowa przy zapisie") if unknown else (answer, source)
    return answers


def _step(row: Participation, kind: Step, day: date, *, by: User, reason: str = "") -> None:
    take_step(participation=row, kind=kind, day=day, reason=reason, version=None, by=by)
