"""Forms of projects: the start, the whole document with its rows, steps, results."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import DecimalField
from django.forms import BaseFormSet, formset_factory

from lubsko_ops.accounts.models import User
from lubsko_ops.centre.models import CASE_REFERENCE_VALIDATOR
from lubsko_ops.core.form_layout import form_section, side_by_side
from lubsko_ops.core.forms import BaseForm, BaseModelForm, ModelFormMeta, PastDayField, is_deleted
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.polish import number
from projects import models
from projects.choices import ActivityKind, EditionKind, Likelihood, MoneySource
from projects.document import MAX_ROWS, ROW_MODELS, ProjectData, check_rows
from projects.models import Edition
from projects.rules import MAX_PLACES, line_refusal

END_BEFORE_START = "Koniec nie może poprzedzać początku."


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


class ProjectFormMeta(ModelFormMeta):
    """Numbers in Polish notation, too."""

    @staticmethod
    def formfield_callback(field, **kwargs):
        if isinstance(field, DecimalField):
            kwargs.setdefault("form_class", NumberField)
        return ModelFormMeta.formfield_callback(field, **kwargs)


def select(label: str, choices, empty: str = "wybierz") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", empty), *choices], required=False)


# ---- the start ---------------------------------------------------------------------------------------
class EditionStartForm(BaseModelForm):
    """Title, kind and period of a new project, or of an edition copied from an earlier one."""

    error_title = "Projektu nie założono."
    submit_label = "Zacznij pisać"

    copy_of = forms.ModelChoiceField(
        label="Na wzór edycji",
        queryset=Edition.objects.none(),
        required=False,
        empty_label="nowy projekt, od pustej kartki",
        help_text="Skopiują się cele, działania, budżet, ryzyka, kadra i teksty, bez osób, dat i wyników.",
    )

    class Meta(ModelFormMeta):
        model = Edition
        fields = ("title", "kind", "starts_on", "ends_on")
        labels = {"starts_on": "Początek", "ends_on": "Koniec", "kind": "Rodzaj projektu"}
        help_texts = {"ends_on": "Zostaw puste, jeśli projekt nie ma daty końca."}
        widgets = {"kind": forms.RadioSelect}

    def __init__(self, *args, editions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = EditionKind.choices
        self.fields["copy_of"].queryset = editions
        if not editions.exists():
            del self.fields["copy_of"]

    def layout(self):
        copied = ["copy_of"] if "copy_of" in self.fields else []
        return [*copied, "title", "kind", side_by_side("starts_on", "ends_on")]

    def clean(self):
        data = super().clean()
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", END_BEFORE_START)
        return data


# ---- rows of the document ----------------------------------------------------------------------------
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


class GoalForm(RowForm):
    rows_of_layout = (("goal",), ("indicator", "unit"), ("base", "target"), ("source", "measured"))

    class Meta(ProjectFormMeta):
        model = models.SpecificGoal
        exclude = models.SpecificGoal.set_by_actions
        labels = {
            "base": "Wartość dziś",
            "target": "Wartość docelowa",
            "source": "Skąd będziemy wiedzieć",
            "measured": "Kto mierzy i kiedy",
        }

    def clean(self):
        data = super().clean()
        if data.get("target") is not None and not data.get("unit") and "unit" not in self.errors:
            self.add_error("unit", "Wpisz, w czym liczona jest wartość docelowa, np. osób albo punktów.")
        return data


class ActionForm(RowForm):
    rows_of_layout = (("name", "kind"), ("leader", "goal_numbers"), ("meetings", "hours"))

    kind = select("Rodzaj", ActivityKind.choices)
    goal_numbers = forms.CharField(
        label="Numery celów", required=False, max_length=60, help_text="Którym celom służy, np. 1, 3."
    )

    class Meta(ProjectFormMeta):
        model = models.PlannedAction
        exclude = (*models.PlannedAction.set_by_actions, "goals")

    def clean_goal_numbers(self):
        words = self.cleaned_data["goal_numbers"].replace(",", " ").replace(";", " ").split()
        numbers = [parse_int(word.rstrip(".")) for word in words]
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

    likelihood = select("Czy grozi", Likelihood.choices)

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
        rows = [form.document_row() for form in self.forms if not is_deleted(form)]
        return [row for row in rows if not row.is_empty]


def row_formset(form: type[RowForm]):
    options = {"max_num": MAX_ROWS, "validate_max": True, "absolute_max": 200, "can_delete": True, "extra": 0}
    return formset_factory(form, formset=RowFormSet, **options)


# ---- the document ------------------------------------------------------------------------------------
class ProjectForm(BaseModelForm):
    """The whole document. A draft may be incomplete; what is missing stands beside each part."""

    error_title = "Opisu nie zapisano."
    submit_label = "Zapisz opis"
    mark_optional = False
    formset_classes = {
        "goals": row_formset(GoalForm),
        "actions": row_formset(ActionForm),
        "staff": row_formset(StaffForm),
        "partners": row_formset(PartnerForm),
        "budget": row_formset(BudgetForm),
        "risks": row_formset(RiskForm),
    }

    authors = forms.MultipleChoiceField(
        label="Autorzy",
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "check"}),
        help_text="Piszą projekt i wysyłają go do akceptacji. Autor nie zatwierdza projektu.",
        error_messages={"required": "Wskaż przynajmniej jednego autora."},
    )
    places = forms.IntegerField(label="Liczba miejsc", required=False, min_value=1, max_value=MAX_PLACES)

    class Meta(ProjectFormMeta):
        model = Edition
        exclude = Edition.set_by_actions
        labels = {"starts_on": "Początek", "ends_on": "Koniec", "telephones": "Telefony do zapisów"}
        help_texts = {
            "ends_on": "Zostaw puste, jeśli projekt nie ma daty końca.",
            "telephones": "Będą na ogłoszeniu o naborze.",
            "expected_results": "Liczby i zmiany, których się spodziewacie.",
            "schedule": "Kiedy, gdzie i jak długo, np. każda środa listopada, po 2 godziny.",
        }

    def __init__(self, data=None, *args, document: ProjectData, staff, **kwargs):
        super().__init__(
            data,
            *args,
            formset_kwargs={"staff": {"staff": staff}},
            formset_initial=None if data is not None else initial_rows(document),
            **kwargs,
        )
        self.fields["authors"].choices = [(str(user.pk), str(user)) for user in staff]
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 3

    def clean_authors(self):
        return [int(each) for each in self.cleaned_data["authors"]]

    def clean(self):
        data = super().clean()
        for first, last in (("starts_on", "ends_on"), ("recruits_from", "recruits_to")):
            if data.get(first) and data.get(last) and data[last] < data[first]:
                self.add_error(last, END_BEFORE_START)
        if all(formset.is_valid() for formset in self.formsets.values()):
            check_rows(self.document())
        return data

    def document(self) -> ProjectData:
        """The document as entered, not saved."""
        return ProjectData(
            self.instance, {name: formset.document_rows() for name, formset in self.formsets.items()}
        )


def initial_rows(document: ProjectData) -> dict[str, list[dict]]:
    """Initial values of the rows by formset; one empty goal, action and line to begin with."""
    rows = {name: [initial_row(row) for row in document[name]] for name in ROW_MODELS}
    for name in ("goals", "actions", "budget"):
        rows[name] = rows[name] or [{}]
    return rows


def initial_row(row) -> dict:
    values = row.entered_values() | {"row": row.pk}
    return values | {"goal_numbers": row.goals_text} if isinstance(row, models.PlannedAction) else values


# ---- steps and results -------------------------------------------------------------------------------
class SendForm(BaseForm):
    error_title = "Projektu nie wysłano."
    submit_label = "Wyślij do akceptacji"


class TextForm(BaseForm):
    """A step that needs words."""

    text = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    text_label = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = self.text_label
        self.fields["text"].error_messages["required"] = f"Uzupełnij: {self.text_label}."


class ReturnForm(TextForm):
    error_title = "Projektu nie odesłano."
    submit_label = "Odeślij do poprawy"
    text_label = "Co poprawić"


class WithdrawForm(TextForm):
    error_title = "Nie zapisano odstąpienia."
    submit_label = "Odstąp od projektu"
    text_label = "Dlaczego odstępujecie od projektu"


class ApproveForm(BaseForm):
    """The approval; the znak sprawy is typed where no counter gives it."""

    error_title = "Projektu nie zatwierdzono."
    submit_label = "Zatwierdź do realizacji"

    case_reference = forms.CharField(
        label="Znak sprawy",
        max_length=60,
        required=False,
        validators=[CASE_REFERENCE_VALIDATOR],
        help_text="Ze spisu spraw ośrodka. Będzie na karcie projektu.",
    )

    def __init__(self, *args, counted: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if counted:
            del self.fields["case_reference"]


class BeginForm(BaseForm):
    error_title = "Projekt się nie rozpoczął."
    submit_label = "Rozpocznij projekt"


class EndForm(BaseForm):
    error_title = "Nie zapisano zakończenia."
    submit_label = "Zakończ zajęcia"

    last_day = PastDayField(label="Ostatni dzień projektu")


class SettleForm(BaseForm):
    error_title = "Projektu nie rozliczono."
    submit_label = "Rozlicz projekt"


class ResultsForm(BaseForm):
    """Reached values of the goals and sums spent of the budget lines."""

    error_title = "Wyników nie zapisano."
    submit_label = "Zapisz wyniki"
    mark_optional = False

    def __init__(self, *args, document: ProjectData, **kwargs):
        super().__init__(*args, **kwargs)
        self.document = document
        for goal in document["goals"]:
            target = f"cel: {number(goal.target)} {goal.unit}" if goal.target is not None else ""
            self.fields[f"reached_{goal.pk}"] = self._field(
                f"{goal.position}. {goal.indicator or goal.goal}", target
            )
        for line in document["budget"]:
            planned = f"plan: {number(line.planned, 2)} zł"
            self.fields[f"spent_{line.pk}"] = self._field(f"{line.position}. {line.name}, zł", planned)

    @staticmethod
    def _field(label: str, hint: str) -> NumberField:
        return NumberField(
            label=label, help_text=hint, required=False, min_value=0, max_digits=10, decimal_places=2
        )

    def layout(self):
        parts = (("Wyniki", "reached_"), ("Wydatki", "spent_"))
        names = {title: [name for name in self.fields if name.startswith(prefix)] for title, prefix in parts}
        return [form_section(title, *fields) for title, fields in names.items() if fields]

    def values_of(self, prefix: str) -> dict[int, Decimal | None]:
        """Entered values by id of the row."""
        return {
            int(name.removeprefix(prefix)): value
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix)
        }
