"""Forms for legal bases: at the start of work (several at once), later one by one, end, correction."""

from collections.abc import Iterable
from datetime import date

from django import forms

from families import law
from families.caseload.actions import BasisData
from families.caseload.forms.assignments import (
    RECALCULATE_BUTTON,
    AssistantChoiceForm,
    TodayForm,
    correction_reason_field,
)
from families.caseload.forms.references import CaseReferenceField
from families.choices import BasisKind, Kinship
from families.people.identity import MIN_AGE, age_text
from families.people.models import Membership, Person
from lubsko_ops.core.form_layout import form_section, side_by_side
from lubsko_ops.core.forms import BaseForm, DayField, PastDayField
from lubsko_ops.core.polish import short_date

MIN_PARENT_AGE = MIN_AGE[Kinship.MOTHER]
BASIS_CHOICES = [(kind.value, law.GROUNDS[kind.value][0]) for kind in BasisKind]
FUTURE_DAY_MESSAGE = "Ten dzień jeszcze nie nadszedł. Wpisz dzień, w którym podstawa powstała."


def may_be_minor_parent(member: Membership, on: date) -> bool:
    """Whether the member is, by the date of birth, a minor old enough to have a child."""
    age = member.person.age_on(on)
    return age is not None and age >= MIN_PARENT_AGE and member.is_child_on(on)


class FamilyMembersForm(TodayForm):
    """Base of forms with choices of family members."""

    def __init__(self, *args, members: list[Membership], **kwargs):
        self.members = members
        self.by_person = {row.person_id: row for row in members}
        super().__init__(*args, **kwargs)

    def choices_for(self, members: Iterable[Membership]) -> list[tuple[int, str]]:
        """Choices such as "Danuta Kowalska, matka, 38 lat"."""
        choices = []
        for row in members:
            parts = (str(row.person), row.kinship_label, age_text(row.person.birth, self.today))
            choices.append((row.person_id, ", ".join(filter(None, parts))))
        return choices

    def reject_future(self, name: str) -> None:
        """Add an error when the day in the field is in the future."""
        day = self.cleaned_data.get(name)
        if day and day > self.today:
            self.add_error(name, FUTURE_DAY_MESSAGE)


class WorkBeginForm(FamilyMembersForm, AssistantChoiceForm):
    """Start of the work: first day, legal bases, assistant. Each kind of basis that is filled in becomes a row."""

    error_title = "Pracy nie rozpoczęto."
    submit_label = "Rozpocznij pracę i przydziel"
    field_order = (
        "starts_on",
        "consent_people",
        "consent_since",
        "court_reference",
        "court_since",
        "za_zyciem_since",
        "minor_parent",
        "minor_parent_since",
        "case_reference",
        "assistant",
    )

    consent_people = forms.MultipleChoiceField(
        label="Kto wyraził zgodę",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "check"}),
        help_text="Zgodę wyraża każda osoba dorosła za siebie.",
    )
    consent_since = PastDayField(label="Dzień zgody", required=False)
    court_reference = forms.CharField(label="Sygnatura albo numer pisma sądu", required=False, max_length=120)
    court_since = PastDayField(label="Dzień postanowienia", required=False)
    za_zyciem_since = PastDayField(label="Dzień wniosku „Za życiem”", required=False)
    minor_parent = forms.ChoiceField(label="Małoletni rodzic", required=False)
    minor_parent_since = PastDayField(label="Od dnia", required=False)
    case_reference = CaseReferenceField(
        required=False, help_text="Przepisz go ze spisu spraw. Można go też wpisać później."
    )

    def __init__(self, *args, members, today, asks_reference=False, **kwargs):
        """``asks_reference``: the centre numbers its cases outside the application."""
        self.minors = [row for row in members if may_be_minor_parent(row, today)]
        super().__init__(*args, members=members, today=today, **kwargs)
        self.fields["starts_on"].label = "Pierwszy dzień pracy z rodziną"
        adults = [row for row in members if row.is_adult_on(today)]
        self.fields["consent_people"].choices = self.choices_for(adults)
        if not adults:
            help_text = "Najpierw dodaj na stronie „Osoby” dorosłych członków rodziny."
            self.fields["consent_people"].help_text = help_text
        self.fields["minor_parent"].choices = [("", "nie"), *self.choices_for(self.minors)]
        if not asks_reference:
            del self.fields["case_reference"]

    def layout(self) -> list:
        return [
            form_section("Początek", side_by_side("starts_on", RECALCULATE_BUTTON)),
            form_section("Zgoda rodziny", "consent_people", "consent_since"),
            form_section(
                "Inna podstawa",
                side_by_side("court_reference", "court_since"),
                side_by_side("za_zyciem_since"),
                *([side_by_side("minor_parent", "minor_parent_since")] if self.minors else []),
                note="Wypełnij tylko to, co dotyczy rodziny.",
            ),
            *([form_section("Znak sprawy", "case_reference")] if "case_reference" in self.fields else []),
            self.assistant_section(),
        ]

    def clean(self):
        cleaned = super().clean()
        self.bases: list[BasisData] = []
        for kind, chosen, since in (
            (BasisKind.CONSENT, cleaned.get("consent_people"), "consent_since"),
            (BasisKind.COURT, cleaned.get("court_reference") or cleaned.get("court_since"), "court_since"),
            (BasisKind.ZA_ZYCIEM, cleaned.get("za_zyciem_since"), "za_zyciem_since"),
            (BasisKind.MINOR_PARENT, cleaned.get("minor_parent"), "minor_parent_since"),
        ):
            if chosen and since not in self.errors:
                self.add_bases(kind, since)
        if cleaned.get("court_since") and not cleaned.get("court_reference"):
            self.add_error("court_reference", "Podaj sygnaturę albo numer pisma sądu.")
        day = cleaned.get("starts_on")
        if day and not self.errors:
            ranges = [(basis.starts_on, None) for basis in self.bases]
            if law.no_basis_refusal(on=day, bases=ranges):
                self.add_error("consent_people", self.missing_basis_message(day))
        return cleaned

    def missing_basis_message(self, day: date) -> str:
        """How to fill in the form so that work may start on the day. The action quotes the law itself."""
        if self.bases:
            first = short_date(min(basis.starts_on for basis in self.bases))
            return (
                f"Podstawa obowiązuje od {first}, a praca ma się zacząć {short_date(day)}. "
                "Popraw jeden z tych dni."
            )
        if self.fields["consent_people"].choices:
            return "Zaznacz, kto wyraził zgodę, albo wypełnij inną podstawę pracy."
        return (
            "Wypełnij inną podstawę pracy albo dodaj na stronie „Osoby” osobę dorosłą, która wyraziła zgodę."
        )

    def add_bases(self, kind: str, since: str) -> None:
        """Append bases of the kind to ``bases``, or an error at the missing day field ``since``."""
        day = self.cleaned_data.get(since)
        if not day:
            self.add_error(since, "Wpisz dzień, od którego ta podstawa obowiązuje.")
            return
        self.reject_future(since)
        people: list[Person | None] = [None]
        if kind == BasisKind.CONSENT:
            people = [self.by_person[int(pk)].person for pk in self.cleaned_data["consent_people"]]
        elif kind == BasisKind.MINOR_PARENT:
            people = [self.by_person[int(self.cleaned_data["minor_parent"])].person]
        reference = self.cleaned_data["court_reference"] if kind == BasisKind.COURT else ""
        self.bases += [
            BasisData(kind=kind, starts_on=day, person=person, reference=reference) for person in people
        ]


class BasisForm(FamilyMembersForm):
    """Another legal basis of the current work."""

    error_title = "Podstawy nie zapisano."
    submit_label = "Zapisz podstawę"
    mark_optional = False

    kind = forms.ChoiceField(
        label="Podstawa", choices=BASIS_CHOICES, widget=forms.RadioSelect(attrs={"data-look": "check"})
    )
    person = forms.ChoiceField(
        label="Kogo dotyczy",
        required=False,
        help_text="Przy zgodzie: kto ją wyraził. Przy małoletnim rodzicu: kto nim jest.",
    )
    reference = forms.CharField(
        label="Sygnatura albo numer pisma",
        required=False,
        max_length=120,
        help_text="Przy zobowiązaniu sądu.",
    )
    starts_on = PastDayField(label="Od dnia")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "całej rodziny"), *self.choices_for(self.members)]

    def clean(self):
        cleaned = super().clean()
        kind, since = cleaned.get("kind"), cleaned.get("starts_on")
        member = self.by_person.get(int(cleaned.get("person") or 0))
        person = member.person if member else None
        self.reject_future("starts_on")
        if kind in (BasisKind.CONSENT, BasisKind.MINOR_PARENT) and not person:
            self.add_error("person", "Wskaż osobę, której ta podstawa dotyczy.")
        elif kind == BasisKind.CONSENT and since and member.is_child_on(since):
            self.add_error("person", f"Zgodę wyraża osoba dorosła, a {person} nie ma jeszcze 18 lat.")
        elif kind == BasisKind.MINOR_PARENT and since and (not person.birth or member.is_adult_on(since)):
            self.add_error("person", f"{person}: z daty urodzenia nie wynika, że to osoba małoletnia.")
        elif kind == BasisKind.MINOR_PARENT and since and not may_be_minor_parent(member, since):
            self.add_error("person", f"{person} nie ma jeszcze {MIN_PARENT_AGE} lat. Sprawdź datę urodzenia.")
        if kind == BasisKind.COURT and not cleaned.get("reference"):
            self.add_error("reference", "Podaj sygnaturę albo numer pisma sądu.")
        return cleaned | {"person": person}


class BasisEndForm(BaseForm):
    """Last day of a basis and the reason for its end."""

    error_title = "Podstawy nie zakończono."
    submit_label = "Zakończ podstawę"

    ends_on = DayField(label="Ostatni dzień, w którym podstawa obowiązuje")
    why = forms.CharField(
        label="Powód",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Na przykład: cofnięcie zgody, uchylenie zobowiązania, pełnoletność.",
        error_messages={"required": "Podaj powód. Zostaje w teczce."},
    )


class BasisCorrectForm(BasisForm):
    """Corrected basis; without a last day it is open-ended."""

    error_title = "Podstawy nie poprawiono."
    submit_label = "Popraw podstawę"

    ends_on = DayField(
        label="Ostatni dzień",
        required=False,
        help_text="Zostaw puste, jeśli podstawa nadal obowiązuje.",
    )
    why = correction_reason_field()

    def layout(self) -> list:
        return ["kind", "person", "reference", side_by_side("starts_on", "ends_on"), "why"]
