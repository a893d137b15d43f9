"""The form of a plan: its period, the main goal, its rows, what was agreed about a child in care."""

from dataclasses import replace

from django import forms

from families.plans.dto import PlanData
from families.plans.editor_context import Known
from families.plans.forms.rows import SEND, PlanRowSet, carried, recorded
from lubsko_ops.core.forms import BaseForm, DayField, problems_of

LONGEST_REASON = 300
HEAD = ("covers_from", "covers_to", "main_goal", "coordinated", "coordinated_with", "coordinated_on")
ABOVE = ("covers_from", "covers_to", "because", "reason", "heeded", "main_goal")


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
        found = problems_of(self, without=[name for name in self.fields if name not in ABOVE])
        found += [("wiersze-rows", sentence) for sentence in formset.non_form_errors()]
        for number, row in formset.shown:
            found += [(target, f"Wiersz {number}: {sentence}") for target, sentence in problems_of(row)]
        return found + problems_of(self, only=[name for name in self.fields if name not in ABOVE])

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
