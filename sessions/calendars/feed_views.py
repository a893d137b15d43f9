"""Calendars of other programs: files to import, behind the login, and what a private address answers without it."""

from datetime import datetime, timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.crypto import salted_hmac
from django.utils.decorators import method_decorator
from django.utils.http import quote_etag
from django.views import View

from lubsko_ops.audit.base_views import PermissionRequiredView
from projects.groups.views import GroupMixin
from sessions.calendars import feed, feed_events
from sessions.calendars.addresses import find_address
from sessions.models import CalendarAddress
from sessions.permissions import CALENDAR_VIEW, MEETING_VIEW

UNKNOWN = "Nie ma takiego kalendarza.\n"
READ_NOTED_EVERY = timedelta(minutes=5)


def calendar_file(name: str, events: list, filename: str) -> HttpResponse:
    response = HttpResponse(feed.write_calendar(name, events), content_type=feed.CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


class CalendarFileView(PermissionRequiredView):
    """The own calendar as a file to import."""

    permission = CALENDAR_VIEW
    access_area = None
    http_method_names = ["get", "head"]

    def get(self, request):
        events = feed_events.events_of_worker(request.user, request.build_absolute_uri, on=request.today)
        return calendar_file(feed_events.OWN_NAME, events, "kalendarz.ics")


class GroupFileView(GroupMixin, PermissionRequiredView):
    """The meetings of a group as a file to import."""

    permission = MEETING_VIEW
    access_area = None
    http_method_names = ["get", "head"]

    def get(self, request, pk):
        events = feed_events.events_of_group(self.group, request.build_absolute_uri, on=request.today)
        return calendar_file(self.group.name, events, f"spotkania-{self.group.pk}.ics")


def feed_mark(name: str, events: list[feed.FeedEvent]) -> str:
    """The ETag of the calendar: of its events, so that one that has not changed need not be written."""
    value = repr((feed.FORMAT, name, events))
    return quote_etag(salted_hmac("sessions.calendars.etag", value, algorithm="sha256").hexdigest()[:32])


def note_read(address: CalendarAddress, now: datetime) -> None:
    """Keep when the address was read last; without a version in the history, because nobody decided it."""
    if address.last_read_at is None or now - address.last_read_at >= READ_NOTED_EVERY:
        CalendarAddress.objects.filter(pk=address.pk).update(last_read_at=now)


@method_decorator(login_not_required, name="dispatch")
class CalendarFeedView(View):
    """What a program that subscribes reads at a private address, without login.

    An address that is unknown, revoked or has lost its right gets one and the same answer. It names nobody, so it is
    not in the access log; its owner sees when it was read last.
    """

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        address = find_address(token, on=request.today)
        if address is None:
            return self.protected(HttpResponse(UNKNOWN, status=404, content_type="text/plain; charset=utf-8"))
        note_read(address, request.now)
        name, events = feed_events.events_of_address(address, request.build_absolute_uri, on=request.today)
        mark = feed_mark(name, events)
        response = get_conditional_response(request, etag=mark)
        if response is None:
            response = HttpResponse(feed.write_calendar(name, events), content_type=feed.CONTENT_TYPE)
        response.headers["ETag"] = mark
        return self.protected(response)

    def protected(self, response: HttpResponse) -> HttpResponse:
        """Kept by nobody on the way, sent on to nobody as the page somebody came from, in no search engine."""
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response
