"""What the sentences of a group come to: each read, all united, holidays asked, days outside the group refused.

No database: the form shows a plan while it is being written, and the action makes the same one before it saves.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum
from functools import cached_property
from typing import Any

from lubsko_ops.core.dates import Period, holiday_name
from lubsko_ops.core.polish import join_list, short_date
from projects.groups.rules import period_of
from projects.models import ProjectGroup
from sessions.models.meetings import SAME_HOUR
from sessions.planning.words import days_in_words, some_days, weekday_day
from sessions.schedule.hours import UNSETTLED, ScheduleError, TimeSlot
from sessions.schedule.rules import DayChange, PlannedMeeting, SingleMeeting
from sessions.schedule.schedule import Schedule, ScheduleTotals, totals_of
from sessions.schedule.school_breaks import SCHOOL_BREAKS, school_break_name
from sessions.schedule.storage import to_json
from sessions.sentences.parts import NotUnderstood, ScheduleQuestion
from sessions.sentences.reading import read_sentence

MAX_SENTENCES = 20
MAX_PLACE = 200
NO_SENTENCE = "Napisz, kiedy są spotkania, np. „w każdą środę listopada”."
HOUR_WITHOUT_END = "Wpisz też, do której godziny, np. „w godz. 17:00–19:00”."
ANSWERS = "answers"
UNTIL_MISSING = "Te zdania nie mają końca. Podaj, do którego dnia zrobić spotkania."


class HolidayChoice(StrEnum):
    """What becomes of the meetings of a holiday."""

    SKIP = "skip"
    MOVE = "move"
    KEEP = "keep"


@dataclass(frozen=True)
class PlanInput:
    """What was entered. ``answers``: by holiday, what becomes of its meetings; those to be moved have ``to``."""

    sentences: tuple[str, ...]
    hours: TimeSlot = UNSETTLED
    until: date | None = None
    answers: Mapping[date, DayChange] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadSentence:
    """A sentence and what was understood: a schedule with its meetings, or a question, or why it cannot be."""

    text: str
    schedule: Schedule | None = None
    meetings: tuple[PlannedMeeting, ...] = ()
    notes: tuple[str, ...] = ()
    question: ScheduleQuestion | None = None
    error: str = ""

    @property
    def problem(self) -> str:
        """Why there are no meetings yet; empty when there are."""
        return self.question.text if self.question else self.error


@dataclass(frozen=True)
class HolidayQuestion:
    """A holiday on which meetings fall, and the answer that was given."""

    day: date
    names: str
    meetings: tuple[PlannedMeeting, ...]
    answer: DayChange | None

    @property
    def title(self) -> str:
        """ "Środa 11 listopada 2026: Narodowe Święto Niepodległości"."""
        text = weekday_day(self.day) if holiday_name(self.day) else days_in_words(self.meetings)
        return f"{text[:1].upper()}{text[1:]}: {self.names}"


def change_for(day: date, choice: str, to: date | None = None) -> DayChange | None:
    """The answer as a change of the day; None while it is not complete."""
    reason = holiday_name(day)
    if choice == HolidayChoice.SKIP:
        return DayChange(day, None, reason=reason)
    if choice == HolidayChoice.KEEP:
        return DayChange(day, day, reason=reason)
    return DayChange(day, to, reason=reason) if choice == HolidayChoice.MOVE and to else None


def stored_answers(content: dict[str, Any]) -> dict[date, DayChange]:
    """The answers about holidays in the content of a stored schedule."""
    rows = (
        (date.fromisoformat(each["day"]), each["to"] and date.fromisoformat(each["to"]))
        for each in content.get(ANSWERS, ())
    )
    return {day: DayChange(day, to, reason=holiday_name(day)) for day, to in rows}


def choice_of(change: DayChange) -> HolidayChoice:
    """The answer that the change stands for."""
    if change.to is None:
        return HolidayChoice.SKIP
    return HolidayChoice.KEEP if change.to == change.day else HolidayChoice.MOVE


class SchedulePlan:
    """The plan of a group: ``meetings`` in order, what is asked about them, and why it cannot be saved yet."""

    def __init__(self, group: ProjectGroup, entered: PlanInput, *, today: date) -> None:
        self.group, self.entered, self.today = group, entered, today
        self.error = ""
        self.rows = [self._read(text) for text in entered.sentences]
        self.schedules = [row.schedule for row in self.rows if row.schedule is not None]
        self.needs_until = any(each.is_open_ended for each in self.schedules)
        self.questions, self.meetings = self._ask_holidays()
        self._check_doubles()

    # ---- sentences ---------------------------------------------------------------------------------
    @property
    def span(self) -> tuple[date, date | None]:
        return self.group.starts_on, self.group.ends_on

    def window_of(self, schedule: Schedule) -> Period | None:
        """Of an open-ended schedule the days for which meetings are made; None for others."""
        if not schedule.is_open_ended or self.until is None:
            return None
        return Period(self.group.starts_on, self.until)

    @cached_property
    def until(self) -> date | None:
        """The last day for which meetings of a schedule without an end are made."""
        until = self.entered.until
        return until if until and until >= self.group.starts_on else None

    def _read(self, text: str) -> ReadSentence:
        hours = self.entered.hours
        try:
            read = read_sentence(
                text, span=self.span, hours=hours if hours.start or hours.minutes else None, today=self.today
            )
            if isinstance(read, ScheduleQuestion):
                return ReadSentence(text, question=read)
            if isinstance(read, NotUnderstood):
                return ReadSentence(text, error=read.text)
            read = _with_length(read, hours.minutes)
            if read.is_open_ended and self.until is None:
                return ReadSentence(text, schedule=read)
            window = self.window_of(read)
            meetings = tuple(read.meetings(window))
            if refusal := self._refusal(meetings):
                return ReadSentence(text, meetings=meetings, error=refusal)
            return ReadSentence(text, read, meetings, tuple(read.notes(window)))
        except ScheduleError as error:
            return ReadSentence(text, error=str(error))

    def _refusal(self, meetings: Iterable[PlannedMeeting]) -> str:
        """Why meetings of a sentence cannot be; empty when they can."""
        rows = list(meetings)
        outside = [each for each in rows if not self._within(each.start, each.end)]
        if outside:
            days = some_days(short_date(each.start) for each in outside)
            return f"Grupa trwa {period_of(self.group)}. Poza tym czasem wypada: {days}."
        if any(each.slot.start and not each.slot.minutes for each in rows):
            return HOUR_WITHOUT_END
        if any(len(each.slot.place) > MAX_PLACE for each in rows):
            return f"Skróć nazwę miejsca do {MAX_PLACE} znaków."
        return ""

    def _within(self, start: date, end: date) -> bool:
        return self.group.is_active_on(start) and self.group.is_active_on_or_after(end)

    # ---- holidays ----------------------------------------------------------------------------------
    def _ask_holidays(self) -> tuple[list[HolidayQuestion], list[PlannedMeeting]]:
        """The holidays that are asked, and the meetings with the answers so far.

        A meeting that was skipped does not count in a series, which then goes on and may come to another holiday.
        """
        asked: dict[date, list[PlannedMeeting]] = {}
        answers = self.entered.answers
        while True:
            stand_ins = [  # what is moved counts like what stays: the day itself is looked at
                DayChange(day, None if day in answers and answers[day].to is None else day) for day in asked
            ]
            originals = self._meetings_with(stand_ins)
            new = {each.start: each for each in originals if each.holidays and each.start not in asked}
            if not new:
                break
            for day in new:
                asked[day] = [each for each in originals if each.start == day]
        questions = [
            HolidayQuestion(day, _names_of(rows), tuple(rows), answers.get(day))
            for day, rows in sorted(asked.items())
        ]
        return questions, self._meetings_with([each.answer for each in questions if each.answer])

    def _meetings_with(self, changes: list[DayChange]) -> list[PlannedMeeting]:
        singles: list[SingleMeeting] = []
        try:
            for schedule in self.schedules:
                if schedule.is_open_ended and self.until is None:
                    continue
                changed = replace(schedule, changes=(*schedule.changes, *changes))
                window = self.window_of(schedule)
                rows = [] if changed.is_empty(window) else changed.meetings(window)
                singles += [SingleMeeting(each.start, each.end, each.slot) for each in rows]
            return Schedule(singles=tuple(singles)).meetings() if singles else []
        except ScheduleError as error:
            self.error = str(error)
            return []

    @property
    def answers(self) -> tuple[DayChange, ...]:
        return tuple(each.answer for each in self.questions if each.answer)

    def answer_refusal(self, question: HolidayQuestion) -> str:
        """Why the new day of the meetings of a holiday cannot be; empty when it can."""
        to = question.answer.to if question.answer else None
        if to is None or to == question.day:
            return ""
        last = max(each.end for each in question.meetings)
        if not self._within(to, to + (last - question.day)):
            return f"Grupa trwa {period_of(self.group)}. Wybierz dzień w tym czasie."
        return ""

    # ---- the whole ---------------------------------------------------------------------------------
    def _check_doubles(self) -> None:
        """Two meetings of a group never begin in the same minute: the second would have no place in the list."""
        seen: set[tuple[date, time | None]] = set()
        for each in self.meetings:
            key = (each.start, each.slot.start)
            if key in seen:
                hour = f" o {each.slot.text}" if each.slot.start else ""
                self.error = f"{SAME_HOUR[:-1]}: {short_date(each.start)}{hour}. Zostaw jedno z nich."
                return
            seen.add(key)

    @property
    def totals(self) -> ScheduleTotals:
        return totals_of(self.meetings)

    @property
    def unanswered(self) -> list[HolidayQuestion]:
        return [each for each in self.questions if each.answer is None]

    @cached_property
    def problems(self) -> list[str]:
        """Why the plan cannot be saved yet, in sentences; empty when it can."""
        texts = [f"„{row.text}”: {row.problem}" for row in self.rows if row.problem]
        if not self.rows:
            texts.append(NO_SENTENCE)
        if self.needs_until and self.until is None:
            texts.append(UNTIL_MISSING)
        texts += [f"{each.title}. Wybierz, co zrobić z tym spotkaniem." for each in self.unanswered]
        texts += [refusal for each in self.questions if (refusal := self.answer_refusal(each))]
        if self.error:
            texts.append(self.error)
        elif not texts and not self.meetings:
            texts.append("Z tego nie wynika żadne spotkanie. Sprawdź zdania i odpowiedzi.")
        return texts

    @cached_property
    def schedule(self) -> Schedule:
        """All sentences as one schedule, with the answers about holidays.

        Exceptions of one sentence would take days from the others, so several with exceptions are their single days.
        """
        if len(self.schedules) == 1:
            return replace(self.schedules[0], changes=(*self.schedules[0].changes, *self.answers))
        if any(_has_exceptions(each) for each in self.schedules):
            days = (SingleMeeting(each.start, each.end, each.slot) for each in self.meetings)
            return Schedule(singles=tuple(days))
        return Schedule(
            rules=tuple(rule for each in self.schedules for rule in each.rules),
            singles=tuple(single for each in self.schedules for single in each.singles),
            changes=self.answers,
        )

    @property
    def content(self) -> dict[str, Any]:
        """The schedule as it is stored, with the answers, which the form shows again."""
        answers = [
            {"day": each.day.isoformat(), "to": each.to.isoformat() if each.to else None}
            for each in self.answers
        ]
        return json.loads(json.dumps(to_json(self.schedule) | {ANSWERS: answers}))  # lists, as they come back

    @property
    def break_hints(self) -> list[str]:
        """Meetings in school holidays; the dictionary is not verified, so it is only a hint."""
        days: dict[str, list[str]] = {}
        for each in self.meetings:
            if name := school_break_name(each.start, SCHOOL_BREAKS):
                days.setdefault(name, []).append(short_date(each.start))
        return [f"W {name} (do sprawdzenia) wypada: {some_days(each)}." for name, each in days.items()]


def _names_of(meetings: Iterable[PlannedMeeting]) -> str:
    return join_list(dict.fromkeys(name for each in meetings for name in each.holidays))


def _with_length(schedule: Schedule, minutes: int | None) -> Schedule:
    """Meetings with an hour and no length get the length that is entered for all."""

    def longer(slot: TimeSlot) -> TimeSlot:
        return replace(slot, minutes=minutes) if slot.start and not slot.minutes else slot

    if minutes is None:
        return schedule
    rules = (replace(rule, slots=tuple(map(longer, rule.slots))) for rule in schedule.rules)
    singles = (replace(each, slot=longer(each.slot)) for each in schedule.singles)
    return replace(schedule, rules=tuple(rules), singles=tuple(singles))


def _has_exceptions(schedule: Schedule) -> bool:
    return bool(schedule.exclusions or schedule.changes or schedule.holidays != Schedule().holidays)
