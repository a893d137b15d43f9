"""Saving the schedule of a group: the row, and what becomes of its meetings."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import (
    bulk_save_with_history,
    bulk_update_with_history,
    lock_row,
    save_with_history,
)
from lubsko_ops.centre.dictionaries.models import MeetingPlace
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from projects.groups.rules import has_meetings
from projects.models import Edition, ProjectGroup
from sessions.choices import MeetingState
from sessions.models import GroupSchedule
from sessions.permissions import LOCKED, NOT_RUN, may_change_meetings, runs_group
from sessions.planning.changes import PLANNED_FIELDS, PlanChanges, compare, new_meeting, stored_meetings
from sessions.planning.plan import PlanInput, SchedulePlan

NO_MEETINGS = "Te zajęcia nie mają spotkań z harmonogramu."


@action
def save_schedule(
    *, group: ProjectGroup, entered: PlanInput, version: int | None, by: User
) -> tuple[GroupSchedule, PlanChanges]:
    """Store the sentences and what they mean, and make, change and withdraw meetings to fit them.

    Meetings that were held, called off or added by hand stay. ValidationError with everything that is still open.
    ``version``: of the schedule as it was opened, None where the group had none; VersionConflict otherwise.
    """
    group = _lock(group, by)
    today = clock.today()
    schedule = GroupSchedule.objects.filter(group=group).first()
    schedule = lock_row(GroupSchedule.objects, pk=schedule.pk, version=version or 0) if schedule else None
    plan = SchedulePlan(group, entered, today=today)
    if plan.problems:
        raise ValidationError(plan.problems)
    changes = changes_of(plan, now=clock.now())
    why = "Zmiana harmonogramu" if schedule else "Nowy harmonogram"
    schedule = _save_row(schedule or GroupSchedule(group=group), plan, by=by, why=why)
    _save_meetings(group, changes, by=by, why=why)
    return schedule, changes


def changes_of(plan: SchedulePlan, *, now: datetime) -> PlanChanges:
    """What saving the plan does to the meetings of its group. Two statements, of which one only for named places."""
    stored = stored_meetings(plan.group)
    return compare(plan.meetings, stored, places_named(plan), now=now.astimezone(clock.WARSAW))


def places_named(plan: SchedulePlan) -> dict[str, MeetingPlace]:
    """The places of the list that the sentences name, by their names in small letters."""
    names = {each.slot.place.casefold() for each in plan.meetings if each.slot.place}
    if not names:
        return {}
    rows = MeetingPlace.objects.open_on(plan.today).order_by("-name", "-address")
    return {row.name.casefold(): row for row in rows if row.name.casefold() in names}


def _lock(group: ProjectGroup, by: User) -> ProjectGroup:
    """The locked group after its locked edition; the user runs its meetings."""
    edition = lock_row(Edition.objects, pk=group.edition_id)
    row = lock_row(ProjectGroup.objects.select_related("place"), pk=group.pk)
    row.edition = edition
    if not has_meetings(row.kind):
        raise PermissionDenied(NO_MEETINGS)
    if not may_change_meetings(edition):
        raise PermissionDenied(LOCKED)
    if not runs_group(edition, row.leaders.all(), by, on=clock.today()):
        raise PermissionDenied(NOT_RUN)
    return row


def _save_row(schedule: GroupSchedule, plan: SchedulePlan, *, by: User, why: str) -> GroupSchedule:
    """The row, saved only when something in it is another: the same schedule saved again leaves no trace."""
    values = {
        "sentences": [row.text for row in plan.rows],
        "starts_at": plan.entered.hours.start,
        "minutes": plan.entered.hours.minutes,
        "content": plan.content,
        "made_until": plan.until if plan.needs_until else None,
    }
    if schedule.pk is not None and all(getattr(schedule, name) == each for name, each in values.items()):
        return schedule
    for name, each in values.items():
        setattr(schedule, name, each)
    return save_with_history(schedule, by=by, why=why)


def _save_meetings(group: ProjectGroup, changes: PlanChanges, *, by: User, why: str) -> None:
    """Six statements at most. Withdraw first: what is changed or made may take the day and hour of one that goes."""
    for meeting in changes.withdrawn:
        meeting.state = MeetingState.WITHDRAWN
        meeting.sequence += 1
    bulk_update_with_history(changes.withdrawn, ["state", "sequence"], by=by, why=why)
    changed = [each.meeting for each in changes.changed]
    for meeting in changed:
        meeting.sequence += 1
    bulk_update_with_history(changed, [*PLANNED_FIELDS, "sequence"], by=by, why=why)
    places = changes.places
    bulk_save_with_history([new_meeting(group, each, places) for each in changes.made], by=by, why=why)
