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


class CorrectionForm(BaseForm):
    """Korekta: a new issue, with the reason that its paper states."""

    error_title = "Korekty nie wydano."
    submit_label = "Wydaj korektę"
    reason = forms.CharField(
        label="Dlaczego korekta",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Będzie na wydruku, np. „dopisano wizyty z września”. Nie wpisuj nazwisk rodzin.",
        error_messages={"required": "Napisz, dlaczego wydajesz korektę."},
    )
