"""What calendars register: the navigation, a part of the page of a group, what keeps a group."""

from typing import Any

from lubsko_ops.core.links import reverse
from lubsko_ops.core.navigation import NAVIGATION, NavItem
from lubsko_ops.core.permissions import has_permission
from projects.dependents import GROUP_USES
from projects.groups.rules import fits, has_days
from projects.groups.sections import GROUP_SECTIONS, GroupSection
from projects.models import ProjectGroup
from sessions.calendars.addresses import count_of_group
from sessions.permissions import CALENDAR_VIEW, MEETING_VIEW


def load_group_section(view: Any) -> dict[str, Any] | None:
    """The link to the calendar of the group; for activities with meetings or days."""
    group = view.group
    if not has_permission(view.request.user, MEETING_VIEW):
        return None
    if not (fits("meetings", group.kind) or has_days(group.kind)):
        return None
    return {
        "url": reverse("meetings:group-calendar", args=[group.pk]),
        "file_url": reverse("meetings:group-file", args=[group.pk]),
    }


def addresses_in_use(group: ProjectGroup) -> tuple[int, str]:
    return count_of_group(group), "adres kalendarza,adresy kalendarza,adresów kalendarza"


def register() -> None:
    NAVIGATION.register(NavItem("Kalendarz", "meetings:calendar", CALENDAR_VIEW), order=15)
    section = GroupSection("calendar", "meetings/calendar_section.html", load_group_section, side=True)
    GROUP_SECTIONS.register(section, order=90)
    GROUP_USES.register(addresses_in_use)
