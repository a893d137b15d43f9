"""What the report of a project shows beside its figures: attendance by meeting."""

from dataclasses import dataclass

from django.db.models import Count, Q

from lubsko_ops.core.dates import Period
from projects.models import Edition
from sessions.choices import CAME, MeetingState
from sessions.models import Meeting


@dataclass(frozen=True)
class MeetingAttendance:
    """A meeting held: who came, of those whose presence or absence was marked."""

    meeting: Meeting
    came: int
    possible: int

    @property
    def percent(self) -> float | None:
        return 100 * self.came / self.possible if self.possible else None


def load_attendance(edition: Edition, period: Period) -> list[MeetingAttendance]:
    """Meetings of the edition held in the period, from the earliest. One statement.

    ``came`` adds up to the figure "obecnosci", ``possible`` to "obecnosci-mozliwe".
    """
    rows = Meeting.objects.filter(
        group__edition=edition, state=MeetingState.HELD, starts_on__range=(period.start, period.end)
    ).select_related("group")
    rows = rows.annotate(
        came=Count("attendances", filter=Q(attendances__presence__in=CAME)),
        possible=Count("attendances"),
    )
    ordered = rows.order_by("starts_on", "starts_at", "pk")
    return [MeetingAttendance(row, row.came, row.possible) for row in ordered]
