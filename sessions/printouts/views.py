"""The papers of a group as files: lists of attendance, the schedule, the journal."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lubsko_ops.audit.base_views import PageView
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.output.documents import pdf_response
from projects.groups.views import GroupMixin
from sessions.models import Meeting
from sessions.permissions import (
    MEETING_PAPERS_AREA,
    MEETING_RUN,
    MEETING_VIEW,
    NOT_RUN,
    runs_group,
    stands_in,
)
from sessions.printouts import journal, lists, schedules
from sessions.printouts.register import GroupRegister, load_register, note_lines


class GroupPaperView(GroupMixin, PageView):
    """A paper about the meetings of one group."""

    permission = MEETING_RUN
    access_area = MEETING_PAPERS_AREA
    makes_document = True

    @cached_property
    def meetings(self) -> list[Meeting]:
        return schedules.load_meetings(self.group)

    @cached_property
    def register(self) -> GroupRegister:
        return load_register(self.group, self.meetings)

    @property
    def runs(self) -> bool:
        return runs_group(self.edition, self.leaders, self.request.user, on=self.request.today)

    def check_runs(self) -> None:
        if not self.runs:
            raise PermissionDenied(NOT_RUN)

    def check_runs_if_permitted(self) -> None:
        """In ``setup_object``, before the permission is checked."""
        if has_permission(self.request.user, self.permission):
            self.check_runs()


class SchedulePdfView(GroupPaperView):
    """Harmonogram for participants; ``?pasek=1`` as strips to cut out, ``?calosc=1`` with what is past."""

    permission = MEETING_VIEW
    access_area = None

    def get(self, request, *args, **kwargs):
        html = schedules.schedule_html(
            self.group,
            self.leaders,
            today=request.today,
            whole="calosc" in request.GET,
            strips="pasek" in request.GET,
        )
        return pdf_response(html, f"harmonogram-{self.group.pk}.pdf")


class AttendanceListPdfView(GroupPaperView):
    """Lista obecności: blank for the meetings to come, for all (``?calosc=1``) or for those named.

    ``?spotkanie=<id>``: of one meeting a list with a line for each, of several columns. ``?wypelniona=1``: filled.
    """

    def get(self, request, *args, **kwargs):
        chosen = self.chosen_meetings()
        self.check_may_print(chosen)
        today = request.today
        if "wypelniona" in request.GET:
            note_lines(self.register.lines)
            html = lists.filled_html(self.register, self.leaders, today=today)
        elif len(chosen) == 1 and "spotkanie" in request.GET:
            note_lines(lists.lines_to_sign(self.register, chosen))
            html = lists.single_html(self.register, chosen[0], self.leaders, today=today)
        else:
            note_lines(lists.lines_to_sign(self.register, chosen))
            html = lists.blank_html(self.register, chosen, self.leaders, today=today)
        return pdf_response(html, f"lista-obecnosci-{self.group.pk}.pdf")

    def check_may_print(self, chosen: list[Meeting]) -> None:
        """Who leads a single meeting instead of somebody prints the list of that meeting, and no other."""
        single = "spotkanie" in self.request.GET and "wypelniona" not in self.request.GET
        if not (single and all(stands_in(each.leaders.all(), self.request.user) for each in chosen)):
            self.check_runs()

    def chosen_meetings(self) -> list[Meeting]:
        """Those named in the address, otherwise those to come; 404 for one that is not there."""
        standing = [each for each in self.meetings if each.takes_place]
        if "spotkanie" in self.request.GET:
            by_id = {each.pk: each for each in standing}
            named = {parse_int(value) for value in self.request.GET.getlist("spotkanie")}
            if not named <= by_id.keys():
                raise Http404
            return [each for each in standing if each.pk in named]
        if "calosc" in self.request.GET:
            return standing
        return [each for each in standing if not each.is_over(self.request.today)]


class JournalPdfView(GroupPaperView):
    """Dziennik zajęć."""

    @cached_property
    def meetings(self) -> list[Meeting]:
        return schedules.load_meetings(self.group, with_parts=True)

    def get(self, request, *args, **kwargs):
        self.check_runs()
        html = journal.journal_html(self.register, self.leaders, today=request.today)
        return pdf_response(html, f"dziennik-zajec-{self.group.pk}.pdf")
