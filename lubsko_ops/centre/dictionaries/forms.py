"""Forms of the dictionaries."""

import re

from django import forms

from lubsko_ops.accounts.models import Region
from lubsko_ops.centre.dictionaries.choices import Accessibility, FilingPurpose
from lubsko_ops.centre.dictionaries.models import FilingSymbol, Institution, MeetingPlace
from lubsko_ops.core.form_layout import form_section, side_by_side
from lubsko_ops.core.forms import BaseForm, BaseModelForm, DayField, ModelFormMeta, WholeNumberField


def why_field(help_text: str) -> forms.CharField:
    """The reason of a change, kept in the history."""
    return forms.CharField(
        label="Dlaczego",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=help_text,
        error_messages={"required": "Podaj powód. Zostaje w historii."},
    )


class RegionNameForm(BaseModelForm):
    """The name of a region."""

    class Meta(ModelFormMeta):
        model = Region
        exclude = Region.set_by_actions
        labels = {"name": "Nazwa rejonu"}
        help_texts = {"name": "Na przykład: Rejon II, wsie gminy."}
        error_messages = {"name": {"required": "Wpisz nazwę rejonu."}}


class InstitutionForm(BaseModelForm):
    """An institution with which the centre works."""

    class Meta(ModelFormMeta):
        model = Institution
        exclude = Institution.set_by_actions
        labels = {"name": "Pełna nazwa"}
        widgets = {"phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})}
        error_messages = {
            "name": {"required": "Wpisz nazwę instytucji."},
            "kind": {"required": "Wybierz rodzaj instytucji."},
        }

    def layout(self):
        return ["kind", "name", "address", side_by_side("phone", "email"), "note"]


class MeetingPlaceForm(BaseModelForm):
    """A place where groups meet."""

    accessible = forms.ChoiceField(
        label="Dostępne na wózku", required=False, choices=[("", "nie sprawdzono"), *Accessibility.choices]
    )

    class Meta(ModelFormMeta):
        model = MeetingPlace
        exclude = MeetingPlace.set_by_actions
        help_texts = {"address": "Na przykład: ul. Przykładowa 3, sala 12."}
        error_messages = {
            "name": {"required": "Wpisz nazwę miejsca."},
            "capacity": {"invalid": "Wpisz liczbę osób, np. 20."},
        }

    def layout(self):
        return ["name", "address", side_by_side("capacity", "accessible")]


class CloseForm(BaseForm):
    """The day from which forms no longer offer an entry."""

    error_title = "Wpisu nie zamknięto."
    submit_label = "Zamknij wpis"

    closed_from = DayField(
        label="Od kiedy zamknięty",
        help_text="Od tego dnia formularze już go nie proponują. Stare wpisy zostają.",
    )
    why = why_field("Na przykład: połączenie rejonów, likwidacja placówki.")


class ReopenForm(BaseForm):
    """The reason for which a closed entry is offered again."""

    error_title = "Wpisu nie otwarto."
    submit_label = "Otwórz ponownie"

    why = why_field("Na przykład: zamknięto przez pomyłkę.")


class RemoveForm(BaseForm):
    """The reason for which an entry that nothing refers to is removed."""

    error_title = "Wpisu nie usunięto."
    submit_label = "Usuń wpis"

    why = why_field("Na przykład: wpisano dwa razy.")


# ---- filing ------------------------------------------------------------------------------------------
class FilingSymbolForm(BaseModelForm):
    """A symbol of the centre's filing plan."""

    error_title = "Symbolu nie zapisano."

    category = forms.CharField(
        label="Kategoria archiwalna",
        max_length=8,
        help_text="A, B albo BE z liczbą lat przechowywania (B5, BE10), albo Bc.",
    )
    purpose = forms.ChoiceField(
        label="Do czego aplikacja go używa",
        required=False,
        choices=[("", "do niczego, tylko w słowniku"), *FilingPurpose.choices],
    )

    class Meta(ModelFormMeta):
        model = FilingSymbol
        exclude = FilingSymbol.set_by_actions
        labels = {
            "unit": "Znak komórki organizacyjnej",
            "symbol": "Symbol klasyfikacyjny",
            "title": "Hasło",
            "year_from": "Od roku",
            "year_to": "Do roku",
            "numbered_elsewhere": "Numery nadajemy poza aplikacją",
        }
        help_texts = {
            "unit": "Początek znaku sprawy, taki jak w instrukcji kancelaryjnej ośrodka.",
            "symbol": "Same cyfry, z wykazu akt ośrodka.",
            "title": "Nazwa klasy w wykazie akt.",
            "year_to": "Zostaw puste, jeśli nadal obowiązuje.",
            "numbered_elsewhere": "Spis spraw prowadzicie na papierze albo w EZD, a znak sprawy wpisujecie z ręki.",
        }

    def layout(self):
        return [
            form_section("Symbol", side_by_side("unit", "symbol"), "title", side_by_side("category")),
            form_section("Lata", side_by_side("year_from", "year_to")),
            form_section("Znak sprawy", "purpose", "numbered_elsewhere"),
        ]

    def clean_category(self):
        """ "be 10", "B-5" as people write them."""
        typed = re.sub(r"[\s-]", "", self.cleaned_data["category"])
        return "Bc" if typed.lower() == "bc" else typed.upper()


class CounterForm(BaseForm):
    """The last number used in a year."""

    error_title = "Licznika nie zapisano."
    submit_label = "Zapisz licznik"

    last = WholeNumberField(
        label="Ostatni numer w spisie spraw tego roku",
        min_value=0,
        max_value=999_999,
        help_text="Numer ostatniej sprawy wpisanej poza aplikacją. Następny znak dostanie numer o jeden wyższy.",
        error_messages={"required": "Wpisz numer; 0, jeśli w tym roku nie ma jeszcze żadnej sprawy."},
    )
