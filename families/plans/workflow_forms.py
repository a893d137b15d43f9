"""Forms of the way of a plan: consultation, acceptance, sending back, signatures, review, progress."""

from crispy_forms.layout import Layout
from django import forms

from families.choices import ActionState, EffectRating, SignatureKind
from families.plans.dto import Said
from lubsko_ops.core.forms import BaseForm, DayField, collect_errors, set_default_error_messages, side_by_side

LONGEST_TEXT = 20_000
NOT_YET = "brak"
KINDS = [(SignatureKind.SIGNED, "podpis"), (SignatureKind.REFUSED, "odmowa"), ("", NOT_YET)]


def text_field(label: str, *, rows: int = 3, **kwargs) -> forms.CharField:
    """Some sentences in a field that grows."""
    kwargs.setdefault("max_length", LONGEST_TEXT)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class ConsultForm(BaseForm):
    """Skonsultowano, with remarks that do not send the plan back."""

    failure = "Konsultacji nie zapisano."
    button = "Skonsultowano"

    remarks = text_field(
        "Uwagi z konsultacji",
        required=False,
        help_text="Zostaną przy planie. Plan idzie dalej, do akceptacji.",
    )


class AcceptForm(BaseForm):
    """A confirmation: the plan above is accepted as it stands."""

    failure = "Planu nie zaakceptowano."
    button = "Akceptuj plan"


class WithdrawForm(BaseForm):
    failure = "Planu nie wycofano."
    button = "Wycofaj do poprawy"


class InForceForm(BaseForm):
    failure = "Plan nie wszedł w życie."
    button = "Wprowadź w życie"


class SendBackForm(BaseForm):
    """A remark to the whole plan, and one under each row; the deed asks for at least one of them."""

    failure = "Planu nie odesłano."
    button = "Odeślij do poprawy"
    mark_optional = False  # one remark of any is enough, as the page says

    text = text_field("Uwaga do całego planu", required=False)

    def __init__(self, *args, actions, **kwargs):
        super().__init__(*args, **kwargs)
        self.actions = actions
        for action in actions:
            label = f"Uwaga do wiersza {action.position}"
            self.fields[self.name_of(action)] = text_field(label, rows=2, required=False)
        self.helper.layout = Layout(*self.layout())

    @staticmethod
    def name_of(action) -> str:
        return f"row_{action.pk}"

    def bound_of(self, action):
        return self[self.name_of(action)]

    @property
    def remarks(self) -> dict:
        """What was typed under the rows, by row."""
        return {action: self.cleaned_data[self.name_of(action)] for action in self.actions}


class SignForm(BaseForm):
    """Each member of the family: a signature, a refusal with its reason, or nothing yet."""

    failure = "Podpisów nie zapisano."
    button = "Zapisz podpisy"
    mark_optional = False  # whoever has said nothing yet is left as she is

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        for person in people:
            self.fields |= {
                f"kind_{person.pk}": forms.ChoiceField(
                    label=f"{person}", choices=KINDS, required=False, widget=forms.RadioSelect
                ),
                f"day_{person.pk}": DayField(label="Dzień", required=False),
                f"reason_{person.pk}": forms.CharField(label="Powód odmowy", required=False, max_length=300),
            }
        set_default_error_messages(self)
        self.helper.layout = Layout(*self.layout())

    def fields_of(self, person) -> dict:
        return {name: self[f"{name}_{person.pk}"] for name in ("kind", "day", "reason")}

    def problems(self):
        """In the summary each sentence names the person it is about."""
        found = [("", str(sentence)) for sentence in self.non_field_errors()]
        for person in self.people:
            own = collect_errors(self, only=[bound.name for bound in self.fields_of(person).values()])
            found += [(target, f"{person}: {sentence}") for target, sentence in own]
        return found

    def clean(self):
        cleaned = super().clean()
        self.said = []
        for person in self.people:
            kind, day = cleaned.get(f"kind_{person.pk}"), cleaned.get(f"day_{person.pk}")
            if kind and not day and f"day_{person.pk}" not in self.errors:
                self.add_error(f"day_{person.pk}", "Wpisz dzień podpisu albo odmowy.")
            if kind and day:
                self.said.append(Said(person, kind, day, cleaned.get(f"reason_{person.pk}", "")))
        if not self.said and not self.errors:
            raise forms.ValidationError("Zaznacz podpis albo odmowę przynajmniej jednej osoby.")
        return cleaned


class SignatureMistakeForm(BaseForm):
    """Why a recorded signature is taken back."""

    failure = "Podpisu nie odwołano."
    button = "Odwołaj podpis"

    why = forms.CharField(
        label="Na czym polega pomyłka",
        max_length=300,
        error_messages={"required": "Napisz, na czym polega pomyłka."},
    )


class ReviewForm(BaseForm):
    """The plan was looked at and stays as it is."""

    failure = "Przeglądu nie zapisano."
    button = "Zapisz przegląd"

    note = text_field(
        "Dlaczego plan zostaje bez zmian",
        max_length=500,
        help_text="Po jakim zdarzeniu i czemu cele i działania są nadal dobre.",
        error_messages={"required": "Napisz, dlaczego plan zostaje bez zmian."},
    )


class ProgressForm(BaseForm):
    """What has become of an action by a day, outside a visit."""

    failure = "Postępu nie zapisano."
    button = "Zapisz postęp"

    day = DayField(label="Dzień")
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
