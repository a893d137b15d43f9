"""Pages of the basis of work: one more, and the end of one."""

from django.shortcuts import get_object_or_404

from families.assignments.actions import BasisData, add_basis, end_basis
from families.assignments.basis_forms import BasisForm, EndBasisForm
from families.assignments.models import WorkBasis
from families.assignments.queries import members_of, uncovered_days
from families.assignments.views import OfWork
from families.sensitive import BASES, hidden_from
from lubsko_ops.access import Permission
from lubsko_ops.polish import short_day

WHAT_FOLLOWS = "Zakończ pracę, zmień podstawę albo zawiadom sąd."


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
        return {"members": members_of(self.family, on=today), "today": today}

    def act(self, form):
        basis = BasisData(**form.cleaned_data)
        return add_basis(period=self.period, data=basis, by=self.request.user)

    def done(self, basis):
        return self.work_page, f"Zapisano podstawę: {words_of(basis)}."


class EndBasis(OfWork):
    """Koniec podstawy: consent withdrawn, order lifted. Says what must follow when nothing else holds."""

    permission = Permission.BASIS_RECORD
    form_class = EndBasisForm
    template_name = "families/assignments/basis.html"

    def reach(self, pk, basis, **kwargs):
        super().reach(pk, **kwargs)
        hidden = hidden_from(self.request.user, BASES)
        rows = WorkBasis.objects.filter(period__family=self.family).exclude(kind__in=hidden)
        self.basis = get_object_or_404(rows.select_related("person", "period"), pk=basis)

    @property
    def title(self):
        return f"Zakończ podstawę: {words_of(self.basis)}"

    def row(self):
        return self.basis

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
        words = f"Podstawa „{words_of(basis)}” obowiązuje do {short_day(basis.ends_on)}."
        uncovered = uncovered_days(basis.period, basis.period.bases.all(), on=basis.ends_on)
        if uncovered.from_day:
            words += f" Od {short_day(uncovered.from_day)} praca nie ma podstawy. {WHAT_FOLLOWS}"
        return self.work_page, words


def words_of(basis: WorkBasis) -> str:
    """ "zgoda, Danuta Kowalska, od 04.03.2026"."""
    facts = [
        basis.get_kind_display(),
        str(basis.person or ""),
        basis.reference,
        f"od {short_day(basis.starts_on)}",
    ]
    return ", ".join(fact for fact in facts if fact)
