"""Start: an assistant finds her families, the manager and the social worker those that wait for an assistant."""

import re
from datetime import date, timedelta

import pytest

from families.assignments.actions import assign_assistant, end_assignment, end_basis, take_on
from families.models import Assignment, WorkBasis
from families.people.actions import correct_address, open_family
from lubsko_ops import clock
from lubsko_ops.reading import Part, ReadEntry
from tests.pages import words_of
from tests.statements import statements_of
from tests.stories import DAY, begun_family, consent_of


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", words_of(response)).split())


def start(client, user) -> str:
    client.force_login(user)
    return text_of(client.get("/"))


def test_an_assistant_finds_her_families(client, anna, kowalscy, nowakowie):
    text = start(client, anna)
    assert "Moje rodziny (1) Cała lista Zajęte miejsca: 1 z 15." in text
    assert "w których zastępujesz. Kowalscy 2026/001, Lubsko" in text
    assert "Nowakowie" not in text
    entry = ReadEntry.objects.get()
    assert (entry.part, entry.families) == (Part.LIST, [kowalscy.pk])


def test_an_assistant_without_families_is_told_what_will_come(client, anna, nowakowie):
    assert "Nie masz jeszcze przydzielonych rodzin" in start(client, anna)


def test_the_manager_finds_who_waits_and_the_load_of_each_assistant(
    client, maria, kowalscy, nowakowie, not_begun
):
    row = Assignment.objects.get(period__family=nowakowie)
    end_assignment(assignment=row, on=DAY.replace(day=12), version=None, by=maria)
    text = start(client, maria)
    waiting, _, load = text.partition("Rodziny u asystentów")
    assert "(2) Wszystkie rodziny Lisowie nowa czeka od 02.03.2026, Lubsko" in waiting
    assert "Nowakowie bez asystenta czeka od 13.10.2026, 2026/002, Lubsko" in waiting
    assert "Kowalscy" not in waiting
    assert "Ewa Czyż 0 15 Anna Sikora 1 15" in load


def test_who_waits_longest_comes_first_and_nothing_is_cut_silently(client, maria, town):
    for number in range(17):
        name, opened = f"Rodzina {number:02}", DAY - timedelta(days=number)
        with clock.travel(opened):
            open_family(name=name, on=opened, by=maria)
    client.force_login(maria)
    response = client.get("/")
    text = text_of(response)
    assert "czekają na asystenta (17)" in text
    assert text.index("Rodzina 16 nowa czeka od 27.09.2026") < text.index(
        "Rodzina 15 nowa czeka od 28.09.2026"
    )
    assert "Rodzina 01" not in text
    assert '<a href="/rodziny/?widok=czekaja">i jeszcze 2<' in response.content.decode()
    whole = words_of(client.get("/rodziny/?widok=czekaja"))
    assert "17 rodzin, <span>od najdłużej czekającej.</span>" in whole
    assert whole.index("Rodzina 16") < whole.index("Rodzina 00")
    assert "czeka od 13.10.2026" in whole


def test_who_is_to_have_an_assistant_does_not_wait(client, maria, anna, not_begun):
    with clock.travel(DAY):
        later = DAY + timedelta(days=20)
        take_on(
            family=not_begun, assistant=anna, starts_on=later, bases=[consent_of(not_begun, DAY)], by=maria
        )
    assert "Każda rodzina ma asystenta" in start(client, maria)


def test_work_without_a_basis_is_told_with_its_day(client, maria, tomasz, anna, kowalscy):
    basis = WorkBasis.objects.get(period__family=kowalscy)
    end_basis(basis=basis, on=date(2026, 9, 30), why="wycofanie zgody", version=None, by=maria)
    for user in (maria, tomasz):
        told = start(client, user).partition("Praca bez podstawy (1)")[2]
        assert told.startswith(" Kowalscy bez podstawy od 01.10.2026, 2026/001, Lubsko")
    assert "Praca bez podstawy" not in start(client, anna)


def test_an_assistant_sees_what_she_does_in_each_family(client, maria, anna, ewa, kowalscy, nowakowie):
    """She leads one, stands in for Ewa in another: two places; accompanying takes none."""
    period = nowakowie.periods.get()
    until = date(2026, 12, 4)
    assign_assistant(period=period, assistant=anna, starts_on=DAY, ends_on=until, kind="stand_in", by=maria)
    text = start(client, anna)
    assert "Moje rodziny (2)" in text
    assert "Zajęte miejsca: 2 z 15." in text
    assert "Nowakowie zastępujesz do 04.12.2026 2026/002" in text
    assign_assistant(
        period=kowalscy.periods.get(), assistant=ewa, starts_on=DAY, kind="accompanying", by=maria
    )
    text = start(client, ewa)
    assert "Kowalscy towarzyszysz 2026/001" in text
    assert "Zajęte miejsca: 1 z 15." in text


def test_a_family_handed_over_stands_apart_and_is_counted_nowhere(client, maria, anna, ewa, kowalscy):
    assign_assistant(period=kowalscy.periods.get(), assistant=ewa, starts_on=DAY, by=maria)
    text = start(client, anna)
    mine, _, handed_over = text.partition("Przekazane, tylko do odczytu (1)")
    assert "Nie masz jeszcze przydzielonych rodzin" in mine
    assert "Zajęte miejsca: 0 z 15." in mine
    assert "Kowalscy" in handed_over
    listing = words_of(client.get("/rodziny/"))
    assert "W toku (0)" in listing
    assert "Przekazane (1)" in listing
    assert "Anna Sikora 0 15" in start(client, maria)


def test_a_withheld_address_stays_off_paper(client, anna, kowalscy):
    father = kowalscy.memberships.get(kinship="father").person
    correct_address(address=kowalscy.addresses.get(), version=None, by=anna, withheld_from=father)
    client.force_login(anna)
    for page in ("/", "/rodziny/"):
        assert '<span class="d-print-none">Lubsko</span>' in client.get(page).content.decode()


def test_a_social_worker_finds_families_of_her_region_that_wait(client, tomasz, zofia, not_begun):
    assert "Lisowie nowa" in start(client, tomasz)
    assert "Każda rodzina ma asystenta" in start(client, zofia)


def test_when_everybody_has_an_assistant_nothing_waits(client, maria, kowalscy):
    assert "Każda rodzina ma asystenta" in start(client, maria)


@pytest.mark.parametrize("name", ["jan"])
def test_the_administrator_sees_no_family(client, request, kowalscy, not_begun, name):
    text = start(client, request.getfixturevalue(name))
    assert "Kowalscy" not in text
    assert "Lisowie" not in text


def test_an_assistant_with_fifteen_families_has_no_place_left(client, maria, anna, tomasz, town):
    for number in range(15):
        begun_family(f"Rodzina {number:02}", assistant=anna, social_worker=tomasz, region=town, by=maria)
    assert "Anna Sikora bez wolnych miejsc 15 15" in start(client, maria)
    assert len(statements_of(client, "/")) <= 12
