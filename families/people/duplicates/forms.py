"""The form that resolves a pair of probable duplicates."""

from django import forms

from families.people.identity import distinct_names
from lubsko_ops.core.forms import BaseForm

DIFFERENT_PEOPLE = "apart"


class DuplicateResolveForm(BaseForm):
    """Merge the records (and which one stays), or different people."""

    error_title = "Niczego nie połączono."
    submit_label = "Zapisz rozstrzygnięcie"

    decision = forms.ChoiceField(
        label="Czy to ta sama osoba?",
        help_text="Przy „tak” wszystko przechodzi na wpis, który zostaje. Gdzie oba należą do jednej rodziny, "
        "zostaje w niej jeden. Połączenia nie można cofnąć.",
        widget=forms.RadioSelect(attrs={"data-look": "check"}),
        error_messages={"required": "Wybierz, czy to ta sama osoba."},
    )

    def __init__(self, *args, person_a, person_b, has_same_pesel: bool, **kwargs):
        super().__init__(*args, **kwargs)
        names = distinct_names([person_a, person_b])
        self.fields["decision"].choices = [
            (person_a.pk, f"Tak. Zostaw wpis pierwszy: {names[person_a.pk]}"),
            (person_b.pk, f"Tak. Zostaw wpis drugi: {names[person_b.pk]}"),
        ]
        if not has_same_pesel:  # the same PESEL always means an error or a duplicate
            self.fields["decision"].choices += [(DIFFERENT_PEOPLE, "Nie, to różne osoby")]
