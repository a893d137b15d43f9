"""Forms of the reports."""

from django import forms

from lubsko_ops.core.forms import BaseForm

MAX_TEXT_LENGTH = 20_000


class QuarterTextForm(BaseForm):
    """Wnioski i potrzeby."""

    error_title = "Wniosków nie zapisano."
    submit_label = "Zapisz wnioski"
    text = forms.CharField(
        label="Wnioski i potrzeby",
        required=False,
        max_length=MAX_TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Wejdą do wydruku jako ostatni rozdział. Nie wpisuj nazwisk rodzin.",
    )


class IssueForm(BaseForm):
    """Wydanie do podpisu: a mere confirmation."""

    error_title = "Sprawozdania nie wydano."
    submit_label = "Wydaj do podpisu"
