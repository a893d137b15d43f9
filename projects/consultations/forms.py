"""Forms of consultations."""

from collections.abc import Iterable

from django import forms

from families.employees.forms import ReasonForm
from lubsko_ops.core.form_layout import form_section, side_by_side
from lubsko_ops.core.forms import BaseModelForm, ModelFormMeta, PastDayField, PlannedDayField
from lubsko_ops.core.parsing import parse_int
from projects.choices import ConsultationKind, ConsultationState, Readers
from projects.models import Consultation

MINUTES_ERROR = "Wpisz od 5 do 600 minut."
MINUTES_ERRORS = dict.fromkeys(("invalid", "min_value", "max_value"), MINUTES_ERROR)
PREFIXES = {"r": ConsultationKind.FAMILY, "u": ConsultationKind.PARTICIPANT, "p": ConsultationKind.WORKER}
COLUMNS = {
    ConsultationKind.FAMILY: "family",
    ConsultationKind.PARTICIPANT: "participation",
    ConsultationKind.WORKER: "worker",
}


class People:
    """Whom the specialist may consult: families, participants and workers, chosen by a letter and an id."""

    def __init__(self, families: Iterable = (), participants: Iterable = (), workers: Iterable = ()):
        self.rows = {"r": list(families), "u": list(participants), "p": list(workers)}

    @property
    def choices(self) -> list:
        labels = {"r": "Rodziny", "u": "Uczestnicy moich grup", "p": "Pracownicy"}
        groups = [
            (labels[letter], [(f"{letter}{row.pk}", self.label(letter, row)) for row in rows])
            for letter, rows in self.rows.items()
            if rows
        ]
        return [("", "Wybierz"), *groups]

    @staticmethod
    def label(letter: str, row) -> str:
        return f"{row} ({row.group})" if letter == "u" else str(row)

    def find(self, code: str):
        """The row chosen, as keyword arguments of a consultation."""
        number = parse_int(code[1:])
        [row] = [each for each in self.rows[code[:1]] if each.pk == number]
        return {COLUMNS[PREFIXES[code[:1]]]: row}


class WhomForm(BaseModelForm):
    """Base of the forms that ask whom the consultation concerns, and when; a correction does not ask whom."""

    whom = forms.ChoiceField(
        label="Kogo dotyczy",
        error_messages={"required": "Wybierz, kogo dotyczy.", "invalid_choice": "Wybierz z listy."},
    )
    field_order = ("whom", "day", "starts_at", "minutes", "group", "subject", "note", "readers")
    asked: tuple[str, ...] = ()  # fields that may be empty in the row, but not here

    def __init__(self, *args, people: People | None, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        if people is None:
            del self.fields["whom"]
        else:
            self.fields["whom"].choices = people.choices
        self.fields["group"].queryset = groups
        self.fields["group"].empty_label = "poza projektem"
        for name in self.asked:
            self.fields[name].required = True
        if not groups:
            del self.fields["group"]

    def when(self):
        names = [name for name in ("whom", "group") if name in self.fields]
        return form_section(
            "", *names[:1], side_by_side("day", "starts_at", "minutes", kind="three"), *names[1:]
        )

    def consultation(self) -> Consultation:
        """What was entered, not saved; a participant's consultation belongs to the group of the participant."""
        row = self.instance
        if self.people:
            for name, value in self.people.find(self.cleaned_data["whom"]).items():
                setattr(row, name, value)
            if row.participation_id and row.group_id is None:
                row.group = row.participation.group
        return row


LABELS = {"day": "Dzień", "starts_at": "Godzina", "minutes": "Ile minut", "group": "W ramach zajęć"}
GROUP_HELP = "Jeśli konsultacja należy do zajęć, które prowadzisz."


class ConsultationForm(WhomForm):
    """A consultation that was held."""

    error_title = "Konsultacji nie zapisano."
    submit_label = "Zapisz konsultację"
    asked = ("minutes", "subject")

    class Meta(ModelFormMeta):
        model = Consultation
        exclude = Consultation.set_by_actions
        field_classes = {"day": PastDayField}
        labels = LABELS
        help_texts = {
            "note": "Tylko to, co potrzebne. Przeczytają ją osoby, które wybierzesz niżej.",
            "group": GROUP_HELP,
        }
        widgets = {
            "note": forms.Textarea(attrs={"rows": 6}),
            "readers": forms.RadioSelect(attrs={"data-look": "check"}),
        }
        error_messages = {
            "minutes": MINUTES_ERRORS | {"required": "Wpisz, ile minut trwała."},
            "subject": {"required": "Wpisz temat."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["readers"].choices = Readers.choices

    def layout(self):
        return [self.when(), form_section("Treść", "subject", "note", "readers")]


class AppointmentForm(WhomForm):
    """A consultation that is arranged; the note comes later."""

    error_title = "Konsultacji nie umówiono."
    submit_label = "Umów konsultację"
    asked = ("starts_at", "minutes")

    class Meta(ModelFormMeta):
        model = Consultation
        exclude = (*Consultation.set_by_actions, "note", "readers")
        field_classes = {"day": PlannedDayField}
        labels = LABELS | {"subject": "O czym"}
        help_texts = {"group": GROUP_HELP}
        error_messages = {"minutes": MINUTES_ERRORS | {"required": "Wpisz, ile minut potrwa."}}

    def layout(self):
        return [self.when(), "subject"]


class SettleForm(BaseModelForm):
    """What became of an appointment. Nothing is chosen before the user chooses."""

    error_title = "Nie zapisano."
    submit_label = "Zapisz"
    mark_optional = False

    state = forms.ChoiceField(
        label="Czy się odbyła",
        choices=[
            (ConsultationState.HELD, "odbyła się"),
            (ConsultationState.MISSED, "nie odbyła się"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Wybierz, czy konsultacja się odbyła."},
    )
    field_order = ("state", "minutes", "subject", "note", "readers")

    class Meta(ModelFormMeta):
        model = Consultation
        fields = ["minutes", "subject", "note", "readers"]
        labels = ConsultationForm.Meta.labels
        help_texts = ConsultationForm.Meta.help_texts | {"minutes": "Ile naprawdę trwała, od 5 do 600."}
        widgets = ConsultationForm.Meta.widgets
        error_messages = ConsultationForm.Meta.error_messages

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["readers"].choices = Readers.choices


class ConsultationRemoveForm(ReasonForm):
    """Why the consultation is removed as entered by mistake."""

    submit_label = "Usuń konsultację"
