"""Conflicts of meetings that are to be: place, leaders, participants."""

from datetime import date, time

import pytest

from families.employees.models import Absence
from families.people.identity import register_person
from families.people.models import Person
from lubsko_ops.accounts.models import RoleGrant
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.centre.dictionaries.models import MeetingPlace
from projects.models import GroupLeader
from sessions.choices import MeetingState
from sessions.conflicts import WantedMeeting, conflicts_of
from sessions.models import MeetingLeader
from tests.factories import TODAY
from tests.families.visits.helpers import make_visit
from tests.projects.consultations.helpers import appointment
from tests.projects.groups.helpers import enrol, make_group, make_workshop, mother_of
from tests.sessions.factories import make_meeting

DAY = date(2026, 11, 3)


@pytest.fixture
def library(db, maria):
    return save_with_history(MeetingPlace(name="Biblioteka", address="ul. Szkolna 4"), by=maria, why="próba")


@pytest.fixture
def group(tomasz, maria, anna, library):
    return make_workshop(tomasz, maria, leader=anna, place=library)


@pytest.fixture
def other(group, tomasz):
    return make_group(group.edition, tomasz, name="Klub ojców")


def wanted(start=DAY, *, end=None, at: time | None = time(10), minutes=120, place=None, other_place=""):
    return WantedMeeting(start, end or start, at, at and minutes, place and place.pk, other_place)


def conflicts(group, user, *meetings, **values) -> list[list[str]]:
    return conflicts_of(group, meetings or [wanted()], user=user, on=TODAY, **values)


def test_free_hours_have_none(group, other, tomasz, library):
    make_meeting(other, tomasz, DAY, starts_at=time(12), place=library)
    make_meeting(other, tomasz, DAY, starts_at=time(8), place=library)

    assert conflicts(group, tomasz) == [[]]


def test_a_place_that_another_group_has(group, other, tomasz, library):
    make_meeting(other, tomasz, DAY, place=library)

    sentence = "Miejsce „Biblioteka” zajmuje wtedy grupa „Klub ojców” (9:00–11:00)."
    assert conflicts(group, tomasz, wanted(), wanted(place=library)) == [[sentence], [sentence]]
    assert conflicts(group, tomasz, wanted(other_place="Sala w remizie")) == [[]]


def test_the_place_where_the_other_group_meets(group, tomasz, library):
    other = make_group(group.edition, tomasz, name="Klub ojców", place=library)
    make_meeting(other, tomasz, DAY)
    make_meeting(other, tomasz, date(2026, 11, 4), other_place="Park")

    assert conflicts(group, tomasz, wanted(), wanted(date(2026, 11, 4))) == [
        ["Miejsce „Biblioteka” zajmuje wtedy grupa „Klub ojców” (9:00–11:00)."],
        [],
    ]


def test_what_was_called_off_or_is_being_changed_does_not_count(group, other, tomasz, library):
    make_meeting(other, tomasz, DAY, place=library, state=MeetingState.CANCELLED)
    own = make_meeting(group, tomasz, DAY)

    assert conflicts(group, tomasz) == [["Ta grupa ma wtedy inne spotkanie (9:00–11:00)."]]
    assert conflicts(group, tomasz, skip={own.pk}) == [[]]


def test_a_meeting_over_days_takes_all_of_them(group, other, tomasz, library):
    make_meeting(other, tomasz, DAY, ends_on=date(2026, 11, 5), starts_at=None, minutes=None, place=library)

    sentence = "Miejsce „Biblioteka” zajmuje wtedy grupa „Klub ojców” (03.11.2026–05.11.2026)."
    assert conflicts(group, tomasz, wanted(date(2026, 11, 5)), wanted(date(2026, 11, 6))) == [[sentence], []]


def test_without_an_hour_nothing_is_known_yet(group, other, tomasz, library):
    make_meeting(other, tomasz, DAY, place=library)

    assert conflicts(group, tomasz, wanted(at=None)) == [[]]


def test_a_leader_who_leads_another_meeting(group, other, tomasz, anna):
    lead = GroupLeader(group=other, user=anna, starts_on=other.starts_on)
    save_with_history(lead, by=tomasz, why="próba")
    meeting = make_meeting(other, tomasz, DAY)

    assert conflicts(group, tomasz) == [
        ["Anna Sikora prowadzi wtedy spotkanie grupy „Klub ojców” (9:00–11:00)."]
    ]
    stand_in = MeetingLeader(meeting=meeting, name="Jan Lis", instead_of=lead, reason="urlop")
    save_with_history(stand_in, by=tomasz, why="próba")
    assert conflicts(group, tomasz) == [[]]


def test_a_leader_named_for_another_meeting(group, other, tomasz, anna):
    meeting = make_meeting(other, tomasz, DAY)
    save_with_history(MeetingLeader(meeting=meeting, user=anna), by=tomasz, why="próba")

    assert conflicts(group, tomasz) == [
        ["Anna Sikora prowadzi wtedy spotkanie grupy „Klub ojców” (9:00–11:00)."]
    ]


def test_a_planned_visit_names_no_family(group, tomasz, anna, kowalscy):
    make_visit(kowalscy, anna, next_day=DAY, next_at=time(11))

    assert conflicts(group, tomasz, wanted(), wanted(at=time(12))) == [
        ["Anna Sikora ma wtedy planowaną wizytę."],
        [],
    ]


def test_a_visit_arranged_before_the_last_one_is_past(group, tomasz, anna, kowalscy):
    make_visit(kowalscy, anna, date(2026, 10, 6), next_day=DAY, next_at=time(11))
    make_visit(kowalscy, anna)

    assert conflicts(group, tomasz) == [[]]


def test_a_visit_that_was_held(group, tomasz, anna, kowalscy):
    visit = make_visit(kowalscy, anna)

    answer = conflicts(group, tomasz, wanted(visit.day, at=visit.starts_at))
    assert answer[0][0].startswith("Anna Sikora ma wtedy zapisaną wizytę (")


def test_a_consultation(group, tomasz, olga, access, kowalscy):
    save_with_history(GroupLeader(group=group, user=olga, starts_on=group.starts_on), by=tomasz, why="próba")
    appointment(olga, family=kowalscy, day=DAY, readers="author")

    assert conflicts(group, tomasz) == [["Olga Marzec ma wtedy konsultację (10:00–11:00)."]]


def test_a_leader_without_a_role_by_then(group, tomasz, anna):
    RoleGrant.objects.filter(user=anna).update(ends_on=date(2026, 10, 31))

    assert conflicts(group, tomasz) == [["Anna Sikora nie ma tego dnia roli w aplikacji."]]


def test_a_closed_account(group, tomasz, anna):
    anna.is_active = False
    anna.save()

    assert conflicts(group, tomasz) == [["Anna Sikora ma zamknięte konto."]]


def test_a_leader_who_is_away(group, tomasz, maria, anna):
    away = Absence(user=anna, starts_on=date(2026, 11, 2), ends_on=DAY, reason="sickness")
    save_with_history(away, by=maria, why="próba")

    assert conflicts(group, tomasz, wanted(), wanted(date(2026, 11, 4))) == [
        ["Anna Sikora ma wtedy zapisaną nieobecność."],
        [],
    ]


def test_who_led_the_group_before_is_not_asked_about(group, other, tomasz, anna):
    GroupLeader.objects.filter(group=group).update(ends_on=date(2026, 10, 31))
    save_with_history(
        MeetingLeader(meeting=make_meeting(other, tomasz, DAY), user=anna), by=tomasz, why="próba"
    )

    assert conflicts(group, tomasz) == [[]]


def test_participants_of_another_group(group, other, tomasz, ewa, kowalscy, nowakowie):
    for each in (group, other):
        enrol(each, tomasz, person=mother_of(kowalscy), family=kowalscy)
        enrol(each, tomasz, person=mother_of(nowakowie), family=nowakowie)
    make_meeting(other, tomasz, DAY)

    assert conflicts(group, tomasz) == [
        ["W spotkaniu grupy „Klub ojców” (9:00–11:00) uczestniczą wtedy: Danuta Kowalska i Danuta Nowak."]
    ]
    assert conflicts(group, ewa) == [
        ["W spotkaniu grupy „Klub ojców” (9:00–11:00) uczestniczą wtedy: Danuta Nowak i 1\xa0inna osoba."]
    ]


def test_who_takes_part_in_a_group_of_others_is_counted_not_named(group, other, tomasz, anna):
    halina = Person(first_name="Halina", last_name="Wrona", sex="female")
    halina = register_person(person=halina, by=tomasz)
    for each in (group, other):
        enrol(each, tomasz, person=halina)
    make_meeting(other, tomasz, DAY)

    sentence = "W spotkaniu grupy „Klub ojców” (9:00–11:00) uczestniczą wtedy: {}."
    assert conflicts(group, tomasz) == [[sentence.format("Halina Wrona")]]
    assert conflicts(group, anna) == [[sentence.format("1\xa0inna osoba")]]


def test_who_finished_there_is_free(group, other, tomasz, kowalscy):
    enrol(group, tomasz, person=mother_of(kowalscy), family=kowalscy)
    enrol(other, tomasz, person=mother_of(kowalscy), family=kowalscy, status="finished")
    make_meeting(other, tomasz, DAY)

    assert conflicts(group, tomasz) == [[]]


def test_a_whole_family_and_one_of_its_members(group, tomasz, kowalscy):
    other = make_group(group.edition, tomasz, name="Piknik rodzin", takes="families")
    enrol(group, tomasz, person=mother_of(kowalscy), family=kowalscy)
    enrol(other, tomasz, family=kowalscy)
    make_meeting(other, tomasz, DAY)

    [[sentence]] = conflicts(group, tomasz)
    assert sentence.endswith("uczestniczą wtedy: Danuta Kowalska.")


def test_as_many_statements_for_a_hundred_meetings(
    group, other, tomasz, library, django_assert_num_queries, kowalscy
):
    for each in (group, other):
        enrol(each, tomasz, person=mother_of(kowalscy), family=kowalscy)
    make_meeting(other, tomasz, DAY, place=library)
    tomasz.roles  # noqa: B018 - loaded by the login
    many = [wanted(date(2026, 11, 1 + number % 28), at=time(8 + number // 28)) for number in range(100)]
    with django_assert_num_queries(6):
        assert len(conflicts(group, tomasz, *many)) == 100


def test_who_is_named_for_the_meeting_instead_of_the_leader(group, tomasz, anna, ewa):
    leader = group.leaders.get()
    for user in (anna, ewa):
        absence = Absence(user=user, starts_on=DAY, ends_on=DAY, reason="sickness")
        save_with_history(absence, by=tomasz, why="próba")
    stand_in = MeetingLeader(user=ewa, instead_of=leader, reason="urlop")

    assert conflicts(group, tomasz) == [["Anna Sikora ma wtedy zapisaną nieobecność."]]
    assert conflicts(group, tomasz, own=[stand_in]) == [[f"{ewa} ma wtedy zapisaną nieobecność."]]
    assert conflicts(group, tomasz, own=[stand_in], only_leader=anna.pk) == [[]]
