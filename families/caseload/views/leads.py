"""Pages for the lead social worker: assign, correct, cancel."""

from django.shortcuts import get_object_or_404

from families.caseload.actions import assign_lead_worker
from families.caseload.corrections import (
    cancel_lead_worker,
    correct_lead_worker,
)
from families.caseload.forms.assignments import CancelForm, LeadWorkerCorrectForm, LeadWorkerForm
from families.caseload.labels import days_label
from families.caseload.succession import version_token
from families.caseload.views.assignments import redirect_if_not_cancellable
from families.caseload.views.work import WorkFormView
from lubsko_ops.core.polish import short_date


class LeadWorkerAssignView(WorkFormView):
    """Prowadzący pracownik socjalny: set the lead social worker from a day."""

    part = "prowadzi"
    form_class = LeadWorkerForm
    template_name = "caseload/lead_worker.html"
    page_title = "Prowadzący pracownik socjalny"

    def get_initial(self):
        return {"since": self.request.today}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"today": self.request.today}

    def perform(self, form):
        token = self.request.POST.get("mark", "")
        return assign_lead_worker(family=self.family, token=token, by=self.request.user, **form.cleaned_data)

    def get_success_message(self):
        return f"Od {short_date(self.result.starts_on)} prowadzi {self.result.social_worker}."

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            version_token=version_token(self.family.leads),
            lead_worker=self.header["case_state"].lead_worker,
            **kwargs,
        )


class LeadWorkerFormView(WorkFormView):
    """Base of forms about one lead social worker row."""

    part = "prowadzi"

    def setup_object(self, pk, lead, **kwargs):
        super().setup_object(pk, **kwargs)
        self.lead = get_object_or_404(self.family.leads.select_related("social_worker"), pk=lead)

    def get_instance(self):
        return self.lead


class LeadWorkerCorrectView(LeadWorkerFormView):
    """Popraw prowadzącego: correct the person and first day, with a reason."""

    form_class = LeadWorkerCorrectForm
    template_name = "caseload/correct.html"

    @property
    def page_title(self):
        return f"Popraw: prowadzi {self.lead.social_worker}"

    def get_initial(self):
        return {"social_worker": self.lead.social_worker_id, "starts_on": self.lead.starts_on}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"today": self.request.today, "current": self.lead.social_worker}

    def perform(self, form):
        return correct_lead_worker(
            lead=self.lead,
            version=self.opened_version,
            by=self.request.user,
            **form.cleaned_data,
        )

    def get_success_message(self):
        return f"Poprawiono: {self.result.social_worker} prowadzi {days_label(self.result)}."


class LeadWorkerCancelView(LeadWorkerFormView):
    """Odwołaj prowadzącego: cancel one that is planned but not needed, or was entered by mistake today."""

    form_class = CancelForm
    template_name = "caseload/cancel.html"

    @property
    def page_title(self):
        return f"Odwołaj: {self.lead.social_worker} prowadzi {days_label(self.lead)}"

    def get(self, request, *args, **kwargs):
        return redirect_if_not_cancellable(self, self.lead) or super().get(request, *args, **kwargs)

    def perform(self, form):
        version, why = self.opened_version, form.cleaned_data["why"]
        return cancel_lead_worker(lead=self.lead, why=why, version=version, by=self.request.user)

    def get_success_message(self):
        sentences = [f"Odwołano: {self.lead.social_worker} prowadzi {days_label(self.lead)}."]
        sentences += [f"Prowadzi {each.social_worker} {days_label(each)}." for each in self.result]
        return " ".join(sentences)
