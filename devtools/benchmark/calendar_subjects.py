"""Subjects of calendars: a week and a month of those with most to do, and what a program that subscribes reads.

The limits are about one and a half times what was measured when they were set.
"""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Count
from django.urls import reverse

from devtools.benchmark.stock_page import at_most
from devtools.benchmark.subject import Subject, open_page, page
from lubsko_ops.accounts.models import User
from projects.models import GroupLeader
from sessions.calendars.addresses import make_address
from sessions.choices import CalendarKind
from sessions.models import CalendarAddress, Meeting

WEEK, MONTH, FEED = at_most(30), at_most(32), at_most(60, 90)
WEEK_STATEMENTS, MONTH_STATEMENTS, FEED_STATEMENTS = 10, 12, 8


def subjects() -> Iterator[Subject]:
    url = reverse("meetings:calendar")
    for who in ("anna", "tomasz", "maria"):
        yield page("kalendarz, tydzień", who, url, WEEK, statements=WEEK_STATEMENTS)
        yield page("kalendarz, miesiąc", who, f"{url}?miesiac=", MONTH, statements=MONTH_STATEMENTS)
    if user := User.objects.filter(username="anna").first():
        yield _feed("kalendarz ICS", _address(user))
    leader = busiest_leader()
    if leader:
        yield _feed("kalendarz ICS prowadzącego", _address(leader))


def busiest_leader() -> User | None:
    """Who leads the groups with most meetings; nobody where there are no meetings."""
    groups = Meeting.objects.values("group").annotate(number=Count("pk")).order_by("-number", "group")
    for row in groups[:20]:
        leader = GroupLeader.objects.filter(group=row["group"], user__is_active=True).order_by("pk").first()
        if leader:
            return leader.user
    return None


@transaction.atomic
def _address(user: User) -> CalendarAddress:
    own = CalendarAddress.objects.filter(user=user, kind=CalendarKind.WORKER, revoked_at=None).first()
    return own or make_address(kind=CalendarKind.WORKER, by=user)


def _feed(label: str, address: CalendarAddress) -> Subject:
    url = reverse("meetings:calendar-feed", args=[address.token])
    return Subject(
        label, address.user.username, lambda client: open_page(client, url), FEED, statements=FEED_STATEMENTS
    )
