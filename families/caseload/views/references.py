"""Znak sprawy of a work period, and the list of periods without one."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404

from families.caseload.forms.references import CaseReferenceForm
from families.caseload.models import WorkPeriod
from families.caseload.permissions import ASSIGN, REFERENCES_AREA
from families.caseload.references import MISSING_REASON, counting_symbols, number_case, record_reference
from families.caseload.views.work import WorkFormView
from families.people.models import Family
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.audit.base_views import KeysetListView
from lubsko_ops.centre.dictionaries.filing import family_work_symbol
from lubsko_ops.centre.settings_pages import SettingsMixin
from lubsko_ops.core.keyset_list import Sort
from lubsko_ops.core.links import reverse


class CaseReferenceView(WorkFormView):
    """Znak sprawy: take it from the counter, type or correct it."""

    form_class = CaseReferenceForm
    template_name = "caseload/case_reference.html"
    part = "okresy"

    def setup_object(self, pk, period, **kwargs):
        super().setup_object(pk, **kwargs)
        self.work = get_object_or_404(self.family.periods.all(), pk=period)

    def get_instance(self):
        return self.work

    @property
    def page_title(self):
        verb = "Popraw znak" if self.work.case_reference else "Znak"
        return f"{verb} sprawy {self.work.number}"

    def get_initial(self):
        symbols = counting_symbols(self.work, today=self.request.today)
        return {"case_reference": self.work.case_reference, "source": str(next(iter(symbols), ""))}

    def get_form_kwargs(self):
        symbols = counting_symbols(self.work, today=self.request.today)
        return super().get_form_kwargs() | {"symbols": symbols, "current": self.work.case_reference}

    def check_rules(self, form):
        if self.work.case_reference and not form.cleaned_data.get("why"):
            raise ValidationError({"why": MISSING_REASON})

    def perform(self, form):
        common = {"period": self.work, "version": self.opened_version, "by": self.request.user}
        if form.year:
            return number_case(year=form.year, **common)
        data = form.cleaned_data
        return record_reference(case_reference=data["case_reference"], why=data.get("why", ""), **common)

    def get_success_message(self):
        reference = self.result.case_reference
        return f"Znak sprawy {reference}." if reference else "Usunięto znak sprawy."


class MissingReferenceView(CaseReferenceView):
    """The same form opened from the list of periods without a reference, to which it leads back."""

    template_name = "caseload/missing_reference.html"

    def get_cancel_url(self):
        return reverse("missing-references")

    def get_success_url(self):
        return self.get_cancel_url()

    def get_success_message(self):
        message = super().get_success_message()
        return f"{self.family}: {message[0].lower()}{message[1:]}"


class MissingReferencesView(SettingsMixin, KeysetListView):
    """Work periods without znak sprawy, the last begun first."""

    permission = ASSIGN
    access_area = REFERENCES_AREA
    current_page = "missing-references"
    template_name = "caseload/missing_references.html"
    sorts = (Sort("od", "od najdawniejszej", "od najnowszej", ("starts_on",), descending=True),)

    def get_queryset(self):
        families = Family.objects.visible_to(self.request.user, on=self.request.today)
        return WorkPeriod.objects.filter(case_reference="", family__in=families).select_related("family")

    def prepare_rows(self, rows):
        note_shown(row.family_id for row in rows)
        return rows

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page_title="Sprawy bez znaku",
            symbol=family_work_symbol(self.request.today.year),
            **kwargs,
        )
