"""A person belongs to two families: a refusal because of one of them discloses nothing to who works with the other."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from families.caseload.actions import BasisData, add_basis
from families.choices import BasisKind, Kinship, Sex
from families.people.actions import OUTSIDE_SCOPE_REFUSAL, add_member, correct_person
from families.people.address_actions import set_address
from families.people.identity import register_person
from families.visits.validators import check_visit
from tests.factories import OPENED_ON, person_data
from tests.families.people.helpers import page_url
from tests.families.visits.helpers import make_visit, visit_data
from tests.form_client import submit_form
from tests.page import page_text

JOINED = date(2026, 9, 1)


@pytest.fixture
def iwona(kowalscy, nowakowie, maria):
    """An aunt of the Kowalscy; of the Nowakowie the grandmother, with an address of her own, since September."""
    person = register_person(person=person_data("Iwona", "Lis", born_on=date(1970, 4, 5)), by=maria)
    add_member(family=kowalscy, person=person, kinship=Kinship.RELATIVE, starts_on=OPENED_ON, by=maria)
    member = add_member(
        family=nowakowie,
        person=person,
        kinship=Kinship.GRANDPARENT,
        starts_on=JOINED,
        stay="elsewhere",
        by=maria,
    )
    set_address(membership=member, since=date(2026, 10, 1), house="7", locality="Chocicz", by=maria)
    return person


@pytest.fixture
def stepmother(kowalscy, nowakowie, maria):
    person = register_person(person=person_data("Zenobia", "Lis", born_on=date(1980, 4, 5)), by=maria)
    add_member(family=kowalscy, person=person, kinship=Kinship.RELATIVE, starts_on=OPENED_ON, by=maria)
    add_member(family=nowakowie, person=person, kinship=Kinship.STEPMOTHER, starts_on=OPENED_ON, by=maria)
    basis = BasisData(kind=BasisKind.CONSENT, starts_on=date(2026, 9, 15), person=person)
    add_basis(period=nowakowie.periods.get(), data=basis, by=maria)
    return person


# What is changed, and what a user who may open the other family reads.
REASONS = [
    ("stepmother", {"sex": Sex.MALE}, "Macocha to kobieta"),
    ("iwona", {"born_on": date(2012, 1, 1)}, "To nie może być babcia"),
    ("iwona", {"died_on": date(2026, 8, 1)}, "zapisana w rodzinie także po tym dniu"),
    ("iwona", {"died_on": date(2026, 9, 20)}, "ta osoba ma tu zapisany adres"),
    ("stepmother", {"died_on": date(2026, 9, 1)}, "Podstawa pracy tej osoby"),
]


@pytest.mark.parametrize(("name", "change", "reason"), REASONS)
def test_the_reason_is_told_within_the_scope_only(request, anna, ewa, maria, name, change, reason):
    person = request.getfixturevalue(name)
    for user in (ewa, maria):
        with pytest.raises(ValidationError, match=reason):
            correct_person(person=person, version=None, by=user, **change)
    with pytest.raises(ValidationError) as refusal:
        correct_person(person=person, version=None, by=anna, **change)
    assert refusal.value.messages == [OUTSIDE_SCOPE_REFUSAL]
    assert not hasattr(refusal.value, "error_dict"), "the field would be a part of the reason"


def test_the_form_says_whom_to_ask(as_anna, kowalscy, stepmother):
    response = submit_form(
        as_anna, page_url(kowalscy, "person-edit", stepmother), sex="male", pesel_missing="unknown"
    )
    words = page_text(response)
    assert response.status_code == 422 and OUTSIDE_SCOPE_REFUSAL in words and "Macocha" not in words


def test_an_overlapping_visit_of_a_family_handed_over_long_ago(anna, kowalscy, nowakowie, monkeypatch):
    """Her own visit, in a family she may no longer open: the hours are shown, the family is not."""
    make_visit(kowalscy, anna)
    period = kowalscy.periods.get()
    data = visit_data(starts_at="14:00", ends_at="15:00")
    with pytest.raises(ValidationError, match="masz już zapisaną wizytę: Kowalscy"):
        check_visit(data, period=period, assistant=anna)
    visible = type(kowalscy)._default_manager.none()
    monkeypatch.setattr("families.people.models.FamilyQuerySet.visible_to", lambda *args, **kwargs: visible)
    with pytest.raises(ValidationError) as refusal:
        check_visit(data, period=period, assistant=anna)
    assert (
        "Od 13:30 do 14:30 masz już zapisaną wizytę: w rodzinie, którą przekazano."
        in refusal.value.messages[0]
    )
