"""What stands in a user's calendar in a period: meetings, visits, consultations, days of groups, deadlines.

Each of them is one statement, and only those are asked that a role of the user can have.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from families.case_files.family_list.queries import deadline_label
from families.case_files.task_list import deadline_url, soon_days
from families.caseload.models import Assignment, WorkPeriod
from families.deadlines.models import Deadline
from families.people.models import Address, Family
from families.people.permissions import FAMILY_VIEW
from families.visits.models import Visit
from families.visits.permissions import VISIT_LOG
from families.visits.queries import ARRANGED
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core import clock
from lubsko_ops.core.dates import ONE_DAY, Period
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import Role, has_permission
from projects.choices import ConsultationState
from projects.consultations.permissions import CONSULTATION_VIEW
from projects.consultations.queries import note_named, with_named, with_names
from projects.models import Consultation, GroupDay
from projects.permissions import CONSULTATION_WRITE
from sessions.calendars.items import WHOLE_DAY, CalendarItem, ItemKind, hour_text, interval
from sessions.choices import MeetingState
from sessions.models import TAKES_PLACE, Meeting
from sessions.scope import leading_on_first_day, led_by

LONGEST = timedelta(days=60)  # of one meeting or of one day of a group, which both may last several days
DEADLINES_SHOWN = 60


# ---- rows --------------------------------------------------------------------------------------------
def within(rows: QuerySet, period: Period) -> QuerySet:
    """Meetings with a day in the period."""
    return rows.filter(
        starts_on__gte=period.start - LONGEST, starts_on__lte=period.end, ends_on__gte=period.start
    )


def with_number(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Meetings with their number within the group (``number``) and how many take place (``total``).

    As ``GroupMeetings`` numbers them, for meetings of many groups in one statement.
    """
    rows = Meeting.objects.filter(group=OuterRef("group"), state__in=TAKES_PLACE)
    earlier = rows.annotate(at=Coalesce("starts_at", Value(time.max))).filter(
        Q(starts_on__lt=OuterRef("starts_on"))
        | Q(starts_on=OuterRef("starts_on"), at__lt=Coalesce(OuterRef("starts_at"), Value(time.max)))
        | Q(
            starts_on=OuterRef("starts_on"),
            at=Coalesce(OuterRef("starts_at"), Value(time.max)),
            pk__lte=OuterRef("pk"),
        )
    )
    return meetings.annotate(number=_count(earlier), total=_count(rows)).select_related(
        "group__place", "place"
    )


def _count(rows: QuerySet) -> Subquery:
    counted = rows.order_by().annotate(counted=Func("pk", function="count")).values("counted")
    return Subquery(counted, output_field=IntegerField())


def days_of_groups(groups: Q, period: Period) -> QuerySet[GroupDay]:
    """Days of groups, with a day in the period."""
    last = Coalesce(F("ends_on"), F("starts_on"))
    rows = GroupDay.objects.annotate(last=last).filter(
        groups, starts_on__gte=period.start - LONGEST, starts_on__lte=period.end, last__gte=period.start
    )
    return rows.select_related("group__place").order_by("starts_on", "starts_at", "pk")


def days_led_by(user: User, period: Period) -> QuerySet[GroupDay]:
    """Days of the groups that the user leads on that day."""
    return days_of_groups(Q(Exists(leading_on_first_day().filter(user=user))), period)


def arranged_visits(user: User, period: Period, *, on: date) -> QuerySet[Visit]:
    """Visits whose ``next_day`` lies in the period: the last ones of the families assigned to the user on the day.

    As on the start page: the next visit that is entered, held or failed, uses up what was arranged.
    """
    assigned = Assignment.objects.active_on(on).filter(assistant=user).values("period")
    last = Visit.objects.filter(period=OuterRef("pk")).order_by("-started_at", "-pk").values("pk")[:1]
    ids = WorkPeriod.objects.filter(pk__in=assigned).annotate(last=Subquery(last)).values("last")
    rows = Visit.objects.filter(pk__in=ids, next_day__gte=period.start, next_day__lte=period.end)
    return rows.order_by("next_day", "next_at", "pk")


def entered_visits(user: User, period: Period) -> QuerySet[Visit]:
    """Visits of the user that began in the period, held or failed."""
    since, until = (clock.to_instant(day, time(0)) for day in (period.start, period.end + ONE_DAY))
    rows = Visit.objects.filter(assistant=user, started_at__gte=since, started_at__lt=until)
    return rows.order_by("started_at", "pk")


def own_consultations(user: User, period: Period) -> QuerySet[Consultation]:
    """Consultations of the user with an hour in the period."""
    return Consultation.objects.filter(
        specialist=user, day__gte=period.start, day__lte=period.end, starts_at__isnull=False
    ).order_by("day", "starts_at", "pk")


# ---- entries of the calendar -------------------------------------------------------------------------
def get_items(user: User, period: Period, *, on: date) -> list[CalendarItem]:
    """Everything of the user in the period, by day and hour. At most five statements."""
    items = [
        *_meetings(user, period),
        *(_visits(user, period, on=on) if has_permission(user, VISIT_LOG) else []),
        *(_consultations(user, period, on=on) if has_permission(user, CONSULTATION_WRITE) else []),
        *_group_days(user, period),
    ]
    return sorted((each for each in items if each.day in period), key=lambda each: each.sort_key)


def _meetings(user: User, period: Period) -> list[CalendarItem]:
    rows = with_number(within(led_by(user), period).exclude(state=MeetingState.WITHDRAWN))
    return [item for row in rows for item in meeting_items(row)]


def meeting_items(row: Meeting) -> list[CalendarItem]:
    """The meeting on each of its days."""
    called_off = row.state == MeetingState.CANCELLED
    what = "odwołane" if called_off else f"spotkanie {row.number} z {row.total}"
    items = []
    for number in range(row.days):
        day = row.starts_on + timedelta(days=number)
        hours = interval(day, row.starts_at, row.minutes) if row.starts_at else (None, None)
        items.append(
            CalendarItem(
                ItemKind.MEETING,
                day,
                row.group.name,
                ", ".join(filter(None, (what, row.place_text))),
                meeting_url(row),
                *hours,
                is_done=row.state == MeetingState.HELD,
                is_called_off=called_off,
                group=row.group_id,
            )
        )
    return items


def meeting_url(row: Meeting) -> str:
    return reverse("meetings:meeting", args=[row.pk])


def _group_days(user: User, period: Period) -> list[CalendarItem]:
    return [item for row in days_led_by(user, period) for item in group_day_items(row)]


def group_day_items(row: GroupDay) -> list[CalendarItem]:
    """The day of the group, once for each day it lasts: the first from its hour, the last until its hour."""
    last = row.ends_on or row.starts_on
    url = f"{reverse('groups:group', args=[row.group_id])}#dni"
    note = ", ".join(filter(None, ("dzień zajęć", row.group.place_text)))
    items = []
    for number in range((last - row.starts_on).days + 1):
        day = row.starts_on + timedelta(days=number)
        starts, ends, part = _hours_of_group_day(row, day, last)
        item = CalendarItem(ItemKind.GROUP_DAY, day, row.group.name, note, url, starts, ends, part=part)
        items.append(replace(item, is_assumed=row.ends_at is None, group=row.group_id))
    return items


def _hours_of_group_day(row: GroupDay, day: date, last: date):
    """Beginning, end and, where it lasts several days, the words for this one; no hours where they do not matter."""
    if row.starts_at is None or (row.ends_at is None and last > row.starts_on):
        return None, None, ""
    if last == row.starts_on:
        starts, ends = interval(day, row.starts_at, None)
        until = datetime.combine(day, row.ends_at) if row.ends_at else ends
        return starts, until if until > starts else ends, ""
    midnight = datetime.combine(day, time(0))
    if day == row.starts_on:
        starts = datetime.combine(day, row.starts_at)
        return starts, midnight + ONE_DAY, f"od {hour_text(starts)}"
    if day == last:
        ends = datetime.combine(day, row.ends_at)
        return midnight, ends, f"do {hour_text(ends)}"
    return midnight, midnight + ONE_DAY, WHOLE_DAY


def _visits(user: User, period: Period, *, on: date) -> list[CalendarItem]:
    """What is arranged, and what has been entered; without a name where the file is no longer open to the user."""
    visible = Family.objects.visible_to(user, on=on).filter(pk=OuterRef("period__family"))
    entered = entered_visits(user, period).annotate(opens=Exists(visible)).select_related("period__family")
    arranged = arranged_visits(user, period, on=on).select_related("period__family__summary__address")
    return [_entered(row) for row in entered] + [_arranged(row, on=on) for row in arranged]


def _entered(row: Visit) -> CalendarItem:
    hours = interval(row.day, row.starts_at, row.minutes)
    if not row.opens:
        return CalendarItem(ItemKind.VISIT, row.day, "Wizyta", "zapisana", "", *hours, is_done=True)
    family = row.period.family
    note_shown([family.pk])
    url = reverse("families:visit", args=[family.pk, row.pk])
    note = "wizyta zapisana" if row.held else "wizyta nieudana"
    return CalendarItem(ItemKind.VISIT, row.day, family.name, note, url, *hours, is_done=True)


def _arranged(row: Visit, *, on: date) -> CalendarItem:
    family = row.period.family
    note_shown([family.pk])
    hours = interval(row.next_day, row.next_at, None) if row.next_at else (None, None)
    what = "wizyta niezapisana" if row.next_day < on else "wizyta"
    note = ", ".join(filter(None, (what, _street(family), "" if row.next_at else "bez godziny")))
    url = f"{reverse('families:visit-new', args=[family.pk])}?{ARRANGED}=1"
    return CalendarItem(ItemKind.VISIT, row.next_day, family.name, note, url, *hours, is_assumed=True)


def _street(family: Family) -> str:
    """Where the family lives; nothing of an address that is withheld from somebody."""
    address: Address | None = getattr(getattr(family, "summary", None), "address", None)
    return address.street_line if address and not address.withheld_from_id else ""


def _consultations(user: User, period: Period, *, on: date) -> list[CalendarItem]:
    rows = list(with_names(with_named(own_consultations(user, period), user, on=on)))
    note_named(rows)
    may_open = has_permission(user, CONSULTATION_VIEW)
    return [_consultation(row, may_open=may_open) for row in rows]


def _consultation(row: Consultation, *, may_open: bool) -> CalendarItem:
    missed = row.state == ConsultationState.MISSED
    return CalendarItem(
        ItemKind.CONSULTATION,
        row.day,
        row.whom if row.named else "Konsultacja",
        f"konsultacja, {row.get_state_display()}",
        reverse("consultations:consultation", args=[row.pk]) if row.named and may_open else "",
        *interval(row.day, row.starts_at, row.minutes),
        is_assumed=not row.minutes,
        is_done=row.state == ConsultationState.HELD,
        is_called_off=missed,
    )


# ---- deadlines ---------------------------------------------------------------------------------------
@dataclass(frozen=True)
class CalendarDeadline:
    """A deadline of the user: what, of which family, until when and where it is met."""

    family: Family
    name: str
    due_on: date
    soon: int
    url: str


def get_deadlines(
    user: User, period: Period, *, on: date, overdue: bool
) -> tuple[list[CalendarDeadline], bool]:
    """Open deadlines of the user in the period, nearest first; with ``overdue`` also those before it. One statement.

    A deadline without somebody responsible is the manager's. Of very many the first ``DEADLINES_SHOWN``,
    and whether there are more.
    """
    if not has_permission(user, FAMILY_VIEW):
        return [], False
    own = Q(responsible=user)
    if Role.MANAGER in user.roles:
        own |= Q(responsible=None)
    rows = Deadline.objects.filter(own, done_on=None, due_on__lte=period.end)
    if not overdue:
        rows = rows.filter(due_on__gte=period.start)
    visible = Family.objects.visible_to(user, on=on).values("pk")
    rows = rows.filter(family__in=visible).select_related("family").order_by("due_on", "pk")
    first = list(rows[: DEADLINES_SHOWN + 1])
    shown = [_deadline(row, user) for row in first[:DEADLINES_SHOWN]]
    note_shown(each.family.pk for each in shown)
    return shown, len(first) > DEADLINES_SHOWN


def _deadline(row: Deadline, user: User) -> CalendarDeadline:
    own_page = deadline_url(row.kind, family=row.family_id, subject_id=row.subject_id, user=user)
    url = own_page or reverse("families:overview", args=[row.family_id])
    return CalendarDeadline(row.family, deadline_label(row.kind), row.due_on, soon_days(row.kind), url)
