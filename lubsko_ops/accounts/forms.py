"""Forms for accounts."""

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError

from lubsko_ops.core.forms import BaseForm


class FirstAdministratorForm(BaseForm):
    """The first account of an empty installation."""

    error_title = "Konta nie założono."
    submit_label = "Załóż konto administratora"

    first_name = forms.CharField(label="Imię", max_length=80)
    last_name = forms.CharField(label="Nazwisko", max_length=120)
    username = forms.SlugField(
        label="Nazwa użytkownika",
        max_length=60,
        help_text="Małe litery bez polskich znaków, np. jkowalski.",
        error_messages={"invalid": "Użyj liter bez polskich znaków, cyfr, myślnika albo podkreślenia."},
    )
    password = forms.CharField(
        label="Hasło",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=" ".join(password_validators_help_texts()),
        strip=False,
    )
    again = forms.CharField(
        label="Hasło jeszcze raz",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def clean_again(self):
        if self.cleaned_data.get("password") != self.cleaned_data["again"]:
            raise ValidationError("Hasła się różnią. Wpisz je jeszcze raz.")
        return self.cleaned_data["again"]
