"""A row of the plan in its form: one action, folded to one line or opened to be written."""

from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory

from families.choices import ActionState, Area
from families.plans.dto import PlanData, RowData
from families.plans.editor_context import Known
from families.plans.goal_library import ACTIONS_OF, BY_KEY
from families.plans.models import PlanAction
from lubsko_ops.core.forms import BaseForm, DayField, collect_errors, is_deleted
from lubsko_ops.core.formset_buttons import order_key
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.submissions.compare import display_value

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


LONGEST_REASON = 300


HEAD = ("covers_from", "covers_to", "main_goal", "coordinated", "coordinated_with", "coordinated_on")


ABOVE = ("covers_from", "covers_to", "because", "reason", "heeded", "main_goal")


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
        return display_value(self["goal"]) or display_value(self["actions"]) or "Nowy wiersz"

    @property
    def about(self) -> str:
        """Area and who: the second line of the folded row."""
        return "; ".join(
            words for words in (display_value(self["area"]), display_value(self["who"])) if words
        )

    @property
    def term(self) -> str:
        return display_value(self["due_on"])

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
        return ACTIONS_OF.get((self["area"].value(), display_value(self["goal"])), "")

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
        return sorted(self.forms, key=lambda row: order_key(row["ORDER"].value(), numbers[id(row)]))

    @property
    def shown(self) -> list[tuple[int, PlanRow]]:
        """Rows that were not taken away, with the numbers people see."""
        return list(enumerate((row for row in self.in_order if not is_deleted(row)), start=1))

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


class PlanForm(BaseForm):
    """A version of the plan. A draft may lack anything; before it is sent each lack is said beside its field."""

    failure = "Planu nie zapisano."
    mark_optional = False
    row_sets = {"rows": PlanRowSet}

    covers_from = DayField(label="Plan od")
    covers_to = DayField(label="Plan do")
    because = forms.MultipleChoiceField(
        label="Dlaczego plan się zmienia",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "check"}),
    )
    reason = forms.CharField(label="Powód zmiany planu", max_length=LONGEST_REASON, required=False)
    main_goal = forms.CharField(label="Cel główny", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    coordinated = forms.BooleanField(
        label="Plan uzgodniono z planem pomocy dziecku w pieczy zastępczej", required=False
    )
    coordinated_with = forms.CharField(label="Z kim uzgodniono", max_length=200, required=False)
    coordinated_on = DayField(label="Kiedy uzgodniono", required=False)
    heeded = forms.MultipleChoiceField(label="Uwzględnione uwagi", required=False)

    def __init__(self, data=None, *args, known: Known, **kwargs):
        self.known = known
        begin = {} if data is not None else {"rows": rows_of(known)}
        super().__init__(data, *args, rows_kwargs={"rows": {"known": known}}, rows_initial=begin, **kwargs)
        if self.sending:
            self.failure = "Planu nie wysłano."
        self.fields["heeded"].choices = [(str(each.pk), each.about) for each in known.remarks]
        self.fields["because"].choices = [(each, each) for each in known.reasons]
        if known.first:
            del self.fields["reason"]
        elif known.reasons:
            self.fields["reason"].label = "Inny powód albo szczegóły"
        if not known.reasons:
            del self.fields["because"]
        if not known.remarks:
            del self.fields["heeded"]

    @property
    def sending(self) -> bool:
        return self.is_bound and self.data.get("then") == SEND

    @property
    def ticked(self) -> set[int]:
        """Ids of remarks ticked as heeded."""
        chosen = self["heeded"].value() if "heeded" in self.fields else []
        return {int(each) for each in chosen or [] if str(each).isdigit()}

    @property
    def remarked(self) -> list:
        """Rows with remarks, with their numbers."""
        return [(number, row) for number, row in self.rows["rows"].shown if row.remarks]

    @property
    def remarks_elsewhere(self) -> list:
        """Remarks to rows that are not in the page any more."""
        here = {remark.pk for _, row in self.remarked for remark in row.remarks}
        return [each for each in self.known.remarks if each.pk not in here]

    def clean(self):
        data = super().clean()
        if len(self.whole_reason(data)) > LONGEST_REASON:
            self.add_error("reason", f"Skróć powód do {LONGEST_REASON} znaków.")
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
    def whole_reason(data: dict) -> str:
        """Likely reasons that were ticked and what was written, in one sentence."""
        return "; ".join(each for each in [*data.get("because", []), data.get("reason", "")] if each)

    def problems(self):
        """Every sentence in the order of the page; about a row it says which one."""
        formset = self.rows["rows"]
        found = collect_errors(self, without=[name for name in self.fields if name not in ABOVE])
        found += [("wiersze-rows", sentence) for sentence in formset.non_form_errors()]
        for number, row in formset.shown:
            found += [(target, f"Wiersz {number}: {sentence}") for target, sentence in collect_errors(row)]
        return found + collect_errors(self, only=[name for name in self.fields if name not in ABOVE])

    def plan_data(self) -> PlanData:
        """The plan as typed."""
        data, known = self.cleaned_data, self.known
        return PlanData(
            **{name: data[name] for name in HEAD},
            reason=self.whole_reason(data),
            rows=self.row_datas(),
            heeded=[*(int(each) for each in data.get("heeded", [])), *known.heeded_earlier],
        )

    def row_datas(self) -> list:
        """Rows in their order; a line goes on in one row only, whatever was taken up twice."""
        found, lines = [], set()
        for _, row in self.rows["rows"].written:
            data = row.row_data()
            line = data.goes_on_from.line if data.goes_on_from else None
            found.append(replace(data, goes_on_from=None) if line in lines else data)
            lines.add(line)
        return found


def rows_of(known: Known) -> list[dict]:
    """What the rows begin with: those of the draft, those that go on, or one empty row."""
    if known.draft:
        return [recorded(row) for row in known.rows]
    return [carried(row) for row in known.carried] or [{}]


def initial_of(known: Known) -> dict:
    """What the head of the form begins with."""
    plan = known.draft or known.before
    said = {name: getattr(plan, name) for name in HEAD} if plan else {}
    if known.draft:
        reasons = plan.reason.split("; ") if plan.reason else []
        said["because"] = [each for each in known.reasons if each in reasons]
        said["reason"] = "; ".join(each for each in reasons if each not in known.reasons)
        said["heeded"] = [str(each.pk) for each in known.remarks if each.heeded]
        return said
    start, end = known.proposed
    if known.before:  # what was agreed was agreed about another text
        said |= {"coordinated": False, "coordinated_on": None}
    return said | {"covers_from": start, "covers_to": end}


def questions_of(form: PlanForm) -> list[str]:
    """What is odd and may still be true; asked only before the plan is sent."""
    data, rows = form.cleaned_data, form.rows["rows"].written
    start, end = data["covers_from"], data["covers_to"]
    asked = []
    if (end - start).days > 366:
        asked.append("Plan obejmuje ponad rok. Zwykle pisze się go na pół roku.")
    terms = [(number, row.cleaned_data["due_on"]) for number, row in rows]
    late = [number for number, due in terms if due > end]
    if late:
        asked.append(f"Termin po końcu okresu planu: {in_rows(late)}.")
    gone = [number for number, due in terms if due < form.known.today]
    if gone:
        asked.append(f"Termin już minął: {in_rows(gone)}.")
    early = [number for number, due in terms if form.known.today <= due < start]
    if early:
        asked.append(f"Termin przed początkiem okresu planu: {in_rows(early)}.")
    nobodys = [number for number, row in rows if not row.cleaned_data["who"]]
    if nobodys:
        asked.append(f"Nie wpisano, kto to zrobi: {in_rows(nobodys)}.")
    if len(terms) > 1 and all(due == end for _, due in terms):
        asked.append("Wszystkie terminy to ostatni dzień planu. Lepiej, gdy termin wynika z działania.")
    if form.known.in_care and not data["coordinated"]:
        words = ", ".join(form.known.in_care)
        asked.append(
            f"Dziecko jest w pieczy zastępczej ({words}), a planu nie uzgodniono z planem pomocy dziecku."
        )
    left = len(form.known.remarks) - len(data.get("heeded", []))
    if left:
        asked.append(f"Nie wszystkie uwagi zaznaczono jako uwzględnione, zostało: {left}.")
    return asked


def in_rows(numbers: list[int]) -> str:
    return f"{'wiersz' if len(numbers) == 1 else 'wiersze'} {', '.join(str(each) for each in numbers)}"
