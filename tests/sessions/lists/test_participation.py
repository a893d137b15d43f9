""" "12 z 14 spotkań" beside a participation, the list behind it, and attendance on the timeline of the family."""

from datetime import date

import pytest
from django.urls import reverse

from families.people.identity import register_person
from families.people.models import Person
from families.timeline.models import TimelineEntry
from lubsko_ops.audit.history import delete_with_history, save_with_history
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock
from projects.choices import ParticipationStepKind as Step
from projects.models import GroupLeader, ParticipationStep
from sessions.choices import MeetingState, Presence
from sessions.lists.participation import attendance_notes
from tests.page import page_text
from tests.projects.factories import make_group, make_participation
from tests.projects.groups.helpers import mother_of, page
from tests.projects.helpers import make_running
from tests.sessions.factories import make_attendance, make_held, make_meeting
from tests.statement_counts import page_statements

TODAY, FIRST = date(2026, 10, 13), date(2026, 10, 1)
DAYS = [date(2026, 10, day) for day in (2, 5, 7, 9, 12)]


def add_step(row, by, kind: Step, day: date, group=None):
    step = ParticipationStep(
        participation=row, kind=kind, status=row.status, day=day, group=group or row.group
    )
    if kind == Step.BREAK_OFF:
        step.reason = "work"
    return save_with_history(step, by=by, why="próba")


def take_part(group, by, *, since=FIRST, **who):
    row = make_participation(group.edition, by, day=since, group=group, **who)
    row.steps.update(group=group)
    return row


@pytest.fixture
def group(tomasz, maria):
    return make_group(make_running(tomasz, maria), tomasz, name="Grupa I")


@pytest.fixture
def meetings(group, tomasz):
    return [make_held(group, tomasz, day) for day in DAYS]


@pytest.fixture
def danuta(group, tomasz, kowalscy):
    return take_part(group, tomasz, person=mother_of(kowalscy), family=kowalscy)


def note_of(row, user) -> str:
    note = attendance_notes([row], user, TODAY).get(row.pk)
    return note.text.replace("\xa0", " ") if note else ""


def list_url(row) -> str:
    return reverse("meetings:participation-attendance", args=[row.pk])


def test_presences_of_the_meetings_at_which_attendance_was_marked(maria, tomasz, group, meetings, danuta):
    for meeting, presence in zip(meetings, (*Presence, Presence.PRESENT), strict=True):
        make_attendance(meeting, danuta, tomasz, presence)
    make_meeting(group, tomasz, TODAY)
    make_meeting(group, tomasz, FIRST, state=MeetingState.CANCELLED)
    assert note_of(danuta, maria) == "3 z 5 spotkań"


def test_meetings_without_a_mark_do_not_count(maria, tomasz, group, meetings, kowalscy):
    row = take_part(group, tomasz, since=date(2026, 10, 5), person=mother_of(kowalscy), family=kowalscy)
    add_step(row, tomasz, Step.BREAK_OFF, date(2026, 10, 9))
    make_attendance(meetings[1], row, tomasz)
    assert note_of(row, maria) == "1 z 1 spotkania"


def test_who_moved_has_the_meetings_of_both_groups(maria, tomasz, group, meetings, danuta):
    other = make_group(group.edition, tomasz, name="Grupa II")
    add_step(danuta, tomasz, Step.MOVE, date(2026, 10, 9), group=other)
    make_held(other, tomasz, date(2026, 10, 8))
    make_attendance(meetings[0], danuta, tomasz)
    make_attendance(make_held(other, tomasz, date(2026, 10, 12)), danuta, tomasz, Presence.UNEXCUSED)
    assert note_of(danuta, maria) == "1 z 2 spotkań"


def test_the_first_one_is_in_the_singular(maria, tomasz, group, danuta):
    make_attendance(make_held(group, tomasz, DAYS[0]), danuta, tomasz, Presence.UNEXCUSED)
    assert note_of(danuta, maria) == "0 z 1 spotkania"


def test_of_a_pair_the_child_is_counted_beside(maria, tomasz, group, meetings, kowalscy):
    child = kowalscy.memberships.filter(kinship="child").first().person
    row = take_part(group, tomasz, person=mother_of(kowalscy), child=child, family=kowalscy)
    make_attendance(meetings[0], row, tomasz)
    make_attendance(meetings[0], row, tomasz, person=child)
    make_attendance(meetings[1], row, tomasz)
    assert note_of(row, maria) == "2 z 2 spotkań, dziecko 1"


def test_before_the_first_meeting_there_is_no_number(maria, danuta):
    assert note_of(danuta, maria) == ""


def test_it_stands_on_the_list_the_participation_and_in_the_file_and_leads_to_the_list(
    as_anna, tomasz, kowalscy, meetings, danuta
):
    make_attendance(meetings[0], danuta, tomasz)
    for url in (
        page("projects:participants", danuta.edition_id),
        page("projects:participation", danuta.edition_id, danuta.pk),
        reverse("family-projects", args=[kowalscy.pk]),
    ):
        response = as_anna.get(url)
        assert "1 z 1 spotkania" in page_text(response).replace("\xa0", " "), url
        assert list_url(danuta) in response.content.decode(), url


def test_the_list_has_exactly_these_meetings(as_anna, tomasz, group, meetings, danuta):
    make_attendance(meetings[0], danuta, tomasz)
    make_attendance(meetings[4], danuta, tomasz, Presence.LATE, late_minutes=15)
    make_meeting(group, tomasz, TODAY)
    response = as_anna.get(list_url(danuta))
    assert [meeting.pk for meeting, _ in response.context["rows"]] == [meetings[4].pk, meetings[0].pk]
    text = page_text(response).replace("\xa0", " ")
    assert "2 spotkania, od" in text and "spóźnienie" in text and "15 min" in text


def test_the_reason_of_an_absence_is_for_who_runs_the_group(client, anna, maria, tomasz, meetings, danuta):
    make_attendance(meetings[0], danuta, tomasz, Presence.EXCUSED, reason="szpital")
    for user in (tomasz, maria):
        client.force_login(user)
        assert "szpital" in page_text(client.get(list_url(danuta)))
    client.force_login(anna)
    text = page_text(client.get(list_url(danuta)))
    assert "nieobecność usprawiedliwiona" in text and "szpital" not in text


def test_after_a_move_the_reason_stays_with_who_runs_the_group_of_that_meeting(
    client, ewa, tomasz, group, meetings, danuta
):
    make_attendance(meetings[0], danuta, tomasz, Presence.EXCUSED, reason="szpital")
    other = make_group(group.edition, tomasz, name="Grupa II")
    save_with_history(GroupLeader(group=other, user=ewa, starts_on=FIRST), by=tomasz, why="próba")
    add_step(danuta, tomasz, Step.MOVE, TODAY, group=other)
    danuta.group = other
    save_with_history(danuta, by=tomasz, why="przejście")
    client.force_login(ewa)
    text = page_text(client.get(list_url(danuta)))
    assert "nieobecność usprawiedliwiona" in text and "szpital" not in text


def test_a_stranger_does_not_open_it(client, ewa, olga, danuta, meetings):
    for user in (ewa, olga):
        client.force_login(user)
        assert client.get(list_url(danuta)).status_code == 404


def test_before_the_first_meeting_the_list_says_so(as_anna, danuta):
    assert "Nie zaznaczono jeszcze obecności" in page_text(as_anna.get(list_url(danuta)))


def test_the_number_of_statements_does_not_grow(as_maria, tomasz, group, meetings, danuta, nowakowie):
    urls = [page("projects:participants", danuta.edition_id), list_url(danuta)]
    make_attendance(meetings[0], danuta, tomasz)
    before = [len(page_statements(as_maria, url)) for url in urls]
    assert before[0] <= 13 and before[1] <= 11
    for membership in nowakowie.memberships.all():
        row = take_part(group, tomasz, person=membership.person, family=nowakowie)
        for meeting in meetings:
            make_attendance(meeting, row, tomasz)
    for meeting in meetings[1:]:
        make_attendance(meeting, danuta, tomasz)
    assert [len(page_statements(as_maria, url)) for url in urls] == before


# ---- the timeline ------------------------------------------------------------------------------------
def lock_family(row):
    lock(families=[row.family_id] if row.family_id else ())


@action
def mark(*, meeting, row, presence, by):
    lock_family(row)
    return make_attendance(meeting, row, by, presence)


@action
def change(*, attendance, presence, by):
    lock_family(attendance.participation)
    attendance.presence = presence
    return save_with_history(attendance, by=by, why="Poprawka obecności")


@action
def remove(*, attendance, by):
    lock_family(attendance.participation)
    delete_with_history(attendance, by=by, why="pomyłka")


def timeline(client, family) -> str:
    return page_text(client.get(reverse("families:case-log", args=[family.pk])))


def test_attendance_is_on_the_timeline_of_the_family(as_anna, tomasz, kowalscy, meetings, danuta):
    row = mark(meeting=meetings[0], row=danuta, presence=Presence.PRESENT, by=tomasz)
    entry = TimelineEntry.objects.get(kind="attendance")
    assert (entry.family, entry.day, entry.parameters) == (kowalscy.pk, DAYS[0], {"presence": "present"})
    change(attendance=row, presence=Presence.EXCUSED, by=tomasz)
    assert TimelineEntry.objects.get(kind="attendance").parameters == {"presence": "excused"}
    remove(attendance=row, by=tomasz)
    assert not TimelineEntry.objects.filter(kind="attendance").exists()


def test_somebody_from_outside_has_no_timeline(tomasz, group, meetings):
    person = register_person(person=Person(first_name="Halina", last_name="Wrona", sex="female"), by=tomasz)
    mark(meeting=meetings[0], row=take_part(group, tomasz, person=person), presence=Presence.LATE, by=tomasz)
    assert not TimelineEntry.objects.filter(kind="attendance").exists()
