"""The error summary: every error of the form, its rows and its rules in one round, once, with names and links."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.utils.safestring import mark_safe

from lubsko_ops.core.forms import BaseForm, PastDayField


class WaresForm(BaseForm):
    name = forms.CharField(label="Nazwa")
    day = PastDayField(label="Dzień dostawy")

    def clean(self):
        if self.cleaned_data.get("name") == "nic":
            raise ValidationError("Wpisz coś.")
        return self.cleaned_data


class OrderForm(BaseForm):
    row_name = "Towar"
    fields_below_rows = ("note",)
    formset_classes = {"wares": formset_factory(WaresForm, extra=0, min_num=1, validate_min=True)}

    buyer = forms.CharField(label="Kupujący")
    since = PastDayField(label=mark_safe('Od <span class="opt">(nieobowiązkowe)</span>'), required=False)
    sure = forms.BooleanField(label="Na pewno?", error_messages={"required": "Zaznacz, że na pewno."})
    note = forms.CharField(label="Uwaga", max_length=3, required=False)


def summary_of(*rows, **fields) -> list[tuple[str, str]]:
    return ordered(*rows, **fields).error_summary()


def ordered(*rows, **fields) -> OrderForm:
    data = {"wares-TOTAL_FORMS": len(rows), "wares-INITIAL_FORMS": 0} | fields
    for number, row in enumerate(rows):
        data |= {f"wares-{number}-{name}": value for name, value in row.items()}
    form = OrderForm(data)
    form.is_valid()
    return form


def test_all_at_once_in_the_order_of_the_page():
    assert summary_of(
        {"name": "", "day": "31.02.2026"}, {"name": "nic", "day": "01.02.2026"}, since="kiedyś", note="długa"
    ) == [
        ("id_buyer", "Uzupełnij: Kupujący."),
        (
            "id_since",
            "Od: Wpisz datę jako dzień.miesiąc.rok, np. 13.10.2026. Wystarczą same cyfry: 13102026.",
        ),
        ("id_sure", "Zaznacz, że na pewno."),
        ("id_wares-0-name", "Towar 1: Uzupełnij: Nazwa."),
        (
            "id_wares-0-day",
            "Towar 1: Dzień dostawy: Takiego dnia nie ma w kalendarzu. Sprawdź dzień i miesiąc.",
        ),
        ("id_wares-1-name", "Towar 2: Wpisz coś."),
        ("id_note", "Uwaga: Skróć ten tekst do 3 znaków, teraz ma ich 5."),
    ]


def test_an_error_of_all_rows_leads_to_the_rows():
    assert summary_of(buyer="Ewa", sure="on")[0][0] == "wiersze-wares"


@pytest.mark.parametrize(
    ("refusal", "added"),
    [
        ({"since": "Za wcześnie."}, ("id_since", "Od: Za wcześnie.")),
        ("Sklep jest zamknięty.", ("", "Sklep jest zamknięty.")),
        ({"buyer": "Nie ten."}, None),  # the field has an error already
    ],
)
def test_errors_of_rules_stand_with_the_others_once(refusal, added):
    form = ordered({"name": "Mąka", "day": "01.02.2026"}, sure="on")
    before = form.error_summary()
    for _ in range(2):
        form.add_rule_errors(ValidationError(refusal))
    assert sorted(form.error_summary()) == sorted([*before, *([added] if added else [])])
