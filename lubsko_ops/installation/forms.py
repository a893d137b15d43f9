"""Forms of the installation."""

from django import forms

from lubsko_ops.core.forms import BaseForm


class DataExportForm(BaseForm):
    """Asks for an export of all data, with the reason."""

    error_title = "Eksportu nie zamówiono."
    submit_label = "Zamów plik"

    reason = forms.CharField(
        label="Po co",
        max_length=300,
        help_text="Np. archiwum roczne, przejście do innego systemu. Zostanie zapisane z Twoim nazwiskiem.",
        error_messages={"required": "Napisz, po co potrzebny jest plik."},
    )
