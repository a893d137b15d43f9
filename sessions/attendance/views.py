"""Pages of attendance: their base, and one meeting."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import Http404

from families.people.models import Family
from lubsko_ops.audit.history import VersionConflict
from lubsko_ops.core import clock
from lubsko_ops.core.links import reverse
from lubsko_ops.core.polish import WEEKDAYS, count_of, join_list, short_date
from lubsko_ops.submissions.keys import REFRESH, submitted_content
from projects.form_views import ProjectFormView
from projects.groups.views import GroupMixin
from projects.participants.queries import note_participations
from sessions.attendance import forms, queries, rules
from sessions.attendance.actions import record_attendance
from sessions.attendance.roster import Roster, load_roster
from sessions.choices import Presence
from sessions.models import Meeting
from sessions.permissions import (
    ATTENDANCE_AREA,
    LOCKED,
    MEETING_RUN,
    NOT_RUN,
    may_change_meetings,
    runs_group,
    stands_in,
)
from sessions.running.index import number_text, numbers_of
from sessions.running.lines import leaders_on

EARLIER = 6  # meetings beside the one that is marked
ALL_PRESENT = "all-present"  # value of the button that marks everybody not marked yet
PERSON_FORMS = "osoba,osoby,osób"
LIST_GONE = "Lista uczestników zmieniła się. Otwórz stronę jeszcze raz."


class AttendanceFormView(ProjectFormView, GroupMixin):
    """A form about the attendance of a group, for those who run its meetings."""

    permission = MEETING_RUN
    access_area = ATTENDANCE_AREA

    @cached_property
    def runs_group(self) -> bool:
        return runs_group(self.edition, self.leaders_if_needed, self.request.user, on=self.request.today)

    @property
    def leaders_if_needed(self):
        """Read only when the user is no author and no manager."""
        return _Lazy(lambda: self.leaders)

    def get_refusal(self):
        return ""

    @cached_property
    def now(self):
        return clock.now().astimezone(clock.WARSAW)

    @cached_property
    def roster(self) -> Roster:
        families = Family.objects.visible_to(self.request.user, on=self.request.today)
        return load_roster(self.group, families=families)

    @cached_property
    def stored(self) -> tuple[list[Meeting], queries.Marks]:
        return queries.load_meetings(self.group)

    @property
    def meetings(self) -> list[Meeting]:
        return self.stored[0]

    @property
    def marks(self) -> queries.Marks:
        return self.stored[1]

    def forget_stored(self) -> None:
        """What others saved meanwhile is read anew."""
        for name in ("roster", "stored"):
            self.__dict__.pop(name, None)

    def note_people(self, slots) -> None:
        note_participations({slot.participation.pk: slot.participation for slot in slots}.values())

    def render_conflict(self, form, conflict: VersionConflict):
        """Both texts; where only the other one marked, that mark is taken over, so that saving again keeps it."""
        before = form.opened_values()
        self.forget_stored()
        shown = self.get_initial()
        content = submitted_content(self.request.POST)
        typed = {name: values for name, values in content.items() if form.is_touched(name, before)}
        kept = {name: values for name, values in content.items() if name.startswith("_")}
        fresh = {name: [str(value)] for name, value in shown.items() if value not in (None, "")}
        merged = (
            fresh | {name: values for name, values in typed.items() if name not in fresh_only(shown)} | kept
        )
        return super().render_conflict(self.form_of(merged), conflict)


def fresh_only(shown) -> set[str]:
    """Fields that carry what was opened: of a conflict they are those of the saved list."""
    return {name for name in shown if name == forms.OPENED or name.startswith("version_")}


class _Lazy:
    """An iterable read when it is first asked for."""

    def __init__(self, load):
        self.load = load

    def __iter__(self):
        return iter(self.load())


# ---- one meeting -------------------------------------------------------------------------------------
class AttendanceView(AttendanceFormView):
    """Obecność: who came to one meeting."""

    form_class = forms.AttendanceForm
    template_name = "meetings/attendance.html"
    page_title = "Obecność"
    meeting: Meeting

    def setup_object(self, pk, **kwargs):
        meeting = Meeting.objects.filter(pk=pk).first()
        if meeting is None:
            raise Http404
        GroupMixin.setup_object(self, meeting.group_id)
        self.meeting = meeting
        meeting.group = self.group
        if not self.runs_group and not stands_in(meeting.leaders.all(), self.request.user):
            raise PermissionDenied(NOT_RUN)

    def get_instance(self):
        return self.meeting

    def get_refusal(self):
        return rules.meeting_refusal(self.meeting, self.now)

    def get_cancel_url(self):
        return reverse("meetings:meeting", args=[self.meeting.pk])

    @property
    def draft_title(self):
        return f"{self.group}: obecność {short_date(self.meeting.starts_on)}"

    @property
    def is_locked(self) -> bool:
        return not may_change_meetings(self.edition)

    @cached_property
    def slots(self):
        return queries.slots_at(self.roster, self.meeting, self.marks)

    @property
    def is_old(self) -> bool:
        return rules.needs_reason(self.meeting, self.request.today)

    def forget_stored(self):
        super().forget_stored()
        self.__dict__.pop("slots", None)
        self.setup_object(self.meeting.pk)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "meeting": self.meeting,
            "slots": self.slots,
            "explain": lambda key: self.roster.refusal(key, self.meeting) or LIST_GONE,
            "is_old": self.is_old,
        }

    def get_initial(self):
        return forms.meeting_values(self.meeting, self.marks[self.meeting.pk].values())

    def render_as_typed(self):
        """The button that marks everybody present works without JavaScript, too."""
        if self.request.POST.get(REFRESH) != ALL_PRESENT:
            return super().render_as_typed()
        content = submitted_content(self.request.POST)
        for slot in self.slots:
            name = f"mark_{slot.code}"
            if not any(content.get(name, [])):
                content[name] = [Presence.PRESENT.value]
        return self.render_form(self.form_of(content))

    def get_confirmations(self, form):
        if self.is_locked:
            raise PermissionDenied(LOCKED)
        if forms.clears_all(form.sheet(None), self.marks[self.meeting.pk]):
            return [CLEARS_ALL.format(short_date(self.meeting.starts_on))]
        return []

    def perform(self, form):
        return record_attendance(
            group=self.group,
            sheets=[form.sheet(self.opened_version)],
            reason=form.cleaned_data.get("correction_reason", ""),
            by=self.request.user,
        )

    def get_success_url(self):
        return self.request.path

    def get_success_message(self):
        if not self.result:
            return "Obecność bez zmian."
        self.forget_stored()
        rows = self.marks[self.meeting.pk].values()
        came = sum(row.came for row in rows)
        return f"Zapisano obecność {short_date(self.meeting.starts_on)}: {came} z {len(rows)}."

    def get_context_data(self, **kwargs):
        form, slots = kwargs["form"], self.slots
        self.note_people(slots)
        earlier = self.earlier_meetings() if self.runs_group else []
        cells = queries.past_cells(slots, earlier, self.roster, self.marks)
        sums = queries.count_marks(self.marks)
        absences = {slot.key: self.absence_since(slot.key) for slot in slots} if self.runs_group else {}
        not_begun = self.roster.not_begun() if self.runs_group else []
        note_participations(not_begun)
        return super().get_context_data(
            meeting=self.meeting,
            lede=self.lede(),
            rows=[
                {
                    "row": row,
                    "cells": cells[row.slot.key],
                    "sum": sums.people.get(row.slot.key, queries.Sum()),
                    "absent_since": absences.get(row.slot.key),
                    "url": self.person_url(row.slot.participation),
                }
                for row in form.rows()
            ],
            earlier=[(each, queries.short_day(each), sums.meetings.get(each.pk)) for each in earlier],
            not_begun=not_begun,
            marked=self.marked_text(form),
            weekday=WEEKDAYS[self.meeting.starts_on.weekday()],
            runs_group=self.runs_group,
            is_locked=self.is_locked,
            locked_text=LOCKED,
            all_present=ALL_PRESENT,
            **kwargs,
        )

    def person_url(self, participation) -> str:
        if not self.runs_group:
            return ""
        return reverse("projects:participation", args=[self.edition.pk, participation.pk])

    def earlier_meetings(self) -> list[Meeting]:
        """The last ones before this that were held."""
        before = [
            each for each in self.meetings if _order(each) < _order(self.meeting) and self.marks[each.pk]
        ]
        return before[-EARLIER:]

    def absence_since(self, key):
        """The first day of absences in a row before this meeting."""
        past = [
            rules.PastMark(each.pk, each.starts_on, row.presence)
            for each in self.meetings
            if _order(each) < _order(self.meeting) and (row := self.marks[each.pk].get(key))
        ]
        run = rules.absence_run(past)
        return run.since if run else None

    def lede(self) -> str:
        """ "Spotkanie 7 z 9, 16:30–18:30, prowadzi Irena Kos." """
        number = number_text(self.meeting, numbers_of(self.meetings))
        parts = [f"Spotkanie {number}"] if number else []
        parts += [self.meeting.hours_text] if self.meeting.hours_text else []
        own = self.meeting.leaders.select_related("user").order_by("pk")
        leaders = leaders_on(self.meeting, self.leaders, own)
        parts += [f"prowadzi {join_list(leaders)}"] if leaders else []
        return f"{', '.join(parts)}." if parts else ""

    def marked_text(self, form) -> str:
        """ "Zaznaczono 8 z 10 osób." """
        marked = sum(1 for row in form.rows() if row.mark.value())
        return f"Zaznaczono {marked} z {count_of(len(self.slots), 'osoby,osób,osób')}."


CLEARS_ALL = (
    "Spotkanie {} nie będzie miało żadnej zaznaczonej obecności i wróci na listę spotkań bez obecności."
)


def _order(meeting: Meeting):
    return meeting.starts_on, meeting.starts_at or meeting.interval[0].time(), meeting.pk
