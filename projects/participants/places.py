"""Places taken in an edition and in its groups, and who is first on the reserve list."""

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from projects.choices import ParticipationStatus
from projects.models import Edition, Participation, ProjectGroup
from projects.participants.rules import place_refusal
from projects.queries import holds_place


def taken_in_group(group: ProjectGroup) -> int:
    """Places of the group: a person, a pair or a family each takes one."""
    return group.participations.filter(holds_place()).count()


def taken_in_edition(edition: Edition, *, without: Participation | None = None) -> int:
    """Places of the edition: one for each person, in however many groups; not of groups with places of their own."""
    who = Coalesce("person", -F("family"))
    rows = edition.participations.filter(holds_place(), counts_in_edition())
    rows = rows.exclude(pk=without.pk) if without else rows
    return rows.aggregate(number=Count(who, distinct=True))["number"]


def counts_in_edition() -> Q:
    """Participations that take a place of the edition: in no group, or in one without places of its own."""
    return Q(group=None) | Q(group__capacity=None)


def full_refusal(row: Participation) -> str:
    """Why the participation cannot be taken in, for lack of a place; the edition must be locked.

    The place it holds now, of somebody who moves to another group, is free for it.
    """
    if row.group and row.group.capacity:
        return place_refusal(taken_in_group(row.group), row.group.capacity, whose="w grupie")
    others = Participation.objects.filter(edition=row.edition_id).exclude(pk=row.pk)
    same = Q(person=row.person_id) if row.person_id else Q(person=None, family=row.family_id)
    if others.filter(holds_place(), counts_in_edition(), same).exists():
        return ""
    return place_refusal(taken_in_edition(row.edition, without=row), row.edition.places, whose="w projekcie")


def waiting(edition: Edition, group: ProjectGroup | None) -> QuerySet[Participation]:
    """The reserve list of a group, or of the edition, in order."""
    rows = Participation.objects.filter(edition=edition, group=group, status=ParticipationStatus.RESERVE)
    return rows.order_by("reported_on", "pk")
