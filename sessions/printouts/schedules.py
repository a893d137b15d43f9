"""Harmonogram spotkań for participants: a page in large type, and strips to cut out. It names no participant."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from lubsko_ops.centre.models import get_letterhead
from lubsko_ops.core.polish import MONTHS_GENITIVE, NBSP, WEEKDAYS, count_of
from lubsko_ops.output.documents import document_html
from projects.models import GroupLeader, ProjectGroup
from projects.printouts.notice import days_text
from sessions.choices import MeetingChangeKind, MeetingState
from sessions.models import Meeting, MeetingChange
from sessions.running.index import numbers_of

PAGE, STRIPS = "print/meetings/schedule.html", "print/meetings/strips.html"
MEETINGS = "spotkanie,spotkania,spotkań"
UNSETTLED_HOUR = "godzina do ustalenia"
STRIPS_IN_LINE = 3
# Lines of a strip that fit on a page, those of its head and margins, the gap after a meeting; characters of a line.
SHEET_LINES, HEAD_LINES, GAP, LINE_LENGTH = 64, 8, 0.6, 34


def load_meetings(group: ProjectGroup, *, with_parts: bool = False) -> list[Meeting]:
    """The meetings of the group but those withdrawn from the schedule, in order, with changes and own leaders."""
    rows = group.scheduled_meetings.exclude(state=MeetingState.WITHDRAWN).select_related("place")
    rows = rows.prefetch_related("changes", "made_up_by", "leaders__user", *(["parts"] if with_parts else []))
    return list(rows.order_by("starts_on", "starts_at", "pk"))


def schedule_html(
    group: ProjectGroup, leaders: list[GroupLeader], *, today: date, whole: bool, strips: bool
) -> str:
    centre = get_letterhead()
    context = schedule_context(group, load_meetings(group), leaders, today=today, whole=whole)
    context["strips"] = strips_of(context["rows"], len(context["contacts"]) + 1) if strips else []
    context["contacts"] += [{"name": "ośrodek", "phone": centre.phone}] if centre.phone else []
    return document_html(STRIPS if strips else PAGE, context | {"centre": centre})


def schedule_context(
    group: ProjectGroup, meetings: list[Meeting], leaders: list[GroupLeader], *, today: date, whole: bool
) -> dict[str, Any]:
    """What the schedule says: the meetings to come, or all of them where ``whole`` or none is to come."""
    numbers = numbers_of(meetings)
    coming = [each for each in meetings if not each.is_over(today)]
    shown = meetings if whole or not coming else coming
    held_or_planned = [each for each in shown if each.takes_place]
    hours = common(each.hours_text for each in held_or_planned)
    place = common(each.place_text for each in held_or_planned) or group.place_text
    years = len({each.starts_on.year for each in shown}) > 1
    rows = [row_of(each, numbers, hours=hours, place=place, with_year=years) for each in shown]
    return {
        "case_reference": group.edition.case_reference,
        "title": group.edition.title,
        "group": group.name,
        "when": days_text(shown[0].starts_on, max(each.ends_on for each in shown)) if shown else "",
        "amount": amount_text(len(held_or_planned), hours, partly=len(shown) < len(meetings)),
        "place": place,
        "rows": rows,
        "contacts": contacts(leaders, on=max(today, group.starts_on)),
        "as_of": today,
    }


# ---- a meeting ---------------------------------------------------------------------------------------
def row_of(
    meeting: Meeting, numbers: dict[int, int], *, hours: str, place: str, with_year: bool
) -> dict[str, Any]:
    own_hours, own_place = meeting.hours_text, meeting.place_text
    return {
        "number": numbers.get(meeting.pk, ""),
        "day": day_words(meeting.starts_on, meeting.ends_on, with_year=with_year),
        "weekday": weekday_words(meeting.starts_on, meeting.ends_on),
        "hours": "" if own_hours == hours or not meeting.takes_place else own_hours or UNSETTLED_HOUR,
        "place": "" if own_place == place or not meeting.takes_place else own_place,
        "topic": meeting.topic,
        "note": change_note(meeting),
        "cancelled": not meeting.takes_place,
    }


def day_words(first: date, last: date, *, with_year: bool) -> str:
    """ "2 listopada", "od 30 września do 2 października"."""

    def words(day: date) -> str:
        year = f"{NBSP}{day.year}" if with_year else ""
        return f"{day.day}{NBSP}{MONTHS_GENITIVE[day.month - 1]}{year}"

    return words(first) if first == last else f"od{NBSP}{words(first)} do{NBSP}{words(last)}"


def weekday_words(first: date, last: date) -> str:
    """ "środa", "piątek–niedziela"."""
    names = dict.fromkeys(WEEKDAYS[day.weekday()] for day in (first, last))
    return "–".join(names)


def hours_words(hours: str) -> str:
    """ "od 9:00 do 11:00", "o 9:00"; empty while the hour is not settled."""
    start, _, end = hours.partition("–")
    if not start:
        return ""
    return f"od{NBSP}{start} do{NBSP}{end}" if end else f"o{NBSP}{start}"


def change_note(meeting: Meeting) -> str:
    """ "zamiast 11 listopada", "odwołane, zamiast tego 12 listopada"; empty for one that stands as it was planned."""
    if not meeting.takes_place:
        instead = [each for each in meeting.made_up_by.all() if each.takes_place]
        days = ", ".join(day_words(each.starts_on, each.ends_on, with_year=False) for each in instead)
        return f"odwołane, zamiast tego {days}" if days else "odwołane"
    moved = first_move(meeting.changes.all())
    if moved is None:
        return ""
    if (moved.from_on, moved.from_until) != (meeting.starts_on, meeting.ends_on):
        return f"zamiast {day_words(moved.from_on, moved.from_until, with_year=False)}"
    if moved.from_at != meeting.starts_at or moved.from_minutes != meeting.minutes:
        return "zmiana godziny"
    return "zmiana miejsca" if moved.from_place and moved.from_place != meeting.place_text else ""


def first_move(changes: Iterable[MeetingChange]) -> MeetingChange | None:
    """The first move of a meeting: it holds the day the participants were given."""
    moves = sorted(
        (each for each in changes if each.kind == MeetingChangeKind.MOVE), key=lambda each: each.pk
    )
    return moves[0] if moves else None


# ---- the whole ---------------------------------------------------------------------------------------
def common(texts: Iterable[str]) -> str:
    """The text, where all of them are the same; otherwise empty."""
    different = set(texts)
    return different.pop() if len(different) == 1 else ""


def amount_text(number: int, hours: str, *, partly: bool) -> str:
    """ "9 spotkań, zawsze od 10:00 do 12:00", "jeszcze 2 spotkania"."""
    if not number:
        return ""
    words = count_of(number, MEETINGS)
    always = f", {'zawsze ' if number > 1 else ''}{hours_words(hours)}" if hours else ""
    return f"{'jeszcze ' if partly else ''}{words}{always}"


def contacts(leaders: Iterable[GroupLeader], *, on: date) -> list[dict[str, str]]:
    """Who leads the group on the day and has a telephone in the office."""
    leading = [each.user for each in leaders if each.user and each.is_active_on(on)]
    return [{"name": str(user), "phone": user.phone} for user in dict.fromkeys(leading) if user.phone]


def strips_of(rows: list[dict[str, Any]], contacts_number: int) -> list[list[list[dict[str, Any]]]]:
    """Lines of three equal strips that fit on a sheet; a schedule longer than a page goes on in the next strip."""
    if not rows:
        return []
    parts: list[list[dict[str, Any]]] = [[]]
    space = SHEET_LINES - HEAD_LINES - contacts_number
    free = space
    for row in rows:
        if free < lines_of(row):
            parts.append([])
            free = space
        parts[-1].append(row)
        free -= lines_of(row)
    if len(parts) > 1:
        return [parts[start : start + STRIPS_IN_LINE] for start in range(0, len(parts), STRIPS_IN_LINE)]
    fits_twice = HEAD_LINES + contacts_number + sum(lines_of(row) for row in rows) <= SHEET_LINES / 2
    return [parts * STRIPS_IN_LINE] * (2 if fits_twice else 1)


def lines_of(row: dict[str, Any]) -> float:
    texts = [f"{row['day']}, {row['weekday']}, {row['hours']}", row["topic"], row["note"], row["place"]]
    return GAP + sum(1 + len(text) // LINE_LENGTH for text in texts if text)
