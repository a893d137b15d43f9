"""Conflicts of meetings that are to be: place, leaders and participants who are busy then. Public holidays are none.

``conflicts_of`` asks a fixed number of statements, however many meetings are wanted.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from families.caseload.models import Assignment
from families.employees.models import Absence
from families.visits.models import Visit, VisitResult
from lubsko_ops.accounts.models import RoleGrant, User
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core.dates import Period
from lubsko_ops.core.polish import count_of, join_list, short_date
from projects.choices import ConsultationState
from projects.models import Consultation, GroupLeader, Participation, ProjectGroup
from projects.queries import NEEDS_PAPERS
from projects.scope import visible_participations
from sessions.models import TAKES_PLACE, Meeting, MeetingLeader
from sessions.schedule.hours import TimeSlot, minute_of
from sessions.schedule.rules import MAX_MEETING_DAYS
from sessions.scope import leading_on_first_day

OTHERS_FORMS = "inna osoba,inne osoby,innych osób"


@dataclass(frozen=True)
class WantedMeeting:
    """When and where a meeting is to be. Without a place it is held where the group meets."""

    start: date
    end: date
    starts_at: time | None
    minutes: int | None
    place_id: int | None
    other_place: str = ""


@dataclass(frozen=True)
class Busy:
    """Days and hours that are taken; without an hour the day says nothing yet, unless it goes over several days."""

    start: date
    end: date
    starts_at: time | None
    minutes: int | None

    @property
    def text(self) -> str:
        """ "9:00–11:00"; the days of what goes over several days."""
        if self.end > self.start:
            return f"{short_date(self.start)}–{short_date(self.end)}"
        return TimeSlot(self.starts_at, self.minutes).text if self.starts_at else ""

    def clashes(self, wanted: WantedMeeting) -> bool:
        if self.end < wanted.start or wanted.end < self.start:
            return False
        if self.starts_at is None or wanted.starts_at is None:
            return self.end > self.start or wanted.end > wanted.start
        own, other = minute_of(self.starts_at), minute_of(wanted.starts_at)
        return own < other + (wanted.minutes or 1) and other < own + (self.minutes or 1)


@dataclass(frozen=True)
class Clash:
    """What is in the way: a sentence of the wanted meetings that it touches."""

    busy: Busy
    sentence: Callable[[WantedMeeting], str]
    leader: int | None = None  # the user it concerns


def conflicts_of(
    group: ProjectGroup,
    wanted: Sequence[WantedMeeting],
    *,
    skip: Collection[int] = (),
    own: Sequence[MeetingLeader] = (),
    only_leader: int | None = None,
    user: User,
    on: date,
) -> list[list[str]]:
    """For each wanted meeting, sentences on what is in its way.

    skip: ids of meetings that do not count: those that are being changed. own: who was named to lead the meeting,
    beside the leaders of the group or instead of one. only_leader: only what concerns this user (id). Participants are
    named for ``user`` as far as that user sees them on the day; the others are counted.
    """
    if not wanted:
        return []
    span = Period(min(each.start for each in wanted), max(each.end for each in wanted))
    replaced = {each.instead_of_id for each in own}
    leaders = [each for each in _leaders(group) if each.pk not in replaced] + _named(group, own)
    people = _People(group, user, on)
    users = {each.user_id for each in leaders}
    places = {_place_of(each, group) for each in wanted} - {None}
    meetings = list(_meetings(group, span, users, places, people.groups).exclude(pk__in=skip))
    clashes = _Clashes(group, leaders, people)
    for meeting in meetings:
        clashes.add_meeting(meeting)
    if users:
        clashes.add_visits(span, users, on=on)
        clashes.add_consultations(span, users)
    answers = [[*clashes.of_leaders(each, only_leader), *clashes.of(each, only_leader)] for each in wanted]
    people.note()
    return answers


# ---- rows ------------------------------------------------------------------------------------------
def _with_days(rows, user: str):
    """Rows with the days of the roles and of the absences of their user, without the reasons."""
    days = JSONObject(start=F("starts_on"), end=F("ends_on"))
    grants = RoleGrant.objects.filter(user=OuterRef(user)).values(days=days)
    absences = Absence.objects.filter(user=OuterRef(user)).values(days=days)
    return rows.annotate(role_days=ArraySubquery(grants), away_days=ArraySubquery(absences))


def _leaders(group: ProjectGroup):
    """Users who lead the group."""
    rows = GroupLeader.objects.filter(group=group, user__isnull=False).select_related("user")
    return _with_days(rows, "user").order_by("starts_on", "pk")


def _named(group: ProjectGroup, own: Sequence[MeetingLeader]) -> list[GroupLeader]:
    """Users named to lead one meeting, as leaders of its group on whatever day."""
    users = [each.user_id for each in own if each.user_id]
    leaders = []
    for user in _with_days(User.objects.filter(pk__in=users), "pk").order_by("pk") if users else ():
        leader = GroupLeader(group=group, user=user, starts_on=date.min)
        leader.role_days, leader.away_days = user.role_days, user.away_days
        leaders.append(leader)
    return leaders


def _meetings(group: ProjectGroup, span: Period, users: set[int], places: set[int], groups: set[int]):
    """Meetings of the days that share the group, its place, a leader or a participant, with who of them leads."""
    leading = leading_on_first_day().filter(user__in=users)
    own = MeetingLeader.objects.filter(meeting=OuterRef("pk"))
    at_place = Q(place__in=places) | Q(place=None, other_place="", group__place__in=places)
    concerned = Q(group=group) | Q(group__in=groups) | at_place
    if users:
        concerned |= Q(Exists(leading)) | Q(Exists(own.filter(user__in=users)))
    rows = Meeting.objects.filter(
        concerned,
        state__in=TAKES_PLACE,
        starts_on__gte=span.start - timedelta(days=MAX_MEETING_DAYS),
        starts_on__lte=span.end,
        ends_on__gte=span.start,
    )
    return (
        rows.select_related("group", "group__place", "place")
        .annotate(
            leading=ArraySubquery(leading.values("user")),
            named=ArraySubquery(own.filter(user__in=users).values("user")),
            replaced=ArraySubquery(own.filter(instead_of__user__in=users).values("instead_of__user")),
        )
        .order_by("starts_on", "starts_at", "pk")
    )


def _place_of(wanted: WantedMeeting, group: ProjectGroup) -> int | None:
    return wanted.place_id if wanted.place_id or wanted.other_place else group.place_id


class _People:
    """Participants of the group and the other groups they take part in."""

    def __init__(self, group: ProjectGroup, user: User, on: date) -> None:
        rows = self._rows(group, user, on)
        self.own = [row for row in rows if row.group_id == group.pk]
        self.elsewhere: dict[int, dict[Participation, bool]] = defaultdict(dict)  # and whether it is named
        self.named: set[Participation] = set()
        for other in rows:
            if other.group_id != group.pk:
                taking_part = self.elsewhere[other.group_id]
                for row in self.own:
                    if _is_same(row, other):
                        taking_part[row] = taking_part.get(row, False) or (row.shown and other.shown)

    @property
    def groups(self) -> set[int]:
        return {pk for pk, rows in self.elsewhere.items() if rows}

    @staticmethod
    def _rows(group: ProjectGroup, user: User, on: date) -> list[Participation]:
        taking = Participation.objects.filter(status__in=NEEDS_PAPERS)
        own = taking.filter(group=group)
        same = (
            Q(person__in=own.filter(person__isnull=False).values("person"))
            | Q(person__in=own.filter(child__isnull=False).values("child"))
            | Q(child__in=own.filter(person__isnull=False).values("person"))
            | Q(child__in=own.filter(child__isnull=False).values("child"))
            | Q(family__in=own.filter(family__isnull=False).values("family"))
        )
        shown = visible_participations(user, on=on).filter(pk=OuterRef("pk"))
        rows = taking.filter(Q(group=group) | Q(group__isnull=False) & same)
        rows = rows.select_related("person", "child", "family").annotate(shown=Exists(shown))
        return list(rows.order_by("person__last_name", "person__first_name", "pk"))

    def busy_in(self, group: int) -> str:
        """ "Danuta Kowalska i 2 inne osoby": who of the group takes part in the other one; empty for nobody.

        Named is only of whom the user sees both: that somebody takes part there is not for every leader here.
        """
        rows = self.elsewhere.get(group, {})
        named = [row for row, shown in rows.items() if shown]
        self.named.update(named)
        others = len(rows) - len(named)
        return join_list([*map(str, named), *([count_of(others, OTHERS_FORMS)] if others else [])])

    def note(self) -> None:
        """Note whom the sentences name."""
        note_shown(
            {row.family_id for row in self.named} - {None},
            persons={pk for row in self.named for pk in (row.person_id, row.child_id)} - {None},
        )


def _is_same(row: Participation, other: Participation) -> bool:
    """Whether somebody takes part in both; a whole family is anybody of it."""
    if row.person_id is None or other.person_id is None:
        return row.family_id is not None and row.family_id == other.family_id
    return bool(({row.person_id, row.child_id} & {other.person_id, other.child_id}) - {None})


# ---- sentences -------------------------------------------------------------------------------------
class _Clashes:
    """What is in the way of the meetings of a group, by its days."""

    def __init__(self, group: ProjectGroup, leaders: list[GroupLeader], people: _People) -> None:
        self.group, self.leaders, self.people = group, leaders, people
        self.by_day: dict[date, list[Clash]] = defaultdict(list)

    def of(self, wanted: WantedMeeting, only_leader: int | None = None) -> list[str]:
        near = (clash for day in Period(wanted.start, wanted.end).each_day() for clash in self.by_day[day])
        clashing = (
            clash for clash in near if only_leader in (None, clash.leader) and clash.busy.clashes(wanted)
        )
        return list(dict.fromkeys(text for clash in clashing if (text := clash.sentence(wanted))))

    def of_leaders(self, wanted: WantedMeeting, only_leader: int | None = None) -> list[str]:
        """Leaders of the day who are away, or will not work here any more by then."""
        sentences = []
        for leader in self._leading_on(wanted.start):
            if only_leader not in (None, leader.user_id):
                continue
            if not leader.user.is_active:
                sentences.append(f"{leader.user} ma zamknięte konto.")
            elif not _covers(leader.role_days, wanted.start, wanted.start):
                sentences.append(f"{leader.user} nie ma tego dnia roli w aplikacji.")
            elif _covers(leader.away_days, wanted.start, wanted.end):
                sentences.append(f"{leader.user} ma wtedy zapisaną nieobecność.")
        return sentences

    def add_meeting(self, meeting: Meeting) -> None:
        busy = Busy(meeting.starts_on, meeting.ends_on, meeting.starts_at, meeting.minutes)
        hours = f" ({busy.text})" if busy.text else ""
        if meeting.group_id == self.group.pk:
            self._add(busy, lambda wanted: f"Ta grupa ma wtedy inne spotkanie{hours}.")
            return
        where = f"grupy „{meeting.group}”{hours}"
        place = meeting.place or (None if meeting.other_place else meeting.group.place)
        if place is not None:
            self._add(busy, lambda wanted: self._place_sentence(wanted, place, meeting, hours))
        for user in ({*meeting.leading} - {*meeting.replaced}) | {*meeting.named}:
            self._add_for(user, busy, f"prowadzi wtedy spotkanie {where}.")
        if meeting.group_id in self.people.groups:
            self._add(busy, lambda wanted: self._people_sentence(meeting.group_id, where))

    def add_visits(self, span: Period, users: set[int], *, on: date) -> None:
        """Visits held on the days, and those arranged for them in the families assigned on the day.

        As in the calendar, the last visit of a family arranges the next one, also that of an earlier assistant.
        """
        held = Visit.objects.filter(
            day__range=(span.start, span.end), result=VisitResult.HELD, assistant__in=users
        )
        for user, day, at, minutes in held.order_by("day", "starts_at").values_list(
            "assistant", "day", "starts_at", "minutes"
        ):
            busy = Busy(day, day, at, minutes)
            self._add_for(user, busy, f"ma wtedy zapisaną wizytę ({busy.text}).")
        last = Visit.objects.filter(period=OuterRef("period")).order_by("-started_at", "-pk")
        assigned = Assignment.objects.active_on(on).filter(assistant__in=users)
        arranged = assigned.annotate(
            next_day=Subquery(last.values("next_day")[:1]), next_at=Subquery(last.values("next_at")[:1])
        ).filter(next_day__range=(span.start, span.end), next_at__isnull=False)
        for user, day, at in arranged.order_by("next_day", "pk").values_list(
            "assistant", "next_day", "next_at"
        ):
            self._add_for(user, Busy(day, day, at, None), "ma wtedy planowaną wizytę.")

    def add_consultations(self, span: Period, users: set[int]) -> None:
        rows = Consultation.objects.filter(
            specialist__in=users, day__range=(span.start, span.end), starts_at__isnull=False
        ).exclude(state=ConsultationState.MISSED)
        for user, day, at, minutes in rows.order_by("day", "starts_at").values_list(
            "specialist", "day", "starts_at", "minutes"
        ):
            busy = Busy(day, day, at, minutes)
            self._add_for(user, busy, f"ma wtedy konsultację ({busy.text}).")

    def _add(self, busy: Busy, sentence: Callable[[WantedMeeting], str], leader: int | None = None) -> None:
        clash = Clash(busy, sentence, leader)
        for day in Period(busy.start, busy.end).each_day():
            self.by_day[day].append(clash)

    def _add_for(self, user: int, busy: Busy, what: str) -> None:
        """What a leader has to do, for the meetings that the leader leads."""
        self._add(busy, lambda wanted: self._leader_sentence(wanted, user, what), user)

    def _leader_sentence(self, wanted: WantedMeeting, user: int, what: str) -> str:
        leading = (leader for leader in self._leading_on(wanted.start) if leader.user_id == user)
        return next((f"{leader.user} {what}" for leader in leading), "")

    def _place_sentence(self, wanted: WantedMeeting, place, meeting: Meeting, hours: str) -> str:
        if place.pk != _place_of(wanted, self.group):
            return ""
        return f"Miejsce „{place.name}” zajmuje wtedy grupa „{meeting.group}”{hours}."

    def _people_sentence(self, group: int, where: str) -> str:
        who = self.people.busy_in(group)
        return f"W spotkaniu {where} uczestniczą wtedy: {who}."

    def _leading_on(self, day: date) -> Iterable[GroupLeader]:
        return (leader for leader in self.leaders if leader.is_active_on(day))


def _covers(periods: list[dict], start: date, end: date) -> bool:
    """Whether one of the periods has a day from start to end."""
    first, last = start.isoformat(), end.isoformat()
    return any(each["start"] <= last and (each["end"] is None or first <= each["end"]) for each in periods)
