"""Forms of invoices and of the explanation of a difference."""

from django import forms

from lubsko_ops.core.form_layout import side_by_side
from lubsko_ops.core.forms import BaseForm, BaseModelForm, PastDayField
from projects.models import BudgetLine, Invoice
from projects.money.actions import NO_POSITION, refusals
from projects.row_forms import ProjectFormMeta, ReasonField


class InvoiceForm(BaseModelForm):
    """A new invoice."""

    error_title = "Faktury nie zapisano."
    submit_label = "Zapisz i dodaj następną"

    line = forms.ModelChoiceField(
        BudgetLine.objects.none(),
        label="Pozycja budżetu",
        empty_label="wybierz",
        error_messages={"required": NO_POSITION, "invalid_choice": NO_POSITION},
    )
    day = PastDayField(label="Z dnia")

    class Meta(ProjectFormMeta):
        model = Invoice
        fields = ("line", "day", "number", "amount", "purpose", "supplier")

    def __init__(self, *args, lines: list[BudgetLine], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = BudgetLine.objects.filter(pk__in=[line.pk for line in lines])
        names = [(line.pk, f"{line.position}. {line.name}") for line in lines]
        self.fields["line"].choices = [("", "wybierz"), *names]
        if self.get_initial_for_field(self.fields["line"], "line") and not self.is_bound:
            self.fields["day"].widget.attrs["autofocus"] = True  # the next of the same position

    def layout(self):
        return [side_by_side("line", "day"), side_by_side("number", "amount"), "purpose", "supplier"]

    def clean_number(self):
        return " ".join(self.cleaned_data["number"].split())

    def clean(self):
        """What the action refuses, before anything is asked."""
        data = super().clean()
        for name, refusal in refusals(data.get("day"), data.get("amount")).items():
            self.add_error(name, refusal)
        return data


class InvoiceCorrectionForm(InvoiceForm):
    """A saved invoice, with the reason for the change."""

    submit_label = "Zapisz poprawkę"
    why = ReasonField("Dlaczego poprawka")

    def layout(self):
        return [*super().layout(), "why"]


class InvoiceRemovalForm(BaseForm):
    error_title = "Faktury nie usunięto."
    submit_label = "Usuń fakturę"
    why = ReasonField("Powód")


class DifferenceForm(BaseForm):
    error_title = "Wyjaśnienia nie zapisano."
    submit_label = "Zapisz wyjaśnienie"
    difference = forms.CharField(
        label="Dlaczego wydano inaczej, niż zaplanowano",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wejdzie do sprawozdania z projektu.",
    )
