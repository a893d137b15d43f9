"""A row of the plan in its form: one action, folded to one line or opened to be written."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory

from families.choices import ActionState, Area
from families.plans.dto import RowData
from families.plans.editor_context import Known
from families.plans.headings import ACTIONS_OF, BY_KEY
from families.plans.models import PlanAction
from lubsko_ops.core.forms import BaseForm, DayField, removed
from lubsko_ops.core.formset_buttons import place_of
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.submissions.compare import shown_value

MOST = 40
SEND = "send"
AREAS = [("", "wybierz"), *((value, label.capitalize()) for value, label in Area.choices)]
CELLS = ("area", "problem", "goal", "actions", "who", "due_on", "expected")
NEEDED = {
    "area": "Wybierz obszar.",
    "goal": "Wpisz cel szczegółowy.",
    "actions": "Wpisz działania. Bez nich plan nie wejdzie w życie.",
    "expected": "Napisz, po czym poznamy, że się udało. Bez tego plan nie wejdzie w życie.",
    "due_on": "Wpisz termin. Bez niego plan nie wejdzie w życie.",
}


def text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def hidden_number() -> forms.IntegerField:
    return forms.IntegerField(required=False, widget=forms.HiddenInput)


class PlanRow(BaseForm):
    """One action. ``row``: the recorded row; ``goes_on_from``: the line of an earlier version it goes on from."""

    mark_optional = False

    row = hidden_number()
    goes_on_from = hidden_number()
    ORDER = hidden_number()
    area = forms.ChoiceField(label="Obszar", choices=AREAS, required=False)
    problem = forms.CharField(label="Problem lub potrzeba", max_length=300, required=False)
    goal = forms.CharField(label="Cel szczegółowy", max_length=300, required=False)
    actions = forms.CharField(label="Działania", required=False, widget=text(3))
    expected = forms.CharField(label="Po czym poznamy, że się udało", required=False, widget=text(3))
    who = forms.CharField(
        label="Kto", max_length=200, required=False, widget=forms.TextInput(attrs={"list": "kto"})
    )
    due_on = DayField(label="Termin", required=False)

    def __init__(self, *args, known: Known, **kwargs):
        self.known = known
        super().__init__(*args, **kwargs)
        area = self["area"].value()
        self.fields["goal"].widget.attrs["list"] = f"cele-{area}" if area in Area.values else "cele"

    def has_changed(self):
        """Every row is read whole: what it began with may stand in another row by now."""
        return True

    def clean(self):
        data = super().clean()
        if self.data.get("then") == SEND and not self.empty:
            for name, sentence in NEEDED.items():
                if name not in self.errors and not data.get(name):
                    self.add_error(name, sentence)
        return data

    # ---- what the page shows -----------------------------------------------------------------------
    @property
    def empty(self) -> bool:
        """Nothing was written into it; an area alone is nothing yet."""
        return not any(str(self[name].value() or "").strip() for name in CELLS if name != "area")

    @property
    def lacking(self) -> bool:
        """Something it needs before it is sent is still missing."""
        return not all(str(self[name].value() or "").strip() for name in NEEDED)

    @property
    def title(self) -> str:
        return shown_value(self["goal"]) or shown_value(self["actions"]) or "Nowy wiersz"

    @property
    def about(self) -> str:
        """Area and who: the second line of the folded row."""
        return "; ".join(words for words in (shown_value(self["area"]), shown_value(self["who"])) if words)

    @property
    def term(self) -> str:
        return shown_value(self["due_on"])

    @property
    def remarks(self) -> list:
        """Remarks of the last sending-back to this row."""
        recorded = self._number("row")
        return [each for each in self.known.remarks if recorded and each.action_id == recorded]

    @property
    def open(self) -> bool:
        """With something to mend, to heed or to fill in."""
        return bool(self.errors or self.remarks or self.lacking)

    @property
    def progress(self) -> str:
        """What was last said of the line: "w trakcie, 05.10.2026"."""
        recorded = self.known.own.get(self._number("row")) or self.known.lines.get(
            self._number("goes_on_from")
        )
        return progress_words(recorded) if recorded else ""

    @property
    def hint(self) -> str:
        """Actions to choose from, when the goal was taken from the library."""
        return ACTIONS_OF.get((self["area"].value(), shown_value(self["goal"])), "")

    def _number(self, name: str) -> int | None:
        return parse_int(str(self[name].value() or ""))

    # ---- what was said -----------------------------------------------------------------------------
    def row_data(self) -> RowData:
        data = self.cleaned_data
        return RowData(
            **{name: data[name] for name in CELLS},
            row=self.known.own.get(data["row"]),
            goes_on_from=self.known.lines.get(data["goes_on_from"]),
        )


def progress_words(row: PlanAction) -> str:
    return f"{ActionState(row.last_state).label}, {row.last_on:%d.%m.%Y}" if row.last_state else ""


def cells_of(row: PlanAction) -> dict:
    return {name: getattr(row, name) for name in CELLS}


def recorded(row: PlanAction) -> dict:
    """A row of the draft as its form begins."""
    return cells_of(row) | {"row": row.pk, "goes_on_from": row.first_id}


def carried(row: PlanAction) -> dict:
    """A row of an earlier version, to go on in a new one."""
    return cells_of(row) | {"goes_on_from": row.line}


class PlanRows(BaseFormSet):
    """The rows in the order the person gave them."""

    default_error_messages = BaseFormSet.default_error_messages | {
        "too_many_forms": f"Plan mieści najwyżej {MOST} wierszy. Usuń któryś albo połącz dwa w jeden.",
    }

    def clean(self):
        if self.data.get("then") == SEND and not self.written:
            raise ValidationError("Dodaj do planu przynajmniej jeden wiersz.")

    def begun_with(self, which: str) -> dict:
        """A row from the library ("ED-3") or a finished one of the version before ("wiersz-45")."""
        known: Known = self.form_kwargs["known"]
        if heading := BY_KEY.get(which):
            return {"area": heading.area.value, "goal": heading.goal}
        row = known.lines.get(parse_int(which.removeprefix("wiersz-")))
        return carried(row) if row else {}

    @property
    def in_order(self) -> list[PlanRow]:
        numbers = {id(row): number for number, row in enumerate(self.forms)}
        return sorted(self.forms, key=lambda row: place_of(row["ORDER"].value(), numbers[id(row)]))

    @property
    def shown(self) -> list[tuple[int, PlanRow]]:
        """Rows that were not taken away, with the numbers people see."""
        return list(enumerate((row for row in self.in_order if not removed(row)), start=1))

    @property
    def written(self) -> list[tuple[int, PlanRow]]:
        """Those of them with something in them."""
        return [(number, row) for number, row in self.shown if not row.empty]

    @property
    def lacking(self) -> int:
        return sum(row.lacking for _, row in self.written)


PlanRowSet = formset_factory(
    PlanRow, formset=PlanRows, extra=0, max_num=MOST, validate_max=True, absolute_max=200, can_delete=True
)
