"""The form in which somebody says what was done about absences in a row."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lubsko_ops.core.links import reverse
from projects.form_views import ProjectFormView
from projects.models import Participation
from projects.participants.access import may_record
from projects.participants.queries import note_participations
from projects.scope import visible_participations
from sessions.attendance.absences import open_runs
from sessions.attendance.actions import follow_up_absences
from sessions.attendance.forms import FollowUpForm
from sessions.attendance.roster import slots_of
from sessions.permissions import ATTENDANCE_AREA, LOCKED, MEETING_RUN, NOT_RUN, may_change_meetings

NOTHING_OPEN = "Te nieobecności są już wyjaśnione albo było po nich spotkanie z obecnością."


class FollowUpView(ProjectFormView):
    """Wyjaśnienie nieobecności of one participant: for who runs the group and who works with the family."""

    permission = MEETING_RUN
    access_area = ATTENDANCE_AREA
    current_tab = "projects:groups"
    form_class = FollowUpForm
    template_name = "meetings/attendance_follow_up.html"
    page_title = "Wyjaśnij nieobecności"
    participation: Participation

    def setup_object(self, pk, **kwargs):
        user, today = self.request.user, self.request.today
        rows = visible_participations(user, on=today).filter(pk=pk, group__isnull=False)
        match = rows.select_related("edition", "group", "person", "child", "family").first()
        if match is None:
            raise Http404
        super().setup_object(match.edition_id)
        self.participation = match
        if not may_record(match, user, on=today):
            raise PermissionDenied(NOT_RUN)

    def get_instance(self):
        return None

    @cached_property
    def runs(self):
        return open_runs([self.participation.pk])

    def get_refusal(self):
        if not may_change_meetings(self.edition):
            return LOCKED
        return "" if self.runs else NOTHING_OPEN

    def get_cancel_url(self):
        return reverse("projects:participation", args=[self.edition.pk, self.participation.pk])

    def get_initial(self):
        return {"day": self.request.today}

    @property
    def draft_title(self):
        return f"{self.participation.group}: {self.page_title}"

    def perform(self, form):
        return follow_up_absences(participation=self.participation, by=self.request.user, **form.cleaned_data)

    def get_success_message(self):
        return f"Zapisano: {self.participation}, {self.result[0].get_kind_display()}."

    def get_context_data(self, **kwargs):
        self.participation.opens_family = False  # the page names the participant alone
        note_participations([self.participation])
        names = {slot.key: slot.name for slot in slots_of(self.participation)}
        absences = [(names[key], run) for key, run in self.runs.items() if key in names]
        return super().get_context_data(
            participation=self.participation, group=self.participation.group, absences=absences, **kwargs
        )
