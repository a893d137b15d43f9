"""Signatures of the family: several at once, refusals, deletion of a mistake, putting the plan in force."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from families.caseload.actions import end_work
from families.choices import PlanState, SignatureKind
from families.people.actions import end_membership
from families.plans.actions import delete_signature_entered_in_error, record_signature
from families.plans.models import PlanSignature
from families.plans.permissions import PLAN_SIGN
from lubsko_ops.core import clock
from tests.factories import TODAY
from tests.families.plans.helpers import (
    UNKNOWN_ID,
    half_signed,
    member,
    plan_version_url,
    reload_plan,
    signed_by,
    with_grandmother,
)
from tests.form_client import form_data, response_text, submit_form
from tests.page import Page
from tests.plan_factories import (
    create_accepted_plan,
    create_consulted_plan,
    create_plan_in_force,
    get_period,
    plan_data,
)
from tests.roles import permissions_of, set_permissions

WHY = "Nie zgadza się na zeszyt wydatków."


@pytest.fixture
def family(kowalscy, anna):
    """Danuta and the grandmother live with Kacper; Piotr lives elsewhere."""
    with_grandmother(kowalscy, by=anna)
    return kowalscy


@pytest.fixture
def plan(family, anna, tomasz, maria):
    return create_accepted_plan(family, by=anna, tomasz=tomasz, maria=maria)


def person_fields(plan, first_name, kind="signed", **more) -> dict:
    """Form fields of one person."""
    person = member(plan.period.family, first_name)
    return {f"{name}_{person.pk}": value for name, value in ({"kind": kind} | more).items()}


def url_of(plan) -> str:
    return plan_version_url(plan, "sign")


class TestForm:
    def test_required_signers_and_members_living_elsewhere(self, as_anna, plan):
        html = response_text(as_anna.get(url_of(plan)))
        needed, _, elsewhere = html.partition("Podpis osoby, która mieszka gdzie indziej")
        for name in ("Danuta Kowalska", "Zofia Kowalska"):
            assert f"<h2>{name}</h2>" in needed
        assert "<h2>Piotr Kowalski</h2>" in elsewhere or "<h2>Piotr Kowalska</h2>" in elsewhere
        assert "Kacper" not in html

    def test_a_signature_and_a_refusal_at_once_put_the_plan_in_force(self, as_anna, plan, anna):
        filled = person_fields(plan, "Danuta") | person_fields(plan, "Zofia", "refused", reason=WHY)
        response = submit_form(as_anna, url_of(plan), **filled)
        assert (response.status_code, response.url) == (302, plan_version_url(plan))
        danuta, zofia = plan.signatures.order_by("pk")
        assert (danuta.kind, danuta.day, danuta.entered_by) == (SignatureKind.SIGNED, TODAY, anna)
        assert (zofia.kind, zofia.reason) == (SignatureKind.REFUSED, WHY)
        assert reload_plan(plan).in_force_from == TODAY
        html = response_text(as_anna.get(plan_version_url(plan)))
        assert (
            "Odnotowano: Danuta Kowalska (podpis) i Zofia Kowalska (odmowa). "
            "Plan obowiązuje od 13.10.2026." in html
        )
        assert zofia.history.get().history_change_reason == "Odmowa podpisu pod planem"

    def test_plan_of_a_future_period_is_in_force_later(self, as_anna, family, anna, tomasz, maria):
        data = plan_data(covers_from=date(2026, 11, 2))
        later = create_accepted_plan(family, by=anna, tomasz=tomasz, maria=maria, data=data)
        submit_form(as_anna, url_of(later), **person_fields(later, "Danuta"), **person_fields(later, "Zofia"))
        html = response_text(as_anna.get(plan_version_url(later)))
        assert "Plan zacznie obowiązywać od 02.11.2026." in html and "dopiero od 02.11.2026" in html

    def test_error_summary_names_the_person(self, as_anna, plan):
        response = submit_form(
            as_anna, url_of(plan), **person_fields(plan, "Danuta"), **person_fields(plan, "Zofia", "refused")
        )
        html = response_text(response)
        assert "Zofia Kowalska, Powód odmowy: Napisz, dlaczego odmówiono podpisu." in html
        assert "Danuta Kowalska, " not in html

    def test_signatures_recorded_one_by_one(self, as_anna, plan):
        submit_form(as_anna, url_of(plan), **person_fields(plan, "Danuta"))
        assert reload_plan(plan).state == PlanState.ACCEPTED
        html = response_text(as_anna.get(url_of(plan)))
        assert "Już odnotowano: Danuta Kowalska, podpis 13.10.2026." in html
        assert "<h2>Danuta Kowalska</h2>" not in html
        submit_form(as_anna, url_of(plan), **person_fields(plan, "Zofia"))
        assert reload_plan(plan).state == PlanState.SIGNED

    def test_member_living_elsewhere_may_sign(self, as_anna, plan):
        submit_form(as_anna, url_of(plan), **person_fields(plan, "Piotr"))
        assert plan.signatures.get().person.first_name == "Piotr"
        assert reload_plan(plan).state == PlanState.ACCEPTED

    def test_optional_signature_does_not_delay_the_plan(self, kowalscy, anna, tomasz, maria):
        """In either order of recording: Piotr, who lives elsewhere, signed three days after Danuta."""
        with clock.freeze_time(TODAY - timedelta(days=5)):
            plan = create_accepted_plan(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        days = {"Piotr": TODAY - timedelta(days=1), "Danuta": TODAY - timedelta(days=4)}
        for name, day in days.items():
            values = {"person": member(kowalscy, name), "kind": SignatureKind.SIGNED, "day": day}
            record_signature(plan=plan, **values, version=None, by=anna)
        assert reload_plan(plan).in_force_from == days["Danuta"]

    def test_signature_added_to_a_plan_in_force(self, as_anna, kowalscy, anna, tomasz, maria):
        plan = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        assert url_of(plan) in Page(as_anna.get(plan_version_url(plan))).urls
        assert submit_form(as_anna, url_of(plan), **person_fields(plan, "Piotr")).status_code == 302
        assert plan.signatures.count() == 2

    @pytest.mark.parametrize("name", ["tomasz", "maria"])
    def test_other_permitted_roles_record_signatures(self, client, plan, request, name):
        client.force_login(request.getfixturevalue(name))
        assert submit_form(client, url_of(plan), **person_fields(plan, "Danuta")).status_code == 302


class TestRefusals:
    def bad(self, client, plan, sentence, **filled):
        response = submit_form(client, url_of(plan), **filled)
        html = response_text(response)
        assert response.status_code == 422 and "Podpisów nie zapisano." in html
        assert sentence in html
        assert not plan.signatures.exists(), "all or nothing"
        return html

    def test_no_signature_selected(self, as_anna, plan):
        self.bad(as_anna, plan, "Zaznacz podpis albo odmowę przynajmniej jednej osoby.")

    def test_one_invalid_signature_blocks_all(self, as_anna, plan):
        filled = person_fields(plan, "Danuta") | person_fields(plan, "Zofia", "refused", reason=" ")
        html = self.bad(as_anna, plan, "Napisz, dlaczego odmówiono podpisu.", **filled)
        person = member(plan.period.family, "Zofia")
        assert f'href="#id_reason_{person.pk}"' in html  # the summary leads to the field

    @pytest.mark.parametrize(
        ("day", "sentence"),
        [
            ("14.10.2026", "Ten dzień jeszcze nie nadszedł."),
            ("12.10.2026", "Podpis nie może być wcześniejszy."),
            ("", "Wpisz dzień podpisu albo odmowy."),
            ("31.02.2026", "Takiego dnia nie ma w kalendarzu."),
        ],
    )
    def test_invalid_day(self, as_anna, plan, day, sentence):
        html = self.bad(as_anna, plan, sentence, **person_fields(plan, "Danuta", day=day))
        assert not day or f'value="{day}"' in html

    def test_refused_before_acceptance(self, as_anna, family, anna, tomasz):
        plan = create_consulted_plan(family, by=anna, tomasz=tomasz)
        response = as_anna.get(url_of(plan), follow=True)
        assert "Ten plan czeka na akceptację kierownika." in response_text(response)

    def test_user_without_access_gets_404(self, client, plan, ewa, zofia):
        for user in (ewa, zofia):
            client.force_login(user)
            assert client.get(url_of(plan)).status_code == 404

    def test_without_permission(self, as_anna, plan, monkeypatch):
        from lubsko_ops.core.permissions import Role

        set_permissions(monkeypatch, Role.ASSISTANT, permissions_of(Role.ASSISTANT) - {PLAN_SIGN})
        assert as_anna.get(url_of(plan)).status_code == 403

    def test_refused_after_the_work_ended(self, as_maria, plan, maria):
        data = form_data(as_maria, url_of(plan), **person_fields(plan, "Danuta"))
        end_work(
            period=get_period(plan.period.family), on=TODAY - timedelta(days=1), reason="moved", by=maria
        )
        response = as_maria.post(url_of(plan), data)
        assert response.status_code == 422 and not plan.signatures.exists()


class TestConcurrentSigning:
    def test_double_submission_records_each_once(self, as_anna, plan):
        data = form_data(
            as_anna, url_of(plan), **person_fields(plan, "Danuta"), **person_fields(plan, "Zofia")
        )
        first, second = as_anna.post(url_of(plan), data), as_anna.post(url_of(plan), data)
        assert (
            (second.status_code, second.url)
            == (first.status_code, first.url)
            == (302, plan_version_url(plan))
        )
        assert PlanSignature.objects.count() == 2

    def test_recorded_by_another_meanwhile(self, as_anna, plan, maria):
        data = form_data(as_anna, url_of(plan), **person_fields(plan, "Danuta", "refused", reason=WHY))
        signed_by(plan, plan.period.family, "Danuta", by=maria)
        response = as_anna.post(url_of(plan), data)
        assert response.status_code == 422
        html = response_text(response)
        assert "Podpis tej osoby jest już odnotowany." in html and WHY in html

    def test_plan_in_force_meanwhile_shows_both_texts(self, as_anna, plan, maria):
        data = form_data(as_anna, url_of(plan), **person_fields(plan, "Piotr"))
        for name in ("Danuta", "Zofia"):
            signed_by(plan, plan.period.family, name, by=maria)
        assert as_anna.post(url_of(plan), data).status_code == 409


class TestDelete:
    @pytest.fixture
    def signature(self, kowalscy, anna, tomasz, maria):
        return half_signed(kowalscy, by=anna, tomasz=tomasz, maria=maria)

    def mistake(self, signature) -> str:
        return plan_version_url(signature.plan, "signature-mistake", signature.pk)

    def test_deleted_with_its_reason(self, as_anna, signature, anna):
        assert f'href="{self.mistake(signature)}"' in response_text(
            as_anna.get(plan_version_url(signature.plan))
        )
        response = submit_form(as_anna, self.mistake(signature), why="podpisała Danuta")
        assert (response.status_code, response.url) == (302, plan_version_url(signature.plan))
        assert not PlanSignature.objects.exists()
        last = PlanSignature.history.filter(id=signature.pk).first()
        assert (last.history_type, last.history_user) == ("-", anna)
        assert last.history_change_reason == "Odwołanie podpisu: podpisała Danuta"

    def test_reason_is_required(self, as_anna, signature):
        response = submit_form(as_anna, self.mistake(signature), why=" ")
        assert response.status_code == 422
        assert "Napisz, na czym polega pomyłka." in response_text(response)
        assert PlanSignature.objects.exists()

    def test_double_submission_gets_the_same_response(self, as_anna, signature):
        data = form_data(as_anna, self.mistake(signature), why="podpisała Danuta")
        first = as_anna.post(self.mistake(signature), data)
        second = as_anna.post(self.mistake(signature), data)
        assert (second.status_code, second.url) == (first.status_code, first.url)

    def test_concurrent_deletion_leaves_one_history_entry(self, signature, anna, maria):
        again = PlanSignature.objects.get(pk=signature.pk)
        delete_signature_entered_in_error(signature=signature, why="nie ta osoba", by=anna)
        with pytest.raises(ValidationError, match="ktoś już odwołał"):
            delete_signature_entered_in_error(signature=again, why="nie ta osoba", by=maria)
        assert PlanSignature.history.filter(history_type="-").count() == 1

    def test_refused_after_the_work_ended(self, signature, family, anna, maria):
        end_work(period=get_period(family), on=TODAY - timedelta(days=1), reason="moved", by=maria)
        with pytest.raises(ValidationError, match="zakończona"):
            delete_signature_entered_in_error(signature=signature, why="nie ta osoba", by=anna)

    def test_refused_for_a_plan_in_force(self, as_anna, signature, kowalscy, anna):
        data = form_data(as_anna, self.mistake(signature), why="pomyłka")
        signed_by(signature.plan, kowalscy, "Danuta", by=anna)
        assert as_anna.get(self.mistake(signature)).status_code == 302
        response = as_anna.post(self.mistake(signature), data)
        assert response.status_code == 422 and "pomyłka" in response_text(response)
        assert f'href="{self.mistake(signature)}"' not in response_text(
            as_anna.get(plan_version_url(signature.plan))
        )

    def test_unknown_signature_is_404(self, as_anna, signature):
        url = reverse(
            "families:plan-signature-mistake", args=[signature.plan.period.family_id, 1, UNKNOWN_ID]
        )
        assert as_anna.get(url).status_code == 404

    def test_user_without_access_gets_404(self, client, signature, zofia):
        client.force_login(zofia)
        assert client.get(self.mistake(signature)).status_code == 404


class TestPutInForce:
    """The grandmother moved away without signing; Danuta has signed."""

    @pytest.fixture
    def waiting(self, plan, family, anna):
        signed_by(plan, family, "Danuta", by=anna)
        return plan

    def leave(self, family, by):
        row = family.memberships.get(person__first_name="Zofia")
        end_membership(membership=row, on=date(2026, 10, 12), version=row.version, by=by)

    def test_in_force_without_the_member_who_left(self, as_anna, waiting, family, anna):
        self.leave(family, anna)
        html = response_text(as_anna.get(plan_version_url(waiting)))
        assert "Podpisy są odnotowane." in html and "Wprowadź w życie" in html
        response = submit_form(as_anna, plan_version_url(waiting, "in-force"))
        assert response.status_code == 302
        assert reload_plan(waiting).in_force_from == TODAY
        html = response_text(as_anna.get(plan_version_url(waiting)))
        assert "Plan, wersja 1. Plan obowiązuje od 13.10.2026." in html

    def test_missing_signer_is_named(self, as_anna, waiting):
        assert "Wprowadź w życie" not in response_text(as_anna.get(plan_version_url(waiting)))
        response = submit_form(as_anna, plan_version_url(waiting, "in-force"))
        assert response.status_code == 422
        assert "Brakuje podpisu albo odmowy: Zofia Kowalska." in response_text(response)
        assert reload_plan(waiting).state == PlanState.ACCEPTED

    def test_double_submission_gets_the_same_response(self, as_anna, waiting, family, anna):
        self.leave(family, anna)
        url = plan_version_url(waiting, "in-force")
        data = form_data(as_anna, url)
        assert as_anna.post(url, data).url == as_anna.post(url, data).url == plan_version_url(waiting)

    def test_plan_already_in_force(self, as_anna, waiting, family, anna):
        signed_by(waiting, family, "Zofia", by=anna)
        response = as_anna.get(plan_version_url(waiting, "in-force"), follow=True)
        assert "Ten plan jest już podpisany." in response_text(response)

    def test_user_without_access_gets_404(self, client, waiting, zofia):
        client.force_login(zofia)
        assert client.get(plan_version_url(waiting, "in-force")).status_code == 404
