"""Forms of projects: the start, the whole document, steps, results."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from lubsko_ops.centre.models import CASE_REFERENCE_VALIDATOR
from lubsko_ops.core.form_layout import form_section, side_by_side
from lubsko_ops.core.forms import BaseForm, BaseModelForm, ModelFormMeta, PastDayField, WholeNumberField
from lubsko_ops.core.polish import number, short_date
from projects.choices import EditionKind
from projects.document import ProjectData, check_rows
from projects.indicators.rules import Indicator
from projects.models import Edition, IndicatorReading
from projects.row_forms import FORMSETS, NumberField, ProjectFormMeta, initial_rows
from projects.rules import MAX_PLACES

END_BEFORE_START = "Koniec nie może poprzedzać początku."


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
        help_text="Skopiują się cele, działania, grupy, budżet, ryzyka, kadra i teksty, bez osób, dat i wyników.",
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


# ---- the document ------------------------------------------------------------------------------------
class ProjectForm(BaseModelForm):
    """The whole document. A draft may be incomplete; what is missing stands beside each part."""

    error_title = "Opisu nie zapisano."
    submit_label = "Zapisz opis"
    mark_optional = False
    formset_classes = FORMSETS

    authors = forms.MultipleChoiceField(
        label="Autorzy",
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "check"}),
        help_text="Piszą projekt i wysyłają go do akceptacji. Autor nie zatwierdza projektu.",
        error_messages={"required": "Wskaż przynajmniej jednego autora."},
    )
    places = WholeNumberField(label="Liczba miejsc", required=False, min_value=1, max_value=MAX_PLACES)

    class Meta(ProjectFormMeta):
        model = Edition
        exclude = Edition.set_by_actions
        labels = {"starts_on": "Początek", "ends_on": "Koniec", "telephones": "Telefony do zapisów"}
        widgets = {"telephones": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})}
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
            self._check_goal_numbers()
            check_rows(self.document())
        return data

    def _check_goal_numbers(self) -> None:
        """Raise ValidationError for actions that name a goal which is not on the page or is empty."""
        goals = self.formsets["goals"].positions()
        refusals = [
            f"Działanie {number}: nie ma celu {', '.join(str(each) for each in unknown)}."
            for number, row in enumerate(self.formsets["actions"].document_rows(), start=1)
            if (unknown := [each for each in row.goals if each not in goals])
        ]
        if refusals:
            raise ValidationError(refusals)

    def document(self) -> ProjectData:
        """The document as entered, not saved; actions name goals by their position in it, not by that on the page."""
        rows = {name: formset.document_rows() for name, formset in self.formsets.items()}
        goals = self.formsets["goals"].positions()
        for row in rows["actions"]:
            row.goals = [goals[each] for each in row.goals if each in goals]
        return ProjectData(self.instance, rows)


# ---- steps and results -------------------------------------------------------------------------------
class EditionSendForm(BaseForm):
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


class EditionReturnForm(TextForm):
    error_title = "Projektu nie odesłano."
    submit_label = "Odeślij do poprawy"
    text_label = "Co poprawić"


class EditionWithdrawForm(TextForm):
    error_title = "Nie zapisano odstąpienia."
    submit_label = "Odstąp od projektu"
    text_label = "Dlaczego odstępujecie od projektu"


class EditionApproveForm(BaseForm):
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


class EditionBeginForm(BaseForm):
    error_title = "Projekt się nie rozpoczął."
    submit_label = "Rozpocznij projekt"


class EditionEndForm(BaseForm):
    error_title = "Nie zapisano zakończenia."
    submit_label = "Zakończ zajęcia"

    last_day = PastDayField(label="Ostatni dzień projektu")


class EditionSettleForm(BaseForm):
    error_title = "Projektu nie rozliczono."
    submit_label = "Rozlicz projekt"


class ResultsForm(BaseForm):
    """Readings of the indicators of one day, and sums spent of the budget lines without invoices."""

    error_title = "Wyników nie zapisano."
    submit_label = "Zapisz wyniki"
    mark_optional = False

    day = PastDayField(label="Z dnia")

    def __init__(self, *args, document: ProjectData, indicators: list[Indicator], **kwargs):
        super().__init__(*args, **kwargs)
        self.document = document
        for each in indicators:
            if each.is_computed:
                continue
            goal, parts = each.goal, []
            if goal.target is not None:
                parts.append(f"cel: {number(goal.target)} {goal.unit}")
            if each.value is not None and each.day:
                parts.append(f"ostatnio {number(each.value)}, {short_date(each.day)}")
            label = f"{goal.position}. {goal.indicator or goal.goal}"
            self.fields[f"reached_{goal.pk}"] = self._field(label, "; ".join(parts))
            self.fields[f"source_{goal.pk}"] = forms.CharField(
                label="Skąd wiadomo", max_length=300, required=False
            )
        for line in document["budget"]:
            if line.invoiced is not None:
                continue  # counted from its invoices
            planned = f"plan: {number(line.planned, 2)} zł"
            self.fields[f"spent_{line.pk}"] = self._field(f"{line.position}. {line.name}, zł", planned)

    @staticmethod
    def _field(label: str, hint: str) -> NumberField:
        return NumberField(
            label=label, help_text=hint, required=False, min_value=0, max_digits=10, decimal_places=2
        )

    def layout(self):
        names = {
            "Wyniki": [name for name in self.fields if not name.startswith("spent_")],
            "Wydatki": [name for name in self.fields if name.startswith("spent_")],
        }
        return [form_section(title, *fields) for title, fields in names.items() if fields]

    def clean(self):
        values = super().clean()
        for pk, value in self.values_of("reached_").items() if not self.errors else ():
            if value is not None and not values.get(f"source_{pk}"):
                self.add_error(
                    f"source_{pk}", "Napisz, skąd znasz tę wartość, np. z ankiety albo z list obecności."
                )
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
