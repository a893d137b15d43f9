"""The form of a schedule: sentences, hours for all of them, answers about holidays, fields that write a sentence."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, time
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory

from lubsko_ops.core.forms import BaseForm, DayField, HourField, WholeNumberField, is_deleted
from projects.models import ProjectGroup
from sessions.planning import weekly
from sessions.planning.plan import (
    MAX_SENTENCES,
    UNTIL_MISSING,
    HolidayChoice,
    HolidayQuestion,
    PlanInput,
    SchedulePlan,
    change_for,
    choice_of,
)
from sessions.planning.words import SHORT_WEEKDAYS
from sessions.schedule.hours import UNSETTLED, ScheduleError, TimeSlot
from sessions.schedule.rules import MAX_MEETINGS, DayChange

SENTENCES = "sentences"
MAX_LENGTH = 300
WEEKLY_FIELDS = ("on", "every", "first", "last", "count")
CHOICES = (
    (HolidayChoice.SKIP, "pomiń"),
    (HolidayChoice.KEEP, "zostaw, spotkamy się w święto"),
    (HolidayChoice.MOVE, "przenieś na inny dzień"),  # last, above the field of the new day
)
NO_CHOICE = "Wybierz, co zrobić z tym spotkaniem."
NO_NEW_DAY = "Wpisz nowy dzień."
HOUR_ALONE = "Wpisz obie godziny: od i do."
FIELDS_LEFT = "Te pola nie są jeszcze zdaniem. Naciśnij „Zapisz jako zdanie” albo odznacz dni."


def choice_name(day: date) -> str:
    return f"holiday_{day:%Y%m%d}"


def new_day_name(day: date) -> str:
    return f"moved_{day:%Y%m%d}"


class SentenceForm(BaseForm):
    """One sentence. An empty one is left out."""

    mark_optional = False

    text = forms.CharField(label="Zdanie", max_length=MAX_LENGTH, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].is_question = True  # the row has the same name

    def has_changed(self):
        """Always True, so that each row is validated."""
        return True


class SentenceFormSet(BaseFormSet):
    """The sentences of a schedule."""

    row_name = "Zdanie"
    default_error_messages = BaseFormSet.default_error_messages | {
        "too_many_forms": f"Najwyżej {MAX_SENTENCES} zdań.",
    }

    def filled(self) -> list[tuple[SentenceForm, str]]:
        """The rows that say something, with their texts as typed."""
        rows = (
            (form, str(form["text"].value() or "").strip()) for form in self.forms if not is_deleted(form)
        )
        return [(form, text) for form, text in rows if text]


class ScheduleForm(BaseForm):
    """The schedule of a group. ``plan``: what was entered comes to, also while the form is still being written."""

    error_title = "Harmonogramu nie zapisano."
    submit_label = "Zapisz harmonogram"
    mark_optional = False
    formset_classes = {
        SENTENCES: formset_factory(
            SentenceForm,
            formset=SentenceFormSet,
            max_num=MAX_SENTENCES,
            validate_max=True,
            absolute_max=100,
            can_delete=True,
            extra=0,
        )
    }

    starts_at = HourField(label="Od", required=False)
    ends_at = HourField(label="Do", required=False)
    until = DayField(label="Spotkania do dnia", required=False)
    on = forms.TypedMultipleChoiceField(
        label="Dni tygodnia",
        choices=list(enumerate(SHORT_WEEKDAYS)),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-look": "chips"}),
    )
    every = forms.TypedChoiceField(
        label="Jak często", choices=weekly.EVERY, coerce=int, required=False, empty_value=1
    )
    first = DayField(label="Od dnia", required=False)
    last = DayField(label="Do dnia", required=False)
    count = WholeNumberField(
        label="Albo ile spotkań",
        required=False,
        min_value=1,
        max_value=MAX_MEETINGS,
        error_messages={
            "min_value": "Harmonogram musi mieć co najmniej jedno spotkanie.",
            "max_value": f"Najwyżej {MAX_MEETINGS} spotkań. Sprawdź liczbę.",
        },
    )
    replaced = forms.IntegerField(required=False, widget=forms.HiddenInput)

    weekly_error = ""  # why the fields make no sentence, after their button was pressed

    def __init__(
        self,
        data=None,
        *args,
        group: ProjectGroup,
        today: date,
        sentences: Iterable[str] = (),
        answers: dict[date, DayChange] | None = None,
        **kwargs,
    ):
        rows = [{"text": text} for text in sentences] or [{}]
        super().__init__(
            data, *args, formset_initial=None if data is not None else {SENTENCES: rows}, **kwargs
        )
        self.group, self.today = group, today
        self.stored_answers = answers or {}
        self.rows = self.formsets[SENTENCES].filled()
        self.plan = self._make_plan()
        for question in self.plan.questions:
            self._add_question(question)
        if not self.plan.needs_until and not self["until"].value():
            del self.fields["until"]

    # ---- the plan ----------------------------------------------------------------------------------
    def _make_plan(self) -> SchedulePlan:
        texts = tuple(text[:MAX_LENGTH] for _, text in self.rows)
        hours, until = self._hours(), self._value("until")
        answers = self.stored_answers if not self.is_bound else self._typed_answers()
        return SchedulePlan(self.group, PlanInput(texts, hours, until, answers), today=self.today)

    def _value(self, name: str) -> Any:
        """What the field understands of what stands in it; None for what it refuses."""
        with suppress(ValidationError):
            return self.fields[name].clean(self[name].value())
        return None

    def _hours(self) -> TimeSlot:
        start, end = self._value("starts_at"), self._value("ends_at")
        return slot_between(start, end) or UNSETTLED

    def _typed_answers(self) -> dict[date, DayChange]:
        answers, day_field = {}, DayField(required=False)
        for name, choice in self.data.items():
            if not name.startswith("holiday_"):
                continue
            with suppress(ValueError):
                day, to = date.fromisoformat(name.removeprefix("holiday_")), None
                with suppress(ValidationError):
                    to = day_field.clean(self.data.get(new_day_name(day), ""))
                if change := change_for(day, choice, to):
                    answers[day] = change
        return answers

    def _add_question(self, question: HolidayQuestion) -> None:
        answer = question.answer
        choice = forms.ChoiceField(
            label=question.title,
            choices=CHOICES,
            required=False,
            widget=forms.RadioSelect(attrs={"data-look": "check"}),
            initial=choice_of(answer) if answer else None,
        )
        is_moved = answer is not None and choice_of(answer) == HolidayChoice.MOVE
        moved = DayField(label="Nowy dzień", required=False, initial=answer.to if is_moved else None)
        moved.row_name = question.title
        self.fields[choice_name(question.day)] = choice
        self.fields[new_day_name(question.day)] = moved

    @property
    def holiday_rows(self) -> list[tuple[HolidayQuestion, forms.BoundField, forms.BoundField]]:
        """Each question with its fields."""
        return [
            (each, self[choice_name(each.day)], self[new_day_name(each.day)]) for each in self.plan.questions
        ]

    # ---- validation --------------------------------------------------------------------------------
    def clean(self):
        data = super().clean()
        for (form, _), read in zip(self.rows, self.plan.rows, strict=True):
            if read.problem and not form.errors:
                form.add_error("text", read.problem)
        if not self.rows:
            row = next((each for each in self.formsets[SENTENCES].forms if not is_deleted(each)), None)
            text = self.plan.problems[0]
            row.add_error("text", text) if row else self.add_error(None, text)
        self._clean_hours(data)
        if self.plan.needs_until and self.plan.until is None and "until" not in self.errors:
            late = "Ten dzień jest przed początkiem grupy." if data.get("until") else UNTIL_MISSING
            self.add_error("until", late)
        for question in self.plan.questions:
            self._clean_answer(question, data)
        if data.get("on"):
            self.add_error("on", FIELDS_LEFT)
        if not self.errors and not any(form.errors for form, _ in self.rows) and self.plan.problems:
            self.add_error(None, self.plan.problems)
        return data

    def _clean_hours(self, data: dict[str, Any]) -> None:
        start, end = data.get("starts_at"), data.get("ends_at")
        if {"starts_at", "ends_at"} & self.errors.keys() or not (start or end):
            return
        if not (start and end):
            self.add_error("ends_at" if start else "starts_at", HOUR_ALONE)
            return
        try:
            TimeSlot.between(start, end)
        except ScheduleError as error:
            self.add_error("ends_at", str(error))

    def _clean_answer(self, question: HolidayQuestion, data: dict[str, Any]) -> None:
        name, new_day = choice_name(question.day), new_day_name(question.day)
        choice = data.get(name)
        if not choice and name not in self.errors:
            self.add_error(name, NO_CHOICE)
        elif choice == HolidayChoice.MOVE and new_day not in self.errors:
            refusal = self.plan.answer_refusal(question) if data.get(new_day) else NO_NEW_DAY
            if refusal:
                self.add_error(new_day, refusal)

    # ---- fields that write a sentence --------------------------------------------------------------
    @cached_property
    def weekly_fields(self) -> weekly.WeeklyFields:
        return weekly.WeeklyFields(
            weekdays=tuple(self._value("on") or ()),
            every=self._value("every") or 1,
            start=self._value("first"),
            end=self._value("last"),
            count=self._value("count"),
        )

    @property
    def shows_weekly(self) -> bool:
        """Whether the fields stand open: something is in them."""
        return bool(self.weekly_error or self.weekly_fields.weekdays or self.errors.get("on"))


def slot_between(start: time | None, end: time | None) -> TimeSlot | None:
    """The slot from hour to hour; None while one is missing or they are the wrong way round."""
    if start is None or end is None:
        return None
    with suppress(ScheduleError):
        return TimeSlot.between(start, end)
    return None
