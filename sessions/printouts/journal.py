"""Dziennik zajęć: the held meetings with topic, course and how many came, to be signed by who led them."""

from datetime import date
from typing import Any

from lubsko_ops.centre.models import get_letterhead
from lubsko_ops.core.polish import count_of, format_minutes, join_list, short_date
from lubsko_ops.output.documents import document_html
from projects.models import GroupLeader
from sessions.choices import MeetingState, Presence
from sessions.models import Meeting
from sessions.printouts.lists import WEEKDAYS
from sessions.printouts.register import GroupRegister
from sessions.running.index import numbers_of
from sessions.running.lines import leaders_on

TEMPLATE = "print/meetings/journal.html"
ENTRIES = "wpis,wpisy,wpisów"
PLACES = "miejsce,miejsca,miejsc"


def journal_html(register: GroupRegister, leaders: list[GroupLeader], *, today: date) -> str:
    return document_html(
        TEMPLATE, journal_context(register, leaders, today=today) | {"centre": get_letterhead()}
    )


def journal_context(register: GroupRegister, leaders: list[GroupLeader], *, today: date) -> dict[str, Any]:
    """What the journal says, as of today."""
    group, held = register.group, register.held
    numbers = numbers_of(register.meetings)
    places = [register.at(each) for each in held]
    planned = register.planned
    return {
        "case_reference": group.edition.case_reference,
        "title": group.edition.title,
        "group": group.name,
        "period": "–".join(short_date(day) for day in (group.starts_on, group.ends_on) if day),
        "as_of": today,
        "entries": count_of(len(held), ENTRIES),
        "planned_number": len(numbers),
        "rows": [
            {
                "number": numbers[each.pk],
                "day": f"{WEEKDAYS[each.starts_on.weekday()]} {each.days_text}",
                "hours": each.hours_text,
                "topic": each.topic,
                "parts": [part_text(part) for part in each.parts.all()],
                "course": each.course,
                "homework": each.homework,
                "present": place.text if place.meetings else "",
                "remarks": remarks_of(each, register),
                "leaders": join_list(leaders_on(each, leaders, each.leaders.all())),
            }
            for each, place in zip(held, places, strict=True)
        ],
        "hours": format_minutes(sum(each.total_minutes for each in held)),
        "attended": sum(each.attended for each in places),
        "expected": count_of(sum(each.meetings for each in places), PLACES),
        "empty": join_list(short_date(each.starts_on) for each in held if not (each.topic or each.course)),
        "overdue": join_list(short_date(each.starts_on) for each in planned if each.is_over(today)),
        "coming": join_list(short_date(each.starts_on) for each in planned if not each.is_over(today)),
        "cancelled": join_list(
            short_date(each.starts_on) for each in register.meetings if each.state == MeetingState.CANCELLED
        ),
    }


def part_text(part) -> str:
    """ "rodzice: granice (Olga Marzec)"."""
    text = f"{part.get_audience_display()}: {part.topic}" if part.topic else part.get_audience_display()
    return f"{text} ({part.leaders})" if part.leaders else text


def remarks_of(meeting: Meeting, register: GroupRegister) -> list[str]:
    """What was written as remarks, how many were absent, children who came along."""
    excused, unexcused = (
        register.absences_at(meeting, each) for each in (Presence.EXCUSED, Presence.UNEXCUSED)
    )
    absences = f"nieob. {excused + unexcused}, w tym nieuspr. {unexcused}" if excused + unexcused else ""
    guests = f"dzieci spoza grupy: {meeting.guest_children}" if meeting.guest_children else ""
    return [text for text in (meeting.remarks, absences, guests) if text]
