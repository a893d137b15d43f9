"""Sprawozdanie kwartalne: permissions, content and query counts."""

from datetime import date

import pytest

from families.assessments.actions import record_assessment
from families.caseload.actions import end_work, hand_over
from families.choices import ClosingReason, VisitResult
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Quarter
from reports.catalogue import movement, plans_and_assessments, visits
from reports.quarter import ReportQuarter
from reports.statement import build_statement
from tests.factories import TODAY
from tests.families.visits.helpers import make_contact, make_visit
from tests.form_client import response_text
from tests.page import Page
from tests.reports.urls import THIRD, drilldown_url, evening, report_url
from tests.statement_counts import page_statements

JULY, AUGUST, SEPTEMBER = date(2026, 7, 15), date(2026, 8, 20), date(2026, 9, 30)


@pytest.fixture
def sample_quarter(kowalscy, nowakowie, anna, ewa, maria):
    """Two families since March. Kowalscy: two visits and a failed one, handed over to ewa on 1 September, assessed
    in time. Nowakowie: one visit, work ended on the last day of the quarter. One call."""
    for family, who, day, kwargs in (
        (kowalscy, anna, JULY, {"areas": ["ED", "ZD"]}),
        (kowalscy, anna, AUGUST, {"areas": ["ED"], "tasks": ["6"]}),
        (kowalscy, anna, JULY.replace(day=20), {"result": VisitResult.NOBODY_HOME, "facts": ""}),
        (nowakowie, ewa, SEPTEMBER, {}),
    ):
        with evening(day.replace(month=10, day=2) if day == SEPTEMBER else day):
            make_visit(family, who, day, **kwargs)
    with evening(AUGUST):
        make_contact(kowalscy, anna, AUGUST)
        period = kowalscy.periods.get()
        days = {"covers_from": period.starts_on, "covers_to": AUGUST, "handed_over_on": AUGUST}
        record_assessment(period=period, by=anna, **days)
    with clock.freeze_time(date(2026, 9, 1)):
        hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=date(2026, 9, 1), by=maria)
    with clock.freeze_time(SEPTEMBER):
        end_work(period=nowakowie.periods.get(), on=SEPTEMBER, reason=ClosingReason.GOALS_REACHED, by=maria)


def test_quarter_matches_manual_count(sample_quarter, anna, ewa):
    statement = build_statement(ReportQuarter(THIRD, TODAY))
    anna_report, ewa_report = (
        build_statement(ReportQuarter(THIRD, TODAY), assistant=who) for who in (anna, ewa)
    )

    def value(figure):
        return statement.value(figure), anna_report.value(figure), ewa_report.value(figure)

    assert value(movement.OPENING) == (2, 1, 1)
    assert value(movement.STARTED) == (0, 0, 0)
    assert value(movement.ENDED) == (1, 0, 1)
    assert (anna_report.value(movement.HANDED_OVER), ewa_report.value(movement.TAKEN_OVER)) == (1, 1)
    assert value(movement.CLOSING) == (1, 0, 1)
    assert value(movement.SUPPORTED) == (2, 1, 2)
    assert value(visits.HELD) == (3, 2, 1)
    assert value(visits.FAILED) == (1, 1, 0)
    assert value(visits.HOURS) == (180, 120, 60)
    assert statement.text(visits.PER_FAMILY) == "1,5"
    assert value(visits.LATE) == (1, 0, 1)
    assert value(visits.PHONE_CALLS) == (1, 1, 0)
    assert value(plans_and_assessments.ASSESSED) == value(plans_and_assessments.IN_TIME) == (1, 1, 0)
    assert value(plans_and_assessments.OVERDUE) == (0, 0, 0)
    year_to_date = statement.columns[3]
    assert statement.value(movement.OPENING, year_to_date) == 0
    assert statement.value(movement.STARTED, year_to_date) == 2


def test_manager_sees_the_centre_and_each_assistant(as_maria, sample_quarter, anna):
    page = response_text(as_maria.get(report_url()))
    assert "Sprawozdanie z pracy asystentów rodziny, III kwartał 2026" in page
    assert (
        "01.07.2026–30.09.2026, stan na 30.09.2026. Cały ośrodek. Wersja robocza, obliczono 13.10.2026."
        in page
    )
    assert f'href="{report_url()}?asystent={anna.pk}"' in page
    anna_report = response_text(as_maria.get(report_url(), {"asystent": anna.pk}))
    assert "Anna Sikora. Wersja robocza" in anna_report
    assert 'id="f-przejete"' in anna_report
    assert 'id="f-przejete"' not in page


def test_assistant_sees_only_their_own_report(as_anna, sample_quarter, anna, ewa):
    page = response_text(as_anna.get(report_url()))
    assert "Sprawozdanie z pracy asystenta rodziny, III kwartał 2026" in page
    assert "Ewa Czyż" not in page
    assert as_anna.get(report_url(), {"asystent": anna.pk}).status_code == 200
    for name in ("quarterly", "quarterly-pdf", "quarterly-xlsx", "quarterly-json"):
        assert as_anna.get(report_url(THIRD, name), {"asystent": ewa.pk}).status_code == 403


@pytest.mark.parametrize("name", ["tomasz", "jan"])
def test_other_roles_have_no_reports(client, request, name, kowalscy):
    client.force_login(request.getfixturevalue(name))
    for url in (
        "/sprawozdania/",
        report_url(),
        drilldown_url("wizyty-odbyte"),
        *(report_url(THIRD, f"quarterly-{which}") for which in ("own", "pdf", "xlsx", "json")),
    ):
        assert client.get(url).status_code == 403
    assert "Sprawozdania" not in response_text(client.get("/"))


@pytest.mark.parametrize("quarter_path", ["2026/5", "2026/0", "2027/1", "2011/4", "0/1"])
def test_nonexistent_quarter_returns_404(as_maria, quarter_path):
    for ending in ("/", ".pdf", ".xlsx", ".json", "/wizyty-odbyte/"):
        assert as_maria.get(f"/sprawozdania/kwartalne/{quarter_path}{ending}").status_code == 404


def test_user_who_was_never_an_assistant_returns_404(as_maria, maria):
    for params in (maria.pk, 999_999, "x"):
        assert as_maria.get(report_url(), {"asystent": params}).status_code == 404


def test_quarters_are_listed_newest_first(as_maria, kowalscy):
    page = response_text(as_maria.get("/sprawozdania/"))
    at = [page.index(f"{name} kwartał 2026") for name in ("IV", "III", "II", "I")]
    assert at == sorted(at)
    assert page.count("w toku") == 2  # once beside the quarter, once in the help
    assert "2025" not in page


@pytest.mark.parametrize("name", ["maria", "anna"])
def test_dashboard_links_to_the_running_quarter(client, request, name, kowalscy):
    client.force_login(request.getfixturevalue(name))
    assert report_url(Quarter(2026, 4)) in Page(client.get("/")).urls


def test_dashboard_of_other_roles_has_no_report_link(client, tomasz, kowalscy):
    client.force_login(tomasz)
    assert "/sprawozdania/" not in client.get("/").content.decode()


def test_empty_centre_has_the_current_quarter(as_maria):
    page = response_text(as_maria.get("/sprawozdania/"))
    assert page.count("/sprawozdania/kwartalne/2026/4/") == 1
    assert as_maria.get(report_url(Quarter(2026, 4))).status_code == 200


def test_running_quarter_counts_days_up_to_today(as_maria, kowalscy, anna):
    make_visit(kowalscy, anna, TODAY.replace(day=5))
    page = response_text(as_maria.get(report_url(Quarter(2026, 4))))
    assert (
        "01.10.2026–13.10.2026, stan na 13.10.2026. Cały ośrodek. Kwartał w toku, obliczono 13.10.2026."
        in page
    )
    assert "IV kw. 2026 do 13 października" in Page(page).text


def test_last_day_still_belongs_to_the_running_quarter(as_maria, maria):
    for day, label in ((date(2026, 12, 31), "Kwartał w toku"), (date(2027, 1, 1), "Wersja robocza")):
        with clock.freeze_time(day):
            as_maria.force_login(maria)
            page = response_text(as_maria.get(report_url(Quarter(2026, 4))))
        assert f"01.10.2026–31.12.2026, stan na 31.12.2026. Cały ośrodek. {label}, obliczono" in page


def test_definition_opens_without_javascript(as_maria, kowalscy):
    page = response_text(as_maria.get(report_url(), {"definicja": "wizyty-odbyte"}))
    assert page.count('aria-expanded="true"') == 1
    assert 'id="d-wizyty-odbyte">' in page
    assert 'id="d-godziny" hidden' in page


def test_folded_table_is_computed_when_it_is_opened(as_maria, sample_quarter):
    closed = response_text(as_maria.get(report_url()))
    area = drilldown_url("obszar-ed")
    assert area not in closed and "Wizyty według obszarów i zadań" in closed
    assert f"{report_url()}?tabela=dzialania" in Page(as_maria.get(report_url())).urls
    opened = response_text(as_maria.get(report_url(), {"tabela": "dzialania"}))
    assert f'<a href="{area}">2</a>' in opened and drilldown_url("kontakty") not in opened
    fragment = response_text(
        as_maria.get(report_url(), {"tabela": "dzialania"}, headers={"HX-Request": "true"})
    )
    assert f'<a href="{area}">2</a>' in fragment and "<h1>" not in fragment
    with_definition = response_text(as_maria.get(report_url(), {"definicja": "obszar-ed"}))
    assert f'<a href="{area}">2</a>' in with_definition
    assert f'href="{report_url()}?tabela=dzialania#f-obszar-ed"' in response_text(as_maria.get(area))


def test_table_of_one_assistant_is_opened_in_their_report(client, sample_quarter, anna, maria):
    client.force_login(maria)
    params = {"asystent": anna.pk, "tabela": "dzialania"}
    for fragment in ({}, {"HX-Request": "true"}):
        page = response_text(client.get(report_url(), params, headers=fragment))
        assert f'<a href="{drilldown_url("obszar-ed")}?asystent={anna.pk}">2</a>' in page
    client.force_login(anna)
    own = response_text(client.get(report_url(), {"tabela": "dzialania"}, headers={"HX-Request": "true"}))
    assert f'<a href="{drilldown_url("obszar-ed")}">2</a>' in own


def test_checks_are_shown_with_their_results(as_maria, sample_quarter):
    page = response_text(as_maria.get(report_url()))
    assert "2 + 0 − 1 = 1" in page
    assert "Stan na początek jest taki jak na koniec II kw.: 2" in page
    assert "Asystenci i cały ośrodek mają tyle samo wizyt: 3" in page
    assert "1 wizytę wpisano po 30.09.2026. Liczy się, bo odbyła się w kwartale." in page
    assert drilldown_url("wizyty-wpisane-pozniej") in page
    assert "1 odbyta wizyta bez zaznaczonego obszaru." in page


def test_page_contains_no_family_data(as_maria, sample_quarter):
    page = response_text(as_maria.get(report_url()))
    assert "Kowalscy" not in page and "Nowakowie" not in page


def test_query_count_does_not_grow_with_data(client, centre_row, maria, sample_quarter, anna, ewa, kowalscy):
    client.force_login(maria)
    before = page_statements(client, report_url())
    assert len(before) <= 13
    for day in (3, 4, 6):
        with evening(date(2026, 8, day)):
            make_visit(kowalscy, anna, date(2026, 8, day))
    assert len(page_statements(client, report_url())) == len(before)
    client.force_login(anna)
    assert len(page_statements(client, report_url())) <= 13
