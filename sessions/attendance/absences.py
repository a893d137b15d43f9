"""Absences in a row of participants, and which of them nothing was done about yet."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import F, QuerySet

from projects.choices import EditionState, ParticipationStatus
from projects.models import Participation
from sessions.attendance.roster import SlotKey
from sessions.attendance.rules import AbsenceRun, PastMark, absence_run
from sessions.choices import MeetingState
from sessions.models import AbsenceFollowUp, Attendance


def watched(rows: QuerySet[Participation]) -> QuerySet[Participation]:
    """Participations whose absences are noticed: while they take part in a group of a project that runs."""
    return rows.filter(
        status=ParticipationStatus.TAKING_PART, edition__state=EditionState.RUNNING, group__isnull=False
    )


def absence_runs(rows: Collection[int] | QuerySet[Participation]) -> dict[SlotKey, AbsenceRun]:
    """Absences in a row of these participations (ids) in their present group, by who is marked. One statement."""
    marks = Attendance.objects.filter(
        participation__in=rows, meeting__group=F("participation__group"), meeting__state=MeetingState.HELD
    )
    marks = marks.order_by("meeting__starts_on", "meeting__starts_at", "meeting")
    by_slot: dict[SlotKey, list[PastMark]] = defaultdict(list)
    for participation, person, meeting, day, presence in marks.values_list(
        "participation", "person", "meeting", "meeting__starts_on", "presence"
    ):
        by_slot[participation, person].append(PastMark(meeting, day, presence))
    runs = {slot: absence_run(each) for slot, each in by_slot.items()}
    return {slot: run for slot, run in runs.items() if run}


def follow_ups(runs: dict[SlotKey, AbsenceRun]) -> dict[SlotKey, AbsenceFollowUp]:
    """What was done since the last absence of each of these; at most one statement."""
    if not runs:
        return {}
    rows = AbsenceFollowUp.objects.filter(participation__in={row for row, _ in runs}).order_by("pk")
    return {
        (each.participation_id, each.person_id): each
        for each in rows
        if (run := runs.get((each.participation_id, each.person_id))) and run.last.meeting == each.meeting_id
    }


def open_runs(rows: Collection[int] | QuerySet[Participation]) -> dict[SlotKey, AbsenceRun]:
    """Absences in a row about which nothing was done. Two statements at most."""
    runs = absence_runs(rows)
    done = follow_ups(runs)
    return {slot: run for slot, run in runs.items() if slot not in done}
