"""Form pages of the date of a meeting: add one by hand, move, cancel and restore it."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lubsko_ops.centre.dictionaries.models import MeetingPlace
from lubsko_ops.core.dates import Period, holiday_name
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.polish import short_date
from projects.form_views import ProjectFormView
from projects.groups.rules import has_meetings
from projects.groups.views import GROUPS_TAB, GroupMixin
from sessions.choices import MeetingState
from sessions.conflicts import WantedMeeting, conflicts_of
from sessions.models import TAKES_PLACE, Meeting
from sessions.permissions import LOCKED, MEETING_RUN, MEETINGS_AREA, NOT_RUN, may_change_meetings, runs_group
from sessions.running import actions, forms, rules
from sessions.running.rules import MeetingDate
from sessions.running.views import MeetingMixin

TO_BE = "Jeśli tak ma być, naciśnij „Zapisz mimo to”. Jeśli nie, popraw."


class MeetingFormPage(ProjectFormView):
    """A form about meetings: for those who run the group, until the project is settled."""

    permission = MEETING_RUN
    access_area = MEETINGS_AREA
    current_tab = GROUPS_TAB
    template_name = "meetings/form_page.html"
    lede = ""
    confirmation_hint = ""  # empty: as of what was
    group: Any
    result: Any

    def setup_object(self, pk, **kwargs):
        super().setup_object(pk)
        if not self.is_allowed():
            raise PermissionDenied(NOT_RUN)

    def is_allowed(self) -> bool:
        raise NotImplementedError

    def get_refusal(self):
        return "" if may_change_meetings(self.edition) else LOCKED

    def get_context_data(self, **kwargs):
        return super().get_context_data(lede=self.lede, confirmation_hint=self.confirmation_hint, **kwargs)

    @property
    def draft_title(self):
        return f"{self.group}: {self.page_title}"

    def places(self, chosen: int | None = None):
        open_places = MeetingPlace.objects.open_on(self.request.today)
        return (open_places | MeetingPlace.objects.filter(pk=chosen or 0)).order_by("name", "address")

    def conflict_questions(self, wanted: MeetingDate, skip: tuple[int, ...] = (), own=()) -> list[str]:
        """What is in the way of the date, to be confirmed; ``own``: who was named to lead the meeting."""
        meeting = WantedMeeting(
            start=wanted.starts_on,
            end=wanted.ends_on,
            starts_at=wanted.starts_at,
            minutes=wanted.minutes,
            place_id=wanted.place_id,
            other_place=wanted.other_place,
        )
        user, today = self.request.user, self.request.today
        conflicts = conflicts_of(self.group, [meeting], skip=skip, own=own, user=user, on=today)[0]
        return [*holiday_questions(wanted), *conflicts]


class MeetingFormView(MeetingFormPage, MeetingMixin):
    """A form about one meeting; it leads back to its page."""

    def setup_object(self, pk, **kwargs):
        MeetingMixin.setup_object(self, pk)
        if not self.is_allowed():
            raise PermissionDenied(NOT_RUN)

    def is_allowed(self) -> bool:
        return self.runs

    def get_instance(self):
        return self.meeting

    def get_cancel_url(self):
        return self.meeting_url()

    @property
    def draft_title(self):
        return f"{self.group}, {self.meeting.days_text}: {self.page_title}"


class RecordFormView(MeetingFormView):
    """A form about one meeting, also for who is named to lead it."""

    def is_allowed(self) -> bool:
        return self.records

    def get_refusal(self):
        return super().get_refusal() or rules.record_refusal(self.meeting)


# ---- add ---------------------------------------------------------------------------------------------
class MeetingAddView(MeetingFormPage, GroupMixin):
    """A meeting added by hand, perhaps to make up for a cancelled one (``?za=<id>``)."""

    form_class = forms.MeetingAddForm
    page_title = "Dodaj spotkanie"
    confirmation_hint = TO_BE
    lede = "Jedno spotkanie, poza harmonogramem. Kilka naraz układa się w harmonogramie."

    def setup_object(self, pk, **kwargs):
        GroupMixin.setup_object(self, pk)
        if not has_meetings(self.group.kind):
            raise Http404
        if not self.is_allowed():
            raise PermissionDenied(NOT_RUN)

    def is_allowed(self) -> bool:
        return runs_group(self.edition, self.leaders, self.request.user, on=self.request.today)

    def get_instance(self):
        return None

    def get_cancel_url(self):
        return self.group_url()

    @cached_property
    def cancelled(self):
        """Cancelled meetings of the group without another one instead."""
        rows = Meeting.objects.filter(group=self.group, state=MeetingState.CANCELLED)
        made_up = Meeting.objects.filter(made_up_for__isnull=False, state__in=TAKES_PLACE, group=self.group)
        return rows.exclude(pk__in=made_up.values("made_up_for")).order_by("starts_on", "pk")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "places": self.places(),
            "group_place": self.group.place_text,
            "cancelled": self.cancelled,
        }

    def get_initial(self):
        asked = parse_int(self.request.GET.get("za")) or 0
        if (instead := self.cancelled.filter(pk=asked).first()) is not None:
            return hours_and_place(instead) | {"made_up_for": instead.pk, "topic": instead.topic}
        last = Meeting.objects.filter(group=self.group, state__in=TAKES_PLACE).order_by("starts_on").last()
        return {"starts_at": last.starts_at, "ends_at": last.ends_at} if last else {}

    def get_confirmations(self, form):
        wanted = form.wanted()
        actions.check_date(Meeting(group=self.group), wanted)
        return self.conflict_questions(wanted)

    def check_rules(self, form):
        if (wanted := form.wanted()) is not None:
            actions.check_date(Meeting(group=self.group), wanted)

    def perform(self, form):
        return actions.add_meeting(
            group=self.group,
            wanted=form.wanted(),
            topic=form.cleaned_data["topic"],
            made_up_for=form.cleaned_data.get("made_up_for"),
            by=self.request.user,
        )

    def get_success_url(self):
        return f"{self.group_url()}#spotkania"

    def get_success_message(self):
        return f"Dodano spotkanie: {self.result}."


def holiday_questions(wanted: MeetingDate) -> list[str]:
    """The public holidays among its days, as the schedule asks about them, too."""
    days = Period(wanted.starts_on, wanted.ends_on).each_day()
    return [f"{short_date(day)} to święto: {name}." for day in days if (name := holiday_name(day))]


def hours_and_place(meeting: Meeting) -> dict:
    return {
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "place": meeting.place_id,
        "other_place": meeting.other_place,
    }


# ---- move, cancel, restore ---------------------------------------------------------------------------
class MeetingMoveView(MeetingFormView):
    """Another day, hour or place; what is in its way is shown before it is saved."""

    form_class = forms.MeetingMoveForm
    page_title = "Przenieś spotkanie"
    confirmation_hint = TO_BE

    @property
    def lede(self):
        return f"Teraz: {self.meeting}. Dawny termin zostanie na liście razem z powodem."

    def get_refusal(self):
        return super().get_refusal() or rules.move_refusal(self.meeting)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "places": self.places(self.meeting.place_id),
            "group_place": self.group.place_text,
            "several_days": self.meeting.days > 1,
        }

    def get_initial(self):
        meeting = self.meeting
        return hours_and_place(meeting) | {"starts_on": meeting.starts_on, "ends_on": meeting.ends_on}

    def check_rules(self, form):
        if (wanted := form.wanted()) is not None:
            actions.check_date(self.meeting, wanted)

    def get_confirmations(self, form):
        self.check_rules(form)
        return self.conflict_questions(form.wanted(), skip=(self.meeting.pk,), own=self.own_leaders)

    def perform(self, form):
        return actions.move_meeting(
            meeting=self.meeting,
            wanted=form.wanted(),
            reason=form.cleaned_data["reason"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_url(self):
        return self.meeting_url("meetings:notify")

    def get_success_message(self):
        return f"Przeniesiono spotkanie. Nowy termin: {self.result}."


class MeetingCancelView(MeetingFormView):
    """Call off a meeting; one whose day has passed was not held."""

    form_class = forms.MeetingCancelForm
    page_title = "Odwołaj spotkanie"

    @property
    def lede(self):
        over = self.meeting.is_over(self.request.today)
        words = "Spotkanie nie odbyło się" if over else "Spotkanie się nie odbędzie"
        return f"{words}: {self.meeting}. Zostanie na liście jako odwołane, bez numeru."

    def get_refusal(self):
        return super().get_refusal() or rules.move_refusal(self.meeting)

    def perform(self, form):
        return actions.cancel_meeting(
            meeting=self.meeting,
            reason=form.cleaned_data["reason"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_url(self):
        over = self.meeting.is_over(self.request.today)
        return self.meeting_url() if over else self.meeting_url("meetings:notify")

    def get_success_message(self):
        return f"Odwołano spotkanie: {self.result}."


class MeetingRestoreView(MeetingFormView):
    """A cancelled meeting takes place after all."""

    form_class = forms.MeetingRestoreForm
    page_title = "Przywróć spotkanie"
    confirmation_hint = TO_BE

    @property
    def lede(self):
        return f"Spotkanie znów będzie zaplanowane: {self.meeting}. Innego dnia? Dodaj odrobienie zamiast przywracać."

    def get_refusal(self):
        return super().get_refusal() or rules.restore_refusal(self.meeting)

    def get_confirmations(self, form):
        wanted = MeetingDate.of(self.meeting)
        questions = self.conflict_questions(wanted, skip=(self.meeting.pk,), own=self.own_leaders)
        made_up = [each for each in self.meeting.made_up_by.all() if each.takes_place]
        return [*(f"To spotkanie ma odrobienie: {each}. Odbędą się oba." for each in made_up), *questions]

    def perform(self, form):
        return actions.restore_meeting(
            meeting=self.meeting,
            reason=form.cleaned_data["reason"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_url(self):
        over = self.meeting.is_over(self.request.today)
        return self.meeting_url() if over else self.meeting_url("meetings:notify")

    def get_success_message(self):
        return f"Przywrócono spotkanie: {self.result}."
