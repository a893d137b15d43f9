"""A participation, a membership and a life do not end before a presence at a meeting; an absence hinders nothing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from families.people.actions import correct_person
from families.people.duplicates.actions import merge_people
from families.people.duplicates.merge_rules import find_contradictions
from families.people.identity import register_person
from families.people.membership_days import needed_days
from families.people.models import Person
from projects.choices import ParticipationStatus as Status
from projects.choices import ParticipationStepKind as Step
from projects.participants.actions import move_participation
from sessions.choices import Presence
from sessions.models import Attendance
from tests.form_client import response_text, submit_form
from tests.projects.factories import make_group, make_participation
from tests.projects.groups.helpers import mother_of, page
from tests.projects.helpers import make_running
from tests.projects.participants.helpers import step
from tests.sessions.factories import make_attendance, make_held

FIRST, HELD = date(2026, 10, 1), date(2026, 10, 12)


@pytest.fixture
def group(tomasz, maria):
    return make_group(make_running(tomasz, maria), tomasz)


@pytest.fixture
def meeting(group, tomasz):
    return make_held(group, tomasz, HELD)


@pytest.fixture
def danuta(group, kowalscy, tomasz):
    return make_participation(
        group.edition, tomasz, day=FIRST, group=group, person=mother_of(kowalscy), family=kowalscy
    )


@pytest.mark.parametrize("kind", [Step.FINISH, Step.BREAK_OFF])
def test_nobody_leaves_before_a_presence(tomasz, danuta, meeting, kind):
    make_attendance(meeting, danuta, tomasz, Presence.LATE)
    reason = {"reason": "work"} if kind == Step.BREAK_OFF else {}
    with pytest.raises(ValidationError) as refusal:
        step(danuta, kind, by=tomasz, on=date(2026, 10, 9), **reason)
    assert "12.10.2026 (obecność)" in refusal.value.message_dict["day"][0]
    row = step(danuta, kind, by=tomasz, on=HELD, **reason)
    assert row.status in (Status.FINISHED, Status.BROKEN_OFF)


def test_the_page_says_so_beside_the_day(as_tomasz, tomasz, danuta, meeting):
    make_attendance(meeting, danuta, tomasz)
    url = page("projects:participation-break-off", danuta.edition_id, danuta.pk)
    response = submit_form(as_tomasz, url, day="09.10.2026", reason="work")
    assert response.status_code == 422 and "12.10.2026 (obecność)" in response_text(response)


@pytest.mark.parametrize("presence", [Presence.EXCUSED, Presence.UNEXCUSED])
def test_an_absence_hinders_nothing(tomasz, danuta, meeting, presence):
    make_attendance(meeting, danuta, tomasz, presence)
    row = step(danuta, Step.BREAK_OFF, by=tomasz, on=date(2026, 10, 9), reason="work")
    assert row.status == Status.BROKEN_OFF


def test_who_moves_to_another_group_does_so_after_the_presence(tomasz, danuta, meeting):
    make_attendance(meeting, danuta, tomasz)
    other = make_group(danuta.edition, tomasz, name="Grupa II")
    with pytest.raises(ValidationError, match=r"12.10.2026"):
        move_participation(participation=danuta, group=other, day=HELD, version=None, by=tomasz)
    row = move_participation(
        participation=danuta, group=other, day=date(2026, 10, 13), version=None, by=tomasz
    )
    assert row.group == other


def test_the_membership_of_that_day_is_needed(tomasz, kowalscy, danuta, meeting):
    make_attendance(meeting, danuta, tomasz)
    assert (HELD, "obecność na zajęciach") in needed_days(kowalscy.pk, danuta.person_id)


def test_nobody_dies_before_a_presence(anna, tomasz, danuta, meeting):
    make_attendance(meeting, danuta, tomasz)
    with pytest.raises(ValidationError, match=r"12.10.2026"):
        correct_person(person=danuta.person, version=None, by=anna, died_on=date(2026, 10, 9))
    danuta.person.refresh_from_db()
    assert correct_person(person=danuta.person, version=None, by=anna, died_on=HELD).died_on == HELD


def test_nor_does_somebody_from_outside(group, tomasz, meeting):
    person = register_person(person=Person(first_name="Halina", last_name="Wrona", sex="female"), by=tomasz)
    row = make_participation(group.edition, tomasz, day=FIRST, group=group, person=person)
    make_attendance(meeting, row, tomasz)
    with pytest.raises(ValidationError, match=r"obecność na zajęciach"):
        correct_person(person=person, version=None, by=tomasz, died_on=date(2026, 10, 9))


def test_an_absence_after_the_death_stays(anna, tomasz, danuta, meeting):
    make_attendance(meeting, danuta, tomasz, Presence.UNEXCUSED)
    correct_person(person=danuta.person, version=None, by=anna, died_on=date(2026, 10, 9))
    danuta.refresh_from_db()
    assert danuta.status == Status.BROKEN_OFF


# ---- merged records ----------------------------------------------------------------------------------
@pytest.fixture
def halina(group, tomasz) -> tuple[Person, Person]:
    """Two records of one woman, of which the second ended its part."""
    people = [Person(first_name="Halina", last_name="Wrona", sex="female") for _ in range(2)]
    return tuple(register_person(person=each, by=tomasz) for each in people)


def attend(group, meeting, person, by, presence, **values):
    row = make_participation(group.edition, by, day=FIRST, group=group, person=person, **values)
    return make_attendance(meeting, row, by, presence)


def test_two_records_at_one_meeting_are_a_contradiction(group, meeting, halina, tomasz, maria):
    first = attend(group, meeting, halina[0], tomasz, Presence.PRESENT)
    second = attend(group, meeting, halina[1], tomasz, Presence.UNEXCUSED, status=Status.FINISHED)
    shown = [
        each for each in find_contradictions(*halina) if "spotk" in each.subject or "obecność" in each.subject
    ]
    assert shown[0].subject == "obecność: Warsztaty dla mam, 12.10.2026"
    assert [text for _, text in shown[0].options] == [
        "Wpis pierwszy: obecność",
        "Wpis drugi: nieobecność nieusprawiedliwiona",
    ]
    with pytest.raises(ValidationError, match=r"[Ww]ybierz"):
        merge_people(keep=halina[0], drop=halina[1], by=maria)
    assert set(Attendance.objects.all()) == {first, second}
    merge_people(keep=halina[0], drop=halina[1], decisions={shown[0].key: str(first.pk)}, by=maria)
    assert Attendance.objects.get() == first


def test_presence_at_different_meetings_becomes_that_of_one_person(group, meeting, halina, tomasz, maria):
    attend(group, meeting, halina[0], tomasz, Presence.PRESENT)
    other = make_held(group, tomasz, date(2026, 10, 5))
    attend(group, other, halina[1], tomasz, Presence.PRESENT, status=Status.FINISHED)
    merge_people(keep=halina[0], drop=halina[1], by=maria)
    assert set(Attendance.objects.values_list("person", flat=True)) == {halina[0].pk}
    assert Attendance.objects.count() == 2
