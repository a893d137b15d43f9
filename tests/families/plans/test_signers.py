"""Merging duplicates and removing a person respect plan signatures."""

import pytest
from django.core.exceptions import ValidationError

from families.care.actions import record_placement
from families.choices import CareForm
from families.people.actions import add_member
from families.people.corrections.actions import delete_person_entered_in_error
from families.people.duplicates.actions import merge_people
from families.plans.models import PlanSignature
from tests.factories import TODAY
from tests.families.people.helpers import decisions_for
from tests.families.plans.helpers import half_signed, member, signed_by, with_grandmother
from tests.families.visits.helpers import make_visit
from tests.plan_factories import create_accepted_plan


def test_merging_two_signers_leaves_one_signature(kowalscy, anna, tomasz, maria):
    with_grandmother(kowalscy, by=anna)
    plan = create_accepted_plan(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    for name in ("Danuta", "Zofia"):
        signed_by(plan, kowalscy, name, by=anna)
    keep, drop = member(kowalscy, "Danuta"), member(kowalscy, "Zofia")
    merge_people(keep=keep, drop=drop, by=maria, decisions=decisions_for(keep, drop))
    assert PlanSignature.objects.get().person == keep
    gone = PlanSignature.history.filter(history_type="-").get()
    assert (gone.person_id, gone.history_user) == (drop.pk, maria)


def test_merging_two_attendees_leaves_one(kowalscy, anna, maria):
    with_grandmother(kowalscy, by=anna)
    keep, drop = member(kowalscy, "Danuta"), member(kowalscy, "Zofia")
    visit = make_visit(kowalscy, anna, present=[keep, drop])
    merge_people(keep=keep, drop=drop, by=maria, decisions=decisions_for(keep, drop))
    assert visit.attendees.get().person == keep


def test_signer_cannot_be_removed_from_the_family(kowalscy, nowakowie, anna, tomasz, maria):
    """Also when the person belongs to another family, so that nothing else blocks the removal."""
    plan = half_signed(kowalscy, by=anna, tomasz=tomasz, maria=maria).plan
    signed = plan.signatures.get().person
    existing_person = signed
    add_member(family=nowakowie, person=existing_person, kinship="relative", starts_on=TODAY, by=maria)
    membership = kowalscy.memberships.get(person=signed)
    with pytest.raises(ValidationError, match="planie pracy, wersja 1"):
        delete_person_entered_in_error(membership=membership, why="nie ta rodzina", version=None, by=anna)
    assert plan.signatures.get().person == signed


def test_child_in_care_cannot_be_removed_from_the_family(kowalscy, nowakowie, anna, maria):
    child = member(kowalscy, "Kacper")
    record_placement(family=kowalscy, person=child, form=CareForm.PROFESSIONAL, starts_on=TODAY, by=maria)
    existing_person = child
    add_member(family=nowakowie, person=existing_person, kinship="relative", starts_on=TODAY, by=maria)
    membership = kowalscy.memberships.get(person=child)
    with pytest.raises(ValidationError, match="w pieczy zastępczej od 13"):
        delete_person_entered_in_error(membership=membership, why="nie ta rodzina", version=None, by=anna)
