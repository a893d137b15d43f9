"""Forms of groups: a group, its description, leaders, days, a copy, the removal."""

from datetime import date

from crispy_forms.layout import HTML, Div
from django import forms
from django.forms import BaseFormSet, formset_factory

from lubsko_ops.accounts.models import User
from lubsko_ops.core.form_layout import form_section, side_by_side
from lubsko_ops.core.forms import BaseForm, BaseModelForm, DayField, is_deleted
from lubsko_ops.submissions.keys import REFRESH
from projects.choices import ActivityKind, Takes
from projects.groups import rules
from projects.models import Edition, GroupDay, GroupLeader, ProjectGroup
from projects.row_forms import ProjectFormMeta

OUTSIDER = "Wybierz pracownika ośrodka albo wpisz osobę spoza niego, jedno z dwojga."
# Which fields there are depends on the kind: they are loaded anew when it changes, without JavaScript by the button.
KIND_BUTTON = HTML(
    f'<noscript><div class="field"><button class="btn btn-quiet" type="submit" name="{REFRESH}" value="1">'
    "Pokaż pola tego rodzaju</button></div></noscript>"
)
FIELDS_ID = "pola-zajec"
REFRESH_ATTRS = {
    "hx-post": "./",
    "hx-trigger": "change",
    "hx-include": "closest form",
    "hx-vals": f'{{"{REFRESH}": "1"}}',
    "hx-target": f"#{FIELDS_ID}",
    "hx-select": f"#{FIELDS_ID}",
    "hx-swap": "outerHTML",
}


def staff_choices(staff: list[User], empty: str = "nikt z ośrodka") -> list[tuple]:
    return [("", empty), *((user.pk, str(user)) for user in staff)]


class GroupMeta(ProjectFormMeta):
    model = ProjectGroup
    labels = {
        "name": "Nazwa",
        "kind": "Rodzaj zajęć",
        "starts_on": "Początek",
        "ends_on": "Koniec",
        "age_unit": "Wiek liczony w",
        "place": "Miejsce z listy",
        "other_place": "Albo inne miejsce",
    }
    help_texts = {
        "ends_on": "Puste: tak długo jak projekt.",
        "partners": "Kto pomaga, np. Caritas, PCK, Policja.",
        "age_unit": "Miesiące: dla grup z niemowlętami.",
        "hours": "Razem, nie na jedno spotkanie.",
    }


class GroupForm(BaseModelForm):
    """A group. Only the fields that fit its kind are there; one that was filled in stays, and is refused."""

    error_title = "Grupy nie zapisano."
    submit_label = "Zapisz"
    mark_optional = False

    goals = forms.TypedMultipleChoiceField(
        label="Którym celom projektu służy",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "check"}),
    )

    class Meta(GroupMeta):
        fields = (
            *(
                "name",
                "kind",
                "takes",
                "starts_on",
                "ends_on",
                "place",
                "other_place",
                "capacity",
                "age_from",
            ),
            *("age_to", "age_unit", "meetings", "hours", "goals", "partners", "description"),
        )

    def __init__(self, *args, edition: Edition, goals, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.kind = self._value("kind")
        self.fields["kind"].choices = [("", "wybierz"), *ActivityKind.choices]
        self.fields["kind"].widget.attrs.update(REFRESH_ATTRS)
        self.fields["takes"].choices = [each for each in Takes.choices if each[0] != Takes.NOBODY]
        self.fields["takes"].required = False
        self.fields["place"].queryset = places
        self.fields["place"].empty_label = "bez miejsca z listy"
        self.fields["goals"].choices = [(each.position, str(each)) for each in goals.values()]
        self.fields["description"].widget.attrs["rows"] = 3
        if not goals:
            del self.fields["goals"]
        for name in list(self.fields):
            chosen = name in ("takes", "age_unit")
            if not rules.fits(name, self.kind) and (chosen or not self._value(name)):
                del self.fields[name]

    def _value(self, name: str):
        """What the field holds now: typed, or to begin with."""
        return self.data.get(self.add_prefix(name), "") if self.is_bound else self.initial.get(name)

    def layout(self):
        hint = rules.KIND_HINTS.get(self.kind, "")
        sections = [
            form_section(
                "Kiedy i gdzie", *self._row("starts_on", "ends_on"), *self._row("place", "other_place")
            ),
            *self.leader_section(),
            form_section(
                "Ile osób i ile godzin",
                *self._row("takes", "capacity"),
                *self._row("age_from", "age_to", "age_unit", kind="three"),
                *self._row("meetings", "hours"),
            ),
            form_section(
                "Po co i z kim", *self._row("goals"), *self._row("partners"), *self._row("description")
            ),
        ]
        kept = [each for each in sections if each.fields]
        note = [HTML(f'<p class="note mb-3">{hint}</p>')] if hint else []
        return [form_section("", "name", "kind", KIND_BUTTON), Div(*note, *kept, css_id=FIELDS_ID)]

    def leader_section(self) -> list:
        return []

    def _row(self, *names: str, kind: str = "two-wide") -> list:
        """These fields side by side, those that are there."""
        present = [name for name in names if name in self.fields]
        return [side_by_side(*present, kind=kind)] if len(present) > 1 else present


class GroupStartForm(GroupForm):
    """A new group, with who leads it."""

    error_title = "Grupy nie założono."
    submit_label = "Załóż grupę"

    leader = forms.ModelChoiceField(label="Prowadzi", queryset=User.objects.none(), required=False)
    leader_name = forms.CharField(label="Albo osoba spoza ośrodka", max_length=120, required=False)

    def __init__(self, *args, staff: list[User], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["leader"].queryset = User.objects.filter(pk__in=[user.pk for user in staff])
        self.fields["leader"].choices = staff_choices(staff)

    def leader_section(self):
        note = "Od pierwszego dnia. Zmienisz to później na stronie grupy."
        return [form_section("Kto prowadzi", side_by_side("leader", "leader_name"), note=note)]

    def clean(self):
        data = super().clean()
        if data.get("leader") and data.get("leader_name"):
            self.add_error("leader_name", OUTSIDER)
        return data


class GroupDescriptionForm(BaseModelForm):
    """What the leaders of a group change."""

    error_title = "Opisu nie zapisano."
    submit_label = "Zapisz"

    class Meta(GroupMeta):
        fields = ("description", "place", "other_place", "partners")

    def __init__(self, *args, places, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places
        self.fields["place"].empty_label = "bez miejsca z listy"
        for name in [name for name in self.fields if not rules.fits(name, kind)]:
            del self.fields[name]

    def layout(self):
        return [
            "description",
            *(["place", "other_place"] if "place" in self.fields else []),
            *self._partners(),
        ]

    def _partners(self) -> list[str]:
        return ["partners"] if "partners" in self.fields else []

    def clean(self):
        data = super().clean()
        if data.get("place") and data.get("other_place"):
            self.add_error("other_place", "Wybierz miejsce z listy albo wpisz inne, nie oba.")
        return data


class GroupCopyForm(BaseForm):
    """The name and the days of a copy."""

    error_title = "Grupy nie skopiowano."
    submit_label = "Załóż kopię"

    name = forms.CharField(label="Nazwa nowej grupy", max_length=160, help_text="Np. z dopiskiem: jesień.")
    starts_on = DayField(label="Początek")
    ends_on = DayField(label="Koniec", required=False, help_text=GroupMeta.help_texts["ends_on"])

    def layout(self):
        return ["name", side_by_side("starts_on", "ends_on")]


class GroupReasonForm(BaseForm):
    """Why something entered by mistake is removed."""

    error_title = "Nie usunięto."
    submit_label = "Usuń"

    why = forms.CharField(
        label="Powód",
        max_length=200,
        help_text="Zostanie w historii razem z Twoim nazwiskiem.",
        error_messages={"required": "Napisz, dlaczego."},
    )


# ---- leaders -----------------------------------------------------------------------------------------
class LeaderForm(BaseModelForm):
    """Who leads, from when to when."""

    error_title = "Prowadzącego nie zapisano."
    submit_label = "Zapisz"
    mark_optional = False

    class Meta(ProjectFormMeta):
        model = GroupLeader
        fields = ("user", "name", "starts_on", "ends_on")
        labels = {"name": "Albo osoba spoza ośrodka", "starts_on": "Prowadzi od", "ends_on": "Prowadzi do"}
        help_texts = {"ends_on": "Puste: do końca zajęć."}

    def __init__(self, *args, staff: list[User], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.filter(pk__in=[user.pk for user in staff])
        self.fields["user"].choices = staff_choices(staff)

    def layout(self):
        return [side_by_side("user", "name"), side_by_side("starts_on", "ends_on")]


class LeaderAddForm(LeaderForm):
    """A new leader, perhaps instead of one of today."""

    submit_label = "Dodaj prowadzącego"

    replaces = forms.ModelChoiceField(
        label="Zamiast",
        queryset=GroupLeader.objects.none(),
        required=False,
        empty_label="obok dotychczasowych",
        help_text="Kogo zastępuje na stałe: ta osoba prowadzi do dnia przed.",
    )

    def __init__(self, *args, leaders: list[GroupLeader], group: ProjectGroup, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["replaces"].queryset = GroupLeader.objects.filter(group=group).select_related("user")
        if leaders:
            choices = [("", "obok dotychczasowych"), *((each.pk, str(each)) for each in leaders)]
            self.fields["replaces"].choices = choices
        else:
            del self.fields["replaces"]

    def layout(self):
        return [*super().layout(), *(["replaces"] if "replaces" in self.fields else [])]


# ---- days --------------------------------------------------------------------------------------------
class GroupDayForm(BaseModelForm):
    """A day of a group. ``row``: id of the saved day it changes."""

    mark_optional = False

    row = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta(ProjectFormMeta):
        model = GroupDay
        exclude = GroupDay.set_by_actions
        labels = {
            "starts_on": "Dzień",
            "ends_on": "Do dnia",
            "starts_at": "Od godziny",
            "ends_at": "Do godziny",
            "people": "Policzone osoby",
        }
        help_texts = {"ends_on": "Gdy trwa kilka dni albo przez północ."}
        error_messages = {"kilograms": {"min_value": "Kilogramów nie może być mniej niż zero."}}

    def __init__(self, *args, group: ProjectGroup, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.group, self.today = group, today
        self.counts = group.kind == ActivityKind.EVENT
        self.fields["starts_on"].required = False  # a row left empty is left out
        self.fields["programme"].widget.attrs["rows"] = 3
        if not self.counts:
            for name in rules.COUNTS:
                del self.fields[name]

    def has_changed(self):
        """Always True, so that each row is validated: the initial values may be those of a row changed since."""
        return True

    def clean(self):
        data = super().clean()
        typed = {
            name for name, value in data.items() if value not in (None, "") and name not in ("row", "DELETE")
        }
        if typed and not data.get("starts_on") and "starts_on" not in self.errors:
            self.add_error("starts_on", "Wpisz dzień.")
        if data.get("starts_on") and not self.errors:
            day = GroupDay(**{name: data[name] for name in data if name not in ("row", "DELETE")})
            for name, text in rules.day_refusals(day, self.group, today=self.today).items():
                self.add_error(name, text)
        return data

    def layout(self):
        counts = [side_by_side("volunteers", "people"), side_by_side("parcels", "kilograms")]
        return [
            "row",
            side_by_side("starts_on", "ends_on"),
            side_by_side("starts_at", "ends_at", kind="two"),
            "programme",
            *(counts if self.counts else []),
        ]

    def day(self) -> GroupDay:
        """The day as entered, not saved, with the id of the day it changes."""
        self.instance.pk = self.cleaned_data.get("row")
        return self.instance


class GroupDayFormSet(BaseFormSet):
    """The days of a group. Empty ones are left out."""

    row_name = "Dzień"
    default_error_messages = BaseFormSet.default_error_messages | {
        "too_many_forms": f"Najwyżej {rules.MAX_DAYS} dni.",
    }

    def filled(self) -> list[GroupDayForm]:
        return [form for form in self.forms if not is_deleted(form) and form.cleaned_data.get("starts_on")]


class GroupDaysForm(BaseForm):
    """All days of a group with their programme, of an event with what was counted."""

    error_title = "Dni nie zapisano."
    submit_label = "Zapisz dni"
    formset_classes = {
        "days": formset_factory(
            GroupDayForm,
            formset=GroupDayFormSet,
            max_num=rules.MAX_DAYS,
            validate_max=True,
            absolute_max=200,
            can_delete=True,
            extra=0,
        )
    }

    def __init__(self, data=None, *args, days: list[GroupDay], group: ProjectGroup, today: date, **kwargs):
        initial = [day.entered_values() | {"row": day.pk} for day in days] or [{}]
        super().__init__(
            data,
            *args,
            formset_kwargs={"days": {"group": group, "today": today}},
            formset_initial=None if data is not None else {"days": initial},
            **kwargs,
        )

    def entered_days(self) -> list[GroupDay]:
        return [form.day() for form in self.formsets["days"].filled()]
