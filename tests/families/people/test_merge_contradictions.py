"""Where two records of one person contradict each other the manager decides first; the rest stays history."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError

from families.care.actions import record_placement
from families.care.models import Placement
from families.caseload.actions import BasisData, add_basis
from families.caseload.models import LegalBasis
from families.choices import BasisKind, CareForm, Kinship, LivingArrangement, SignatureKind
from families.people.actions import add_member, change_membership, correct_person
from families.people.address_actions import set_address
from families.people.duplicates.actions import merge_people
from families.people.duplicates.merge_rules import (
    MERGE_RULES,
    MergeRule,
    find_contradictions,
    relations_without_rule,
)
from families.people.models import Address, Membership, Person
from families.plans.actions import record_signature
from families.plans.models import PlanSignature
from families.visits.models import VisitAttendee
from projects.models import Participation
from tests.factories import OPENED_ON, TODAY, person_data
from tests.families.people.helpers import latest_membership
from tests.form_client import response_text, submit_form
from tests.page import page_text
from tests.plan_factories import create_accepted_plan

LIST = "/rodziny/te-same-osoby/"
WEEK_AGO = TODAY - timedelta(days=7)


@pytest.fixture
def danuta(kowalscy):
    return latest_membership(kowalscy, "Danuta").person


@pytest.fixture
def double(kowalscy, danuta, maria):
    """Danuta entered a second time in her own family, as a relative."""
    data = person_data("DANUTA", "Kowalska", danuta.sex, danuta.born_on)
    row = add_member(family=kowalscy, person=data, kinship=Kinship.RELATIVE, starts_on=OPENED_ON, by=maria)
    return row.person


@pytest.fixture
def signed(kowalscy, danuta, double, anna, tomasz, maria):
    """Danuta signed the plan, and under the other record refused."""
    plan = create_accepted_plan(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    signature = {"plan": plan, "day": TODAY, "version": None, "by": anna}
    record_signature(person=danuta, kind=SignatureKind.SIGNED, **signature)
    record_signature(person=double, kind=SignatureKind.REFUSED, reason="Nie zgadza się.", **signature)
    return plan


@pytest.fixture
def consents(kowalscy, danuta, double, maria):
    """Two open consents: of the first record from the beginning, of the other from a week ago."""
    consent = BasisData(kind=BasisKind.CONSENT, starts_on=WEEK_AGO, person=double, reference="zgoda 2")
    second = add_basis(period=kowalscy.periods.get(), data=consent, by=maria)
    first = LegalBasis.objects.exclude(pk=second.pk).get(period__family=kowalscy)
    if first.person != danuta:
        LegalBasis.objects.filter(pk=first.pk).update(person=danuta)
    return first, second


def choose(danuta, double, **by_model) -> dict[str, str]:
    """The first row everywhere, but the second (1) of the models named so."""
    chosen = {}
    for each in find_contradictions(danuta, double):
        number = next((value for name, value in by_model.items() if f"_{name}" in each.key), 0)
        chosen[each.key] = each.options[number][0]
    return chosen


def last_version(model):
    return model.history.filter(history_type="-").latest("history_id")


class TestSignature:
    @pytest.mark.parametrize(("number", "kind"), [(0, "signed"), (1, "refused")])
    def test_the_chosen_one_stays_whichever_record_does(self, signed, danuta, double, maria, number, kind):
        for keep, drop in ((danuta, double), (double, danuta)):
            with pytest.raises(ValidationError) as refusal:
                merge_people(keep=keep, drop=drop, by=maria)
            assert any("plansignature" in key for key in refusal.value.error_dict)
        decisions = choose(danuta, double, plansignature=number)
        merge_people(keep=double, drop=danuta, by=maria, decisions=decisions)
        row = PlanSignature.objects.get(plan=signed)
        assert (row.person, row.kind) == (double, kind)

    def test_what_was_not_chosen_is_history_with_author_and_reason(self, signed, danuta, double, maria):
        merge_people(keep=danuta, drop=double, by=maria, decisions=choose(danuta, double, plansignature=1))
        gone = last_version(PlanSignature)
        assert (gone.kind, gone.person_id, gone.history_user) == ("signed", danuta.pk, maria)
        assert gone.history_change_reason == (
            "Połączenie wpisów o tej samej osobie. Kierownik wybrał: "
            "odmowa podpisu 13.10.2026, powód: Nie zgadza się."
        )


class TestConsents:
    def test_one_of_two_open_consents_stays_open(self, consents, kowalscy, danuta, double, maria):
        merge_people(keep=danuta, drop=double, by=maria, decisions=choose(danuta, double, legalbasis=0))
        row = LegalBasis.objects.get(period__family=kowalscy)
        assert (row.pk, row.person) == (consents[0].pk, danuta)
        assert last_version(LegalBasis).id == consents[1].pk

    def test_the_other_keeps_its_own_days(self, consents, kowalscy, danuta, double, maria):
        """So that no day of the work is left without a basis."""
        merge_people(keep=danuta, drop=double, by=maria, decisions=choose(danuta, double, legalbasis=1))
        rows = LegalBasis.objects.filter(period__family=kowalscy, person=danuta).order_by("starts_on")
        assert list(rows.values_list("pk", "ends_on")) == [
            (consents[0].pk, WEEK_AGO - timedelta(days=1)),
            (consents[1].pk, None),
        ]
        assert "Kierownik wybrał" in rows[0].history.first().history_change_reason


class TestMembership:
    @pytest.mark.parametrize(("number", "kinship"), [(0, "mother"), (1, "relative")])
    def test_the_chosen_kinship_stays(self, kowalscy, danuta, double, maria, number, kinship):
        merge_people(keep=danuta, drop=double, by=maria, decisions=choose(danuta, double, membership=number))
        row = kowalscy.memberships.get(person=danuta)
        assert (row.kinship, row.starts_on, row.ends_on) == (kinship, OPENED_ON, None)
        gone = last_version(Membership)
        assert gone.kinship != kinship and gone.history_user == maria
        assert "Kierownik wybrał" in gone.history_change_reason

    def test_of_partly_common_days_the_other_keeps_its_own(self, kowalscy, danuta, maria):
        data = person_data("DANUTA", "Kowalska", danuta.sex, danuta.born_on)
        other = add_member(
            family=kowalscy,
            person=data,
            kinship=Kinship.MOTHER,
            stay=LivingArrangement.ALTERNATE,
            starts_on=WEEK_AGO,
            by=maria,
        ).person
        merge_people(keep=danuta, drop=other, by=maria, decisions=choose(danuta, other, membership=1))
        rows = kowalscy.memberships.filter(person=danuta).order_by("starts_on")
        assert list(rows.values_list("stay", "starts_on", "ends_on")) == [
            ("here", OPENED_ON, WEEK_AGO - timedelta(days=1)),
            ("alternate", WEEK_AGO, None),
        ]


def test_of_two_own_addresses_one_is_chosen(kowalscy, danuta, maria):
    rows = []
    for row, house in ((latest_membership(kowalscy, "Danuta"), "3"), (None, "5")):
        if row is None:
            data = person_data("DANUTA", "Kowalska", danuta.sex, danuta.born_on)
            row = add_member(
                family=kowalscy, person=data, kinship=Kinship.MOTHER, starts_on=OPENED_ON, by=maria
            )
        change_membership(
            membership=row, kinship=row.kinship, stay="elsewhere", since=OPENED_ON, version=None, by=maria
        )
        rows.append(set_address(membership=row, since=OPENED_ON, house=house, locality="Żary", by=maria))
    other = rows[1].membership.person
    (choice,) = find_contradictions(danuta, other)
    assert [text.split(", ")[2] for _, text in choice.options] == [
        "adres zamieszkania: Żary 3",
        "adres zamieszkania: Żary 5",
    ]
    merge_people(keep=danuta, drop=other, by=maria, decisions=choose(danuta, other, membership=1))
    assert Address.objects.get(membership__person=danuta).house == "5"
    assert "Kierownik wybrał" in last_version(Address).history_change_reason


def test_of_two_stays_in_care_one_is_chosen(kowalscy, maria):
    kacper = latest_membership(kowalscy, "Kacper").person
    data = person_data("KACPER", "Kowalska", kacper.sex, kacper.born_on)
    double = add_member(
        family=kowalscy, person=data, kinship=Kinship.CHILD, starts_on=OPENED_ON, by=maria
    ).person
    for person, form in ((kacper, CareForm.RELATED), (double, CareForm.PROFESSIONAL)):
        record_placement(family=kowalscy, person=person, form=form, starts_on=WEEK_AGO, by=maria)
    merge_people(keep=kacper, drop=double, by=maria, decisions=choose(kacper, double, placement=1))
    assert Placement.objects.get().form == CareForm.PROFESSIONAL
    assert last_version(Placement).form == CareForm.RELATED


class TestIdentity:
    @pytest.mark.parametrize("number", [0, 1])
    def test_the_chosen_birth_stays(self, danuta, double, maria, number):
        correct_person(person=double, version=None, born_on=date(1988, 5, 10), by=maria)
        double.refresh_from_db()
        born = (danuta.born_on, double.born_on)[number]
        decisions = choose(danuta, double) | {"dane_born_on": str((danuta, double)[number].pk)}
        merge_people(keep=danuta, drop=double, by=maria, decisions=decisions)
        assert Person.objects.get(pk=danuta.pk).born_on == born

    @pytest.mark.parametrize("number", [0, 1])
    def test_the_rows_end_on_the_chosen_day_of_death(self, kowalscy, danuta, double, maria, number):
        died = (TODAY - timedelta(days=3), TODAY - timedelta(days=2))
        for person, day in zip((danuta, double), died, strict=True):
            correct_person(person=person, version=None, died_on=day, by=maria)
        danuta, double = Person.objects.get(pk=danuta.pk), Person.objects.get(pk=double.pk)
        decisions = choose(danuta, double) | {"dane_died_on": str((danuta, double)[number].pk)}
        kept = merge_people(keep=danuta, drop=double, by=maria, decisions=decisions)
        assert kept.died_on == died[number]
        assert {row.ends_on for row in kept.memberships.all()} == {died[number]}


class TestPage:
    def url(self, danuta, double):
        return f"{LIST}{danuta.pk}/{double.pk}/"

    def test_it_shows_each_contradiction_in_words_with_nothing_preset(
        self, as_maria, signed, consents, danuta, double
    ):
        response = as_maria.get(self.url(danuta, double))
        text = page_text(response)
        for words in (
            "Podpis pod planem: rodzina Kowalscy, wersja 1",
            "Wpis pierwszy: podpis 13.10.2026",
            "Wpis drugi: odmowa podpisu 13.10.2026, powód: Nie zgadza się.",
            "Kim jest i gdzie mieszka: rodzina Kowalscy",
            ", z rodziną, od 02.03.2026",
            "od 06.10.2026, zgoda 2",
        ):
            assert words in text, words
        assert "checked" not in response.content.decode().split("<form")[-1]

    def test_it_is_not_merged_before_all_is_decided(self, as_maria, signed, danuta, double):
        response = submit_form(as_maria, self.url(danuta, double), decision=danuta.pk)
        assert response.status_code == 422
        assert "Wybierz, który wpis zostaje." in page_text(response)
        assert Person.objects.get(pk=double.pk).merged_into is None

    def test_decided_it_is_merged(self, as_maria, signed, danuta, double):
        decisions = choose(danuta, double, plansignature=1)
        submit_form(as_maria, self.url(danuta, double), decision=danuta.pk, **decisions)
        assert "Połączono wpisy: Danuta Kowalska." in response_text(as_maria.get(LIST))
        assert PlanSignature.objects.get().kind == SignatureKind.REFUSED

    def test_different_people_need_no_decision(self, as_maria, signed, danuta, double):
        assert submit_form(as_maria, self.url(danuta, double), decision="apart").status_code == 302


class TestRules:
    def test_every_relation_to_a_person_has_one(self):
        assert relations_without_rule() == []

    def test_without_one_nobody_is_merged(self, danuta, double, maria, monkeypatch):
        known = {key: item for key, item in MERGE_RULES._items.items() if key[0] is not VisitAttendee}
        monkeypatch.setattr(MERGE_RULES, "_items", known)
        assert [each.model for each in relations_without_rule()] == [VisitAttendee]
        with pytest.raises(ImproperlyConfigured, match="VisitAttendee"):
            merge_people(keep=danuta, drop=double, by=maria)

    def test_a_unique_row_of_a_person_can_meet_another(self):
        """Where the database allows a person one row of a kind, the rule says which of two stays."""
        for rule in MERGE_RULES:
            assert isinstance(rule, MergeRule)
            constrained = [
                each
                for each in rule.model._meta.constraints
                if rule.field in getattr(each, "fields", ())
                or rule.field
                in [name for name, _ in getattr(each, "expressions", ()) if isinstance(name, str)]
            ]
            refused = (
                rule.model is Participation
            )  # one of the two ends first: docs/decisions/0029-participants.md
            assert not constrained or rule.same or refused, rule.model
