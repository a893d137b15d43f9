"""Attendance at meetings on the timeline of the family through which somebody takes part."""

from django.db.models import Q

from families.timeline.events import EVENT_KINDS, EventKind
from lubsko_ops.core.links import reverse
from projects.permissions import FAMILY_PROJECTS
from sessions.choices import Presence
from sessions.models import Attendance


def register() -> None:
    EVENT_KINDS.register(
        EventKind(
            "attendance",
            Attendance,
            "participation__family",
            "meeting__starts_on",  # a meeting with attendance was held: its day is not moved any more
            _render,
            author="entered_by",
            parameters={"presence": "presence"},
            condition=Q(participation__family__isnull=False),
            permission=FAMILY_PROJECTS,
            details=_with_names,
        )
    )


def _with_names(user):
    rows = Attendance.objects.select_related("person", "participation__family", "meeting__group__edition")
    names = ("person__first_name", "person__last_name", "participation__family__name", "meeting__group__name")
    texts = ("title", "starts_on", "ends_on")
    return rows.only("participation", *names, *(f"meeting__group__edition__{name}" for name in texts))


def _render(entry, row: Attendance) -> dict:
    who = row.person or row.participation.family
    group = row.meeting.group
    return {
        "title": f"Zajęcia: {Presence(entry.parameters['presence']).label}",
        "note": f"{who}, {group}, projekt „{group.edition.title}”",
        "url": reverse("meetings:participation-attendance", args=[row.participation_id]),
    }
