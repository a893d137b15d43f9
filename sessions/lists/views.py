"""Pages of lists of meetings: those of one participant, those planned at one place."""

from collections import defaultdict
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from families.people.models import Family
from lubsko_ops.audit.base_views import PageView
from lubsko_ops.centre.dictionaries.models import MeetingPlace
from lubsko_ops.core.keyset_list import Sort, paginate
from lubsko_ops.core.links import reverse
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.polish import count_of
from projects.models import GroupLeader, ParticipationStep
from projects.participants.queries import note_participations
from projects.participants.views import PARTICIPANTS_TAB
from projects.scope import visible_editions, visible_participations
from projects.views import ProjectMixin
from sessions.lists.participation import PRESENCE_KINDS, AttendedMeeting, counted_meetings, with_attendance
from sessions.lists.place import planned_at
from sessions.models import Meeting
from sessions.permissions import ATTENDANCE_AREA, MEETING_VIEW, runs_group

NEWEST = Sort("dzien", "od najdawniejszych", "od najnowszych", ("starts_on",), descending=True)
NEXT = Sort("dzien", "od najbliższych", "od najdalszych", ("starts_on",))


class MeetingListMixin:
    """A page of a list of meetings: ``po`` and ``przed`` in the address lead through it."""

    request: Any

    def page_of(self, rows, order: Sort) -> dict[str, Any]:
        after, before = (parse_int(self.request.GET.get(name)) for name in ("po", "przed"))
        rows = rows.select_related("group__edition", "group__place", "place")
        page = paginate(rows, order, after=after, before=before)
        path = self.request.path
        return {
            "meetings": page.rows,
            "next_url": f"{path}?po={page.after}" if page.after else "",
            "previous_url": f"{path}?przed={page.before}" if page.before else "",
        }


class ParticipationAttendanceView(MeetingListMixin, ProjectMixin, PageView):
    """The meetings behind "12 z 14 spotkań" of one participation; 404 for one the user may not see."""

    permission = MEETING_VIEW
    access_area = ATTENDANCE_AREA
    current_tab = PARTICIPANTS_TAB
    template_name = "meetings/participation.html"

    def setup_object(self, pk, **kwargs) -> None:
        user, today = self.request.user, self.request.today
        rows = visible_participations(user, on=today).filter(edition__in=visible_editions(user).values("pk"))
        opens = Q(family__in=Family.objects.visible_to(user, on=today).values("pk"))
        related = ("person", "child", "family", "group", "edition__line")
        row = rows.select_related(*related).annotate(opens_family=opens).filter(pk=pk).first()
        if row is None:
            raise Http404
        self.participation, self.edition = row, row.edition

    @cached_property
    def leaders(self) -> dict[int, list[GroupLeader]]:
        """The leaders of the groups in which the participant was, by group (id)."""
        groups = ParticipationStep.objects.filter(participation=self.participation).values("group")
        leaders: dict[int, list[GroupLeader]] = defaultdict(list)
        for each in GroupLeader.objects.filter(group__in=groups):
            leaders[each.group_id].append(each)
        return leaders

    def shows_reasons(self, group: int) -> bool:
        """Whether the user runs the meetings of the group (id); the reason of an absence is for no one else."""
        return runs_group(self.edition, self.leaders[group], self.request.user, on=self.request.today)

    def get_context_data(self, **kwargs):
        row = self.participation
        counted = counted_meetings(row)
        page = self.page_of(Meeting.objects.filter(pk__in=counted), NEWEST)
        rows = with_attendance(row, page["meetings"])
        note_participations([row])
        people = [person for person in (row.person, row.child) if person] or [None]
        return super().get_context_data(
            participation=row,
            total=count_of(len(counted), "spotkanie,spotkania,spotkań"),
            rows=[(each.meeting, [self.cell(each, who and who.pk) for who in people]) for each in rows],
            people=[str(who or row.family) for who in people],
            participation_url=reverse("projects:participation", args=[self.edition.pk, row.pk]),
            **page,
            **kwargs,
        )

    def cell(self, attended: AttendedMeeting, person: int | None) -> dict[str, str]:
        """What a cell says: the presence, how many came of a family, and for who runs the group the reason."""
        attendance = attended.presence_of(person)
        if attendance is None:
            return {"text": "bez wpisu", "kind": "quiet", "note": ""}
        notes = []
        if attendance.late_minutes:
            notes.append(f"{attendance.late_minutes} min")
        if attendance.people:
            notes.append(count_of(attendance.people, "osoba,osoby,osób"))
        if attendance.reason and self.shows_reasons(attended.meeting.group_id):
            notes.append(attendance.reason)
        kind = PRESENCE_KINDS.get(attendance.presence, "quiet")
        return {"text": attendance.get_presence_display(), "kind": kind, "note": ", ".join(notes)}


class PlaceMeetingsView(MeetingListMixin, PageView):
    """Meetings planned at one place of the dictionary, from the nearest one."""

    permission = MEETING_VIEW
    access_area = None
    template_name = "meetings/place.html"

    def setup_object(self, pk, **kwargs) -> None:
        self.place = get_object_or_404(MeetingPlace, pk=pk)

    def get_context_data(self, **kwargs):
        rows = planned_at(self.place, self.request.user)
        return super().get_context_data(
            place=self.place, total=rows.count(), **self.page_of(rows, NEXT), **kwargs
        )
