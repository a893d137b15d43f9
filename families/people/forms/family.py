"""Forms about the family: its name, category and problems; the day of the household."""

from django import forms

from families.people.forms.fields import PastDatesForm, category_field, problems_field
from lubsko_ops.core.forms import DayField, PastDayField


class FamilyEditForm(PastDatesForm):
    """The name of the family, and its category and problems from a day."""

    error_title = "Danych rodziny nie zapisano."
    submit_label = "Zapisz dane rodziny"
    past_days = ("since",)

    name = forms.CharField(
        label="Nazwa rodziny",
        max_length=160,
        help_text="Liczba mnoga nazwiska, np. Kowalscy.",
        error_messages={"required": "Wpisz nazwę rodziny."},
    )
    category = category_field()
    problems = problems_field("Problemy")
    since = PastDayField(
        label="Od kiedy tak jest",
        help_text="Dotyczy kategorii i problemów. Do poprzedniego dnia obowiązują dotychczasowe dane.",
    )

    def __init__(self, *args, has_category: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if has_category:  # a category may be changed but not removed
            self.fields["category"].choices = self.fields["category"].choices[1:]


class HouseholdDayForm(forms.Form):
    """The day of the household, from the query string."""

    dzien = DayField(label="Gospodarstwo na dzień", required=False)
