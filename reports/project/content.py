"""What the report of a project shows beside its figures: attendance by meeting, and what was planned."""

from dataclasses import dataclass

from django.db.models import Count, DecimalField, Q, Sum
from django.db.models.functions import Coalesce

from lubsko_ops.core.dates import Period
from projects.models import Edition, PlannedAction
from reports.compute import Number
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


def load_planned(edition: Edition) -> dict[str, Number]:
    """Numbers of the document by key of a figure: places, meetings and hours of the planned actions. One statement.

    What the document leaves out is left out; hours are minutes, as in the figures.
    """
    hours = DecimalField(max_digits=9, decimal_places=2)
    rows = PlannedAction.objects.filter(edition=edition)
    meetings, planned_hours = rows.aggregate(
        meetings=Coalesce(Sum("meetings"), 0), hours=Coalesce(Sum("hours"), 0, output_field=hours)
    ).values()
    planned: dict[str, Number] = {
        "uczestnicy": edition.places or 0,
        "spotkania-odbyte": meetings,
        "godziny-spotkan": planned_hours * 60,
    }
    return {key: value for key, value in planned.items() if value}
