"""A membership is not pulled from under a presence, an agreement or a word about the plan."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from families.care.actions import record_placement
from families.choices import CareForm, Kinship
from families.people.actions import OUTSIDE_SCOPE_REFUSAL, add_member, correct_person, end_membership
from families.people.corrections.actions import (
    correct_membership_dates,
    delete_person_entered_in_error,
    removal_refusal,
)
from families.people.identity import register_person
from families.visits.models import Agreement
from lubsko_ops.core import clock
from tests.factories import OPENED_ON, TODAY, person_data
from tests.families.people.helpers import latest_membership, page_url
from tests.families.visits.helpers import make_visit
from tests.form_client import response_text, submit_form
from tests.plan_factories import create_plan_in_force

SEEN, AGREED = date(2026, 10, 5), date(2026, 10, 12)


@pytest.fixture
def kacper(kowalscy, anna):
    """The son, seen at a visit."""
    row = latest_membership(kowalscy, "Kacper")
    make_visit(kowalscy, anna, SEEN, present=[row.person])
    return row


@pytest.fixture
def danuta(kowalscy, anna):
    """The mother, who took something upon herself."""
    row = latest_membership(kowalscy, "Danuta")
    make_visit(kowalscy, anna, AGREED, agreements=[Agreement(what="Złożyć wniosek", person=row.person)])
    return row


def test_the_form_lists_what_rests_on_the_days(client, kowalscy, maria, kacper):
    client.force_login(maria)
    refused = submit_form(client, page_url(kowalscy, "membership-end", kacper), on="04.10.2026")
    words = response_text(refused)
    assert refused.status_code == 422
    assert "musi należeć do rodziny: 05.10.2026 (obecność na wizycie)." in words
    assert latest_membership(kowalscy, "Kacper").ends_on is None


def test_the_day_itself_may_be_the_last(kacper, maria):
    assert end_membership(membership=kacper, on=SEEN, version=None, by=maria).ends_on == SEEN


@pytest.mark.parametrize(
    ("starts_on", "ends_on"), [(SEEN + timedelta(days=1), None), (OPENED_ON, SEEN - timedelta(days=1))]
)
def test_moved_days(kacper, maria, starts_on, ends_on):
    with pytest.raises(ValidationError, match=r"05\.10\.2026 \(obecność na wizycie\)"):
        correct_membership_dates(
            membership=kacper, starts_on=starts_on, ends_on=ends_on, version=None, by=maria
        )


def test_both_days_are_refused_in_one_round(kacper, maria):
    with pytest.raises(ValidationError) as refusal:
        correct_membership_dates(
            membership=kacper, starts_on=date(2010, 1, 2), ends_on=date(2010, 1, 1), version=None, by=maria
        )
    assert set(refusal.value.message_dict) == {"starts_on", "ends_on"}


def test_an_agreement(danuta, maria):
    with pytest.raises(ValidationError, match=r"12\.10\.2026 \(ustalenie z wizyty\)"):
        end_membership(membership=danuta, on=SEEN, version=None, by=maria)


def test_a_signature(kowalscy, anna, tomasz, maria):
    with clock.freeze_time(AGREED):
        create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    with pytest.raises(ValidationError, match=r"12\.10\.2026 \(podpis pod planem\)"):
        end_membership(membership=latest_membership(kowalscy, "Danuta"), on=SEEN, version=None, by=maria)


def test_a_basis_and_a_placement(kowalscy, maria, tomasz):
    """Nobody leaves the family before giving their consent, no child before being placed in care."""
    with pytest.raises(ValidationError, match=r"04\.03\.2026 \(zgoda\)"):
        danuta = latest_membership(kowalscy, "Danuta")
        end_membership(membership=danuta, on=date(2026, 3, 3), version=None, by=maria)
    kacper = latest_membership(kowalscy, "Kacper")
    placement = {"form": CareForm.RELATED, "starts_on": SEEN}
    record_placement(family=kowalscy, person=kacper.person, by=tomasz, **placement)
    with pytest.raises(ValidationError, match=r"05\.10\.2026 \(umieszczenie w pieczy\)"):
        end_membership(membership=kacper, on=SEEN - timedelta(days=1), version=None, by=maria)


def test_a_person_seen_is_not_taken_back(kowalscy, kacper, maria):
    assert "05.10.2026 (obecność na wizycie)" in removal_refusal(kowalscy, kacper.person)
    with pytest.raises(ValidationError, match="obecność na wizycie"):
        delete_person_entered_in_error(membership=kacper, why="dwa razy", version=None, by=maria)


class TestLifeOfThePerson:
    @pytest.mark.parametrize(
        ("field", "day"), [("died_on", SEEN - timedelta(days=1)), ("born_on", SEEN + timedelta(days=1))]
    )
    def test_no_death_before_and_no_birth_after_a_presence(self, kacper, maria, field, day):
        with pytest.raises(ValidationError, match="obecność na wizycie") as refusal:
            correct_person(person=kacper.person, version=None, by=maria, **{field: day})
        assert field in refusal.value.message_dict

    def test_death_on_the_day_of_the_visit(self, kowalscy, kacper, maria):
        correct_person(person=kacper.person, version=None, by=maria, died_on=SEEN)
        assert latest_membership(kowalscy, "Kacper").ends_on == SEEN

    def test_what_rests_in_another_family_is_not_told(self, kowalscy, nowakowie, anna, ewa, maria):
        """Iwona belongs to both families; anna may open the Kowalscy only."""
        iwona = register_person(person=person_data("Iwona", "Lis", born_on=date(1970, 4, 5)), by=maria)
        for family in (kowalscy, nowakowie):
            add_member(family=family, person=iwona, kinship=Kinship.RELATIVE, starts_on=OPENED_ON, by=maria)
        make_visit(nowakowie, ewa, SEEN, present=[iwona])
        day = SEEN - timedelta(days=1)
        with pytest.raises(ValidationError) as refusal:
            correct_person(person=iwona, version=None, by=anna, died_on=day)
        assert refusal.value.messages == [OUTSIDE_SCOPE_REFUSAL]
        with pytest.raises(ValidationError, match="obecność na wizycie"):
            correct_person(person=iwona, version=None, by=ewa, died_on=day)


def test_days_outside_before_do_not_stand_in_the_way(kacper, maria):
    """As in imported history: he was seen before he belonged to the family."""
    type(kacper).objects.filter(pk=kacper.pk).update(starts_on=SEEN + timedelta(days=2))
    kacper.refresh_from_db()
    assert end_membership(membership=kacper, on=TODAY, version=None, by=maria).ends_on == TODAY
