"""Buttons of the page of a schedule that write into its fields, for a browser with or without JavaScript.

The value of a button is a verb and what it is about: "zdanie:2:co drugi wtorek" puts the sentence into the third row,
"dzien:2026-12-02" adds a day, "pola:2" shows the sentence in the fields, "zapisz" writes the fields as a sentence.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date

from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.polish import short_date
from sessions.planning.forms import MAX_LENGTH, SENTENCES, WEEKLY_FIELDS, ScheduleForm
from sessions.planning.plan import MAX_SENTENCES
from sessions.planning.weekly import fields_of
from sessions.schedule.hours import ScheduleError
from sessions.sentences.writer import write_day

Content = dict[str, list[str]]
TOTAL = f"{SENTENCES}-TOTAL_FORMS"
TOO_MANY = f"Zdań jest już {MAX_SENTENCES}. Usuń któreś."


def press(pressed: str, content: Content, make_form: Callable[[], ScheduleForm]) -> str:
    """Change the content as the button asks; returns why the fields make no sentence, otherwise empty."""
    verb, _, rest = pressed.partition(":")
    if verb == "zdanie":
        row, _, sentence = rest.partition(":")
        _put(content, parse_int(row), sentence)
    elif verb == "dzien":
        with suppress(ValueError):
            _put(content, None, write_day(date.fromisoformat(rest)))
    elif verb == "pola":
        _show_fields(content, parse_int(rest), make_form())
    elif verb == "zapisz":
        return _write_sentence(content, make_form())
    return ""


def _put(content: Content, row: int | None, sentence: str) -> bool:
    """The sentence in the row; without one in the first that is empty, or in a new one."""
    total = parse_int(content.get(TOTAL, ["0"])[0]) or 0
    if row is None or not 0 <= row < total:
        row = next((each for each in range(min(total, MAX_SENTENCES)) if _is_empty(content, each)), total)
    if row >= MAX_SENTENCES:
        return False
    content[TOTAL] = [str(max(total, row + 1))]
    content[f"{SENTENCES}-{row}-text"] = [sentence[:MAX_LENGTH]]
    return True


def _is_empty(content: Content, row: int) -> bool:
    def value(name: str) -> str:
        return content.get(f"{SENTENCES}-{row}-{name}", [""])[0].strip()

    return not value("text") and not value("DELETE")


def _show_fields(content: Content, row: int | None, form: ScheduleForm) -> None:
    """The sentence of the row in the fields, from where it is written back to its row."""
    number = next(
        (each for each, (line, _) in enumerate(form.rows) if line.prefix == f"{SENTENCES}-{row}"), None
    )
    if number is None:
        return
    plan = form.plan
    fields = fields_of(plan.rows[number].schedule, plan.entered.hours)
    if fields is None:
        return
    content |= {
        "on": [str(each) for each in fields.weekdays],
        "every": [str(fields.every)],
        "first": [short_date(fields.start) if fields.start else ""],
        "last": [short_date(fields.end) if fields.end else ""],
        "count": [str(fields.count or "")],
        "replaced": [str(row)],
    }


def _write_sentence(content: Content, form: ScheduleForm) -> str:
    group = form.group
    try:
        sentence = form.weekly_fields.sentence(group.starts_on, group.ends_on)
    except ScheduleError as error:
        return str(error)
    if not _put(content, parse_int(content.get("replaced", [""])[0]), sentence):
        return TOO_MANY
    for name in (*WEEKLY_FIELDS, "replaced"):
        content.pop(name, None)
    return ""
