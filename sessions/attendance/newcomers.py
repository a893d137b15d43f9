"""Somebody new at a meeting: taken in and begun on its day, with the rules of enrolment."""

from datetime import date

from django.core.exceptions import ValidationError

from families.people.models import Person
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from projects.choices import ParticipationStatus, ParticipationStepKind
from projects.models import Participation
from projects.participants.actions import enrol_outsider, move_participation, take_step
from sessions.attendance import rules
from sessions.models import Meeting

JOINING = (ParticipationStatus.QUALIFIED, ParticipationStatus.REPORTED, ParticipationStatus.RESERVE)
STEPS_IN = {
    ParticipationStatus.REPORTED: (ParticipationStepKind.QUALIFY,),
    ParticipationStatus.RESERVE: (ParticipationStepKind.OFFER, ParticipationStepKind.CONFIRM),
}
PASSING = (ParticipationStepKind.QUALIFY, ParticipationStepKind.OFFER)  # steps that may pass somebody over
NOT_WAITING = "Tej osoby nie ma już wśród zgłoszonych i czekających. Otwórz stronę jeszcze raz."


@action
def join_at_meeting(
    *,
    meeting: Meeting,
    participation: Participation,
    day: date,
    admission_reason: str = "",
    text: str = "",
    by: User,
) -> Participation:
    """Take somebody reported, on the reserve list or taken in already into the group of the meeting, and begin.

    All steps have the same day. Raises ValidationError, and takes no step, when there is no place, a consent or an
    answer is missing, somebody else waits longer (``text`` says why), or the day is after the meeting.
    """
    if refusal := rules.meeting_refusal(meeting, clock.now().astimezone(clock.WARSAW)):
        raise ValidationError(refusal)
    if day > meeting.ends_on:
        raise ValidationError({"day": "Wpisz dzień spotkania albo wcześniejszy."})
    row = Participation.objects.select_related("group", "edition").get(pk=participation.pk)
    if row.status not in JOINING:
        raise ValidationError(NOT_WAITING)
    if row.group_id != meeting.group_id:
        row = move_participation(
            participation=row, group=meeting.group, day=day, text=text, version=None, by=by
        )
    steps = STEPS_IN.get(ParticipationStatus(row.status), ())
    if row.offered_on:
        steps = (ParticipationStepKind.CONFIRM,)
    for kind in (*steps, ParticipationStepKind.BEGIN):
        row = take_step(
            participation=row,
            kind=kind,
            day=day,
            text=text if kind in PASSING else "",
            admission_reason=admission_reason,
            version=None,
            by=by,
        )
    return row


@action
def join_from_outside(
    *,
    meeting: Meeting,
    person: Person,
    child: Person | None,
    data: Participation,
    signed: bool,
    admission_reason: str = "",
    text: str = "",
    by: User,
) -> Participation:
    """Enrol somebody who is in no file of the centre, and let them join on the day of the enrolment."""
    row = enrol_outsider(
        edition=meeting.group.edition,
        group=meeting.group,
        person=person,
        child=child,
        data=data,
        signed=signed,
        by=by,
    )
    return join_at_meeting(
        meeting=meeting,
        participation=row,
        day=data.reported_on,
        admission_reason=admission_reason,
        text=text,
        by=by,
    )
