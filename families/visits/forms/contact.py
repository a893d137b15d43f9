"""Forms of a contact and of a safeguarding step."""

from django import forms

from families.choices import CounterpartType
from families.visits.models import Contact
from lubsko_ops.core.form_layout import form_section, side_by_side
from lubsko_ops.core.forms import BaseForm, BaseModelForm, ModelFormMeta, PastDayField

MAX_TEXT_LENGTH = 20_000


class ContactForm(BaseModelForm):
    """A contact: when, how, with whom and about what."""

    error_title = "Kontaktu nie zapisano."
    submit_label = "Zapisz kontakt"

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
    counterpart_type = forms.ChoiceField(
        label="Z kim",
        choices=[("", "wybierz"), *CounterpartType.choices],
        error_messages={"required": "Wybierz, z kim był kontakt."},
    )
    subject = forms.CharField(
        label="Czego dotyczył i co ustalono",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=MAX_TEXT_LENGTH,
        error_messages={"required": "Napisz krótko, czego dotyczył kontakt."},
    )

    class Meta(ModelFormMeta):
        model = Contact
        exclude = Contact.set_by_actions
        widgets = {"counterpart_name": forms.TextInput(attrs={"autocomplete": "off"})}

    def layout(self):
        hours = side_by_side("starts_at", "minutes", kind="two")
        who = side_by_side("channel", "counterpart_type")
        return [form_section("", side_by_side("day", hours), who, "counterpart_name", "subject")]


class SafeguardingAcknowledgeForm(BaseForm):
    """A confirmation without fields."""

    error_title = "Przyjęcia do wiadomości nie zapisano."
    submit_label = "Przyjmuję do wiadomości"


class SafeguardingStepForm(BaseForm):
    """What was done about a concern; ``is_over``: the concern is closed now."""

    error_title = "Wpisu nie zapisano."
    submit_label = "Zapisz wpis"

    day = PastDayField(label="Dzień")
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
