"""Forms of the rows of a project's document, and their formsets."""

from decimal import Decimal, InvalidOperation
from itertools import groupby

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import DecimalField
from django.forms import BaseFormSet, formset_factory

from lubsko_ops.accounts.models import User
from lubsko_ops.core.form_layout import side_by_side
from lubsko_ops.core.forms import BaseModelForm, ModelFormMeta, WholeNumberField, is_deleted
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.polish import number
from projects import models
from projects.choices import ActivityKind, CriterionCheck, Likelihood, MoneySource
from projects.document import MAX_ROWS, ROW_MODELS, ProjectData
from projects.indicators.computed import NO_NUMBER, ComputedNumber
from projects.rules import OLDEST, ages_refusal, line_refusal

GOAL_REMOVED = "Usunięto cel {}, któremu to działanie służyło. Sprawdź numery."


class NumberField(forms.DecimalField):
    """A number as people write it: "1 260,00"."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "num-in"})
    default_error_messages = {"invalid": "Wpisz liczbę, np. 12 albo 12,50."}

    def to_python(self, value):
        if isinstance(value, str):
            value = value.replace("\u00a0", "").replace(" ", "").replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value):
        return number(value) if isinstance(value, Decimal) else value

    def has_changed(self, initial, data):
        try:
            return initial != self.to_python(data)
        except (ValidationError, InvalidOperation):
            return True


class ReasonField(forms.CharField):
    """Why something that was saved is changed or removed."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            max_length=200,
            help_text="Zostanie w historii razem z Twoim nazwiskiem.",
            error_messages={"required": "Napisz, dlaczego."},
        )


class ProjectFormMeta(ModelFormMeta):
    """Numbers in Polish notation, too."""

    @staticmethod
    def formfield_callback(field, **kwargs):
        if isinstance(field, DecimalField):
            kwargs.setdefault("form_class", NumberField)
        return ModelFormMeta.formfield_callback(field, **kwargs)


def select(label: str, choices, empty: str = "wybierz") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", empty), *choices], required=False)


class RowForm(BaseModelForm):
    """A row of the document. ``row``: id of the saved row it changes."""

    mark_optional = False
    rows_of_layout: tuple = ()

    row = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def has_changed(self):
        """Always True, so that each row is validated: the initial values may be those of a row moved since."""
        return True

    def layout(self):
        return [
            "row",
            *(side_by_side(*names) if len(names) > 1 else names[0] for names in self.rows_of_layout),
        ]

    def document_row(self):
        """The row as entered, not saved, with the id of the row it changes."""
        self.instance.pk = self.cleaned_data.get("row")
        return self.instance


class CriterionForm(RowForm):
    rows_of_layout = (("text", "check_by"), ("age_from", "age_to"))

    check_by = forms.ChoiceField(
        label="Skąd wiadomo",
        choices=CriterionCheck.choices,
        initial=CriterionCheck.ASKED,
        required=False,
    )
    age_from = WholeNumberField(label="Wiek od, lat", required=False, min_value=0, max_value=OLDEST)
    age_to = WholeNumberField(label="Wiek do, lat", required=False, min_value=0, max_value=OLDEST)

    class Meta(ProjectFormMeta):
        model = models.Criterion
        exclude = models.Criterion.set_by_actions

    def clean_check_by(self):
        return self.cleaned_data["check_by"] or CriterionCheck.ASKED

    def clean(self):
        data = super().clean()
        if refusal := ages_refusal(data.get("age_from"), data.get("age_to")):
            self.add_error("age_to", refusal)
        return data


TYPED = "wpisywana z pomiarów"


def number_choices(numbers: list[ComputedNumber], chosen: str = "") -> list[tuple]:
    """Readings first, then the numbers by their headings; one that was chosen and is no more stays to be seen."""
    choices: list[tuple] = [("", TYPED)]
    if chosen and all(each.key != chosen for each in numbers):
        choices.append((chosen, "liczba, której już nie ma"))
    for group, rows in groupby(numbers, key=lambda each: each.group):
        choices.append((group, [(each.key, f"{each.label} ({each.unit})") for each in rows]))
    return choices


class GoalForm(RowForm):
    rows_of_layout = (
        *(("goal",), ("indicator", "unit"), ("base", "target"), ("computed_by",), ("source", "measured")),
    )

    computed_by = forms.ChoiceField(
        label="Wartość osiągnięta",
        required=False,
        help_text="Wpisywana w trakcie projektu albo liczona przez program.",
        error_messages={"invalid_choice": NO_NUMBER},
    )

    class Meta(ProjectFormMeta):
        model = models.SpecificGoal
        exclude = models.SpecificGoal.set_by_actions
        labels = {
            "base": "Wartość dziś",
            "target": "Wartość docelowa",
            "source": "Skąd będziemy wiedzieć",
            "measured": "Kto mierzy i kiedy",
        }

    def __init__(self, *args, numbers, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = self.initial.get("computed_by", "")
        self.fields["computed_by"].choices = number_choices(numbers, chosen)

    def clean(self):
        data = super().clean()
        if data.get("target") is not None and not data.get("unit") and "unit" not in self.errors:
            self.add_error("unit", "Wpisz, w czym liczona jest wartość docelowa, np. osób albo punktów.")
        return data


def parse_goal_numbers(text: str) -> list[int | None]:
    """ "1, 3." as numbers; None for a word that is none."""
    return [parse_int(word.rstrip(".")) for word in text.replace(",", " ").replace(";", " ").split()]


class ActionForm(RowForm):
    rows_of_layout = (("name", "kind"), ("leader", "goal_numbers"), ("meetings", "hours"))

    kind = select("Rodzaj", ActivityKind.choices)
    goal_numbers = forms.CharField(
        label="Numery celów",
        required=False,
        max_length=60,
        help_text="Którym celom służy, np. 1, 3.",
        widget=forms.TextInput(attrs={"data-numbers-of": "goals", "data-removed": GOAL_REMOVED.format(0)}),
    )

    class Meta(ProjectFormMeta):
        model = models.PlannedAction
        exclude = (*models.PlannedAction.set_by_actions, "goals")

    def clean_goal_numbers(self):
        numbers = parse_goal_numbers(self.cleaned_data["goal_numbers"])
        if any(each is None or not 1 <= each <= MAX_ROWS for each in numbers):
            raise ValidationError("Wpisz numery celów po przecinku, np. 1, 3.")
        return sorted(set(numbers))

    def document_row(self):
        row = super().document_row()
        row.goals = self.cleaned_data["goal_numbers"]
        return row


class StaffForm(RowForm):
    rows_of_layout = (("user", "name"), ("role",), ("hours", "rate"))

    class Meta(ProjectFormMeta):
        model = models.StaffMember
        exclude = models.StaffMember.set_by_actions

    def __init__(self, *args, staff, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.filter(pk__in=[user.pk for user in staff])
        self.fields["user"].choices = [("", "nikt z ośrodka"), *((user.pk, str(user)) for user in staff)]

    def clean(self):
        data = super().clean()
        if data.get("user") and data.get("name"):
            self.add_error("name", "Wybierz pracownika albo wpisz osobę spoza ośrodka, nie oboje.")
        return data


class PartnerForm(RowForm):
    rows_of_layout = (("name", "agreed_on"), ("contribution",))

    class Meta(ProjectFormMeta):
        model = models.Partner
        exclude = models.Partner.set_by_actions


class RiskForm(RowForm):
    rows_of_layout = (("description", "likelihood"), ("response",))

    likelihood = select("Prawdopodobieństwo", Likelihood.choices)

    class Meta(ProjectFormMeta):
        model = models.Risk
        exclude = models.Risk.set_by_actions


class BudgetForm(RowForm):
    rows_of_layout = (("name", "source"), ("amount", "unit"), ("price",))

    source = select("Źródło", MoneySource.choices)

    class Meta(ProjectFormMeta):
        model = models.BudgetLine
        exclude = models.BudgetLine.set_by_actions

    def clean(self):
        data = super().clean()
        if refusal := line_refusal(data.get("amount"), data.get("price")):
            self.add_error("price", refusal)
        return data


class RowFormSet(BaseFormSet):
    """Rows of one kind. Empty ones are left out."""

    default_error_messages = BaseFormSet.default_error_messages | {
        "too_many_forms": f"Najwyżej {MAX_ROWS} wierszy. Usuń któryś albo połącz dwa w jeden.",
    }

    def document_rows(self) -> list:
        return [row for row in self._rows_in_sight() if not row.is_empty]

    def positions(self) -> dict[int, int]:
        """The position of each filled row in the document by its number on the page, which counts empty rows."""
        numbers = [number for number, row in enumerate(self._rows_in_sight(), start=1) if not row.is_empty]
        return {number: position for position, number in enumerate(numbers, start=1)}

    def _rows_in_sight(self) -> list:
        return [form.document_row() for form in self.forms if not is_deleted(form)]


def row_formset(form: type[RowForm], row_name: str):
    """A formset of these rows; the summary of errors calls one of them ``row_name``."""
    options = {"max_num": MAX_ROWS, "validate_max": True, "absolute_max": 200, "can_delete": True, "extra": 0}
    named = type(f"{form.__name__}RowFormSet", (RowFormSet,), {"row_name": row_name})
    return formset_factory(form, formset=named, **options)


FORMSETS = {
    "criteria": row_formset(CriterionForm, "Kryterium"),
    "goals": row_formset(GoalForm, "Cel"),
    "actions": row_formset(ActionForm, "Działanie"),
    "staff": row_formset(StaffForm, "Osoba w kadrze"),
    "partners": row_formset(PartnerForm, "Partner"),
    "budget": row_formset(BudgetForm, "Pozycja budżetu"),
    "risks": row_formset(RiskForm, "Ryzyko"),
}


def renumber_goals(content: dict[str, list[str]], removed: str) -> dict[str, int]:
    """After the removal of a goal ("goals-1") change the numbers of goals typed with the actions, in ``content``.

    Returns the number the goal had, by the prefix of each action that served it. A text that is no list of numbers
    stays.
    """
    prefix, gone = removed.rsplit("-", 1)
    before = [
        index
        for index in range(_count(content, prefix))
        if str(index) == gone or not content.get(f"{prefix}-{index}-DELETE", [""])[0]
    ]
    number = next((place for place, index in enumerate(before, start=1) if str(index) == gone), 0)
    served = {}
    for action in (f"actions-{index}" for index in range(_count(content, "actions"))):
        typed = parse_goal_numbers(content.get(f"{action}-goal_numbers", [""])[0])
        if not number or None in typed:
            continue
        left = [each - (each > number) for each in typed if each != number]
        content[f"{action}-goal_numbers"] = [", ".join(str(each) for each in left)]
        if len(left) < len(typed):
            served[action] = number
    return served


def _count(content: dict[str, list[str]], prefix: str) -> int:
    return min(parse_int(content.get(f"{prefix}-TOTAL_FORMS", ["0"])[0]) or 0, 200)


def initial_rows(document: ProjectData) -> dict[str, list[dict]]:
    """Initial values of the rows by formset; one empty goal, action and line to begin with."""
    rows = {name: [initial_row(row) for row in document[name]] for name in ROW_MODELS}
    for name in ("goals", "actions", "budget"):
        rows[name] = rows[name] or [{}]
    return rows


def initial_row(row) -> dict:
    values = row.entered_values() | {"row": row.pk}
    return values | {"goal_numbers": row.goals_text} if isinstance(row, models.PlannedAction) else values
