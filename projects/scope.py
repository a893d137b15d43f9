"""Which participants a user may see, and whom they may enrol."""

from datetime import date

from django.db.models import Q, QuerySet

from families.people.models import Family
from lubsko_ops.accounts.models import User
from lubsko_ops.core.permissions import Role
from projects.models import Edition, GroupLeader, Participation, ProjectGroup


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
