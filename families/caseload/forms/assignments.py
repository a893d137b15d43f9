"""Forms for assignments of assistants and lead social workers."""

from datetime import date
from functools import cached_property

from crispy_forms.layout import HTML, Field
from django import forms
from django.core.exceptions import ValidationError

from families import law
from families.caseload.queries import AssistantOption, IneligibleAssistant, assistant_options, social_workers
from families.caseload.validators import LimitReached
from families.choices import AssignmentKind
from families.people.models import Family
from lubsko_ops.accounts.models import User
from lubsko_ops.core.form_layout import form_section, side_by_side
from lubsko_ops.core.forms import BaseForm, DayField, PlannedDayField
from lubsko_ops.core.permissions import Role
from lubsko_ops.output.chart import slots
from lubsko_ops.submissions.keys import REFRESH

LIMIT_REACHED_HINT = "Wybierz osobę, która ma wolne miejsce, albo podaj powód przekroczenia limitu."
MAX_EXPANDED_OPTIONS = 12  # further assistants are collapsed
# The caseload depends on the day: the table reloads when the day changes, or by this button without JavaScript.
RECALCULATE_BUTTON = HTML(
    f'<div class="field"><button class="btn btn-quiet" type="submit" name="{REFRESH}" value="1">Przelicz obciążenie '
    "na ten dzień</button></div>"
)
REFRESH_ATTRS = {
    "hx-post": "./",
    "hx-trigger": "change",
    "hx-include": "closest form",
    "hx-vals": f'{{"{REFRESH}": "1"}}',
    "hx-target": "#tablica-asystentow",
    "hx-select": "#tablica-asystentow",
    "hx-swap": "outerHTML",
}


class TodayForm(BaseForm):
    """Base of forms whose validation or choices depend on the current day."""

    def __init__(self, *args, today: date, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)


class LimitOverrideForm(BaseForm):
    """A form that asks for an override reason only after its action was refused because of the limit."""

    limit_reached = False
    limit_messages: list[str] = []

    override_reason = forms.CharField(
        label="Powód przekroczenia limitu",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wpisz go tylko wtedy, gdy mimo to przydzielasz rodzinę tej osobie. Zostanie na stałe w teczce.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.add_prefix("override_reason") in self.data:
            self.show_override_reason()

    def add_action_errors(self, error: ValidationError) -> None:
        if isinstance(error, LimitReached):
            self.add_error("override_reason", LIMIT_REACHED_HINT)
            self.limit_messages = error.messages
            self.show_override_reason()
        super().add_action_errors(error)

    def error_summary(self) -> list[tuple[str, str]]:
        """The two messages about the limit, shown at two fields, are joined into one line."""
        errors = super().error_summary()
        if not self.limit_messages:
            return errors
        limits = (*self.limit_messages, LIMIT_REACHED_HINT)
        limit_errors = [each for each in errors if each[1].endswith(limits)]
        others = [each for each in errors if each not in limit_errors]
        return [(limit_errors[-1][0], " ".join([*self.limit_messages, LIMIT_REACHED_HINT])), *others]

    def show_override_reason(self) -> None:
        """Add the override field to the layout."""
        self.limit_reached = True
        self.helper.layout.fields[:] = self.layout()


class AssistantChoiceForm(LimitOverrideForm, TodayForm):
    """Choice of an assistant from a table with the caseload of each on the day."""

    error_title = "Asystenta nie przydzielono."
    submit_label = "Przydziel asystenta"
    kind = AssignmentKind.LEADING
    mark_optional = False
    field_order = ("starts_on", "ends_on", "assistant", "override_reason")

    starts_on = DayField(label="Od dnia")
    assistant = forms.ModelChoiceField(
        label="Asystent",
        queryset=User.objects.none(),
        error_messages={"required": "Wybierz asystenta.", "invalid_choice": "Wybierz asystenta z listy."},
    )

    def __init__(self, *args, family: Family, assignments=(), **kwargs):
        self.family, self.assignments = family, assignments
        super().__init__(*args, **kwargs)
        assistants = User.objects.filter(is_active=True, role_grants__role=Role.ASSISTANT)
        self.fields["assistant"].queryset = assistants.distinct()
        for name in {"starts_on", "ends_on"} & set(self.fields):
            self.fields[name].widget.attrs.update(REFRESH_ATTRS)

    def layout(self) -> list:
        return [
            form_section("Od kiedy", side_by_side("starts_on", RECALCULATE_BUTTON)),
            self.assistant_section(),
        ]

    def assistant_section(self):
        """Table of assistants; once the limit is reached, the override field is shown below the chosen one."""
        return form_section("Asystent", Field("assistant", template="caseload/_assistant_options.html"))

    # ---- the table of assistants ----
    def entered_day(self, name: str) -> date | None:
        """The day now entered in the field; None when it is empty or invalid."""
        try:
            return self.fields[name].clean(self[name].value())
        except ValidationError:
            return None

    @property
    def on(self) -> date:
        """The day whose caseload is shown."""
        return max(self.entered_day("starts_on") or self.today, law.IN_FORCE)

    @property
    def until(self) -> date | None:
        """The last day whose caseload counts; None: open-ended."""
        return None

    @cached_property
    def assistants(self) -> tuple[list[AssistantOption], list[IneligibleAssistant]]:
        """Assistants who may and who may not be assigned, queried when the page is rendered."""
        assignments = [row for row in self.assignments if self.overlaps(row)]
        return assistant_options(
            self.family, on=self.on, until=self.until, assignments=assignments, kind=self.kind
        )

    def overlaps(self, row) -> bool:
        last = self.until or self.on
        return row.starts_on <= last and (row.ends_on is None or row.ends_on >= self.on)

    @property
    def top_options(self) -> list[AssistantOption]:
        """The assistants with the most free slots, and the chosen one."""
        rows = enumerate(self.assistants[0])
        return [each for number, each in rows if number < MAX_EXPANDED_OPTIONS or self.is_chosen(each)]

    @property
    def other_options(self) -> list[AssistantOption]:
        """The other assistants, shown collapsed."""
        rows = enumerate(self.assistants[0])
        return [each for number, each in rows if number >= MAX_EXPANDED_OPTIONS and not self.is_chosen(each)]

    @property
    def ineligible(self) -> list[IneligibleAssistant]:
        return self.assistants[1]

    @property
    def legend(self):
        """SVG drawing of one taken and one free slot."""
        return slots(1, 2)

    def is_chosen(self, option: AssistantOption) -> bool:
        return str(self["assistant"].value() or "") == str(option.user.pk)

    @property
    def override_reason_for(self) -> User | None:
        """The chosen assistant, below whose row the override field is shown; None before the limit is reached."""
        chosen = (each.user for each in self.assistants[0] if self.is_chosen(each))
        return next(chosen, None) if self.limit_reached else None


class HandOverForm(AssistantChoiceForm):
    """Another leading assistant from a day; the previous one may accompany for a time."""

    error_title = "Asystenta nie zmieniono."

    accompany_until = PlannedDayField(label="Poprzedni asystent towarzyszy do dnia", required=False)

    def __init__(self, *args, leading=None, **kwargs):
        self.leading = leading
        super().__init__(*args, **kwargs)
        if leading:
            self.submit_label = "Zmień asystenta"
            self.fields["accompany_until"].label = f"{leading.assistant} towarzyszy rodzinie jeszcze do dnia"
            help_text = "Nieobowiązkowe: gdy pierwsze wizyty mają być wspólne. Nie zajmuje miejsca w limicie."
            self.fields["accompany_until"].help_text = help_text

    def layout(self) -> list:
        accompany = [form_section("Poprzedni asystent", "accompany_until")] if self.leading else []
        return [*super().layout(), *accompany]


class StandInForm(AssistantChoiceForm):
    """An assistant who stands in for the leading one for a time."""

    error_title = "Zastępstwa nie zapisano."
    submit_label = "Zapisz zastępstwo"
    kind = AssignmentKind.STAND_IN

    ends_on = PlannedDayField(label="Do dnia")

    def layout(self) -> list:
        return [
            form_section("Kiedy", side_by_side("starts_on", "ends_on", kind="two"), RECALCULATE_BUTTON),
            self.assistant_section(),
        ]

    @property
    def until(self) -> date | None:
        return self.entered_day("ends_on") or self.on


class AssignmentEndForm(BaseForm):
    """The last day of an assignment."""

    error_title = "Przydzielenia nie zakończono."
    submit_label = "Zakończ"

    ends_on = DayField(label="Ostatni dzień")


class LeadWorkerForm(TodayForm):
    """Lead social worker from a day. ``current``: the present one, offered even without the role any more."""

    error_title = "Pracownika socjalnego nie zmieniono."
    submit_label = "Zapisz"

    social_worker = forms.ModelChoiceField(
        label="Pracownik socjalny",
        queryset=User.objects.none(),
        empty_label="wybierz",
        error_messages={"required": "Wybierz pracownika socjalnego."},
    )
    since = DayField(label="Od dnia")

    def __init__(self, *args, current: User | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        workers = social_workers(on=self.today)
        if current and all(user != current for user, _ in workers):
            workers.append((current, ""))
        field = self.fields["social_worker"]
        field.queryset = User.objects.filter(pk__in=[user.pk for user, _ in workers])
        field.choices = [
            ("", "wybierz"),
            *((user.pk, f"{user}, {regions}" if regions else str(user)) for user, regions in workers),
        ]


def reason_field(label: str, help_text: str) -> forms.CharField:
    """Field for the reason of a change, stored in the history."""
    return forms.CharField(
        label=label,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=help_text,
        error_messages={"required": "Podaj powód. Zostaje w historii teczki."},
    )


def correction_reason_field() -> forms.CharField:
    return reason_field("Dlaczego poprawiasz", "Na przykład: pomyłka w dacie, zły numer pisma.")


class CancelForm(BaseForm):
    """Reason for cancelling a row."""

    error_title = "Nie odwołano."
    submit_label = "Odwołaj"

    why = reason_field("Dlaczego odwołujesz", "Na przykład: wpis w złej teczce, zmiana planów.")


class AssignmentCancelForm(CancelForm):
    """Also asks whether the predecessors continue. ``predecessors``: their text, e.g. "Anna Sikora prowadzi"."""

    give_back = forms.BooleanField(label="Przywróć to, co było przedtem", required=False, initial=True)

    def __init__(self, *args, predecessors: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        if predecessors:
            self.fields["give_back"].label += f": {predecessors}"
        else:
            del self.fields["give_back"]


class AssignmentCorrectForm(LimitOverrideForm):
    """Corrected days of an assignment; ``kind`` decides whether the last day is required."""

    error_title = "Przydzielenia nie poprawiono."
    submit_label = "Popraw"
    mark_optional = False

    starts_on = DayField(label="Od dnia")
    ends_on = DayField(label="Do dnia", required=False, help_text="Zostaw puste, jeśli do odwołania.")
    why = correction_reason_field()
    field_order = ("starts_on", "ends_on", "override_reason", "why")

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        if kind == AssignmentKind.STAND_IN:
            self.fields["ends_on"].required, self.fields["ends_on"].help_text = True, ""

    def layout(self) -> list:
        override = ["override_reason"] if self.limit_reached else []
        return [side_by_side("starts_on", "ends_on"), *override, "why"]


class LeadWorkerCorrectForm(LeadWorkerForm):
    """Corrected lead social worker and first day."""

    error_title = "Nie poprawiono."
    submit_label = "Popraw"

    since = None
    starts_on = DayField(label="Od dnia")
    why = correction_reason_field()
