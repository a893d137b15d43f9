"""Who is on the list of a meeting: one rule; a test compares it with a query.

Somebody takes part in a group on a day when the participation had begun by then, had not ended before, and the last
step until that day, apart from one that ended it, was in this group. So the last day is still a day of taking part,
and who moves to another group is there from the day of the move. A meeting over several days has on its list who takes
part on its first or on its last day.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from families.people.models import Person
from lubsko_ops.core.collation import sort_key
from lubsko_ops.core.polish import short_date
from projects.choices import ParticipationStatus, ParticipationStepKind
from projects.models import Participation, ParticipationStep, ProjectGroup
from sessions.models import Meeting

LEAVING = (ParticipationStepKind.FINISH, ParticipationStepKind.BREAK_OFF)


# ---- the rule ----------------------------------------------------------------------------------------
def group_on(steps: Iterable[ParticipationStep], day: date) -> int | None:
    """The group (id) in which a participant with these steps takes part on the day; None for none."""
    steps = list(steps)
    begun = any(step.kind == ParticipationStepKind.BEGIN and step.day <= day for step in steps)
    left = any(step.kind in LEAVING and step.day < day for step in steps)
    if not begun or left:
        return None
    until = [step for step in steps if step.kind not in LEAVING and step.day <= day]
    return max(until, key=lambda step: (step.day, step.pk)).group_id


def takes_part(steps: Iterable[ParticipationStep], meeting: Meeting) -> bool:
    """Whether a participant with these steps is on the list of the meeting."""
    steps = list(steps)
    return meeting.group_id in (group_on(steps, meeting.starts_on), group_on(steps, meeting.ends_on))


# ---- who is marked -----------------------------------------------------------------------------------
SlotKey = tuple[int, int | None]  # participation, person


@dataclass(frozen=True)
class RosterSlot:
    """Who is marked at a meeting: the person of a participation, of a pair also the child, or a whole family."""

    participation: Participation
    person: Person | None

    @property
    def key(self) -> SlotKey:
        return self.participation.pk, self.person.pk if self.person else None

    @property
    def code(self) -> str:
        """As in the name of a field: "12-45", of a family "12-0"."""
        return f"{self.participation.pk}-{self.person.pk if self.person else 0}"

    @property
    def is_child(self) -> bool:
        return self.person is not None and self.person.pk == self.participation.child_id

    @property
    def is_family(self) -> bool:
        return self.person is None

    @property
    def name(self) -> str:
        """ "Kowalska Danuta", of a whole family "Kowalscy"."""
        if self.person is None:
            return str(self.participation.family)
        return f"{self.person.last_name} {self.person.first_name}"

    @property
    def note(self) -> str:
        """ "Kowalscy", "spoza rodzin"; of a pair with whom; empty for a family the user may not open."""
        row = self.participation
        if self.person is None:
            return "cała rodzina"
        if row.child_id:
            other = row.person if self.is_child else row.child
            return f"{'dziecko, z' if self.is_child else 'z dzieckiem'}: {other}"
        if row.family_id is None:
            return "spoza rodzin"
        return str(row.family) if getattr(row, "opens_family", False) else ""

    @property
    def sort_key(self):
        row = self.participation
        who = row.person
        first = f"{who.last_name} {who.first_name}" if who else str(row.family)
        return sort_key(first), row.pk, self.is_child


def slots_of(row: Participation) -> list[RosterSlot]:
    if row.person is None:
        return [RosterSlot(row, None)]
    return [RosterSlot(row, person) for person in (row.person, row.child) if person]


@dataclass
class Roster:
    """Everybody who ever was in the group, with their steps, and those taken in who have not begun."""

    group: ProjectGroup
    participations: list[Participation]
    steps: dict[int, list[ParticipationStep]]

    def on_list(self, meeting: Meeting) -> list[Participation]:
        return [row for row in self.participations if takes_part(self.steps[row.pk], meeting)]

    def slots(self, meeting: Meeting) -> list[RosterSlot]:
        """Who is on the list of the meeting, by name."""
        return sorted(
            (slot for row in self.on_list(meeting) for slot in slots_of(row)), key=lambda slot: slot.sort_key
        )

    def not_begun(self) -> list[Participation]:
        """Those taken into the group who have not begun, by name."""
        rows = [
            row
            for row in self.participations
            if row.group_id == self.group.pk and row.status == ParticipationStatus.QUALIFIED
        ]
        return sorted(rows, key=lambda row: slots_of(row)[0].sort_key)

    def all_slots(self) -> dict[SlotKey, RosterSlot]:
        return {slot.key: slot for row in self.participations for slot in slots_of(row)}

    def refusal(self, key: SlotKey, meeting: Meeting) -> str:
        """Why this participation or person cannot be marked at the meeting; empty when on its list."""
        slot = self.all_slots().get(key)
        if slot is None:
            return NOT_IN_GROUP
        steps = self.steps[slot.participation.pk]
        if takes_part(steps, meeting):
            return ""
        return f"{slot.person or slot.participation}: {_why_absent(steps, meeting)}"


NOT_IN_GROUP = "Zaznaczono kogoś, kto nie należy do tej grupy. Otwórz listę jeszcze raz."


def _why_absent(steps: list[ParticipationStep], meeting: Meeting) -> str:
    day = short_date(meeting.starts_on)
    began = [step.day for step in steps if step.kind == ParticipationStepKind.BEGIN]
    ended = [step.day for step in steps if step.kind in LEAVING and step.day < meeting.starts_on]
    if ended:
        return f"udział skończył się {short_date(min(ended))}, więc na spotkaniu {day} nie zaznacza się obecności."
    if not began:
        return "udział jeszcze się nie rozpoczął. Rozpocznij go, potem zaznacz obecność."
    if min(began) > meeting.ends_on:
        return (
            f"udział zaczął się {short_date(min(began))}, więc na spotkaniu {day} nie zaznacza się obecności."
        )
    return f"dnia {day} udział był w innej grupie."


def load_roster(group: ProjectGroup, *, families: QuerySet | None = None) -> Roster:
    """The roster of the group; ``families``: those the user may open, whose names are then shown. One statement."""
    ever = ParticipationStep.objects.filter(group=group).values("participation")
    waiting = Participation.objects.filter(group=group, status=ParticipationStatus.QUALIFIED).values("pk")
    # A union: of two conditions with "or" PostgreSQL expects half of all steps and reads all families and persons.
    rows = ParticipationStep.objects.filter(participation__in=ever.union(waiting))
    rows = rows.select_related("participation__person", "participation__child", "participation__family")
    if families is not None:
        rows = rows.annotate(opens_family=Q(participation__family__in=families.values("pk")))
    participations: dict[int, Participation] = {}
    steps: dict[int, list[ParticipationStep]] = defaultdict(list)
    for step in rows.order_by("participation", "pk"):
        row = participations.setdefault(step.participation_id, step.participation)
        row.opens_family = getattr(step, "opens_family", False)
        steps[row.pk].append(step)
    return Roster(group, list(participations.values()), steps)
