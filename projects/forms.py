"""Forms of projects: the start, the whole document, steps."""

from django import forms
from django.core.exceptions import ValidationError

from lubsko_ops.centre.models import CASE_REFERENCE_VALIDATOR
from lubsko_ops.core.form_layout import side_by_side
from lubsko_ops.core.forms import BaseForm, BaseModelForm, ModelFormMeta, PastDayField, WholeNumberField
from projects.choices import EditionKind
from projects.document import ProjectData, check_rows
from projects.models import Edition
from projects.row_forms import FORMSETS, ProjectFormMeta, initial_rows
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

    def __init__(self, data=None, *args, document: ProjectData, staff, numbers, **kwargs):
        super().__init__(
            data,
            *args,
            formset_kwargs={"staff": {"staff": staff}, "goals": {"numbers": numbers}},
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


# ---- steps -------------------------------------------------------------------------------
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
