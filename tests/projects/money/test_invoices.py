"""Invoices are entered one after another, corrected and removed with a reason; what is unusual is asked."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from projects import actions as project_actions
from projects.models import Edition, Invoice
from projects.money.actions import FUTURE, NO_POSITION, TOO_MUCH, correct_invoice, remove_invoice
from projects.results.actions import record_results
from tests.form_client import form_data, parse_form, response_text, submit_form
from tests.page import Page
from tests.projects.helpers import enter_results, make_approved, make_ended
from tests.projects.money.helpers import DAY, invoice_fields, line_of, make_invoice


def url(edition, name="invoice-add", *more) -> str:
    return reverse(f"projects:{name}", args=[edition.pk, *more])


# ---- it works ----------------------------------------------------------------------------------------
def test_one_invoice_after_another(as_tomasz, tomasz, edition):
    response = submit_form(as_tomasz, url(edition), **invoice_fields(edition))
    assert response["Location"] == url(edition) + "?pozycja=1"
    row = Invoice.objects.get()
    assert (row.number, row.day, row.amount) == ("FV 12/2026", DAY, Decimal("340.50"))
    assert (row.entered_by, row.line.position) == (tomasz, 1)
    page = as_tomasz.get(response["Location"])
    text = response_text(page).replace("\xa0", " ")
    assert "Zapisano fakturę FV 12/2026, 340,50 zł. Zostało 919,50 zł" in text
    assert "FV 12/2026" in Page(page).text and form_data(as_tomasz, response["Location"])["line"] == [
        str(row.line_id)
    ]
    assert "autofocus" in page.content.decode()


def test_typed_sums_count_until_the_first_invoice(as_tomasz, tomasz, edition):
    enter_results(edition, tomasz)  # 100 zł each
    assert line_of(edition).spent == Decimal(100)
    asked = submit_form(as_tomasz, url(edition), **invoice_fields(edition))
    assert asked.status_code == 422 and "liczy się tylko suma faktur" in response_text(asked)
    make_invoice(edition, tomasz)
    assert (line_of(edition).spent, line_of(edition, 2).spent) == (Decimal(340), Decimal(100))
    results = response_text(as_tomasz.get(url(edition, "results")))
    assert f"spent_{line_of(edition).pk}" not in results and f"spent_{line_of(edition, 2).pk}" in results


def test_a_correction_with_its_reason(as_tomasz, tomasz, edition):
    row = make_invoice(edition, tomasz)
    second = line_of(edition, 2)
    fields = {"amount": "300", "line": str(second.pk), "why": "pomylona kwota i pozycja"}
    response = submit_form(as_tomasz, url(edition, "invoice-correct", row.pk), **fields)
    assert response["Location"] == url(edition, "invoices") + "?pozycja=2"
    row.refresh_from_db()
    assert (row.amount, row.line_id, row.number) == (Decimal(300), second.pk, "FV 1/2026")
    assert line_of(edition).spent is None
    history = response_text(as_tomasz.get(url(edition, "history")))
    assert "pomylona kwota i pozycja" in history and "Nowa faktura" in history


def test_removed_with_its_reason(as_tomasz, tomasz, edition):
    row = make_invoice(edition, tomasz)
    page = response_text(as_tomasz.get(url(edition, "invoice-remove", row.pk)))
    assert "FV 1/2026" in page and "materiały plastyczne" in page
    submit_form(as_tomasz, url(edition, "invoice-remove", row.pk), why="inny projekt")
    assert not Invoice.objects.exists()
    assert "inny projekt" in response_text(as_tomasz.get(url(edition, "history")))


def test_opened_and_saved_it_stays(as_tomasz, tomasz, edition):
    row = make_invoice(edition, tomasz, supplier="Papiernik", amount=Decimal("1200.50"))
    before = row.entered_values()
    submit_form(as_tomasz, url(edition, "invoice-correct", row.pk), why="bez zmian")
    row.refresh_from_db()
    assert row.entered_values() == before


def test_settled_by_invoices(tomasz, maria):
    edition = enter_results(make_ended(tomasz, maria), tomasz)
    record_results(edition=edition, readings=[], spent={line_of(edition).pk: None}, version=None, by=tomasz)
    with pytest.raises(ValidationError, match="Pozycja 1"):
        project_actions.settle_edition(edition=edition, version=None, by=maria)
    make_invoice(edition, tomasz)
    assert project_actions.settle_edition(edition=edition, version=None, by=maria).state == "settled"


# ---- what is asked -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"day": "30.09.2026"}, "Faktura jest z 30.09.2026, a projekt trwa od 01.10.2026"),
        ({"number": "fv1/2026"}, "Faktura FV 1/2026 już jest: 08.10.2026, 340,00 zł"),
        ({"amount": "1 000"}, "będzie wydane 1 340,00 zł, więcej niż plan 1 260,00 zł"),
    ],
)
def test_what_is_unusual_is_asked_and_then_saved(as_tomasz, tomasz, edition, fields, sentence):
    make_invoice(edition, tomasz)
    asked = submit_form(as_tomasz, url(edition), **invoice_fields(edition, **fields))
    assert asked.status_code == 422 and sentence in response_text(asked).replace("\xa0", " ")
    assert Invoice.objects.count() == 1
    again = as_tomasz.post(url(edition), parse_form(asked.content.decode()))
    assert again.status_code == 302 and Invoice.objects.count() == 2


def test_a_usual_one_is_not_asked(as_tomasz, tomasz, edition):
    make_invoice(edition, tomasz)
    assert submit_form(as_tomasz, url(edition), **invoice_fields(edition)).status_code == 302


# ---- bad input ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"line": ""}, NO_POSITION),
        ({"line": "999999"}, NO_POSITION),
        ({"line": "x"}, NO_POSITION),
        ({"day": "14.10.2026"}, FUTURE),
        ({"day": "31.02.2026"}, "Takiego dnia nie ma"),
        ({"amount": "0"}, "większa od zera"),
        ({"amount": "-5"}, "większa od zera"),
        ({"amount": "5 000 000,01"}, TOO_MUCH),
        ({"amount": "99999999999"}, "cyfr"),
        ({"amount": "1,234"}, "po przecinku"),
        ({"amount": "sto"}, "Wpisz liczbę"),
        ({"amount": "NaN"}, "Wpisz liczbę"),
        ({"number": ""}, ""),
        ({"number": "x" * 61}, "Skróć"),
        ({"purpose": ""}, ""),
    ],
)
def test_refused_with_a_sentence_and_kept(as_tomasz, edition, fields, sentence):
    response = submit_form(as_tomasz, url(edition), **invoice_fields(edition, **fields))
    assert response.status_code == 422 and sentence in response_text(response).replace("\xa0", " ")
    assert "farby i papier" in response.content.decode() or "purpose" in fields
    assert not Invoice.objects.exists()


def test_a_position_of_another_project(as_tomasz, tomasz, maria, edition):
    other = make_approved(tomasz, maria, title="Inny projekt", starts_on=date(2026, 10, 1), ends_on=None)
    fields = invoice_fields(edition, line=str(line_of(other).pk))
    response = submit_form(as_tomasz, url(edition), **fields)
    assert response.status_code == 422 and NO_POSITION in response_text(response)


def test_a_correction_says_why(as_tomasz, tomasz, edition):
    row = make_invoice(edition, tomasz)
    for name in ("invoice-correct", "invoice-remove"):
        assert submit_form(as_tomasz, url(edition, name, row.pk), why=" ").status_code == 422
    assert Invoice.objects.get().version == row.version


def test_the_database_refuses_an_amount_of_nothing(tomasz, edition):
    row = make_invoice(edition, tomasz)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invoice.objects.filter(pk=row.pk).update(amount=0)


# ---- who may, and when -------------------------------------------------------------------------------
def test_who_may_not(client, anna, jan, tomasz, edition):
    row = make_invoice(edition, tomasz)
    addresses = [url(edition), url(edition, "difference", 1)]
    addresses += [url(edition, name, row.pk) for name in ("invoice-correct", "invoice-remove")]
    for user in (anna, jan):
        client.force_login(user)
        for address in addresses:
            assert client.get(address).status_code == client.post(address).status_code == 403, address
    with pytest.raises(PermissionDenied):
        make_invoice(edition, anna)
    for action in (correct_invoice, remove_invoice):
        data = {"data": row} if action is correct_invoice else {}
        with pytest.raises(PermissionDenied):
            action(invoice=row, why="x", version=None, by=anna, **data)


def test_only_from_the_start_to_the_settlement(as_tomasz, tomasz, edition):
    row = make_invoice(edition, tomasz)
    form = form_data(as_tomasz, url(edition), **invoice_fields(edition, number="FV 2"))
    Edition.objects.filter(pk=edition.pk).update(state="settled")
    assert as_tomasz.get(url(edition))["Location"] == url(edition, "budget")
    response = as_tomasz.post(url(edition), form)
    assert response.status_code == 422 and "od rozpoczęcia projektu do jego rozliczenia" in response_text(
        response
    )
    with pytest.raises(ValidationError):
        remove_invoice(invoice=row, why="x", version=None, by=tomasz)
    assert Invoice.objects.count() == 1


def test_of_another_project_is_not_there(as_tomasz, tomasz, maria, edition):
    other = make_approved(tomasz, maria, title="Inny projekt", starts_on=date(2026, 10, 1), ends_on=None)
    row = make_invoice(edition, tomasz)
    for name in ("invoice-correct", "invoice-remove"):
        assert as_tomasz.get(url(other, name, row.pk)).status_code == 404


def test_two_correct_it_at_once(as_tomasz, tomasz, maria, edition):
    row = make_invoice(edition, tomasz)
    address = url(edition, "invoice-correct", row.pk)
    form = form_data(as_tomasz, address, amount="200", why="moja poprawka")
    data = Invoice(line=row.line, number="FV 9", day=DAY, amount=Decimal(1), purpose="inne")
    correct_invoice(invoice=row, data=data, why="cudza poprawka", version=None, by=maria)
    assert as_tomasz.post(address, form).status_code == 409
    assert Invoice.objects.get().number == "FV 9"
