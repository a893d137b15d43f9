"""Queries of groups: one group, its people, what it has to do with the document of the project."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Sum, Value, When

from lubsko_ops.accounts.models import User
from projects.choices import ParticipationStatus
from projects.models import (
    Edition,
    GroupLeader,
    Participation,
    PlannedAction,
    ProjectGroup,
    SpecificGoal,
)
from projects.participants.people import age_text
from projects.participants.queries import note_participations
from projects.queries import GroupRow, holds_place
from projects.scope import visible_groups, visible_participations

SHOWN_PEOPLE = 60  # on the page of a group; all of them are on that of the participants
# People who take part first, those who wait next, those who have left last.
STATUS_ORDER = (
    ParticipationStatus.TAKING_PART,
    ParticipationStatus.QUALIFIED,
    ParticipationStatus.RESERVE,
    ParticipationStatus.REPORTED,
    ParticipationStatus.FINISHED,
    ParticipationStatus.BROKEN_OFF,
    ParticipationStatus.REJECTED,
)
STATUS_KINDS = {
    ParticipationStatus.TAKING_PART: "done",
    ParticipationStatus.QUALIFIED: "done",
    ParticipationStatus.RESERVE: "soon",
    ParticipationStatus.REPORTED: "soon",
}


def get_group(pk: int, user: User) -> ProjectGroup | None:
    """The group, if the user may see it, with its edition, place and counts of participations.

    ``taken``: those that hold a place, ``enrolled``: all.
    """
    related = ("edition__line", "edition__approved_by", "edition__copied_from", "place", "copied_from")
    counts = {
        "taken": Count("participations", filter=holds_place("participations__")),
        "enrolled": Count("participations"),
    }
    return visible_groups(user).select_related(*related).annotate(**counts).filter(pk=pk).first()


def leaders_of(group: ProjectGroup) -> list[GroupLeader]:
    return list(group.leaders.select_related("user").order_by("starts_on", "pk"))


# ---- the document ------------------------------------------------------------------------------------
def goals_of(edition: Edition) -> dict[int, SpecificGoal]:
    """The goals of the project by number."""
    return {goal.position: goal for goal in SpecificGoal.objects.filter(edition=edition)}


def actions_without_group(edition: Edition, rows: list[GroupRow]) -> list[PlannedAction]:
    """Actions of the document of which no group of their name was made."""
    names = {row.group.name.casefold() for row in rows}
    actions = PlannedAction.objects.filter(edition=edition).exclude(name="")
    return [each for each in actions if each.name.casefold() not in names]


# ---- people ------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class PersonRow:
    """A participation as the page of a group shows it."""

    participation: Participation
    age: str

    @property
    def status_kind(self) -> str:
        return STATUS_KINDS.get(ParticipationStatus(self.participation.status), "quiet")


def people_of(group: ProjectGroup, user: User, *, on: date) -> list[PersonRow]:
    """The people of the group whom the user may see, those who take part first; one more than is shown."""
    order = Case(*(When(status=each, then=Value(place)) for place, each in enumerate(STATUS_ORDER)))
    visible = visible_participations(user, on=on).filter(group=group)
    visible = visible.select_related("person", "child", "family").alias(place=order)
    rows = list(
        visible.order_by("place", "person__last_name", "person__first_name", "family__name", "pk")[
            : SHOWN_PEOPLE + 1
        ]
    )
    note_participations(rows)
    day = min(group.starts_on, on)
    return [PersonRow(row, _age(row, day, group.age_unit)) for row in rows]


def _age(row: Participation, day: date, unit: str) -> str:
    person = row.child or row.person
    return age_text(person, day, unit) if person else ""


# ---- days --------------------------------------------------------------------------------------------
def counted(group: ProjectGroup) -> dict[str, object]:
    """Sums of what was counted on the days of an event, those that were."""
    names = ("volunteers", "people", "parcels", "kilograms")
    sums = group.days.aggregate(**{name: Sum(name) for name in names})
    return {name: value for name, value in sums.items() if value is not None}
