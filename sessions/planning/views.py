"""The page on which the schedule of a group is written."""

from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lubsko_ops.core import clock
from lubsko_ops.core.polish import count_of, short_date
from lubsko_ops.submissions.keys import REFRESH
from projects.form_views import ProjectFormView
from projects.groups.rules import has_meetings, period_of
from projects.groups.views import GroupMixin
from sessions.conflicts import conflicts_of
from sessions.models import TAKES_PLACE, GroupSchedule, Meeting
from sessions.permissions import (
    LOCKED,
    MEETING_RUN,
    MEETINGS_AREA,
    NOT_RUN,
    may_change_meetings,
    runs_group,
)
from sessions.planning import buttons
from sessions.planning.actions import changes_of, save_schedule
from sessions.planning.forms import SENTENCES, ScheduleForm, SentenceForm
from sessions.planning.plan import ReadSentence, stored_answers
from sessions.planning.preview import Preview, wanted_of
from sessions.planning.weekly import fields_of
from sessions.planning.words import days_in_words
from sessions.schedule.hours import TimeSlot
from sessions.schedule.rules import MEETING_FORMS


class ScheduleView(ProjectFormView, GroupMixin):
    """The sentences of a group, what they come to, and what saving them does to its meetings."""

    permission = MEETING_RUN
    access_area = MEETINGS_AREA
    form_class = ScheduleForm
    template_name = "meetings/schedule.html"
    page_title = "Harmonogram spotkań"

    def setup_object(self, pk, **kwargs):
        super().setup_object(pk)
        if not has_meetings(self.group.kind):
            raise Http404
        runs = runs_group(self.edition, self.leaders, self.request.user, on=self.request.today)
        if not runs and may_change_meetings(self.edition):
            raise PermissionDenied(NOT_RUN)

    def get_refusal(self):
        return "" if may_change_meetings(self.edition) else LOCKED

    @cached_property
    def schedule(self) -> GroupSchedule | None:
        return GroupSchedule.objects.filter(group=self.group).first()

    @cached_property
    def pattern(self) -> GroupSchedule | None:
        """The schedule of the group from which this one was copied, while it has none of its own."""
        if self.schedule is not None or self.group.copied_from_id is None:
            return None
        return GroupSchedule.objects.filter(group=self.group.copied_from_id).first()

    def get_instance(self):
        return self.schedule

    def get_cancel_url(self):
        return self.group_url()

    @property
    def draft_title(self):
        return f"{self.group}: {self.page_title}"

    def get_initial(self):
        source = self.schedule or self.pattern
        if source is None:
            return {}
        end = TimeSlot(source.starts_at, source.minutes).end
        return {"starts_at": source.starts_at, "ends_at": end, "until": source.made_until}

    def get_form_kwargs(self):
        source = self.schedule or self.pattern
        return super().get_form_kwargs() | {
            "group": self.group,
            "today": self.request.today,
            "sentences": source.sentences if source else (),
            "answers": stored_answers(self.schedule.content) if self.schedule else {},
        }

    def form_of(self, content):
        """With what a button of the page writes into the fields."""
        pressed = self.request.POST.get(REFRESH, "") if self.request.method == "POST" else ""
        error = buttons.press(pressed, content, lambda: super(ScheduleView, self).form_of(content))
        form = super().form_of(content)
        form.weekly_error = error
        return form

    # ---- the preview -------------------------------------------------------------------------------
    def preview_of(self, form: ScheduleForm) -> Preview:
        """What the page shows; statements do not grow with the number of meetings."""
        plan = form.plan
        if not plan.meetings:
            return Preview(plan, None, [], self.request.today)
        changes = changes_of(plan, now=clock.now())
        wanted = wanted_of(plan, changes)
        clashes = conflicts_of(
            self.group,
            list(wanted.values()),
            skip=changes.touched,
            user=self.request.user,
            on=self.request.today,
        )
        by_place = dict(zip(wanted, clashes, strict=True))
        conflicts = [by_place.get(position, []) for position in range(len(plan.meetings))]
        is_open = [row for row in plan.rows if row.problem]
        return Preview(plan, None if is_open else changes, conflicts, self.request.today)

    def get_context_data(self, **kwargs):
        form = kwargs["form"]
        preview = self.preview_of(form)
        return super().get_context_data(
            preview=preview,
            sentence_rows=sentence_rows(form),
            lede=self.lede,
            may_change_group=self.may_change,
            submit_label=self.submit_label(preview),
            **kwargs,
        )

    @property
    def lede(self) -> str:
        if self.pattern is not None:
            return f"Zdania skopiowano z: {self.group.copied_from}. Sprawdź dni, zanim zapiszesz."
        return f"Grupa trwa {period_of(self.group)}."

    def submit_label(self, preview: Preview) -> str:
        if self.schedule is not None:
            return "Zapisz zmiany"
        number = len(preview.plan.meetings)
        return f"Zapisz {count_of(number, MEETING_FORMS)}" if number else ScheduleForm.submit_label

    # ---- saving ------------------------------------------------------------------------------------
    def get_confirmations(self, form):
        return self.preview_of(form).confirmations

    def perform(self, form):
        return save_schedule(
            group=self.group, entered=form.plan.entered, version=self.opened_version, by=self.request.user
        )

    def get_success_message(self):
        schedule, changes = self.result
        number = Meeting.objects.filter(group=self.group, state__in=TAKES_PLACE).count()
        counts = {"nowe": changes.made, "zmienione": changes.changed, "wycofane": changes.withdrawn}
        parts = [f"{word}: {len(rows)}" for word, rows in counts.items() if rows]
        until = f" Spotkania są do {short_date(schedule.made_until)}." if schedule.made_until else ""
        return f"Zapisano harmonogram, {count_of(number, MEETING_FORMS)} ({', '.join(parts) or 'bez zmian'}).{until}"


@dataclass(frozen=True)
class SentenceRow:
    """A row of the form, what was understood of it, and whether the fields can say it, too."""

    form: SentenceForm
    index: int
    read: ReadSentence | None
    days: str
    in_fields: bool


def sentence_rows(form: ScheduleForm) -> list[SentenceRow]:
    """All rows of the form, those that were removed included: they stay in the page, hidden."""
    read = {line.prefix: each for (line, _), each in zip(form.rows, form.plan.rows, strict=True)}
    hours = form.plan.entered.hours
    return [
        SentenceRow(
            line,
            index,
            each := read.get(line.prefix),
            days_in_words(each.meetings) if each else "",
            each is not None and not each.problem and fields_of(each.schedule, hours) is not None,
        )
        for index, line in enumerate(form.formsets[SENTENCES].forms)
    ]
