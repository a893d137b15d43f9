"""Lista obecności: blank to sign, for several meetings or for one, and filled. Reasons of absence stay off it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.text import Truncator

from lubsko_ops.centre.models import get_letterhead
from lubsko_ops.core.polish import join_list, number, short_date
from lubsko_ops.output.documents import document_html
from projects.models import GroupLeader, ProjectGroup
from sessions.choices import Presence
from sessions.models import Meeting
from sessions.printouts.register import GroupRegister, RegisterLine
from sessions.running.lines import leaders_on

BLANK, SINGLE, FILLED = (
    "print/meetings/attendance_blank.html",
    "print/meetings/attendance_single.html",
    "print/meetings/attendance_filled.html",
)
WEEKDAYS = ("pn.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz.")
COLUMNS = 10  # meetings side by side on one page
TOPIC = 34  # characters of a topic above its column
FREE_LINES = 4  # for people who come without being on the list
SIGNS = {Presence.PRESENT: "+", Presence.LATE: "s", Presence.EXCUSED: "u", Presence.UNEXCUSED: "n"}
NOT_TAKING_PART = "–"


# ---- to sign -----------------------------------------------------------------------------------------
def blank_html(
    register: GroupRegister, meetings: list[Meeting], leaders: list[GroupLeader], *, today: date
) -> str:
    """``meetings``: those of the list."""
    context = blank_context(register, meetings, leaders, today=today)
    return document_html(BLANK, context | {"centre": get_letterhead()})


def lines_to_sign(register: GroupRegister, meetings: Sequence[Meeting]) -> list[RegisterLine]:
    """Who stands on a list for these meetings: who takes part then, and who has a place and is to come."""
    return [
        line
        for line in register.lines
        if line.is_expected(register.group) or any(line.is_on(each) for each in meetings)
    ]


def blank_context(
    register: GroupRegister, meetings: list[Meeting], leaders: list[GroupLeader], *, today: date
) -> dict[str, Any]:
    lines = lines_to_sign(register, meetings)
    rows = [{"number": place, "name": line.name} for place, line in enumerate(lines, start=1)]
    return _head(register.group, meetings, leaders, today=today) | {
        "rows": rows,
        "parts": [{"columns": columns} for columns in _in_parts(_columns(meetings))] if rows else [],
    }


def single_html(register: GroupRegister, meeting: Meeting, leaders: list[GroupLeader], *, today: date) -> str:
    """The list of one meeting: a line to sign for each."""
    context = single_context(register, meeting, leaders, today=today)
    return document_html(SINGLE, context | {"centre": get_letterhead()})


def single_context(
    register: GroupRegister, meeting: Meeting, leaders: list[GroupLeader], *, today: date
) -> dict[str, Any]:
    lines = lines_to_sign(register, [meeting])
    return _head(register.group, [meeting], leaders, today=today) | {
        "day": f"{WEEKDAYS[meeting.starts_on.weekday()]} {meeting.days_text}",
        "hours": meeting.hours_text,
        "place": meeting.place_text,
        "topic": meeting.topic,
        "leaders": join_list(leaders_on(meeting, leaders, meeting.leaders.all())),
        "rows": [line.name for line in lines],
        "free": range(len(lines) + 1, len(lines) + 1 + FREE_LINES),
    }


# ---- filled ------------------------------------------------------------------------------------------
def filled_html(register: GroupRegister, leaders: list[GroupLeader], *, today: date) -> str:
    return document_html(
        FILLED, filled_context(register, leaders, today=today) | {"centre": get_letterhead()}
    )


def filled_context(register: GroupRegister, leaders: list[GroupLeader], *, today: date) -> dict[str, Any]:
    """The held meetings with the mark of everybody who took part, and the sums of the screen."""
    held = register.held
    lines = [line for line in register.lines if any(line.is_on(each) for each in held)]
    places = [register.at(each) for each in held]
    attended, expected = sum(each.attended for each in places), sum(each.meetings for each in places)
    parts = []
    for columns, meetings, sums in zip(
        _in_parts(_columns(held)), _in_parts(held), _in_parts(places), strict=True
    ):
        rows = [
            {
                "number": place,
                "name": line.name,
                "cells": [cell_text(line, each) for each in meetings],
                "total": line.score(held).text,
            }
            for place, line in enumerate(lines, start=1)
        ]
        parts.append({"columns": columns, "rows": rows, "sums": [each.text for each in sums]})
    return _head(register.group, held, leaders, today=today) | {
        "parts": parts if lines else [],
        "total": f"{attended} z {expected}",
        "attended": attended,
        "expected": expected,
        "percent": number(attended / expected * 100, 1) if expected else "",
        "unmarked": join_list(short_date(each.starts_on) for each in register.incomplete()),
    }


def cell_text(line: RegisterLine, meeting: Meeting) -> str:
    """The sign of a mark, of a family with how many came; a dash outside the participation, empty without a mark."""
    mark = line.marks.get(meeting.pk)
    if mark is None:
        return "" if line.is_on(meeting) else NOT_TAKING_PART
    sign = SIGNS[Presence(mark.presence)]
    return f"{sign} {mark.people}" if mark.came and mark.people else sign


# ---- both --------------------------------------------------------------------------------------------
def _head(
    group: ProjectGroup, meetings: Sequence[Meeting], leaders: list[GroupLeader], *, today: date
) -> dict[str, Any]:
    hours = {each.hours_text for each in meetings}
    places = {each.place_text for each in meetings}
    names = [str(each) for each in leaders if each.is_active_on(max(today, group.starts_on))]
    return {
        "case_reference": group.edition.case_reference,
        "title": group.edition.title,
        "group": group.name,
        "period": "–".join(short_date(day) for day in (group.starts_on, group.ends_on) if day),
        "hours": hours.pop() if len(hours) == 1 else "",
        "place": places.pop() if len(places) == 1 else group.place_text,
        "leaders": join_list(dict.fromkeys(names)),
        "as_of": today,
    }


def _columns(meetings: Sequence[Meeting]) -> list[dict[str, str]]:
    with_year = len({each.starts_on.year for each in meetings}) > 1
    return [
        {
            "day": f"{WEEKDAYS[each.starts_on.weekday()]} {column_day(each, with_year=with_year)}",
            "topic": Truncator(each.topic).chars(TOPIC),
        }
        for each in meetings
    ]


def column_day(meeting: Meeting, *, with_year: bool) -> str:
    """ "2.11", "30.09–2.10"."""

    def text(day: date) -> str:
        return f"{day.day}.{day.month:02}" + (f".{day.year}" if with_year else "")

    first, last = text(meeting.starts_on), text(meeting.ends_on)
    return first if first == last else f"{first}–{last}"


def _in_parts(items: Sequence) -> list[list]:
    """Parts of at most ten, of about the same size."""
    if not items:
        return []
    number_of_parts = -(-len(items) // COLUMNS)
    size = -(-len(items) // number_of_parts)
    return [list(items[start : start + size]) for start in range(0, len(items), size)]
