"""The form about the family itself: its name, category and problems."""

from django import forms

from families.people.forms.fields import TodayForm, category_field, problems_field
from lubsko_ops.core.forms import DayField


class FamilyEditForm(TodayForm):
    """What the family is called, and the category and problems it has from a day."""

    failure = "Danych rodziny nie zapisano."
    button = "Zapisz dane rodziny"
    past_days = ("since",)

    name = forms.CharField(
        label="Nazwa rodziny",
        max_length=160,
        help_text="Liczba mnoga nazwiska, np. Kowalscy.",
        error_messages={"required": "Wpisz nazwę rodziny."},
    )
    category = category_field()
    problems = problems_field("Problemy")
    since = DayField(
        label="Od kiedy tak jest",
        help_text="Dotyczy kategorii i problemów. Do dnia poprzedniego zostaje, co było.",
    )

    def __init__(self, *args, has_category: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if has_category:  # a category may be changed, not taken away
            self.fields["category"].choices = self.fields["category"].choices[1:]
