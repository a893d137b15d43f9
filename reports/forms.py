"""The manager's (or the assistant's) own words in a report."""

from django import forms

from lubsko_ops.core.forms import BaseForm

LONGEST = 20_000


class TextForm(BaseForm):
    """Wnioski i potrzeby."""

    failure = "Wniosków nie zapisano."
    button = "Zapisz wnioski"
    text = forms.CharField(
        label="Wnioski i potrzeby",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Wejdą do wydruku jako ostatni rozdział. Nie wpisuj nazwisk rodzin.",
    )
