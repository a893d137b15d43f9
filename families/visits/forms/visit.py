"""Form of a visit: time, attendees, course, agreements, plan progress, safeguarding concern."""

from collections.abc import Callable, Iterable
from datetime import date

from crispy_forms.layout import Field
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from families.choices import (
    Area,
    Confirmation,
    NotifiedParty,
    OtherAttendee,
    VisitResult,
)
from families.law import DIRECT_TASKS
from families.people.queries import HouseholdMember
from families.plans.models import PlanAction
from families.visits.dto import VisitData
from families.visits.forms.agreements import (
    VisitAgreementFormSet,
    add_outcome_fields,
    clean_moved_dates,
    earlier_agreements_section,
    get_outcomes,
    responsible_choices,
    with_short_names,
)
from families.visits.forms.plan_progress import (
    add_progress_fields,
    get_progress,
    plan_section,
    progress_confirmations,
)
from families.visits.models import Agreement, SafeguardingConcern, Visit
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.form_layout import FieldRow, TemplateLayout, form_section, side_by_side
from lubsko_ops.core.forms import (
    BaseModelForm,
    HourField,
    ModelFormMeta,
    PastDayField,
    PlannedDayField,
    set_default_error_messages,
)
from lubsko_ops.core.polish import bind_provisions, join_list

LIKELY_AREAS = 4
NEXT_VISIT = "Następna wizyta"
HOURS_PREFILLED = "Godziny i miejsce wpisaliśmy tak, jak zwykle. Popraw, jeśli było inaczej."
FIELDS_BELOW_AGREEMENTS = ("next_day", "next_at", "confirmation", "no_signature_reason", "kilometres")


def tile_label(member: HouseholdMember, name: str) -> str:
    """Two lines of a tile: the name; kinship, age of a child, last day of a member who has left."""
    details = [member.kinship, member.age if member.is_child else "", member.leaving_text]
    return f"{name}\n{', '.join(filter(None, details))}"


def children_seen_confirmations(members: list[HouseholdMember], present: list[str]) -> list[str]:
    """A confirmation about children selected as present (by id) where entry was refused."""
    seen = [
        name for each, name in with_short_names(members) if each.is_child and str(each.person.pk) in present
    ]
    return [f"Odmówiono wpuszczenia, a zaznaczono dzieci jako widziane: {join_list(seen)}."] if seen else []


def area_choices(likely: list[str], chosen) -> list:
    """Areas: the likely and the selected first, the others in a group that is folded."""
    preferred = set(likely) | set(chosen or [])
    first = [choice for choice in Area.choices if choice[0] in preferred] or Area.choices[:LIKELY_AREAS]
    rest = [choice for choice in Area.choices if choice not in first]
    return [*first, (f"Pozostałe obszary ({len(rest)})", rest)] if rest else first


HELD, FAILED = "held", "failed"
FAILURE_REASONS = [choice for choice in VisitResult.choices if choice[0] != VisitResult.HELD]
NOBODY_MET = {VisitResult.NOBODY_HOME, VisitResult.CALLED_OFF, VisitResult.POSTPONED}


def optional(label: str) -> str:
    """Label of a rare optional field; most fields of this form are optional and say nothing."""
    return format_html('{} <span class="opt">(nieobowiązkowe)</span>', label)


def text_area(rows: int, css: str = "") -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": css})


class VisitForm(BaseModelForm):
    """A visit. Members, earlier agreements and likely areas come from the family's file."""

    error_title = "Wizyty nie zapisano."
    submit_label = "Zapisz wizytę"
    mark_optional = False
    formset_classes = {"agreements": VisitAgreementFormSet}
    row_name = "Ustalenie"
    # The fields that are not columns, between those of the model; all others follow in the order of the model.
    field_order = ("day", "starts_at", "ends_at", "place", "place_note", "kind", "held", "reason", "present")

    ends_at = HourField(label="Do", required=False)
    held = forms.ChoiceField(
        label="Wynik",
        choices=[(HELD, "odbyta"), (FAILED, "nieudana")],
        widget=forms.RadioSelect,
        error_messages={"required": "Wybierz, czy wizyta się odbyła."},
    )
    reason = forms.ChoiceField(
        label="Dlaczego się nie odbyła",
        choices=FAILURE_REASONS,
        required=False,
        widget=forms.RadioSelect(attrs={"data-look": "check"}),
    )
    present = forms.MultipleChoiceField(
        label="Kto był", required=False, widget=forms.CheckboxSelectMultiple(attrs={"data-look": "tiles"})
    )
    other_attendees = forms.MultipleChoiceField(
        label="Kto był spoza rodziny",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "tiles"}),
        choices=OtherAttendee.choices,
    )
    specialists = forms.TypedMultipleChoiceField(
        label="Specjaliści rodziny",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "tiles"}),
    )
    areas = forms.MultipleChoiceField(
        label="Obszary",
        required=False,
        choices=Area.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "chips"}),
    )
    tasks = forms.MultipleChoiceField(
        label=bind_provisions("Zadania asystenta z art. 15 ust. 1"),
        required=False,
        choices=[(task.point, f"pkt {task.point}: {task.label}") for task in DIRECT_TASKS],
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "check"}),
    )
    # Not made from the column, whose default would be chosen before the user chooses.
    confirmation = forms.ChoiceField(
        label="Podpis rodziny", required=False, choices=Confirmation.choices, widget=forms.RadioSelect
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
    danger_description = forms.CharField(
        label="Co zagraża i któremu dziecku", required=False, widget=text_area(3)
    )
    danger_action_taken = forms.CharField(label="Co zrobiono na miejscu", required=False, widget=text_area(2))
    danger_notified = forms.ChoiceField(
        label="Kogo zawiadomiono", required=False, choices=[("", "wybierz"), *NotifiedParty.choices]
    )
    danger_notified_who = forms.CharField(
        label=optional("Kto przyjął zawiadomienie"), max_length=200, required=False
    )
    danger_notified_on = PastDayField(label="Dzień zawiadomienia", required=False)
    danger_notified_at = HourField(label="Godzina", required=False)

    class Meta(ModelFormMeta):
        model = Visit
        exclude = (*Visit.set_by_actions, "result")  # entered as ``held`` and ``reason``
        labels = {
            "others_note": "Kto to był",
            "opinion": optional("Jak to oceniam"),
            "next_day": "Data",
            "next_at": "Godzina",
            "no_signature_reason": "Powód",
        }
        field_classes = {"day": PastDayField, "next_day": PlannedDayField}
        widgets = {"facts": text_area(6, "tall"), "opinion": text_area(3)}
        help_texts = {
            "facts": "Fakty: co było widać i słychać, kto co powiedział.",
            "no_signature_reason": "Wymagany przy odmowie; przy braku podpisu nieobowiązkowy.",
        }
        error_messages = {"starts_at": {"required": "Wpisz godzinę początku."}}

    def __init__(
        self,
        *args,
        members: list[HouseholdMember],
        agreements: list[Agreement],
        likely_areas: Callable[[], list[str]],
        actions: list[PlanAction] = (),
        last_adults: Callable[[], list[HouseholdMember]] = list,
        next_hint: Callable[[], str] = str,
        corrects: bool = False,
        own: Iterable[Agreement] = (),
        specialists: Iterable[User] = (),
        **kwargs,
    ):
        self.members, self.agreements, self.actions = members, agreements, actions
        self.last_adults, self.next_hint, self.corrects = last_adults, next_hint, corrects
        self.people = {each.person.pk: each.person for each in members}
        rows = {"who": responsible_choices(members), "people": self.people}
        formset_initial = [VisitAgreementFormSet.form.initial_of(row) for row in own]
        super().__init__(
            *args,
            formset_kwargs={"agreements": rows},
            formset_initial={"agreements": formset_initial},
            **kwargs,
        )
        self.fields["present"].choices = [
            (str(each.person.pk), tile_label(each, name)) for each, name in with_short_names(members)
        ]
        self.fields["specialists"].choices = [(str(user.pk), str(user)) for user in specialists]
        # Only shown in this order, so a form that is saved does not ask for the last visit.
        self.fields["areas"].widget.choices = lambda: area_choices(likely_areas(), self["areas"].value())
        add_outcome_fields(self, agreements)
        for name in ("next_day", "next_at"):  # in the error summary apart from the date of this visit
            self.fields[name].row_name = NEXT_VISIT
        dangers = [name for name in self.fields if name.startswith("danger")]
        self.fields_below_rows = (*FIELDS_BELOW_AGREEMENTS, *dangers)
        self.add_fold_fields()
        self.order_fields([name for name in self.fields if name.startswith(("tick_", "moved_"))])
        add_progress_fields(self, actions)
        set_default_error_messages(self)

    def add_fold_fields(self) -> None:
        """Ask which hour of the start and of the end is meant when it occurs twice because the clocks go back."""
        for name, asked in (("starts_at", "second_hour"), ("ends_at", "second_end")):
            try:
                day = self.fields["day"].clean(self["day"].value())
                hour = self.fields[name].clean(self[name].value())
            except ValidationError:
                continue
            after_midnight = name == "ends_at" and hour and clock.is_ambiguous(day + ONE_DAY, hour)
            if hour is None or not (after_midnight or clock.is_ambiguous(day, hour)):
                continue
            label = "Początek" if name == "starts_at" else "Koniec"
            self.fields[asked] = forms.ChoiceField(
                label=f"{label}: która godzina {hour:%H:%M}",
                choices=[("first", "pierwsza (czas letni)"), ("second", "druga (czas zimowy)")],
                required=False,
                widget=forms.RadioSelect(attrs={"data-look": "check"}),
                help_text="Tej nocy zegar cofnięto, więc ta godzina wypadła dwa razy.",
            )

    # ---- layout -------------------------------------------------------------------------------------
    def layout(self) -> list:
        """Sections of the page from top to bottom."""
        return [
            *earlier_agreements_section(self, self.agreements),
            self.time_and_place_section(),
            self.attendees_section(),
            *plan_section(self, self.actions, day=self.current_day()),
            TemplateLayout("visits/_areas.html"),
            form_section("Przebieg", "facts", "opinion"),
            TemplateLayout("visits/_new_agreements.html"),
            form_section(NEXT_VISIT, side_by_side("next_day", "next_at", kind="two"), note=self.next_hint()),
            form_section(
                "Potwierdzenie i dojazd",
                "confirmation",
                Field("no_signature_reason", wrapper_class="if-unsigned"),
                "kilometres",
            ),
            TemplateLayout("visits/_safeguarding_fields.html"),
        ]

    def attendees_section(self):
        names = {each.person.pk: name for each, name in with_short_names(self.members)}
        adults = {each.person.pk: names[each.person.pk] for each in self.last_adults()}
        return TemplateLayout("visits/_attendees.html", last_adults=adults)

    def current_day(self) -> date:
        """The day entered in the form, or today."""
        try:
            return self.fields["day"].clean(self["day"].value())
        except ValidationError:
            return clock.today()

    def time_and_place_section(self):
        hours = [Field("starts_at"), Field("ends_at", wrapper_class="if-held")]
        return form_section(
            "Kiedy i gdzie",
            FieldRow(Field("day"), *hours, css_class="row-f row-when"),
            *[name for name in ("second_hour", "second_end") if name in self.fields],
            side_by_side("place", "kind", kind="two"),
            Field("place_note", wrapper_class="if-other-place"),
            "held",
            Field("reason", wrapper_class="if-failed"),
            note="" if self.corrects else HOURS_PREFILLED,
        )

    # ---- cleaned data ------------------------------------------------------------------------------
    def clean(self):
        data = super().clean()
        if data.get("held") == HELD and not data.get("ends_at") and "ends_at" not in self.errors:
            self.add_error("ends_at", "Wpisz godzinę końca.")
        if data.get("held") == HELD and not data.get("confirmation"):
            self.add_error("confirmation", "Wybierz, czy jest podpis rodziny.")
        if data.get("held") == FAILED and not data.get("reason"):
            self.add_error("reason", "Wybierz, dlaczego wizyta się nie odbyła.")
        if not data.get("danger") and (data.get("danger_description") or data.get("danger_action_taken")):
            self.add_error("danger", "Opisano zagrożenie. Zaznacz je albo usuń opis.")
        clean_moved_dates(self, self.agreements)
        return data

    @property
    def result(self) -> str:
        data = self.cleaned_data
        return VisitResult.HELD if data["held"] == HELD else data["reason"]

    def visit_data(self) -> VisitData:
        data = self.cleaned_data
        second, second_end = data.get("second_hour"), data.get("second_end")
        nobody = self.result in NOBODY_MET  # people ticked before the result was chosen
        progress = get_progress(data, self.actions) if self.result == VisitResult.HELD else []
        visit = self.instance
        visit.result = self.result
        if visit.confirmation == Confirmation.SIGNED:
            visit.no_signature_reason = ""  # the field is hidden then
        areas_of_plan = [each.action.area for each in progress if each.action.area]
        visit.areas = [*dict.fromkeys([*data["areas"], *areas_of_plan])]
        return VisitData(
            visit,
            # A failed visit takes no time.
            ends_at=data["ends_at"] if visit.held else data["starts_at"],
            fold=second == "second" if second else None,
            end_fold=second_end == "second" if second_end else None,
            present=[] if nobody else [self.people[int(pk)] for pk in data["present"]],
            outcomes=get_outcomes(data, self.agreements_before),
            agreements=self.new_agreements(),
            concern=self.concern(),
            plan_progress=progress,
        )

    def partial_data(self) -> VisitData:
        """The visit as it can be read when some fields have errors, for the rules that ask about the others."""
        data, visit = self.cleaned_data, self.instance
        failed = data.get("held") == FAILED and data.get("reason")
        visit.result = failed or VisitResult.HELD
        second, second_end = data.get("second_hour"), data.get("second_end")
        return VisitData(
            visit,
            ends_at=data.get("ends_at") if visit.held else data.get("starts_at"),
            fold=second == "second" if second else None,
            end_fold=second_end == "second" if second_end else None,
            present=[] if failed in NOBODY_MET else [self.people[int(pk)] for pk in data.get("present", ())],
            concern=self.concern(),
            plan_progress=get_progress(data, self.actions) if visit.held else [],
        )

    @property
    def unknown_fields(self) -> set[str]:
        """Names of the fields with errors; of a visit whose result is unclear also its end, which may be empty."""
        unclear = {"held", "reason"} & self.errors.keys()
        return {*self.errors, *({"held", "ends_at"} if unclear else ())}

    @property
    def agreements_before(self) -> list[Agreement]:
        """Agreements not later than the day of the visit: only these can get an outcome at it."""
        return [each for each in self.agreements if each.visit.day <= self.cleaned_data["day"]]

    def get_confirmations(self) -> list[str]:
        """Outcomes and plan progress that will not be saved; children seen where entry was refused."""
        before = {each.pk for each in self.agreements_before}
        later = [each for each in self.agreements if each.pk not in before]
        lost = [each.agreement.what for each in get_outcomes(self.cleaned_data, later)]
        names = join_list(f"„{what}”" for what in lost)
        confirmations = []
        if lost:
            confirmations.append(f"Tych ustaleń jeszcze wtedy nie było, nie zostaną rozliczone: {names}.")
        if self.result == VisitResult.REFUSED_ENTRY:
            confirmations += children_seen_confirmations(self.members, self.cleaned_data["present"])
        return confirmations + progress_confirmations(
            self.cleaned_data, self.actions, held=self.result == VisitResult.HELD
        )

    def new_agreements(self) -> list[Agreement]:
        formset = self.formsets["agreements"]
        rows = [row for row in formset.forms if row not in formset.deleted_forms]
        return [row.agreement() for row in rows if row.cleaned_data.get("what")]

    def concern(self) -> SafeguardingConcern | None:
        """The concern as entered, not saved."""
        data = self.cleaned_data
        if not data.get("danger"):
            return None
        day, at = data.get("danger_notified_on"), data.get("danger_notified_at")
        entered = SafeguardingConcern.entered_fields()
        values = {each.name: data.get(f"danger_{each.name}", "") for each in entered}
        values["notified_at"] = clock.to_instant(day, at) if day and at is not None else None
        return SafeguardingConcern(**values)
