"""Pages of the basis of work: one more, and the end of one."""

from datetime import date

from django.shortcuts import get_object_or_404

from families.caseload.actions import BasisData, add_basis, end_basis
from families.caseload.basis_forms import BasisForm, EndBasisForm
from families.caseload.labels import MISSING_BASIS_ADVICE, basis_label
from families.caseload.models import LegalBasis
from families.caseload.queries import find_basis_gaps, living_members
from families.caseload.views import OfWork
from families.sensitive_facts import SENSITIVE_BASES, hidden_values
from lubsko_ops.core.permissions import Permission
from lubsko_ops.core.polish import short_date


def what_follows(basis: LegalBasis, *, on: date) -> str:
    """What the message adds when days of the work are left without any basis; empty when all is well."""
    found = find_basis_gaps(basis.period, basis.period.bases.all(), on=on)
    gap = found.past[-1].name if found.past else ""
    words = [f"Praca nie ma podstawy w dniach {gap}."] if gap else []
    words += [f"Od {short_date(found.from_day)} praca nie ma podstawy."] if found.from_day else []
    return " ".join([*words, MISSING_BASIS_ADVICE] if words else [])


class AddBasis(OfWork):
    """Dodaj podstawę: a consent of one more person, an order of the court."""

    permission = Permission.BASIS_RECORD
    form_class = BasisForm
    template_name = "families/assignments/basis.html"
    title = "Dodaj podstawę pracy"
    needs_work = True

    def initial(self):
        return {"starts_on": self.request.today}

    def form_kwargs(self):
        today = self.request.today
        return {"members": living_members(self.family, on=today), "today": today}

    def act(self, form):
        basis = BasisData(**form.cleaned_data)
        return add_basis(period=self.period, data=basis, by=self.request.user)

    def done(self, basis):
        return self.work_page, f"Zapisano podstawę: {basis_label(basis)}."


class OfBasis(OfWork):
    """A form about one basis of the work that the person may see."""

    permission = Permission.BASIS_RECORD
    template_name = "families/assignments/basis.html"

    def setup_object(self, pk, basis, **kwargs):
        super().setup_object(pk, **kwargs)
        hidden = hidden_values(self.request.user, SENSITIVE_BASES)
        rows = LegalBasis.objects.filter(period__family=self.family).exclude(kind__in=hidden)
        self.basis = get_object_or_404(rows.select_related("person", "period"), pk=basis)

    def row(self):
        return self.basis


class EndBasis(OfBasis):
    """Koniec podstawy: consent withdrawn, order lifted. Says what must follow when nothing else holds."""

    form_class = EndBasisForm

    @property
    def title(self):
        return f"Zakończ podstawę: {basis_label(self.basis)}"

    def initial(self):
        return {"ends_on": max(self.request.today, self.basis.starts_on)}

    def act(self, form):
        return end_basis(
            basis=self.basis,
            on=form.cleaned_data["ends_on"],
            why=form.cleaned_data["why"],
            version=self.version_started_from(),
            by=self.request.user,
        )

    def done(self, basis):
        words = f"Podstawa „{basis_label(basis)}” obowiązuje do {short_date(basis.ends_on)}."
        return self.work_page, f"{words} {what_follows(basis, on=basis.ends_on)}".strip()
