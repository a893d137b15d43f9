"""Forms that correct the record: dates of a membership, rows entered in error."""

from django import forms

from families.people.forms.fields import PastDatesForm
from lubsko_ops.core.form_layout import side_by_side
from lubsko_ops.core.forms import BaseForm, PastDayField


class MembershipDatesForm(PastDatesForm):
    """The first and last day of a membership."""

    error_title = "Dat nie poprawiono."
    submit_label = "Zapisz daty"
    past_days = ("starts_on", "ends_on")

    starts_on = PastDayField(label="Pierwszy dzień")
    ends_on = PastDayField(
        label="Ostatni dzień", required=False, help_text="Zostaw puste, jeśli to trwa albo osoba nie odeszła."
    )

    def layout(self):
        return [side_by_side("starts_on", "ends_on")]


class EnteredInErrorForm(BaseForm):
    """The reason for deleting a row entered in error."""

    error_title = "Wpisu nie usunięto."
    submit_label = "Usuń błędny wpis"

    why = forms.CharField(
        label="Na czym polegała pomyłka",
        max_length=300,
        help_text="Zostanie w historii rodziny, np. „wpisano dwa razy”, „inna rodzina o tym nazwisku”.",
        error_messages={"required": "Napisz, na czym polegała pomyłka."},
    )


class MembershipEnteredInErrorForm(EnteredInErrorForm):
    """Deletes the whole person or only the latest change, which had ended the previous row, or the latest return."""

    what = forms.ChoiceField(
        label="Co wpisano przez pomyłkę",
        widget=forms.RadioSelect(attrs={"data-look": "check"}),
        error_messages={"required": "Wybierz, co wpisano przez pomyłkę."},
    )
    field_order = ["what", "why"]

    CHANGE, PERSON = "change", "person"

    def __init__(self, *args, change: str, **kwargs):
        self.change = change
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [
            (self.CHANGE, f"Tylko {change}"),
            (self.PERSON, "Całą osobę: nigdy nie należała do tej rodziny."),
        ]
        self.fields["what"].required = bool(change)

    def layout(self):
        return ["what", "why"] if self.change else ["why"]

    @property
    def is_only_change(self) -> bool:
        return bool(self.change) and self.cleaned_data["what"] == self.CHANGE
