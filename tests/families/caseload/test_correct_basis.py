"""Correcting legal bases entered wrongly, including their end, and cancelling ones that never existed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from families.caseload.actions import BasisData, add_basis, end_basis, end_work
from families.caseload.corrections import cancel_basis, correct_basis
from families.caseload.labels import MISSING_BASIS_ADVICE
from families.caseload.models import LegalBasis
from families.choices import BasisKind, ClosingReason, Kinship
from families.people.actions import end_membership
from tests.factories import TODAY, WORK_STARTED_ON
from tests.families.caseload.helpers import court_basis
from tests.form_client import form_data, parse_form, response_text, submit_form

YEARS_END = date(2026, 12, 31)


def correct_url(basis) -> str:
    return reverse("families:basis-correct", args=[basis.period.family_id, basis.pk])


def cancel_url(basis) -> str:
    return reverse("families:basis-cancel", args=[basis.period.family_id, basis.pk])


@pytest.fixture
def period(kowalscy):
    return kowalscy.periods.get()


@pytest.fixture
def consent(period):
    return period.bases.get()


@pytest.fixture
def order(period, maria):
    return add_basis(period=period, data=court_basis(date(2026, 9, 29))[0], by=maria)


def data_of(basis, **changed) -> BasisData:
    facts = {name: getattr(basis, name) for name in ("kind", "starts_on", "person", "reference")}
    return BasisData(**(facts | changed))


# ---- correcting --------------------------------------------------------------------------------------
def test_a_wrong_reference_is_corrected(client, tomasz, kowalscy, order):
    work = reverse("families:work", args=[kowalscy.pk])
    client.force_login(tomasz)
    assert correct_url(order) in response_text(client.get(work))
    response = submit_form(client, correct_url(order), reference="III Nsm 132/26", why="Przestawione cyfry.")
    assert (response.status_code, response.url) == (302, f"{work}#podstawa")
    order.refresh_from_db()
    assert (order.reference, order.starts_on, order.ends_on) == ("III Nsm 132/26", date(2026, 9, 29), None)
    past = order.history.latest()
    assert (past.history_user, past.history_change_reason) == (
        tomasz,
        "Poprawienie podstawy: Przestawione cyfry.",
    )
    page = response_text(client.get(work))
    assert "Poprawiono podstawę: zobowiązanie sądu, III Nsm 132/26, od 29.09.2026." in page


def test_a_consent_ended_by_mistake_is_reopened(client, tomasz, consent):
    end_basis(basis=consent, on=YEARS_END, why="Koniec roku.", version=None, by=tomasz)
    client.force_login(tomasz)
    assert parse_form(client.get(correct_url(consent)).content.decode())["ends_on"] == ["31.12.2026"]
    assert (
        submit_form(client, correct_url(consent), ends_on="", why="Zgoda jest bezterminowa.").status_code
        == 302
    )
    consent.refresh_from_db()
    assert (consent.ends_on, consent.end_reason) == (None, "")


def test_a_consent_ended_by_mistake_can_end_earlier(client, tomasz, consent):
    end_basis(basis=consent, on=YEARS_END, why="Cofnięcie zgody.", version=None, by=tomasz)
    client.force_login(tomasz)
    response = submit_form(client, correct_url(consent), ends_on="13.10.2026", why="Cofnięto ją dziś.")
    consent.refresh_from_db()
    assert (consent.ends_on, consent.end_reason) == (TODAY, "Cofnięcie zgody.")
    assert f"Od 14.10.2026 praca nie ma podstawy. {MISSING_BASIS_ADVICE}" in response_text(
        client.get(response.url)
    )


def test_a_later_first_day_warns_about_days_without_a_basis(client, tomasz, consent):
    client.force_login(tomasz)
    response = submit_form(client, correct_url(consent), starts_on="10.03.2026", why="Data z pisma.")
    assert "Praca nie ma podstawy w dniach 04.03.2026–09.03.2026." in response_text(client.get(response.url))


def test_another_person_consented(client, tomasz, kowalscy, consent):
    father = kowalscy.memberships.get(kinship=Kinship.FATHER).person
    client.force_login(tomasz)
    submit_form(client, correct_url(consent), person=father.pk, why="To zgoda ojca.")
    consent.refresh_from_db()
    assert consent.person == father


def test_a_former_member_can_still_be_chosen(client, tomasz, kowalscy, consent):
    mother = kowalscy.memberships.get(kinship=Kinship.MOTHER)
    end_membership(membership=mother, on=TODAY - timedelta(days=1), version=None, by=tomasz)
    client.force_login(tomasz)
    assert submit_form(client, correct_url(consent), ends_on="12.10.2026", why="Odeszła.").status_code == 302


@pytest.mark.parametrize(
    "fields,sentence",
    [
        ({}, "Nic nie zostało zmienione."),
        ({"starts_on": "05.03.2026", "why": " "}, "Podaj powód. Zostaje w historii teczki."),
        ({"starts_on": "14.10.2026"}, "Ten dzień jeszcze nie nadszedł."),
        ({"ends_on": "03.03.2026"}, "Ostatni dzień nie może poprzedzać pierwszego."),
        ({"person": ""}, "Wskaż osobę, której ta podstawa dotyczy."),
    ],
)
def test_bad_input_is_refused(client, tomasz, consent, fields, sentence):
    client.force_login(tomasz)
    response = submit_form(client, correct_url(consent), **({"why": "Pomyłka."} | fields))
    assert response.status_code == 422
    assert sentence in response_text(response)
    assert consent.history.count() == 1, "nothing was saved"


def test_contradicting_corrections_are_refused(period, consent, order, maria):
    end_basis(basis=order, on=date(2026, 9, 30), why="Uchylenie.", version=None, by=maria)
    add_basis(period=period, data=court_basis(TODAY)[0], by=maria)
    order.refresh_from_db()
    with pytest.raises(ValidationError, match="Taka podstawa jest już zapisana"):
        correct_basis(basis=order, data=data_of(order), ends_on=None, why="Trwa.", version=None, by=maria)
    correct_basis(
        basis=order, data=data_of(order), ends_on=TODAY - timedelta(days=1), why="x", version=None, by=maria
    )
    end_work(period=period, on=TODAY, reason=ClosingReason.MOVED, by=maria)
    consent.refresh_from_db()
    with pytest.raises(ValidationError, match=r"została zakończona 13\.10\.2026"):
        correct_basis(
            basis=consent, data=data_of(consent), ends_on=YEARS_END, why="x", version=None, by=maria
        )
    with pytest.raises(ValidationError, match="Nic nie zostało zmienione"):
        correct_basis(basis=consent, data=data_of(consent), ends_on=None, why="x", version=None, by=maria)


def test_a_concurrent_correction_is_shown_first(client, tomasz, maria, order):
    client.force_login(tomasz)
    data = form_data(client, correct_url(order), reference="III Nsm 1/26", why="Pomyłka.")
    new = data_of(order, reference="III Nsm 2/26")
    correct_basis(basis=order, data=new, ends_on=None, why="Pomyłka.", version=None, by=maria)
    response = client.post(correct_url(order), data)
    assert response.status_code == 409
    assert "III Nsm 2/26" in response_text(response) and "III Nsm 1/26" in response_text(response)


# ---- cancelling --------------------------------------------------------------------------------------
def test_a_basis_is_cancelled(client, tomasz, kowalscy, consent, order):
    work = reverse("families:work", args=[kowalscy.pk])
    client.force_login(tomasz)
    assert cancel_url(order) in response_text(client.get(work))
    response = submit_form(client, cancel_url(order), why="Postanowienie dotyczy innej rodziny.")
    assert (response.status_code, response.url) == (302, f"{work}#podstawa")
    assert LegalBasis.objects.get(period__family=kowalscy) == consent
    past = LegalBasis.history.filter(id=order.pk).latest()
    assert (past.history_type, past.history_user) == ("-", tomasz)
    assert past.history_change_reason == "Odwołanie podstawy: Postanowienie dotyczy innej rodziny."
    page = response_text(client.get(work))
    assert "Odwołano podstawę: zobowiązanie sądu, III Nsm 123/26, od 29.09.2026." in page
    assert cancel_url(consent) not in page, "the only one is not offered"


def test_the_only_basis_of_the_first_day_cannot_be_cancelled(client, tomasz, consent, order):
    client.force_login(tomasz)
    response = submit_form(client, cancel_url(consent), why="Pomyłka.")
    assert response.status_code == 422
    assert "Bez niej praca nie ma podstawy na swój pierwszy dzień, 04.03.2026." in response_text(response)
    with pytest.raises(ValidationError, match="Dodaj najpierw właściwą podstawę albo popraw tę"):
        cancel_basis(basis=consent, why="Pomyłka.", version=None, by=tomasz)
    assert LegalBasis.objects.filter(pk=consent.pk).exists()


def test_a_basis_replaced_by_another_can_be_cancelled(period, consent, maria):
    add_basis(period=period, data=BasisData(kind=BasisKind.ZA_ZYCIEM, starts_on=WORK_STARTED_ON), by=maria)
    cancel_basis(basis=consent, why="To był wniosek, nie zgoda.", version=None, by=maria)
    assert period.bases.get().kind == BasisKind.ZA_ZYCIEM


def test_sent_twice_it_is_cancelled_once(client, tomasz, order):
    client.force_login(tomasz)
    data, url = form_data(client, cancel_url(order), why="Pomyłka."), cancel_url(order)
    assert [client.post(url, data).status_code for _ in range(2)] == [302, 302]
    assert LegalBasis.history.filter(id=order.pk, history_type="-").count() == 1


@pytest.mark.parametrize("name,status", [("anna", 403), ("zofia", 404), ("ewa", 404), ("jan", 404)])
def test_only_the_social_worker_and_the_manager_correct_a_basis(
    client, zofia, ewa, jan, order, request, name, status
):
    client.force_login(request.getfixturevalue(name))
    for url in (correct_url(order), cancel_url(order)):
        assert client.get(url).status_code == status
        assert client.post(url, {"why": "x"}).status_code == status
    assert LegalBasis.objects.filter(pk=order.pk).exists()


def test_a_basis_of_another_family_gives_404(client, maria, kowalscy, nowakowie):
    foreign = nowakowie.periods.get().bases.get()
    client.force_login(maria)
    for name in ("families:basis-correct", "families:basis-cancel"):
        assert client.get(reverse(name, args=[kowalscy.pk, foreign.pk])).status_code == 404
