"""Queries of projects: the people named in them, and numbers of the centre for a diagnosis."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from families.caseload.models import WorkPeriod
from families.choices import Problem
from families.people.models import FamilyProblem, Membership
from lubsko_ops.accounts.models import RoleGrant, User
from lubsko_ops.core.polish import count_of, join_list
from projects.permissions import STAFF

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
