"""Who may do what with the groups of a project."""

from collections.abc import Iterable
from datetime import date

from lubsko_ops.accounts.models import User
from lubsko_ops.core.permissions import has_permission
from projects.groups.rules import LOCKED_STATES
from projects.models import Edition, GroupLeader
from projects.permissions import PROJECT_WRITE, may_write

NOT_OWN = "Grupy zakładają i zmieniają autorzy projektu i kierownik."
NOT_LEADER = "Opis i dni tej grupy zmieniają jej prowadzący, autorzy projektu i kierownik."


def may_change_groups(edition: Edition, user: User) -> bool:
    """Whether the user makes and changes the groups now: authors and the manager, until the project is settled."""
    return edition.state not in LOCKED_STATES and may_write(edition, user)


def leads(leaders: Iterable[GroupLeader], user: User, *, on: date) -> bool:
    """Whether the user is one of these leaders on the day."""
    return any(each.user_id == user.pk and each.is_active_on(on) for each in leaders)


def may_describe(edition: Edition, leaders: Iterable[GroupLeader], user: User, *, on: date) -> bool:
    """Whether the user changes the description, place, days and counts: also who leads the group."""
    if edition.state in LOCKED_STATES:
        return False
    leading = has_permission(user, PROJECT_WRITE) and leads(leaders, user, on=on)
    return leading or may_write(edition, user)
