"""Druki: the papers of meetings on the page of a group, each with what it holds."""

from typing import Any

from django.db.models import Count, Min, Q

from lubsko_ops.core.polish import count_of, short_date
from projects.groups.rules import WITH_MEETINGS
from projects.groups.sections import GroupSection
from sessions.choices import MeetingState
from sessions.models import GroupSchedule, Meeting
from sessions.permissions import runs_group
from sessions.printouts.journal import ENTRIES
from sessions.printouts.schedules import MEETINGS


def load(view: Any) -> dict[str, Any] | None:
    """Links to the papers; those with names only for who runs the group. Three statements at most."""
    group, today = view.group, view.request.today
    to_come = Q(state=MeetingState.PLANNED, ends_on__gte=today)
    counts = group.scheduled_meetings.aggregate(
        held=Count("pk", filter=Q(state=MeetingState.HELD)),
        coming=Count("pk", filter=to_come),
        next_on=Min("starts_on", filter=to_come),
    )
    if group.kind not in WITH_MEETINGS and not (counts["held"] or counts["coming"]):
        return None
    runs = runs_group(view.edition, view.leaders, view.request.user, on=today)
    threshold, following = None, None
    if runs:
        threshold = (
            GroupSchedule.objects.filter(group=group).values_list("certificate_from", flat=True).first()
        )
    if runs and counts["next_on"]:
        rows = Meeting.objects.filter(to_come, group=group, starts_on=counts["next_on"])
        following = rows.order_by("starts_at", "pk").values_list("pk", flat=True).first()
    return {
        "pk": group.pk,
        "runs": runs,
        "held": counts["held"],
        "coming": counts["coming"],
        "next": following,
        "next_day": short_date(counts["next_on"]) if following else "",
        "coming_text": count_of(counts["coming"], MEETINGS),
        "entries_text": count_of(counts["held"], ENTRIES),
        "threshold": f"od {count_of(threshold, 'obecności,obecności,obecności')}" if threshold else "",
    }


PRINTOUTS_SECTION = GroupSection("printouts", "meetings/_printouts.html", load, side=True)
