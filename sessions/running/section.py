"""The parts of the page of a group about its meetings: the list, and facts in the narrow column."""

from typing import Any

from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import has_permission
from projects.groups.rules import WITH_MEETINGS
from projects.groups.sections import GroupSection
from sessions.permissions import MEETING_VIEW, may_change_meetings, runs_group
from sessions.running.index import GroupMeetings
from sessions.running.lines import load_lines

SHOWN_WHOLE = 40  # meetings of a group that stand on its page; of more, the coming ones
WINDOW, BEFORE = 25, 3


def index_of(view: Any) -> GroupMeetings | None:
    """The meetings of the group of the view, loaded once for all parts; None where meetings are not shown."""
    if not hasattr(view, "group_meetings"):
        view.group_meetings = None
        if has_permission(view.request.user, MEETING_VIEW):
            index = GroupMeetings(view.group, now=view.request.now)
            if index.rows or view.group.kind in WITH_MEETINGS:
                view.group_meetings = index
    return view.group_meetings


def load_section(view: Any) -> dict[str, Any] | None:
    index = index_of(view)
    if index is None:
        return None
    user, today = view.request.user, view.request.today
    runs = runs_group(view.edition, view.leaders, user, on=today)
    shown = shown_on_group_page(index)
    return {
        "lede": index.lede,
        "group": view.group,
        "index": index,
        "lines": load_lines(index, [each.pk for each in shown], view.leaders, attendance=runs),
        "more": len(index.rows) - len(shown),
        "runs": runs,
        "may_change": runs and may_change_meetings(view.edition),
        "list_url": reverse("meetings:meeting-list", args=[view.group.pk]),
    }


def shown_on_group_page(index: GroupMeetings) -> list:
    """All meetings of a short list; of a long one those to come, and the last few before them."""
    rows = index.rows
    if len(rows) <= SHOWN_WHOLE:
        return rows
    first = next((n for n, each in enumerate(rows) if not each.is_over(index.today)), len(rows))
    start = max(0, min(first - BEFORE, len(rows) - WINDOW))
    return rows[start : start + WINDOW]


def load_facts(view: Any) -> dict[str, Any] | None:
    index = index_of(view)
    if index is None or not index.total:
        return None
    return {"index": index, "next": index.next}


MEETINGS_SECTION = GroupSection("meetings", "meetings/_group_meetings.html", load_section)
MEETINGS_FACTS = GroupSection("meeting-facts", "meetings/_group_facts.html", load_facts, side=True)
