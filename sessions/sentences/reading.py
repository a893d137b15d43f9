"""Reading of a Polish sentence: the schedule it says, or the question that it leaves open."""

from datetime import date

from lubsko_ops.core.dates import Range
from sessions.schedule.hours import TimeSlot
from sessions.schedule.schedule import Schedule
from sessions.sentences.assembly import Assembly, Given
from sessions.sentences.grammar import UnknownWord, parse
from sessions.sentences.parts import Ask, NotUnderstood, ScheduleQuestion
from sessions.sentences.tokens import normalized


def read_sentence(
    text: str,
    *,
    span: Range | None = None,
    hours: TimeSlot | None = None,
    count: int | None = None,
    today: date | None = None,
) -> Schedule | ScheduleQuestion | NotUnderstood:
    """The schedule that the sentence says; a question for what is missing or may mean two things; or the unknown word.

    span: first and last day of the group (the last may be None); completes a sentence without its own days or year.
    hours: of the meetings for which the sentence says none. count: the number of meetings where the sentence has
    neither end nor number. today: only to offer years as choices; no date is ever taken from it.
    ScheduleError, with a plain Polish sentence, for what cannot be: a day in no calendar, an end before the start, no
    meeting at all, too many.
    """
    text = normalized(text)
    try:
        return Assembly(text, Given(span, hours, count, today)).schedule(parse(text))
    except Ask as ask:
        return ask.question
    except UnknownWord as unknown:
        return unknown.answer
