"""Forms about phone numbers of the family and its members."""

from django import forms

from families.people.forms.fields import PastDatesForm, PersonChoiceField
from families.people.models import Person, Phone
from lubsko_ops.core.form_layout import form_section, side_by_side
from lubsko_ops.core.forms import BaseModelForm, ModelFormMeta, PastDayField
from lubsko_ops.core.phones import clean_phone


class PhoneNumberField(forms.CharField):
    """A phone number, normalised."""

    def clean(self, value):
        return clean_phone(super().clean(value))


class PhoneForm(PastDatesForm, BaseModelForm):
    """A phone number of one member or of the whole family."""

    error_title = "Telefonu nie zapisano."
    submit_label = "Dodaj telefon"
    past_days = ("starts_on",)

    number = PhoneNumberField(
        label="Numer telefonu",
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        error_messages={"required": "Wpisz numer telefonu."},
    )
    person = PersonChoiceField(
        Person.objects.none(), label="Czyj", required=False, empty_label="całej rodziny"
    )

    class Meta(ModelFormMeta):
        model = Phone
        exclude = Phone.set_by_actions
        field_classes = {"starts_on": PastDayField}
        labels = {"starts_on": "Od kiedy"}
        help_texts = {"note": "Np. „po 16”, „dzwonić do sąsiadki”."}

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people

    def layout(self):
        return [
            form_section(
                "", side_by_side("number", "person"), "note", "starts_on", note="Numer podany dobrowolnie."
            )
        ]


class PhoneCorrectForm(PhoneForm):
    """Corrects a phone number."""

    submit_label = "Zapisz telefon"


class PhoneEndForm(PastDatesForm):
    """Sets the last day on which the number was current."""

    error_title = "Zmiany nie zapisano."
    submit_label = "Oznacz jako nieaktualny"
    past_days = ("on",)

    on = PastDayField(label="Ostatni dzień, w którym numer był aktualny")
