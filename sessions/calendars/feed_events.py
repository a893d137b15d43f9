"""The events of a feed: of a worker, of a group, of one who leads a group. From three months ago to 18 months ahead."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.utils.crypto import salted_hmac

from families.visits.models import Visit
from families.visits.permissions import VISIT_LOG
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import versions_of
from lubsko_ops.core.dates import ONE_DAY, Period, add_months
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import has_permission
from projects.choices import ConsultationState
from projects.models import Consultation, GroupDay, GroupLeader, ProjectGroup
from projects.permissions import CONSULTATION_WRITE
from sessions.calendars.feed import FeedEvent
from sessions.calendars.items import interval
from sessions.calendars.periods import Week
from sessions.calendars.queries import (
    arranged_visits,
    days_led_by,
    days_of_groups,
    entered_visits,
    meeting_url,
    own_consultations,
    with_number,
    within,
)
from sessions.models import CalendarAddress, Meeting, MeetingLeader
from sessions.scope import led_by

MONTHS_BACK, MONTHS_AHEAD = 3, 18
DOMAIN = "lubsko-ops"  # of identifiers: the same whatever address the installation has
OWN_NAME = "Lubsko OPS: kalendarz"  # also in the telephone of a colleague: without a name
VISIT, CONSULTATION = "Wizyta", "Konsultacja"

ToUrl = Callable[[str], str]  # from a path to the whole address


def feed_period(on: date) -> Period:
    return Period(add_months(on, -MONTHS_BACK), add_months(on, MONTHS_AHEAD))


# ---- whose -------------------------------------------------------------------------------------------
def events_of_address(address: CalendarAddress, to_url: ToUrl, *, on: date) -> tuple[str, list[FeedEvent]]:
    """The name of the calendar at the address, and its events."""
    if address.group:
        return address.group.name, events_of_group(address.group, to_url, on=on)
    if address.leader:
        return address.leader.group.name, events_of_leader(address.leader, to_url, on=on)
    return OWN_NAME, events_of_worker(address.user, to_url, on=on)


def events_of_worker(user: User, to_url: ToUrl, *, on: date) -> list[FeedEvent]:
    """Meetings and days of groups the user leads, and visits and consultations without names."""
    period = feed_period(on)
    events = [
        *_meeting_events(led_by(user), period, to_url),
        *_group_day_events(days_led_by(user, period), to_url),
    ]
    if has_permission(user, VISIT_LOG):
        events += [_arranged(row, to_url) for row in _with_moment(arranged_visits(user, period, on=on))]
        events += [_entered(row, to_url) for row in _with_moment(entered_visits(user, period))]
    if has_permission(user, CONSULTATION_WRITE):
        rows = _with_moment(own_consultations(user, period))
        events += [_consultation(row, to_url) for row in rows]
    return _in_order(events)


def events_of_group(group: ProjectGroup, to_url: ToUrl, *, on: date) -> list[FeedEvent]:
    """Meetings and days of the group."""
    period = feed_period(on)
    return _in_order(
        [
            *_meeting_events(Meeting.objects.filter(group=group), period, to_url),
            *_group_day_events(days_of_groups(Q(group=group), period), to_url),
        ]
    )


def events_of_leader(leader: GroupLeader, to_url: ToUrl, *, on: date) -> list[FeedEvent]:
    """Meetings of the group that this leader leads: on the days named, unless replaced, or named for the meeting."""
    period = feed_period(on)
    in_days = Q(starts_on__gte=leader.starts_on)
    if leader.ends_on:
        in_days &= Q(starts_on__lte=leader.ends_on)
    led = in_days & ~Q(pk__in=_replaced(leader)) | Q(pk__in=_named(leader))
    rows = Meeting.objects.filter(led, group=leader.group_id)
    days = days_of_groups(Q(group=leader.group_id) & in_days, period)
    return _in_order([*_meeting_events(rows, period, to_url), *_group_day_events(days, to_url)])


def _replaced(leader: GroupLeader) -> QuerySet:
    """Meetings at which somebody else stands in for the leader."""
    return MeetingLeader.objects.filter(instead_of=leader).values("meeting")


def _named(leader: GroupLeader) -> QuerySet:
    """Meetings of the group for which the leader is named."""
    who = {"user": leader.user_id} if leader.user_id else {"name": leader.name}
    return MeetingLeader.objects.filter(meeting__group=leader.group_id, **who).values("meeting")


# ---- events ------------------------------------------------------------------------------------------
def _with_moment(rows: QuerySet) -> QuerySet:
    """Rows with ``changed_at``, when they were written last."""
    last = versions_of(rows.model).filter(id=OuterRef("pk")).order_by("-history_id")
    return rows.annotate(changed_at=Subquery(last.values("history_date")[:1]))


def _in_order(events: list[FeedEvent]) -> list[FeedEvent]:
    return sorted(events, key=lambda each: (_as_moment(each.starts), each.uid))


def _as_moment(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, time(0))


def _uid(kind: str, row: Model) -> str:
    """A stable identifier that says nothing of the row."""
    digest = salted_hmac("sessions.calendars.uid", f"{kind}:{row.pk}", algorithm="sha256").hexdigest()
    return f"{digest[:32]}@{DOMAIN}"


def _moments(row) -> dict[str, datetime]:
    return {"entered_at": row.entered_at, "changed_at": row.changed_at or row.entered_at}


def _meeting_events(rows: QuerySet[Meeting], period: Period, to_url: ToUrl) -> list[FeedEvent]:
    rows = _with_moment(with_number(within(rows, period))).order_by("starts_on", "pk")
    return [_meeting(row, to_url) for row in rows]


def _meeting(row: Meeting, to_url: ToUrl) -> FeedEvent:
    name = row.group.name
    summary = f"{name}: spotkanie {row.number} z {row.total}" if row.takes_place else f"Odwołane: {name}"
    if row.starts_at:
        (starts, ends), days = interval(row.starts_on, row.starts_at, row.minutes), row.days
    else:
        starts, ends, days = row.starts_on, row.ends_on + ONE_DAY, 1
    return FeedEvent(
        f"{row.uid}@{DOMAIN}",
        row.sequence,
        summary=summary,
        starts=starts,
        ends=ends,
        days=days,
        place=row.place_text,
        url=to_url(meeting_url(row)),
        is_called_off=not row.takes_place,
        **_moments(row),
    )


def _group_day_events(rows: QuerySet[GroupDay], to_url: ToUrl) -> list[FeedEvent]:
    return [_group_day(row, to_url) for row in _with_moment(rows)]


def _group_day(row: GroupDay, to_url: ToUrl) -> FeedEvent:
    last = row.ends_on or row.starts_on
    if row.starts_at is None or (row.ends_at is None and last > row.starts_on):
        starts, ends = row.starts_on, last + ONE_DAY
    else:
        starts, ends = interval(row.starts_on, row.starts_at, None)
        if row.ends_at and datetime.combine(last, row.ends_at) > starts:
            ends = datetime.combine(last, row.ends_at)
    return FeedEvent(
        _uid("group-day", row),
        row.version,
        summary=row.group.name,
        starts=starts,
        ends=ends,
        place=row.group.place_text,
        url=to_url(reverse("groups:group", args=[row.group_id])),
        **_moments(row),
    )


def _arranged(row: Visit, to_url: ToUrl) -> FeedEvent:
    """What the visit arranged: an hour, or the whole day without one."""
    starts, ends = row.next_day, row.next_day + timedelta(days=1)
    if row.next_at:
        starts, ends = interval(row.next_day, row.next_at, None)
    return _nameless(VISIT, "next-visit", row, starts, ends, to_url)


def _entered(row: Visit, to_url: ToUrl) -> FeedEvent:
    return _nameless(VISIT, "visit", row, *interval(row.day, row.starts_at, row.minutes), to_url)


def _consultation(row: Consultation, to_url: ToUrl) -> FeedEvent:
    hours = interval(row.day, row.starts_at, row.minutes)
    missed = row.state == ConsultationState.MISSED
    return _nameless(CONSULTATION, "consultation", row, *hours, to_url, is_called_off=missed)


def _nameless(summary, kind, row, starts, ends, to_url: ToUrl, **more) -> FeedEvent:
    """An event that says only what it is and when; it leads to the week of the calendar, which asks for the login."""
    week = Week.of(starts.date() if isinstance(starts, datetime) else starts)
    url = to_url(f"{reverse('meetings:calendar')}?tydzien={week.start.isoformat()}")
    return FeedEvent(
        _uid(kind, row),
        row.version,
        summary=summary,
        starts=starts,
        ends=ends,
        url=url,
        **_moments(row),
        **more,
    )
