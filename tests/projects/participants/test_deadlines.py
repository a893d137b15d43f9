"""Missing declarations and consents: deadlines of the family, the panel of the start page, the list Braki agree."""

from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from families.choices import DeadlineKind
from families.deadlines.models import Deadline
from families.deadlines.recalculate import compute_all, load_deadlines
from families.people.actions import correct_person
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock
from projects.actions import end_edition
from projects.choices import ParticipationStatus as Status
from projects.choices import ParticipationStepKind as Step
from projects.models import Participation
from projects.participants.facts import children_among, consents_in_force, lacks_papers
from projects.participants.record_actions import record_consent, withdraw_consent
from projects.participants.rules import missing_papers
from tests.factories import TODAY
from tests.projects.factories import make_group
from tests.projects.participants.helpers import (
    enrol_one,
    make_running_with_group,
    member,
    sign_for_child,
    step,
)

pytestmark = pytest.mark.django_db
PAPERS = DeadlineKind.PROJECT_PAPERS


@pytest.fixture
def running(tomasz, maria):
    return make_running_with_group(tomasz, maria)


def open_papers(family) -> list[tuple]:
    rows = Deadline.objects.filter(family=family, kind=PAPERS)
    return list(rows.values_list("subject_id", "due_on", "responsible__username"))


@action
def change_kinship(*, row, kinship, by):
    lock(families=[row.family_id])
    row.kinship = kinship
    save_with_history(row, by=by, why="Poprawka")


def agrees(family) -> bool:
    stored = load_deadlines([family.pk], frozenset({PAPERS}))
    due = compute_all([family.pk], on=TODAY, kinds=frozenset({PAPERS}))
    return {key: row.due_on for key, row in stored.items()} == {key: row.due_on for key, row in due.items()}


def test_a_missing_declaration_is_a_deadline_of_the_assistant_until_it_is_signed(
    running, kowalscy, anna, tomasz
):
    edition, group = running
    row = enrol_one(edition, group, kowalscy, by=anna)
    assert open_papers(kowalscy) == []  # nobody has decided yet
    row = step(row, Step.QUALIFY, by=tomasz)
    assert open_papers(kowalscy) == [(row.pk, TODAY, "anna")]
    consent = record_consent(
        participation=row, person=row.person, kind="declaration", given_on=TODAY, by=anna
    )
    assert open_papers(kowalscy) == []
    withdraw_consent(consent=consent, participation=row, day=TODAY, version=None, by=anna)
    assert open_papers(kowalscy) == [(row.pk, TODAY, "anna")]
    assert agrees(kowalscy)


def test_of_a_child_the_consent_of_a_guardian(running, kowalscy, tomasz):
    edition, group = running
    child = member(kowalscy, "child")
    row = step(enrol_one(edition, group, kowalscy, person=child, by=tomasz), Step.QUALIFY, by=tomasz)
    mother = member(kowalscy)
    record_consent(participation=row, person=child, kind="image", given_on=TODAY, given_by=mother, by=tomasz)
    assert len(open_papers(kowalscy)) == 1
    sign_for_child(row, child, member(kowalscy), by=tomasz)
    assert open_papers(kowalscy) == []


def test_a_corrected_birth_asks_for_the_other_paper(running, kowalscy, tomasz):
    edition, group = running
    child = member(kowalscy, "child")
    row = step(enrol_one(edition, group, kowalscy, person=child, by=tomasz), Step.QUALIFY, by=tomasz)
    sign_for_child(row, child, member(kowalscy), by=tomasz)
    correct_person(person=child, version=None, by=tomasz, born_on=date(2008, 1, 5))
    assert len(open_papers(kowalscy)) == 1
    assert agrees(kowalscy)


def test_of_an_unknown_birth_the_kinship_decides_which_paper(running, kowalscy, tomasz):
    edition, group = running
    row = step(enrol_one(edition, group, kowalscy, by=tomasz), Step.QUALIFY, by=tomasz)
    record_consent(participation=row, person=row.person, kind="declaration", given_on=TODAY, by=tomasz)
    correct_person(person=row.person, version=None, by=tomasz, born_on=None)
    assert open_papers(kowalscy) == []
    change_kinship(row=kowalscy.memberships.get(person=row.person), kinship="child", by=tomasz)
    assert len(open_papers(kowalscy)) == 1
    assert agrees(kowalscy)


def test_nothing_is_asked_once_the_project_is_over(running, kowalscy, tomasz):
    edition, group = running
    step(enrol_one(edition, group, kowalscy, by=tomasz), Step.QUALIFY, by=tomasz)
    assert open_papers(kowalscy)
    end_edition(edition=edition, last_day=TODAY, version=None, by=tomasz)
    assert open_papers(kowalscy) == []
    assert agrees(kowalscy)


def test_the_deadline_leads_to_the_projects_of_the_family(running, kowalscy, anna, tomasz, client):
    edition, group = running
    step(enrol_one(edition, group, kowalscy, by=anna), Step.QUALIFY, by=tomasz)
    client.force_login(anna)
    page = client.get(f"/rodziny/{kowalscy.pk}/").text
    assert "Deklaracja albo zgoda do projektu" in page
    assert f"/rodziny/{kowalscy.pk}/projekty/" in page


def test_the_start_page_counts_what_the_list_shows(running, kowalscy, anna, tomasz, maria, client):
    edition, group = running
    step(enrol_one(edition, group, kowalscy, by=anna), Step.QUALIFY, by=tomasz)
    enrol_one(edition, group, kowalscy, person=member(kowalscy, "father"), by=anna)
    for user in (tomasz, maria):
        client.force_login(user)
        page = client.get("/").text
        assert "1\u00a0osoba bez deklaracji albo zgody" in page
        assert "1\u00a0zgłoszenie do decyzji" in page
        assert "widok=braki" in page
    client.force_login(anna)
    assert "do decyzji" not in client.get("/").text


def test_free_places_of_the_start_page_are_those_somebody_can_be_offered(kowalscy, tomasz, maria, client):
    """Places of the project do not count for a group with places of its own."""
    edition, group = make_running_with_group(tomasz, maria, places=14, capacity=1)
    mother = step(enrol_one(edition, group, kowalscy, by=tomasz), Step.QUALIFY, by=tomasz)
    waits = enrol_one(edition, group, kowalscy, person=member(kowalscy, "father"), by=tomasz)
    step(waits, Step.PUT_ON_RESERVE, by=tomasz)
    client.force_login(tomasz)
    assert "woln" not in client.get("/").text
    step(mother, Step.BREAK_OFF, by=tomasz, reason="work")
    page = client.get("/").text
    assert "Warsztaty dla mam: 1\u00a0wolne miejsce, 1\u00a0osoba czeka" in page
    people = reverse("projects:participants", args=[edition.pk])
    assert escape(f"{people}?widok=rezerwa&grupa={group.pk}") in page


@given(data=st.data())
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_the_condition_in_sql_is_the_rule(data, tomasz, maria, kowalscy):
    """Of random participants with random papers: the same rows lack something by the rule and by the condition."""
    with transaction.atomic():
        edition, group = make_running_with_group(tomasz, maria)
        pairs = make_group(edition, tomasz, name="Pary", takes="pairs")
        people = [member(kowalscy, kinship) for kinship in ("mother", "father", "child")]
        child = people[2]
        if data.draw(st.booleans(), "birth unknown"):
            type(child).objects.filter(pk=child.pk).update(born_on=None)
            child.refresh_from_db()
        rows = [enrol_one(edition, group, kowalscy, person=each, by=tomasz) for each in people]
        rows.append(enrol_one(edition, pairs, kowalscy, person=people[0], child=child, by=tomasz))
        Participation.objects.update(status=Status.QUALIFIED)
        for person in people:
            for kind in data.draw(st.sets(st.sampled_from(["declaration", "image"])), "papers"):
                record_consent(
                    participation=rows[people.index(person)],
                    person=person,
                    kind=kind,
                    given_on=TODAY,
                    given_by=people[0] if person == child else None,
                    by=tomasz,
                )
        if data.draw(st.booleans(), "guardian signed"):
            sign_for_child(rows[2], child, people[0], by=tomasz)
        under_age = children_among(people, on=TODAY)
        given_papers = consents_in_force(edition, [each.pk for each in people], on=TODAY)
        by_rule = {
            row.pk
            for row in rows
            if any(
                missing_papers(is_child=each.pk in under_age, given=given_papers[each.pk])
                for each in (row.person, row.child)
                if each
            )
        }
        lacking = Participation.objects.filter(lacks_papers(TODAY), edition=edition)
        assert set(lacking.values_list("pk", flat=True)) == by_rule
        transaction.set_rollback(True)


def test_a_paper_counts_from_its_day(running, kowalscy, tomasz):
    edition, group = running
    row = step(enrol_one(edition, group, kowalscy, by=tomasz), Step.QUALIFY, by=tomasz)
    record_consent(participation=row, person=row.person, kind="declaration", given_on=TODAY, by=tomasz)
    lacking = Participation.objects.filter(lacks_papers(date(2026, 10, 12)))
    assert [each.pk for each in lacking] == [row.pk]
    assert not Participation.objects.filter(lacks_papers(TODAY)).exists()
