"""Forms of a contact and of a safeguarding step."""

from django import forms

from families.choices import ContactChannel, CounterpartType
from families.visits.models import Contact
from lubsko_ops.core.forms import BaseForm, DayField, HourField, form_section, side_by_side

MAX_TEXT_LENGTH = 20_000


class ContactForm(BaseForm):
    """A contact: when, how, with whom and about what."""

    # Form fields whose names differ from the fields of the model.
    MODEL_FIELDS = {
        "way": "channel",
        "party": "counterpart_type",
        "who": "counterpart_name",
        "about": "subject",
    }

    error_title = "Kontaktu nie zapisano."
    submit_label = "Zapisz kontakt"

    day = DayField(label="Data")
    starts_at = HourField(label="Godzina", required=False)
    minutes = forms.IntegerField(
        label="Ile minut",
        required=False,
        min_value=1,
        max_value=720,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "num-in", "autocomplete": "off"}),
        error_messages={
            "invalid": "Wpisz liczbę minut, np. 15.",
            "min_value": "Wpisz co najmniej 1 minutę.",
            "max_value": "Kontakt dłuższy niż 12 godzin? Popraw liczbę minut.",
        },
    )
    way = forms.ChoiceField(label="Sposób", choices=ContactChannel.choices)
    party = forms.ChoiceField(
        label="Z kim",
        choices=[("", "wybierz"), *CounterpartType.choices],
        error_messages={"required": "Wybierz, z kim był kontakt."},
    )
    who = forms.CharField(
        label="Imię, nazwisko, funkcja",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    about = forms.CharField(
        label="Czego dotyczył i co ustalono",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=MAX_TEXT_LENGTH,
        error_messages={"required": "Napisz krótko, czego dotyczył kontakt."},
    )

    def layout(self):
        hours = side_by_side("starts_at", "minutes", kind="two")
        return [form_section("", side_by_side("day", hours), side_by_side("way", "party"), "who", "about")]

    def contact_data(self) -> dict:
        """Keyword arguments of the actions."""
        return {self.MODEL_FIELDS.get(name, name): value for name, value in self.cleaned_data.items()}

    @classmethod
    def initial_of(cls, contact: Contact) -> dict:
        return {name: getattr(contact, cls.MODEL_FIELDS.get(name, name)) for name in cls.base_fields}


class SafeguardingStepForm(BaseForm):
    """What was done about a concern; ``is_over``: the concern is closed now."""

    error_title = "Kroku nie zapisano."
    submit_label = "Zapisz krok"

    day = DayField(label="Dzień")
    what = forms.CharField(
        label="Co zrobiono",
        help_text="Kto był, co sprawdził, co ustalono, kogo zawiadomiono.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=MAX_TEXT_LENGTH,
        error_messages={"required": "Napisz, co zrobiono."},
    )
    closes = forms.BooleanField(
        label="Zagrożenie ustało",
        help_text="Zaznacz, gdy sprawdzono, że dziecko jest bezpieczne.",
        required=False,
    )
    reopens = forms.BooleanField(
        label="Zagrożenie trwa nadal",
        help_text="Zaznacz, gdy zamknięto je przez pomyłkę albo okazało się, że nie ustało. Wróci do spraw do "
        "sprawdzenia.",
        required=False,
    )

    def __init__(self, *args, is_over: bool, **kwargs):
        self.is_over = is_over
        super().__init__(*args, **kwargs)

    def layout(self):
        return ["day", "what", "reopens" if self.is_over else "closes"]
