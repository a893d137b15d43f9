"""Two people of one name are distinguished wherever one of them is chosen."""

from datetime import date

import pytest

from families.choices import Kinship, Sex
from families.people.actions import add_member
from families.people.identity import distinct_names
from families.people.models import Person
from tests.factories import OPENED_ON, person_data
from tests.families.people.helpers import latest_membership, page_url
from tests.families.visits.helpers import new_visit_url
from tests.form_client import response_text
from tests.plan_factories import create_accepted_plan

FATHER, SON = "Piotr Kowalska, ojciec, ur. 1985", "Piotr Kowalska, syn, ur. 2005"


@pytest.fixture
def namesakes(kowalscy, maria):
    """The grown-up son is called like his father."""
    father = latest_membership(kowalscy, "Piotr").person
    son = person_data("Piotr", father.last_name, Sex.MALE, date(2005, 3, 1))
    add_member(family=kowalscy, person=son, kinship=Kinship.CHILD, starts_on=OPENED_ON, by=maria)
    return kowalscy


def test_the_forms_of_people(client, maria, namesakes):
    client.force_login(maria)
    for name in ("phone-add", "address-move"):
        words = response_text(client.get(page_url(namesakes, name)))
        assert FATHER in words and SON in words, name
        assert "Danuta Kowalska, " not in words


def test_the_form_of_a_visit(client, anna, namesakes):
    client.force_login(anna)
    words = response_text(client.get(new_visit_url(namesakes)))
    for name in (FATHER, SON):
        assert words.count(name) >= 2, "in the tile and in who takes an agreement upon themselves"


def test_the_signatures_of_a_plan(client, anna, tomasz, maria, namesakes):
    plan = create_accepted_plan(namesakes, by=anna, tomasz=tomasz, maria=maria)
    client.force_login(anna)
    words = response_text(client.get(f"/rodziny/{namesakes.pk}/plan/{plan.number}/podpisy/"))
    assert FATHER in words and SON in words


def test_first_names_suffice_where_they_differ():
    a, b, c = (Person(pk=n, first_name=name, last_name="Lis") for n, name in enumerate("AAB"))
    assert distinct_names([a, b, c], short=True) == {0: "A Lis", 1: "A Lis", 2: "B"}
    a.born_on = date(1980, 1, 1)
    assert distinct_names([a, b], kinship={1: "ojciec"}) == {0: "A Lis, ur. 1980", 1: "A Lis, ojciec"}
