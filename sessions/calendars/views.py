"""The own calendar by week and month, and the calendar of a group for other programs."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from lubsko_ops.audit.base_views import PageView
from lubsko_ops.core.dates import Month, Period
from lubsko_ops.core.links import reverse
from lubsko_ops.core.polish import SHORT_WEEKDAYS, count_of
from projects.groups.views import GroupMixin
from sessions.calendars import addresses
from sessions.calendars.items import (
    CalendarItem,
    Conflict,
    ItemKind,
    PlacedItem,
    conflicts_text,
    find_conflicts,
    hour_rows,
    place,
)
from sessions.calendars.periods import (
    Week,
    asked_month,
    asked_week,
    month_title,
    sheet_of,
)
from sessions.calendars.queries import CalendarDeadline, get_deadlines, get_items
from sessions.choices import CalendarKind
from sessions.models import CalendarAddress
from sessions.permissions import CALENDAR_AREA, CALENDAR_VIEW, MEETING_VIEW, MEETINGS_AREA, runs_group

CONFLICTS_SHOWN = 5
DUES_SHOWN = 3  # above the hours of one day; all of them are in the list below
COUNTED = (
    (ItemKind.VISIT, "wizyta,wizyty,wizyt"),
    (ItemKind.MEETING, "spotkanie grupy,spotkania grup,spotkań grup"),
    (ItemKind.GROUP_DAY, "dzień zajęć,dni zajęć,dni zajęć"),
    (ItemKind.CONSULTATION, "konsultacja,konsultacje,konsultacji"),
)


# ---- the own calendar --------------------------------------------------------------------------------
@dataclass
class DaySheet:
    """One day of the calendar."""

    day: date
    is_today: bool
    in_month: bool = True
    placed: list[PlacedItem] = field(default_factory=list)
    above: list[CalendarItem] = field(default_factory=list)  # without an hour, or called off
    deadlines: list[CalendarDeadline] = field(default_factory=list)

    @property
    def weekday(self) -> str:
        return SHORT_WEEKDAYS[self.day.weekday()]

    @property
    def date_text(self) -> str:
        """ "12.10", "13.10, dziś"."""
        return f"{self.day:%d.%m}" + (", dziś" if self.is_today else "")

    @property
    def is_free(self) -> bool:
        return not (self.placed or self.above or self.deadlines)

    @property
    def shown_deadlines(self) -> list[CalendarDeadline]:
        return self.deadlines[:DUES_SHOWN]

    @property
    def more_deadlines(self) -> int:
        return len(self.deadlines) - len(self.shown_deadlines)


def make_sheets(
    period: Period,
    items: list[CalendarItem],
    conflicts: list[Conflict],
    deadlines: list[CalendarDeadline],
    *,
    today: date,
) -> list[DaySheet]:
    """The days of the period with what stands on each; what is overdue stands on the present day."""
    by_day, due = defaultdict(list), defaultdict(list)
    for item in items:
        by_day[item.day].append(item)
    for deadline in deadlines:
        overdue = deadline.due_on < today and today in period
        due[today if overdue else deadline.due_on].append(deadline)
    return [
        DaySheet(
            day,
            day == today,
            placed=place(by_day[day], conflicts),
            above=[each for each in by_day[day] if not each.is_timed],
            deadlines=due[day],
        )
        for day in period.each_day()
    ]


def counts_text(items: list[CalendarItem]) -> str:
    """ "10 wizyt (4 już zapisane), 1 spotkanie grupy."; empty without any."""
    parts = []
    for kind, words in COUNTED:
        rows = [each for each in items if each.kind == kind and not each.is_called_off]
        if rows:
            done = sum(each.is_done for each in rows) if kind == ItemKind.VISIT else 0
            note = f" ({count_of(done, 'już zapisana,już zapisane,już zapisanych')})" if done else ""
            parts.append(f"{count_of(len(rows), words)}{note}")
    return f"{', '.join(parts)}." if parts else ""


class CalendarView(PageView):
    """Kalendarz of the user: a week, or with ``?miesiac=2026-10`` a month."""

    permission = CALENDAR_VIEW
    access_area = CALENDAR_AREA
    template_name = "meetings/calendar.html"

    def get_context_data(self, **kwargs):
        params, today = self.request.GET, self.request.today
        asked = params.get("miesiac") if "tydzien" not in params else None
        month = asked_month(asked, today=today)
        period = sheet_of(month) if month else asked_week(params.get("tydzien"), today=today)
        items = get_items(self.request.user, period, on=today)
        conflicts = find_conflicts(items)
        context = (
            self.month_context(month, items, conflicts)
            if month
            else self.week_context(period, items, conflicts)
        )
        own = addresses.own_addresses(self.request.user)
        mine = next((each for each in own if each.kind == CalendarKind.WORKER), None)
        counted = [each for each in items if not month or each.day in month]
        conflicts = [each for each in conflicts if not month or each.day in month]
        return super().get_context_data(
            month=month,
            is_present=today in (month or period),
            lede=" ".join(filter(None, (counts_text(counted), conflicts_text(conflicts)))),
            conflicts=conflicts[:CONFLICTS_SHOWN],
            more_conflicts=max(len(conflicts) - CONFLICTS_SHOWN, 0),
            address=mine and AddressCard(mine, self.request),
            others=[each for each in own if each is not mine],
            **context,
            **kwargs,
        )

    def week_context(self, week: Week, items: list[CalendarItem], conflicts: list[Conflict]) -> dict:
        user, today = self.request.user, self.request.today
        listed = Period(week.start, week.following.end)
        deadlines, has_more = get_deadlines(user, listed, on=today, overdue=today in week)
        sheets = make_sheets(week, items, conflicts, deadlines, today=today)
        return {
            "title": week.name,
            "unit": "tydzień",
            "present": self.request.path,
            "sheets": sheets,
            "hours": hour_rows(each for sheet in sheets for each in sheet.placed),
            "is_free": all(sheet.is_free for sheet in sheets),
            "deadlines": deadlines,
            "deadlines_until": listed.end,
            "has_more_deadlines": has_more,
            "previous": week_url(week.previous),
            "next": week_url(week.following),
            "other_view": f"{self.request.path}?miesiac={self.middle_of(week):%Y-%m}",
        }

    def middle_of(self, week: Week) -> date:
        """The day that says to which month the week belongs: today, if it is in the week, otherwise its Thursday."""
        today = self.request.today
        return today if today in week else date.fromordinal(week.start.toordinal() + 3)

    def month_context(self, month: Month, items: list[CalendarItem], conflicts: list[Conflict]) -> dict:
        user, today = self.request.user, self.request.today
        sheet = sheet_of(month)
        deadlines, has_more = get_deadlines(user, sheet, on=today, overdue=False)
        sheets = make_sheets(sheet, items, conflicts, deadlines, today=today)
        for each in sheets:
            each.in_month = each.day in month
        return {
            "title": month_title(month),
            "unit": "miesiąc",
            "present": f"{self.request.path}?miesiac=",
            "sheets": sheets,
            "has_more_deadlines": has_more,
            "weekdays": SHORT_WEEKDAYS,
            "is_free": all(each.is_free for each in sheets if each.in_month),
            "previous": f"{self.request.path}?miesiac={month.previous.start:%Y-%m}",
            "next": f"{self.request.path}?miesiac={month.following.start:%Y-%m}",
            "other_view": week_url(Week.of(today if today in month else month.start)),
        }


def week_url(week: Period) -> str:
    return f"{reverse('meetings:calendar')}?tydzien={week.start.isoformat()}"


# ---- addresses as pages show them --------------------------------------------------------------------
class AddressCard:
    """A private address: the whole of it, since when, and when it was read last."""

    def __init__(self, row: CalendarAddress, request) -> None:
        self.row = row
        self.url = request.build_absolute_uri(reverse("meetings:calendar-feed", args=[row.token]))

    @property
    def field_id(self) -> str:
        """Of its field on the page."""
        return f"ics-{self.row.pk}"


class GroupCalendarView(GroupMixin, PageView):
    """Kalendarz grupy for other programs: a file, the own address, and addresses to hand over to its leaders."""

    permission = MEETING_VIEW
    access_area = MEETINGS_AREA
    template_name = "meetings/calendar_group.html"

    def get_context_data(self, **kwargs):
        user, today = self.request.user, self.request.today
        cards = [AddressCard(each, self.request) for each in addresses.addresses_of_group(self.group, user)]
        of_leader = {card.row.leader_id: card for card in cards if card.row.leader_id}
        may_hand_over = runs_group(self.edition, self.leaders, user, on=today)
        leaders = [each for each in self.leaders if each.ends_on is None or each.ends_on >= today]
        return super().get_context_data(
            own=next((card for card in cards if card.row.leader_id is None), None),
            leaders=[(each, of_leader.get(each.pk)) for each in leaders] if may_hand_over else [],
            may_hand_over=may_hand_over,
            **kwargs,
        )
