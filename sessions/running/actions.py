"""Actions on the date of a meeting: add one by hand, move, cancel and restore it.

All lock the project, then the group, then the meeting, so that the meetings of a group change one after another.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import lock_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from projects.groups.rules import has_meetings
from projects.models import Edition, ProjectGroup
from sessions.choices import MeetingChangeKind, MeetingState
from sessions.models import Meeting, MeetingChange
from sessions.models.meetings import SAME_HOUR
from sessions.permissions import LOCKED, NOT_RUN, may_change_meetings, runs_group, stands_in
from sessions.running import rules
from sessions.running.rules import MeetingDate
from sessions.schedule.rules import MAX_MEETINGS

NO_MEETINGS = "Te zajęcia nie mają spotkań."
NO_REASON = "Napisz, dlaczego."


# ---- locks -------------------------------------------------------------------------------------------
def lock_group(group: ProjectGroup, by: User, *, own_leaders=()) -> ProjectGroup:
    """The locked group with its locked project, whose meetings the user may change now.

    ``own_leaders``: of the meeting concerned, where also who is named for it may.
    """
    edition = lock_row(Edition.objects, pk=group.edition_id)
    row = lock_row(ProjectGroup.objects.select_related("place"), pk=group.pk)
    row.edition = edition
    runs = runs_group(edition, row.leaders.all(), by, on=clock.today())
    if not runs and not stands_in(own_leaders, by):
        raise PermissionDenied(NOT_RUN)
    if not may_change_meetings(edition):
        raise PermissionDenied(LOCKED)
    return row


def lock_meeting(meeting: Meeting, version: int | None, by: User, *, stand_ins: bool = False) -> Meeting:
    """The locked meeting with its locked group; ``stand_ins``: who is named for this meeting may change it, too."""
    own = list(meeting.leaders.all()) if stand_ins else []
    group = lock_group(meeting.group, by, own_leaders=own)
    row = lock_row(Meeting.objects.select_related("place"), pk=meeting.pk, version=version)
    row.group = group
    return row


# ---- add ---------------------------------------------------------------------------------------------
@action
def add_meeting(
    *, group: ProjectGroup, wanted: MeetingDate, topic: str = "", made_up_for: Meeting | None = None, by: User
) -> Meeting:
    """Add a meeting by hand, perhaps to make up for a cancelled one."""
    row = lock_group(group, by)
    if not has_meetings(row.kind):
        raise PermissionDenied(NO_MEETINGS)
    if row.scheduled_meetings.exclude(state=MeetingState.WITHDRAWN).count() >= MAX_MEETINGS:
        raise ValidationError(f"Grupa ma już {MAX_MEETINGS} spotkań, a więcej mieć nie może.")
    meeting = Meeting(group=row, topic=topic)
    if made_up_for is not None:
        cancelled = lock_row(Meeting.objects.filter(group=row), pk=made_up_for.pk)
        if refusal := makeup_refusal(cancelled):
            raise ValidationError({"made_up_for": refusal})
        meeting.made_up_for = cancelled
    _set_date(meeting, wanted)
    why = "Spotkanie zamiast odwołanego" if made_up_for else "Nowe spotkanie"
    return save_with_history(meeting, by=by, why=why)


def makeup_refusal(cancelled: Meeting) -> str:
    """Why no meeting makes up for this one; empty when one may."""
    if cancelled.state != MeetingState.CANCELLED:
        return "Odrabia się spotkanie odwołane, a to odwołane nie jest."
    taking_place = [each for each in cancelled.made_up_by.all() if each.takes_place]
    return f"To spotkanie ma już odrobienie: {taking_place[0]}." if taking_place else ""


# ---- move, cancel, restore ---------------------------------------------------------------------------
@action
def move_meeting(
    *, meeting: Meeting, wanted: MeetingDate, reason: str, version: int | None, by: User
) -> Meeting:
    """Give a planned meeting another day, hour or place; the old date stays, with the reason."""
    row = lock_meeting(meeting, version, by)
    _refuse(rules.move_refusal(row), attendance_of=row)
    if MeetingDate.of(row) == wanted:
        raise ValidationError(rules.UNCHANGED)
    change = _change_of(row, MeetingChangeKind.MOVE, reason)
    _set_date(row, wanted)
    row.sequence += 1
    _set_target(change, row)
    save_with_history(row, by=by, why=f"Przeniesienie spotkania: {change.reason}")
    save_with_history(change, by=by, why=f"Przeniesienie spotkania: {change.reason}")
    return row


@action
def cancel_meeting(*, meeting: Meeting, reason: str, version: int | None, by: User) -> Meeting:
    """Call off a planned meeting, also one whose day has passed and which was not held."""
    row = lock_meeting(meeting, version, by)
    _refuse(rules.move_refusal(row), attendance_of=row)
    change = _change_of(row, MeetingChangeKind.CANCEL, reason)
    row.state, row.sequence = MeetingState.CANCELLED, row.sequence + 1
    save_with_history(row, by=by, why=f"Odwołanie spotkania: {change.reason}")
    save_with_history(change, by=by, why=f"Odwołanie spotkania: {change.reason}")
    return row


@action
def restore_meeting(*, meeting: Meeting, reason: str, version: int | None, by: User) -> Meeting:
    """Let a cancelled meeting take place on its date after all."""
    row = lock_meeting(meeting, version, by)
    _refuse(rules.restore_refusal(row))
    refusals = rules.date_refusals(MeetingDate.of(row), row.group)
    if refusals or _hour_taken(row):
        raise ValidationError([*refusals.values()] or SAME_HOUR)
    change = _change_of(row, MeetingChangeKind.RESTORE, reason)
    row.state, row.sequence = MeetingState.PLANNED, row.sequence + 1
    _set_target(change, row)
    save_with_history(row, by=by, why=f"Przywrócenie spotkania: {change.reason}")
    save_with_history(change, by=by, why=f"Przywrócenie spotkania: {change.reason}")
    return row


def check_date(meeting: Meeting, wanted: MeetingDate) -> None:
    """Raise ValidationError by field with everything that makes the date impossible. The meeting is not saved."""
    refusals = rules.date_refusals(wanted, meeting.group)
    if not refusals and _hour_taken(meeting, wanted):
        refusals["starts_at" if wanted.starts_at else "starts_on"] = SAME_HOUR
    if refusals:
        raise ValidationError(refusals)


def _set_date(meeting: Meeting, wanted: MeetingDate) -> None:
    check_date(meeting, wanted)
    meeting.starts_on, meeting.ends_on = wanted.starts_on, wanted.ends_on
    meeting.starts_at, meeting.minutes = wanted.starts_at, wanted.minutes
    meeting.place_id, meeting.other_place = wanted.place_id, wanted.other_place


def _hour_taken(meeting: Meeting, wanted: MeetingDate | None = None) -> bool:
    date = wanted or MeetingDate.of(meeting)
    same = Meeting.objects.filter(group=meeting.group, starts_on=date.starts_on, starts_at=date.starts_at)
    gone = (MeetingState.CANCELLED, MeetingState.WITHDRAWN)
    return same.exclude(state__in=gone).exclude(pk=meeting.pk).exists()


def _refuse(refusal: str, *, attendance_of: Meeting | None = None) -> None:
    if refusal:
        raise ValidationError(refusal)
    if attendance_of is not None and attendance_of.attendances.exists():
        raise ValidationError(rules.MARKED)


def _change_of(meeting: Meeting, kind: MeetingChangeKind, reason: str) -> MeetingChange:
    """The change, not saved, with the date the meeting has now."""
    if not reason.strip():
        raise ValidationError({"reason": NO_REASON})
    return MeetingChange(
        meeting=meeting,
        kind=kind,
        decided_on=clock.today(),
        reason=" ".join(reason.split()),
        from_on=meeting.starts_on,
        from_until=meeting.ends_on,
        from_at=meeting.starts_at,
        from_minutes=meeting.minutes,
        from_place=meeting.place_text,
    )


def _set_target(change: MeetingChange, meeting: Meeting) -> None:
    change.to_on, change.to_until = meeting.starts_on, meeting.ends_on
    change.to_at, change.to_minutes = meeting.starts_at, meeting.minutes
    change.to_place = meeting.place_text


def local_now() -> datetime:
    return clock.now().astimezone(clock.WARSAW)
