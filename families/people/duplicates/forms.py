"""The form that judges a pair of persons alike."""

from django import forms

from lubsko_ops.core.forms import BaseForm

APART = "apart"


class PairForm(BaseForm):
    """One person, and which row stays; or two persons."""

    failure = "Niczego nie połączono."
    button = "Zapisz rozstrzygnięcie"

    decision = forms.ChoiceField(
        label="Czy to ta sama osoba?",
        help_text="Przy „tak” wszystko przechodzi na wpis, który zostaje. Gdzie oba należą do jednej rodziny, "
        "zostaje w niej jeden. Połączenia nie można cofnąć.",
        widget=forms.RadioSelect(attrs={"data-look": "check"}),
        error_messages={"required": "Wybierz, czy to ta sama osoba."},
    )

    def __init__(self, *args, person_a, person_b, same_number: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [
            (person_a.pk, f"Tak. Zostaw wpis pierwszy: {person_a}"),
            (person_b.pk, f"Tak. Zostaw wpis drugi: {person_b}"),
        ]
        if not same_number:  # two persons never share a PESEL: then the wrong number is to be corrected
            self.fields["decision"].choices += [(APART, "Nie, to różne osoby")]
