"""Forms of the plan editor: the plan with its formset of rows."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from families.choices import ActionState, Area
from families.plans.dto import PlanData
from families.plans.editor_context import PlanEditorContext
from families.plans.goal_library import SUGGESTED_ACTIONS, TEMPLATES_BY_KEY
from families.plans.models import Plan, PlanAction
from lubsko_ops.core.forms import (
    BaseModelForm,
    ModelFormMeta,
    PastDayField,
    PlannedDayField,
    is_deleted,
)
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.submissions.compare import display_value
from lubsko_ops.submissions.formset_buttons import order_key

MAX_ROWS = 40
SEND = "send"
AREA_CHOICES = [("", "wybierz"), *((value, label.capitalize()) for value, label in Area.choices)]
REQUIRED_TO_SEND = {
    "area": "Wybierz obszar.",
    "goal": "Wpisz cel szczegółowy.",
    "actions": "Wpisz działania. Bez nich plan nie wejdzie w życie.",
    "expected_outcome": "Napisz, po czym poznamy, że się udało. Bez tego plan nie wejdzie w życie.",
    "due_on": "Wpisz termin. Bez niego plan nie wejdzie w życie.",
}
MAX_REASON_LENGTH = 300


def textarea(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def hidden_integer() -> forms.IntegerField:
    return forms.IntegerField(required=False, widget=forms.HiddenInput)


def specialists_field(label: str) -> forms.TypedMultipleChoiceField:
    """Some of the specialists of the family, by id."""
    return forms.TypedMultipleChoiceField(
        label=label,
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "chips"}),
        error_messages={"invalid_choice": "Wybierz specjalistę z listy."},
    )


class PlanRowForm(BaseModelForm):
    """A row of the plan. ``row``: id of the saved row; ``goes_on_from``: lineage id of the row it continues."""

    mark_optional = False
    field_order = ("area", "problem", "goal", "actions", "expected_outcome")  # the order of the page

    row = hidden_integer()
    goes_on_from = hidden_integer()
    ORDER = hidden_integer()
    area = forms.ChoiceField(label="Obszar", choices=AREA_CHOICES, required=False)
    specialists = specialists_field("Specjaliści")

    class Meta(ModelFormMeta):
        model = PlanAction
        exclude = PlanAction.set_by_actions
        field_classes = {"due_on": PlannedDayField}
        labels = {"expected_outcome": "Po czym poznamy, że się udało"}
        widgets = {
            "actions": textarea(3),
            "expected_outcome": textarea(3),
            "who": forms.TextInput(attrs={"list": "kto"}),
        }

    def __init__(self, *args, editor: PlanEditorContext, **kwargs):
        self.editor = editor
        super().__init__(*args, **kwargs)
        self.fields["specialists"].choices = editor.specialist_choices
        area = self["area"].value()
        self.fields["goal"].widget.attrs["list"] = f"cele-{area}" if area in Area.values else "cele"

    def has_changed(self):
        """Always True, so that each row is validated: the initial values may be those of a row moved since."""
        return True

    def clean(self):
        data = super().clean()
        if self.data.get("then") == SEND and not self.is_empty:
            for name, sentence in REQUIRED_TO_SEND.items():
                if name not in self.errors and not data.get(name):
                    self.add_error(name, sentence)
        return data

    @property
    def is_empty(self) -> bool:
        """Whether nothing but the area is filled in."""
        names = {each.name for each in PlanAction.entered_fields()} - {"area"}
        return not any(str(self[name].value() or "").strip() for name in names)

    @property
    def is_incomplete(self) -> bool:
        """Whether a field required for sending is empty."""
        return not all(str(self[name].value() or "").strip() for name in REQUIRED_TO_SEND)

    @property
    def title(self) -> str:
        return display_value(self["goal"]) or display_value(self["actions"]) or "Nowy wiersz"

    @property
    def about(self) -> str:
        """Second line of the collapsed row: area and who."""
        return "; ".join(text for text in (display_value(self["area"]), display_value(self["who"])) if text)

    @property
    def due_text(self) -> str:
        return display_value(self["due_on"])

    @property
    def remarks(self) -> list:
        """Remarks of the last return on this row."""
        row_id = self._number("row")
        return [each for each in self.editor.remarks if row_id and each.action_id == row_id]

    @property
    def is_open(self) -> bool:
        """Whether the row is expanded: it has errors, remarks or missing fields."""
        return bool(self.errors or self.remarks or self.is_incomplete)

    @property
    def progress(self) -> str:
        """Last recorded state of the lineage: "w trakcie, 05.10.2026"."""
        row = self.editor.rows_by_id.get(self._number("row")) or self.editor.previous_by_lineage.get(
            self._number("goes_on_from")
        )
        return progress_text(row) if row else ""

    @property
    def hint(self) -> str:
        """Suggested actions when the goal comes from the goal library."""
        return SUGGESTED_ACTIONS.get((self["area"].value(), display_value(self["goal"])), "")

    def _number(self, name: str) -> int | None:
        return parse_int(str(self[name].value() or ""))

    def plan_row(self) -> PlanAction:
        """The row as entered, not saved: with the id of the row it changes, or the origin it continues."""
        row, data = self.instance, self.cleaned_data
        row.pk = data["row"] if data["row"] in self.editor.rows_by_id else None
        goes_on = data["goes_on_from"] in self.editor.previous_by_lineage
        row.origin_id = data["goes_on_from"] if goes_on else None
        return row


def progress_text(row: PlanAction) -> str:
    return f"{ActionState(row.last_state).label}, {row.last_on:%d.%m.%Y}" if row.last_state else ""


def row_from_draft(row: PlanAction) -> dict:
    """Initial values for a row of the draft."""
    return row.entered_values() | {"row": row.pk, "goes_on_from": row.origin_id}


def row_from_previous(row: PlanAction) -> dict:
    """Initial values for a new row that continues a row of an earlier version."""
    return row.entered_values() | {"goes_on_from": row.lineage_id}


class BasePlanRowFormSet(BaseFormSet):
    """Rows of the plan, in the order given by their ORDER fields."""

    default_error_messages = BaseFormSet.default_error_messages | {
        "too_many_forms": f"Plan mieści najwyżej {MAX_ROWS} wierszy. Usuń któryś albo połącz dwa w jeden.",
    }

    def clean(self):
        if self.data.get("then") == SEND and not self.filled_rows:
            raise ValidationError("Dodaj do planu przynajmniej jeden wiersz.")

    def requested_initial(self, which: str) -> dict:
        """Initial values of an added row: from the goal library ("ED-3") or the previous version ("wiersz-45")."""
        editor: PlanEditorContext = self.form_kwargs["editor"]
        if template := TEMPLATES_BY_KEY.get(which):
            return {"area": template.area.value, "goal": template.goal}
        row = editor.previous_by_lineage.get(parse_int(which.removeprefix("wiersz-")))
        return row_from_previous(row) if row else {}

    @property
    def sorted_forms(self) -> list[PlanRowForm]:
        numbers = {id(row): number for number, row in enumerate(self.forms)}
        return sorted(self.forms, key=lambda row: order_key(row["ORDER"].value(), numbers[id(row)]))

    @property
    def numbered_rows(self) -> list[tuple[int, PlanRowForm]]:
        """Rows that were not deleted, with their numbers."""
        return list(enumerate((row for row in self.sorted_forms if not is_deleted(row)), start=1))

    @property
    def filled_rows(self) -> list[tuple[int, PlanRowForm]]:
        """Numbered rows that are not empty."""
        return [(number, row) for number, row in self.numbered_rows if not row.is_empty]

    @property
    def incomplete_count(self) -> int:
        return sum(row.is_incomplete for _, row in self.filled_rows)


PlanRowFormSet = formset_factory(
    PlanRowForm,
    formset=BasePlanRowFormSet,
    extra=0,
    max_num=MAX_ROWS,
    validate_max=True,
    absolute_max=200,
    can_delete=True,
)


class PlanForm(BaseModelForm):
    """A version of the plan. A draft may be incomplete; on sending each missing field is an error."""

    error_title = "Planu nie zapisano."
    mark_optional = False
    formset_classes = {"rows": PlanRowFormSet}
    fields_below_rows = ("coordinated", "coordinated_with", "coordinated_on")
    field_order = ("covers_from", "covers_to", "because", "reason")

    because = forms.MultipleChoiceField(
        label="Dlaczego plan się zmienia",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "check"}),
    )
    heeded = forms.MultipleChoiceField(label="Uwzględnione uwagi", required=False)
    co_authors = specialists_field("Współautorzy planu")

    class Meta(ModelFormMeta):
        model = Plan
        exclude = Plan.set_by_actions
        labels = {
            "covers_from": "Plan od",
            "covers_to": "Plan do",
            "coordinated": "Plan uzgodniono z planem pomocy dziecku w pieczy zastępczej",
            "coordinated_on": "Kiedy uzgodniono",
        }
        field_classes = {"coordinated_on": PastDayField}
        widgets = {"main_goal": textarea(2)}

    def __init__(self, data=None, *args, editor: PlanEditorContext, **kwargs):
        self.editor = editor
        initial = {} if data is not None else {"rows": initial_rows(editor)}
        super().__init__(
            data, *args, formset_kwargs={"rows": {"editor": editor}}, formset_initial=initial, **kwargs
        )
        if self.sending:
            self.error_title = "Planu nie wysłano."
        self.fields["heeded"].choices = [(str(each.pk), each.about) for each in editor.remarks]
        self.fields["co_authors"].choices = editor.specialist_choices
        self.fields["because"].choices = [(each, each) for each in editor.reasons]
        if editor.is_first:
            del self.fields["reason"]
        elif editor.reasons:
            self.fields["reason"].label = "Inny powód albo szczegóły"
        if not editor.reasons:
            del self.fields["because"]
        if not editor.remarks:
            del self.fields["heeded"]

    @property
    def sending(self) -> bool:
        return self.is_bound and self.data.get("then") == SEND

    @property
    def addressed_remarks(self) -> set[int]:
        """Ids of the remarks ticked as addressed."""
        chosen = self["heeded"].value() if "heeded" in self.fields else []
        return {int(each) for each in chosen or [] if str(each).isdigit()}

    @property
    def rows_with_remarks(self) -> list:
        """Numbered rows that have remarks."""
        return [(number, row) for number, row in self.formsets["rows"].numbered_rows if row.remarks]

    @property
    def other_remarks(self) -> list:
        """Remarks on rows that are no longer on the page."""
        on_rows = {remark.pk for _, row in self.rows_with_remarks for remark in row.remarks}
        return [each for each in self.editor.remarks if each.pk not in on_rows]

    def clean(self):
        data = super().clean()
        if len(self.full_reason(data)) > MAX_REASON_LENGTH:
            self.add_error("reason", f"Skróć powód do {MAX_REASON_LENGTH} znaków.")
        if self.sending:
            if not data.get("main_goal"):
                self.add_error("main_goal", "Wpisz cel główny.")
            if data.get("coordinated"):
                if not data.get("coordinated_with"):
                    self.add_error("coordinated_with", "Napisz, z kim uzgodniono plan pomocy dziecku.")
                if not data.get("coordinated_on") and "coordinated_on" not in self.errors:
                    self.add_error("coordinated_on", "Wpisz dzień uzgodnienia.")
        return data

    @staticmethod
    def full_reason(data: dict) -> str:
        """Ticked reasons and the typed one, joined."""
        return "; ".join(each for each in [*data.get("because", []), data.get("reason", "")] if each)

    def plan_data(self) -> PlanData:
        data, plan = self.cleaned_data, self.instance
        plan.reason = self.full_reason(data)
        addressed = [int(each) for each in data.get("heeded", [])]
        return PlanData(plan, self.plan_rows(), [*addressed, *self.editor.addressed_earlier])

    def plan_rows(self) -> list[PlanAction]:
        """Filled rows in their order; when a row was added twice, only the first continues its lineage."""
        rows, origins = [form.plan_row() for _, form in self.formsets["rows"].filled_rows], set()
        for row in rows:
            row.origin_id = None if row.origin_id in origins else row.origin_id
            origins.add(row.origin_id)
        return rows


def initial_rows(editor: PlanEditorContext) -> list[dict]:
    """Initial rows: those of the draft, those continued from the previous version, or one empty row."""
    if editor.draft:
        return [row_from_draft(row) for row in editor.rows]
    return [row_from_previous(row) for row in editor.continued_rows] or [{}]


def initial_plan(editor: PlanEditorContext) -> dict:
    """Initial values of the fields outside the rows."""
    plan = editor.draft or editor.previous
    initial = plan.entered_values() if plan else {}
    if editor.draft:
        reasons = plan.reason.split("; ") if plan.reason else []
        initial["because"] = [each for each in editor.reasons if each in reasons]
        initial["reason"] = "; ".join(each for each in reasons if each not in editor.reasons)
        initial["heeded"] = [str(each.pk) for each in editor.remarks if each.addressed]
        return initial
    start, end = editor.proposed_period
    if editor.previous:  # it was agreed about another text
        initial |= {"reason": "", "coordinated": False, "coordinated_on": None}
    return initial | {"covers_from": start, "covers_to": end}


def plan_confirmations(form: PlanForm) -> list[str]:
    """Questions about unusual but possible data, asked only before the plan is sent."""
    data, rows = form.cleaned_data, form.formsets["rows"].filled_rows
    start, end = data["covers_from"], data["covers_to"]
    questions = []
    if (end - start).days > 366:
        questions.append("Plan obejmuje ponad rok. Zwykle pisze się go na pół roku.")
    due_dates = [row.cleaned_data["due_on"] for _, row in rows]
    by_due_date = [
        ("Termin po końcu okresu planu", lambda due: due > end),
        ("Termin już minął", lambda due: due < form.editor.today),
        ("Termin przed początkiem okresu planu", lambda due: form.editor.today <= due < start),
    ]
    for sentence, applies in by_due_date:
        if named := [(number, row) for number, row in rows if applies(row.cleaned_data["due_on"])]:
            questions.append(format_html("{}: {}.", sentence, row_links(named)))
    if unassigned := [(number, row) for number, row in rows if not row.cleaned_data["who"]]:
        questions.append(format_html("Nie wpisano, kto to zrobi: {}.", row_links(unassigned)))
    if len(due_dates) > 1 and all(due == end for due in due_dates):
        questions.append("Wszystkie terminy to ostatni dzień planu. Lepiej, gdy termin wynika z działania.")
    if form.editor.in_care and not data["coordinated"]:
        children = ", ".join(form.editor.in_care)
        questions.append(
            f"Dziecko jest w pieczy zastępczej ({children}), a planu nie uzgodniono z planem pomocy dziecku."
        )
    unaddressed = len(form.editor.remarks) - len(data.get("heeded", []))
    if unaddressed:
        questions.append(f"Nie wszystkie uwagi zaznaczono jako uwzględnione, zostało: {unaddressed}.")
    return questions


def row_links(rows: list[tuple[int, PlanRowForm]]) -> SafeString:
    """Links to the rows: "wiersze 1, 3"."""
    links = format_html_join(
        ", ", '<a href="#wiersz-{}">{}</a>', ((row.prefix, number) for number, row in rows)
    )
    return format_html("{} {}", "wiersz" if len(rows) == 1 else "wiersze", links)
