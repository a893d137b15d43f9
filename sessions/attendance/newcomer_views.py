"""Dopisz osobę: somebody new at a meeting, and back to its attendance with everything marked so far."""

from functools import cached_property

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404

from families.people.forms.fields import PastDatesForm
from lubsko_ops.core.form_layout import form_section
from lubsko_ops.core.forms import PastDayField
from lubsko_ops.core.links import reverse
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.submissions import drafts
from lubsko_ops.submissions.keys import CARRY, new_key
from projects.choices import ParticipationStatus
from projects.groups import queries as groups
from projects.models import Participation
from projects.participants.enrolment_forms import OutsiderEnrolForm
from projects.participants.form_views import OutsiderEnrolView
from projects.participants.queries import note_participations
from projects.scope import runs_participants, visible_participations
from sessions.attendance import rules
from sessions.attendance.newcomers import JOINING, join_at_meeting, join_from_outside
from sessions.attendance.views import AttendanceFormView
from sessions.models import Meeting
from sessions.permissions import ATTENDANCE_AREA, LOCKED, MEETING_RUN, NOT_RUN, may_change_meetings

WHY_PASSED = "Potrzebne, gdy na liście rezerwowej ktoś czeka dłużej."
WHY_ADMITTED = "Potrzebne, gdy któreś kryterium nie jest spełnione albo nie wiadomo."


def why_fields() -> tuple[forms.CharField, forms.CharField]:
    """Why somebody is taken in although a criterion is not met, and although somebody else waits."""
    return (
        forms.CharField(
            label="Dlaczego mimo kryteriów", max_length=300, required=False, help_text=WHY_ADMITTED
        ),
        forms.CharField(label="Dlaczego poza kolejką", max_length=300, required=False, help_text=WHY_PASSED),
    )


class NewcomerForm(PastDatesForm):
    """Somebody reported, on the reserve list, or taken in who has not begun."""

    error_title = "Osoby nie dopisano."
    submit_label = "Dopisz do listy"
    past_days = ("day",)

    who = forms.TypedChoiceField(
        label="Kto",
        coerce=int,
        widget=forms.RadioSelect(attrs={"data-look": "check"}),
        error_messages={"required": "Wybierz osobę."},
    )
    day = PastDayField(label="Udział od dnia")
    admission_reason, text = why_fields()
    back = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, people: dict[int, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = list(people.items())

    def layout(self):
        return [
            "back",
            form_section("Osoba", "who", "day"),
            form_section("Jeśli trzeba", "admission_reason", "text"),
        ]


class OutsiderNewcomerForm(OutsiderEnrolForm):
    """Somebody who is in no file of the centre."""

    error_title = "Osoby nie dopisano."
    submit_label = "Dopisz do listy"

    admission_reason, text = why_fields()
    back = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["group"]  # that of the meeting
        self.fields["reported_on"].label = "Udział od dnia"

    def layout(self):
        person, contact, _, *child = super().layout()
        enrolled = form_section("Zgłoszenie", "reported_on", "signed")
        return [
            "back",
            person,
            contact,
            enrolled,
            *child,
            form_section("Jeśli trzeba", "admission_reason", "text"),
        ]


class NewcomerMixin:
    """A form that leads back to the attendance of the meeting, as a draft with what was marked before."""

    permission = MEETING_RUN
    access_area = ATTENDANCE_AREA
    template_name = "meetings/attendance_newcomer.html"
    current_tab = "projects:groups"
    meeting: Meeting
    back = ""  # key of the draft of the attendance

    def setup_object(self, pk, **kwargs):
        meeting = Meeting.objects.filter(pk=pk).first()
        group = groups.get_group(meeting.group_id, self.request.user) if meeting else None
        if meeting is None or group is None:
            raise Http404
        self.meeting, self.group, self.edition = meeting, group, group.edition
        meeting.group = group
        if (
            not runs_participants(self.edition, self.request.user, on=self.request.today)
            or not self.runs_group
        ):
            raise PermissionDenied(NOT_RUN)

    def get(self, request, *args, **kwargs):
        """Coming from the attendance, keep what was marked there as its draft."""
        if CARRY in request.POST and "back" not in request.POST:
            draft = drafts.save_draft(self.key, address=self.attendance_url, post=request.POST)
            self.back = str(draft.key) if draft else ""
            self.key = new_key(request.user)
        return super().get(request, *args, **kwargs)

    def get_carried(self, posted):
        return {"back": posted.get("back", self.back)}

    @property
    def attendance_url(self) -> str:
        return reverse("meetings:attendance", args=[self.meeting.pk])

    def back_url(self, back: str) -> str:
        return f"{self.attendance_url}?szkic={back}" if back else self.attendance_url

    def get_instance(self):
        return None

    def get_refusal(self):
        if not may_change_meetings(self.edition):
            return LOCKED
        return rules.meeting_refusal(self.meeting, self.now)

    def get_cancel_url(self):
        return self.back_url(self.back or self.request.POST.get("back", ""))

    @property
    def draft_title(self):
        return f"{self.group}: {self.page_title}"

    def get_success_message(self):
        return f"Dopisano do listy: {self.result}. Zaznacz obecność i zapisz."

    def get_context_data(self, **kwargs):
        return super().get_context_data(meeting=self.meeting, **kwargs)


class NewcomerView(NewcomerMixin, AttendanceFormView):
    """Somebody known to the project already."""

    form_class = NewcomerForm
    page_title = "Dopisz osobę"

    @cached_property
    def people(self) -> dict[int, Participation]:
        """Those of the group first, then those of the project."""
        rows = visible_participations(self.request.user, on=self.request.today)
        rows = rows.filter(edition=self.edition, status__in=JOINING).select_related(
            "person", "child", "family", "group"
        )
        fits = [row for row in rows if self.fits(row)]
        fits.sort(
            key=lambda row: (
                row.group_id != self.group.pk,
                JOINING.index(row.status),
                row.reported_on,
                row.pk,
            )
        )
        return {row.pk: row for row in fits}

    def fits(self, row: Participation) -> bool:
        takes = "families" if row.person_id is None else "pairs" if row.child_id else "persons"
        return takes == self.group.takes

    def get_form_kwargs(self):
        labels = {
            pk: f"{row}, {ParticipationStatus(row.status).label}"
            + (f", {row.group}" if row.group_id and row.group_id != self.group.pk else "")
            for pk, row in self.people.items()
        }
        return super().get_form_kwargs() | {"people": labels, "today": self.request.today}

    def get_initial(self):
        chosen = parse_int(self.request.GET.get("kto"))
        return {
            "day": self.meeting.starts_on,
            "who": chosen if chosen in self.people else None,
            "back": self.back,
        }

    def perform(self, form):
        data = form.cleaned_data
        return join_at_meeting(
            meeting=self.meeting,
            participation=self.people[data["who"]],
            day=data["day"],
            admission_reason=data["admission_reason"],
            text=data["text"],
            by=self.request.user,
        )

    def get_success_url(self):
        return self.back_url(self.request.POST.get("back", ""))

    def get_context_data(self, **kwargs):
        note_participations(self.people.values())
        return super().get_context_data(has_people=bool(self.people), **kwargs)


class OutsiderNewcomerView(NewcomerMixin, OutsiderEnrolView):
    """Somebody who is in no file of the centre."""

    form_class = OutsiderNewcomerForm
    page_title = "Dopisz osobę spoza rodzin ośrodka"
    lede = ""

    @cached_property
    def leaders(self):
        return groups.leaders_of(self.group)

    runs_group = AttendanceFormView.runs_group
    leaders_if_needed = AttendanceFormView.leaders_if_needed
    now = AttendanceFormView.now

    def get_initial(self):
        return {"reported_on": self.meeting.starts_on, "back": self.back}

    def get_confirmations(self, form):
        form.cleaned_data["group"] = self.group
        return super().get_confirmations(form)

    def perform(self, form):
        data = form.cleaned_data
        return join_from_outside(
            meeting=self.meeting,
            person=form.person(),
            child=form.child(),
            data=form.participation(),
            signed=data["signed"],
            admission_reason=data["admission_reason"],
            text=data["text"],
            by=self.request.user,
        )

    def get_success_url(self):
        return self.back_url(self.request.POST.get("back", ""))

    def get_success_message(self):
        return f"Dopisano do listy: {self.result}. Zaznacz obecność i zapisz."

    def get_context_data(self, **kwargs):
        return super().get_context_data(group=self.group, **kwargs)
