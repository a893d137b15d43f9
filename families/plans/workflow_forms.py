"""Forms of the plan workflow: consultation, acceptance, return, signatures, review, progress."""

from django import forms

from families.choices import ActionState, EffectRating, SignatureKind
from families.plans.dto import SignatureData
from families.plans.models import UnsignedCause
from lubsko_ops.core.form_layout import FormLayout, side_by_side
from lubsko_ops.core.forms import BaseForm, PastDayField, set_default_error_messages

MAX_TEXT_LENGTH = 20_000
NO_SIGNATURE_LABEL = "brak"
SIGNATURE_CHOICES = [
    (SignatureKind.SIGNED, "podpis"),
    (SignatureKind.REFUSED, "odmowa"),
    ("", NO_SIGNATURE_LABEL),
]


def text_field(label: str, *, rows: int = 3, **kwargs) -> forms.CharField:
    """A multi-line text field."""
    kwargs.setdefault("max_length", MAX_TEXT_LENGTH)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class PlanConsultForm(BaseForm):
    """Konsultacja, with remarks that do not return the plan."""

    error_title = "Konsultacji nie zapisano."
    submit_label = "Zapisz konsultację"

    remarks = text_field(
        "Uwagi z konsultacji",
        required=False,
        help_text="Zostaną przy planie. Plan idzie dalej, do akceptacji.",
    )


class PlanAcceptForm(BaseForm):
    """A confirmation without fields."""

    error_title = "Planu nie zaakceptowano."
    submit_label = "Zaakceptuj plan"


class PlanWithdrawForm(BaseForm):
    error_title = "Planu nie wycofano."
    submit_label = "Wycofaj do poprawy"


class PlanInForceForm(BaseForm):
    error_title = "Plan nie wszedł w życie."
    submit_label = "Wprowadź w życie"


class PlanUnsignedForm(BaseForm):
    """Why a plan that somebody cannot sign is put in force all the same."""

    error_title = "Plan nie wszedł w życie."
    submit_label = "Wprowadź w życie bez podpisu"

    cause = forms.ChoiceField(
        label="Dlaczego brakuje podpisu",
        choices=UnsignedCause.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Wybierz przyczynę."},
    )
    reason = text_field(
        "Co się stało",
        max_length=300,
        help_text="Kto nie może podpisać i co zrobiono, żeby podpis uzyskać. Będzie na wydruku planu.",
        error_messages={"required": "Napisz, co się stało."},
    )


class PlanReturnForm(BaseForm):
    """A remark on the whole plan and one on each row; the action requires at least one."""

    error_title = "Planu nie odesłano."
    submit_label = "Odeślij do poprawy"
    mark_optional = False  # any one remark is enough, as the page says

    text = text_field("Uwaga do całego planu", required=False)

    def __init__(self, *args, actions, **kwargs):
        super().__init__(*args, **kwargs)
        self.actions = actions
        for action in actions:
            label = f"Uwaga do wiersza {action.position}"
            self.fields[self.field_name(action)] = text_field(label, rows=2, required=False)

    @staticmethod
    def field_name(action) -> str:
        return f"row_{action.pk}"

    def remark_field(self, action):
        return self[self.field_name(action)]

    @property
    def remarks(self) -> dict:
        """Remarks by row."""
        return {action: self.cleaned_data[self.field_name(action)] for action in self.actions}


class PlanSignForm(BaseForm):
    """For each family member a signature, a refusal with its reason, or nothing yet."""

    error_title = "Podpisów nie zapisano."
    submit_label = "Zapisz podpisy"
    mark_optional = False  # persons who have not signed yet may be left out

    def __init__(self, *args, people, names: dict[int, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.people, self.names = people, names
        for person in people:
            self.fields |= {
                f"kind_{person.pk}": forms.ChoiceField(
                    label=names[person.pk],
                    choices=SIGNATURE_CHOICES,
                    required=False,
                    widget=forms.RadioSelect,
                ),
                f"day_{person.pk}": PastDayField(label="Dzień", required=False),
                f"reason_{person.pk}": forms.CharField(label="Powód odmowy", required=False, max_length=300),
            }
            for bound in self.fields_of(person).values():
                bound.field.row_name = names[person.pk]
        set_default_error_messages(self)
        self.helper.layout = FormLayout(*self.layout())

    def fields_of(self, person) -> dict:
        return {name: self[f"{name}_{person.pk}"] for name in ("kind", "day", "reason")}

    def clean(self):
        cleaned = super().clean()
        self.signatures = []
        for person in self.people:
            kind, day = cleaned.get(f"kind_{person.pk}"), cleaned.get(f"day_{person.pk}")
            if kind and not day and f"day_{person.pk}" not in self.errors:
                self.add_error(f"day_{person.pk}", "Wpisz dzień podpisu albo odmowy.")
            if kind and day:
                self.signatures.append(
                    SignatureData(person, kind, day, cleaned.get(f"reason_{person.pk}", ""))
                )
        if not self.signatures and not self.errors:
            raise forms.ValidationError("Zaznacz podpis albo odmowę przynajmniej jednej osoby.")
        return cleaned


class SignatureDeleteForm(BaseForm):
    """Why a recorded signature is deleted."""

    error_title = "Podpisu nie odwołano."
    submit_label = "Odwołaj podpis"

    why = forms.CharField(
        label="Na czym polega pomyłka",
        max_length=300,
        error_messages={"required": "Napisz, na czym polega pomyłka."},
    )


class PlanReviewForm(BaseForm):
    """A review that leaves the plan as it is."""

    error_title = "Przeglądu nie zapisano."
    submit_label = "Zapisz przegląd"

    note = text_field(
        "Dlaczego plan zostaje bez zmian",
        max_length=500,
        help_text="Napisz, co się zdarzyło i dlaczego cele i działania pozostają aktualne.",
        error_messages={"required": "Napisz, dlaczego plan zostaje bez zmian."},
    )


class ActionProgressForm(BaseForm):
    """Progress of an action on a day, outside a visit."""

    error_title = "Postępu nie zapisano."
    submit_label = "Zapisz postęp"

    day = PastDayField(label="Dzień")
    state = forms.ChoiceField(
        label="Stan realizacji",
        choices=[("", "wybierz"), *ActionState.choices],
        error_messages={"required": "Wybierz stan realizacji."},
    )
    effect = forms.ChoiceField(
        label="Przewidywany efekt",
        choices=[("", "jeszcze nie oceniono"), *EffectRating.choices],
        required=False,
    )
    note = forms.CharField(
        label="Uwagi",
        required=False,
        max_length=300,
        help_text="Przy odstąpieniu napisz, dlaczego.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def layout(self):
        return ["day", side_by_side("state", "effect"), "note"]
