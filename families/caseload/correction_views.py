"""Pages that mend what was entered wrongly: "Popraw" and "Odwołaj" of a basis, an assignment, a leading worker."""

from django.contrib import messages
from django.shortcuts import redirect

from families.caseload.actions import BasisData
from families.caseload.basis_views import OfBasis, what_follows
from families.caseload.correction_forms import (
    CallOffAssignmentForm,
    CallOffForm,
    CorrectAssignmentForm,
    CorrectBasisForm,
    CorrectLeadForm,
)
from families.caseload.corrections import (
    cancel_assignment,
    cancel_basis,
    cancel_lead_worker,
    cancellation_refusal,
    correct_assignment,
    correct_basis,
    correct_lead_worker,
)
from families.caseload.labels import assignment_label, basis_label, days_label, limit_override_notes
from families.caseload.predecessors import predecessors_of
from families.caseload.queries import living_members
from families.caseload.views import OfAssignment, OfLead
from lubsko_ops.core.polish import join_list


class CorrectBasis(OfBasis):
    """Popraw podstawę: its kind, person, reference and days, with the reason."""

    form_class = CorrectBasisForm

    @property
    def title(self):
        return f"Popraw podstawę: {basis_label(self.basis)}"

    def initial(self):
        row = self.basis
        facts = {"kind": row.kind, "person": row.person_id or "", "reference": row.reference}
        return facts | {"starts_on": row.starts_on, "ends_on": row.ends_on}

    def form_kwargs(self):
        today = self.request.today
        return {"members": living_members(self.family, on=today, also=self.basis.person_id), "today": today}

    def act(self, form):
        data = dict(form.cleaned_data)
        ends_on, why = data.pop("ends_on"), data.pop("why")
        return correct_basis(
            basis=self.basis,
            data=BasisData(**data),
            ends_on=ends_on,
            why=why,
            version=self.version_started_from(),
            by=self.request.user,
        )

    def done(self, basis):
        words = f"Poprawiono podstawę: {basis_label(basis)}."
        return self.work_page, f"{words} {what_follows(basis, on=self.request.today)}".strip()


class CallOffBasis(OfBasis):
    """Odwołaj podstawę: there never was one."""

    form_class = CallOffForm
    template_name = "families/assignments/call_off.html"

    @property
    def title(self):
        return f"Odwołaj podstawę: {basis_label(self.basis)}"

    def act(self, form):
        version, why = self.version_started_from(), form.cleaned_data["why"]
        cancel_basis(basis=self.basis, why=why, version=version, by=self.request.user)
        return self.basis

    def done(self, basis):
        return self.work_page, f"Odwołano podstawę: {basis_label(basis)}."


class CorrectAssignment(OfAssignment):
    """Popraw przydzielenie: its days, with the reason."""

    form_class = CorrectAssignmentForm
    template_name = "families/assignments/correct.html"

    @property
    def title(self):
        return f"Popraw przydzielenie: {self.assignment.assistant}"

    def initial(self):
        return {"starts_on": self.assignment.starts_on, "ends_on": self.assignment.ends_on}

    def form_kwargs(self):
        return {"kind": self.assignment.kind}

    def act(self, form):
        return correct_assignment(
            assignment=self.assignment,
            version=self.version_started_from(),
            by=self.request.user,
            **form.cleaned_data,
        )

    def done(self, row):
        words = f"Poprawiono: {assignment_label(row)}."
        return self.work_page, " ".join([words, *limit_override_notes(row)])


class CallOff(OfAssignment):
    """Odwołaj przydzielenie: planned and not needed, or entered by mistake today."""

    form_class = CallOffAssignmentForm
    template_name = "families/assignments/call_off.html"

    @property
    def title(self):
        return f"Odwołaj: {assignment_label(self.assignment)}"

    def get(self, request, *args, **kwargs):
        return refused(self, self.assignment) or super().get(request, *args, **kwargs)

    def form_kwargs(self):
        rows = self.assignment.period.assignments.select_related("assistant")
        before = [
            f"{gave.who} {gave.row.get_kind_display()}" for gave in predecessors_of(self.assignment, rows)
        ]
        return {"before": join_list(before)}

    def act(self, form):
        return cancel_assignment(
            assignment=self.assignment,
            why=form.cleaned_data["why"],
            give_back=form.cleaned_data.get("give_back", False),
            version=self.version_started_from(),
            by=self.request.user,
        )

    def done(self, given_back):
        words = [f"Odwołano: {assignment_label(self.assignment)}."]
        words += [f"{assignment_label(each)}." for each in given_back]
        return self.work_page, " ".join(words)


class CorrectLead(OfLead):
    """Popraw prowadzącego: who and from which day, with the reason."""

    form_class = CorrectLeadForm
    template_name = "families/assignments/correct.html"

    @property
    def title(self):
        return f"Popraw: prowadzi {self.lead.social_worker}"

    def initial(self):
        return {"social_worker": self.lead.social_worker_id, "starts_on": self.lead.starts_on}

    def form_kwargs(self):
        return {"today": self.request.today, "now": self.lead.social_worker}

    def act(self, form):
        return correct_lead_worker(
            lead=self.lead,
            version=self.version_started_from(),
            by=self.request.user,
            **form.cleaned_data,
        )

    def done(self, row):
        return self.work_page, f"Poprawiono: {row.social_worker} prowadzi {days_label(row)}."


class CallOffLead(OfLead):
    """Odwołaj prowadzącego: planned and not needed, or entered by mistake today."""

    form_class = CallOffForm
    template_name = "families/assignments/call_off.html"

    @property
    def title(self):
        return f"Odwołaj: {self.lead.social_worker} prowadzi {days_label(self.lead)}"

    def get(self, request, *args, **kwargs):
        return refused(self, self.lead) or super().get(request, *args, **kwargs)

    def act(self, form):
        version, why = self.version_started_from(), form.cleaned_data["why"]
        return cancel_lead_worker(lead=self.lead, why=why, version=version, by=self.request.user)

    def done(self, given_back):
        words = [f"Odwołano: {self.lead.social_worker} prowadzi {days_label(self.lead)}."]
        words += [f"Prowadzi {each.social_worker} {days_label(each)}." for each in given_back]
        return self.work_page, " ".join(words)


def refused(view, row):
    """Back to the page with the reason when the row cannot be called off; None when it can."""
    if sentence := cancellation_refusal(row):
        messages.error(view.request, sentence)
        return redirect(view.work_page)
    return None
