"""Absences in a row as a deadline of the family of the participant: its assistant gets in touch."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from families.choices import DeadlineKind
from families.deadlines.sources import DEADLINE_SOURCES, DeadlineSource, OpenTask
from projects.choices import EditionState
from projects.models import Edition, Participation
from projects.queries import families_with_papers
from sessions.attendance.absences import open_runs, watched
from sessions.attendance.rules import RESPOND_WITHIN
from sessions.models import AbsenceFollowUp, Attendance

OVER = (EditionState.TO_SETTLE, EditionState.SETTLED, EditionState.WITHDRAWN)


def load_absences(families: list[int], on: date) -> dict[int, list[OpenTask]]:
    """Participants with absences in a row about which nothing was done, one task each. Three statements at most."""
    rows = watched(Participation.objects.filter(family__in=families)).values_list("pk", "family")
    family_of = dict(rows)
    last: dict[int, date] = {}
    for (participation, _), run in open_runs(family_of).items() if family_of else ():
        last[participation] = max(run.last.day, last.get(participation, run.last.day))
    tasks: dict[int, list[OpenTask]] = defaultdict(list)
    for participation, day in last.items():
        task = OpenTask(DeadlineKind.PROJECT_ABSENCES, participation, day, day + RESPOND_WITHIN)
        tasks[family_of[participation]].append(task)
    return tasks


# ---- which families written rows concern -------------------------------------------------------------
def _of_rows(rows: list[Attendance] | list[AbsenceFollowUp]) -> Iterable[int]:
    concerned = Participation.objects.filter(pk__in={row.participation_id for row in rows})
    return concerned.filter(family__isnull=False).values_list("family", flat=True)


def _of_participations(rows: list[Participation]) -> set[int]:
    """A participation that ends, goes on or moves; one just entered has no marks."""
    return {row.family_id for row in rows if row.family_id and row.version > 1}


def _of_editions(rows: list[Edition]) -> Iterable[int]:
    ended = [row.pk for row in rows if row.state in OVER]
    return families_with_papers(ended) if ended else ()


def register() -> None:
    DEADLINE_SOURCES.register(
        DeadlineSource(
            "absences of participants",
            frozenset({DeadlineKind.PROJECT_ABSENCES}),
            load_absences,
            {
                Attendance: _of_rows,
                AbsenceFollowUp: _of_rows,
                Participation: _of_participations,
                Edition: _of_editions,
            },
        )
    )
