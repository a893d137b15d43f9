"""Queries of one meeting."""

from django.db.models import Count, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from lubsko_ops.accounts.models import User
from projects.choices import ParticipationStatus
from projects.models import Participation, ProjectGroup
from projects.queries import NEEDS_PAPERS
from projects.scope import sees_own_groups_only, visible_groups
from sessions.choices import CAME
from sessions.models import (
    TAKES_PLACE,
    Attendance,
    Meeting,
    MeetingChange,
    MeetingFile,
    MeetingLeader,
    MeetingPart,
)

EDITION = "group__edition"
# Statuses of participants who attend or attended.
ATTENDING = (
    ParticipationStatus.TAKING_PART,
    ParticipationStatus.FINISHED,
    ParticipationStatus.BROKEN_OFF,
)


def get_meeting(pk: int, user: User) -> Meeting | None:
    """The meeting with its group, project and place, if the user may see its group."""
    related = (
        "group__place",
        f"{EDITION}__line",
        f"{EDITION}__approved_by",
        f"{EDITION}__copied_from",
        "place",
    )
    rows = Meeting.objects.select_related(*related, "made_up_for").filter(pk=pk)
    if sees_own_groups_only(user):
        rows = rows.filter(group__in=visible_groups(user).values("pk"))
    return rows.first()


def load_details(meeting: Meeting) -> Meeting:
    """The meeting again with what its page shows of other rows. Five statements.

    ``came`` of ``marked``: attendance; ``homework_before``: given at the meeting before this one.
    """
    earlier = Q(starts_on__lt=OuterRef("starts_on")) | Q(
        starts_on=OuterRef("starts_on"), starts_at__lt=OuterRef("starts_at")
    )
    before = Meeting.objects.filter(earlier, group=OuterRef("group"), state__in=TAKES_PLACE)
    before = before.order_by("-starts_on", F("starts_at").desc(nulls_last=True), "-pk")
    marked = Attendance.objects.filter(meeting=OuterRef("pk")).order_by().values("meeting")
    attended = marked.filter(presence__in=CAME)
    rows = Meeting.objects.filter(pk=meeting.pk).annotate(
        marked=Coalesce(Subquery(marked.annotate(number=Count("pk")).values("number")), 0),
        came=Coalesce(Subquery(attended.annotate(number=Count("pk")).values("number")), 0),
        homework_before=Subquery(before.values("homework")[:1]),
    )
    own = MeetingLeader.objects.select_related("user", "instead_of__user").order_by("pk")
    row = rows.prefetch_related(
        Prefetch("leaders", own),
        Prefetch("changes", MeetingChange.objects.order_by("-pk")),
        Prefetch("parts", MeetingPart.objects.order_by("position", "pk")),
        Prefetch("files", MeetingFile.objects.order_by("pk")),
        Prefetch("made_up_by", Meeting.objects.filter(state__in=TAKES_PLACE).order_by("starts_on")),
    ).get()
    row.group, row.place, row.made_up_for = meeting.group, meeting.place, meeting.made_up_for
    return row


def own_leaders(meeting: Meeting) -> list[MeetingLeader]:
    return list(meeting.leaders.select_related("user", "instead_of__user").order_by("pk"))


def keeps_attendance(group: ProjectGroup) -> bool:
    """Whether somebody takes part in the group, so that attendance says whether a meeting was held."""
    return Participation.objects.filter(group=group, status__in=ATTENDING).exists()


def enrolled(group: ProjectGroup):
    """Participants who are to be at the meetings to come."""
    return Participation.objects.filter(group=group, status__in=NEEDS_PAPERS)
