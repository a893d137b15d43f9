"""Subjects of meetings: the group of thirty people and twenty meetings, one meeting, its attendance, the grid.

The limits are about one and a half times what was measured when they were set.
"""

from collections.abc import Iterator

from django.db.models import Count, F
from django.urls import reverse

from devtools.benchmark.stock_page import at_most
from devtools.benchmark.subject import Subject, page
from devtools.synthetic.meetings import GRID_PEOPLE, MEETINGS
from projects.models import ProjectGroup
from sessions.models import Meeting

GROUP, MEETING, ATTENDANCE, GRID, LIST = at_most(38), at_most(22), at_most(60), at_most(95), at_most(30)


def subjects() -> Iterator[Subject]:
    group = grid_group()
    meeting = Meeting.objects.filter(group=group).order_by("-starts_on").first() if group else None
    if group is None or meeting is None:
        return
    yield page(
        "grupa ze spotkaniami", "maria", reverse("groups:group", args=[group.pk]), GROUP, statements=16
    )
    yield page(
        "spotkania grupy", "maria", reverse("meetings:meeting-list", args=[group.pk]), LIST, statements=11
    )
    yield page(
        "harmonogram grupy", "maria", reverse("meetings:schedule", args=[group.pk]), LIST, statements=12
    )
    yield page("spotkanie", "maria", reverse("meetings:meeting", args=[meeting.pk]), MEETING, statements=12)
    yield page(
        "lista obecności",
        "maria",
        reverse("meetings:attendance", args=[meeting.pk]),
        ATTENDANCE,
        statements=12,
    )
    yield page(
        "siatka obecności 30×20",
        "maria",
        reverse("meetings:attendance-grid", args=[group.pk]),
        GRID,
        statements=8,
    )
    row = group.participations.order_by("pk").first()
    if row is not None:
        yield page(
            "obecność uczestnika",
            "maria",
            reverse("meetings:participation-attendance", args=[row.pk]),
            LIST,
            statements=11,
        )


def grid_group() -> ProjectGroup | None:
    """The group with as many meetings and people as the grid is measured with, or the one that is nearest to it."""
    groups = ProjectGroup.objects.annotate(
        met=Count("scheduled_meetings", distinct=True), people=Count("participations", distinct=True)
    )
    groups = groups.filter(met__lte=MEETINGS, met__gt=0, people__lte=GRID_PEOPLE, people__gt=0)
    return groups.order_by(-F("met"), -F("people"), "-pk").first()
