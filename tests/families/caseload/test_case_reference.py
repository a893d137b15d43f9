"""Znak sprawy: taken once when work begins, or typed; never the number of the file."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from families.caseload.actions import begin_work, end_work
from families.caseload.models import WorkPeriod
from families.caseload.references import number_case, record_reference
from families.people.models import Membership
from lubsko_ops.centre.dictionaries.filing import set_counter
from lubsko_ops.centre.models import SymbolCounter
from tests.factories import TODAY
from tests.families.caseload.helpers import court_basis, create_work_without_assistant
from tests.form_client import form_data, response_text, submit_form
from tests.lubsko_ops.centre.dictionaries.helpers import make_symbol
from tests.page import Page


@pytest.fixture
def symbol(maria):
    """ABC.1234 with seventeen cases of this year on paper."""
    symbol = make_symbol(by=maria)
    set_counter(symbol=symbol, year=2026, last=17, version=None, by=maria)
    return symbol


def record(period, reference, *, by, why=""):
    return record_reference(period=period, case_reference=reference, why=why, version=None, by=by)


def begin_form(client, family, **fields):
    mother = Membership.objects.get(family=family, kinship="mother").person_id
    facts = {"starts_on": "13.10.2026", "consent_people": str(mother), "consent_since": "12.10.2026"}
    return submit_form(client, reverse("families:assign", args=[family.pk]), **facts | fields)


# ---- taken when work begins --------------------------------------------------------------------------
def test_work_that_begins_takes_the_next_reference(client, maria, ewa, unassigned_family, symbol):
    client.force_login(maria)
    response = begin_form(client, unassigned_family, assistant=str(ewa.pk))
    assert response.status_code == 302
    period = unassigned_family.periods.get()
    assert (period.case_reference, period.number) == ("ABC.1234.18.2026", "2026/001")
    assert "znak sprawy ABC.1234.18.2026, numer sprawy 2026/001" in response_text(
        client.get(response["Location"])
    )


def test_the_year_is_that_in_which_the_case_is_opened(maria, symbol):
    assert (
        create_work_without_assistant("Dawni", by=maria, on=date(2025, 12, 30)).case_reference
        == "ABC.1234.1.2025"
    )
    assert create_work_without_assistant("Nowi", by=maria).case_reference == "ABC.1234.18.2026"
    assert create_work_without_assistant("Stare", by=maria, on=date(2019, 3, 1)).case_reference == ""


def test_a_returning_family_gets_another_one(maria, symbol):
    period = create_work_without_assistant("Wracający", by=maria)
    end_work(period=period, on=date(2026, 9, 30), reason="goals_reached", by=maria)
    again = begin_work(family=period.family, starts_on=TODAY, bases=court_basis(TODAY), by=maria)
    assert (period.case_reference, again.case_reference) == ("ABC.1234.18.2026", "ABC.1234.19.2026")


def test_without_a_symbol_the_case_has_none(maria):
    assert create_work_without_assistant("Nowi", by=maria).case_reference == ""
    assert not SymbolCounter.objects.exists()


def test_work_that_is_refused_takes_no_number(maria, symbol, kowalscy):
    with pytest.raises(ValidationError):
        begin_work(family=kowalscy, starts_on=TODAY, bases=court_basis(), by=maria)
    assert create_work_without_assistant("Nowi", by=maria).case_reference == "ABC.1234.18.2026"


@pytest.mark.parametrize("typed", ["ABC.1234.18.2026", "abc.1234.18.2026"])
def test_a_number_that_was_typed_for_another_case_is_passed_over(maria, kowalscy, symbol, typed):
    record(kowalscy.periods.get(), typed, by=maria)
    assert create_work_without_assistant("Nowi", by=maria).case_reference == "ABC.1234.19.2026"


# ---- typed where the centre numbers its cases elsewhere ------------------------------------------------
def test_the_form_asks_for_it_only_where_numbers_are_given_elsewhere(client, maria, ewa, unassigned_family):
    client.force_login(maria)
    url = reverse("families:assign", args=[unassigned_family.pk])
    assert "case_reference" not in client.get(url).context["form"].fields
    make_symbol(by=maria, numbered_elsewhere=True)
    assert "case_reference" in client.get(url).context["form"].fields
    response = begin_form(
        client, unassigned_family, assistant=str(ewa.pk), case_reference="ABC . 1234.5.2026"
    )
    assert response.status_code == 302
    assert unassigned_family.periods.get().case_reference == "ABC.1234.5.2026"


def test_it_may_be_typed_later(client, maria, ewa, unassigned_family):
    make_symbol(by=maria, numbered_elsewhere=True)
    client.force_login(maria)
    assert begin_form(client, unassigned_family, assistant=str(ewa.pk)).status_code == 302
    period = unassigned_family.periods.get()
    assert period.case_reference == ""
    url = reverse("families:case-reference", args=[unassigned_family.pk, period.pk])
    assert submit_form(client, url, case_reference="ABC.1234.5.2026").status_code == 302
    assert unassigned_family.periods.get().case_reference == "ABC.1234.5.2026"


@pytest.mark.parametrize(
    "typed", ["2026/001", "ABC.1234.2026", "ABC.1234.12.26", "1234.12.2026", "ABC 1234 12 2026"]
)
def test_another_form_is_refused_and_stays_typed(client, maria, kowalscy, typed):
    client.force_login(maria)
    url = reverse("families:case-reference", args=[kowalscy.pk, kowalscy.periods.get().pk])
    response = submit_form(client, url, case_reference=typed)
    assert response.status_code == 422
    assert "Znak sprawy to znak komórki, symbol, numer i rok" in response_text(response)
    assert f'value="{typed}"' in response.content.decode()


@pytest.mark.parametrize("typed", ["ABC-A.123.77.3.2011.JW", "MGOPS.DS.8123.12.2026", "OPS.5041.1.2026"])
def test_forms_that_offices_use_are_accepted(maria, kowalscy, typed):
    assert record(kowalscy.periods.get(), typed, by=maria).case_reference == typed


@pytest.mark.parametrize("typed", ["ABC.1234.5.2026", "abc.1234.5.2026"])
def test_two_cases_never_share_one(client, maria, kowalscy, nowakowie, typed):
    record(nowakowie.periods.get(), "ABC.1234.5.2026", by=maria)
    client.force_login(maria)
    url = reverse("families:case-reference", args=[kowalscy.pk, kowalscy.periods.get().pk])
    response = submit_form(client, url, case_reference=typed)
    assert response.status_code == 422
    assert "Ten znak sprawy nosi już inny okres pracy." in response_text(response)
    assert "Nowakowie" not in response_text(response)


# ---- on the page of the work -------------------------------------------------------------------------
def test_a_correction_needs_a_reason_that_stays_in_the_history(client, maria, kowalscy):
    period = record(kowalscy.periods.get(), "ABC.1234.5.2026", by=maria)
    client.force_login(maria)
    url = reverse("families:case-reference", args=[kowalscy.pk, period.pk])
    refused = submit_form(client, url, case_reference="ABC.1234.6.2026")
    assert refused.status_code == 422
    response = submit_form(client, url, case_reference="ABC.1234.6.2026", why="Pomylony numer.")
    assert response.status_code == 302
    assert "ABC.1234.6.2026" in Page(client.get(f"/rodziny/{kowalscy.pk}/praca/")).text
    history = response_text(client.get(f"/rodziny/{kowalscy.pk}/historia/"))
    assert "Pomylony numer." in history and "ABC.1234.5.2026" in history


def test_a_reference_put_into_the_wrong_file_may_be_taken_away(client, maria, kowalscy):
    period = record(kowalscy.periods.get(), "ABC.1234.5.2026", by=maria)
    client.force_login(maria)
    url = reverse("families:case-reference", args=[kowalscy.pk, period.pk])
    assert submit_form(client, url, case_reference="", why="Znak innej rodziny.").status_code == 302
    assert kowalscy.periods.get().case_reference == ""


def test_the_counter_or_a_typed_one_never_both(client, maria, kowalscy, symbol):
    client.force_login(maria)
    url = reverse("families:case-reference", args=[kowalscy.pk, kowalscy.periods.get().pk])
    both = submit_form(client, url, source="2026", case_reference="ABC.1234.5.2026")
    assert both.status_code == 422
    assert "Usuń wpisany znak" in response_text(both)
    neither = submit_form(client, url, source="wpisany")
    assert "Wpisz znak sprawy." in response_text(neither)
    assert submit_form(client, url, source="2026").status_code == 302
    assert kowalscy.periods.get().case_reference == "ABC.1234.18.2026"


def test_a_case_with_a_reference_takes_no_second_number(maria, kowalscy, symbol):
    period = record(kowalscy.periods.get(), "ABC.1234.5.2026", by=maria)
    with pytest.raises(ValidationError, match="ma już znak"):
        number_case(period=period, year=2026, version=None, by=maria)
    assert SymbolCounter.objects.get().last == 17


def test_two_managers_typing_at_once_see_both(client, maria, make_user, kowalscy):
    client.force_login(maria)
    url = reverse("families:case-reference", args=[kowalscy.pk, kowalscy.periods.get().pk])
    opened = form_data(client, url, case_reference="ABC.1234.5.2026")
    record(kowalscy.periods.get(), "ABC.1234.6.2026", by=maria)
    response = client.post(url, opened)
    assert response.status_code == 409
    assert "ABC.1234.6.2026" in response_text(response)
    assert WorkPeriod.objects.get(family=kowalscy).case_reference == "ABC.1234.6.2026"


@pytest.mark.parametrize("name", ["anna", "tomasz"])
def test_others_read_it_and_do_not_change_it(client, request, maria, kowalscy, name):
    period = record(kowalscy.periods.get(), "ABC.1234.5.2026", by=maria)
    client.force_login(request.getfixturevalue(name))
    page = Page(client.get(f"/rodziny/{kowalscy.pk}/praca/"))
    assert "ABC.1234.5.2026" in page.text
    url = reverse("families:case-reference", args=[kowalscy.pk, period.pk])
    assert client.get(url).status_code == 403
