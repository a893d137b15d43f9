"""Adding and ending legal bases, and finding days without any."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from families.caseload.actions import add_basis, end_basis, end_work
from families.caseload.labels import MISSING_BASIS_ADVICE
from families.caseload.models import LegalBasis
from families.caseload.queries import find_basis_gaps
from families.choices import BasisKind, ClosingReason, Kinship
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Period
from tests.factories import TODAY, WORK_STARTED_ON, consent_data
from tests.families.caseload.helpers import court_basis
from tests.form_client import form_data, parse_form, response_text, submit_form


def add_url(family) -> str:
    return reverse("families:basis-add", args=[family.pk])


def end_url(basis) -> str:
    return reverse("families:basis-end", args=[basis.period.family_id, basis.pk])


def member(family, kinship):
    return family.memberships.get(kinship=kinship).person


@pytest.fixture
def period(kowalscy):
    return kowalscy.periods.get()


@pytest.fixture
def consent(period):
    return period.bases.get()


# ---- adding ------------------------------------------------------------------------------------------
def test_it_works(client, tomasz, kowalscy, period):
    father = member(kowalscy, Kinship.FATHER)
    client.force_login(tomasz)
    response = submit_form(
        client, add_url(kowalscy), kind="consent", person=father.pk, starts_on="12.10.2026"
    )
    page = reverse("families:work", args=[kowalscy.pk])
    assert (response.status_code, response.url) == (302, f"{page}#podstawa")
    basis = period.bases.order_by("pk").last()
    assert (basis.kind, basis.person, basis.starts_on) == ("consent", father, date(2026, 10, 12))
    past = basis.history.get()
    assert (past.history_user, past.history_change_reason) == (tomasz, "Podstawa pracy z rodziną")
    page = response_text(client.get(response.url))
    assert "Zapisano podstawę: zgoda, Piotr Kowalska, od 12.10.2026." in page


def test_an_order_of_the_court_keeps_its_reference(client, maria, kowalscy, period):
    client.force_login(maria)
    response = submit_form(
        client, add_url(kowalscy), kind="court", reference="III Nsm 123/26", starts_on="29.09.2026"
    )
    basis = period.bases.order_by("pk").last()
    assert (basis.kind, basis.person, basis.reference) == (BasisKind.COURT, None, "III Nsm 123/26")
    assert "zobowiązanie sądu, III Nsm 123/26, od 29.09.2026" in response_text(client.get(response.url))


@pytest.mark.parametrize(
    "fields,sentence",
    [
        ({"kind": None}, "Wybierz: Podstawa."),
        ({"kind": "consent"}, "Wskaż osobę, której ta podstawa dotyczy."),
        ({"kind": "consent", "person": Kinship.CHILD}, "Zgodę wyraża osoba dorosła"),
        ({"kind": "minor_parent"}, "Wskaż osobę, której ta podstawa dotyczy."),
        ({"kind": "minor_parent", "person": Kinship.MOTHER}, "nie wynika, że to osoba małoletnia."),
        ({"kind": "minor_parent", "person": Kinship.CHILD}, "nie ma jeszcze 10 lat. Sprawdź datę urodzenia."),
        ({"kind": "court"}, "Podaj sygnaturę albo numer pisma sądu."),
        ({"kind": "za_zyciem", "starts_on": "14.10.2026"}, "Ten dzień jeszcze nie nadszedł."),
        ({"kind": "za_zyciem", "starts_on": "w październiku"}, "Wpisz datę jako dzień.miesiąc.rok"),
    ],
)
def test_bad_input_is_refused_beside_the_field(client, tomasz, kowalscy, period, fields, sentence):
    if "person" in fields:
        fields = fields | {"person": member(kowalscy, fields["person"]).pk}
    client.force_login(tomasz)
    response = submit_form(client, add_url(kowalscy), **fields)
    assert response.status_code == 422
    assert response_text(response).count(sentence) == 2
    assert "Podstawy nie zapisano. Popraw 1 miejsce." in response_text(response)
    typed = parse_form(response.content.decode())
    assert typed["starts_on"] == [fields.get("starts_on", "13.10.2026")]
    assert period.bases.count() == 1


def test_the_same_basis_twice_is_refused(client, tomasz, kowalscy, period):
    mother = member(kowalscy, Kinship.MOTHER)
    client.force_login(tomasz)
    response = submit_form(
        client, add_url(kowalscy), kind="consent", person=mother.pk, starts_on="12.10.2026"
    )
    assert response.status_code == 422
    assert "Taka podstawa jest już zapisana i obowiązuje w tym czasie." in response_text(response)
    assert period.bases.count() == 1


def test_a_consent_may_be_given_again_after_it_was_withdrawn(consent, period, kowalscy, maria):
    end_basis(basis=consent, on=date(2026, 9, 30), why="Cofnięcie zgody.", version=None, by=maria)
    assert add_basis(period=period, data=consent_data(kowalscy, TODAY), by=maria).starts_on == TODAY


def test_a_basis_may_start_before_the_work_but_not_after_its_end(period, maria):
    end_work(period=period, on=TODAY, reason=ClosingReason.MOVED, by=maria)
    assert add_basis(period=period, data=court_basis(date(2026, 1, 7))[0], by=maria).ends_on == TODAY
    with pytest.raises(ValidationError, match=r"została zakończona 13\.10\.2026"):
        add_basis(period=period, data=court_basis(TODAY + timedelta(days=1))[0], by=maria)


def test_a_family_without_work_has_no_basis_to_add(client, tomasz, unassigned_family):
    client.force_login(tomasz)
    for answer in (client.get(add_url(unassigned_family)), client.post(add_url(unassigned_family))):
        assert (answer.status_code, answer.url) == (
            302,
            reverse("families:work", args=[unassigned_family.pk]),
        )


def test_sent_twice_one_basis_is_saved(client, tomasz, kowalscy, period):
    client.force_login(tomasz)
    data = form_data(
        client, add_url(kowalscy), kind="court", reference="III Nsm 1/26", starts_on="29.09.2026"
    )
    first, second = client.post(add_url(kowalscy), data), client.post(add_url(kowalscy), data)
    assert (first.status_code, second.status_code) == (302, 302)
    assert period.bases.count() == 2


# ---- ending ------------------------------------------------------------------------------------------
def test_ending_the_only_basis_warns_that_none_is_left(client, tomasz, consent, kowalscy):
    client.force_login(tomasz)
    page = response_text(client.get(end_url(consent)))
    assert "Zakończ podstawę: zgoda, Danuta Kowalska, od 04.03.2026" in page
    response = submit_form(client, end_url(consent), ends_on="13.10.2026", why="Cofnięcie zgody na piśmie.")
    assert response.status_code == 302
    consent.refresh_from_db()
    assert (consent.ends_on, consent.end_reason) == (TODAY, "Cofnięcie zgody na piśmie.")
    past = consent.history.latest()
    assert past.history_user == tomasz
    assert past.history_change_reason == "Koniec podstawy: Cofnięcie zgody na piśmie."
    page = response_text(client.get(response.url))
    assert f"Od 14.10.2026 praca nie ma podstawy. {MISSING_BASIS_ADVICE}" in page
    assert "Podstawa się kończy." in page
    with clock.freeze_time(TODAY + timedelta(days=3)):
        client.force_login(tomasz)
        page = response_text(client.get(response.url))
        overview = response_text(client.get(reverse("families:overview", args=[kowalscy.pk])))
    assert "Podstawę zapisuje na stronie „Prowadzenie” pracownik socjalny albo kierownik." in overview
    assert "Praca bez podstawy: 3 dni" in page.replace("</b>", "")
    assert "14.10.2026–16.10.2026" in page
    assert MISSING_BASIS_ADVICE in page and "akończ pracę" not in page, "there is no such page yet"


def test_no_warning_when_another_basis_is_in_force(client, tomasz, consent, period, kowalscy, maria):
    add_basis(period=period, data=court_basis(date(2026, 9, 29))[0], by=maria)
    client.force_login(tomasz)
    response = submit_form(client, end_url(consent), ends_on="13.10.2026", why="Cofnięcie zgody.")
    page = response_text(client.get(response.url))
    assert "obowiązuje do 13.10.2026." in page
    assert "nie ma podstawy" not in page and "bez podstawy" not in page.lower()


@pytest.mark.parametrize(
    "fields,sentence",
    [
        ({"ends_on": "03.03.2026", "why": "Pomyłka."}, "Ta podstawa zaczyna się dopiero 04.03.2026."),
        ({"ends_on": "13.10.2026", "why": " "}, "Podaj powód. Zostaje w teczce."),
        ({"ends_on": "", "why": "Cofnięcie."}, "Wpisz datę."),
    ],
)
def test_a_bad_end_is_refused_beside_the_field(client, tomasz, consent, fields, sentence):
    client.force_login(tomasz)
    response = submit_form(client, end_url(consent), **fields)
    assert response.status_code == 422
    assert response_text(response).count(sentence) == 2
    consent.refresh_from_db()
    assert consent.ends_on is None


def test_a_basis_cannot_be_ended_twice(client, tomasz, consent, maria):
    client.force_login(tomasz)
    end_basis(basis=consent, on=date(2026, 9, 30), why="Cofnięcie zgody.", version=None, by=maria)
    response = submit_form(client, end_url(consent), ends_on="13.10.2026", why="Jeszcze raz.")
    assert response.status_code == 422
    assert "Ta podstawa ma już ostatni dzień: 30.09.2026. Jeśli jest zły, wybierz „Popraw”." in response_text(
        response
    )


def test_an_end_saved_by_somebody_else_is_shown_beside_ones_own(client, tomasz, consent, maria):
    client.force_login(tomasz)
    data = form_data(client, end_url(consent), ends_on="13.10.2026", why="Cofnięcie zgody ustnie.")
    end_basis(basis=consent, on=date(2026, 10, 1), why="Cofnięcie zgody na piśmie.", version=None, by=maria)
    response = client.post(end_url(consent), data)
    assert response.status_code == 409
    assert "Cofnięcie zgody ustnie." in response_text(response)
    consent.refresh_from_db()
    assert consent.end_reason == "Cofnięcie zgody na piśmie."


# ---- rights ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name,status", [("anna", 403), ("zofia", 404), ("ewa", 404), ("jan", 404)])
def test_only_the_social_worker_and_the_manager_record_a_basis(
    client, zofia, ewa, jan, kowalscy, consent, request, name, status
):
    client.force_login(request.getfixturevalue(name))
    for url in (add_url(kowalscy), end_url(consent)):
        assert client.get(url).status_code == status
        assert client.post(url, {"ends_on": "13.10.2026", "why": "x"}).status_code == status
    assert LegalBasis.objects.get(period__family=kowalscy).ends_on is None


def test_a_basis_of_another_family_gives_404(client, maria, kowalscy, nowakowie):
    foreign = nowakowie.periods.get().bases.get()
    client.force_login(maria)
    mixed = reverse("families:basis-end", args=[kowalscy.pk, foreign.pk])
    assert client.get(mixed).status_code == 404
    assert client.post(mixed, {"ends_on": "13.10.2026", "why": "x"}).status_code == 404


# ---- gaps --------------------------------------------------------------------------------------------
def test_days_without_a_basis_are_found_on_both_sides_of_today(period, consent, maria):
    end_basis(basis=consent, on=date(2026, 5, 31), why="Cofnięcie zgody.", version=None, by=maria)
    court = add_basis(period=period, data=court_basis(date(2026, 6, 15))[0], by=maria)
    gaps = find_basis_gaps(period, period.bases.all(), on=TODAY)
    assert (gaps.past, gaps.past_days, gaps.next_gap_on) == (
        [Period(date(2026, 6, 1), date(2026, 6, 14))],
        14,
        None,
    )
    end_basis(basis=court, on=date(2026, 12, 31), why="Uchylenie.", version=None, by=maria)
    gaps = find_basis_gaps(period, period.bases.all(), on=TODAY)
    assert (gaps.past_days, gaps.next_gap_on) == (14, date(2027, 1, 1))
    gaps = find_basis_gaps(period, period.bases.all(), on=date(2027, 1, 10))
    assert (gaps.past_days, gaps.next_gap_on) == (24, None)


def test_work_that_has_ended_needs_no_basis_afterwards(period, maria):
    end_work(period=period, on=TODAY, reason=ClosingReason.MOVED, by=maria)
    period.refresh_from_db()
    gaps = find_basis_gaps(period, period.bases.all(), on=TODAY + timedelta(days=90))
    assert (gaps.past, gaps.next_gap_on) == ([], None)


def test_work_still_to_begin_lacks_nothing_yet(period, consent):
    gaps = find_basis_gaps(period, [consent], on=WORK_STARTED_ON - timedelta(days=30))
    assert (gaps.past, gaps.next_gap_on) == ([], None)
