"""The law that the application applies, for everybody; the citations of acts, which a manager adds."""

from django.http import Http404

from families import law
from families.case_files.law import presenters
from families.case_files.law.forms import (
    CitationAddForm,
    CitationEditForm,
    CitationForm,
    CitationWithdrawForm,
)
from families.case_files.permissions import CITATION_EDIT, LAW_VIEW
from families.employees.rules import requirements_on
from lubsko_ops.centre import actions
from lubsko_ops.centre.models import ActCitation
from lubsko_ops.centre.settings_pages import SettingsFormView, SettingsPageView
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import short_date


class LawView(SettingsPageView):
    """Values, refusals, bases, tasks and acts, each with whether it was checked against the text of the act."""

    permission = LAW_VIEW
    current_page = "law"
    template_name = "case_files/law/law.html"

    def get_context_data(self, **kwargs):
        on = self.request.today
        return super().get_context_data(
            page_title="Podstawy prawne",
            rules=presenters.rule_rows(on=on),
            refusals=presenters.refusals(on=on),
            grounds=law.GROUNDS.values(),
            requirements=requirements_on(on),
            tasks=law.TASKS,
            acts=presenters.act_rows(ActCitation.objects.select_related("entered_by"), on=on),
            can_edit=has_permission(self.request.user, CITATION_EDIT),
            **kwargs,
        )


class CitationFormView(SettingsFormView):
    """Base of the forms about citations."""

    permission = CITATION_EDIT
    current_page = "law"
    template_name = "case_files/law/citation_form.html"


class CitationAddView(CitationFormView):
    """Where an act is published now."""

    form_class: type[CitationForm] = CitationAddForm
    page_title = "Nowe miejsce publikacji aktu"

    def get_initial(self):
        return {"starts_on": self.request.today}

    def perform(self, form):
        return actions.add_citation(by=self.request.user, **form.cleaned_data)

    def get_success_message(self):
        return f"Pisma od {short_date(self.result.starts_on)} przywołują: {self.result.act} ({self.result.journal})."


class OneCitationView(CitationFormView):
    """Base of the forms about one citation (``self.row``)."""

    row: ActCitation

    def setup_object(self, pk, **kwargs):
        row = ActCitation.objects.filter(pk=pk).first()
        if row is None:
            raise Http404
        self.row = row

    def get_instance(self):
        return self.row

    def get_context_data(self, **kwargs):
        return super().get_context_data(row=self.row, **kwargs)


class CitationEditView(OneCitationView):
    """A wrong reference or day, corrected with a reason."""

    form_class = CitationEditForm
    page_title = "Poprawa miejsca publikacji"

    def get_initial(self):
        return self.row.entered_values()

    def perform(self, form):
        return actions.correct_citation(
            row=self.row, by=self.request.user, version=self.opened_version, **form.cleaned_data
        )

    def get_success_message(self):
        return f"Poprawiono: {self.result.act} ({self.result.journal})."


class CitationWithdrawView(OneCitationView):
    """A citation that should not have been added."""

    form_class = CitationWithdrawForm
    page_title = "Wycofanie miejsca publikacji"

    def perform(self, form):
        actions.withdraw_citation(
            row=self.row, by=self.request.user, version=self.opened_version, **form.cleaned_data
        )

    def get_success_message(self):
        return f"Wycofano: {self.row.act} ({self.row.journal})."
