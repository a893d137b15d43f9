"""Signatures of the family: several at once, a refusal with its reason, a mistake taken back, the plan in force."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from families.caseload.actions import end_work
from families.choices import PlanState, SignatureKind
from families.people.actions import end_membership
from families.plans.actions import delete_signature_entered_in_error, record_signature
from families.plans.models import PlanSignature
from lubsko_ops.core import clock
from tests.factories import TODAY
from tests.families.plans.pages import NEVER, fresh, half_signed, member, page_of, signed_by, with_grandmother
from tests.form_client import form_data, response_text, submit_form
from tests.plan_factories import (
    create_accepted_plan,
    create_consulted_plan,
    create_plan_in_force,
    get_period,
    plan_data,
)

WHY = "Nie zgadza się na zeszyt wydatków."


@pytest.fixture
def family(kowalscy, anna):
    """Danuta and the grandmother live with Kacper; Piotr lives elsewhere."""
    with_grandmother(kowalscy, by=anna)
    return kowalscy


@pytest.fixture
def plan(family, anna, tomasz, maria):
    return create_accepted_plan(family, by=anna, tomasz=tomasz, maria=maria)


def said(plan, first_name, kind="signed", **more) -> dict:
    """The fields of one person in the form."""
    person = member(plan.period.family, first_name)
    return {f"{name}_{person.pk}": value for name, value in ({"kind": kind} | more).items()}


def url_of(plan) -> str:
    return page_of(plan, "sign")


class TestTheForm:
    def test_everybody_needed_and_whoever_lives_elsewhere(self, as_anna, plan):
        words = response_text(as_anna.get(url_of(plan)))
        needed, _, elsewhere = words.partition("Podpis osoby, która mieszka gdzie indziej")
        for name in ("Danuta Kowalska", "Zofia Kowalska"):
            assert f"<h2>{name}</h2>" in needed
        assert "<h2>Piotr Kowalski</h2>" in elsewhere or "<h2>Piotr Kowalska</h2>" in elsewhere
        assert "Kacper" not in words

    def test_a_signature_and_a_refusal_at_once_put_the_plan_in_force(self, as_anna, plan, anna):
        filled = said(plan, "Danuta") | said(plan, "Zofia", "refused", reason=WHY)
        response = submit_form(as_anna, url_of(plan), **filled)
        assert (response.status_code, response.url) == (302, page_of(plan))
        danuta, zofia = plan.signatures.order_by("pk")
        assert (danuta.kind, danuta.day, danuta.entered_by) == (SignatureKind.SIGNED, TODAY, anna)
        assert (zofia.kind, zofia.reason) == (SignatureKind.REFUSED, WHY)
        assert fresh(plan).in_force_from == TODAY
        words = response_text(as_anna.get(page_of(plan)))
        assert (
            "Odnotowano: Danuta Kowalska (podpis) i Zofia Kowalska (odmowa). "
            "Plan obowiązuje od 13.10.2026." in words
        )
        assert zofia.history.get().history_change_reason == "Odmowa podpisu pod planem"

    def test_of_a_period_to_come_it_will_begin_to_hold(self, as_anna, family, anna, tomasz, maria):
        data = plan_data(covers_from=date(2026, 11, 2))
        later = create_accepted_plan(family, by=anna, tomasz=tomasz, maria=maria, data=data)
        submit_form(as_anna, url_of(later), **said(later, "Danuta"), **said(later, "Zofia"))
        words = response_text(as_anna.get(page_of(later)))
        assert "Plan zacznie obowiązywać od 02.11.2026." in words and "dopiero od 02.11.2026" in words

    def test_the_summary_names_whose_refusal_lacks_a_reason(self, as_anna, plan):
        response = submit_form(
            as_anna, url_of(plan), **said(plan, "Danuta"), **said(plan, "Zofia", "refused")
        )
        words = response_text(response)
        assert "Zofia Kowalska: Napisz, dlaczego odmówiono podpisu." in words
        assert "Danuta Kowalska: " not in words

    def test_one_now_the_other_later(self, as_anna, plan):
        submit_form(as_anna, url_of(plan), **said(plan, "Danuta"))
        assert fresh(plan).state == PlanState.ACCEPTED
        words = response_text(as_anna.get(url_of(plan)))
        assert "Już odnotowano: Danuta Kowalska, podpis 13.10.2026." in words
        assert "<h2>Danuta Kowalska</h2>" not in words
        submit_form(as_anna, url_of(plan), **said(plan, "Zofia"))
        assert fresh(plan).state == PlanState.SIGNED

    def test_a_member_who_lives_elsewhere_may_sign_too(self, as_anna, plan):
        submit_form(as_anna, url_of(plan), **said(plan, "Piotr"))
        assert plan.signatures.get().person.first_name == "Piotr"
        assert fresh(plan).state == PlanState.ACCEPTED

    def test_the_signature_nobody_waits_for_puts_the_plan_off_no_more(self, kowalscy, anna, tomasz, maria):
        """Whoever is written down first: Piotr, who lives elsewhere, signed three days after Danuta."""
        with clock.freeze_time(TODAY - timedelta(days=5)):
            plan = create_accepted_plan(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        days = {"Piotr": TODAY - timedelta(days=1), "Danuta": TODAY - timedelta(days=4)}
        for name, day in days.items():
            said = {"person": member(kowalscy, name), "kind": SignatureKind.SIGNED, "day": day}
            record_signature(plan=plan, **said, version=None, by=anna)
        assert fresh(plan).in_force_from == days["Danuta"]

    def test_also_when_the_plan_is_in_force(self, as_anna, kowalscy, anna, tomasz, maria):
        plan = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        assert f'href="{url_of(plan)}"' in response_text(as_anna.get(page_of(plan)))
        assert submit_form(as_anna, url_of(plan), **said(plan, "Piotr")).status_code == 302
        assert plan.signatures.count() == 2

    @pytest.mark.parametrize("name", ["tomasz", "maria"])
    def test_others_who_have_the_paper_record_it_too(self, client, plan, request, name):
        client.force_login(request.getfixturevalue(name))
        assert submit_form(client, url_of(plan), **said(plan, "Danuta")).status_code == 302


class TestRefusals:
    def bad(self, client, plan, sentence, **filled):
        response = submit_form(client, url_of(plan), **filled)
        words = response_text(response)
        assert response.status_code == 422 and "Podpisów nie zapisano." in words
        assert sentence in words
        assert not plan.signatures.exists(), "all or nothing"
        return words

    def test_nobody_marked(self, as_anna, plan):
        self.bad(as_anna, plan, "Zaznacz podpis albo odmowę przynajmniej jednej osoby.")

    def test_a_refusal_without_a_reason_holds_up_the_other_one_as_well(self, as_anna, plan):
        filled = said(plan, "Danuta") | said(plan, "Zofia", "refused", reason=" ")
        words = self.bad(as_anna, plan, "Napisz, dlaczego odmówiono podpisu.", **filled)
        person = member(plan.period.family, "Zofia")
        assert f'href="#id_reason_{person.pk}"' in words  # the summary leads to the field

    @pytest.mark.parametrize(
        ("day", "sentence"),
        [
            ("14.10.2026", "Ten dzień jeszcze nie nadszedł."),
            ("12.10.2026", "Podpis nie może być wcześniejszy."),
            ("", "Wpisz dzień podpisu albo odmowy."),
            ("31.02.2026", "Takiego dnia nie ma w kalendarzu."),
        ],
    )
    def test_an_impossible_day(self, as_anna, plan, day, sentence):
        words = self.bad(as_anna, plan, sentence, **said(plan, "Danuta", day=day))
        assert not day or f'value="{day}"' in words

    def test_not_before_the_acceptance(self, as_anna, family, anna, tomasz):
        plan = create_consulted_plan(family, by=anna, tomasz=tomasz)
        response = as_anna.get(url_of(plan), follow=True)
        assert "Ten plan czeka na akceptację kierownika." in response_text(response)

    def test_a_stranger_finds_nothing(self, client, plan, ewa, zofia):
        for user in (ewa, zofia):
            client.force_login(user)
            assert client.get(url_of(plan)).status_code == 404

    def test_without_the_right(self, as_anna, plan, monkeypatch):
        from lubsko_ops.core.permissions import ROLE_PERMISSIONS, Permission, Role

        monkeypatch.setitem(
            ROLE_PERMISSIONS, Role.ASSISTANT, ROLE_PERMISSIONS[Role.ASSISTANT] - {Permission.PLAN_SIGN}
        )
        assert as_anna.get(url_of(plan)).status_code == 403

    def test_not_when_the_work_is_over(self, as_maria, plan, maria):
        data = form_data(as_maria, url_of(plan), **said(plan, "Danuta"))
        end_work(
            period=get_period(plan.period.family), on=TODAY - timedelta(days=1), reason="moved", by=maria
        )
        response = as_maria.post(url_of(plan), data)
        assert response.status_code == 422 and not plan.signatures.exists()


class TestTwice:
    def test_sent_twice_each_is_recorded_once(self, as_anna, plan):
        data = form_data(as_anna, url_of(plan), **said(plan, "Danuta"), **said(plan, "Zofia"))
        first, second = as_anna.post(url_of(plan), data), as_anna.post(url_of(plan), data)
        assert (second.status_code, second.url) == (first.status_code, first.url) == (302, page_of(plan))
        assert PlanSignature.objects.count() == 2

    def test_recorded_by_another_meanwhile(self, as_anna, plan, maria):
        data = form_data(as_anna, url_of(plan), **said(plan, "Danuta", "refused", reason=WHY))
        signed_by(plan, plan.period.family, "Danuta", by=maria)
        response = as_anna.post(url_of(plan), data)
        assert response.status_code == 422
        words = response_text(response)
        assert "Podpis tej osoby jest już odnotowany." in words and WHY in words

    def test_in_force_meanwhile_both_are_shown(self, as_anna, plan, maria):
        data = form_data(as_anna, url_of(plan), **said(plan, "Piotr"))
        for name in ("Danuta", "Zofia"):
            signed_by(plan, plan.period.family, name, by=maria)
        assert as_anna.post(url_of(plan), data).status_code == 409


class TestMistake:
    @pytest.fixture
    def signature(self, kowalscy, anna, tomasz, maria):
        return half_signed(kowalscy, by=anna, tomasz=tomasz, maria=maria)

    def mistake(self, signature) -> str:
        return page_of(signature.plan, "signature-mistake", signature.pk)

    def test_taken_back_with_its_reason(self, as_anna, signature, anna):
        assert f'href="{self.mistake(signature)}"' in response_text(as_anna.get(page_of(signature.plan)))
        response = submit_form(as_anna, self.mistake(signature), why="podpisała Danuta")
        assert (response.status_code, response.url) == (302, page_of(signature.plan))
        assert not PlanSignature.objects.exists()
        last = PlanSignature.history.filter(id=signature.pk).first()
        assert (last.history_type, last.history_user) == ("-", anna)
        assert last.history_change_reason == "Odwołanie podpisu: podpisała Danuta"

    def test_the_reason_is_asked_for(self, as_anna, signature):
        response = submit_form(as_anna, self.mistake(signature), why=" ")
        assert response.status_code == 422
        assert "Napisz, na czym polega pomyłka." in response_text(response)
        assert PlanSignature.objects.exists()

    def test_sent_twice_the_answer_is_the_same(self, as_anna, signature):
        data = form_data(as_anna, self.mistake(signature), why="podpisała Danuta")
        first = as_anna.post(self.mistake(signature), data)
        second = as_anna.post(self.mistake(signature), data)
        assert (second.status_code, second.url) == (first.status_code, first.url)

    def test_taken_back_by_two_at_once_it_is_one_entry_in_the_history(self, signature, anna, maria):
        again = PlanSignature.objects.get(pk=signature.pk)
        delete_signature_entered_in_error(signature=signature, why="nie ta osoba", by=anna)
        with pytest.raises(ValidationError, match="ktoś już odwołał"):
            delete_signature_entered_in_error(signature=again, why="nie ta osoba", by=maria)
        assert PlanSignature.history.filter(history_type="-").count() == 1

    def test_not_when_the_work_is_over(self, signature, family, anna, maria):
        end_work(period=get_period(family), on=TODAY - timedelta(days=1), reason="moved", by=maria)
        with pytest.raises(ValidationError, match="zakończona"):
            delete_signature_entered_in_error(signature=signature, why="nie ta osoba", by=anna)

    def test_not_under_a_plan_in_force(self, as_anna, signature, kowalscy, anna):
        data = form_data(as_anna, self.mistake(signature), why="pomyłka")
        signed_by(signature.plan, kowalscy, "Danuta", by=anna)
        assert as_anna.get(self.mistake(signature)).status_code == 302
        response = as_anna.post(self.mistake(signature), data)
        assert response.status_code == 422 and "pomyłka" in response_text(response)
        assert f'href="{self.mistake(signature)}"' not in response_text(as_anna.get(page_of(signature.plan)))

    def test_a_signature_that_is_not_there(self, as_anna, signature):
        url = reverse("families:plan-signature-mistake", args=[signature.plan.period.family_id, 1, NEVER])
        assert as_anna.get(url).status_code == 404

    def test_a_stranger_finds_nothing(self, client, signature, zofia):
        client.force_login(zofia)
        assert client.get(self.mistake(signature)).status_code == 404


class TestPutInForce:
    """The grandmother moved away before she signed; Danuta has signed."""

    @pytest.fixture
    def waiting(self, plan, family, anna):
        signed_by(plan, family, "Danuta", by=anna)
        return plan

    def leave(self, family, by):
        row = family.memberships.get(person__first_name="Zofia")
        end_membership(membership=row, on=date(2026, 10, 12), version=row.version, by=by)

    def test_without_her_the_plan_enters_into_force(self, as_anna, waiting, family, anna):
        self.leave(family, anna)
        words = response_text(as_anna.get(page_of(waiting)))
        assert "Podpisy są odnotowane." in words and "Wprowadź w życie" in words
        response = submit_form(as_anna, page_of(waiting, "in-force"))
        assert response.status_code == 302
        assert fresh(waiting).in_force_from == TODAY
        words = response_text(as_anna.get(page_of(waiting)))
        assert "Plan, wersja 1. Plan obowiązuje od 13.10.2026." in words

    def test_while_somebody_is_missing_it_names_her(self, as_anna, waiting):
        assert "Wprowadź w życie" not in response_text(as_anna.get(page_of(waiting)))
        response = submit_form(as_anna, page_of(waiting, "in-force"))
        assert response.status_code == 422
        assert "Brakuje podpisu albo odmowy: Zofia Kowalska." in response_text(response)
        assert fresh(waiting).state == PlanState.ACCEPTED

    def test_sent_twice_the_answer_is_the_same(self, as_anna, waiting, family, anna):
        self.leave(family, anna)
        url = page_of(waiting, "in-force")
        data = form_data(as_anna, url)
        assert as_anna.post(url, data).url == as_anna.post(url, data).url == page_of(waiting)

    def test_a_plan_in_force_already(self, as_anna, waiting, family, anna):
        signed_by(waiting, family, "Zofia", by=anna)
        response = as_anna.get(page_of(waiting, "in-force"), follow=True)
        assert "Ten plan jest już podpisany." in response_text(response)

    def test_a_stranger_finds_nothing(self, client, waiting, zofia):
        client.force_login(zofia)
        assert client.get(page_of(waiting, "in-force")).status_code == 404
