"""Forms of results: readings of one day with sums spent, one saved reading, what computes a goal."""

from decimal import Decimal

from django import forms

from lubsko_ops.core import clock
from lubsko_ops.core.form_layout import form_section, side_by_side
from lubsko_ops.core.forms import BaseForm, BaseModelForm, PastDayField
from lubsko_ops.core.polish import number, short_date
from projects.document import ProjectData
from projects.indicators.computed import NO_NUMBER, ComputedNumber
from projects.indicators.rules import Indicator, day_refusal, in_unit
from projects.models import IndicatorReading, SpecificGoal
from projects.results.actions import NO_SOURCE
from projects.row_forms import NumberField, ProjectFormMeta, ReasonField, number_choices


class ResultsForm(BaseForm):
    """Readings of the indicators of one day, and sums spent of the budget lines without invoices."""

    error_title = "Wyników nie zapisano."
    submit_label = "Zapisz wyniki"
    mark_optional = False

    day = PastDayField(label="Z dnia", required=False)

    def __init__(self, *args, document: ProjectData, indicators: list[Indicator], **kwargs):
        super().__init__(*args, **kwargs)
        self.document = document
        self.typed = [each for each in indicators if not each.is_computed]
        if not self.typed:
            del self.fields["day"]
        for each in self.typed:
            goal = each.goal
            label = f"{goal.position}. {goal.indicator or goal.goal}"
            self.fields[f"reached_{goal.pk}"] = _number_field(label, so_far(each))
            self.fields[f"source_{goal.pk}"] = forms.CharField(
                label=f"Skąd wiadomo, cel {goal.position}", max_length=300, required=False
            )
        for line in document["budget"]:
            if line.invoiced is not None:
                continue  # counted from its invoices
            planned = f"plan: {number(line.planned, 2)} zł"
            self.fields[f"spent_{line.pk}"] = _number_field(f"{line.position}. {line.name}, zł", planned)

    def layout(self):
        pairs = [side_by_side(f"reached_{each.goal.pk}", f"source_{each.goal.pk}") for each in self.typed]
        spent = [name for name in self.fields if name.startswith("spent_")]
        sections = {"Pomiary wskaźników": ["day", *pairs] if pairs else [], "Wydatki": spent}
        return [form_section(title, *content) for title, content in sections.items() if content]

    def clean(self):
        values = super().clean()
        measured = {pk: value for pk, value in self.values_of("reached_").items() if value is not None}
        for pk in measured:
            source = f"source_{pk}"
            if not values.get(source) and source not in self.errors:
                self.add_error(source, NO_SOURCE)
        if measured and "day" not in self.errors:
            day, first_day = values.get("day"), self.document.edition.starts_on
            refusal = day_refusal(day, first_day=first_day, today=clock.today()) if day else "Wpisz datę."
            if refusal:
                self.add_error("day", refusal)
        return values

    def readings(self) -> list[IndicatorReading]:
        """Unsaved readings of the goals with a value."""
        values = self.cleaned_data
        return [
            IndicatorReading(goal_id=pk, day=values["day"], value=value, source=values[f"source_{pk}"])
            for pk, value in self.values_of("reached_").items()
            if value is not None
        ]

    def values_of(self, prefix: str) -> dict[int, Decimal | None]:
        """Entered values by id of the row."""
        return {
            int(name.removeprefix(prefix)): value
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix)
        }


def so_far(each: Indicator) -> str:
    """ "było 0, cel 10 osób; ostatnio 9, 12.10.2026"."""
    goal, parts = each.goal, []
    if goal.base is not None:
        parts.append(f"było {in_unit(goal.base, goal.unit)}")
    if goal.target is not None:
        aim = in_unit(goal.target, goal.unit)
        parts.append(f"cel {aim}" if aim.endswith("%") else f"cel {aim} {goal.unit}")
    last = f"ostatnio {in_unit(each.value, goal.unit)}, {short_date(each.day)}" if each.day else ""
    return "; ".join(text for text in (", ".join(parts), last) if text)


def _number_field(label: str, hint: str) -> NumberField:
    return NumberField(
        label=label, help_text=hint, required=False, min_value=0, max_digits=10, decimal_places=2
    )


class ReadingForm(BaseModelForm):
    """A saved reading, with the reason for the change."""

    error_title = "Pomiaru nie poprawiono."
    submit_label = "Zapisz poprawkę"

    day = PastDayField(label="Z dnia")
    why = ReasonField("Dlaczego poprawka")

    class Meta(ProjectFormMeta):
        model = IndicatorReading
        exclude = IndicatorReading.set_by_actions
        labels = {"value": "Wartość", "source": "Skąd wiadomo"}
        error_messages = {"source": {"required": NO_SOURCE}}

    def layout(self):
        return [side_by_side("day", "value"), "source", "why"]


class ReadingRemovalForm(BaseForm):
    error_title = "Pomiaru nie usunięto."
    submit_label = "Usuń pomiar"

    why = ReasonField("Powód")


class GoalNumberForm(BaseForm):
    """What computes a goal: its readings, or one of the numbers of the application."""

    error_title = "Nie zapisano, skąd jest wartość."
    submit_label = "Zapisz"
    mark_optional = False

    computed_by = forms.ChoiceField(
        label="Wartość osiągnięta", required=False, error_messages={"invalid_choice": NO_NUMBER}
    )
    why = ReasonField("Dlaczego tak")

    def __init__(self, *args, goal: SpecificGoal, numbers: list[ComputedNumber], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["computed_by"].choices = number_choices(numbers, goal.computed_by)
