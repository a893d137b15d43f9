"""The tab Projekty in the file of a family, and what the timeline says about participants."""

from datetime import date

import pytest

from families.timeline.events import EVENT_KINDS
from families.timeline.models import TimelineEntry
from families.timeline.recalculate import families_with_events, refresh_timeline
from projects.choices import ParticipationStatus
from projects.permissions import FAMILY_PROJECTS
from tests.page import Page
from tests.projects.factories import make_group, make_participation
from tests.projects.helpers import make_approved

pytestmark = pytest.mark.django_db


def as_user(client, user):
    client.force_login(user)
    return client


DAY = date(2026, 10, 12)


@pytest.fixture
def mother(kowalscy):
    return kowalscy.memberships.get(kinship="mother").person


@pytest.fixture
def edition(tomasz, maria):
    return make_approved(tomasz, maria, starts_on=date(2026, 10, 1))


@pytest.fixture
def participation(edition, kowalscy, mother, tomasz):
    group = make_group(edition, tomasz)
    return make_participation(
        edition, tomasz, day=DAY, group=group, family=kowalscy, person=mother, plan_goal="Szukam pracy"
    )


def url(family):
    return f"/rodziny/{family.pk}/projekty/"


def test_shows_who_takes_part_in_what(client, anna, kowalscy, participation, mother, edition):
    page = as_user(client, anna).get(url(kowalscy)).text
    for text in (
        str(mother),
        edition.title,
        "Warsztaty dla mam",
        "uczestniczy",
        "12.10.2026",
        "Szukam pracy",
    ):
        assert text in page
    assert f"/projekty/{edition.pk}/" in page


def test_who_has_left_stands_below(client, anna, kowalscy, edition, mother, tomasz):
    make_participation(
        edition, tomasz, day=DAY, family=kowalscy, person=mother, status=ParticipationStatus.FINISHED
    )
    page = as_user(client, anna).get(url(kowalscy)).text
    assert "Wcześniej" in page
    assert "Nikt z rodziny nie bierze teraz udziału" in " ".join(page.split())


def test_a_whole_family(client, anna, kowalscy, edition, tomasz):
    make_participation(edition, tomasz, day=DAY, family=kowalscy)
    assert "cała rodzina" in as_user(client, anna).get(url(kowalscy)).text


def test_empty(client, anna, kowalscy):
    assert "Nie ma wpisów o projektach" in as_user(client, anna).get(url(kowalscy)).text


def test_out_of_scope_is_not_there(client, ewa, zofia, kowalscy, participation):
    assert as_user(client, ewa).get(url(kowalscy)).status_code == 404
    assert as_user(client, zofia).get(url(kowalscy)).status_code == 404


def test_not_for_an_administrator(client, jan, kowalscy):
    assert as_user(client, jan).get(url(kowalscy)).status_code in (403, 404)


def test_the_same_statements_for_many(
    client, anna, kowalscy, edition, mother, tomasz, django_assert_max_num_queries
):
    for number in range(4):
        group = make_group(edition, tomasz, name=f"Grupa {number}")
        make_participation(edition, tomasz, day=DAY, group=group, family=kowalscy, person=mother)
    as_user(client, anna).get(url(kowalscy))
    with django_assert_max_num_queries(12):
        assert Page(client.get(url(kowalscy)).text)


class TestTimeline:
    def kind(self):
        return EVENT_KINDS["project_step"]

    def test_a_step_stands_on_the_timeline(self, client, anna, kowalscy, participation, edition):
        refresh_timeline([kowalscy.pk])
        entry = TimelineEntry.objects.get(kind="project_step")
        assert (entry.family, entry.day, entry.parameters) == (kowalscy.pk, DAY, {"step": "begin"})
        page = as_user(client, anna).get(f"/rodziny/{kowalscy.pk}/os-czasu/").text
        assert f"Projekt „{edition.title}”: początek udziału" in page

    def test_reports_and_offers_do_not(self, kowalscy, edition, mother, tomasz):
        make_participation(
            edition, tomasz, day=DAY, family=kowalscy, person=mother, status=ParticipationStatus.REPORTED
        )
        refresh_timeline([kowalscy.pk])
        assert not TimelineEntry.objects.filter(kind="project_step").exists()

    def test_somebody_from_outside_has_no_timeline(self, edition, mother, tomasz, kowalscy):
        row = make_participation(edition, tomasz, day=DAY, person=mother)
        assert self.kind().families_of([row.steps.get()]) == set()
        refresh_timeline([kowalscy.pk])
        assert not TimelineEntry.objects.filter(kind="project_step").exists()
        assert None not in set(families_with_events())

    def test_only_those_who_may_see_projects_of_the_family(self):
        assert self.kind().permission is FAMILY_PROJECTS
