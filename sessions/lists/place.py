"""Meetings planned at one place: what rests on an entry of the dictionary of places."""

from django.db.models import Count, Q, QuerySet

from lubsko_ops.accounts.models import User
from lubsko_ops.centre.dictionaries.models import MeetingPlace
from lubsko_ops.centre.dictionaries.uses import EntryUse
from lubsko_ops.core import clock
from lubsko_ops.core.links import reverse
from projects.scope import visible_groups
from sessions.choices import MeetingState
from sessions.models import Meeting
from sessions.permissions import MEETING_VIEW


def planned_meetings() -> QuerySet[Meeting]:
    return Meeting.objects.filter(state=MeetingState.PLANNED, starts_on__gte=clock.today())


def planned_at(place: MeetingPlace, user: User) -> QuerySet[Meeting]:
    """Planned from today on at the place, their own or that of their group, in groups the user may see."""
    of_group = Q(place=None, other_place="", group__place=place)
    rows = planned_meetings().filter(Q(place=place) | of_group)
    return rows.filter(group__in=visible_groups(user).values("pk"))


def count_by_place() -> dict[int, int]:
    """Meetings planned from today on by the place. Two statements."""
    rows = planned_meetings().order_by()
    numbers = dict(rows.filter(place__isnull=False).values_list("place").annotate(Count("pk")))
    of_group = rows.filter(place=None, other_place="", group__place__isnull=False)
    for place, number in of_group.values_list("group__place").annotate(Count("pk")):
        numbers[place] = numbers.get(place, 0) + number
    return numbers


def place_url(place: MeetingPlace) -> str:
    return reverse("meetings:place", args=[place.pk])


PLACE_USE = EntryUse(
    MeetingPlace,
    "zaplanowane spotkanie,zaplanowane spotkania,zaplanowanych spotkań",
    count_by_place,
    place_url,
    MEETING_VIEW,
    "Zostają w tym miejscu, dopóki ktoś nie zmieni ich terminu albo miejsca.",
)
