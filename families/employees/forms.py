"""Forms of the file of an assistant: contract, documents, confirmation, training, absences."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from families.employees.models import (
    CHECKS,
    EXPERIENCE,
    Absence,
    EmployeeDocument,
    EmployeeFile,
    Training,
)
from families.employees.queries import FileState
from lubsko_ops.accounts.models import Contract, ContractForm, User
from lubsko_ops.core.form_layout import form_section, side_by_side
from lubsko_ops.core.forms import BaseForm, BaseModelForm, DayField, ModelFormMeta, PastDayField

FRACTION_ERROR = "Wpisz wymiar etatu jako liczbę do 1, np. 0,5."
FRACTION_ERRORS = (
    "invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits",
)  # fmt: skip
FUTURE_DAY_ERROR = "Ta data jest w przyszłości. Sprawdź dzień i rok."


class ReasonForm(BaseForm):
    """Asks only why: to remove what was entered by mistake, to withdraw a confirmation."""

    error_title = "Nie usunięto."
    submit_label = "Usuń wpis"

    why = forms.CharField(
        label="Powód",
        max_length=200,
        help_text="Zostanie w historii razem z Twoim nazwiskiem.",
        error_messages={"required": "Napisz, dlaczego."},
    )


class WithdrawalForm(ReasonForm):
    """Withdraws the confirmation of a file."""

    error_title = "Potwierdzenia nie cofnięto."
    submit_label = "Cofnij potwierdzenie"


class ContractEntryForm(BaseModelForm):
    """A new contract of an assistant."""

    error_title = "Umowy nie zapisano."
    submit_label = "Zapisz umowę"

    class Meta(ModelFormMeta):
        model = Contract
        fields = ["form", "fraction", "family_limit", "starts_on", "ends_on"]
        field_classes = {"starts_on": DayField, "ends_on": DayField}
        labels = {"starts_on": "Pierwszy dzień", "ends_on": "Ostatni dzień"}
        error_messages = {"fraction": dict.fromkeys(FRACTION_ERRORS, FRACTION_ERROR)}
        help_texts = {
            "fraction": "1 to cały etat, 0,5 połowa.",
            "family_limit": "Tylko gdy umowa przewiduje mniej rodzin niż ustawa.",
            "ends_on": "Puste: na czas nieokreślony.",
        }

    def __init__(self, *args, limit: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.limit = limit
        form: forms.ChoiceField = self.fields["form"]  # type: ignore[assignment]
        form.choices = [("", "Wybierz formę"), *ContractForm.choices]

    def clean_family_limit(self):
        number = self.cleaned_data["family_limit"]
        if number is not None and not 1 <= number <= self.limit:
            raise ValidationError(f"Podaj liczbę od 1 do {self.limit}: tyle dziś pozwala ustawa.")
        return number

    def clean(self):
        data = super().clean()
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "Ostatni dzień nie może poprzedzać pierwszego.")
        return data

    def layout(self):
        return [
            form_section("", "form", side_by_side("fraction", "family_limit")),
            form_section("", side_by_side("starts_on", "ends_on")),
        ]


class ContractCorrectForm(ContractEntryForm):
    """Corrects a contract, or sets its last day."""

    why = forms.CharField(
        label="Dlaczego zmieniasz",
        max_length=200,
        error_messages={"required": "Napisz, dlaczego: wypowiedzenie, aneks, pomyłka."},
    )

    def layout(self):
        return [*super().layout(), "why"]


class EmployeeFileForm(BaseModelForm):
    """Variant of qualifications, other roles, languages."""

    error_title = "Danych nie zapisano."

    class Meta(ModelFormMeta):
        model = EmployeeFile
        exclude = EmployeeFile.set_by_actions
        widgets = {"variant": forms.RadioSelect}
        help_texts = {
            "other_roles": "Np. wolontariat, dyżur w świetlicy. Pracownikiem socjalnym asystent być nie może.",
            "languages": "Np. ukraiński, polski język migowy. Nieobowiązkowe.",
        }

    def __init__(self, *args, is_assistant: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if is_assistant:
            self.fields["variant"].choices = [c for c in self.fields["variant"].choices if c[0]]
        else:
            del self.fields["variant"]


class DocumentForm(BaseModelForm):
    """A document of one kind; only the fields of its kind are asked."""

    error_title = "Dokumentu nie zapisano."
    submit_label = "Zapisz dokument"

    class Meta(ModelFormMeta):
        model = EmployeeDocument
        exclude = EmployeeDocument.set_by_actions
        field_classes = {"dated": PastDayField}
        widgets = {"result": forms.RadioSelect}
        labels = {"dated": "Data dokumentu", "years": "Ile pełnych lat", "location": "Gdzie leży papier"}
        help_texts = {
            "details": "Np. kierunek i uczelnia, tytuł szkolenia, nazwa zakładu pracy, numer.",
            "location": "Np. akta osobowe, część A.",
        }

    def __init__(self, *args, kind: str, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.kind, self.today = kind, today
        if kind in CHECKS:
            del self.fields["details"]
            self.fields["result"].required = True
            self.fields["result"].choices = [c for c in self.fields["result"].choices if c[0]]
            self.fields["dated"].label = "Dzień sprawdzenia"
            self.fields["location"].help_text = "Wydruku z rejestru nie skanuje się ani nie przepisuje."
        else:
            del self.fields["result"]
        if kind == EXPERIENCE:
            self.fields["years"].required = True
        else:
            del self.fields["years"]

    def clean_dated(self):
        if self.cleaned_data["dated"] > self.today:
            raise ValidationError(FUTURE_DAY_ERROR)
        return self.cleaned_data["dated"]


class ConfirmationForm(BaseForm):
    """The manager confirms points of the file; each without a document asks, below it, where it was seen."""

    error_title = "Teczki nie potwierdzono."
    submit_label = "Potwierdź zaznaczone"

    everything = forms.BooleanField(label="Cała teczka: wszystkie punkty", required=False)
    confirmed_on = PastDayField(label="Z dniem")

    def __init__(self, *args, state: FileState, **kwargs):
        super().__init__(*args, **kwargs)
        self.codes = [each.requirement.code for each in state.unconfirmed]
        for each in state.unconfirmed:
            label = each.requirement.label
            self.fields[f"point_{each.requirement.code}"] = forms.BooleanField(
                label=label[0].upper() + label[1:], required=False
            )
            if not each.point.is_met:
                self.fields[f"note_{each.requirement.code}"] = forms.CharField(
                    label="Gdzie sprawdzono",
                    max_length=300,
                    required=False,
                    help_text=f"W aplikacji: {each.point.missing}. {each.requirement.short_provision}.",
                )

    @property
    def points(self) -> list[str]:
        """Codes of the points to confirm."""
        whole = self.cleaned_data.get("everything")
        return [code for code in self.codes if whole or self.cleaned_data.get(f"point_{code}")]

    @property
    def notes(self) -> dict[str, str]:
        """The notes by code of the point."""
        return {
            name.removeprefix("note_"): text
            for name, text in self.cleaned_data.items()
            if name.startswith("note_")
        }

    def layout(self):
        rows = [
            name for code in self.codes for name in (f"point_{code}", f"note_{code}") if name in self.fields
        ]
        return ["everything", form_section("Albo po punkcie", *rows), "confirmed_on"]


class TrainingCorrectForm(BaseModelForm):
    """A training or supervision of one person."""

    error_title = "Szkolenia nie zapisano."
    submit_label = "Zapisz"

    class Meta(ModelFormMeta):
        model = Training
        exclude = Training.set_by_actions
        field_classes = {"held_on": PastDayField}
        labels = {"held_on": "Dzień"}
        localized_fields = ["hours"]  # in a control of type "number" a browser drops "1,5"
        widgets = {"hours": forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})}
        help_texts = {"hours": "Godziny zegarowe, np. 1,5."}

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["kind"].choices = [c for c in self.fields["kind"].choices if c[0]]

    def clean_held_on(self):
        if self.cleaned_data["held_on"] > self.today:
            raise ValidationError(FUTURE_DAY_ERROR)
        return self.cleaned_data["held_on"]

    def layout(self):
        return [
            form_section("", side_by_side("kind", "held_on", "hours", kind="three"), "subject", "organiser")
        ]


class TrainingForm(TrainingCorrectForm):
    """A new training or supervision, also for others who took part."""

    also = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="Byli też",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "check"}),
    )

    def __init__(self, *args, others: list[User], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["also"].queryset = User.objects.filter(pk__in=[user.pk for user in others]).order_by(
            "last_name", "first_name", "pk"
        )
        if not others:
            del self.fields["also"]

    def layout(self):
        return [*super().layout(), *(["also"] if "also" in self.fields else [])]


class AbsenceForm(BaseModelForm):
    """An absence with its reason, which the manager alone sees."""

    error_title = "Nieobecności nie zapisano."
    submit_label = "Zapisz nieobecność"

    class Meta(ModelFormMeta):
        model = Absence
        exclude = Absence.set_by_actions
        field_classes = {"starts_on": DayField, "ends_on": DayField}
        labels = {"starts_on": "Pierwszy dzień", "ends_on": "Ostatni dzień"}
        help_texts = {"reason": "Powód widzi tylko kierownik."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].required = True

    def clean(self):
        data = super().clean()
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "Ostatni dzień nie może poprzedzać pierwszego.")
        return data

    def layout(self):
        return [form_section("", side_by_side("starts_on", "ends_on"), "reason")]
