"""Forms that mend what was entered wrongly: "Popraw" writes it rightly, "Odwołaj" takes it back."""

from django import forms

from families.caseload.basis_forms import BasisForm
from families.caseload.forms import LeadForm, OverLimit
from families.choices import AssignmentKind
from lubsko_ops.core.forms import BaseForm, DayField, side_by_side


def reason(label: str, help_text: str) -> forms.CharField:
    """Why it was changed: the text that stays in the history."""
    return forms.CharField(
        label=label,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=help_text,
        error_messages={"required": "Podaj powód. Zostaje w historii teczki."},
    )


def why_corrected() -> forms.CharField:
    return reason("Dlaczego poprawiasz", "Na przykład: pomyłka w dacie, zły numer pisma.")


class CallOffForm(BaseForm):
    """Why a row is taken back as if it had never been."""

    failure = "Nie odwołano."
    button = "Odwołaj"

    why = reason("Dlaczego odwołujesz", "Na przykład: wpis w złej teczce, zmiana planów.")


class CallOffAssignmentForm(CallOffForm):
    """The same, and whether those who made room have the family again. ``before``: "Anna Sikora prowadzi"."""

    give_back = forms.BooleanField(label="Przywróć to, co było przedtem", required=False, initial=True)

    def __init__(self, *args, before: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        if before:
            self.fields["give_back"].label += f": {before}"
        else:
            del self.fields["give_back"]
            self.helper.layout.fields.remove("give_back")


class CorrectBasisForm(BasisForm):
    """A basis written rightly; without a last day it holds until further notice."""

    failure = "Podstawy nie poprawiono."
    button = "Popraw podstawę"

    ends_on = DayField(
        label="Ostatni dzień",
        required=False,
        help_text="Puste: obowiązuje nadal.",
    )
    why = why_corrected()

    def layout(self) -> list:
        return ["kind", "person", "reference", side_by_side("starts_on", "ends_on"), "why"]


class CorrectAssignmentForm(OverLimit):
    """The days of an assignment written rightly. ``kind`` says whether a last day is needed."""

    failure = "Przydzielenia nie poprawiono."
    button = "Popraw"
    mark_optional = False

    starts_on = DayField(label="Od dnia")
    ends_on = DayField(label="Do dnia", required=False, help_text="Puste: do odwołania.")
    why = why_corrected()
    field_order = ("starts_on", "ends_on", "override_reason", "why")

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        if kind == AssignmentKind.STAND_IN:
            self.fields["ends_on"].required, self.fields["ends_on"].help_text = True, ""

    def layout(self) -> list:
        asked = ["override_reason"] if self.limit_reached else []
        return [side_by_side("starts_on", "ends_on"), *asked, "why"]


class CorrectLeadForm(LeadForm):
    """The leading social worker written rightly: who, and from which day."""

    failure = "Nie poprawiono."
    button = "Popraw"

    since = None
    starts_on = DayField(label="Od dnia")
    why = why_corrected()
