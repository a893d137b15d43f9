"""What becomes of participations when records of persons are merged, a child of a pair dies, or a family takes part."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from families.people.actions import correct_person
from families.people.duplicates.actions import merge_people
from families.people.identity import register_person
from families.people.models import Person
from projects.choices import LeavingReason
from projects.choices import ParticipationStatus as Status
from projects.choices import ParticipationStepKind as Step
from projects.models import ParticipantConsent, Participation
from projects.participants.actions import Newcomer, enrol, move_participation
from projects.participants.record_actions import record_consent
from tests.factories import TODAY
from tests.projects.factories import make_group, make_participation
from tests.projects.helpers import make_running
from tests.projects.participants.helpers import step

FIRST = date(2026, 10, 1)


@pytest.fixture
def running(tomasz, maria):
    edition = make_running(tomasz, maria)
    return edition, make_group(edition, tomasz)


@pytest.fixture
def halina(tomasz) -> tuple[Person, Person]:
    """Two records of one woman."""
    people = [Person(first_name="Halina", last_name="Wrona", sex="female") for _ in range(2)]
    return tuple(register_person(person=each, by=tomasz) for each in people)


def test_merged_persons_take_part_as_one(running, halina, tomasz, maria):
    edition, group = running
    keep, drop = halina
    row = make_participation(edition, tomasz, day=FIRST, group=group, person=drop)
    consent = record_consent(participation=row, person=drop, kind="image", given_on=TODAY, by=tomasz)
    merge_people(keep=keep, drop=drop, by=maria)
    assert Participation.objects.get().person == keep
    assert ParticipantConsent.objects.get(pk=consent.pk).person == keep


def test_who_takes_part_twice_in_one_group_is_not_merged(running, halina, tomasz, maria):
    edition, group = running
    for person in halina:
        make_participation(edition, tomasz, day=FIRST, group=group, person=person)
    with pytest.raises(ValidationError, match="jest już zapisana"):
        merge_people(keep=halina[0], drop=halina[1], by=maria)
    assert not Person.objects.exclude(merged_into=None).exists()


def test_the_death_of_the_child_ends_the_pair(running, kowalscy, tomasz, anna):
    edition, group = running
    mother, child = (
        kowalscy.memberships.filter(kinship=each).order_by("pk").first().person
        for each in ("mother", "child")
    )
    row = make_participation(
        edition, tomasz, day=FIRST, group=group, person=mother, child=child, family=kowalscy
    )
    correct_person(person=child, version=None, by=anna, died_on=TODAY)
    row.refresh_from_db()
    assert (row.status, row.steps.order_by("-pk")[0].reason) == (Status.BROKEN_OFF, LeavingReason.DIED)
    child.refresh_from_db()
    correct_person(person=child, version=None, by=anna, died_on=None)
    row.refresh_from_db()
    assert row.status == Status.TAKING_PART


def test_a_pair_does_not_resume_with_the_parent_when_the_child_died(running, kowalscy, tomasz, anna):
    edition, group = running
    mother, child = (
        kowalscy.memberships.filter(kinship=each).order_by("pk").first().person
        for each in ("mother", "child")
    )
    pair = {"person": mother, "child": child, "family": kowalscy}
    row = make_participation(edition, tomasz, day=FIRST, group=group, **pair)
    for person in (child, mother):
        correct_person(person=person, version=None, by=anna, died_on=TODAY)
    mother.refresh_from_db()
    correct_person(person=mother, version=None, by=anna, died_on=None)
    row.refresh_from_db()
    assert row.status == Status.BROKEN_OFF


def test_a_death_before_the_enrolment_is_entered_once_it_is_rejected(running, kowalscy, tomasz, anna):
    edition, group = running
    mother = kowalscy.memberships.get(kinship="mother").person
    data = Participation(reported_on=TODAY)
    newcomer = Newcomer(person=mother, family=kowalscy)
    [row] = enrol(edition=edition, group=group, newcomers=[newcomer], data=data, by=anna)
    died = {"person": mother, "version": None, "by": anna, "died_on": TODAY - timedelta(days=1)}
    with pytest.raises(ValidationError, match="zapis do projektu"):
        correct_person(**died)
    step(row, Step.REJECT, by=tomasz, reason=LeavingReason.PERSONAL)
    assert correct_person(**died).died_on == TODAY - timedelta(days=1)


def test_a_parent_comes_with_twins(tomasz, maria, kowalscy, anna):
    edition = make_running(tomasz, maria)
    group = make_group(edition, tomasz, takes="pairs")
    mother = kowalscy.memberships.get(kinship="mother").person
    twins = [
        register_person(person=Person(first_name=name, last_name="Kowalski", sex="male"), by=tomasz)
        for name in ("Adam", "Jan")
    ]
    pairs = [Newcomer(mother, child, kowalscy) for child in twins]
    data = Participation(reported_on=TODAY)
    assert len(enrol(edition=edition, group=group, newcomers=pairs, data=data, by=anna)) == len(twins) == 2
    with pytest.raises(ValidationError, match="jest już w tym miejscu"):
        enrol(edition=edition, group=group, newcomers=pairs[:1], data=data, by=anna)


def test_a_member_declares_for_a_family_that_takes_part(running, kowalscy, tomasz):
    edition, _ = running
    group = make_group(edition, tomasz, name="Praca", kind="family_work", takes="families")
    row = make_participation(edition, tomasz, day=FIRST, group=group, family=kowalscy)
    mother = kowalscy.memberships.get(kinship="mother").person
    consent = record_consent(participation=row, person=mother, kind="declaration", given_on=TODAY, by=tomasz)
    assert consent.person == mother
    stranger = register_person(person=Person(first_name="Ola", last_name="Lis", sex="female"), by=tomasz)
    with pytest.raises(ValidationError, match="która bierze udział"):
        record_consent(participation=row, person=stranger, kind="image", given_on=TODAY, by=tomasz)


def test_moved_where_the_person_takes_part_already(running, kowalscy, tomasz):
    edition, group = running
    other = make_group(edition, tomasz, name="Grupa II")
    mother = kowalscy.memberships.get(kinship="mother").person
    rows = [
        make_participation(edition, tomasz, day=FIRST, group=each, person=mother, family=kowalscy)
        for each in (group, other)
    ]
    with pytest.raises(ValidationError, match="jest już zapisana"):
        move_participation(participation=rows[0], group=other, day=TODAY, version=None, by=tomasz)
