"""Pages for legal bases of the work: add, end, correct, cancel."""

from datetime import date

from django.shortcuts import get_object_or_404

from families.caseload.actions import BasisData, add_basis, end_basis
from families.caseload.corrections import (
    cancel_basis,
    correct_basis,
)
from families.caseload.forms.assignments import (
    CancelForm,
)
from families.caseload.forms.bases import BasisCorrectForm, BasisEndForm, BasisForm
from families.caseload.labels import (
    MISSING_BASIS_ADVICE,
    basis_label,
)
from families.caseload.models import LegalBasis
from families.caseload.permissions import BASIS_RECORD
from families.caseload.queries import find_basis_gaps, living_members
from families.caseload.views.work import WorkFormView
from families.permissions import SENSITIVE_BASES, hidden_values
from lubsko_ops.core.polish import short_date


def missing_basis_note(basis: LegalBasis, *, on: date) -> str:
    """Polish sentences about days of work left without any basis; empty when there are none."""
    gaps = find_basis_gaps(basis.period, basis.period.bases.all(), on=on)
    sentences = [f"Praca nie ma podstawy w dniach {gaps.past[-1].name}."] if gaps.past else []
    sentences += [f"Od {short_date(gaps.next_gap_on)} praca nie ma podstawy."] if gaps.next_gap_on else []
    return " ".join([*sentences, MISSING_BASIS_ADVICE] if sentences else [])


class BasisAddView(WorkFormView):
    """Dodaj podstawę: another person's consent, a court order."""

    part = "podstawa"
    permission = BASIS_RECORD
    form_class = BasisForm
    template_name = "caseload/basis.html"
    page_title = "Dodaj podstawę pracy"
    needs_work = True

    def get_initial(self):
        return {"starts_on": self.request.today}

    def get_form_kwargs(self):
        today = self.request.today
        return super().get_form_kwargs() | {"members": living_members(self.family, on=today), "today": today}

    def perform(self, form):
        basis = BasisData(**form.cleaned_data)
        return add_basis(period=self.period, data=basis, by=self.request.user)

    def get_success_message(self):
        return f"Zapisano podstawę: {basis_label(self.result)}."


class BasisFormView(WorkFormView):
    """Base of forms about one basis that the user may see."""

    part = "podstawa"
    permission = BASIS_RECORD
    template_name = "caseload/basis.html"

    def setup_object(self, pk, basis, **kwargs):
        super().setup_object(pk, **kwargs)
        hidden = hidden_values(self.request.user, SENSITIVE_BASES)
        rows = LegalBasis.objects.filter(period__family=self.family).exclude(kind__in=hidden)
        self.basis = get_object_or_404(rows.select_related("person", "period"), pk=basis)

    def get_instance(self):
        return self.basis


class BasisEndView(BasisFormView):
    """Koniec podstawy: consent withdrawn, order lifted. The message warns when no other basis is in force."""

    form_class = BasisEndForm

    @property
    def page_title(self):
        return f"Zakończ podstawę: {basis_label(self.basis)}"

    def get_initial(self):
        return {"ends_on": max(self.request.today, self.basis.starts_on)}

    def perform(self, form):
        return end_basis(
            basis=self.basis,
            on=form.cleaned_data["ends_on"],
            why=form.cleaned_data["why"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        basis = self.result
        message = f"Podstawa „{basis_label(basis)}” obowiązuje do {short_date(basis.ends_on)}."
        return f"{message} {missing_basis_note(basis, on=basis.ends_on)}".strip()


class BasisCorrectView(BasisFormView):
    """Popraw podstawę: correct kind, person, reference and days, with a reason."""

    form_class = BasisCorrectForm

    @property
    def page_title(self):
        return f"Popraw podstawę: {basis_label(self.basis)}"

    def get_initial(self):
        row = self.basis
        facts = {"kind": row.kind, "person": row.person_id or "", "reference": row.reference}
        return facts | {"starts_on": row.starts_on, "ends_on": row.ends_on}

    def get_form_kwargs(self):
        today = self.request.today
        return super().get_form_kwargs() | {
            "members": living_members(self.family, on=today, include=self.basis.person_id),
            "today": today,
        }

    def perform(self, form):
        data = dict(form.cleaned_data)
        ends_on, why = data.pop("ends_on"), data.pop("why")
        return correct_basis(
            basis=self.basis,
            data=BasisData(**data),
            ends_on=ends_on,
            why=why,
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        message = f"Poprawiono podstawę: {basis_label(self.result)}."
        return f"{message} {missing_basis_note(self.result, on=self.request.today)}".strip()


class BasisCancelView(BasisFormView):
    """Odwołaj podstawę: cancel a basis that never existed."""

    form_class = CancelForm
    template_name = "caseload/cancel.html"

    @property
    def page_title(self):
        return f"Odwołaj podstawę: {basis_label(self.basis)}"

    def perform(self, form):
        version, why = self.opened_version, form.cleaned_data["why"]
        cancel_basis(basis=self.basis, why=why, version=version, by=self.request.user)
        return self.basis

    def get_success_message(self):
        return f"Odwołano podstawę: {basis_label(self.result)}."
