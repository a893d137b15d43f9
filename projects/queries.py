"""Queries of projects: the people named in them, their groups, and numbers of the centre for a diagnosis."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet

from families.caseload.models import WorkPeriod
from families.choices import Problem
from families.people.models import FamilyProblem, Membership
from lubsko_ops.accounts.models import RoleGrant, User
from lubsko_ops.core.polish import MONTH_FORMS, YEAR_FORMS, count_of, join_list
from projects.choices import AgeUnit, ParticipationStatus, Takes
from projects.models import HOLDING_PLACE, Edition, GroupLeader, Participation, ProjectGroup
from projects.permissions import STAFF
from projects.scope import visible_groups

SHOWN_PROBLEMS = 5


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """Names of users by id, in the order of these ids. One statement."""
    ids = list(ids)
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=ids)}
    return {pk: names[pk] for pk in ids if pk in names}


def possible_authors(today: date, chosen: Iterable[int] = ()) -> QuerySet[User]:
    """Active users whose role today lets them write projects, and those chosen before."""
    held = RoleGrant.objects.active_on(today).filter(role__in=list(STAFF)).values("user")
    may = Q(is_active=True, pk__in=held) | Q(pk__in=list(chosen))
    return User.objects.filter(may).order_by("last_name", "first_name", "pk")


def diagnosis_numbers(day: date) -> list[str]:
    """Sentences with numbers of the centre on the day, as words to start a diagnosis from. Three statements.

    The families are those the reports count: with work in progress. Children and problems are those of these families.
    """
    at_work = WorkPeriod.objects.active_on(day).values("family")
    families = at_work.distinct().count()
    children = Membership.objects.members_on(day).children_on(day).filter(family__in=at_work)
    rows = FamilyProblem.objects.active_on(day).filter(family__in=at_work).values("problem")
    problems = rows.annotate(number=Count("pk")).order_by("-number", "problem")[:SHOWN_PROBLEMS]
    sentences = [
        f"Pod opieką asystentów: {count_of(families, 'rodzina,rodziny,rodzin')}.",
        f"W tych rodzinach: {count_of(children.values('person').distinct().count(), 'dziecko,dzieci,dzieci')}.",
    ]
    if most := [f"{Problem(row['problem']).label} ({row['number']})" for row in problems]:
        sentences.append(f"Najczęstsze powody wsparcia (liczba rodzin): {join_list(most)}.")
    return sentences


# ---- groups ------------------------------------------------------------------------------------------
@dataclass
class GroupRow:
    """A group in a list. ``taken``: participations that hold a place."""

    group: ProjectGroup
    taken: int
    leaders: list[GroupLeader] = field(default_factory=list)

    @property
    def places_text(self) -> str:
        return places_text(self.group, self.taken)

    @property
    def leaders_text(self) -> str:
        return join_list(dict.fromkeys(str(each) for each in self.leaders))

    def is_led_by(self, user: User, *, on: date) -> bool:
        return any(each.user_id == user.pk and each.is_active_on(on) for each in self.leaders)


def places_text(group: ProjectGroup, taken: int) -> str:
    """ "9 z 12", "9", "bez zapisów"."""
    if group.takes == Takes.NOBODY:
        return "bez zapisów"
    return f"{taken} z {group.capacity}" if group.capacity else str(taken)


def age_range(group: ProjectGroup) -> str:
    """ "5–16 lat", "do 12 miesięcy", "od 18 lat"."""
    first, last = group.age_from, group.age_to
    if first is None and last is None:
        return ""
    months = group.age_unit == AgeUnit.MONTHS
    if first is not None and last is not None:
        return f"{first}–{count_of(last, MONTH_FORMS if months else YEAR_FORMS)}"
    genitive = "miesiąca,miesięcy,miesięcy" if months else "roku,lat,lat"
    return f"od {count_of(first, genitive)}" if last is None else f"do {count_of(last, genitive)}"


def groups_of(edition: Edition, user: User, *, on: date) -> list[GroupRow]:
    """The groups of an edition the user may see, with places taken and leaders, from the first. Two statements.

    Of a group that runs the leaders of the day are named, of others all.
    """
    taken = Count("participations", filter=holds_place("participations__"))
    groups = visible_groups(user).filter(edition=edition).select_related("place").annotate(taken=taken)
    rows = {group.pk: GroupRow(group, group.taken) for group in groups.order_by("starts_on", "pk")}
    leaders = GroupLeader.objects.filter(group__edition=edition).select_related("user")
    for each in leaders.order_by("starts_on", "pk"):
        row = rows.get(each.group_id)
        if row is None:
            continue
        if each.is_active_on(on) or not row.group.is_active_on(on):
            row.leaders.append(each)
    return list(rows.values())


def holds_place(prefix: str = "") -> Q:
    """Participations that hold a place; somebody to whom one was offered holds it, too."""
    return Q(**{f"{prefix}status__in": HOLDING_PLACE}) | Q(**{f"{prefix}offered_on__isnull": False})


# Statuses in which a declaration, or for a child a guardian's consent, is asked for.
NEEDS_PAPERS = (ParticipationStatus.QUALIFIED, ParticipationStatus.TAKING_PART)


def families_with_papers(editions: Iterable[int]) -> QuerySet:
    """Ids of the families through which somebody was taken into these editions (ids)."""
    rows = Participation.objects.filter(edition__in=editions, status__in=NEEDS_PAPERS, family__isnull=False)
    return rows.order_by().values_list("family", flat=True).distinct()


def families_of_participants(edition: int) -> QuerySet:
    """Ids of the families through which somebody is enrolled into the edition (id)."""
    rows = Participation.objects.filter(edition=edition, family__isnull=False)
    return rows.order_by().values_list("family", flat=True).distinct()
