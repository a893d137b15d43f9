"""Pages of the work with a family: its periods, who works with it, and the changes of both."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from families.assignments.actions import (
    assign_assistant,
    end_assignment,
    hand_over,
    set_lead,
    take_on,
)
from families.assignments.basis_forms import BeginForm
from families.assignments.forms import EndAssignmentForm, HandOverForm, LeadForm, StandInForm
from families.assignments.hand_over import mark_of
from families.assignments.models import COUNTING, Assignment
from families.assignments.queries import members_of, period_at_hand, regions_of, uncovered_days
from families.dictionaries import AssignmentKind
from families.sensitive import BASES, hidden_from
from families.views import HANDED_OVER, FamilyForm, FamilyPage
from lubsko_ops.access import Permission, allows
from lubsko_ops.dates import DAY
from lubsko_ops.polish import short_day
from lubsko_ops.reading import Part

NO_WORK = "Z tą rodziną nie trwa teraz praca. Zacznie się, gdy kierownik przydzieli asystenta."


class Work(FamilyPage):
    """Przydzielenie: periods of work, assistants and bases of the present one, the social worker and region."""

    permission = Permission.FAMILY_VIEW
    part = Part.ASSIGNMENT
    page = "families:work"
    template_name = "families/assignments/work.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(page_title="przydzielenie", **kwargs)
        standing, today = context["bar"]["standing"], self.request.today
        period = period_at_hand(standing.periods, on=today)
        bases = [row for row in reversed(standing.all_bases) if period and row.period_id == period.pk]
        rows = [row for row in reversed(standing.all_assignments) if period and row.period_id == period.pk]
        return context | {
            "periods": standing.periods[::-1],
            "period": period,
            "bases": bases,
            "hidden_kinds": hidden_from(self.request.user, BASES),
            "uncovered": uncovered_days(period, bases, on=today) if period else None,
            "assignments": rows,
            "led": any(
                row.kind == AssignmentKind.LEADING and (row.ends_on is None or today <= row.ends_on)
                for row in rows
            ),
            "leads": standing.leads[::-1],
            "regions": regions_of(self.family),
            "open": period is not None and (period.ends_on is None or today <= period.ends_on),
            "may": self.may(),
        }

    def may(self) -> dict:
        """What this person may change here, and the sentence to read instead of the buttons."""
        user, workable = self.request.user, self.family.workable
        assign, basis = allows(user, Permission.ASSIGN), allows(user, Permission.BASIS_RECORD)
        return {
            "assign": assign and workable,
            "why_not_assign": "" if assign else "Asystenta i pracownika socjalnego przydziela kierownik.",
            "basis": basis and workable,
            "why_not_basis": "" if basis else "Podstawę pracy zapisuje pracownik socjalny albo kierownik.",
            "read_only": "" if workable else HANDED_OVER,
        }


class OfWork(FamilyForm):
    """A form about the work with a family.

    ``needs_work``: it opens only while work goes on or is to begin; a form sent when the work has ended comes
    back with what was typed and the deed's own refusal.
    """

    permission = Permission.ASSIGN
    part = Part.ASSIGNMENT
    page = "families:work"
    needs_work = False

    def reach(self, pk, **kwargs):
        super().reach(pk, **kwargs)
        today = self.request.today
        self.period = period_at_hand(self.family.periods.all(), on=today)
        self.open = self.period is not None and (self.period.ends_on is None or today <= self.period.ends_on)

    def get(self, request, *args, **kwargs):
        if self.needs_work and not self.open:
            return self.without_work()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if self.needs_work and self.period is None:
            return self.without_work()
        return super().post(request, *args, **kwargs)

    def without_work(self):
        messages.error(self.request, NO_WORK)
        return redirect(self.work_page)

    @property
    def work_page(self) -> str:
        return self.file_address("families:work")


class ChooseAssistant(OfWork):
    """What the choices of an assistant have in common."""

    template_name = "families/assignments/assign.html"

    @cached_property
    def rows(self) -> list[Assignment]:
        """Assignments of the period, oldest first."""
        if not self.open:
            return []
        return list(self.period.assignments.select_related("assistant").order_by("starts_on", "pk"))

    @property
    def leading(self) -> Assignment | None:
        """The leading assistant of the day, else the one who is to begin."""
        today = self.request.today
        rows = [row for row in self.rows if row.kind == AssignmentKind.LEADING]
        return next((row for row in rows if row.ends_on is None or row.ends_on >= today), None)

    def initial(self):
        return {
            "starts_on": max(self.request.today, self.period.starts_on) if self.open else self.request.today
        }

    def form_kwargs(self):
        return {"family": self.family, "today": self.request.today, "rows": self.rows}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        choices = [("Zmiana asystenta", "families:assign"), ("Zastępstwo", "families:stand-in")]
        ways = [
            {"label": label, "url": self.file_address(name), "current": name == self.deed}
            for label, name in choices
        ]
        return context | {"leading": self.leading, "ways": ways if self.open else []}


class Assign(ChooseAssistant):
    """Przydziel asystenta: begin the work with a family, or hand it over to another leading assistant."""

    @property
    def title(self):
        if not self.open:
            return "Rozpocznij pracę i przydziel asystenta"
        return "Zmień asystenta" if self.leading else "Przydziel asystenta"

    @property
    def form_class(self):
        return HandOverForm if self.open else BeginForm

    def form_kwargs(self):
        common = super().form_kwargs()
        if self.open:
            return common | {"leading": self.leading}
        return common | {"members": members_of(self.family, on=self.request.today)}

    def get_context_data(self, **kwargs):
        # The form carries who led the family when it was opened: what changed since is not overwritten unseen.
        leading = Assignment.objects.filter(period=self.period, kind=AssignmentKind.LEADING)
        return super().get_context_data(mark=mark_of(leading) if self.open else "begin", **kwargs)

    def act(self, form):
        data = {name: form.cleaned_data[name] for name in ("assistant", "starts_on", "override_reason")}
        if not self.open:
            return take_on(family=self.family, bases=form.bases, by=self.request.user, **data)
        return hand_over(
            period=self.period,
            accompany_until=form.cleaned_data["accompany_until"],
            mark=self.request.POST.get("mark", ""),
            by=self.request.user,
            **data,
        )

    def done(self, row):
        return self.work_page, " ".join([*self.what_happened(row), *said_of_limit(row)])

    def what_happened(self, row) -> list[str]:
        day = short_day(row.starts_on)
        if not self.open:
            return [f"{self.family}: praca od {day}, numer sprawy {row.period}, prowadzi {row.assistant}."]
        if row.version > 1:
            return [f"Poprawiono przydzielenie: od {day} rodzinę prowadzi {row.assistant}."]
        beside = row.period.assignments.filter(kind=AssignmentKind.ACCOMPANYING, starts_on=row.starts_on)
        return [
            f"Od {day} rodzinę prowadzi {row.assistant}.",
            *(f"{other.assistant} towarzyszy do {short_day(other.ends_on)}." for other in beside),
        ]


class StandIn(ChooseAssistant):
    """Zastępstwo: somebody works with the family for a time instead of the leading assistant."""

    form_class = StandInForm
    title = "Zastępstwo"
    needs_work = True

    def act(self, form):
        return assign_assistant(
            period=self.period, kind=AssignmentKind.STAND_IN, by=self.request.user, **form.cleaned_data
        )

    def done(self, row):
        days = f"od {short_day(row.starts_on)} do {short_day(row.ends_on)}"
        return self.work_page, " ".join([f"{row.assistant} zastępuje {days}.", *said_of_limit(row)])


def said_of_limit(row: Assignment) -> list[str]:
    return ["Powód przekroczenia limitu jest zapisany."] if row.override_reason else []


class EndAssignment(OfWork):
    """Ends an assignment, or ends it earlier than was planned."""

    form_class = EndAssignmentForm
    template_name = "families/assignments/end_assignment.html"

    def reach(self, pk, assignment, **kwargs):
        super().reach(pk, **kwargs)
        rows = Assignment.objects.filter(period__family=self.family).select_related("assistant", "period")
        self.assignment = get_object_or_404(rows, pk=assignment)

    @property
    def title(self):
        return f"Zakończ przydzielenie: {self.assignment.assistant}"

    def row(self):
        return self.assignment

    def initial(self):
        return {"ends_on": max(self.request.today, self.assignment.starts_on)}

    def act(self, form):
        return end_assignment(
            assignment=self.assignment,
            on=form.cleaned_data["ends_on"],
            version=self.version_started_from(),
            by=self.request.user,
        )

    def done(self, row):
        words = [f"{row.assistant} {row.get_kind_display()} do {short_day(row.ends_on)}."]
        next_day = row.ends_on + DAY
        if row.period.holds_on(next_day) and not row.period.assignments.open_on(next_day).filter(
            kind__in=COUNTING
        ):
            words.append(f"Od {short_day(next_day)} rodzina nie ma asystenta.")
        return self.work_page, " ".join(words)

    def get_context_data(self, **kwargs):
        return super().get_context_data(assignment=self.assignment, **kwargs)


class Lead(OfWork):
    """Prowadzący pracownik socjalny, from a day."""

    form_class = LeadForm
    template_name = "families/assignments/lead.html"
    title = "Prowadzący pracownik socjalny"

    def initial(self):
        return {"since": self.request.today}

    def form_kwargs(self):
        return {"today": self.request.today}

    def act(self, form):
        mark = self.request.POST.get("mark", "")
        return set_lead(family=self.family, mark=mark, by=self.request.user, **form.cleaned_data)

    def done(self, row):
        return self.work_page, f"Od {short_day(row.starts_on)} prowadzi {row.social_worker}."

    def get_context_data(self, **kwargs):
        return super().get_context_data(mark=mark_of(self.family.leads), **kwargs)
