"""Form of the znak sprawy of a work period."""

import re

from django import forms

from families.caseload.forms.assignments import correction_reason_field
from lubsko_ops.centre.models import CASE_REFERENCE_VALIDATOR, FilingSymbol
from lubsko_ops.core.forms import BaseForm

TYPED = "wpisany"


class CaseReferenceField(forms.CharField):
    """Znak sprawy as it stands in the list of cases; spaces around the dots are dropped."""

    default_validators = [CASE_REFERENCE_VALIDATOR]

    def __init__(self, **kwargs):
        super().__init__(label="Znak sprawy", max_length=80, **kwargs)

    def to_python(self, value):
        return re.sub(r"\s*\.\s*", ".", super().to_python(value)).strip()


class CaseReferenceForm(BaseForm):
    """Znak sprawy, typed or from a counter; with a reason when there was one.

    ``symbols``: those that give a number, by year. ``current``: the reference so far.
    """

    error_title = "Znaku sprawy nie zapisano."
    submit_label = "Zapisz znak sprawy"
    mark_optional = False  # which of them is needed depends on the other

    source = forms.ChoiceField(
        label="Skąd znak", widget=forms.RadioSelect(attrs={"data-look": "check"}), required=False
    )
    case_reference = CaseReferenceField(
        required=False, help_text="Komórka, symbol, numer i rok po kropkach, tak jak w spisie spraw."
    )
    why = correction_reason_field()

    def __init__(self, *args, symbols: dict[int, FilingSymbol], current: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.current = current
        # The action asks for the reason: somebody may have given the case a reference while this form was open.
        self.fields["why"].required = False
        if current:
            self.fields["case_reference"].help_text = "Zostaw puste, jeśli ta sprawa nie ma znaku."
        else:
            del self.fields["why"]
        if symbols and not current:
            self.fields["source"].choices = [
                *(
                    (str(year), f"następny numer z licznika: {each}.….{year}")
                    for year, each in symbols.items()
                ),
                (TYPED, "wpiszę znak ze spisu spraw"),
            ]
        else:
            del self.fields["source"]

    @property
    def year(self) -> int | None:
        """The year of the counter that was chosen; None for a typed reference."""
        source = self.cleaned_data.get("source", "")
        return int(source) if source and source != TYPED else None

    def clean(self):
        data = super().clean()
        if self.current or "case_reference" in self.errors or "source" in self.errors:
            return data
        typed, source = data.get("case_reference"), data.get("source", "")
        if source and source != TYPED and typed:
            self.add_error(
                "case_reference", "Usuń wpisany znak albo zaznacz, że wpisujesz go ze spisu spraw."
            )
        elif (not source or source == TYPED) and not typed:
            self.add_error("case_reference", "Wpisz znak sprawy.")
        return data
