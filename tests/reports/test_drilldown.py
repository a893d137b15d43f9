"""The drill-down list of a number: the rows counted, links, masking of families out of scope."""

from datetime import date, timedelta

from families.caseload.actions import hand_over
from families.choices import CounterpartType
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from reports.catalogue.quarterly import FIGURES
from tests.families.visits.helpers import make_contact, make_visit, visit_url
from tests.form_client import response_text
from tests.page import Page
from tests.reports.urls import drilldown_url, evening, report_url
from tests.statement_counts import TABLE, page_statements

JULY = date(2026, 7, 15)


def in_july(family, who, number=1):
    made = []
    for index in range(number):
        day = JULY + timedelta(days=index)
        with evening(day):
            made.append(make_visit(family, who, day))
    return made


def test_number_links_to_its_list_and_the_list_back_to_the_report(as_maria, maria, kowalscy, anna):
    [visit] = in_july(kowalscy, anna)
    report = response_text(as_maria.get(report_url()))
    assert f'<a href="{drilldown_url("wizyty-odbyte")}">1</a>' in report
    response = as_maria.get(drilldown_url("wizyty-odbyte"))
    page = response_text(response)
    assert "Wizyty odbyte: 1" in page and "1 wizyta" in page
    assert visit_url(visit) in page
    assert f'href="{report_url()}#f-wizyty-odbyte"' in page
    read = AccessLogEntry.objects.get()
    assert (read.access_area, read.families, read.view_name) == (
        "list",
        [kowalscy.pk],
        "reports:figure",
    )


def test_each_column_has_its_own_list(as_maria, kowalscy, anna):
    in_july(kowalscy, anna)
    url = drilldown_url("wizyty-odbyte")
    assert "Wizyty odbyte: 0" in response_text(as_maria.get(url, {"kolumna": "poprzedni"}))
    assert "Wizyty odbyte: 1" in response_text(as_maria.get(url, {"kolumna": "od-stycznia"}))
    assert as_maria.get(url, {"kolumna": "jutro"}).status_code == 404
    assert as_maria.get(drilldown_url("nie-ma-takiej")).status_code == 404


def test_sum_figure_equals_the_sum_of_its_list(as_maria, kowalscy, anna):
    in_july(kowalscy, anna, 3)
    page = response_text(as_maria.get(drilldown_url("godziny")))
    assert "Godziny w rodzinach: 3,0" in page
    assert "3 wizyty, razem 3,0 godz." in page


def test_ratio_links_to_numerator_and_denominator(as_maria, kowalscy, anna):
    in_july(kowalscy, anna, 2)
    page = response_text(as_maria.get(drilldown_url("srednio-na-rodzine")))
    assert "Średnio wizyt na rodzinę: 2,0" in page
    assert drilldown_url("wizyty-w-pracy") in page and drilldown_url("objete-wsparciem") in page
    assert not AccessLogEntry.objects.exists()


def test_ratio_of_each_column_and_assistant(as_maria, kowalscy, nowakowie, anna, ewa):
    in_july(kowalscy, anna, 2)
    in_july(nowakowie, ewa, 4)
    url = drilldown_url("srednio-na-rodzine")
    for params, text in (
        ({}, "3,0"),
        ({"kolumna": "od-stycznia"}, "3,0"),
        ({"kolumna": "poprzedni"}, "0,0"),
        ({"kolumna": "rok-temu"}, "–"),
        ({"asystent": anna.pk}, "2,0"),
        ({"asystent": ewa.pk}, "4,0"),
    ):
        assert f"Średnio wizyt na rodzinę: {text}" in response_text(as_maria.get(url, params)), params


def test_ratio_reads_only_its_two_numbers(as_maria, kowalscy, anna):
    in_july(kowalscy, anna, 2)
    statements = page_statements(as_maria, drilldown_url("srednio-na-rodzine"))
    read = {match[1] for each in statements if (match := TABLE.search(each))}
    assert {"visits_visit", "caseload_workperiod"} <= read
    assert not read & {"visits_contact", "plans_plan", "assessments_assessment", "accounts_contract"}
    assert len(statements) <= 5


def test_distinct_figure_lists_each_family_once(as_maria, kowalscy):
    page = response_text(as_maria.get(drilldown_url("objete-wsparciem")))
    assert page.count("Kowalscy") == 1
    assert f"/rodziny/{kowalscy.pk}/praca/" in page


def test_rows_out_of_scope_are_counted_and_masked(client, maria, anna, ewa, kowalscy):
    in_july(kowalscy, anna)
    with clock.freeze_time(date(2026, 8, 1)):
        hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=date(2026, 8, 1), by=maria)
    client.force_login(anna)
    page = response_text(client.get(drilldown_url("wizyty-odbyte")))
    assert "Wizyty odbyte: 1" in page and "15.07.2026" in page
    assert "nie masz dostępu" in page
    assert "Kowalscy" not in page and f"/rodziny/{kowalscy.pk}/" not in page
    assert not AccessLogEntry.objects.exists(), "no family was shown"


def test_assistant_sees_only_their_own_rows(client, anna, ewa, kowalscy, nowakowie):
    in_july(kowalscy, anna)
    in_july(nowakowie, ewa)
    client.force_login(anna)
    page = response_text(client.get(drilldown_url("wizyty-odbyte")))
    assert "Wizyty odbyte: 1" in page and "Nowakowie" not in page
    assert client.get(drilldown_url("wizyty-odbyte"), {"asystent": ewa.pk}).status_code == 403


def test_figure_missing_from_the_report_has_no_list(client, maria, anna, kowalscy):
    client.force_login(maria)
    assert client.get(drilldown_url("przejete")).status_code == 404
    assert client.get(drilldown_url("przejete"), {"asystent": anna.pk}).status_code == 200
    client.force_login(anna)
    assert client.get(drilldown_url("etaty")).status_code == 404


def test_long_list_is_paginated_by_keyset(as_maria, kowalscy, anna):
    in_july(kowalscy, anna, 27)
    first = response_text(as_maria.get(drilldown_url("wizyty-odbyte")))
    assert "27 wizyt" in first and "Następna strona" in first
    last = next(iter(kowalscy.periods.get().visits.order_by("started_at")[2:3]))
    second = response_text(as_maria.get(drilldown_url("wizyty-odbyte"), {"po": last.pk}))
    assert "15.07.2026" in second and "Poprzednia strona" in second
    assert len(page_statements(as_maria, drilldown_url("wizyty-odbyte"))) <= 8


def test_pagination_keeps_column_and_assistant(as_maria, kowalscy, anna):
    in_july(kowalscy, anna, 27)
    params = {"asystent": anna.pk, "kolumna": "od-stycznia"}
    next_link = pager_url(as_maria.get(drilldown_url("wizyty-odbyte"), params), "next")
    assert next_link.startswith(drilldown_url("wizyty-odbyte"))
    second = as_maria.get(next_link)
    page = response_text(second)
    assert "27 wizyt" in page and page.count("<tr>") == 2
    first = response_text(as_maria.get(pager_url(second, "prev")))
    assert "27 wizyt" in first and first.count("<tr>") == 25


def pager_url(response, direction: str) -> str:
    """The URL of the pager link."""
    url = Page(response).pager_url(direction)
    assert url
    return url


def test_list_of_every_figure_opens(client, maria, anna, kowalscy):
    in_july(kowalscy, anna)
    for counterpart_type in CounterpartType:
        with evening(JULY):
            make_contact(kowalscy, anna, JULY, counterpart_type=counterpart_type)
    client.force_login(maria)
    for figure in FIGURES.values():
        of_the_centre = getattr(figure, "rows", True)
        wanted = 200 if of_the_centre else 404
        assert client.get(drilldown_url(figure.key)).status_code == wanted, figure.key
        of_one = getattr(figure, "assistant_rows", True)
        response = client.get(drilldown_url(figure.key), {"asystent": anna.pk})
        assert response.status_code == (200 if of_one else 404), figure.key


def test_every_shown_field_has_a_class():
    columns = [
        column
        for figure in FIGURES.values()
        if hasattr(figure, "rows") and figure.rows
        for column in figure.rows.row_type.columns
    ]
    personal = {column.header for column in columns if column.is_personal}
    assert {"Rodzina", "Numer sprawy", "Z kim", "Powód zakończenia"} <= personal
