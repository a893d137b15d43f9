"""The sheets of one moment in a grid: one row for a sheet, one digit in a cell."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory

from lubsko_ops.core.forms import BaseForm, PastDayField
from lubsko_ops.core.parsing import parse_int
from projects.choices import AnswerKind, SurveyMoment
from projects.models import Edition, Survey, SurveyQuestion
from projects.models.surveys import MAX_CODE
from projects.surveys import rules
from projects.surveys.rules import ROWS_OF_A_PAGE, SheetData

GONE = "Tej kartki już nie ma. Otwórz stronę jeszcze raz."


@dataclass
class Grid:
    """What the grid is about: the closed questions, all stored sheets of the moment.

    ``offered``: codes of sheets before that have none after yet; they stand in the rows from the beginning.
    """

    survey: Survey
    moment: SurveyMoment
    questions: list[SurveyQuestion]
    stored: list[SheetData]
    offered: list[str]

    @property
    def by_id(self) -> dict[int, SheetData]:
        return {each.sheet: each for each in self.stored if each.sheet}


class CellField(forms.CharField):
    """One answer: a digit of the scale, or t and n."""

    def __init__(self, question: SurveyQuestion):
        self.kind = question.kind
        digits = self.kind == AnswerKind.SCALE
        attrs = {
            "class": "digit",
            "maxlength": "1",
            "autocomplete": "off",
            "autocapitalize": "none",
            "inputmode": "numeric" if digits else "text",
            "data-cell": "12345" if digits else "tn",
        }
        widget = forms.TextInput(attrs=attrs)
        super().__init__(label=str(question), required=False, widget=widget)

    def to_python(self, value):
        try:
            return rules.parse_cell(super().to_python(value), self.kind)
        except ValueError:
            raise ValidationError(rules.OUTSIDE[AnswerKind(self.kind)], code="outside") from None

    def prepare_value(self, value):
        return rules.cell_text(value, self.kind) if isinstance(value, int) else value

    def widget_attrs(self, widget):
        return {}


class SheetRowForm(BaseForm):
    """A row of the grid: a sheet. ``row``: id of the stored one it corrects."""

    mark_optional = False

    row = forms.IntegerField(required=False, widget=forms.HiddenInput)
    code = forms.CharField(
        label="Kod",
        required=False,
        max_length=MAX_CODE + 8,
        widget=forms.TextInput(
            attrs={"class": "code", "autocomplete": "off", "autocapitalize": "characters"}
        ),
    )

    def __init__(self, *args, grid: Grid, **kwargs):
        super().__init__(*args, **kwargs)
        self.grid = grid
        if not grid.survey.with_codes:
            del self.fields["code"]
        for question in grid.questions:
            self.fields[f"q{question.pk}"] = CellField(question)

    def has_changed(self):
        """Always True, so that each row is validated: the initial values may be those of a sheet corrected since."""
        return True

    def clean_row(self):
        row = self.cleaned_data["row"]
        if row and row not in self.grid.by_id:
            raise ValidationError(GONE)
        return row

    def clean_code(self):
        return rules.normalize_code(self.cleaned_data["code"])

    @property
    def stored(self) -> SheetData | None:
        """The stored sheet this row corrects."""
        return self.grid.by_id.get(parse_int(str(self["row"].value() or "")) or 0)

    @property
    def cells(self) -> list:
        return [self[f"q{question.pk}"] for question in self.grid.questions]

    @property
    def is_filled(self) -> bool:
        """Whether there is something to save: an answer, a stored sheet, or a code that was typed here."""
        data = self.cleaned_data
        offered = data.get("code") in self.grid.offered
        return bool(data.get("row") or self.answers or (data.get("code") and not offered))

    @property
    def answers(self) -> dict[int, int]:
        values = {question.pk: self.cleaned_data.get(f"q{question.pk}") for question in self.grid.questions}
        return {key: value for key, value in values.items() if value is not None}

    def sheet(self) -> SheetData:
        """The sheet as typed."""
        data, before = self.cleaned_data, self.stored
        words = before is not None and len(before.digits) < len(before.answers)
        return SheetData(
            code=data.get("code", ""),
            answers=dict(self.answers),
            sheet=data.get("row"),
            number=before.number if before else None,
            filled_on=before.filled_on if before else None,
            has_words=words,
        )

    @property
    def state(self) -> tuple[str, str]:
        """The last cell of the row, text and kind: "6 z 6", "popraw"."""
        if self.errors:
            return "popraw", "late"
        filled = sum(bool(str(cell.value() or "").strip()) for cell in self.cells)
        if not filled:
            return "", "quiet"
        total = len(self.cells)
        return f"{filled} z {total}", "done" if filled == total else "quiet"


class BaseSheetFormSet(BaseFormSet):
    """The sheets on the page; errors of one beside another stand at its row."""

    row_name = "Wiersz"
    default_error_messages = BaseFormSet.default_error_messages | {
        "too_many_forms": f"Na jednej stronie mieści się {ROWS_OF_A_PAGE} kartek. Zapisz je i wpisz dalsze.",
    }

    @property
    def filled(self) -> list[SheetRowForm]:
        return [row for row in self.forms if hasattr(row, "cleaned_data") and row.is_filled]

    def clean(self):
        grid: Grid = self.form_kwargs["grid"]
        rows = [row for row in self.filled if not row.errors]
        typed = [row.sheet() for row in rows]
        on_page = {row.cleaned_data.get("row") for row in self.filled}
        others = [each for each in grid.stored if each.sheet not in on_page]
        for index, name, text in rules.sheet_refusals(typed, others, with_codes=grid.survey.with_codes):
            rows[index].add_error(name or None, text)

    def alike(self) -> list[str]:
        """Sentences about new sheets of an anonymous survey with the answers of another one."""
        grid: Grid = self.form_kwargs["grid"]
        if grid.survey.with_codes:
            return []
        places = {id(row): place for place, row in enumerate(self.forms, start=1)}
        rows, on_page = self.filled, {row.cleaned_data.get("row") for row in self.filled}
        others = [each for each in grid.stored if each.sheet not in on_page]
        pairs = rules.same_answers([row.sheet() for row in rows], others)
        return [
            f"Wiersz {places[id(rows[index])]} ma te same odpowiedzi co kartka {other.name}. Czy to inna kartka?"
            for index, other in pairs
        ]


SheetFormSet = formset_factory(
    SheetRowForm,
    formset=BaseSheetFormSet,
    extra=0,
    max_num=ROWS_OF_A_PAGE,
    validate_max=True,
    absolute_max=ROWS_OF_A_PAGE + 20,
)


class SheetsForm(BaseForm):
    """The sheets of one moment, typed and corrected on one page."""

    error_title = "Kartek nie zapisano."
    submit_label = "Zapisz odpowiedzi"
    formset_classes = {"sheets": SheetFormSet}
    mark_optional = False

    filled_on = PastDayField(
        label="Dzień wypełnienia",
        required=False,
        help_text="Nowych kartek, które wpisujesz. Dzień wpisanych wcześniej zmienisz na ich stronach.",
    )

    def __init__(self, *args, edition: Edition, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.edition, self.today = edition, today

    def clean(self):
        data = super().clean()
        rows = self.formsets["sheets"]
        new = any(not row.cleaned_data.get("row") for row in rows.filled)
        if new and "filled_on" not in self.errors:
            refusal = rules.day_refusal(data.get("filled_on"), self.edition, today=self.today)
            if refusal:
                self.add_error("filled_on", refusal)
        if not self.errors and not rows.filled and not any(rows.errors):
            raise ValidationError("Nie wpisano żadnej kartki.")
        return data

    def sheets(self) -> list[SheetData]:
        """The sheets as typed; new ones are of the day on the page."""
        sheets = [row.sheet() for row in self.formsets["sheets"].filled]
        for sheet in sheets:
            if sheet.sheet is None:
                sheet.filled_on = self.cleaned_data["filled_on"]
        return sheets


def initial_row(sheet: SheetData, questions: list[SurveyQuestion]) -> dict:
    """Initial values of the row of a stored sheet."""
    answers = {f"q{each.pk}": sheet.digits.get(each.pk) for each in questions}
    return answers | {"row": sheet.sheet, "code": sheet.code}
