"""Forms of meetings: the date of one, reasons, the journal with parts, leaders, files."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory

from lubsko_ops.accounts.models import User
from lubsko_ops.core.form_layout import form_section, side_by_side
from lubsko_ops.core.forms import (
    BaseForm,
    BaseModelForm,
    HourField,
    ModelFormMeta,
    PlannedDayField,
    is_deleted,
)
from projects.groups.forms import staff_choices
from projects.models import GroupLeader
from sessions.models import Meeting, MeetingLeader, MeetingPart
from sessions.running.files import MAX_FILE, TOO_LARGE
from sessions.running.record_actions import MAX_PARTS
from sessions.running.rules import MeetingDate, hour_refusals
from sessions.schedule.hours import ScheduleError, TimeSlot

REASON_HINT = "Zostanie na liście spotkań i w dzienniku. Na zawiadomieniu go nie ma, chyba że tak wybierzesz."


class ChangeReasonForm(BaseForm):
    """Why something is done to a meeting."""

    mark_optional = False

    reason = forms.CharField(
        label="Powód",
        max_length=300,
        help_text=REASON_HINT,
        error_messages={"required": "Napisz, dlaczego."},
    )


# ---- the date ----------------------------------------------------------------------------------------
class MeetingDateForm(BaseForm):
    """Day, hours and place of a meeting. Only one over several days has a last day, unless ``several_days``."""

    mark_optional = False

    starts_on = PlannedDayField(label="Dzień")
    ends_on = PlannedDayField(
        label="Ostatni dzień", required=False, help_text="Tylko gdy spotkanie trwa kilka dni."
    )
    starts_at = HourField(label="Od godziny", required=False)
    ends_at = HourField(label="Do godziny", required=False)
    place = forms.ModelChoiceField(label="Miejsce z listy", queryset=None, required=False)
    other_place = forms.CharField(label="Albo inne miejsce", max_length=200, required=False)

    def __init__(self, *args, places, group_place: str, several_days: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places
        usual = f"tam, gdzie zwykle: {group_place}" if group_place else "tam, gdzie zwykle"
        self.fields["place"].empty_label = usual
        if not several_days:
            del self.fields["ends_on"]

    def date_rows(self) -> list:
        days = ["starts_on", "ends_on"] if "ends_on" in self.fields else ["starts_on"]
        first = side_by_side(*days) if len(days) > 1 else days[0]
        hours = side_by_side("starts_at", "ends_at", kind="two")
        return [first, hours, side_by_side("place", "other_place")]

    def layout(self):
        return self.date_rows()

    def wanted(self) -> MeetingDate | None:
        """The date as entered; None while a day or an hour is not readable."""
        data = self.cleaned_data
        if not {"starts_on", "starts_at", "ends_at"} <= data.keys() or self.errors.keys() & {
            "ends_on",
            "place",
        }:
            return None
        place = data.get("place")
        return MeetingDate(
            starts_on=data["starts_on"],
            ends_on=data.get("ends_on") or data["starts_on"],
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            place_id=place.pk if place else None,
            other_place=data.get("other_place", ""),
        )

    def clean(self):
        data = super().clean()
        wanted = self.wanted()
        for name, text in (hour_refusals(wanted) if wanted else {}).items():
            self.add_error(name, text)
        return data


class MeetingAddForm(MeetingDateForm):
    """A meeting added by hand, perhaps instead of a cancelled one."""

    error_title = "Spotkania nie dodano."
    submit_label = "Dodaj spotkanie"

    topic = forms.CharField(label="Temat", max_length=200, required=False)
    made_up_for = forms.ModelChoiceField(
        label="Zamiast odwołanego",
        queryset=Meeting.objects.none(),
        required=False,
        empty_label="nie",
        error_messages={"invalid_choice": "To spotkanie ma już odrobienie albo nie jest już odwołane."},
    )

    def __init__(self, *args, cancelled, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["made_up_for"].queryset = cancelled
        if not cancelled and not self.data.get("made_up_for"):  # made up for meanwhile: refused, not left out
            del self.fields["made_up_for"]

    def layout(self):
        made_up = ["made_up_for"] if "made_up_for" in self.fields else []
        return [*self.date_rows(), "topic", *made_up]


class MeetingMoveForm(MeetingDateForm, ChangeReasonForm):
    """The new date of a meeting, and why."""

    error_title = "Spotkania nie przeniesiono."
    submit_label = "Przenieś spotkanie"

    field_order = ["starts_on", "ends_on", "starts_at", "ends_at", "place", "other_place", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].label = "Nowy dzień"

    def layout(self):
        return [*self.date_rows(), "reason"]


class MeetingCancelForm(ChangeReasonForm):
    error_title = "Spotkania nie odwołano."
    submit_label = "Odwołaj spotkanie"


class MeetingRestoreForm(ChangeReasonForm):
    error_title = "Spotkania nie przywrócono."
    submit_label = "Przywróć spotkanie"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = "Zostanie przy terminie spotkania, np. „sala jednak wolna”."


class MeetingReasonForm(BaseForm):
    """Why something entered for a meeting is removed."""

    error_title = "Nie usunięto."
    submit_label = "Usuń"

    why = forms.CharField(
        label="Powód",
        max_length=200,
        help_text="Zostanie w historii razem z Twoim nazwiskiem.",
        error_messages={"required": "Napisz, dlaczego."},
    )


# ---- the journal -------------------------------------------------------------------------------------
class PartForm(BaseModelForm):
    """A part of a meeting. ``row``: id of the saved part it changes."""

    mark_optional = False

    row = forms.IntegerField(required=False, widget=forms.HiddenInput)
    ends_at = HourField(label="Do godziny", required=False)

    class Meta(ModelFormMeta):
        model = MeetingPart
        fields = ("audience", "starts_at", "topic", "leaders", "place")
        labels = {"audience": "Dla kogo", "starts_at": "Od godziny"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["audience"].required = False  # a row left empty is left out
        self.fields["audience"].choices = [("", "wybierz"), *MeetingPart._meta.get_field("audience").choices]

    def has_changed(self):
        """Always True, so that each row is validated: the initial values may be those of a row changed since."""
        return True

    def clean(self):
        data = super().clean()
        typed = {
            name for name, value in data.items() if value not in (None, "") and name not in ("row", "DELETE")
        }
        if typed and not data.get("audience") and "audience" not in self.errors:
            self.add_error("audience", "Wybierz, dla kogo jest ta część.")
        self._clean_hours(data.get("starts_at"), data.get("ends_at"))
        return data

    def _clean_hours(self, starts_at, ends_at) -> None:
        self.instance.minutes = None
        if ends_at and not starts_at and "starts_at" not in self.errors:
            self.add_error("starts_at", "Wpisz też, od której godziny.")
        if starts_at and ends_at:
            try:
                self.minutes = TimeSlot.between(starts_at, ends_at).minutes
            except ScheduleError:
                self.add_error("ends_at", "Koniec musi być po początku.")

    minutes: int | None = None

    def layout(self):
        return [
            "row",
            "audience",
            side_by_side("starts_at", "ends_at", kind="two"),
            "topic",
            side_by_side("leaders", "place"),
        ]

    def part(self) -> MeetingPart:
        """The part as entered, not saved, with the id of the part it changes."""
        self.instance.pk, self.instance.minutes = self.cleaned_data.get("row"), self.minutes
        return self.instance


class PartFormSet(BaseFormSet):
    """The parts of a meeting. Empty ones are left out."""

    row_name = "Część"
    default_error_messages = BaseFormSet.default_error_messages | {
        "too_many_forms": f"Najwyżej {MAX_PARTS} części.",
    }

    def filled(self) -> list[PartForm]:
        return [form for form in self.forms if not is_deleted(form) and form.cleaned_data.get("audience")]


class JournalForm(BaseModelForm):
    """What is written about a meeting. ``held`` is there where no attendance says whether it was held."""

    error_title = "Dziennika nie zapisano."
    submit_label = "Zapisz dziennik"
    mark_optional = False
    formset_classes = {
        "parts": formset_factory(
            PartForm,
            formset=PartFormSet,
            max_num=MAX_PARTS,
            validate_max=True,
            absolute_max=50,
            can_delete=True,
            extra=0,
        )
    }

    held = forms.BooleanField(label="Spotkanie się odbyło", required=False)

    class Meta(ModelFormMeta):
        model = Meeting
        exclude = Meeting.set_by_actions
        help_texts = {
            "course": "Czytają prowadzący, autorzy projektu i kierownik. Bez nazwisk uczestników.",
            "homework": "Co przynieść albo zrobić. Pokaże się przy następnym spotkaniu.",
        }

    def __init__(self, data=None, *args, parts: list[MeetingPart], asks_held: bool, **kwargs):
        initial = [part_values(each) for each in parts]
        super().__init__(
            data, *args, formset_initial=None if data is not None else {"parts": initial}, **kwargs
        )
        for name, rows in (("course", 8), ("materials", 3), ("homework", 3)):
            self.fields[name].widget.attrs["rows"] = rows
        if not asks_held:
            del self.fields["held"]

    def layout(self):
        held = ["held"] if "held" in self.fields else []
        return [form_section("", "topic", *held, "course", "materials", "homework", "remarks")]

    def entered_parts(self) -> list[MeetingPart]:
        return [form.part() for form in self.formsets["parts"].filled()]


def part_values(part: MeetingPart) -> dict:
    """The initial values of a stored part."""
    return part.entered_values() | {"row": part.pk, "ends_at": TimeSlot(part.starts_at, part.minutes).end}


# ---- leaders -----------------------------------------------------------------------------------------
class MeetingLeaderForm(BaseModelForm):
    """Who leads this meeting, beside the leaders of the group or instead of one of them."""

    error_title = "Prowadzącego nie zapisano."
    submit_label = "Zapisz prowadzącego"
    mark_optional = False

    class Meta(ModelFormMeta):
        model = MeetingLeader
        exclude = MeetingLeader.set_by_actions
        labels = {"name": "Albo osoba spoza ośrodka", "instead_of": "Zamiast"}
        error_messages = {
            "instead_of": {
                "invalid_choice": "Tej osoby nie trzeba już zastępować: nie prowadzi tego dnia albo ma zastępstwo."
            }
        }
        help_texts = {
            "instead_of": "Kogo zastępuje na tym jednym spotkaniu.",
            "reason": "Np. szkolenie. Bez powodów zdrowotnych.",
        }

    def __init__(self, *args, staff: list[User], leaders: list[GroupLeader], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.filter(pk__in=[user.pk for user in staff])
        self.fields["user"].choices = staff_choices(staff)
        choices = [("", "nikogo, prowadzi dodatkowo"), *((each.pk, str(each)) for each in leaders)]
        self.fields["instead_of"].queryset = GroupLeader.objects.filter(pk__in=[each.pk for each in leaders])
        self.fields["instead_of"].choices = choices
        if not leaders and not self.data.get("instead_of"):  # replaced meanwhile: refused, not left out
            del self.fields["instead_of"]

    def layout(self):
        instead = ["instead_of"] if "instead_of" in self.fields else []
        return [side_by_side("user", "name"), *instead, "reason"]


# ---- files -------------------------------------------------------------------------------------------
class MeetingFileForm(BaseForm):
    """A file for a meeting."""

    error_title = "Pliku nie dołączono."
    submit_label = "Dołącz plik"

    title = forms.CharField(label="Co to jest", max_length=120, help_text="Np. konspekt zajęć.")
    content = forms.FileField(
        label="Plik",
        help_text="PDF, DOCX, ODT, JPG albo PNG, najwyżej 10 MB. Ze zdjęcia znikają miejsce i data jego zrobienia.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.odt,.jpg,.jpeg,.png"}),
        error_messages={
            "required": "Wybierz plik.",
            "empty": "Ten plik jest pusty. Wybierz inny.",
            "missing": "Wybierz plik.",
            "invalid": "Pliku nie przesłano. Wybierz go jeszcze raz.",
        },
    )

    def clean_content(self):
        """Refused by its size before it is read: of a larger file only the beginning is kept in memory."""
        uploaded = self.cleaned_data["content"]
        if uploaded.size > MAX_FILE:
            raise ValidationError(TOO_LARGE)
        return uploaded
