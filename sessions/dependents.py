"""What rests on meetings and attendance: asked before a group, a leader, a participation or a person is changed.

Of attendance only a presence rests on a participation and on a person. Somebody who stayed away is marked absent until
it comes out why; such rows stand in the way of nothing.
"""

from collections.abc import Collection, Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from families.people.actions import DEATH_HANDLERS
from families.people.duplicates.merge_rules import MERGE_RULES, MergeRule
from families.people.membership_days import MEMBERSHIP_DAYS, days_text
from families.people.models import Person
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import bulk_save_with_history, bulk_update_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.polish import SHORT_WEEKDAYS, count_of, join_list, short_date
from projects.dependents import (
    EDITION_ENDINGS,
    GROUP_DAYS,
    GROUP_USES,
    LEADER_DAYS,
    PARTICIPATION_DAYS,
    PROJECT_FACTS,
    EditionEnding,
    ProjectFact,
)
from projects.models import Edition, GroupLeader, ProjectGroup
from projects.scope import GROUP_SCOPES, reads_all_groups, visible_groups
from sessions.choices import CAME, MeetingChangeKind, MeetingState
from sessions.models import (
    TAKES_PLACE,
    AbsenceFollowUp,
    Attendance,
    Certificate,
    Meeting,
    MeetingChange,
    MeetingLeader,
)

SPOTKANIE = "spotkanie,spotkania,spotkań"
END_OF_PROJECT = "koniec projektu"
SHOWN = 6


# ---- groups and leaders ------------------------------------------------------------------------------
def group_days(group: ProjectGroup) -> Iterator[tuple[date, str]]:
    """Days of meetings that take place; those called off do not need the group."""
    rows = Meeting.objects.filter(group=group, state__in=TAKES_PLACE)
    for first, last in rows.values_list("starts_on", "ends_on"):
        yield from ((day, "spotkanie") for day in {first, last})


def group_uses(group: ProjectGroup) -> tuple[int, str]:
    """Meetings of any state: also a cancelled one is part of what happened."""
    return Meeting.objects.filter(group=group).count(), SPOTKANIE


def leader_days(leader: GroupLeader) -> Iterator[tuple[date, str]]:
    """Days of meetings at which somebody stands in for the leader."""
    rows = Meeting.objects.filter(leaders__instead_of=leader.pk)
    return ((day, "zastępstwo") for day in rows.values_list("starts_on", flat=True))


def groups_stood_in(user: User) -> QuerySet:
    """Ids of groups of which the user is named to lead a single meeting."""
    return MeetingLeader.objects.filter(user=user).values("meeting__group")


# ---- participants ------------------------------------------------------------------------------------
def participation_days(participations: Collection[int]) -> Iterator[tuple[int, date, str]]:
    """Days on which these participants (ids) were at a meeting."""
    rows = Attendance.objects.filter(participation__in=participations, presence__in=CAME)
    days = rows.values_list("participation", "meeting__starts_on")
    return ((pk, day, "obecność") for pk, day in days)


def attendance_days(family: int, person: int) -> Iterator[tuple[date, str]]:
    """Days on which the person was at a meeting as somebody of the family."""
    rows = Attendance.objects.filter(participation__family=family, person=person, presence__in=CAME)
    return ((day, "obecność na zajęciach") for day in rows.values_list("meeting__starts_on", flat=True))


def refuse_presence_after_death(person: Person, day: date, by: User) -> None:
    """Raise ValidationError when the person was at a meeting after the day of death, also somebody from outside."""
    rows = Attendance.objects.filter(person=person, presence__in=CAME, meeting__starts_on__gt=day)
    if days := list(rows.values_list("meeting__starts_on", flat=True)):
        listed = days_text((each, "obecność na zajęciach") for each in days)
        raise ValidationError(
            {
                "died_on": f"Po tym dniu są zapisy o obecności tej osoby: {listed}. Sprawdź datę albo popraw je."
            }
        )


# ---- the end of a project ----------------------------------------------------------------------------
def _after(edition: Edition, last_day: date, state: MeetingState) -> QuerySet[Meeting]:
    """Meetings of the edition in the state that last beyond the day, from the first one."""
    rows = Meeting.objects.filter(group__edition=edition, state=state, ends_on__gt=last_day)
    return rows.select_related("group", "place", "group__place").order_by("starts_on", "starts_at", "pk")


def _listed(meetings: list[Meeting]) -> str:
    """ "Grupa I 12.10.2026, Grupa II 13.10.2026 i jeszcze 4"."""
    shown = [f"{each.group} {each.days_text}" for each in meetings[:SHOWN]]
    rest = len(meetings) - SHOWN
    return join_list([*shown, f"jeszcze {rest}"] if rest > 0 else shown)


def announce_cancelled(edition: Edition, last_day: date) -> list[str]:
    meetings = list(_after(edition, last_day, MeetingState.PLANNED))
    if not meetings:
        return []
    number = count_of(len(meetings), "spotkanie zaplanowane,spotkania zaplanowane,spotkań zaplanowanych")
    return [
        f"Odwołane zostaną, z powodem „{END_OF_PROJECT}”, spotkania po {short_date(last_day)}: {number} "
        f"({_listed(meetings)})."
    ]


def refuse_held_later(edition: Edition, last_day: date) -> list[str]:
    meetings = list(_after(edition, last_day, MeetingState.HELD))
    return (
        [f"Po tym dniu są odbyte spotkania: {_listed(meetings)}. Wpisz późniejszy dzień."] if meetings else []
    )


def cancel_later(edition: Edition, last_day: date, by: User) -> None:
    """Call off what was planned after the last day; who keeps the calendar gets it as a cancellation.

    Five statements, however many meetings.
    """
    why = f"Odwołanie spotkania: {END_OF_PROJECT}"
    meetings = list(_after(edition, last_day, MeetingState.PLANNED))
    for meeting in meetings:
        meeting.state = MeetingState.CANCELLED
        meeting.sequence += 1
    bulk_update_with_history(meetings, ["state", "sequence"], by=by, why=why)
    changes = [
        MeetingChange(
            meeting=meeting,
            kind=MeetingChangeKind.CANCEL,
            decided_on=clock.today(),
            reason=END_OF_PROJECT,
            from_on=meeting.starts_on,
            from_until=meeting.ends_on,
            from_at=meeting.starts_at,
            from_minutes=meeting.minutes,
            from_place=meeting.place_text,
        )
        for meeting in meetings
    ]
    bulk_save_with_history(changes, by=by, why=why)


# ---- the header of a project -------------------------------------------------------------------------
def next_meeting(edition: Edition, user: User, today: date) -> ProjectFact | None:
    """ "pn 21.12.2026, 9:00": the first meeting planned for today or later. One statement."""
    rows = Meeting.objects.filter(group__edition=edition, state=MeetingState.PLANNED, starts_on__gte=today)
    if not reads_all_groups(edition, user):
        rows = rows.filter(group__in=visible_groups(user).values("pk"))
    meeting = rows.order_by("starts_on", "starts_at", "pk").first()
    if meeting is None:
        return None
    day = f"{SHORT_WEEKDAYS[meeting.starts_on.weekday()]} {short_date(meeting.starts_on)}"
    return ProjectFact("Najbliższe spotkanie", ", ".join(filter(None, (day, meeting.short_hours))))


# ---- merged persons ----------------------------------------------------------------------------------
def attendance_subject(row: Attendance) -> str:
    return f"obecność: {row.meeting.group}, {row.meeting.days_text}"


def register() -> None:
    GROUP_DAYS.register(group_days)
    GROUP_USES.register(group_uses)
    LEADER_DAYS.register(leader_days)
    GROUP_SCOPES.register(groups_stood_in)
    PARTICIPATION_DAYS.register(participation_days)
    MEMBERSHIP_DAYS.register(attendance_days)
    DEATH_HANDLERS.register(refuse_presence_after_death)
    EDITION_ENDINGS.register(EditionEnding("meetings", announce_cancelled, refuse_held_later, cancel_later))
    PROJECT_FACTS.register(next_meeting)
    # Somebody was at a meeting once: where both records have been marked, the manager says which is right.
    MERGE_RULES.register(
        MergeRule(
            Attendance,
            same=("meeting",),
            differ=("presence", "late_minutes", "reason", "people"),
            subject=attendance_subject,
            text=Attendance.get_presence_display,
            family="participation.family_id",
        )
    )
    MERGE_RULES.register(
        MergeRule(
            Certificate,
            same=("participation",),
            differ=("number", "year"),
            subject=lambda row: f"zaświadczenie: {row.edition}",
            text=str,
            family="participation.family_id",
        )
    )
    MERGE_RULES.register(MergeRule(AbsenceFollowUp))
