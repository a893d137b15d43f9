"""Which families a specialist works with, and which specialists a family has.

A specialist opens these families by ``open_to_specialist`` alone. It is no scope of ``Family.objects.visible_to()``:
an assistant who is a specialist in other families would read the visits there.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from families.caseload.models import WorkPeriod
from families.people.models import Family
from families.specialists.models import FamilySpecialist
from lubsko_ops.accounts.models import User
from lubsko_ops.core.permissions import Role


def open_to_specialist(user: User, *, on: date) -> QuerySet[FamilySpecialist]:
    """What lets the user open families on the day: until the last day of each row and of the work with the family.

    Nothing stays readable afterwards, also when the family returns: it is added anew.
    """
    if Role.SPECIALIST not in user.roles:
        return FamilySpecialist.objects.none()
    return FamilySpecialist.objects.active_on(on).filter(~work_ended(on), specialist=user)


def work_ended(on: date) -> Q:
    """Condition on accesses: the work during which the specialist was added ended before the day."""
    periods = WorkPeriod.objects.filter(family=OuterRef("family"))
    ended_since = periods.filter(ends_on__lt=on, ends_on__gte=OuterRef("starts_on"))
    return Q(Exists(ended_since)) | Q(Exists(periods) & ~Exists(periods.active_on_or_after(on)))


def families_of_specialist(user: User, *, on: date) -> QuerySet[Family]:
    """Families the specialist may open on the day, in a narrow part of their file."""
    return Family.objects.filter(pk__in=open_to_specialist(user, on=on).values("family"))


def specialists_of(family: Family, *, on: date) -> list[FamilySpecialist]:
    """Everybody who has or had access to the family as a specialist, the newest first. One statement.

    ``work_ended``: as ``open_to_specialist`` asks.
    """
    rows = FamilySpecialist.objects.filter(family=family).select_related("specialist")
    rows = rows.annotate(work_ended=work_ended(on))
    return list(rows.order_by("-starts_on", "-pk"))


def possible_specialists(today: date, chosen: Iterable[int] = ()) -> QuerySet[User]:
    """Active users who are specialists today or later, and those chosen before, by surname."""
    holding = Q(role_grants__ends_on=None) | Q(role_grants__ends_on__gte=today)
    may = Q(is_active=True) & Q(role_grants__role=Role.SPECIALIST) & holding
    users = User.objects.filter(may | Q(pk__in=list(chosen))).distinct()
    return users.order_by("last_name", "first_name", "pk")


def is_specialist_on(user: User, day: date) -> bool:
    """Whether the user holds the role on the day."""
    return User.objects.holding_role(Role.SPECIALIST, day).filter(pk=user.pk).exists()


def names_of_specialists(ids: Iterable[int]) -> dict[int, str]:
    """Names of users by id, by surname. One statement, none without ids."""
    ids = list(ids)
    rows = User.objects.filter(pk__in=ids).order_by("last_name", "first_name", "pk") if ids else ()
    return {user.pk: str(user) for user in rows}


def distinct_specialists(family: Family) -> list[User]:
    """Everybody who is, was or will be a specialist of the family, by surname. One statement."""
    ids = FamilySpecialist.objects.filter(family=family).values("specialist")
    return list(User.objects.filter(pk__in=ids).order_by("last_name", "first_name", "pk"))


def without_access(family: int, specialists: Iterable[int], *, on: date) -> list[User]:
    """Those of these users (ids) who were not the family's specialists on the day. One statement, none without ids."""
    ids = list(specialists)
    if not ids:
        return []
    added = FamilySpecialist.objects.active_on(on).filter(family=family, specialist__in=ids)
    return list(User.objects.filter(pk__in=ids).exclude(pk__in=added.values("specialist")).order_by("pk"))
