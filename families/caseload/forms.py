"""Forms of the work with a family: choosing an assistant, the basis, the social worker."""

from datetime import date

from crispy_forms.layout import HTML, Field
from django import forms
from django.core.exceptions import ValidationError

from families import law
from families.caseload.queries import AssistantOption, assistant_options, social_workers
from families.caseload.validators import LimitReached
from families.choices import AssignmentKind
from families.people.models import Family
from lubsko_ops.accounts.models import User
from lubsko_ops.core.forms import BaseForm, DayField, form_section, side_by_side
from lubsko_ops.core.permissions import Role
from lubsko_ops.output.chart import slots
from lubsko_ops.submissions.keys import REFRESH

NO_PLACE = "Wybierz osobę, która ma wolne miejsce, albo podaj powód przekroczenia limitu."
SHOWN = 12  # assistants with the most places stand open, the rest of a large centre unfolds
# Another day, another load: the board is asked for again as soon as the day changes, or by the button.
RECOUNT = HTML(
    f'<div class="field"><button class="btn btn-quiet" type="submit" name="{REFRESH}" value="1">Pokaż obciążenie '
    "w tym czasie</button></div>"
)
ON_CHANGE = {
    "hx-post": "./",
    "hx-trigger": "change",
    "hx-include": "closest form",
    "hx-vals": f'{{"{REFRESH}": "1"}}',
    "hx-target": "#tablica-asystentow",
    "hx-select": "#tablica-asystentow",
    "hx-swap": "outerHTML",
}


class OnDayForm(BaseForm):
    """A form that knows the day it is filled in."""

    def __init__(self, *args, today: date, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)


class OverLimit(BaseForm):
    """A form whose deed may be refused for the limit: then, and only then, it asks why to go over it."""

    limit_reached = False
    said_of_limit: list[str] = []

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
            self.ask_for_a_reason()

    def take(self, error: ValidationError) -> None:
        if isinstance(error, LimitReached):
            self.add_error("override_reason", NO_PLACE)
            self.said_of_limit = error.messages
            self.ask_for_a_reason()
        super().take(error)

    def problems(self) -> list[tuple[str, str]]:
        """The limit is one thing to mend, said beside the person and beside the reason: on top it is one line."""
        found = super().problems()
        if not self.said_of_limit:
            return found
        both = [each for each in found if each[1] in (*self.said_of_limit, NO_PLACE)]
        others = [each for each in found if each not in both]
        return [(both[-1][0], " ".join([*self.said_of_limit, NO_PLACE])), *others]

    def ask_for_a_reason(self) -> None:
        """Show the field with which the manager may go over the limit."""
        self.limit_reached = True
        self.helper.layout.fields[:] = self.layout()


class AssistantForm(OverLimit, OnDayForm):
    """Choosing an assistant, with the load of each on the day beside the name."""

    failure = "Asystenta nie przydzielono."
    button = "Przydziel asystenta"
    kind = AssignmentKind.LEADING
    mark_optional = False
    field_order = ("starts_on", "ends_on", "assistant", "override_reason")

    starts_on = DayField(label="Od dnia")
    assistant = forms.ModelChoiceField(
        label="Asystent",
        queryset=User.objects.none(),
        error_messages={"required": "Wybierz asystenta.", "invalid_choice": "Wybierz asystenta z listy."},
    )

    def __init__(self, *args, family: Family, rows=(), **kwargs):
        self.family, self.rows_of_family = family, rows
        super().__init__(*args, **kwargs)
        held = User.objects.filter(is_active=True, role_grants__role=Role.ASSISTANT)
        self.fields["assistant"].queryset = held.distinct()
        for name in {"starts_on", "ends_on"} & set(self.fields):
            self.fields[name].widget.attrs.update(ON_CHANGE)

    def layout(self) -> list:
        return [form_section("Od kiedy", side_by_side("starts_on", RECOUNT)), self.choice()]

    def choice(self):
        """The part with the assistants; beside the chosen one the reason is asked for, once the limit is reached."""
        return form_section("Asystent", Field("assistant", template="families/assignments/_assistants.html"))

    # ---- the assistants shown ----
    def day(self, name: str) -> date | None:
        """The day as it stands in the field now, when it is one."""
        try:
            return self.fields[name].clean(self[name].value())
        except ValidationError:
            return None

    @property
    def on(self) -> date:
        """The day whose load is shown."""
        return max(self.day("starts_on") or self.today, law.IN_FORCE)

    @property
    def until(self) -> date | None:
        """The last day whose load is looked at; None: until further notice."""
        return None

    def look(self) -> None:
        """Ask for the assistants once, when the page is rendered."""
        if hasattr(self, "able"):
            return
        busy = [row for row in self.rows_of_family if self.touches(row)]
        self.able, self.unable = assistant_options(
            self.family, on=self.on, until=self.until, busy=busy, kind=self.kind
        )

    def touches(self, row) -> bool:
        last = self.until or self.on
        return row.starts_on <= last and (row.ends_on is None or row.ends_on >= self.on)

    @property
    def best(self) -> list[AssistantOption]:
        """Those with the most places, and whoever is chosen."""
        self.look()
        return [each for number, each in enumerate(self.able) if number < SHOWN or self.is_chosen(each)]

    @property
    def others(self) -> list[AssistantOption]:
        """All the others, behind a fold."""
        self.look()
        return [each for number, each in enumerate(self.able) if number >= SHOWN and not self.is_chosen(each)]

    @property
    def not_to_choose(self):
        self.look()
        return self.unable

    @property
    def legend(self):
        """A drawing of one taken and one free place."""
        return slots(1, 2)

    def is_chosen(self, candidate: AssistantOption) -> bool:
        return str(self["assistant"].value() or "") == str(candidate.user.pk)

    @property
    def reason_for(self) -> User | None:
        """Beside whose name the reason is asked for."""
        self.look()
        chosen = (each.user for each in self.able if self.is_chosen(each))
        return next(chosen, None) if self.limit_reached else None


class HandOverForm(AssistantForm):
    """Another leading assistant from a day; the one until now may accompany her for a time."""

    failure = "Asystenta nie zmieniono."

    accompany_until = DayField(label="Poprzedni asystent towarzyszy do dnia", required=False)

    def __init__(self, *args, leading=None, **kwargs):
        self.leading = leading
        super().__init__(*args, **kwargs)
        if leading:
            self.button = "Zmień asystenta"
            self.fields["accompany_until"].label = f"{leading.assistant} towarzyszy rodzinie jeszcze do dnia"
            self.fields[
                "accompany_until"
            ].help_text = (
                "Nieobowiązkowe: gdy pierwsze wizyty mają być wspólne. Nie zajmuje miejsca w limicie."
            )

    def layout(self) -> list:
        accompany = [form_section("Poprzedni asystent", "accompany_until")] if self.leading else []
        return [*super().layout(), *accompany]


class StandInForm(AssistantForm):
    """Somebody who stands in for the leading assistant for a time."""

    failure = "Zastępstwa nie zapisano."
    button = "Zapisz zastępstwo"
    kind = AssignmentKind.STAND_IN

    ends_on = DayField(label="Do dnia")

    def layout(self) -> list:
        return [
            form_section("Kiedy", side_by_side("starts_on", "ends_on", kind="two"), RECOUNT),
            self.choice(),
        ]

    @property
    def until(self) -> date | None:
        return self.day("ends_on") or self.on


class EndAssignmentForm(BaseForm):
    """The last day of an assignment."""

    failure = "Przydzielenia nie zakończono."
    button = "Zakończ"

    ends_on = DayField(label="Ostatni dzień")


class LeadForm(OnDayForm):
    """The leading social worker from a day. ``now``: who is written down, even without the role any more."""

    failure = "Pracownika socjalnego nie zmieniono."
    button = "Zapisz"

    social_worker = forms.ModelChoiceField(
        label="Pracownik socjalny",
        queryset=User.objects.none(),
        empty_label="wybierz",
        error_messages={"required": "Wybierz pracownika socjalnego."},
    )
    since = DayField(label="Od dnia")

    def __init__(self, *args, now: User | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        people = social_workers(on=self.today)
        if now and all(user != now for user, _ in people):
            people.append((now, ""))
        field = self.fields["social_worker"]
        field.queryset = User.objects.filter(pk__in=[user.pk for user, _ in people])
        field.choices = [
            ("", "wybierz"),
            *((user.pk, f"{user}, {regions}" if regions else str(user)) for user, regions in people),
        ]
