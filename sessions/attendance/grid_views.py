"""The grid of attendance: people of a group by its meetings."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lubsko_ops.core.links import reverse
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.polish import count_of, short_date
from sessions.attendance import forms, queries, rules
from sessions.attendance.actions import record_attendance
from sessions.attendance.views import CLEARS_ALL, LIST_GONE, AttendanceFormView
from sessions.models import Meeting
from sessions.permissions import LOCKED, NOT_RUN, may_change_meetings

PAGE = 20  # meetings on one page
MAX_CELLS = 900  # a form has no more fields than the server takes


class GridView(AttendanceFormView):
    """Siatka obecności: people of the group by its meetings, twenty on a page."""

    form_class = forms.GridForm
    template_name = "meetings/attendance_grid.html"
    page_title = "Siatka obecności"

    def setup_object(self, pk, **kwargs):
        match = queries.load_group(pk, self.request.user)
        if match is None:
            raise Http404
        self.group, self.leaders = match
        self.edition = self.group.edition
        if not self.runs_group:
            raise PermissionDenied(NOT_RUN)

    def get_instance(self):
        return None

    def get_cancel_url(self):
        return self.group_url()

    @property
    def draft_title(self):
        return f"{self.group}: obecność"

    @cached_property
    def pages(self) -> list[list[Meeting]]:
        """The meetings in pages, by day."""
        people = max(len(self.roster.all_slots()), 1)
        size = max(1, min(PAGE, MAX_CELLS // people))
        return [self.meetings[start : start + size] for start in range(0, len(self.meetings), size)]

    @cached_property
    def page_number(self) -> int:
        """From the address; by default the page of the last meeting that has begun."""
        asked = parse_int(self.request.GET.get("strona") or self.request.POST.get("strona"))
        if asked and 1 <= asked <= len(self.pages):
            return asked
        begun = [n for n, page in enumerate(self.pages, start=1) if any(map(self.takes_marks, page))]
        return begun[-1] if begun else 1

    @cached_property
    def columns(self) -> list[Meeting]:
        return self.pages[self.page_number - 1] if self.pages else []

    def takes_marks(self, meeting: Meeting) -> bool:
        return not rules.meeting_refusal(meeting, self.now)

    @cached_property
    def editable(self) -> list[Meeting]:
        if not may_change_meetings(self.edition):
            return []
        return [each for each in self.columns if self.takes_marks(each)]

    @cached_property
    def cells(self):
        return {
            each.pk: {slot.key: slot for slot in queries.slots_at(self.roster, each, self.marks)}
            for each in self.editable
        }

    def forget_stored(self):
        super().forget_stored()
        for name in ("pages", "columns", "editable", "cells"):
            self.__dict__.pop(name, None)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "columns": self.editable,
            "cells": self.cells,
            "explain": self.explain,
            "has_old": any(rules.needs_reason(each, self.request.today) for each in self.editable),
        }

    def explain(self, key, meeting: int) -> str:
        match = next((each for each in self.meetings if each.pk == meeting), None)
        if match is None:
            match = Meeting.objects.filter(pk=meeting, group=self.group).first()
        if match is None:
            return LIST_GONE
        refusal = rules.meeting_refusal(match, self.now)
        if refusal:
            return f"{short_date(match.starts_on)}: {refusal}"
        return self.roster.refusal(key, match) or LIST_GONE

    def get_initial(self):
        return forms.grid_values(self.editable, self.cells, self.marks)

    def get_confirmations(self, form):
        if not may_change_meetings(self.edition):
            raise PermissionDenied(LOCKED)
        sheets = form.sheets(self.marks)
        cleared = [
            short_date(each.meeting.starts_on)
            for each in sheets
            if forms.clears_all(each, self.marks[each.meeting.pk])
        ]
        return [CLEARS_ALL.format(day) for day in cleared]

    def perform(self, form):
        return record_attendance(
            group=self.group,
            sheets=form.sheets(self.marks),
            reason=form.cleaned_data.get("correction_reason", ""),
            by=self.request.user,
        )

    def get_success_url(self):
        return f"{self.request.path}?strona={self.page_number}"

    def get_success_message(self):
        if not self.result:
            return "Obecność bez zmian."
        return f"Zapisano obecność na {count_of(len(self.result), 'spotkaniu,spotkaniach,spotkaniach')}."

    def get_context_data(self, **kwargs):
        form = kwargs["form"]
        sums = queries.count_marks(self.marks)
        slots = self.listed_slots()
        self.note_people(slots)
        families = queries.family_sums(self.roster, sums)
        cells = queries.past_cells(slots, self.columns, self.roster, self.marks)
        return super().get_context_data(
            columns=[self.column(each, sums) for each in self.columns],
            rows=[self.row(slot, form, sums, cells[slot.key]) for slot in slots],
            families=families,
            sums=sums,
            pages=[
                (number, f"{short_date(page[0].starts_on)}–{short_date(page[-1].starts_on)}")
                for number, page in enumerate(self.pages, start=1)
            ],
            page_number=self.page_number,
            editable=self.editable,
            is_locked=not may_change_meetings(self.edition),
            locked_text=LOCKED,
            **kwargs,
        )

    def listed_slots(self):
        """Who is on the list of any meeting of the page, or was marked there."""
        slots = {}
        for meeting in self.columns:
            slots |= {slot.key: slot for slot in queries.slots_at(self.roster, meeting, self.marks)}
        return sorted(slots.values(), key=lambda slot: slot.sort_key)

    def column(self, meeting: Meeting, sums: queries.Sums) -> dict:
        takes = self.takes_marks(meeting)
        return {
            "meeting": meeting,
            "day": queries.short_day(meeting),
            "url": reverse("meetings:attendance", args=[meeting.pk]) if takes else "",
            "sum": sums.meetings.get(meeting.pk),
            "coming": not takes,
        }

    def row(self, slot, form, sums: queries.Sums, past) -> dict:
        names = [forms.cell_name(each.pk, slot) for each in self.columns]
        return {
            "slot": slot,
            "url": reverse("projects:participation", args=[self.edition.pk, slot.participation.pk]),
            "sum": sums.people.get(slot.key, queries.Sum()),
            "cells": [
                {"field": form[name] if name in form.fields else None, "past": cell}
                for name, cell in zip(names, past, strict=True)
            ],
        }
