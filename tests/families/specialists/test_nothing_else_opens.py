"""A specialist added to a family opens what the list below names and nothing else, and no answer says more.

Every address of the application is asked for as olga, who works with the Kowalscy: plainly, as a fragment, by POST.
"""

from datetime import date

import pytest
from django.urls import reverse

from families.base_views import FamilyMixin
from families.caseload.actions import BasisData, add_basis
from families.choices import BasisKind, Problem
from families.people.models import Address, FamilyProblem
from families.plans.models import PlanAction
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.core import clock
from lubsko_ops.output import documents
from lubsko_ops.search.models import SearchQuery
from tests.factories import TODAY
from tests.families.specialists.helpers import PURPOSE
from tests.family_pages import FIXED_ARGUMENTS, url_for
from tests.form_client import rolled_back
from tests.page import page_text
from tests.plan_factories import (
    BUDGET_ROW,
    EDUCATION_ROW,
    create_draft_plan,
    create_plan_in_force,
    plan_data,
)
from tests.url_inventory import all_routes

# Pages of families and of what is in them that olga opens: her start page, the narrow part, consultations, the search.
OPEN = {
    "start",
    "families:specialist-list",
    "families:specialist-file",
    "consultations:list",
    "consultations:new",
    "consultations:appointment-new",
    "consultations:specialist-family",
    "search",
    "search-results",
}
SECRETS = (
    "Kacper odrabiał lekcje",  # a visit
    "Okno bez klamki",  # a danger
    "Odsunięte łóżko",
    "Nieobecności Kacpra",  # a contact
    "Kacper opuszcza lekcje",  # rows of the plan that do not name her
    "Rodzina płaci czynsz",
    "III Nsm 77/26",  # the court
    "Tajna 7",  # an address
    "Długa",
    "600 000 001",  # a telephone
)
SKIPPED = {"account_logout", "first-administrator", "gallery", "gallery-print-sample", "draft-discard"}


@pytest.fixture
def olgas_family(cast_with_rows, kowalscy, maria, monkeypatch):
    """The Kowalscy with something of every kind that a specialist never sees."""
    monkeypatch.setattr(documents, "write_pdf", lambda html, static: html.encode())
    court = BasisData(kind=BasisKind.COURT, starts_on=TODAY, reference="III Nsm 77/26")
    add_basis(period=kowalscy.periods.get(), data=court, by=maria)
    problem = FamilyProblem(family=kowalscy, problem=Problem.ALCOHOL, starts_on=date(2026, 5, 1))
    save_with_history(problem, by=maria, why="próba")
    danuta = kowalscy.memberships.order_by("pk").first()
    home = Address.objects.filter(family=kowalscy).first()
    home.withheld_from, home.street = danuta.person, "Tajna"
    save_with_history(home, by=maria, why="próba")
    return kowalscy


def addresses(family) -> list[tuple[str, str]]:
    """Every address with the rows of the family in it."""
    rows = []
    for route in all_routes():
        if route.view_class is None or route.name in SKIPPED:
            continue
        if issubclass(route.view_class, FamilyMixin):
            rows.append((route.name, url_for(route, family)))
        else:
            values = [FIXED_ARGUMENTS.get(name, family.pk) for name in route.arguments]
            try:
                rows.append((route.name, reverse(route.name, args=values)))
            except Exception:  # an argument of another kind: a token, a key
                continue
    return rows


def answers(client, url):
    with rolled_back():
        yield client.get(url)
        yield client.get(url, headers={"HX-Request": "true"})
        yield client.post(url)


def test_every_address(client, olga, olgas_family, walked):
    client.force_login(olga)
    faults, opened = [], set()
    asked = addresses(olgas_family)
    for name, url in asked:
        for response in answers(client, url):
            text = response.content.decode(errors="replace") if not response.streaming else ""
            faults += [f"{name}: {secret}" for secret in SECRETS if secret in text]
            if response.status_code == 200 and "Kowalscy" in text:
                opened.add(name)
    assert faults == []
    assert opened <= OPEN
    assert {"start", "families:specialist-list", "families:specialist-file"} <= opened
    walked("addresses as a specialist", len(asked), at_least=150)


def test_no_page_of_the_file_opens(client, olga, olgas_family):
    client.force_login(olga)
    for route in all_routes():
        if route.view_class and issubclass(route.view_class, FamilyMixin):
            response = client.get(url_for(route, olgas_family))
            expected = {302} if route.name == "families:overview" else {404}
            assert response.status_code in expected, route.name


@pytest.mark.parametrize("words", ["Tajna", "600000001", "Nsm", "klamki", "alkohol"])
def test_the_search_finds_nothing_by_what_she_may_not_see(client, olga, olgas_family, words):
    client.force_login(olga)
    query = SearchQuery.objects.create(user=olga, text=words, created_at=clock.now())
    assert "Kowalscy" not in page_text(client.get(reverse("search-results", args=[query.pk])))


@pytest.mark.parametrize("words", ["kowalskich", "Danuta", "kacper kowal"])
def test_the_search_finds_her_family_by_names(client, olga, kowalscy, access, words):
    client.force_login(olga)
    query = SearchQuery.objects.create(user=olga, text=words, created_at=clock.now())
    assert "Kowalscy" in page_text(client.get(reverse("search-results", args=[query.pk])))


def test_the_goals_that_name_her_are_read(client, olga, kowalscy, access, anna, tomasz, maria):
    rows = [PlanAction(**EDUCATION_ROW | {"specialists": [olga.pk]}), PlanAction(**BUDGET_ROW)]
    data = plan_data(*rows)
    create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria, data=data)
    client.force_login(olga)
    text = page_text(client.get(f"/rodziny/{kowalscy.pk}/dla-specjalisty/"))
    assert "Kacper nie opuszcza lekcji bez usprawiedliwienia" in text
    assert "Kacper opuszcza lekcje" not in text  # the problem of that row
    assert "Rodzina płaci czynsz" not in text and "dom jest spokojny" not in text
    assert PURPOSE.capitalize() in text


def test_a_co_author_reads_the_main_goal_too_and_the_version_in_preparation(
    client, olga, kowalscy, access, anna, tomasz, maria
):
    create_draft_plan(kowalscy, by=anna, data=plan_data(co_authors=[olga.pk]))
    client.force_login(olga)
    text = page_text(client.get(f"/rodziny/{kowalscy.pk}/dla-specjalisty/"))
    assert "dom jest spokojny" in text and "w przygotowaniu" in text
    assert "Rodzina płaci czynsz" not in text
    assert client.get(f"/rodziny/{kowalscy.pk}/plan/").status_code == 404
