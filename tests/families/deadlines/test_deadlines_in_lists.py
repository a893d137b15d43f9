"""Deadlines in the list of families: nearest first, filters by kind and by date."""

from datetime import timedelta

import pytest

from families.caseload.actions import end_basis
from families.caseload.models import LegalBasis
from families.choices import DeadlineKind, VisitResult
from families.visits.permissions import VISIT_VIEW
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY, create_family_with_work
from tests.families.case_files.test_family_list import LIST, line_of, listed
from tests.families.case_files.test_family_list_pages import pages_from
from tests.families.caseload.helpers import assign_families
from tests.families.visits.helpers import make_visit
from tests.form_client import response_text
from tests.page import Page, page_text
from tests.plan_factories import create_plan_in_force
from tests.roles import permissions_of, set_permissions
from tests.statement_counts import page_statements

pytestmark = pytest.mark.usefixtures("limit_of_15")

MORNING = {"starts_at": "08:00", "ends_at": "09:00"}


@pytest.fixture
def three(anna, maria, tomasz, town):
    """Families of anna taken on lately, with plans in force: Adamscy visited ten days ago, Bielscy yesterday,
    Cichoccy never."""
    begun = [TODAY - timedelta(days=days) for days in (60, 60, 3)]
    families = [
        create_family_with_work(name, assistant=anna, social_worker=tomasz, region=town, by=maria, on=day)
        for name, day in zip(("Adamscy", "Bielscy", "Cichoccy"), begun, strict=True)
    ]
    for family, day in zip(families, begun, strict=True):
        with clock.freeze_time(day):
            create_plan_in_force(family, by=anna, tomasz=tomasz, maria=maria)
    make_visit(families[0], anna, TODAY - timedelta(days=10))
    make_visit(families[1], anna, TODAY - timedelta(days=1))
    return families


def without_visits(monkeypatch, role):
    """Remove the permission to read visits from the role."""
    set_permissions(monkeypatch, role, permissions_of(role) - {VISIT_VIEW})


# ---- order and overdue ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["anna", "tomasz", "maria"])
def test_the_list_opens_by_the_nearest_deadline(client, request, three, name):
    client.force_login(request.getfixturevalue(name))
    response = client.get(LIST)
    assert listed(response) == ["Adamscy", "Cichoccy", "Bielscy"]
    assert "3 rodziny, od najbliższego terminu." in page_text(response)
    assert listed(client.get(f"{LIST}?sort=nazwa")) == ["Adamscy", "Bielscy", "Cichoccy"]


@pytest.mark.parametrize("name", ["anna", "tomasz", "maria"])
def test_overdue_has_a_tab_whose_number_is_that_of_its_list(client, request, three, name):
    with clock.freeze_time(TODAY + timedelta(days=5)):
        client.force_login(request.getfixturevalue(name))
        assert "W toku (3) Po terminie (2)" in page_text(client.get(LIST))
        response = client.get(f"{LIST}?widok=po-terminie")
        assert listed(response) == ["Adamscy", "Cichoccy"]
        assert "2 rodziny, od najbliższego terminu." in page_text(response)
        assert listed(client.get(f"{LIST}?widok=po-terminie&sort=-nazwa")) == ["Cichoccy", "Adamscy"]


def test_overdue_pages_go_on_where_they_stopped(client, anna, maria, limit_of_15):
    assign_families(anna, 15, by=maria, on=TODAY - timedelta(days=30))
    with clock.freeze_time(TODAY + timedelta(days=1)):
        client.force_login(maria)
        response = client.get(f"{LIST}?widok=po-terminie")
        assert response.context["total"] == len(listed(response)) == 15


def test_without_the_right_to_read_visits_nothing_tells_what_is_overdue(client, maria, three, monkeypatch):
    without_visits(monkeypatch, Role.MANAGER)
    client.force_login(maria)
    assert "Po terminie" not in page_text(client.get(LIST))
    assert client.get(f"{LIST}?widok=po-terminie").context["tab"].code == "w-toku"


# ---- the row -----------------------------------------------------------------------------------------


def test_an_assistant_sees_the_nearest_deadline_first(client, anna, three):
    client.force_login(anna)
    response = client.get(LIST)
    assert listed(response) == ["Adamscy", "Cichoccy", "Bielscy"]
    assert "3 rodziny, od najbliższego terminu." in page_text(response)
    assert "Wizyta 17.10.2026 za 4 dni 03.10.2026 10 dni temu" in line_of(response, "Adamscy")
    assert "Pierwsza wizyta 17.10.2026 za 4 dni jeszcze nie było" in line_of(response, "Cichoccy")
    assert "Wizyta 26.10.2026 za 13 dni 12.10.2026 wczoraj" in line_of(response, "Bielscy")


def test_overdue_and_near_deadlines_are_text_not_only_colour(client, anna, three):
    with clock.freeze_time(TODAY + timedelta(days=8)):
        client.force_login(anna)
        page = Page(client.get(LIST))
    due = [each for each in page.all("span", "due") if each.all("time")]
    assert [(each.classes[1], each.all("span")[0].text) for each in due] == [
        ("due-late", "po terminie 4 dni"),
        ("due-late", "po terminie 4 dni"),
        ("due-soon", "za 5 dni"),
    ]


def test_the_manager_may_sort_by_name_and_by_deadline(client, maria, three):
    client.force_login(maria)
    assert listed(client.get(LIST, {"sort": "nazwa"})) == ["Adamscy", "Bielscy", "Cichoccy"]
    assert listed(client.get(LIST, {"sort": "termin"})) == ["Adamscy", "Cichoccy", "Bielscy"]
    assert listed(client.get(LIST, {"sort": "-termin"})) == ["Bielscy", "Cichoccy", "Adamscy"]


def test_a_failed_attempt_is_no_last_visit(client, anna, three):
    make_visit(three[0], anna, TODAY, **MORNING, result=VisitResult.NOBODY_HOME, facts="")
    client.force_login(anna)
    assert "03.10.2026 10 dni temu" in line_of(client.get(LIST), "Adamscy")


def test_several_deadlines_and_visits_do_not_duplicate_rows(client, anna, maria, three):
    """A missing basis is due since its first day and comes before the visit; still one row per family."""
    basis = LegalBasis.objects.get(period__family=three[0])
    end_basis(basis=basis, on=TODAY - timedelta(days=2), why="wycofanie zgody", version=None, by=maria)
    for days in (3, 5, 7):
        make_visit(three[0], anna, TODAY - timedelta(days=days))
    client.force_login(anna)
    response = client.get(LIST)
    assert listed(response) == ["Adamscy", "Cichoccy", "Bielscy"]
    assert "Podstawa pracy z rodziną 12.10.2026 po terminie 1 dzień" in line_of(response, "Adamscy")


# ---- filters -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked,found",
    [
        ({"termin": "po-terminie"}, []),
        ({"termin": "7-dni"}, ["Adamscy", "Cichoccy"]),
        ({"termin": "30-dni"}, ["Adamscy", "Cichoccy", "Bielscy"]),
        ({"obowiazek": DeadlineKind.FIRST_VISIT}, ["Cichoccy"]),
        ({"obowiazek": DeadlineKind.VISIT, "termin": "7-dni"}, ["Adamscy"]),
        ({"obowiazek": DeadlineKind.ASSESSMENT, "termin": "30-dni"}, []),
        ({"obowiazek": "haslo", "termin": "jutro"}, ["Adamscy", "Cichoccy", "Bielscy"]),
    ],
)
def test_each_filter_returns_matching_families(client, anna, three, asked, found):
    client.force_login(anna)
    assert listed(client.get(LIST, asked)) == found


@pytest.mark.parametrize("days,found", [(4, []), (5, ["Adamscy", "Cichoccy"])])
def test_a_deadline_is_overdue_from_the_day_after(client, anna, three, days, found):
    with clock.freeze_time(TODAY + timedelta(days=days)):
        client.force_login(anna)
        assert listed(client.get(LIST, {"termin": "po-terminie"})) == found


def test_the_row_shows_the_nearest_deadline_of_the_filtered_kind(client, anna, three):
    client.force_login(anna)
    response = client.get(LIST, {"obowiazek": DeadlineKind.ASSESSMENT})
    assert listed(response) == ["Adamscy", "Bielscy", "Cichoccy"], "of one term: by name; by assessments"
    assert "Okresowa ocena 14.02.2027 za 4 miesiące" in line_of(response, "Adamscy")
    assert "Co trzeba zrobić: okresowa ocena" in response_text(response)


# ---- the visit is saved ------------------------------------------------------------------------------


def test_a_visit_deadline_leaves_the_list_when_the_visit_is_saved(client, anna, three):
    client.force_login(anna)
    assert listed(client.get(LIST, {"termin": "7-dni"})) == ["Adamscy", "Cichoccy"]
    make_visit(three[0], anna, TODAY, **MORNING)
    make_visit(three[2], anna, TODAY, starts_at="10:00", ends_at="11:00")
    assert listed(client.get(LIST, {"termin": "7-dni"})) == []
    assert "Wizyta 27.10.2026 za 14 dni 13.10.2026 dziś" in line_of(client.get(LIST), "Adamscy")


# ---- rights ------------------------------------------------------------------------------------------


def test_users_who_may_not_read_visits_see_no_deadlines(client, monkeypatch, maria, three):
    """The deadline of a visit reveals the last visit, so column, filter and sorting are all hidden."""
    without_visits(monkeypatch, Role.MANAGER)
    client.force_login(maria)
    page = client.get(LIST, {"termin": "7-dni", "obowiazek": "visit", "sort": "termin"})
    assert listed(page) == ["Adamscy", "Bielscy", "Cichoccy"]
    for words in ("Ostatnia wizyta", "Termin", "17.10.2026", "Co trzeba zrobić"):
        assert words not in response_text(page)
    assert "Praca od" in response_text(page)


@pytest.mark.parametrize("view", ["nowe", "czekaja", "zakonczone"])
def test_tabs_without_deadlines_show_the_work(client, maria, three, view):
    client.force_login(maria)
    words = response_text(client.get(LIST, {"widok": view, "termin": "7-dni"}))
    assert "Co trzeba zrobić" not in words


# ---- many families -----------------------------------------------------------------------------------


def test_many_deadlines_take_no_more_queries_and_paging_loses_nobody(client, anna, ewa, maria, three):
    client.force_login(maria)
    url = f"{LIST}?sort=termin"
    few = len(page_statements(client, url))
    assign_families(ewa, 15, by=maria, on=TODAY - timedelta(days=5))
    assign_families(anna, 10, by=maria, on=TODAY - timedelta(days=5))
    assert len(page_statements(client, url)) == few <= 8
    pages = list(pages_from(client, url))
    assert len(pages) == 2
    names = [name for _, response in pages for name in listed(response)]
    # All twenty-five are due on one day, two days before the next: by name among themselves.
    assert names == [*sorted(names[:25]), "Adamscy", "Cichoccy", "Bielscy"]
    assert len(set(names)) == 28
    for address in [pages[1][0], f"{url}&termin=7-dni&obowiazek=first_visit", f"/rodziny/pobierz/{url[9:]}"]:
        assert len(page_statements(client, address)) <= 8, address
