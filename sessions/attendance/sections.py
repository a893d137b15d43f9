"""Attendance on the page of a group and on the start page of who leads groups."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from lubsko_ops.core import clock
from lubsko_ops.core.dashboard import PANELS, Panel
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import short_date
from projects.choices import EditionState, Takes
from projects.groups.rules import has_meetings
from projects.groups.sections import GROUP_SECTIONS, GroupSection
from projects.models import GroupLeader, Participation, ProjectGroup
from projects.participants.queries import note_participations
from sessions.attendance.absences import absence_runs, follow_ups, open_runs, watched
from sessions.attendance.queries import Sum
from sessions.attendance.roster import SlotKey, slots_of
from sessions.attendance.rules import AbsenceRun
from sessions.choices import CAME
from sessions.models import TAKES_PLACE, AbsenceFollowUp, Attendance, MeetingLeader
from sessions.permissions import MEETING_RUN, runs_group
from sessions.scope import led_by

SHOWN = 6
# Meetings without attendance are asked for so long; later the journal and its corrections are the place.
ASKED_FOR = timedelta(days=62)


@dataclass(frozen=True)
class AbsenceRow:
    """Somebody with absences in a row, and what was done since the last one."""

    participation: Participation
    name: str
    run: AbsenceRun
    done: AbsenceFollowUp | None = None

    @property
    def done_text(self) -> str:
        """ "wyjaśnione 08.12.2026"."""
        return f"{self.done.get_kind_display()} {short_date(self.done.day)}" if self.done else ""

    @property
    def url(self) -> str:
        return reverse("meetings:follow-up", args=[self.participation.pk])


def absence_rows(runs: dict[SlotKey, AbsenceRun], done: dict[SlotKey, AbsenceFollowUp]) -> list[AbsenceRow]:
    """By who is marked, those about whom nothing was done first, then the longest absence. One statement."""
    if not runs:
        return []
    rows = Participation.objects.filter(pk__in={row for row, _ in runs})
    people = {row.pk: row for row in rows.select_related("person", "child", "family", "group")}
    note_participations(people.values())
    names = {slot.key: slot.name for row in people.values() for slot in slots_of(row)}
    result = [
        AbsenceRow(people[key[0]], names[key], run, done.get(key))
        for key, run in runs.items()
        if key in names
    ]
    return sorted(result, key=lambda row: (row.done is not None, row.run.since, row.name))


# ---- the page of a group -----------------------------------------------------------------------------
def load_group_section(view: Any) -> dict[str, Any] | None:
    """Attendance so far and absences in a row, for who runs the meetings of the group."""
    group, user, today = view.group, view.request.user, view.request.today
    if group.takes == Takes.NOBODY or not runs_group(view.edition, view.leaders, user, on=today):
        return None
    counted = Attendance.objects.filter(meeting__group=group).aggregate(
        marked=Count("pk"), came=Count("pk", filter=Q(presence__in=CAME))
    )
    has_marks = bool(counted["marked"])
    if not has_marks and not has_meetings(group.kind):
        return None
    runs = absence_runs(watched(Participation.objects.filter(group=group)).values("pk")) if has_marks else {}
    return {
        "sum": Sum(counted["came"], counted["marked"]),
        "rows": absence_rows(runs, follow_ups(runs)),
        "url": reverse("meetings:attendance-grid", args=[group.pk]),
    }


# ---- the start page ----------------------------------------------------------------------------------
def get_attendance_panel(request) -> Panel | None:
    """Own meetings without attendance, and absences in a row in own groups. One statement for who leads nothing."""
    user, today = request.user, request.today
    if not has_permission(user, MEETING_RUN):
        return None
    leading = GroupLeader.objects.active_on(today).filter(user=user).values("group")
    standing_in = MeetingLeader.objects.filter(user=user).values("meeting__group")
    running = Q(edition__state=EditionState.RUNNING)
    groups = ProjectGroup.objects.filter(Q(pk__in=leading) | Q(pk__in=standing_in), running)
    own = dict(groups.annotate(leads=Exists(leading.filter(group=OuterRef("pk")))).values_list("pk", "leads"))
    if not own:
        return None
    marks = Attendance.objects.filter(meeting=OuterRef("pk"))
    since = today - ASKED_FOR
    rows = led_by(user).filter(
        ~Exists(marks), group__in=list(own), state__in=TAKES_PLACE, starts_on__range=(since, today)
    )
    rows = (
        rows.exclude(group__takes=Takes.NOBODY)
        .select_related("group")
        .order_by("starts_on", "starts_at", "pk")
    )
    now = clock.now().astimezone(clock.WARSAW)
    unmarked = [each for each in rows if each.has_begun(now)]
    led = [pk for pk, leads in own.items() if leads]
    runs = open_runs(watched(Participation.objects.filter(group__in=led)).values("pk")) if led else {}
    absences = absence_rows(runs, {})
    if not unmarked and not absences:
        return None
    context = {
        "unmarked": unmarked[:SHOWN],
        "more_unmarked": len(unmarked) - SHOWN,
        "unmarked_count": len(unmarked),
        "absences": absences[:SHOWN],
        "more_absences": len(absences) - SHOWN,
        "absence_count": len(absences),
    }
    return Panel("meetings/_attendance_panel.html", context, side=True)


def register() -> None:
    GROUP_SECTIONS.register(
        GroupSection("attendance", "meetings/_attendance_section.html", load_group_section, side=True),
        order=40,
    )
    PANELS.register(get_attendance_panel, order=31)
