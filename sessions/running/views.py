"""Pages of meetings: all those of a group, and one meeting."""

from functools import cached_property

from django.http import Http404

from lubsko_ops.audit.base_views import PageView
from lubsko_ops.core.keyset_list import Sort, paginate
from lubsko_ops.core.links import reverse
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.polish import count_of, weekday_date
from projects.choices import Takes
from projects.groups.queries import leaders_of
from projects.groups.views import GROUPS_TAB, GroupMixin
from projects.models import ProjectGroup
from projects.views import ProjectMixin
from sessions.choices import MeetingState
from sessions.models import Meeting
from sessions.permissions import MEETING_VIEW, MEETINGS_AREA, may_change_meetings, runs_group, stands_in
from sessions.running import queries
from sessions.running.details import ChangeLine, FileLine, PartLine
from sessions.running.index import LISTS, MEETING_FORMS, GroupMeetings
from sessions.running.lines import day_state, group_leaders_on, load_lines

BY_DAY = Sort("dzien", "od najwcześniejszych", "od najpóźniejszych", ("starts_on",))


# ---- the meetings of a group -------------------------------------------------------------------------
class MeetingListView(GroupMixin, PageView):
    """All meetings of a group, or those behind one of its numbers (``?lista=``)."""

    permission = MEETING_VIEW
    access_area = None
    template_name = "meetings/list.html"

    def get_context_data(self, **kwargs):
        index = GroupMeetings(self.group, now=self.request.now)
        code = self.request.GET.get("lista", "")
        code = code if code in LISTS else ""
        listed = index.listed(code)
        after, before = (parse_int(self.request.GET.get(name)) for name in ("po", "przed"))
        rows = Meeting.objects.filter(pk__in=[each.pk for each in listed]).only("pk", "starts_on")
        page = paginate(rows, BY_DAY, after=after, before=before)
        runs = runs_group(self.edition, self.leaders, self.request.user, on=self.request.today)
        url = f"{self.request.path}?lista={code}"
        return super().get_context_data(
            lists=[
                {
                    "label": label,
                    "url": f"{self.request.path}?lista={each}" if each else self.request.path,
                    "current": each == code,
                    "count": len(index.listed(each)),
                }
                for each, label in LISTS.items()
            ],
            total=count_of(len(listed), MEETING_FORMS),
            lines=load_lines(index, [each.pk for each in page.rows], self.leaders, attendance=runs),
            runs=runs,
            may_change_meetings=runs and may_change_meetings(self.edition),
            next_url=f"{url}&po={page.after}" if page.after else "",
            previous_url=f"{url}&przed={page.before}" if page.before else "",
            **kwargs,
        )


# ---- one meeting -------------------------------------------------------------------------------------
class MeetingMixin(ProjectMixin):
    """A view about one meeting (``self.meeting``, from the URL) of ``self.group``. 404 for one the user may not see."""

    permission = MEETING_VIEW
    access_area = MEETINGS_AREA
    current_tab = GROUPS_TAB
    meeting: Meeting
    group: ProjectGroup

    def setup_object(self, pk, **kwargs) -> None:
        meeting = queries.get_meeting(pk, self.request.user)
        if meeting is None:
            raise Http404
        self.meeting, self.group, self.edition = meeting, meeting.group, meeting.group.edition

    @cached_property
    def leaders(self):
        """The leaders of the group on any day."""
        return leaders_of(self.group)

    @cached_property
    def own_leaders(self):
        """Those named for this meeting."""
        return queries.own_leaders(self.meeting)

    @cached_property
    def runs(self) -> bool:
        """Whether the user runs the group: its dates, leaders, attendance."""
        return runs_group(self.edition, self.leaders, self.request.user, on=self.request.today)

    @property
    def records(self) -> bool:
        """Whether the user keeps the journal and attendance of this meeting."""
        return self.runs or stands_in(self.own_leaders, self.request.user)

    def meeting_url(self, url_name: str = "meetings:meeting") -> str:
        return reverse(url_name, args=[self.meeting.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(group=self.group, meeting=self.meeting, **kwargs)


class MeetingView(MeetingMixin, PageView):
    """Spotkanie: when, where, who leads, what is done; for those who run it also its course and attendance."""

    template_name = "meetings/meeting.html"

    def setup_object(self, pk, **kwargs) -> None:
        super().setup_object(pk)
        self.meeting = queries.load_details(self.meeting)

    @cached_property
    def own_leaders(self):
        return list(self.meeting.leaders.all())

    def get_context_data(self, **kwargs):
        meeting, today = self.meeting, self.request.today
        index = GroupMeetings(self.group, now=self.request.now)
        before, after = index.before_and_after(meeting)
        may_change = may_change_meetings(self.edition)
        planned, held = (meeting.state == each for each in (MeetingState.PLANNED, MeetingState.HELD))
        return super().get_context_data(
            title=weekday_date(meeting.starts_on),
            number=index.number_text(meeting),
            state=day_state(meeting, today),
            before=before,
            after=after,
            led_by=group_leaders_on(meeting, self.leaders, self.own_leaders),
            own_leaders=self.own_leaders,
            runs=self.runs,
            records=self.records,
            may_record=self.records and may_change and (planned or held),
            may_move=self.runs and may_change and planned,
            may_lead=self.runs and may_change and (planned or held),
            may_restore=self.runs and may_change and meeting.state == MeetingState.CANCELLED,
            is_held=held,
            prints_list=self.records and planned and self.group.takes != Takes.NOBODY,
            takes_attendance=self.records and meeting.takes_place and meeting.has_begun(index.now),
            made_up=list(meeting.made_up_by.all()),
            parts=[PartLine(each) for each in meeting.parts.all()],
            changes=[ChangeLine(each) for each in meeting.changes.all()],
            files=[FileLine.of(each) for each in meeting.files.all()] if self.records else [],
            **kwargs,
        )
