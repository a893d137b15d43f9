"""Forms about telephones of the family and its people."""

from django import forms

from families.people.forms.fields import TodayForm
from families.people.models import Person
from lubsko_ops.core.forms import DayField, form_section, side_by_side
from lubsko_ops.core.phones import clean_phone


class PhoneNumberField(forms.CharField):
    """A telephone number, in its one written form."""

    def clean(self, value):
        return clean_phone(super().clean(value))


class PhoneForm(TodayForm):
    """A number given voluntarily, of one member or of the whole family."""

    failure = "Telefonu nie zapisano."
    button = "Dodaj telefon"
    past_days = ("since",)

    number = PhoneNumberField(
        label="Numer telefonu",
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        error_messages={"required": "Wpisz numer telefonu."},
    )
    person = forms.ModelChoiceField(
        Person.objects.none(), label="Czyj", required=False, empty_label="całej rodziny"
    )
    note = forms.CharField(
        label="Uwaga", max_length=120, required=False, help_text="Np. „po 16”, „dzwonić do sąsiadki”."
    )
    since = DayField(label="Od kiedy")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people

    def layout(self):
        return [
            form_section(
                "", side_by_side("number", "person"), "note", "since", note="Numer podany dobrowolnie."
            )
        ]


class PhoneCorrectForm(PhoneForm):
    """The same number, written rightly."""

    button = "Zapisz telefon"


class EndPhoneForm(TodayForm):
    """The number is no longer current."""

    failure = "Zmiany nie zapisano."
    button = "Oznacz jako nieaktualny"
    past_days = ("on",)

    on = DayField(label="Ostatni dzień, w którym numer był aktualny")
