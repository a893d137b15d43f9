"""Form pages of invoices: enter one after another, correct, remove; explain a difference."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lubsko_ops.core.parsing import parse_int
from projects.actions import NOT_AUTHOR, NOT_COUNTED
from projects.form_views import ProjectFormView
from projects.models import BudgetLine, Invoice
from projects.money import actions, forms
from projects.money.queries import invoices_of, load_positions, unusual
from projects.money.views import BUDGET, MoneyMixin
from projects.papers import money
from projects.permissions import PROJECT_WRITE, may_write
from projects.rules import COUNTED_STATES

LAST = 5  # invoices shown below the form


class MoneyFormView(MoneyMixin, ProjectFormView):
    """A form about the money of a project, for its authors and the manager, until it is settled."""

    permission = PROJECT_WRITE
    template_name = "projects/money/form_page.html"

    def setup_object(self, pk, **kwargs):
        super().setup_object(pk)
        if not may_write(self.edition, self.request.user):
            raise PermissionDenied(NOT_AUTHOR)

    def get_refusal(self):
        return "" if self.edition.state in COUNTED_STATES else NOT_COUNTED

    def get_cancel_url(self):
        return self.project_url(BUDGET)


class InvoiceAddView(MoneyFormView):
    """Enter an invoice; afterwards the page opens for the next one of the same position."""

    form_class = forms.InvoiceForm
    template_name = "projects/money/invoice_add.html"
    page_title = "Dodaj fakturę"

    def get_refusal(self):
        if not (refusal := super().get_refusal()) and not self.positions:
            return "Projekt nie ma pozycji budżetu, więc nie ma do czego wpisać wydatku."
        return refusal

    def get_instance(self):
        return None

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"lines": [each.line for each in self.positions]}

    def get_initial(self):
        number = parse_int(self.request.GET.get("pozycja"))
        line = next((each.line for each in self.positions if each.line.position == number), None)
        return {"line": line}

    def get_confirmations(self, form):
        return unusual(self.edition, form.instance, self.positions)

    def perform(self, form):
        return actions.add_invoice(edition=self.edition, data=form.instance, by=self.request.user)

    def get_success_url(self):
        return f"{self.request.path}?pozycja={self.result.line.position}"

    def get_success_message(self):
        row = self.result
        position = next(each for each in load_positions(self.edition) if each.line.pk == row.line_id)
        left = f"Zostało {money(position.left)} zł z pozycji {row.line.position}. {row.line.name}."
        return f"Zapisano fakturę {row.number}, {money(row.amount)} zł. {left}"

    def get_context_data(self, **kwargs):
        last = invoices_of(self.edition).order_by("-pk")[:LAST]
        return super().get_context_data(last=last, **kwargs)


class SavedInvoiceView(MoneyFormView):
    """A form about a saved invoice."""

    invoice: Invoice

    def setup_object(self, pk, invoice, **kwargs):
        super().setup_object(pk)
        row = invoices_of(self.edition).filter(pk=invoice).first()
        if row is None:
            raise Http404
        self.invoice = row

    def get_instance(self):
        return self.invoice

    def get_cancel_url(self):
        return self.project_url("projects:invoices") + f"?pozycja={self.invoice.line.position}"

    def get_success_url(self):
        row = self.result or self.invoice
        return self.project_url("projects:invoices") + f"?pozycja={row.line.position}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(invoice=self.invoice, **kwargs)


class InvoiceCorrectView(SavedInvoiceView):
    """Correct an invoice, with the reason."""

    form_class = forms.InvoiceCorrectionForm
    template_name = "projects/money/invoice_correct.html"

    @property
    def page_title(self):
        return f"Popraw fakturę {self.invoice.number}"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"lines": [each.line for each in self.positions]}

    def get_initial(self):
        return self.invoice.entered_values()

    def get_confirmations(self, form):
        form.instance.pk = self.invoice.pk
        return unusual(self.edition, form.instance, self.positions)

    def perform(self, form):
        return actions.correct_invoice(
            invoice=self.invoice,
            data=form.instance,
            why=form.cleaned_data["why"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return f"Poprawiono fakturę {self.result.number}."


class InvoiceRemoveView(SavedInvoiceView):
    """Remove an invoice entered by mistake."""

    form_class = forms.InvoiceRemovalForm
    template_name = "projects/money/invoice_remove.html"
    keeps_drafts = False

    @property
    def page_title(self):
        return f"Usuń fakturę {self.invoice.number}"

    def get_initial(self):
        return {}

    def perform(self, form):
        return actions.remove_invoice(
            invoice=self.invoice,
            why=form.cleaned_data["why"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return f"Usunięto fakturę {self.invoice.number}."


class DifferenceView(MoneyFormView):
    """Explain why more or less was spent on a position than planned."""

    form_class = forms.DifferenceForm
    line: BudgetLine

    def setup_object(self, pk, line, **kwargs):
        super().setup_object(pk)
        position = next((each for each in self.positions if each.line.position == line), None)
        if position is None:
            raise Http404
        self.line, self.position = position.line, position

    @property
    def page_title(self):
        return f"Wyjaśnij różnicę: {self.line.position}. {self.line.name}"

    def get_instance(self):
        return self.line

    def get_initial(self):
        return {"difference": self.line.difference}

    def perform(self, form):
        text = form.cleaned_data["difference"]
        return actions.explain_difference(
            line=self.line, text=text, version=self.opened_version, by=self.request.user
        )

    def get_success_url(self):
        return self.get_cancel_url()

    def get_success_message(self):
        return f"Zapisano wyjaśnienie do pozycji {self.line.position}."

    def get_context_data(self, **kwargs):
        return super().get_context_data(position=self.position, **kwargs)
