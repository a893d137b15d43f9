"""The list of work periods without znak sprawy."""

import pytest
from django.urls import reverse

from families.caseload.references import record_reference
from lubsko_ops.audit.models import AccessLogEntry
from tests.families.caseload.helpers import create_work_without_assistant
from tests.form_client import response_text, submit_form
from tests.lubsko_ops.centre.dictionaries.helpers import make_symbol
from tests.page import Page
from tests.statement_counts import page_statements

LIST = "/ustawienia/znaki-spraw/"


def test_each_case_without_one_is_filled_from_the_list(client, maria, kowalscy, nowakowie):
    client.force_login(maria)
    page = Page(client.get(LIST))
    assert "Kowalscy" in page.text and "2 sprawy bez znaku" in page.text
    url = reverse("families:missing-reference", args=[kowalscy.pk, kowalscy.periods.get().pk])
    assert url in [link["href"] for link in page.links]
    response = submit_form(client, url, case_reference="ABC.1234.5.2026")
    assert response["Location"] == LIST
    page = Page(client.get(LIST))
    assert "Kowalscy: znak sprawy ABC.1234.5.2026." in page.text
    assert [row.family for row in client.get(LIST).context["rows"]] == [nowakowie]


def test_the_counter_of_this_year_serves_an_earlier_case_too(client, maria, kowalscy):
    make_symbol(by=maria, year_from=2026)
    client.force_login(maria)
    url = reverse("families:missing-reference", args=[kowalscy.pk, kowalscy.periods.get().pk])
    assert submit_form(client, url).status_code == 302  # the counter is chosen when it can give one
    assert kowalscy.periods.get().case_reference == "ABC.1234.1.2026"


def test_the_families_of_the_list_are_in_the_access_log(client, maria, kowalscy, nowakowie):
    client.force_login(maria)
    client.get(LIST)
    entry = AccessLogEntry.objects.latest("pk")
    assert (entry.access_area, sorted(entry.families)) == ("references", sorted([kowalscy.pk, nowakowie.pk]))


def test_an_empty_list_says_so(client, maria, kowalscy):
    period = kowalscy.periods.get()
    record_reference(period=period, case_reference="ABC.1234.5.2026", version=None, by=maria)
    client.force_login(maria)
    assert "Każda sprawa ma znak" in response_text(client.get(LIST))


@pytest.mark.parametrize("name", ["anna", "tomasz", "jan"])
def test_only_the_manager_opens_it(client, request, name):
    client.force_login(request.getfixturevalue(name))
    assert client.get(LIST).status_code == 403


def test_the_list_costs_the_same_for_any_number_of_cases(client, maria, kowalscy):
    client.force_login(maria)
    few = page_statements(client, LIST)
    for number in range(30):
        create_work_without_assistant(f"Nowi {number}", by=maria)
    assert len(page_statements(client, LIST)) <= len(few) + 1 <= 8  # a longer list asks for the next page
