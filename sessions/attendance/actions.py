"""Actions of attendance: record marks of one or many meetings, note what was done about absences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import (
    VersionConflict,
    bulk_delete_with_history,
    bulk_save_with_history,
    bulk_update_with_history,
    lock_row,
    save_with_history,
)
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import RowGone, lock
from lubsko_ops.core.polish import short_date
from projects.models import Edition, Participation, ProjectGroup
from projects.participants.access import may_record
from sessions.attendance import rules
from sessions.attendance.absences import open_runs
from sessions.attendance.roster import Roster, SlotKey, load_roster
from sessions.attendance.rules import Mark
from sessions.choices import MeetingState
from sessions.models import AbsenceFollowUp, Attendance, Meeting
from sessions.permissions import LOCKED, NOT_RUN, may_change_meetings, runs_group, stands_in

UNCHANGED = -1  # for the number of children: leave it
MARKED = "Obecność"  # why, in the history
MARK_FIELDS = ["presence", "late_minutes", "reason", "people"]


@dataclass(frozen=True)
class MeetingMarks:
    """What is to change at one meeting: marks by participation and person (None for a family); None clears one.

    ``version``: of the meeting as it was opened; VersionConflict when it was saved meanwhile.
    """

    meeting: Meeting
    marks: Mapping[SlotKey, Mark | None] = field(default_factory=dict)
    version: int | None = None
    guest_children: int | None = UNCHANGED


@action
def record_attendance(
    *, group: ProjectGroup, sheets: Iterable[MeetingMarks], reason: str = "", by: User
) -> list[Meeting]:
    """Record attendance at meetings of the group; returns the meetings at which something changed.

    A planned meeting is held from its first mark on. ``reason``: why the attendance of a meeting over a month ago is
    changed. Raises ValidationError with a sentence for each mark that cannot be, and then records nothing.
    """
    sheets = [sheet for sheet in sheets if sheet.marks or sheet.guest_children != UNCHANGED]
    if not sheets:
        return []
    _lock_families(sheets)
    edition = lock_row(Edition.objects, pk=group.edition_id)
    group = lock_row(ProjectGroup.objects, pk=group.pk)
    meetings = _lock_meetings(group, sheets)
    _check_right(edition, group, list(meetings.values()), by)
    roster, stored = load_roster(group), _stored_marks(meetings)
    refusals = {}
    for sheet in sheets:
        refusals |= _refusals(sheet, meetings[sheet.meeting.pk], roster, stored, reason)
    if refusals:
        raise ValidationError(dict(refusals))
    _relate(stored.values(), meetings, roster)
    return _write(sheets, meetings, stored, roster, reason, by)


def _lock_families(sheets: list[MeetingMarks]) -> None:
    """The families whose deadlines the marks can change."""
    rows = {row for sheet in sheets for row, _ in sheet.marks}
    families = Participation.objects.filter(pk__in=rows, family__isnull=False).values_list(
        "family", flat=True
    )
    lock(families=set(families))


def _lock_meetings(group: ProjectGroup, sheets: list[MeetingMarks]) -> dict[int, Meeting]:
    """The locked meetings by id."""
    ids = [sheet.meeting.pk for sheet in sheets]
    rows = Meeting.objects.filter(pk__in=ids, group=group).select_for_update(of=("self",), no_key=True)
    meetings = {row.pk: row for row in rows.order_by("pk")}
    if len(meetings) < len(set(ids)):
        raise RowGone
    for sheet in sheets:
        meeting = meetings[sheet.meeting.pk]
        saved_meanwhile = sheet.version is not None and meeting.version != sheet.version
        if saved_meanwhile and not _meeting_refusal(meeting):  # one called off meanwhile is refused below
            raise VersionConflict(meeting)
    return meetings


def _meeting_refusal(meeting: Meeting) -> str:
    return rules.meeting_refusal(meeting, clock.now().astimezone(clock.WARSAW))


def _check_right(edition: Edition, group: ProjectGroup, meetings: list[Meeting], by: User) -> None:
    if not may_change_meetings(edition):
        raise PermissionDenied(LOCKED)
    if runs_group(edition, group.leaders.all(), by, on=clock.today()):
        return
    if not all(stands_in(meeting.leaders.all(), by) for meeting in meetings):
        raise PermissionDenied(NOT_RUN)


def _stored_marks(meetings: Mapping[int, Meeting]) -> dict[tuple[int, SlotKey], Attendance]:
    rows = Attendance.objects.filter(meeting__in=list(meetings)).select_related("participation")
    return {(row.meeting_id, (row.participation_id, row.person_id)): row for row in rows}


def field_name(meeting: Meeting, key: SlotKey, name: str = "presence") -> str:
    """The name under which a refusal of a mark comes back: "presence_7_12-45"."""
    return f"{name}_{meeting.pk}_{key[0]}-{key[1] or 0}"


def _refusals(
    sheet: MeetingMarks, meeting: Meeting, roster: Roster, stored: Mapping, reason: str
) -> dict[str, str]:
    """By the name of the field; those of the whole meeting under its id."""
    if refusal := _meeting_refusal(meeting):
        return {f"meeting_{meeting.pk}": f"{short_date(meeting.starts_on)}: {refusal}"}
    refusals = {}
    if rules.needs_reason(meeting, clock.today()) and not reason.strip():
        refusals["correction_reason"] = rules.SAY_WHY
    if sheet.guest_children is not None and not UNCHANGED <= sheet.guest_children <= 100:
        refusals["guest_children"] = "Wpisz od 0 do 100 dzieci."
    for key, mark in sheet.marks.items():
        if mark is None:
            continue
        if (meeting.pk, key) not in stored and (refusal := roster.refusal(key, meeting)):
            refusals[field_name(meeting, key)] = refusal
        for name, text in rules.mark_refusals(mark, is_family=key[1] is None).items():
            refusals[field_name(meeting, key, name)] = text
    return refusals


def _relate(rows: Iterable[Attendance], meetings: Mapping[int, Meeting], roster: Roster) -> None:
    """Give the rows what was read already: the hooks ask each of them for its family and day."""
    people = {row.pk: row for row in roster.participations}
    for row in rows:
        row.meeting = meetings[row.meeting_id]
        if row.participation_id in people:
            row.participation = people[row.participation_id]


def _write(
    sheets: list[MeetingMarks],
    meetings: dict[int, Meeting],
    stored: dict,
    roster: Roster,
    reason: str,
    by: User,
) -> list[Meeting]:
    """Write what differs from what is stored: rows of one kind together, each with its history.

    The reason of a correction stands with the marks: the history of a meeting is read by all who read projects.
    """
    new, changed, cleared, marked, counted = [], [], [], [], []
    people = {row.pk: row for row in roster.participations}
    for sheet in sheets:
        meeting, before = meetings[sheet.meeting.pk], (len(new), len(changed), len(cleared))
        for key, mark in sheet.marks.items():
            row = stored.get((meeting.pk, key))
            if mark is None:
                cleared += [row] if row else []
            elif row is None:
                row = Attendance(meeting=meeting, participation=people[key[0]], person_id=key[1])
                new.append(_row(row, mark))
            elif _mark_of(row) != mark:
                changed.append(_row(row, mark))
        counts = sheet.guest_children not in (UNCHANGED, meeting.guest_children)
        if counts:
            meeting.guest_children = sheet.guest_children
        if before != (len(new), len(changed), len(cleared)):
            marked.append(meeting)
        elif counts:
            counted.append(meeting)
    why = f"Poprawka obecności: {reason.strip()}" if reason.strip() else MARKED
    for row in (*new, *changed):
        row.clean_fields(exclude={each.name for each in row._meta.concrete_fields if each.is_relation})
    bulk_delete_with_history(cleared, by=by, why=why)
    bulk_update_with_history(changed, MARK_FIELDS, by=by, why=why)
    bulk_save_with_history(new, by=by, why=why)
    _save_meetings(marked, by=by, why=MARKED)
    _save_meetings(counted, by=by, why=why)
    return marked + counted


def _row(row: Attendance, mark: Mark) -> Attendance:
    for name in MARK_FIELDS:
        setattr(row, name, getattr(mark, name))
    return row


def _mark_of(row: Attendance) -> Mark:
    return Mark(row.presence, row.late_minutes, row.reason, row.people)


def _save_meetings(meetings: list[Meeting], *, by: User, why: str) -> None:
    """Each gets a new version, so that who saves the same list second sees both; held while it has any mark."""
    if not meetings:
        return
    marked = set(
        Attendance.objects.filter(meeting__in=meetings)
        .order_by()
        .values_list("meeting", flat=True)
        .distinct()
    )
    for meeting in meetings:
        if meeting.pk in marked:
            meeting.state = MeetingState.HELD
        elif not meeting.course:
            meeting.state = MeetingState.PLANNED
    bulk_update_with_history(meetings, ["state", "guest_children"], by=by, why=why)


# ---- absences ----------------------------------------------------------------------------------------
@action
def follow_up_absences(
    *, participation: Participation, kind: str, day: date, note: str = "", by: User
) -> list[AbsenceFollowUp]:
    """Note what was done about the absences in a row of a participant: for a pair, of both who missed meetings.

    For who runs the group and who works with the family. It ends the notice until a further absence.
    """
    lock(families={participation.family_id} if participation.family_id else ())
    lock_row(Edition.objects, pk=participation.edition_id)
    row = lock_row(Participation.objects.select_related("edition", "group"), pk=participation.pk)
    if not may_record(row, by, on=clock.today()):
        raise PermissionDenied(NOT_RUN)
    if not may_change_meetings(row.edition):
        raise PermissionDenied(LOCKED)
    runs = open_runs([row.pk])
    if not runs:
        raise ValidationError("Te nieobecności są już wyjaśnione albo było po nich spotkanie z obecnością.")
    if day > clock.today():
        raise ValidationError({"day": "Ten dzień jeszcze nie nadszedł. Wpisz dzień nie późniejszy niż dziś."})
    first = min(run.since for run in runs.values())
    if day < first:
        since = short_date(first)
        raise ValidationError({"day": f"Nieobecności zaczęły się {since}. Wpisz ten dzień albo późniejszy."})
    return [
        save_with_history(
            AbsenceFollowUp(
                participation=row,
                person_id=person,
                meeting_id=run.last.meeting,
                kind=kind,
                day=day,
                note=note,
            ),
            by=by,
            why="Wyjaśnienie nieobecności",
        )
        for (_, person), run in runs.items()
    ]
