"""The form that resolves a pair of probable duplicates."""

from django import forms
from django.utils.text import capfirst

from families.people.duplicates.actions import NOT_DECIDED
from families.people.identity import distinct_names
from lubsko_ops.core.forms import BaseForm

DIFFERENT_PEOPLE = "apart"


class DuplicateResolveForm(BaseForm):
    """Merge the records (and which one stays), or different people; where they contradict, which row stays."""

    error_title = "Niczego nie połączono."
    submit_label = "Zapisz rozstrzygnięcie"

    decision = forms.ChoiceField(
        label="Czy to ta sama osoba?",
        help_text="Przy „tak” wszystko przechodzi na wpis, który zostaje. Gdzie oba należą do jednej rodziny, "
        "zostaje w niej jeden. Połączenie można cofnąć, dopóki nikt nie zmieni wpisów o tej osobie.",
        widget=forms.RadioSelect(attrs={"data-look": "check"}),
        error_messages={"required": "Wybierz, czy to ta sama osoba."},
    )

    mark_optional = False  # a choice is needed for one of the decisions

    def __init__(self, *args, person_a, person_b, has_same_pesel: bool, contradictions, **kwargs):
        super().__init__(*args, **kwargs)
        names = distinct_names([person_a, person_b])
        self.contradictions = contradictions
        for each in contradictions:  # nothing is preset: it is the manager who decides
            self.fields[each.key] = forms.ChoiceField(
                label=capfirst(each.subject),
                help_text="Wpisy mówią co innego. Przy „tak” wybierz, który zostaje. Drugi zobaczysz w historii.",
                choices=each.options,
                widget=forms.RadioSelect(attrs={"data-look": "check"}),
                required=False,
            )
        self.fields["decision"].choices = [
            (person_a.pk, f"Tak. Zostaw wpis pierwszy: {names[person_a.pk]}"),
            (person_b.pk, f"Tak. Zostaw wpis drugi: {names[person_b.pk]}"),
        ]
        if not has_same_pesel:  # the same PESEL always means an error or a duplicate
            self.fields["decision"].choices += [(DIFFERENT_PEOPLE, "Nie, to różne osoby")]

    def clean(self):
        data = super().clean() or self.cleaned_data
        if data.get("decision") not in (None, DIFFERENT_PEOPLE):
            for each in self.contradictions:
                if not data.get(each.key) and each.key not in self.errors:
                    self.add_error(each.key, NOT_DECIDED)
        return data

    @property
    def decisions(self) -> dict[str, str]:
        """The row that stays, by key of the contradiction."""
        return {each.key: self.cleaned_data[each.key] for each in self.contradictions}


class MergeUndoForm(BaseForm):
    """Why a merge is undone."""

    error_title = "Niczego nie cofnięto."
    submit_label = "Cofnij połączenie"

    why = forms.CharField(
        label="Dlaczego cofasz połączenie?",
        max_length=300,
        error_messages={"required": "Napisz, dlaczego cofasz połączenie."},
    )
