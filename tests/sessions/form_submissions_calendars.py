"""A valid submission of every form of private addresses of calendars: questions with one button."""

from django.urls import reverse

from projects.models import GroupLeader
from sessions.calendars.addresses import make_address
from sessions.choices import CalendarKind
from tests.projects.groups.helpers import make_workshop


def _own(request):
    return reverse("meetings:calendar-address"), {}


def _of_own_address(url_name: str):
    def fill(request):
        row = make_address(kind=CalendarKind.WORKER, by=request.getfixturevalue("tomasz"))
        return reverse(url_name, args=[row.pk]), {}

    return url_name, "tomasz", fill


def _group(request):
    return make_workshop(
        *(request.getfixturevalue(name) for name in ("tomasz", "maria")), leader_name="Jan Muzyk"
    )


def _of_group(request):
    return reverse("meetings:group-calendar-address", args=[_group(request).pk]), {}


def _of_leader(request):
    group = _group(request)
    leader = GroupLeader.objects.get(group=group)
    return reverse("meetings:leader-calendar-address", args=[group.pk, leader.pk]), {}


CALENDAR_SUBMISSIONS = [
    ("meetings:calendar-address", "tomasz", _own),
    _of_own_address("meetings:calendar-address-revoke"),
    _of_own_address("meetings:calendar-address-renew"),
    ("meetings:group-calendar-address", "tomasz", _of_group),
    ("meetings:leader-calendar-address", "tomasz", _of_leader),
]
