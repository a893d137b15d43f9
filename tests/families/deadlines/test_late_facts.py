"""What happened before the plan was sent and was entered after it opens the review it would have opened in time."""

from datetime import date, timedelta

import pytest

from families.care.actions import end_placement, record_placement
from families.caseload.actions import BasisData, add_basis, end_basis, hand_over
from families.caseload.models import LegalBasis
from families.choices import BasisKind, CareForm, DeadlineKind, Kinship, LivingArrangement
from families.deadlines.models import Deadline
from families.people.actions import add_member, correct_person
from families.plans.actions import create_plan, review_plan, send_plan
from families.plans.review_triggers import review_reasons
from lubsko_ops.core import clock
from tests.factories import TODAY, person_data
from tests.page import page_text
from tests.plan_factories import create_plan_in_force, plan_data

WEEK_AGO, BEFORE_THE_PLAN = TODAY - timedelta(days=7), TODAY - timedelta(days=10)


@pytest.fixture
def planned(kowalscy, anna, tomasz, maria):
    """A plan in force for a week."""
    with clock.freeze_time(WEEK_AGO):
        return create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)


def reasons(family, on=TODAY) -> list[str]:
    return [str(each) for each in review_reasons(family, on=on)]


def child(family):
    return family.memberships.get(kinship=Kinship.CHILD).person


def place(family, by):
    return record_placement(
        family=family, person=child(family), form=CareForm.RELATED, starts_on=BEFORE_THE_PLAN, by=by
    )


def withdraw_consent(family, by):
    consent = LegalBasis.objects.get(period__family=family)
    end_basis(basis=consent, on=BEFORE_THE_PLAN, why="wycofanie zgody", version=None, by=by)


def record_order(family, by):
    court = BasisData(kind=BasisKind.COURT, starts_on=BEFORE_THE_PLAN, reference="III Nsm 1/26")
    add_basis(period=family.periods.get(), data=court, by=by)


def record_birth(family, by):
    zosia = person_data("Zosia", "Kowalska", born_on=BEFORE_THE_PLAN)
    add_member(family=family, person=zosia, kinship=Kinship.CHILD, starts_on=BEFORE_THE_PLAN, by=by)


LATE = {
    "umieszczenie dziecka w pieczy": place,
    "koniec zgody": withdraw_consent,
    "zobowiązanie sądu": record_order,
    "urodzenie dziecka": record_birth,
}


@pytest.mark.parametrize("what", LATE)
def test_it_opens_a_review_and_says_when_it_was_entered(kowalscy, planned, maria, what):
    LATE[what](kowalscy, maria)
    assert reasons(kowalscy) == [f"{what} 03.10.2026, zapisano 13.10.2026"]
    deadline = Deadline.objects.get(family=kowalscy, kind=DeadlineKind.PLAN_REVIEW)
    assert (deadline.since, deadline.due_on) == (WEEK_AGO, WEEK_AGO + timedelta(days=14))


def test_so_does_a_death_that_ends_a_consent(kowalscy, anna, tomasz, maria):
    """Of the father, who lives elsewhere and signs no plan."""
    began = kowalscy.periods.get().starts_on
    data = person_data("Adam", "Lis", "male", date(1980, 1, 1))
    member = {"family": kowalscy, "kinship": Kinship.RELATIVE, "stay": LivingArrangement.ELSEWHERE}
    adam = add_member(person=data, starts_on=began, by=maria, **member).person
    consent = BasisData(kind=BasisKind.CONSENT, starts_on=began, person=adam)
    add_basis(period=kowalscy.periods.get(), data=consent, by=maria)
    with clock.freeze_time(WEEK_AGO):
        create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    correct_person(person=adam, died_on=BEFORE_THE_PLAN, version=None, by=maria)
    assert reasons(kowalscy) == ["koniec zgody 03.10.2026, zapisano 13.10.2026"]


def test_so_does_another_assistant(kowalscy, planned, ewa, maria):
    hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=BEFORE_THE_PLAN, by=maria)
    assert reasons(kowalscy) == ["zmiana asystenta 03.10.2026, zapisano 13.10.2026"]


def test_so_does_a_return_of_a_stay_the_plan_knew(kowalscy, anna, tomasz, maria):
    with clock.freeze_time(BEFORE_THE_PLAN):
        stay = place(kowalscy, maria)
    with clock.freeze_time(WEEK_AGO):
        create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    end_placement(placement=stay, on=TODAY - timedelta(days=8), returned=True, by=maria)
    assert reasons(kowalscy) == ["powrót dziecka z pieczy 05.10.2026, zapisano 13.10.2026"]


@pytest.mark.parametrize("what", LATE)
def test_entered_in_time_it_was_known_to_the_writer(kowalscy, anna, tomasz, maria, what):
    with clock.freeze_time(BEFORE_THE_PLAN):
        LATE[what](kowalscy, maria)
    with clock.freeze_time(WEEK_AGO):
        create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    assert reasons(kowalscy) == []


def test_a_review_or_a_new_version_answers_it(kowalscy, planned, anna, maria):
    place(kowalscy, maria)
    period, tomorrow = kowalscy.periods.get(), TODAY + timedelta(days=1)
    with clock.freeze_time(tomorrow):
        review_plan(period=period, note="Cele te same.", by=anna)
        assert reasons(kowalscy, tomorrow) == []
    with clock.freeze_time(TODAY + timedelta(days=2)):
        record_order(kowalscy, maria)
    later = TODAY + timedelta(days=3)
    with clock.freeze_time(later):
        assert reasons(kowalscy, later) == ["zobowiązanie sądu 03.10.2026, zapisano 15.10.2026"]
        plan = create_plan(period=period, data=plan_data(reason="zobowiązanie sądu"), by=anna)
        send_plan(plan=plan, version=None, by=anna)
        assert reasons(kowalscy, later) == []


def test_a_consent_that_continues_under_another_row_opens_none(kowalscy, planned, maria):
    """As after two records of the person were merged."""
    consent = LegalBasis.objects.get(period__family=kowalscy)
    end_basis(basis=consent, on=BEFORE_THE_PLAN, why="nowa zgoda", version=None, by=maria)
    starts_on = BEFORE_THE_PLAN + timedelta(days=1)
    again = BasisData(kind=BasisKind.CONSENT, starts_on=starts_on, person=consent.person, reference="zgoda 2")
    add_basis(period=kowalscy.periods.get(), data=again, by=maria)
    assert reasons(kowalscy) == []


def test_the_past_of_the_family_before_this_work_opens_none(kowalscy, planned, maria):
    before = kowalscy.periods.get().starts_on - timedelta(days=1)
    record_placement(
        family=kowalscy, person=child(kowalscy), form=CareForm.RELATED, starts_on=before, by=maria
    )
    assert reasons(kowalscy) == []


def test_the_pages_say_when_it_was_entered(kowalscy, planned, anna, client, maria):
    place(kowalscy, maria)
    client.force_login(anna)
    for page in ("", "przeglad/", "nowy/"):
        text = page_text(client.get(f"/rodziny/{kowalscy.pk}/plan/{page}"))
        assert "mieszczenie dziecka w pieczy 03.10.2026, zapisano 13.10.2026" in text, page
