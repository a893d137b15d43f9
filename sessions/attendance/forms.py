"""Forms of attendance: one meeting, many meetings in a grid, what was done about absences."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError

from lubsko_ops.core.forms import BaseForm, PastDayField, WholeNumberField, set_default_error_messages
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.polish import short_date
from sessions.attendance.actions import UNCHANGED, MeetingMarks, field_name
from sessions.attendance.roster import RosterSlot, SlotKey
from sessions.attendance.rules import Mark, mark_refusals
from sessions.choices import CAME, LETTERS, FollowUpKind, Presence
from sessions.models import Attendance, Meeting

ERROR_TITLE = "Obecności nie zapisano."
OPENED = "opened"
NO_MARK = "–"
INCOMPLETE = "Kolumna {} była niekompletna. Sprawdź, co w niej wpisano, i zapisz jeszcze raz."
# The letters, and what people type instead of them.
PRESENCE_OF = {letter: presence for presence, letter in LETTERS.items()} | {"+": Presence.PRESENT}
UNKNOWN_LETTER = "Wpisz O, S, U albo N, albo zostaw puste."
EXTRA = {"late": "late_minutes", "reason": "reason", "people": "people"}  # name of a field: that of a mark


def correction_field() -> forms.CharField:
    return forms.CharField(
        label="Dlaczego zmieniasz obecność",
        max_length=200,
        required=False,
        help_text="Potrzebne przy spotkaniu sprzed ponad miesiąca. Zostaje w historii.",
    )


class OpenedForm(BaseForm):
    """A form that carries what it showed when it was opened, so that only what the user changed is sent to the action.

    Of two people who mark the same list, the second one then changes nothing the first one marked unseen.
    """

    error_title = ERROR_TITLE
    submit_label = "Zapisz obecność"
    mark_optional = False  # nearly everything is
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def opened_values(self) -> dict[str, str]:
        """What was shown in the fields that were not empty."""
        try:
            values = json.loads(self.data.get(OPENED) or "{}")
        except (ValueError, RecursionError):
            return {}
        return {name: str(value) for name, value in values.items()} if isinstance(values, dict) else {}

    def is_touched(self, name: str, before: Mapping[str, str]) -> bool:
        """Whether the user changed the field. ``before``: ``opened_values()``."""
        return str(self.data.get(name, "")).strip() != before.get(name, "")

    def refuse_strangers(self, prefix: str, explain: Callable[[str], str]) -> None:
        """Refuse marks of those who are no longer on the list."""
        for name in self.data:
            if name.startswith(prefix) and name not in self.fields and str(self.data.get(name)).strip():
                self.add_error(None, explain(name.removeprefix(prefix)))


def with_opened(values: Mapping[str, object]) -> dict[str, object]:
    """Initial values with what the fields show, for the hidden field that carries it."""
    shown = {name: str(value) for name, value in values.items() if value not in (None, "")}
    return {**values, OPENED: json.dumps(shown, separators=(",", ":"), ensure_ascii=False)}


def clears_all(sheet: MeetingMarks, stored: Mapping[SlotKey, Attendance]) -> bool:
    """Whether the meeting has marks now and none after the sheet."""
    cleared = {key for key, mark in sheet.marks.items() if mark is None}
    return bool(stored) and set(stored) <= cleared and cleared == set(sheet.marks)


# ---- one meeting -------------------------------------------------------------------------------------
def meeting_values(meeting: Meeting, stored: Iterable[Attendance]) -> dict[str, object]:
    """What the form of a meeting shows at first."""
    values: dict[str, object] = {"guest_children": meeting.guest_children}
    for row in stored:
        code = f"{row.participation_id}-{row.person_id or 0}"
        values |= {f"mark_{code}": row.presence, f"late_{code}": row.late_minutes}
        values |= {f"reason_{code}": row.reason, f"people_{code}": row.people}
    return with_opened(values)


@dataclass
class MarkRow:
    """One person, or family, of the form of a meeting."""

    slot: RosterSlot
    mark: forms.BoundField
    late: forms.BoundField
    reason: forms.BoundField
    people: forms.BoundField | None

    @property
    def options(self) -> list[dict]:
        """The segments of the control: letter, word, whether chosen."""
        value = str(self.mark.value() or "")
        options = [
            (NO_MARK, "", "bez zaznaczenia"),
            *((LETTERS[each], each.value, each.label) for each in Presence),
        ]
        return [
            {"letter": letter, "value": code, "label": label, "checked": value == code}
            for letter, code, label in (*options[1:], options[0])
        ]


class AttendanceForm(OpenedForm):
    """The marks of one meeting. Nothing is marked before the user does it."""

    guest_children = WholeNumberField(
        label="Dzieci spoza grupy",
        min_value=0,
        max_value=100,
        required=False,
        help_text="Ile dzieci przyszło, które nie biorą udziału, np. z rodzicem.",
        error_messages={"min_value": "Wpisz od 0 do 100 dzieci.", "max_value": "Wpisz od 0 do 100 dzieci."},
    )
    correction_reason = correction_field()

    def __init__(
        self,
        *args,
        meeting: Meeting,
        slots: list[RosterSlot],
        explain: Callable[[SlotKey], str],
        is_old: bool,
        **kwargs,
    ):
        """``explain``: why somebody who is not among ``slots`` cannot be marked."""
        self.meeting, self.slots, self.explain = meeting, slots, explain
        super().__init__(*args, **kwargs)
        for slot in slots:
            self.add_slot(slot)
        if not is_old:
            del self.fields["correction_reason"]
        set_default_error_messages(self)

    def add_slot(self, slot: RosterSlot) -> None:
        name, code = slot.name, slot.code
        choices = [("", NO_MARK), *Presence.choices]
        self.fields[f"mark_{code}"] = forms.ChoiceField(label=name, choices=choices, required=False)
        self.fields[f"late_{code}"] = WholeNumberField(label="Ile minut", required=False)
        self.fields[f"late_{code}"].widget.attrs["placeholder"] = "minuty"
        self.fields[f"reason_{code}"] = forms.CharField(label="Powód", max_length=200, required=False)
        if slot.is_family:
            self.fields[f"people_{code}"] = WholeNumberField(label="Ile osób przyszło", required=False)
        for each in EXTRA:
            if field := self.fields.get(f"{each}_{code}"):
                field.row_name = name

    def rows(self) -> list[MarkRow]:
        def bound(name: str, slot: RosterSlot):
            return self[f"{name}_{slot.code}"] if f"{name}_{slot.code}" in self.fields else None

        return [MarkRow(slot, *(bound(name, slot) for name in ("mark", *EXTRA))) for slot in self.slots]

    def clean(self):
        data = super().clean()
        self.refuse_strangers("mark_", lambda code: self.explain(read_code(code)))
        for slot in self.slots:
            mark = self.mark_of(slot)
            if mark is None:
                for name in EXTRA:
                    if data.get(f"{name}_{slot.code}") not in (None, ""):
                        self.add_error(
                            f"mark_{slot.code}", f"{slot.name}: zaznacz obecność albo wyczyść resztę."
                        )
                        break
                continue
            refusals = mark_refusals(mark, is_family=slot.is_family)
            for name, text in refusals.items():
                self.add_error(f"{MARK_NAMES[name]}_{slot.code}", text)
        return data

    def mark_of(self, slot: RosterSlot) -> Mark | None:
        data, code = self.cleaned_data, slot.code
        if not data.get(f"mark_{code}"):
            return None
        return Mark(
            data[f"mark_{code}"],
            data.get(f"late_{code}"),
            data.get(f"reason_{code}") or "",
            data.get(f"people_{code}"),
        )

    def sheet(self, version: int | None) -> MeetingMarks:
        """What the user changed."""
        before = self.opened_values()
        touched = [
            slot
            for slot in self.slots
            if any(self.is_touched(f"{name}_{slot.code}", before) for name in ("mark", *EXTRA))
        ]
        children = UNCHANGED
        if self.is_touched("guest_children", before):
            children = self.cleaned_data["guest_children"]
        return MeetingMarks(
            self.meeting, {slot.key: self.mark_of(slot) for slot in touched}, version, children
        )

    def add_action_errors(self, error: ValidationError) -> None:
        """The action names its marks by meeting; here they are those of one."""
        names = {
            field_name(self.meeting, slot.key, name): f"{prefix}_{slot.code}"
            for slot in self.slots
            for prefix, name in (("mark", "presence"), *EXTRA.items())
        }
        errors = getattr(error, "error_dict", None)
        renamed = {names.get(name, name): texts for name, texts in errors.items()} if errors else error
        super().add_action_errors(ValidationError(renamed))


MARK_NAMES = {name: prefix for prefix, name in EXTRA.items()}


def read_code(code: str) -> SlotKey:
    """Participation and person of a code; (0, None) for one that is none."""
    first, _, second = code.partition("-")
    participation, person = parse_int(first), parse_int(second)
    if participation is None or person is None:
        return 0, None
    return participation, person or None


# ---- the grid ----------------------------------------------------------------------------------------
class LetterField(forms.CharField):
    """O, S, U, N or nothing; gives the presence."""

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def to_python(self, value):
        letter = super().to_python(value).strip().upper()
        if not letter:
            return ""
        if letter not in PRESENCE_OF:
            raise ValidationError(UNKNOWN_LETTER)
        return PRESENCE_OF[letter]


class GridForm(OpenedForm):
    """The marks of many meetings, one letter each."""

    correction_reason = correction_field()

    def __init__(
        self, *args, columns: list[Meeting], cells: Mapping[int, Mapping[SlotKey, RosterSlot]],
        explain: Callable[[SlotKey, int], str], has_old: bool, **kwargs,
    ):  # fmt: skip
        """``cells``: who may be marked, by id of the meeting; ``explain``: why somebody else cannot be."""
        self.columns, self.cells, self.explain = columns, cells, explain
        super().__init__(*args, **kwargs)
        for meeting in columns:
            self.fields[f"version_{meeting.pk}"] = forms.IntegerField(
                required=False, widget=forms.HiddenInput
            )
            day = short_date(meeting.starts_on)
            for slot in cells[meeting.pk].values():
                self.fields[cell_name(meeting.pk, slot)] = LetterField(label=f"{slot.name}, {day}")
        if not has_old:
            del self.fields["correction_reason"]

    def clean(self):
        data = super().clean()
        self.refuse_strangers("c_", self.explain_name)
        before = self.opened_values()
        for meeting in self.columns:
            names = [cell_name(meeting.pk, slot) for slot in self.cells[meeting.pk].values()]
            touched = any(self.is_touched(name, before) for name in names)
            if (
                touched and data.get(f"version_{meeting.pk}") is None
            ):  # without it nobody would see both texts
                self.add_error(None, INCOMPLETE.format(short_date(meeting.starts_on)))
        return data

    def explain_name(self, name: str) -> str:
        meeting, _, code = name.partition("_")
        return self.explain(read_code(code), parse_int(meeting) or 0)

    def sheets(self, stored: Mapping[int, Mapping[SlotKey, Attendance]]) -> list[MeetingMarks]:
        """What the user changed, by meeting; what else is recorded of somebody stays where the letter fits it."""
        before, sheets = self.opened_values(), []
        for meeting in self.columns:
            marks: dict[SlotKey, Mark | None] = {}
            for key, slot in self.cells[meeting.pk].items():
                name = cell_name(meeting.pk, slot)
                if self.is_touched(name, before):
                    presence = self.cleaned_data[name]
                    marks[key] = kept_mark(presence, stored[meeting.pk].get(key)) if presence else None
            if marks:
                sheets.append(MeetingMarks(meeting, marks, self.cleaned_data.get(f"version_{meeting.pk}")))
        return sheets

    def add_action_errors(self, error: ValidationError) -> None:
        errors = getattr(error, "error_dict", None)
        renamed = (
            {name.replace("presence_", "c_", 1): texts for name, texts in errors.items()} if errors else error
        )
        super().add_action_errors(ValidationError(renamed))


def cell_name(meeting: int, slot: RosterSlot) -> str:
    return f"c_{meeting}_{slot.code}"


def kept_mark(presence: str, row: Attendance | None) -> Mark:
    """The new presence with the minutes, the reason and the number of people that still fit it."""
    if row is None:
        return Mark(presence)
    return Mark(
        presence,
        row.late_minutes if presence == Presence.LATE else None,
        row.reason if presence == Presence.EXCUSED else "",
        row.people if presence in CAME else None,
    )


def grid_values(
    columns: Iterable[Meeting],
    cells: Mapping[int, Mapping[SlotKey, RosterSlot]],
    stored: Mapping[int, Mapping[SlotKey, Attendance]],
) -> dict[str, object]:
    """What the grid shows at first."""
    letters = {
        cell_name(meeting, slot): LETTERS[Presence(row.presence)]
        for meeting, slots in cells.items()
        for key, slot in slots.items()
        if (row := stored[meeting].get(key))
    }
    return with_opened(letters) | {f"version_{each.pk}": each.version for each in columns}


# ---- absences ----------------------------------------------------------------------------------------
class FollowUpForm(BaseForm):
    """What was done about absences in a row."""

    error_title = "Wyjaśnienia nie zapisano."
    submit_label = "Zapisz wyjaśnienie"

    kind = forms.ChoiceField(
        label="Co zrobiono",
        choices=[each for each in FollowUpKind.choices if each[0] != FollowUpKind.LETTER],
        widget=forms.RadioSelect(attrs={"data-look": "seg"}),
        error_messages={"required": "Wybierz, co zrobiono."},
    )
    day = PastDayField(label="Dzień")
    note = forms.CharField(
        label="Uwagi",
        max_length=300,
        required=False,
        help_text="Krótko, bez wiadomości o zdrowiu: czytają je prowadzący grupę i pracujący z rodziną.",
    )
