"""Moje wizyty: scope, filters, order, pagination."""

from datetime import date, timedelta

import pytest

from families.caseload.actions import assign_assistant, end_work
from families.choices import VisitResult
from families.visits.case_log_views import MyVisitsView
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY, create_family_with_work
from tests.families.visits.helpers import make_concern, make_visit, visit_url
from tests.form_client import response_text
from tests.page import Page
from tests.statement_counts import page_statements

MINE = "/wizyty/"


def rows(response) -> list[str]:
    """Text of each row from the top."""
    return [row.text for row in Page(response).rows]


def days(response) -> list[str]:
    return [row[:10] for row in rows(response)]


@pytest.fixture
def as_anna(client, anna):
    client.force_login(anna)
    return client


@pytest.fixture
def lisowie(family_rows, maria, anna, tomasz, town):
    work = {"assistant": anna, "social_worker": tomasz, "region": town, "by": maria}
    return family_rows.get_or_make("Lisowie with work", lambda: create_family_with_work("Lisowie", **work))


@pytest.fixture
def visits(kowalscy, lisowie, nowakowie, anna, ewa):
    """Visits of Anna: one held in September, a failed one and one with a concern in October; one of Ewa."""
    make_visit(kowalscy, anna, date(2026, 9, 28), ends_at="14:15")
    make_visit(lisowie, anna, date(2026, 10, 5), ends_at="13:30", result=VisitResult.NOBODY_HOME, facts="")
    make_concern(kowalscy, anna)
    make_visit(nowakowie, ewa)
    return kowalscy


def test_lists_own_visits_newest_first(as_anna, visits):
    page = as_anna.get(MINE)
    assert rows(page) == [
        "12.10.2026, 13:30 13:30–14:30 Kowalscy planowana zagrożenie dziecka 13.10.2026",
        "05.10.2026, 13:30 13:30 Lisowie nieudana: nikogo nie zastano 13.10.2026",
        "28.09.2026, 13:30 13:30–14:15 Kowalscy planowana 13.10.2026",
    ]
    words = response_text(page)
    assert "3 wpisy, w tym 2 wizyty odbyte, razem 1 godz. 45 min, <span>od najnowszej." in words
    assert "Nowakowie" not in words


def test_rows_link_to_visit_and_case_log(as_anna, kowalscy, anna):
    visit = make_visit(kowalscy, anna)
    page = as_anna.get(MINE).content.decode()
    assert f'href="{visit_url(visit)}"' in page and f'href="/rodziny/{kowalscy.pk}/wizyty/"' in page


def test_shown_families_are_logged_also_those_named_in_the_filter(as_anna, visits, kowalscy, lisowie, anna):
    as_anna.get(MINE, {"rodzina": lisowie.pk})
    entry = AccessLogEntry.objects.get()
    shown = sorted([kowalscy.pk, lisowie.pk])
    assert (entry.access_area, entry.user, entry.families) == ("list", anna, shown)


@pytest.mark.parametrize(
    ("role", "name"),
    [(Role.SOCIAL_WORKER, "olga"), (Role.SPECIALIST, "sonia"), (Role.MANAGER, "marta"), (Role.ADMIN, "igor")],
)
def test_is_for_assistants_only(client, visits, make_user, role, name):
    client.force_login(make_user(name, name.title(), "Maj", role))
    response = client.get(MINE)
    assert response.status_code == 403 and "Kowalscy" not in response.content.decode()


class TestFilters:
    def test_each_filter(self, as_anna, visits, lisowie):
        asked = {
            ("wynik", "odbyte"): ["12.10.2026", "28.09.2026"],
            ("wynik", "nieudane"): ["05.10.2026"],
            ("miesiac", "2026-09"): ["28.09.2026"],
            ("rodzina", str(lisowie.pk)): ["05.10.2026"],
        }
        for (name, value), found in asked.items():
            assert days(as_anna.get(MINE, {name: value})) == found, name

    def test_totals_follow_the_filter(self, as_anna, visits):
        words = response_text(as_anna.get(MINE, {"miesiac": "2026-09"}))
        assert "1 wpis, w tym 1 wizyta odbyta, razem 45 min" in words
        words = response_text(as_anna.get(MINE, {"wynik": "nieudane"}))
        assert "1 wpis, w tym 0 wizyt odbytych, <span>" in words

    def test_active_filter_is_shown_with_a_remove_link(self, as_anna, visits, lisowie):
        words = response_text(as_anna.get(MINE, {"wynik": "nieudane", "rodzina": lisowie.pk}))
        assert f'<a class="chip" href="/wizyty/?rodzina={lisowie.pk}"><span>Wynik: nieudane</span>' in words
        assert "<span>Rodzina: Lisowie</span>" in words

    def test_empty_result_repeats_active_filters(self, as_anna, visits):
        words = response_text(as_anna.get(MINE, {"wynik": "nieudane", "miesiac": "2026-09"}))
        assert "0 wpisów" in words and "Szukano: wynik nieudane, miesiąc wrzesień 2026 r." in words

    def test_offers_own_families_only(self, as_anna, visits, nowakowie):
        page = as_anna.get(MINE, {"rodzina": nowakowie.pk})
        assert len(rows(page)) == 3 and "Nowakowie" not in response_text(page)

    @pytest.mark.parametrize(
        "asked",
        [{"miesiac": "2026-13"}, {"miesiac": "x"}, {"rodzina": "' or 1=1"}, {"po": "-1"}, {"sort": "haslo"}],
    )
    def test_invalid_filters_are_ignored(self, as_anna, visits, asked):
        assert len(rows(as_anna.get(MINE, asked))) == 3

    def test_sort_order_is_reversible(self, as_anna, visits):
        page = as_anna.get(MINE, {"sort": "data"})
        assert days(page) == ["28.09.2026", "05.10.2026", "12.10.2026"]
        assert "od najdawniejszej" in response_text(page) and 'aria-sort="ascending"' in page.content.decode()


def test_families_out_of_scope_are_left_out(client, visits, anna, ewa, maria):
    """After thirty days from the hand-over the family is out of scope."""
    assign_assistant(period=visits.periods.get(), assistant=ewa, starts_on=TODAY, by=maria)
    for day, shown in [(TODAY + timedelta(days=29), 3), (TODAY + timedelta(days=30), 1)]:
        with clock.freeze_time(day):
            client.force_login(anna)
            page = client.get(MINE)
        assert len(rows(page)) == shown, day
        assert ("Kowalscy" in response_text(page)) is (shown == 3), (
            "neither in the rows nor among the filters"
        )


def test_closed_case_is_listed(client, visits, anna, maria):
    end_work(period=visits.periods.get(), on=TODAY - timedelta(days=1), reason="goals_reached", by=maria)
    client.force_login(anna)
    assert len(rows(client.get(MINE))) == 3


def test_empty_state(as_anna, kowalscy):
    words = response_text(as_anna.get(MINE))
    assert "Nie masz jeszcze zapisanych wizyt" in words and 'href="/wizyty/nowa/"' in words


class TestManyVisits:
    @pytest.fixture(autouse=True)
    def short_pages(self, monkeypatch):
        monkeypatch.setattr(MyVisitsView, "page_size", 5)

    @pytest.fixture
    def long(self, kowalscy, lisowie, anna):
        for number in range(12):
            make_visit((kowalscy, lisowie)[number % 2], anna, TODAY - timedelta(days=number + 1))

    def link(self, page, rel):
        return Page(page).pager_url(rel)

    @pytest.mark.parametrize("asked", ["", "?sort=data", "?wynik=odbyte"])
    def test_pagination_in_both_directions(self, as_anna, long, asked):
        pages = [as_anna.get(MINE + asked)]
        while following := self.link(pages[-1], "next"):
            pages.append(as_anna.get(following))
        assert [len(rows(page)) for page in pages] == [5, 5, 2]
        there = [day for page in pages for day in days(page)]
        assert len(set(there)) == 12
        assert rows(as_anna.get(self.link(pages[2], "prev"))) == rows(pages[1])
        assert not self.link(pages[0], "prev")

    def test_takes_eight_statements_for_any_length(self, as_anna, kowalscy, lisowie, anna):
        make_visit(kowalscy, anna)
        few = len(page_statements(as_anna, MINE))
        for number in range(2, 12):
            make_visit((kowalscy, lisowie)[number % 2], anna, TODAY - timedelta(days=number))
        second = self.link(as_anna.get(MINE), "next")
        assert len(page_statements(as_anna, MINE)) == few <= 8
        for url in (second, f"{MINE}?wynik=odbyte&rodzina={kowalscy.pk}&miesiac=2026-09"):
            many = page_statements(as_anna, url)
            assert len(many) <= 8

    def test_urls_contain_no_names(self, as_anna, long):
        addresses = Page(as_anna.get(MINE)).urls
        assert not [each for each in addresses if "Kowalscy" in each or "Lisowie" in each]


class TestHtmx:
    def test_htmx_gets_the_fragment_and_a_clean_url(self, as_anna, visits):
        asked = {"wynik": "nieudane", "miesiac": "", "rodzina": ""}
        response = as_anna.get(MINE, asked, headers={"HX-Request": "true", "HX-Target": "div#results"})
        assert "<h1>" not in response.content.decode() and days(response) == ["05.10.2026"]
        assert response["HX-Push-Url"] == "/wizyty/?wynik=nieudane"

    def test_history_restore_gets_the_full_page(self, as_anna, visits):
        headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
        assert Page(as_anna.get(MINE, headers=headers)).heading == "Moje wizyty"
