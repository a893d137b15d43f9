"""Who may do what with the meetings of a group."""

from collections.abc import Iterable
from datetime import date

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.permissions import Permission, has_permission
from projects.groups.permissions import leads
from projects.groups.rules import LOCKED_STATES
from projects.models import Edition, GroupLeader
from projects.permissions import STAFF, may_write
from sessions.models import MeetingLeader

MEETING_VIEW = Permission("meeting_view", "czytać terminy spotkań grup", STAFF)
MEETING_RUN = Permission(
    "meeting_run", "prowadzić spotkania swoich grup: terminy, dziennik, obecność, druki", STAFF
)
CALENDAR_VIEW = Permission("calendar_view", "czytać własny kalendarz", STAFF)

MEETINGS_AREA = AccessArea("meetings", "spotkania grup")
ATTENDANCE_AREA = AccessArea("attendance", "obecność na spotkaniach", is_listing=True)
MEETING_PAPERS_AREA = AccessArea("meeting_papers", "druki spotkań", is_listing=True)
CALENDAR_AREA = AccessArea("calendar", "kalendarz", is_listing=True)

NOT_RUN = "Spotkania tej grupy prowadzą jej prowadzący, autorzy projektu i kierownik."
LOCKED = "Ten projekt jest zamknięty, więc jego spotkań się nie zmienia."


def runs_group(edition: Edition, leaders: Iterable[GroupLeader], user: User, *, on: date) -> bool:
    """Whether the user runs the meetings of the group: its leaders on the day, the authors, the manager.

    It says who reads their course and attendance; ``may_change_meetings`` whether anything may be changed now.
    """
    return may_write(edition, user) or (has_permission(user, MEETING_RUN) and leads(leaders, user, on=on))


def stands_in(own_leaders: Iterable[MeetingLeader], user: User) -> bool:
    """Whether the user is named as who leads this single meeting."""
    return has_permission(user, MEETING_RUN) and any(each.user_id == user.pk for each in own_leaders)


def may_change_meetings(edition: Edition) -> bool:
    """Whether meetings of the project may still be changed: until it is settled or given up."""
    return edition.state not in LOCKED_STATES
