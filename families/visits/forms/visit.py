"""The form of a visit: what happened, who was there, what was agreed, whether a child is in danger."""

from datetime import date

from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from families.choices import (
    Area,
    Confirmation,
    NotifiedParty,
    OtherAttendee,
    VisitKind,
    VisitLocation,
    VisitResult,
)
from families.law import DIRECT_TASKS
from families.people.queries import HouseholdMember
from families.plans.models import PlanAction
from families.visits.dto import DangerData, VisitData
from families.visits.forms.agreements import (
    AgreementRows,
    add_ticks,
    agreed_part,
    clean_moved,
    named,
    ticks_of,
    who_may_act,
)
from families.visits.forms.choices import areas_with, children_seen, tile
from families.visits.forms.plan_progress import add_touches, plan_part, questions_about, touches_of
from families.visits.models import Agreement
from lubsko_ops.core import clock
from lubsko_ops.core.forms import (
    BaseForm,
    DayField,
    HourField,
    TemplateLayout,
    form_section,
    set_default_error_messages,
    side_by_side,
)
from lubsko_ops.core.polish import join_list

HELD, FAILED = "held", "failed"
REASONS = [choice for choice in VisitResult.choices if choice[0] != VisitResult.HELD]
NOBODY_MET = {VisitResult.NOBODY_HOME, VisitResult.CALLED_OFF, VisitResult.POSTPONED}


def optional(label: str) -> str:
    """A label that says one may leave the field empty; most fields of this form may be, only the rare say so."""
    return format_html('{} <span class="opt">(nieobowiązkowe)</span>', label)


def text(rows: int, css: str = "") -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": css})


class VisitForm(BaseForm):
    """A visit. Members, earlier agreements and likely areas come from the family's file."""

    failure = "Wizyty nie zapisano."
    button = "Zapisz wizytę"
    mark_optional = False
    row_sets = {"agreements": AgreementRows}

    day = DayField(label="Data")
    starts_at = HourField(label="Od", error_messages={"required": "Wpisz godzinę początku."})
    ends_at = HourField(label="Do", required=False)
    place = forms.ChoiceField(label="Miejsce", choices=VisitLocation.choices)
    place_note = forms.CharField(label="Jakie miejsce", max_length=120, required=False)
    kind = forms.ChoiceField(label="Rodzaj", choices=VisitKind.choices)
    held = forms.ChoiceField(
        label="Wynik", choices=[(HELD, "odbyta"), (FAILED, "nieudana")], widget=forms.RadioSelect
    )
    reason = forms.ChoiceField(
        label="Dlaczego się nie odbyła",
        choices=REASONS,
        required=False,
        widget=forms.RadioSelect(attrs={"data-look": "check"}),
    )
    present = forms.MultipleChoiceField(
        label="Kto był", required=False, widget=forms.CheckboxSelectMultiple(attrs={"data-look": "tiles"})
    )
    others = forms.MultipleChoiceField(
        label="Kto był spoza rodziny",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "tiles"}),
        choices=OtherAttendee.choices,
    )
    others_note = forms.CharField(label="Kto to był", max_length=200, required=False)
    areas = forms.MultipleChoiceField(
        label="Obszary",
        required=False,
        choices=Area.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "chips"}),
    )
    tasks = forms.MultipleChoiceField(
        label="Zadania asystenta z art. 15 ust. 1",
        required=False,
        choices=[(task.point, f"pkt {task.point}: {task.label}") for task in DIRECT_TASKS],
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "check"}),
    )
    facts = forms.CharField(
        label="Co się działo",
        required=False,
        widget=text(6, "tall"),
        help_text="Fakty: co było widać i słychać, kto co powiedział.",
    )
    opinion = forms.CharField(label=optional("Jak to oceniam"), required=False, widget=text(3))
    next_day = DayField(label="Data", required=False)
    next_at = HourField(label="Godzina", required=False)
    confirmation = forms.ChoiceField(
        label="Podpis rodziny", choices=Confirmation.choices, widget=forms.RadioSelect
    )
    confirmation_why = forms.CharField(
        label="Powód",
        max_length=200,
        required=False,
        help_text="Przy odmowie zawsze, przy braku można pominąć.",
    )
    kilometres = forms.DecimalField(
        label=optional("Kilometry"),
        required=False,
        min_value=0,
        max_digits=5,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "num-in", "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_digits", "max_decimal_places", "max_whole_digits"),
            "Wpisz kilometry jako liczbę, np. 12,5. Jedna cyfra po przecinku wystarczy.",
        ),
    )
    danger = forms.BooleanField(label="Zagrożenie bezpieczeństwa dziecka", required=False)
    danger_description = forms.CharField(label="Co zagraża i któremu dziecku", required=False, widget=text(3))
    danger_action = forms.CharField(label="Co zrobiono na miejscu", required=False, widget=text(2))
    danger_notified = forms.ChoiceField(
        label="Kogo zawiadomiono", required=False, choices=[("", "wybierz"), *NotifiedParty.choices]
    )
    danger_who = forms.CharField(label=optional("Kto przyjął zawiadomienie"), max_length=200, required=False)
    danger_notified_on = DayField(label="Dzień zawiadomienia", required=False)
    danger_notified_at = HourField(label="Godzina", required=False)

    def __init__(
        self,
        *args,
        members: list[HouseholdMember],
        agreements: list[Agreement],
        likely_areas: list[str],
        actions: list[PlanAction] = (),
        next_hint: str = "",
        own: dict[int, Agreement] | None = None,
        **kwargs,
    ):
        self.members, self.agreements, self.actions, self.own = members, agreements, actions, own or {}
        self.next_hint = next_hint
        self.people = {each.person.pk: each.person for each in members}
        rows = {"who": who_may_act(members), "people": self.people}
        rows_initial = [AgreementRows.form.initial_of(row) for row in self.own.values()]
        super().__init__(
            *args, rows_kwargs={"agreements": rows}, rows_initial={"agreements": rows_initial}, **kwargs
        )
        self.fields["present"].choices = [
            (str(each.person.pk), tile(each, name)) for each, name in named(members)
        ]
        self.fields["areas"].choices = areas_with(likely_areas, self["areas"].value())
        add_ticks(self, agreements)
        self.ask_which_hour()
        self.order_fields([name for name in self.fields if name.startswith(("tick_", "moved_"))])
        add_touches(self, actions)
        set_default_error_messages(self)
        self.helper.layout = Layout(*self.parts())

    def layout(self):
        return []  # its parts depend on fields that are added later

    def ask_which_hour(self) -> None:
        """In the night the clocks go back an hour comes twice: only then it is asked which one is meant."""
        try:
            day = self.fields["day"].clean(self["day"].value())
            start = self.fields["starts_at"].clean(self["starts_at"].value())
        except ValidationError:
            return
        if clock.is_ambiguous(day, start):
            self.fields["second_hour"] = forms.ChoiceField(
                label=f"Która godzina {start:%H:%M}",
                choices=[("first", "pierwsza (czas letni)"), ("second", "druga (czas zimowy)")],
                required=False,
                widget=forms.RadioSelect(attrs={"data-look": "check"}),
                help_text="Tej nocy zegar cofnięto, więc ta godzina wypadła dwa razy.",
            )

    # ---- what the page shows -----------------------------------------------------------------------
    def parts(self) -> list:
        """The parts of the page, top to bottom; another room's part is one line here."""
        return [
            *agreed_part(self, self.agreements),
            self.when_part(),
            TemplateLayout("families/visits/_present.html"),
            *plan_part(self, self.actions, day=self.day_shown()),
            TemplateLayout("families/visits/_areas.html"),
            form_section("Przebieg", "facts", "opinion"),
            TemplateLayout("families/visits/_agreements.html"),
            form_section(
                "Następna wizyta", side_by_side("next_day", "next_at", kind="two"), note=self.next_hint
            ),
            form_section(
                "Potwierdzenie i dojazd",
                "confirmation",
                Field("confirmation_why", wrapper_class="if-unsigned"),
                "kilometres",
            ),
            TemplateLayout("families/visits/_danger.html"),
        ]

    def day_shown(self) -> date:
        """The day of the visit as it stands in the form; today, where that is no day."""
        try:
            return self.fields["day"].clean(self["day"].value())
        except ValidationError:
            return clock.today()

    def when_part(self):
        hours = [Field("starts_at"), Field("ends_at", wrapper_class="if-held")]
        return form_section(
            "Kiedy i gdzie",
            Div(Field("day"), *hours, css_class="row-f row-when"),
            *(["second_hour"] if "second_hour" in self.fields else []),
            side_by_side("place", "kind", kind="two"),
            Field("place_note", wrapper_class="if-other-place"),
            "held",
            Field("reason", wrapper_class="if-failed"),
            note="Wpisaliśmy to, co zwykle. Popraw, jeśli było inaczej.",
        )

    # ---- what was said -----------------------------------------------------------------------------
    def clean(self):
        data = super().clean()
        if data.get("held") == HELD and not data.get("ends_at") and "ends_at" not in self.errors:
            self.add_error("ends_at", "Wpisz godzinę końca.")
        if data.get("held") == FAILED and not data.get("reason"):
            self.add_error("reason", "Wybierz, dlaczego wizyta się nie odbyła.")
        if not data.get("danger") and (data.get("danger_description") or data.get("danger_action")):
            self.add_error("danger", "Opisano zagrożenie. Zaznacz je albo usuń opis.")
        clean_moved(self, self.agreements)
        return data

    @property
    def result(self) -> str:
        data = self.cleaned_data
        return VisitResult.HELD if data["held"] == HELD else data["reason"]

    def visit(self) -> VisitData:
        """The visit as typed."""
        data = self.cleaned_data
        names = ("day", "starts_at", "place", "place_note", "kind", "others", "others_note", "areas", "tasks")
        names += ("facts", "opinion", "next_day", "next_at", "confirmation", "confirmation_why", "kilometres")
        second = data.get("second_hour")
        nobody = self.result in NOBODY_MET  # those ticked beforehand were not there
        touches = touches_of(data, self.actions) if self.result == VisitResult.HELD else []
        said = {name: data[name] for name in names}
        if said["confirmation"] == Confirmation.SIGNED:
            said["confirmation_why"] = ""  # typed before a change of mind, and hidden since
        said["areas"] = [
            *dict.fromkeys([*said["areas"], *(each.action.area for each in touches if each.action.area)])
        ]
        return VisitData(
            **said,
            # A failed attempt takes no time.
            ends_at=data["ends_at"] if self.result == VisitResult.HELD else data["starts_at"],
            second_hour=second == "second" if second else None,
            result=self.result,
            present=[] if nobody else [self.people[int(pk)] for pk in data["present"]],
            ticks=ticks_of(data, self.agreed_by_then),
            agreements=self.agreed(),
            danger=self.danger_said(),
            touches=touches,
        )

    @property
    def agreed_by_then(self) -> list[Agreement]:
        """Agreements older than the visit: what was agreed after it cannot be settled at it."""
        return [each for each in self.agreements if each.visit.day <= self.cleaned_data["day"]]

    def questions(self) -> list[str]:
        """Ticks that will not be kept; children seen where nobody was let in, since they were ticked beforehand."""
        then = {each.pk for each in self.agreed_by_then}
        later = [each for each in self.agreements if each.pk not in then]
        lost = [each.agreement.what for each in ticks_of(self.cleaned_data, later)]
        words = join_list(f"„{what}”" for what in lost)
        asked = [f"Tych ustaleń jeszcze wtedy nie było, nie zostaną rozliczone: {words}."] if lost else []
        if self.result == VisitResult.REFUSED_ENTRY:
            asked += children_seen(self.members, self.cleaned_data["present"])
        return asked + questions_about(self.cleaned_data, self.actions, held=self.result == VisitResult.HELD)

    def agreed(self) -> list:
        formset = self.rows["agreements"]
        rows = [row for row in formset.forms if row not in formset.deleted_forms]
        return [row.agreement(self.own) for row in rows if row.cleaned_data.get("what")]

    def danger_said(self) -> DangerData | None:
        data = self.cleaned_data
        if not data["danger"]:
            return None
        day, at = data["danger_notified_on"], data["danger_notified_at"]
        return DangerData(
            description=data["danger_description"],
            action_taken=data["danger_action"],
            notified=data["danger_notified"],
            notified_who=data["danger_who"],
            notified_at=clock.to_instant(day, at) if day and at is not None else None,
        )
