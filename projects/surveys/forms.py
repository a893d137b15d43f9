"""Forms of surveys: the questions, one sheet, reasons; the grid of sheets is in grid_forms.py."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory

from lubsko_ops.core.forms import (
    BaseForm,
    BaseModelForm,
    PastDayField,
    is_deleted,
    set_default_error_messages,
)
from lubsko_ops.submissions.formset_buttons import order_key
from projects.choices import AnswerKind, SurveyKind
from projects.models import Survey, SurveyQuestion
from projects.models.surveys import MAX_CODE
from projects.row_forms import ProjectFormMeta
from projects.surveys import rules
from projects.surveys.grid_forms import CellField
from projects.surveys.rules import SheetData


# ---- questions ---------------------------------------------------------------------------------------
class QuestionForm(BaseModelForm):
    """A question. ``row``: id of the stored one it changes."""

    mark_optional = False

    row = forms.IntegerField(required=False, widget=forms.HiddenInput)
    ORDER = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta(ProjectFormMeta):
        model = SurveyQuestion
        exclude = SurveyQuestion.set_by_actions
        labels = {
            "text": "Treść pytania",
            "kind": "Jak się odpowiada",
            "lowest": "Co znaczy 1",
            "highest": "Co znaczy 5",
        }
        widgets = {"kind": forms.RadioSelect(attrs={"data-look": "chips"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False  # a row left empty is left out
        self.fields["kind"].choices = AnswerKind.choices
        self.fields["kind"].initial = AnswerKind.SCALE

    def has_changed(self):
        """Always True, so that each row is validated: the initial values may be those of a row changed since."""
        return True

    def clean(self):
        data = super().clean()
        if not data.get("text") and (data.get("lowest") or data.get("highest")) and "text" not in self.errors:
            self.add_error("text", "Wpisz pytanie albo usuń wiersz.")
        if data.get("kind") != AnswerKind.SCALE:  # the fields stay on the page when the kind is changed
            data["lowest"] = data["highest"] = ""
            self.instance.lowest = self.instance.highest = ""
        return data

    def _post_clean(self):
        super()._post_clean()
        if self.cleaned_data.get("kind") != AnswerKind.SCALE:
            self.instance.lowest = self.instance.highest = ""

    def question(self) -> SurveyQuestion:
        """The question as entered, not saved, with the id of the one it changes."""
        self.instance.pk = self.cleaned_data.get("row")
        return self.instance


class BaseQuestionFormSet(BaseFormSet):
    """The questions in the order given by their ORDER fields."""

    row_name = "Pytanie"
    default_error_messages = BaseFormSet.default_error_messages | {
        "too_many_forms": f"Ankieta mieści najwyżej {rules.MAX_QUESTIONS} pytań. Usuń któreś.",
    }

    def clean(self):
        if any(self.errors):
            return
        if refusals := rules.question_refusals(self.questions()):
            raise ValidationError(refusals)

    @property
    def sorted_forms(self) -> list[QuestionForm]:
        numbers = {id(row): number for number, row in enumerate(self.forms)}
        return sorted(self.forms, key=lambda row: order_key(row["ORDER"].value(), numbers[id(row)]))

    @property
    def numbered_rows(self) -> list[tuple[int, QuestionForm]]:
        """All rows in their order; one that was removed has the number of the next."""
        rows, number = [], 1
        for row in self.sorted_forms:
            rows.append((number, row))
            number += not is_deleted(row)
        return rows

    def questions(self) -> list[SurveyQuestion]:
        """The questions as entered, not saved."""
        rows = [row for row in self.sorted_forms if not is_deleted(row) and row.cleaned_data.get("text")]
        return [row.question() for row in rows]


QuestionFormSet = formset_factory(
    QuestionForm,
    formset=BaseQuestionFormSet,
    extra=0,
    max_num=rules.MAX_QUESTIONS,
    validate_max=True,
    absolute_max=60,
    can_delete=True,
)


class SurveyForm(BaseModelForm):
    """A survey with its questions; ``asks_why``: there are answers, so that other words need a reason."""

    error_title = "Ankiety nie zapisano."
    submit_label = "Zapisz ankietę"
    mark_optional = False
    formset_classes = {"questions": QuestionFormSet}
    fields_below_rows = ("why",)

    why = forms.CharField(
        label="Dlaczego zmieniasz słowa",
        max_length=200,
        required=False,
        help_text="Gdy zmieniasz słowa pytania albo skali, na które są już odpowiedzi. Zostanie w historii.",
    )

    class Meta(ProjectFormMeta):
        model = Survey
        exclude = Survey.set_by_actions
        labels = {
            "title": "Tytuł na kartce",
            "introduction": "Wstęp na kartce",
            "with_codes": "Na kartce jest kod, który każdy układa sobie sam",
            **{f"word_{digit}": str(digit) for digit in range(1, 6)},
        }
        help_texts = {
            "introduction": "Po co jest ankieta i że nie trzeba jej podpisywać.",
            "with_codes": (
                "Kod łączy kartkę przed z kartką po i pokazuje zmianę u tych samych osób. Aplikacja nie wie, czyj jest "
                "kod. Bez kodu ankieta jest anonimowa, a wynik to dwie średnie."
            ),
        }
        widgets = {"introduction": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, kind: str, asks_why: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.kind = kind
        if kind == SurveyKind.SATISFACTION:
            del self.fields["with_codes"]
        if not asks_why:
            del self.fields["why"]

    def clean(self):
        data = super().clean()
        for name in ("word_1", "word_5"):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, f"Wpisz, co znaczy {name[-1]}.")
        return data

    @property
    def word_fields(self) -> list:
        return [self[f"word_{digit}"] for digit in range(1, 6)]


def initial_question(question: SurveyQuestion) -> dict:
    return question.entered_values() | {"row": question.pk}


# ---- one sheet ---------------------------------------------------------------------------------------
class SheetForm(BaseForm):
    """All answers on one sheet, also those in words."""

    error_title = "Kartki nie zapisano."
    submit_label = "Zapisz kartkę"
    mark_optional = False

    code = forms.CharField(label="Kod", required=False, max_length=MAX_CODE + 8)
    filled_on = PastDayField(label="Dzień wypełnienia")

    def __init__(self, *args, survey: Survey, questions: list[SurveyQuestion], **kwargs):
        super().__init__(*args, **kwargs)
        self.survey, self.questions = survey, questions
        if not survey.with_codes:
            del self.fields["code"]
        for question in questions:
            self.fields[f"q{question.pk}"] = self._field(question)
        set_default_error_messages(self)

    @staticmethod
    def _field(question: SurveyQuestion) -> forms.Field:
        if not question.is_open:
            return CellField(question)
        widget = forms.Textarea(attrs={"rows": 3})
        return forms.CharField(label=str(question), required=False, max_length=rules.MAX_WORDS, widget=widget)

    def clean_code(self):
        code = rules.normalize_code(self.cleaned_data["code"])
        if refusal := rules.code_refusal(code, with_codes=True):
            raise ValidationError(refusal)
        return code

    def sheet(self) -> SheetData:
        """The sheet as typed."""
        data = self.cleaned_data
        values = {question.pk: data.get(f"q{question.pk}") for question in self.questions}
        answers = {key: value for key, value in values.items() if value not in (None, "")}
        return SheetData(code=data.get("code", ""), filled_on=data["filled_on"], answers=answers)


class SurveyReasonForm(BaseForm):
    """Why something typed by mistake is removed."""

    error_title = "Nie usunięto."
    submit_label = "Usuń"

    why = forms.CharField(
        label="Powód",
        max_length=200,
        help_text="Zostanie w historii razem z Twoim nazwiskiem.",
        error_messages={"required": "Napisz, dlaczego."},
    )


class SurveyReopenForm(SurveyReasonForm):
    error_title = "Wpisywania nie wznowiono."
    submit_label = "Wznów wpisywanie"


class SurveyCloseForm(BaseForm):
    error_title = "Wpisywania nie zakończono."
    submit_label = "Zakończ wpisywanie"
