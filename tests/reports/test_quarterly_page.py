"""Sprawozdanie kwartalne: who sees whose, what stands in it, what it costs."""

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
from tests.families.visits.pages import called, visited
from tests.form_client import response_text
from tests.reports.urls import THIRD, evening, list_page, report_page
from tests.statement_counts import page_statements

JULY, AUGUST, SEPTEMBER = date(2026, 7, 15), date(2026, 8, 20), date(2026, 9, 30)


@pytest.fixture
def a_quarter(kowalscy, nowakowie, anna, ewa, maria):
    """Two families since March. Kowalscy: two visits and a failed one, handed over to ewa on 1 September, assessed
    in time. Nowakowie: one visit, work ended on the last day of the quarter. One call."""
    for family, who, day, said in (
        (kowalscy, anna, JULY, {"areas": ["ED", "ZD"]}),
        (kowalscy, anna, AUGUST, {"areas": ["ED"], "tasks": ["6"]}),
        (kowalscy, anna, JULY.replace(day=20), {"result": VisitResult.NOBODY_HOME, "facts": ""}),
        (nowakowie, ewa, SEPTEMBER, {}),
    ):
        with evening(day.replace(month=10, day=2) if day == SEPTEMBER else day):
            visited(family, who, day, **said)
    with evening(AUGUST):
        called(kowalscy, anna, AUGUST)
        period = kowalscy.periods.get()
        days = {"covers_from": period.starts_on, "covers_to": AUGUST, "handed_over_on": AUGUST}
        record_assessment(period=period, by=anna, **days)
    with clock.freeze_time(date(2026, 9, 1)):
        hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=date(2026, 9, 1), by=maria)
    with clock.freeze_time(SEPTEMBER):
        end_work(period=nowakowie.periods.get(), on=SEPTEMBER, reason=ClosingReason.GOALS_REACHED, by=maria)


def test_a_quarter_counted_by_hand(a_quarter, anna, ewa):
    told = statement(ReportQuarter(THIRD, TODAY))
    of_anna, of_ewa = (statement(ReportQuarter(THIRD, TODAY), assistant=who) for who in (anna, ewa))

    def value(figure):
        return told.value(figure), of_anna.value(figure), of_ewa.value(figure)

    assert value(movement.OPENING) == (2, 1, 1)
    assert value(movement.STARTED) == (0, 0, 0)
    assert value(movement.ENDED) == (1, 0, 1)
    assert (of_anna.value(movement.HANDED_OVER), of_ewa.value(movement.TAKEN_OVER)) == (1, 1)
    assert value(movement.CLOSING) == (1, 0, 1)
    assert value(movement.SUPPORTED) == (2, 1, 2)
    assert value(visits.HELD) == (3, 2, 1)
    assert value(visits.FAILED) == (1, 1, 0)
    assert value(visits.HOURS) == (180, 120, 60)
    assert told.words(visits.PER_FAMILY) == "1,5"
    assert value(visits.LATE) == (1, 0, 1)
    assert value(visits.PHONE_CALLS) == (1, 1, 0)
    assert value(plans_and_assessments.ASSESSED) == value(plans_and_assessments.IN_TIME) == (1, 1, 0)
    assert value(plans_and_assessments.OVERDUE) == (0, 0, 0)
    since_january = told.columns[3]
    assert told.value(movement.OPENING, since_january) == 0
    assert told.value(movement.STARTED, since_january) == 2


def test_the_manager_reads_the_centre_and_from_it_each_assistant(as_maria, a_quarter, anna):
    page = response_text(as_maria.get(report_page()))
    assert "Sprawozdanie z pracy asystentów rodziny, III kwartał 2026" in page
    assert "01.07.2026–30.09.2026. Cały ośrodek. Wersja robocza, stan na 13.10.2026." in page
    assert f'href="{report_page()}?asystent={anna.pk}"' in page
    of_anna = response_text(as_maria.get(report_page(), {"asystent": anna.pk}))
    assert "Anna Sikora. Wersja robocza" in of_anna
    assert "Przejęte od innych asystentów" in of_anna
    assert "Przejęte od innych asystentów" not in page


def test_an_assistant_reads_her_own_report_and_no_other(as_anna, a_quarter, anna, ewa):
    page = response_text(as_anna.get(report_page()))
    assert "Sprawozdanie z pracy asystenta rodziny, III kwartał 2026" in page
    assert "Ewa Czyż" not in page
    assert as_anna.get(report_page(), {"asystent": anna.pk}).status_code == 200
    for name in ("quarterly", "quarterly-pdf", "quarterly-xlsx", "quarterly-json"):
        assert as_anna.get(report_page(THIRD, name), {"asystent": ewa.pk}).status_code == 403


@pytest.mark.parametrize("name", ["tomasz", "jan"])
def test_others_have_no_reports(client, request, name, kowalscy):
    client.force_login(request.getfixturevalue(name))
    for url in (
        "/sprawozdania/",
        report_page(),
        list_page("wizyty-odbyte"),
        *(report_page(THIRD, f"quarterly-{which}") for which in ("own", "pdf", "xlsx", "json")),
    ):
        assert client.get(url).status_code == 403
    assert "Sprawozdania" not in response_text(client.get("/"))


@pytest.mark.parametrize("place", ["2026/5", "2026/0", "2027/1", "2011/4", "0/1"])
def test_a_quarter_that_is_not_there_is_not_found(as_maria, place):
    for ending in ("/", ".pdf", ".xlsx", ".json", "/wizyty-odbyte/"):
        assert as_maria.get(f"/sprawozdania/kwartalne/{place}{ending}").status_code == 404


def test_nobody_is_found_who_never_was_an_assistant(as_maria, maria):
    for asked in (maria.pk, 999_999, "x"):
        assert as_maria.get(report_page(), {"asystent": asked}).status_code == 404


def test_the_quarters_are_listed_newest_first(as_maria, kowalscy):
    page = response_text(as_maria.get("/sprawozdania/"))
    at = [page.index(f"{name} kwartał 2026") for name in ("IV", "III", "II", "I")]
    assert at == sorted(at)
    assert page.count("w toku") == 2  # once beside the quarter, once in the help
    assert "2025" not in page


@pytest.mark.parametrize("name", ["maria", "anna"])
def test_the_start_page_leads_to_the_report_of_the_running_quarter(client, request, name, kowalscy):
    client.force_login(request.getfixturevalue(name))
    assert f'href="{report_page(Quarter(2026, 4))}"' in client.get("/").content.decode()


def test_nobody_else_is_led_to_a_report(client, tomasz, kowalscy):
    client.force_login(tomasz)
    assert "/sprawozdania/" not in client.get("/").content.decode()


def test_an_empty_centre_has_its_present_quarter(as_maria):
    page = response_text(as_maria.get("/sprawozdania/"))
    assert page.count("/sprawozdania/kwartalne/2026/4/") == 1
    assert as_maria.get(report_page(Quarter(2026, 4))).status_code == 200


def test_the_running_quarter_counts_the_days_that_have_come(as_maria, kowalscy, anna):
    visited(kowalscy, anna, TODAY.replace(day=5))
    page = response_text(as_maria.get(report_page(Quarter(2026, 4))))
    assert "01.10.2026–13.10.2026. Cały ośrodek. Kwartał w toku, stan na 13.10.2026." in page
    assert "do dziś<br>IV kw. 2026" in page


def test_the_last_day_of_a_quarter_is_not_over_yet(as_maria, maria):
    for day, words in ((date(2026, 12, 31), "Kwartał w toku"), (date(2027, 1, 1), "Wersja robocza")):
        with clock.freeze_time(day):
            as_maria.force_login(maria)
            page = response_text(as_maria.get(report_page(Quarter(2026, 4))))
        assert f"01.10.2026–31.12.2026. Cały ośrodek. {words}, stan na" in page


def test_a_name_opens_its_definition_without_a_script(as_maria, kowalscy):
    page = response_text(as_maria.get(report_page(), {"definicja": "wizyty-odbyte"}))
    assert page.count('aria-expanded="true"') == 1
    assert 'id="d-wizyty-odbyte"><td' in page
    assert 'id="d-godziny" hidden' in page


def test_the_checks_say_what_agrees_and_what_to_look_at(as_maria, a_quarter):
    page = response_text(as_maria.get(report_page()))
    assert "2 + 0 − 1 = 1" in page
    assert "Stan na początek jest taki jak na koniec II kw.: 2" in page
    assert "Asystenci i cały ośrodek mają tyle samo wizyt: 3" in page
    assert "1 wizytę wpisano po 30.09.2026. Liczy się, bo odbyła się w kwartale." in page
    assert list_page("wizyty-wpisane-pozniej") in page
    assert "1 odbyta wizyta bez zaznaczonego obszaru." in page


def test_the_page_shows_no_family(as_maria, a_quarter):
    page = response_text(as_maria.get(report_page()))
    assert "Kowalscy" not in page and "Nowakowie" not in page


def test_what_it_costs_does_not_grow(client, the_centre, maria, a_quarter, anna, ewa, kowalscy):
    client.force_login(maria)
    before = page_statements(client, report_page())
    assert len(before) <= 12
    for day in (3, 4, 6):
        with evening(date(2026, 8, day)):
            visited(kowalscy, anna, date(2026, 8, day))
    assert len(page_statements(client, report_page())) == len(before)
    client.force_login(anna)
    assert len(page_statements(client, report_page())) <= 12
