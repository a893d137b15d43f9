"""The pages of groups: the tab of a project, one group with those of its people the user may see."""

from datetime import date

import pytest

from families.people.models import Person
from projects.groups.views import age_range
from projects.models import ProjectGroup
from projects.participants.people import age_text
from tests.form_client import response_text
from tests.projects.groups.helpers import enrol, make_group, mother_of, page
from tests.projects.helpers import make_running
from tests.statement_counts import page_statements


@pytest.fixture
def edition(tomasz, maria):
    return make_running(tomasz, maria)


def test_a_project_without_groups(as_tomasz, as_anna, edition):
    text = response_text(as_anna.get(page("projects:groups", edition.pk)))
    assert "Nie ma jeszcze grup" in text and "Nowa grupa" not in text


def test_the_list_and_the_project_say_who_leads_and_how_many_places_are_taken(
    as_maria, tomasz, edition, kowalscy
):
    group = make_group(edition, tomasz, leader=tomasz, other_place="Biblioteka, sala 2")
    enrol(group, tomasz, person=mother_of(kowalscy), family=kowalscy)
    enrol(group, tomasz, status="reserve", person=kowalscy.memberships.get(kinship="child").person)
    for url, text_there in (
        ("projects:groups", "Biblioteka, sala 2"),
        ("projects:project", "Grupy i zajęcia"),
    ):
        text = response_text(as_maria.get(page(url, edition.pk)))
        assert all(each in text for each in ("Warsztaty dla mam", str(tomasz), "1 z 12", text_there))


def test_a_group_shows_what_it_is(as_maria, tomasz, edition):
    values = {"meetings": 9, "hours": 18, "goals": [2], "age_from": 5, "age_to": 16}
    group = make_group(edition, tomasz, leader_name="Olga Marzec", **values)
    text = response_text(as_maria.get(page("groups:group", group.pk)))
    shown = ("9 spotkań, 18 godzin", "2. Budżet domowy", "5–16 lat", "Olga Marzec", "spoza ośrodka")
    assert all(each in text for each in shown)


def test_anna_sees_her_people_by_name_and_the_others_counted(as_anna, tomasz, edition, kowalscy, nowakowie):
    group = make_group(edition, tomasz)
    enrol(group, tomasz, person=mother_of(kowalscy), family=kowalscy)
    enrol(group, tomasz, person=mother_of(nowakowie), family=nowakowie)
    text = response_text(as_anna.get(page("groups:group", group.pk)))
    assert str(mother_of(kowalscy)) in text and str(mother_of(nowakowie)) not in text
    assert "I 1 osoba spoza Twoich rodzin i grup." in text and "2 z 12" in text


def test_the_leader_sees_all_of_them(as_anna, anna, tomasz, edition, nowakowie):
    group = make_group(edition, tomasz, leader=anna)
    enrol(group, tomasz, person=mother_of(nowakowie), family=nowakowie)
    assert str(mother_of(nowakowie)) in response_text(as_anna.get(page("groups:group", group.pk)))


def test_the_administrator_sees_nothing(client, jan, tomasz, edition):
    group = make_group(edition, tomasz)
    client.force_login(jan)
    for url in (page("projects:groups", edition.pk), page("groups:group", group.pk)):
        assert client.get(url).status_code == 403


@pytest.mark.parametrize("number", [1, 12])
def test_statements_do_not_grow(as_maria, tomasz, edition, kowalscy, number):
    for each in range(number):
        group = make_group(edition, tomasz, name=f"Grupa {each}", leader=tomasz, goals=[1])
        enrol(group, tomasz, person=mother_of(kowalscy), family=kowalscy)
    assert len(page_statements(as_maria, page("projects:groups", edition.pk))) <= 8
    # Three of them are of the meetings of the group.
    assert len(page_statements(as_maria, page("groups:group", group.pk))) <= 12
    assert len(page_statements(as_maria, page("projects:project", edition.pk))) <= 15


# ---- words -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({}, ""),
        ({"age_from": 5, "age_to": 16}, "5–16 lat"),
        ({"age_from": 18}, "od 18 lat"),
        ({"age_to": 12, "age_unit": "months"}, "do 12 miesięcy"),
        ({"age_to": 1}, "do 1 roku"),
    ],
)
def test_ages_of_a_group(values, text):
    assert age_range(ProjectGroup(**values)).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("born_on", "unit", "text"),
    [
        (date(1992, 5, 1), "years", "34 lata"),
        (date(2026, 3, 10), "months", "7 miesięcy"),
        (date(2026, 3, 10), "years", "7 miesięcy"),
        (None, "years", ""),
        (date(2026, 12, 1), "months", ""),
    ],
)
def test_ages_of_people(born_on, unit, text):
    assert age_text(Person(born_on=born_on), date(2026, 10, 13), unit).replace("\u00a0", " ") == text
