"""Meetings of the demo projects: the nine days of Lubsko, and groups that meet now."""

from datetime import date

from projects.models import Edition, ProjectGroup
from projects.scope import visible_groups
from sessions.choices import MeetingChangeKind, MeetingState, Presence
from sessions.models import Attendance, Meeting, MeetingChange
from tests.factories import TODAY

NINE = [date(2022, 11, day) for day in (2, 9, 16, 23, 30)] + [date(2022, 12, day) for day in (5, 12, 19, 28)]


def of_first_edition() -> list[Meeting]:
    edition = Edition.objects.order_by("starts_on").first()
    return list(Meeting.objects.filter(group__edition=edition).order_by("starts_on"))


def test_lubsko_met_on_nine_days_for_two_hours(centre):
    meetings = of_first_edition()
    assert [each.starts_on for each in meetings] == NINE
    assert {each.state for each in meetings} == {MeetingState.HELD}
    assert sum(each.total_minutes for each in meetings) == 18 * 60
    assert all(each.topic for each in meetings)


def test_fourteen_women_were_marked_and_thirteen_after_one_had_left(centre):
    numbers = [each.attendances.count() for each in of_first_edition()]
    assert numbers == [14, 14, 14, 14, 13, 13, 13, 13, 13]


def test_every_meeting_before_today_was_held_or_cancelled_and_none_later(centre):
    before = Meeting.objects.filter(ends_on__lt=TODAY)
    assert set(before.values_list("state", flat=True)) == {MeetingState.HELD, MeetingState.CANCELLED}
    assert not Meeting.objects.filter(starts_on__gte=TODAY, state=MeetingState.HELD).exists()
    assert not before.filter(state=MeetingState.HELD, topic="").exists()


def test_one_was_cancelled_and_one_moved_with_a_reason(centre):
    kinds = MeetingChange.objects.exclude(reason="").values_list("kind", flat=True)
    assert sorted(kinds) == [MeetingChangeKind.CANCEL, MeetingChangeKind.MOVE]


def test_somebody_missed_the_last_two_meetings(centre):
    group = ProjectGroup.objects.filter(kind="workshop").order_by("-starts_on")[0]
    last = group.scheduled_meetings.filter(state=MeetingState.HELD).order_by("-starts_on")[:2]
    missed = [
        set(
            Attendance.objects.filter(meeting=each, presence=Presence.UNEXCUSED).values_list(
                "person", flat=True
            )
        )
        for each in last
    ]
    assert missed[0] & missed[1]


def test_there_are_all_kinds_of_presence(centre):
    assert set(Attendance.objects.values_list("presence", flat=True)) == set(Presence)


def test_the_psychologist_leads_a_group_and_sees_no_other(centre):
    groups = visible_groups(centre["olga"])
    assert [each.kind for each in groups] == ["training"]
    assert groups[0].scheduled_meetings.filter(starts_on__gt=TODAY).exists()
