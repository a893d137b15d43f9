"""Forms of participants: steps, papers, contact, the reason of a therapy."""

from django import forms

from families.choices import Sex
from families.people.forms.fields import PastDatesForm
from families.people.models import Person
from lubsko_ops.core.form_layout import form_section, side_by_side
from lubsko_ops.core.forms import BaseForm, BaseModelForm, PastDayField
from projects.choices import ConsentKind, CriterionResult, LeavingReason, ParticipationStepKind
from projects.models import Participation, ProjectGroup
from projects.row_forms import ProjectFormMeta


# ---- steps -------------------------------------------------------------------------------------------
class StepForm(PastDatesForm):
    """The day of a step, and why where it needs a reason."""

    error_title = "Kroku nie zapisano."
    past_days = ("day",)

    day = PastDayField(label="Dzień")
    reason = forms.ChoiceField(
        label="Powód", choices=[("", "wybierz"), *LeavingReason.choices], required=False
    )
    text = forms.CharField(
        label="Uwagi",
        max_length=300,
        required=False,
        help_text="Bez wiadomości o zdrowiu: te uwagi czyta każdy, kto widzi uczestnika.",
    )

    def __init__(self, *args, says_why: bool, with_death: bool, submit: str, **kwargs):
        """``with_death``: of somebody from outside; a member of a family has the day of death in the file."""
        self.submit_label = submit
        super().__init__(*args, **kwargs)
        if not with_death:
            reasons = [each for each in LeavingReason.choices if each[0] != LeavingReason.DIED]
            self.fields["reason"].choices = [("", "wybierz"), *reasons]
        if not says_why:
            del self.fields["reason"]

    def layout(self):
        return ["day", *(["reason"] if "reason" in self.fields else []), "text"]

    def clean(self):
        data = super().clean()
        if "reason" in self.fields and not data.get("reason"):
            self.add_error("reason", "Wybierz powód.")
        return data


class AdmissionForm(PastDatesForm):
    """Taking somebody in: answers to the criteria, and the reason where one of them is not met."""

    error_title = "Osoby nie zakwalifikowano."
    past_days = ("day",)

    day = PastDayField(label="Dzień")
    admission_reason = forms.CharField(
        label="Dlaczego mimo kryteriów",
        max_length=300,
        required=False,
        help_text="Potrzebne, gdy któreś kryterium nie jest spełnione albo nie wiadomo.",
    )
    text = forms.CharField(label="Uwagi", max_length=300, required=False)

    def __init__(self, *args, criteria: list, submit: str, **kwargs):
        """``criteria``: (criterion, answer of the file, its source)."""
        self.criteria, self.submit_label = criteria, submit
        super().__init__(*args, **kwargs)
        for criterion, answer, source in criteria:
            self.fields[self.name_of(criterion)] = forms.ChoiceField(
                label=str(criterion),
                choices=CriterionResult.choices,
                initial=answer,
                widget=forms.RadioSelect(attrs={"data-look": "seg"}),
                help_text=source or "Zapytaj osobę albo oceń.",
            )
        if not criteria:
            del self.fields["admission_reason"]

    @staticmethod
    def name_of(criterion) -> str:
        return f"criterion_{criterion.pk}"

    def layout(self):
        answers = [self.name_of(criterion) for criterion, *_ in self.criteria]
        asked = [form_section("Kryteria", *answers, "admission_reason")] if answers else []
        return [*asked, form_section("Decyzja", "day", "text")]

    def answers(self) -> dict:
        """Answers with their source, by criterion; one that differs from the file was given by the user."""
        answers = {}
        for criterion, answer, source in self.criteria:
            given = self.cleaned_data[self.name_of(criterion)]
            answers[criterion] = (
                given,
                source if given == answer else "odpowiedź osoby albo ocena pracownika",
            )
        return answers


BATCH_STEPS = {
    ParticipationStepKind.QUALIFY: "Zakwalifikuj zgłoszonych",
    ParticipationStepKind.BEGIN: "Rozpocznij udział zakwalifikowanych",
    ParticipationStepKind.FINISH: "Zapisz ukończenie",
}


class BatchStepForm(PastDatesForm):
    """The same step for several participants."""

    error_title = "Nikomu nie zapisano kroku."
    submit_label = "Zapisz"
    past_days = ("day",)

    day = PastDayField(label="Dzień")
    rows = forms.TypedMultipleChoiceField(
        label="Kto",
        coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "check"}),
        error_messages={"required": "Zaznacz przynajmniej jedną osobę."},
    )

    admission_reason = forms.CharField(
        label="Dlaczego mimo kryteriów",
        max_length=300,
        required=False,
        help_text="Dla osób, które nie spełniają kryterium albo nie wiadomo. Odpowiedzi wpisuje się przy osobie.",
    )

    def __init__(self, *args, rows: dict[int, str], submit: str, with_criteria: bool, **kwargs):
        self.submit_label = submit
        super().__init__(*args, **kwargs)
        self.fields["rows"].choices = list(rows.items())
        if not with_criteria:
            del self.fields["admission_reason"]

    def layout(self):
        return ["rows", *(["admission_reason"] if "admission_reason" in self.fields else []), "day"]


class MoveForm(PastDatesForm):
    """Another group of the edition."""

    error_title = "Osoby nie przeniesiono."
    submit_label = "Przenieś"
    past_days = ("day",)

    group = forms.ModelChoiceField(
        label="Do grupy",
        queryset=ProjectGroup.objects.none(),
        empty_label="wybierz",
        error_messages={"required": "Wybierz grupę."},
    )
    day = PastDayField(label="Od dnia")
    text = forms.CharField(
        label="Uwagi",
        max_length=120,
        required=False,
        help_text="Potrzebne, gdy w tamtej grupie ktoś czeka na liście rezerwowej. Bez wiadomości o zdrowiu.",
    )

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups


# ---- papers and other data ---------------------------------------------------------------------------
GUARDIAN_FIELDS = ("given_by", "guardian_first_name", "guardian_last_name", "guardian_sex")


class ConsentForm(PastDatesForm):
    """A paper that was signed: by the person, or for a child by the guardian."""

    error_title = "Dokumentu nie zapisano."
    submit_label = "Zapisz dokument"
    past_days = ("given_on",)

    person = forms.TypedChoiceField(label="Czyj dokument", coerce=int)
    kind = forms.ChoiceField(label="Co podpisano", choices=[("", "wybierz"), *ConsentKind.choices])
    given_on = PastDayField(label="Dzień podpisu")
    given_by = forms.TypedChoiceField(
        label="Kto podpisał za dziecko", coerce=int, required=False, empty_value=None
    )
    guardian_first_name = forms.CharField(label="Imię opiekuna spoza teczek", max_length=80, required=False)
    guardian_last_name = forms.CharField(label="Nazwisko opiekuna", max_length=120, required=False)
    guardian_sex = forms.ChoiceField(
        label="Płeć opiekuna",
        choices=Sex.choices,
        required=False,
        widget=forms.RadioSelect(attrs={"data-look": "seg"}),
    )

    def __init__(
        self, *args, people: dict[int, str], guardians: dict[int, str], with_children: bool, **kwargs
    ):
        """``with_children``: one of the people is under age, so a guardian may have signed."""
        self.with_children = with_children
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = list(people.items())
        self.fields["given_by"].choices = [("", "osoba podpisała sama"), *guardians.items()]
        if not with_children:
            kinds = [each for each in ConsentKind.choices if each[0] != ConsentKind.GUARDIAN]
            self.fields["kind"].choices = [("", "wybierz"), *kinds]
            for name in GUARDIAN_FIELDS:
                del self.fields[name]

    def layout(self):
        signed = form_section("", "person", side_by_side("kind", "given_on"))
        guardian = form_section(
            "Zgoda za dziecko",
            "given_by",
            side_by_side("guardian_first_name", "guardian_last_name"),
            "guardian_sex",
            note="Opiekuna, którego nie ma na liście, wpisz z imienia i nazwiska.",
        )
        return [signed, guardian] if self.with_children else [signed]

    def clean(self):
        data = super().clean()
        names = [data.get(f"guardian_{name}") for name in ("first_name", "last_name", "sex")]
        if any(names) and not all(names):
            self.add_error("guardian_last_name", "Wpisz imię, nazwisko i płeć opiekuna.")
        if any(names) and data.get("given_by"):
            self.add_error("given_by", "Wybierz opiekuna z listy albo wpisz innego, nie oba.")
        return data

    def guardian(self) -> Person | None:
        data = self.cleaned_data
        if not data.get("guardian_first_name"):
            return None
        return Person(
            first_name=data["guardian_first_name"],
            last_name=data["guardian_last_name"],
            sex=data["guardian_sex"],
        )


class WithdrawConsentForm(PastDatesForm):
    """The day on which a consent was withdrawn."""

    error_title = "Cofnięcia nie zapisano."
    submit_label = "Zapisz cofnięcie"
    past_days = ("day",)

    day = PastDayField(label="Dzień cofnięcia")


class ParticipantContactForm(BaseModelForm):
    """Telephone, address, goal of the plan."""

    error_title = "Danych nie zapisano."
    submit_label = "Zapisz"

    class Meta(ProjectFormMeta):
        model = Participation
        fields = ("contact_phone", "contact_address", "plan_goal")
        widgets = {"contact_phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})}
        labels = {
            "contact_phone": "Telefon",
            "contact_address": "Adres",
            "plan_goal": "Cel planu rodziny, któremu to służy",
        }


class TherapyReasonForm(BaseForm):
    """Why a therapy is needed."""

    error_title = "Powodu nie zapisano."
    submit_label = "Zapisz"
    mark_optional = False

    text = forms.CharField(
        label="Powód terapii",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Czytają go kierownik, prowadzący grupę i zespół rodziny. Nie ma go na listach ani drukach.",
    )
