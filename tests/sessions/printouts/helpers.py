"""A workshop of Tomasz in a project that runs, its people with their steps, and meetings with marks."""

from datetime import date, timedelta

from django.urls import reverse

from families.choices import Sex
from families.people.models import Person
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.centre.models import get_letterhead
from lubsko_ops.output.documents import document_html
from projects.choices import ParticipationStatus, ParticipationStepKind
from projects.models import Participation, ParticipationStep
from sessions.printouts.register import load_register
from sessions.printouts.schedules import load_meetings
from tests.factories import person_data
from tests.projects.groups.helpers import make_workshop
from tests.recorded_rows import recorded
from tests.sessions.factories import make_attendance, make_held, make_meeting

BEGUN = date(2026, 10, 1)
STEPS = {
    ParticipationStatus.FINISHED: ParticipationStepKind.FINISH,
    ParticipationStatus.BROKEN_OFF: ParticipationStepKind.BREAK_OFF,
}


def url_of(name: str, *args, query: str = "") -> str:
    return reverse(f"meetings:{name}", args=args) + query


def workshop(tomasz, maria, **values):
    """A workshop led by Tomasz, in a project he wrote."""
    return make_workshop(tomasz, maria, leader=tomasz, **values)


@recorded
def new_person(by, first_name: str, last_name: str, sex=Sex.FEMALE, born_on=date(1990, 1, 1)) -> Person:
    person = person_data(first_name, last_name, sex, born_on)
    return save_with_history(person, by=by, why="Nowa osoba")


@recorded
def join(group, by, person=None, *, day=BEGUN, left_on=None, status="taking_part", **fields) -> Participation:
    """A participation that began on the day, and ended on ``left_on`` where it is given."""
    row = Participation(
        edition=group.edition,
        group=group,
        person=person,
        status=status,
        status_on=left_on or day,
        reported_on=day,
        **fields,
    )
    row = save_with_history(row, by=by, why="Zapis")
    waiting = {"qualified": ParticipationStepKind.QUALIFY, "reserve": ParticipationStepKind.PUT_ON_RESERVE}
    steps = [(waiting.get(status, ParticipationStepKind.BEGIN), day)]
    steps += [(STEPS[status], left_on)] if left_on else []
    for kind, on in steps:
        why = "own_wish" if kind == ParticipationStepKind.BREAK_OFF else ""
        step = ParticipationStep(participation=row, group=group, kind=kind, status=status, day=on, reason=why)
        save_with_history(step, by=by, why="Krok")
    return row


@recorded
def weekly(group, by, number: int, *, held: int = 0, first=date(2026, 10, 5), **fields) -> list:
    """Meetings a week apart, the first ``held`` of them held."""
    days = [first + timedelta(weeks=each) for each in range(number)]
    return [
        (make_held if place < held else make_meeting)(group, by, day, **fields)
        for place, day in enumerate(days)
    ]


@recorded
def mark(meetings, row, by, letters: str, *, person=None) -> None:
    """Marks at these meetings: "+" present, "s" late, "u" excused, "n" unexcused, "." none."""
    kinds = {"+": "present", "s": "late", "u": "excused", "n": "unexcused"}
    for meeting, letter in zip(meetings, letters, strict=False):
        if letter in kinds:
            make_attendance(meeting, row, by, kinds[letter], person=person or row.person)


def register_of(group):
    return load_register(group, load_meetings(group, with_parts=True))


def html_of(template: str, context: dict) -> str:
    return document_html(template, context | {"centre": get_letterhead()})
