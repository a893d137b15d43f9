"""Forms of the centre's data, its coat of arms and its norms."""

import re

from django import forms
from django.core.exceptions import ValidationError

from lubsko_ops.centre.models import Centre, NormValue
from lubsko_ops.centre.norms import Norm
from lubsko_ops.core.form_layout import form_section, side_by_side
from lubsko_ops.core.forms import BaseForm, BaseModelForm, ModelFormMeta, PlannedDayField
from lubsko_ops.core.phones import clean_phone

WEBSITE = re.compile(r"[a-z0-9ąćęłńóśźż.\-]+\.[a-z]{2,}(/\S*)?", re.IGNORECASE)


class CentreForm(BaseModelForm):
    """What pages and papers say about the centre."""

    error_title = "Danych ośrodka nie zapisano."
    submit_label = "Zapisz dane ośrodka"

    class Meta(ModelFormMeta):
        model = Centre
        exclude = Centre.set_by_actions
        labels = {
            "name": "Pełna nazwa",
            "name_genitive": "Nazwa w dopełniaczu",
            "name_locative": "Nazwa w miejscowniku",
            "short_name": "Skrót",
            "locality": "Miejscowość",
            "address_line": "Adres",
            "phone": "Telefon",
            "email": "E-mail",
            "website": "Strona internetowa",
            "foot": "Stopka pism",
            "data_processing": "Informacja o przetwarzaniu danych osobowych",
            "problem_contact": "Kontakt w razie problemów z aplikacją",
        }
        help_texts = {
            "name": "Tak zaczyna się każde pismo.",
            "name_genitive": "Kierownik… czego? Np. „Ośrodka Pomocy Społecznej w Lubsku”.",
            "name_locative": "Praca w… czym? Np. „Ośrodku Pomocy Społecznej w Lubsku”.",
            "short_name": "Stoi u dołu każdej strony aplikacji, np. „MGOPS Lubsko”.",
            "locality": "Staje przed datą pisma.",
            "address_line": "Ulica, numer, kod i miejscowość.",
            "foot": "Drukuje się pod każdym pismem, np. NIP, REGON, numer rachunku, godziny przyjęć.",
            "data_processing": "Kto jest administratorem danych, jak napisać do inspektora, "
            "jakie prawa ma rodzina (art. 13 RODO).",
            "problem_contact": "Do kogo pracownik dzwoni, gdy aplikacja nie działa: imię i nazwisko, telefon, godziny.",
        }
        widgets = {
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
            "foot": forms.Textarea(attrs={"rows": 2}),
            "data_processing": forms.Textarea(attrs={"rows": 8}),
            "problem_contact": forms.Textarea(attrs={"rows": 2}),
        }

    def layout(self):
        return [
            form_section(
                "Nazwa", "name", "name_genitive", "name_locative", side_by_side("short_name", "locality")
            ),
            form_section(
                "Adres i kontakt w nagłówku",
                "address_line",
                side_by_side("phone", "email"),
                "website",
                "foot",
            ),
            form_section("Teksty ośrodka", "problem_contact", "data_processing"),
        ]

    def clean_phone(self):
        return clean_phone(self.cleaned_data["phone"])

    def clean_website(self):
        website = re.sub(r"^https?://", "", self.cleaned_data["website"], flags=re.IGNORECASE).rstrip("/")
        if website and not WEBSITE.fullmatch(website):
            raise ValidationError("Wpisz adres strony, np. ops.lubsko.pl.")
        return website

    def clean_foot(self):
        return " ".join(self.cleaned_data["foot"].split())


class CoatOfArmsForm(BaseForm):
    """A picture for the letterhead."""

    error_title = "Herbu nie zapisano."
    submit_label = "Zapisz herb"

    picture = forms.FileField(
        label="Plik PNG albo SVG",
        help_text="Najwyżej 300 kB. Na piśmie ma 18 mm wysokości.",
        widget=forms.FileInput(attrs={"accept": ".png,.svg,image/png,image/svg+xml"}),
        error_messages={
            "required": "Wybierz plik z herbem.",
            "empty": "Ten plik jest pusty. Wybierz inny.",
            "missing": "Wybierz plik z herbem.",
            "invalid": "Pliku nie przesłano. Wybierz go jeszcze raz.",
        },
    )
    label = forms.CharField(
        label="Co przedstawia",
        max_length=120,
        help_text="Dla osób, które słuchają pisma zamiast je oglądać, np. „Herb Lubska”.",
    )


class CoatOfArmsRemoveForm(BaseForm):
    error_title = "Herbu nie usunięto."
    submit_label = "Drukuj pisma bez herbu"


class NormForm(BaseModelForm):
    """Another value of a norm from a day on."""

    error_title = "Normy nie zapisano."
    submit_label = "Zapisz normę"

    class Meta(ModelFormMeta):
        model = NormValue
        exclude = NormValue.set_by_actions
        field_classes = {"starts_on": PlannedDayField}
        labels = {"starts_on": "Od dnia", "decided_by": "Podstawa", "why": "Dlaczego"}
        help_texts = {"decided_by": "Kto ustalił, np. „zarządzenie kierownika nr 6/2026”."}

    def __init__(self, *args, norm: Norm, **kwargs):
        super().__init__(*args, **kwargs)
        if norm.choices:
            self.fields["value"] = forms.TypedChoiceField(
                label="Nowa wartość", choices=list(norm.choices.items()), coerce=int, widget=forms.RadioSelect
            )
        else:
            unit = norm.forms.split(",")[2]
            self.fields["value"] = forms.IntegerField(
                label=f"Ile {unit}",
                min_value=norm.minimum,
                max_value=norm.maximum,
                widget=forms.TextInput(
                    attrs={"inputmode": "numeric", "class": "num-in", "autocomplete": "off"}
                ),
                error_messages=dict.fromkeys(
                    ("required", "invalid", "min_value", "max_value"),
                    f"Wpisz liczbę od {norm.minimum} do {norm.maximum}.",
                ),
            )

    def layout(self):
        return [side_by_side("value", "starts_on"), "decided_by", "why"]


class NormWithdrawForm(BaseForm):
    """The reason for withdrawing an announced value."""

    error_title = "Zapowiedzi nie wycofano."
    submit_label = "Wycofaj zapowiedź"

    why = forms.CharField(label="Dlaczego", max_length=300)


class NormsConfirmForm(BaseForm):
    error_title = "Wartości nie zatwierdzono."
    submit_label = "Zatwierdź wartości standardowe"
