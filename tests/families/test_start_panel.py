"""Start: an assistant finds her families, the manager and the social worker those that wait for an assistant."""

import re

import pytest

from families.assignments.actions import end_assignment
from families.models import Assignment
from lubsko_ops.reading import Part, ReadEntry
from tests.pages import words_of
from tests.statements import statements_of
from tests.stories import DAY, begun_family


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", words_of(response)).split())


def start(client, user) -> str:
    client.force_login(user)
    return text_of(client.get("/"))


def test_an_assistant_finds_her_families(client, anna, kowalscy, nowakowie):
    text = start(client, anna)
    assert "Moje rodziny Cała lista Kowalscy 2026/001, Lubsko" in text
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
    assert "Lisowie nowa Lubsko Nowakowie bez asystenta 2026/002, Lubsko" in waiting
    assert "Kowalscy" not in waiting
    assert "Ewa Czyż 0 15 Anna Sikora 1 15" in load


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
