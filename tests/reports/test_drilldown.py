"""The list behind a number: the rows that were counted, the way back, and what stays masked."""

import html
import re
from datetime import date, timedelta

from families.caseload.actions import hand_over
from lubsko_ops.audit.models import AccessArea, AccessLogEntry
from lubsko_ops.core import clock
from reports.catalogue.quarterly import FIGURES
from tests.families.visits.pages import page_of, visited
from tests.form_client import response_text
from tests.reports.urls import evening, list_page, report_page
from tests.statement_counts import page_statements

JULY = date(2026, 7, 15)


def in_july(family, who, number=1):
    made = []
    for index in range(number):
        day = JULY + timedelta(days=index)
        with evening(day):
            made.append(visited(family, who, day))
    return made


def test_from_the_number_to_the_visit_and_back(as_maria, maria, kowalscy, anna):
    [visit] = in_july(kowalscy, anna)
    report = response_text(as_maria.get(report_page()))
    assert f'<a href="{list_page("wizyty-odbyte")}">1</a>' in report
    answer = as_maria.get(list_page("wizyty-odbyte"))
    page = response_text(answer)
    assert "Wizyty odbyte: 1" in page and "1 pozycja" in page
    assert page_of(visit) in page
    assert f'href="{report_page()}#f-wizyty-odbyte"' in page
    read = AccessLogEntry.objects.get()
    assert (read.access_area, read.families, read.address) == (
        AccessArea.LIST,
        [kowalscy.pk],
        "reports:figure",
    )


def test_each_column_has_its_list(as_maria, kowalscy, anna):
    in_july(kowalscy, anna)
    url = list_page("wizyty-odbyte")
    assert "Wizyty odbyte: 0" in response_text(as_maria.get(url, {"kolumna": "poprzedni"}))
    assert "Wizyty odbyte: 1" in response_text(as_maria.get(url, {"kolumna": "od-stycznia"}))
    assert as_maria.get(url, {"kolumna": "jutro"}).status_code == 404
    assert as_maria.get(list_page("nie-ma-takiej")).status_code == 404


def test_a_sum_is_the_sum_of_its_list(as_maria, kowalscy, anna):
    in_july(kowalscy, anna, 3)
    page = response_text(as_maria.get(list_page("godziny")))
    assert "Godziny w rodzinach: 3,0" in page
    assert "3 pozycje, razem 3,0 godz." in page


def test_a_ratio_leads_to_its_two_parts(as_maria, kowalscy, anna):
    in_july(kowalscy, anna, 2)
    page = response_text(as_maria.get(list_page("srednio-na-rodzine")))
    assert "Średnio wizyt na rodzinę: 2,0" in page
    assert list_page("wizyty-odbyte") in page and list_page("objete-wsparciem") in page
    assert not AccessLogEntry.objects.exists()


def test_a_family_counted_once_stands_once_in_the_list(as_maria, kowalscy):
    page = response_text(as_maria.get(list_page("objete-wsparciem")))
    assert page.count("Kowalscy") == 1
    assert f"/rodziny/{kowalscy.pk}/praca/" in page


def test_what_is_out_of_reach_counts_without_a_name(client, maria, anna, ewa, kowalscy):
    in_july(kowalscy, anna)
    with clock.freeze_time(date(2026, 8, 1)):
        hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=date(2026, 8, 1), by=maria)
    client.force_login(anna)
    page = response_text(client.get(list_page("wizyty-odbyte")))
    assert "Wizyty odbyte: 1" in page and "15.07.2026" in page
    assert "poza Twoim zasięgiem" in page
    assert "Kowalscy" not in page and f"/rodziny/{kowalscy.pk}/" not in page
    assert AccessLogEntry.objects.get().families == []


def test_an_assistant_sees_only_her_own_rows(client, anna, ewa, kowalscy, nowakowie):
    in_july(kowalscy, anna)
    in_july(nowakowie, ewa)
    client.force_login(anna)
    page = response_text(client.get(list_page("wizyty-odbyte")))
    assert "Wizyty odbyte: 1" in page and "Nowakowie" not in page
    assert client.get(list_page("wizyty-odbyte"), {"asystent": ewa.pk}).status_code == 403


def test_a_number_the_report_has_not_has_no_list(client, maria, anna, kowalscy):
    client.force_login(maria)
    assert client.get(list_page("przejete")).status_code == 404
    assert client.get(list_page("przejete"), {"asystent": anna.pk}).status_code == 200
    client.force_login(anna)
    assert client.get(list_page("etaty")).status_code == 404


def test_a_long_list_is_paged_by_keys(as_maria, kowalscy, anna):
    in_july(kowalscy, anna, 27)
    first = response_text(as_maria.get(list_page("wizyty-odbyte")))
    assert "27 pozycji" in first and "Następna strona" in first
    last = next(iter(kowalscy.periods.get().visits.order_by("begins")[2:3]))
    second = response_text(as_maria.get(list_page("wizyty-odbyte"), {"po": last.pk}))
    assert "15.07.2026" in second and "Poprzednia strona" in second
    assert len(page_statements(as_maria, list_page("wizyty-odbyte"))) <= 8


def test_pages_of_a_list_stay_in_its_column_and_with_its_assistant(as_maria, kowalscy, anna):
    in_july(kowalscy, anna, 27)
    asked = {"asystent": anna.pk, "kolumna": "od-stycznia"}
    next_link = pager_of(as_maria.get(list_page("wizyty-odbyte"), asked), "next")
    assert next_link.startswith(list_page("wizyty-odbyte"))
    second = as_maria.get(next_link)
    page = response_text(second)
    assert "27 pozycji" in page and page.count("<tr>") == 1 + 2
    first = response_text(as_maria.get(pager_of(second, "prev")))
    assert "27 pozycji" in first and first.count("<tr>") == 1 + 25


def pager_of(answer, direction: str) -> str:
    """Where the pager leads."""
    [link] = re.findall(rf'<a href="([^"]+)" rel="{direction}"', answer.content.decode())
    return html.unescape(link)


def test_every_list_opens(client, maria, anna, kowalscy):
    in_july(kowalscy, anna)
    client.force_login(maria)
    for figure in FIGURES.values():
        of_the_centre = getattr(figure, "rows", True)
        wanted = 200 if of_the_centre else 404
        assert client.get(list_page(figure.key)).status_code == wanted, figure.key
        of_one = getattr(figure, "assistant_rows", True)
        answer = client.get(list_page(figure.key), {"asystent": anna.pk})
        assert answer.status_code == (200 if of_one else 404), figure.key
