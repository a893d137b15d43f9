"""Which projects, groups and participants a user may see, and whom they may enrol."""

from collections.abc import Callable
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from families.people.models import Family
from lubsko_ops.accounts.models import User
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.registry import Registry
from projects.models import APPROVED_STATES, Edition, GroupLeader, Participation, ProjectGroup
from projects.permissions import STAFF

# Ids of groups a specialist sees besides the led ones: of a single meeting led instead of somebody.
GROUP_SCOPES: Registry[Callable[[User], QuerySet]] = Registry("groups a specialist sees")


def sees_own_groups_only(user: User) -> bool:
    """Whether the user reads projects as a specialist and in no other role."""
    return user.roles & STAFF == {Role.SPECIALIST}


def visible_groups(user: User) -> QuerySet[ProjectGroup]:
    """Groups the user may see: all of them, as a specialist those led at any time and those of own projects.

    The page of a group names nobody by itself: who sees which participants goes from day to day.
    """
    if not sees_own_groups_only(user):
        return ProjectGroup.objects.all()
    return ProjectGroup.objects.filter(_is_own_group(user) | Q(edition__authors__contains=[user.pk]))


def visible_editions(user: User) -> QuerySet[Edition]:
    """Projects the user may see: all of them, as a specialist the own ones and those with an own group."""
    if not sees_own_groups_only(user):
        return Edition.objects.all()
    groups = ProjectGroup.objects.filter(_is_own_group(user)).values("edition")
    return Edition.objects.filter(Q(authors__contains=[user.pk]) | Q(pk__in=groups))


def editions_with_approved_in_line(user: User) -> QuerySet[Edition]:
    """Projects the user may see, with ``approved_in_line``: how many approved editions of the line they see."""
    visible = visible_editions(user)
    approved = visible.filter(line=OuterRef("line"), state__in=APPROVED_STATES).order_by().values("line")
    number = Subquery(approved.annotate(number=Count("pk")).values("number"))
    return visible.annotate(approved_in_line=Coalesce(number, 0))


def reads_all_groups(edition: Edition, user: User) -> bool:
    """Whether the user sees every group of a project that they may see."""
    return not sees_own_groups_only(user) or user.pk in edition.authors


def _is_own_group(user: User) -> Q:
    own = Q(pk__in=GroupLeader.objects.filter(user=user).values("group"))
    for scope in GROUP_SCOPES:
        own |= Q(pk__in=scope(user))
    return own


def led_groups(user: User, *, on: date) -> QuerySet[ProjectGroup]:
    """Groups the user leads on the day."""
    leading = GroupLeader.objects.active_on(on).filter(user=user).values("group")
    return ProjectGroup.objects.filter(pk__in=leading)


def visible_participations(user: User, *, on: date) -> QuerySet[Participation]:
    """Participants the user may see: those of the projects they write, of the groups they lead, of their families.

    The manager sees all of them. Seeing a participant opens no file of a family.
    """
    if Role.MANAGER in user.roles:
        return Participation.objects.all()
    families = Family.objects.visible_to(user, on=on).values("pk")
    own = Edition.objects.filter(authors__contains=[user.pk]).values("pk")
    leading = GroupLeader.objects.active_on(on).filter(user=user).values("group")
    return Participation.objects.filter(Q(edition__in=own) | Q(group__in=leading) | Q(family__in=families))


def runs_participants(edition: Edition, user: User, *, on: date) -> bool:
    """Whether the user decides about the participants of the edition: an author, a leader of a group, the manager."""
    return (
        Role.MANAGER in user.roles
        or user.pk in edition.authors
        or led_groups(user, on=on).filter(edition=edition).exists()
    )
