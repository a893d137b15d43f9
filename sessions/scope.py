"""Which meetings a user leads, and whose attendance a user may see."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from lubsko_ops.accounts.models import User
from projects.models import GroupLeader
from projects.scope import visible_participations
from sessions.models import Attendance, Meeting, MeetingLeader


def leading_on_first_day() -> QuerySet[GroupLeader]:
    """For ``Exists`` within rows of a group with ``starts_on``: its leaders on that day."""
    return GroupLeader.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=OuterRef("starts_on")),
        group=OuterRef("group"),
        starts_on__lte=OuterRef("starts_on"),
    )


def led_by(user: User) -> QuerySet[Meeting]:
    """Meetings the user leads: as a leader of the group on the first day, unless replaced, or named for the meeting."""
    leading = leading_on_first_day().filter(user=user)
    own = MeetingLeader.objects.filter(meeting=OuterRef("pk"))
    return Meeting.objects.filter(
        Q(Exists(leading)) & ~Q(Exists(own.filter(instead_of__user=user))) | Q(Exists(own.filter(user=user)))
    )


def visible_attendances(user: User, *, on: date) -> QuerySet[Attendance]:
    """Attendance of the participants the user may see, and at the single meetings the user leads."""
    own = MeetingLeader.objects.filter(user=user).values("meeting")
    participations = visible_participations(user, on=on).values("pk")
    return Attendance.objects.filter(Q(participation__in=participations) | Q(meeting__in=own))
