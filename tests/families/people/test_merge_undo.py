"""A merge may be undone by the manager until something of either record changes."""

import pytest
from django.core.exceptions import ValidationError

from families.caseload.models import LegalBasis
from families.people.actions import add_phone, change_membership, correct_person
from families.people.address_actions import set_address
from families.people.duplicates.actions import merge_people, undo_merge
from families.people.duplicates.matching import duplicate_pairs
from families.people.models import Address, Membership, Person, PersonMerge, Phone
from families.plans.models import PlanSignature
from tests.factories import TODAY
from tests.families.people.helpers import last_change
from tests.families.people.test_merge_contradictions import (  # noqa: F401
    LIST,
    choose,
    consents,
    danuta,
    double,
    signed,
)
from tests.form_client import response_text, submit_form
from tests.page import page_text

MODELS = (Person, Membership, Address, Phone, LegalBasis, PlanSignature)
CHANGED = "Po połączeniu zmieniono wpisy o tej osobie"


def state() -> dict:
    """All rows as they are, without the versions."""
    return {
        model: [
            {name: value for name, value in row.items() if name != "version"}
            for row in model.objects.order_by("pk").values()
        ]
        for model in MODELS
    }


@pytest.fixture
def merged(signed, consents, kowalscy, danuta, double, maria):  # noqa: F811
    """Everything contradicts, the second row is chosen everywhere; with the state before."""
    add_phone(family=kowalscy, number="600 100 200", person=double, starts_on=TODAY, by=maria)
    correct_person(person=double, version=None, died_on=TODAY, by=maria)
    before, pairs = state(), [(pair.person_a, pair.person_b) for pair in duplicate_pairs()]
    decisions = choose(danuta, double, plansignature=1, legalbasis=1, membership=1)
    merge_people(keep=danuta, drop=double, by=maria, decisions=decisions)
    assert state() != before
    return PersonMerge.objects.get(), before, pairs


def test_every_row_is_as_it_was(merged, maria):
    merge, before, pairs = merged
    undo_merge(merge=merge, why="to siostra", by=maria)
    assert state() == before
    assert [(pair.person_a, pair.person_b) for pair in duplicate_pairs()] == pairs
    assert last_change(Person.objects.get(pk=merge.dropped_id)) == (
        "maria",
        "Cofnięcie połączenia wpisów: to siostra",
    )


def test_with_a_reason_and_once(merged, maria):
    with pytest.raises(ValidationError, match="Napisz, dlaczego"):
        undo_merge(merge=merged[0], why=" ", by=maria)
    undo_merge(merge=merged[0], why="to siostra", by=maria)
    with pytest.raises(ValidationError, match="To połączenie już cofnięto"):
        undo_merge(merge=merged[0], why="to siostra", by=maria)


def test_not_once_a_row_of_the_person_was_changed(merged, maria):
    correct_person(person=merged[0].kept, version=None, last_name="Nowak", by=maria)
    with pytest.raises(ValidationError, match=CHANGED):
        undo_merge(merge=merged[0], why="to siostra", by=maria)


def test_nor_once_one_was_added(merged, kowalscy, maria):
    add_phone(family=kowalscy, number="600 100 300", person=merged[0].kept, starts_on=TODAY, by=maria)
    with pytest.raises(ValidationError, match=CHANGED):
        undo_merge(merge=merged[0], why="to siostra", by=maria)


def test_it_may_be_merged_again_and_undone_again(merged, danuta, double, maria):  # noqa: F811
    undo_merge(merge=merged[0], why="to siostra", by=maria)
    danuta, double = Person.objects.get(pk=danuta.pk), Person.objects.get(pk=double.pk)
    merge_people(keep=double, drop=danuta, by=maria, decisions=choose(danuta, double))
    undo_merge(merge=PersonMerge.objects.get(undone=False), why="jednak siostra", by=maria)
    assert state() == merged[1]


def test_an_address_that_moved_goes_back(kowalscy, danuta, double, maria):  # noqa: F811
    row = kowalscy.memberships.get(person=double)
    change_membership(
        membership=row, kinship=row.kinship, stay="elsewhere", since=row.starts_on, version=None, by=maria
    )
    set_address(membership=row, since=TODAY, house="3", locality="Żary", by=maria)
    before = state()
    merge_people(keep=danuta, drop=double, by=maria, decisions=choose(danuta, double))
    undo_merge(merge=PersonMerge.objects.get(), why="to siostra", by=maria)
    assert state() == before


def test_the_page(as_maria, merged, maria):
    url = f"{LIST}cofnij/{merged[0].pk}/"
    assert url in as_maria.get(LIST).content.decode()
    assert submit_form(as_maria, url, why="").status_code == 422
    assert submit_form(as_maria, url, why="to siostra").url == LIST
    text = response_text(as_maria.get(LIST))
    assert "to znów dwa wpisy" in text and url not in text
    assert state() == merged[1]


def test_the_page_says_when_it_is_too_late(as_maria, merged, maria):
    url = f"{LIST}cofnij/{merged[0].pk}/"
    correct_person(person=merged[0].kept, version=None, last_name="Nowak", by=maria)
    assert CHANGED in page_text(as_maria.get(url))
    response = submit_form(as_maria, url, why="to siostra")
    assert response.status_code == 422 and CHANGED in page_text(response)


@pytest.mark.parametrize("who", ["anna", "tomasz", "jan"])
def test_only_the_manager_may(client, request, merged, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(f"{LIST}cofnij/{merged[0].pk}/").status_code == 403
