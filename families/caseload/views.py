"""Pages of the work with a family: its periods, who works with it, and the changes of both."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from families.base_views import HANDED_OVER, FamilyFormView, FamilyPageView
from families.caseload.actions import assign_lead_worker, end_assignment
from families.caseload.forms import EndAssignmentForm, LeadForm
from families.caseload.labels import BASIS_PERMISSION_NOTE, MISSING_BASIS_ADVICE
from families.caseload.models import COUNTED_KINDS, Assignment
from families.caseload.queries import current_period, find_basis_gaps, region_history
from families.caseload.succession import is_cancellable, version_token
from families.choices import AssignmentKind
from families.sensitive_facts import SENSITIVE_BASES, hidden_values
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.permissions import Permission, has_permission
from lubsko_ops.core.polish import short_date

NO_WORK = "Z tą rodziną nie trwa teraz praca. Zacznie się, gdy kierownik przydzieli asystenta."


class Work(FamilyPageView):
    """Praca: periods of work, assistants and bases of the present one, the social worker and region."""

    permission = Permission.FAMILY_VIEW
    access_area = AccessArea.ASSIGNMENT
    page = "families:work"
    template_name = "families/assignments/work.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(page_title="praca", **kwargs)
        standing, today = context["bar"]["standing"], self.request.today
        period = current_period(standing.periods, on=today)
        bases = [row for row in reversed(standing.all_bases) if period and row.period_id == period.pk]
        rows = [row for row in reversed(standing.all_assignments) if period and row.period_id == period.pk]
        may = self.may()
        self.offer(may, assignments=rows, bases=bases, leads=standing.leads)
        return context | {
            "periods": standing.periods[::-1],
            "period": period,
            "bases": bases,
            "hidden_kinds": hidden_values(self.request.user, SENSITIVE_BASES),
            "uncovered": find_basis_gaps(period, bases, on=today) if period else None,
            "assignments": rows,
            "led": any(
                row.kind == AssignmentKind.LEADING and (row.ends_on is None or today <= row.ends_on)
                for row in rows
            ),
            "leads": standing.leads[::-1],
            "regions": region_history(self.family),
            "open": period is not None and (period.ends_on is None or today <= period.ends_on),
            "may": may,
        }

    def offer(self, may, *, assignments, bases, leads) -> None:
        """Beside each row what may be done with it."""
        today = self.request.today
        for row in assignments if may["assign"] else ():
            running = row.starts_on <= today and (row.ends_on is None or today <= row.ends_on)
            row.deeds = self.deeds(row, "assignment", end=running, call_off=is_cancellable(row))
        for row in leads if may["assign"] else ():
            row.deeds = self.deeds(row, "lead", end=False, call_off=is_cancellable(row))
        hidden = hidden_values(self.request.user, SENSITIVE_BASES)
        for row in bases if may["basis"] else ():
            if row.kind not in hidden:
                row.deeds = self.deeds(row, "basis", end=row.ends_on is None, call_off=len(bases) > 1)

    def deeds(self, row, of: str, *, end: bool, call_off: bool) -> list[dict]:
        """Links of one row: label, address, and of which row, for those who hear the page."""
        offered = (("Zakończ", "end", end), ("Popraw", "correct", True), ("Odwołaj", "call-off", call_off))
        return [
            {
                "label": label,
                "url": reverse(f"families:{of}-{deed}", args=[self.family.pk, row.pk]),
                "what": row,
            }
            for label, deed, wanted in offered
            if wanted
        ]

    def may(self) -> dict:
        """What this person may change here, and the sentence to read instead of the buttons."""
        user, workable = self.request.user, self.family.workable
        assign, basis = has_permission(user, Permission.ASSIGN), has_permission(user, Permission.BASIS_RECORD)
        return {
            "assign": assign and workable,
            "why_not_assign": "" if assign else "Asystenta i pracownika socjalnego przydziela kierownik.",
            "basis": basis and workable,
            "new_basis": MISSING_BASIS_ADVICE if basis and workable else BASIS_PERMISSION_NOTE,
            "why_not_basis": "" if basis else BASIS_PERMISSION_NOTE,
            "read_only": "" if workable else HANDED_OVER,
        }


class OfWork(FamilyFormView):
    """A form about the work with a family.

    ``needs_work``: it opens only while work goes on or is to begin; a form sent when the work has ended comes
    back with what was typed and the deed's own refusal.
    """

    permission = Permission.ASSIGN
    access_area = AccessArea.ASSIGNMENT
    page = "families:work"
    needs_work = False

    def setup_object(self, pk, **kwargs):
        super().setup_object(pk, **kwargs)
        today = self.request.today
        self.period = current_period(self.family.periods.all(), on=today)
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


class OfAssignment(OfWork):
    """A form about one assignment of the family."""

    def setup_object(self, pk, assignment, **kwargs):
        super().setup_object(pk, **kwargs)
        rows = Assignment.objects.filter(period__family=self.family).select_related("assistant", "period")
        self.assignment = get_object_or_404(rows, pk=assignment)

    def row(self):
        return self.assignment

    def get_context_data(self, **kwargs):
        return super().get_context_data(assignment=self.assignment, **kwargs)


class EndAssignment(OfAssignment):
    """Ends an assignment, or ends it earlier than was planned."""

    form_class = EndAssignmentForm
    template_name = "families/assignments/end_assignment.html"

    @property
    def title(self):
        return f"Zakończ przydzielenie: {self.assignment.assistant}"

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
        words = [f"{row.assistant} {row.get_kind_display()} do {short_date(row.ends_on)}."]
        next_day = row.ends_on + ONE_DAY
        if row.period.is_active_on(next_day) and not row.period.assignments.active_on(next_day).filter(
            kind__in=COUNTED_KINDS
        ):
            words.append(f"Od {short_date(next_day)} rodzina nie ma asystenta.")
        return self.work_page, " ".join(words)


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
        return assign_lead_worker(family=self.family, mark=mark, by=self.request.user, **form.cleaned_data)

    def done(self, row):
        return self.work_page, f"Od {short_date(row.starts_on)} prowadzi {row.social_worker}."

    def get_context_data(self, **kwargs):
        return super().get_context_data(mark=version_token(self.family.leads), **kwargs)


class OfLead(OfWork):
    """A form about one row of who leads the family."""

    def setup_object(self, pk, lead, **kwargs):
        super().setup_object(pk, **kwargs)
        self.lead = get_object_or_404(self.family.leads.select_related("social_worker"), pk=lead)

    def row(self):
        return self.lead
