"""A schedule is changed: what was held stays, what is to come follows, and the page says so before."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lubsko_ops.audit.history import VersionConflict, save_with_history
from lubsko_ops.core import clock
from sessions.choices import MeetingChangeKind, MeetingState
from sessions.models import Meeting, MeetingChange
from sessions.planning.actions import save_schedule
from sessions.planning.changes import compare, key_of, new_meeting
from sessions.planning.plan import PlanInput, change_for
from sessions.schedule.hours import TimeSlot
from sessions.schedule.rules import PlannedMeeting
from tests.form_client import form_data, response_text
from tests.projects.groups.helpers import enrol, mother_of
from tests.sessions.factories import make_attendance, make_meeting
from tests.sessions.planning.helpers import NINE, at, days_of, fields, plan_for, preview, schedule_url, send

WEDNESDAYS = "w środy od 7.10 do 4.11.2026"  # 7 October is past
OCTOBER = [date(2026, 10, day) for day in (7, 14, 21, 28)]
LAST = date(2026, 11, 4)
INDEPENDENCE = date(2026, 11, 11)
KEPT = change_for(INDEPENDENCE, "keep")


@pytest.fixture
def planned(group, tomasz):
    plan_for(group, WEDNESDAYS, by=tomasz)
    return group


def meeting_on(group, day: date) -> Meeting:
    return group.scheduled_meetings.get(scheduled_on=day)


def hold(meeting, by, **values) -> Meeting:
    meeting.state = MeetingState.HELD
    for name, value in values.items():
        setattr(meeting, name, value)
    return save_with_history(meeting, by=by, why="próba")


def move(meeting, by, day: date) -> Meeting:
    change = MeetingChange(
        meeting=meeting, kind=MeetingChangeKind.MOVE, decided_on=date(2026, 10, 13), reason="sala zajęta",
        from_on=meeting.starts_on, from_until=meeting.ends_on, to_on=day, to_until=day,
    )  # fmt: skip
    save_with_history(change, by=by, why="próba")
    meeting.starts_on = meeting.ends_on = day
    meeting.sequence += 1
    return save_with_history(meeting, by=by, why="próba")


def test_the_message_counts_what_takes_place(as_tomasz, planned, tomasz):
    called_off = meeting_on(planned, date(2026, 10, 28))
    called_off.state = MeetingState.CANCELLED
    save_with_history(called_off, by=tomasz, why="próba")
    make_meeting(planned, tomasz, date(2026, 11, 12))
    response = send(as_tomasz, planned, WEDNESDAYS, "18.11.2026")
    page = response_text(as_tomasz.get(response["Location"]))
    assert "Zapisano harmonogram, 6 spotkań (nowe: 1)." in page and "Spotkania: 6," in page


def test_the_same_again_changes_nothing(planned, tomasz):
    before = list(Meeting.objects.order_by("pk").values_list("pk", "version"))
    _, changes = plan_for(planned, WEDNESDAYS, by=tomasz)
    assert changes.is_empty
    assert list(Meeting.objects.order_by("pk").values_list("pk", "version")) == before


def test_more_days_are_made_and_fewer_withdrawn(planned, tomasz):
    last = meeting_on(planned, LAST)
    plan_for(planned, "w środy od 7.10 do 28.10.2026", "13.11.2026", by=tomasz)
    assert days_of(planned) == at("09:00", *OCTOBER, date(2026, 11, 13))
    last.refresh_from_db()
    assert (last.state, last.sequence) == (MeetingState.WITHDRAWN, 1)


def test_another_hour_of_the_same_day_is_the_same_meeting(planned, tomasz):
    hold(meeting_on(planned, OCTOBER[0]), tomasz, topic="Emocje")
    uids = {row.scheduled_on: row.uid for row in planned.scheduled_meetings.all()}
    plan_for(planned, WEDNESDAYS, hours=TimeSlot(time(16), 90), by=tomasz)
    assert days_of(planned) == at("16:00", *OCTOBER[1:], LAST)
    assert days_of(planned, MeetingState.HELD) == at("09:00", OCTOBER[0])
    for row in planned.scheduled_meetings.filter(state=MeetingState.PLANNED):
        assert (row.uid, row.sequence, row.minutes) == (uids[row.scheduled_on], 1, 90)


def test_another_day_of_the_week_is_the_same_meeting(planned, tomasz):
    meeting = meeting_on(planned, OCTOBER[1])
    plan_for(planned, "w czwartki od 15.10 do 5.11.2026", by=tomasz)
    meeting.refresh_from_db()
    assert (meeting.starts_on, meeting.scheduled_on, meeting.sequence) == (
        date(2026, 10, 15), date(2026, 10, 15), 1,
    )  # fmt: skip


def test_a_place_of_its_own_is_changed_in_place(planned, tomasz):
    plan_for(planned, "w środy od 7.10 do 4.11.2026, miejsce: „park”", by=tomasz)
    assert set(planned.scheduled_meetings.values_list("other_place", "sequence")) == {("park", 1)}


def test_what_was_held_or_has_attendance_stays(planned, tomasz, kowalscy):
    held = hold(meeting_on(planned, OCTOBER[0]), tomasz, topic="Emocje")
    row = enrol(planned, tomasz, person=mother_of(kowalscy), family=kowalscy)
    marked = meeting_on(planned, OCTOBER[1])
    make_attendance(marked, row, tomasz)
    plan_for(planned, "w piątki od 16.10 do 6.11.2026", by=tomasz)
    for each in (held, marked):
        before = each.version
        each.refresh_from_db()
        assert each.version == before and each.takes_place


def test_what_was_called_off_or_added_by_hand_stays(planned, tomasz):
    cancelled = meeting_on(planned, OCTOBER[2])
    cancelled.state = MeetingState.CANCELLED
    save_with_history(cancelled, by=tomasz, why="próba")
    added = make_meeting(planned, tomasz, date(2026, 10, 30))
    _, changes = plan_for(planned, WEDNESDAYS, by=tomasz)
    assert changes.is_empty and added in changes.extra
    plan_for(planned, "w piątki od 16.10 do 6.11.2026", by=tomasz)
    assert days_of(planned, MeetingState.CANCELLED) == at("09:00", OCTOBER[2])
    assert date(2026, 10, 30) in planned.scheduled_meetings.filter(scheduled_on=None).values_list(
        "starts_on", flat=True
    )
    assert len(days_of(planned)) == 4  # the one added by hand is the meeting of the thirtieth


def test_a_meeting_moved_by_hand_stays_where_it_is(planned, tomasz):
    move(meeting_on(planned, OCTOBER[2]), tomasz, date(2026, 10, 22))
    _, changes = plan_for(planned, WEDNESDAYS, "22.10.2026", by=tomasz)
    assert changes.is_empty  # on the twenty-second there is a meeting already
    assert date(2026, 10, 22) in planned.scheduled_meetings.values_list("starts_on", flat=True)


def test_a_topic_written_ahead_is_not_withdrawn(planned, tomasz):
    meeting = meeting_on(planned, LAST)
    meeting.topic = "Budżet domowy"
    save_with_history(meeting, by=tomasz, why="próba")
    _, changes = plan_for(planned, "w środy od 7.10 do 28.10.2026", by=tomasz)
    assert changes.extra == [meeting] and not changes.withdrawn


# ---- what the page says ------------------------------------------------------------------------------
def test_the_page_says_what_is_made_moved_and_withdrawn(as_tomasz, planned):
    text = preview(as_tomasz, planned, "w środy od 7.10 do 21.10.2026", "29.10.2026", "20.11.2026")
    assert "Co zmieni zapisanie" in text
    assert "Nowe (1): pt 20.11.2026 9:00–11:00." in text
    assert "Zmieniony termin (1): śr 28.10.2026 → cz 29.10.2026." in text
    assert "Wycofane (1): 04.11.2026, 9:00–11:00." in text
    assert "Bez zmian: 3 spotkania." in text


def test_losses_are_confirmed(as_tomasz, planned):
    asked = send(as_tomasz, planned, "w środy od 14.10 do 28.10.2026")
    assert asked.status_code == 422
    text = response_text(asked)
    assert "Wycofane z minionych dni, bez żadnego wpisu (1): 07.10.2026, 9:00–11:00." in text
    assert "Jeśli się odbyły, najpierw wpisz obecność." in text
    assert planned.scheduled_meetings.filter(state=MeetingState.PLANNED).count() == 5
    response = send(as_tomasz, planned, "w środy od 14.10 do 28.10.2026", confirm=True)
    assert response.status_code == 302
    assert days_of(planned) == at("09:00", *OCTOBER[1:])


def test_an_unfinished_sentence_threatens_nothing(as_tomasz, planned):
    assert "Wycofane" not in preview(as_tomasz, planned, "w środy od 7.10 do 21.10.2026", "w fajne dni")


def test_somebody_else_saved_meanwhile(as_tomasz, planned, tomasz, maria):
    data = form_data(as_tomasz, schedule_url(planned), **fields(WEDNESDAYS, "13.11.2026"))
    plan_for(planned, WEDNESDAYS, "20.11.2026", by=maria)
    response = as_tomasz.post(schedule_url(planned), data)
    assert response.status_code == 409
    assert "20.11.2026" in response_text(response)


def test_of_two_first_schedules_the_second_is_a_conflict(group, tomasz, maria):
    plan_for(group, WEDNESDAYS, by=maria)
    with pytest.raises(VersionConflict):
        save_schedule(group=group, entered=PlanInput(("13.11.2026",), NINE), version=None, by=tomasz)
    assert group.group_schedule.sentences == [WEDNESDAYS]


def test_statements_of_saving_do_not_grow(tomasz, planned, django_assert_max_num_queries):
    with CaptureQueriesContext(connection) as few:
        plan_for(planned, "w czwartki od 15.10 do 22.10.2026", by=tomasz)
    plan_for(planned, "w środy od 15.10 do 16.12.2026", by=tomasz, answers={INDEPENDENCE: KEPT})
    with django_assert_max_num_queries(len(few)):
        plan_for(planned, "w czwartki od 15.10 do 17.12.2026", by=tomasz)
    assert len(days_of(planned)) == 10


# ---- properties --------------------------------------------------------------------------------------
FIRST = date(2026, 10, 1)
slots = st.sampled_from([NINE, TimeSlot(time(9), 90), TimeSlot(time(16), 120), TimeSlot()])


@st.composite
def plans(draw):
    """Meetings of ten weeks, no two in the same minute."""
    days = draw(st.lists(st.integers(0, 70), min_size=1, max_size=12))
    rows = (PlannedMeeting(day := FIRST + timedelta(days=each), day, draw(slots)) for each in days)
    return sorted({key_of(each): each for each in rows}.values(), key=lambda each: each.sort_key)


def saved(plan, stored, changes):
    """The rows after the changes, as the action leaves them."""
    for each in changes.withdrawn:
        each.state = MeetingState.WITHDRAWN
    made = [new_meeting(None, each, {}) for each in changes.made]
    for number, each in enumerate(made, start=1 + max([row.pk for row in stored], default=0)):
        each.pk = number
        prepare(each)
    return [row for row in (*stored, *made) if row.state != MeetingState.WITHDRAWN]


def prepare(row: Meeting) -> None:
    for name in ("has_attendance", "is_moved", "has_parts", "has_leaders", "has_files"):
        setattr(row, name, False)


def make_rows(plan):
    return saved(plan, [], compare(plan, [], {}, now=clock.now()))


@given(first=plans(), second=plans(), held=st.sets(st.integers(0, 11)))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_held_meetings_stay_and_the_others_are_the_new_plan(first, second, held):
    now = clock.now()
    rows = make_rows(first)
    kept = {row.pk: (row.starts_on, row.starts_at) for number, row in enumerate(rows) if number in held}
    for row in rows:
        if row.pk in kept:
            row.state = MeetingState.HELD
    changes = compare(second, rows, {}, now=now)
    after = saved(second, rows, changes)

    assert {row.pk: (row.starts_on, row.starts_at) for row in after if row.state == "held"} == kept
    met_by_held = {key for key, row in changes.met.items() if row.pk in kept}
    planned = [(row.starts_on, row.starts_at) for row in after if row.state == "planned"]
    assert sorted(planned, key=str) == sorted(({key_of(each) for each in second} - met_by_held), key=str)
    assert len({(row.starts_on, row.starts_at) for row in after}) == len(after)
    held_days = {day for day, _ in kept.values()}
    assert all(day in held_days for day, _ in met_by_held)

    again = compare(second, after, {}, now=now)
    assert again.is_empty
