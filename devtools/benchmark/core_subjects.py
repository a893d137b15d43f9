"""Subjects of the core: the empty page, one's own account, the start page of each role, the search.

Each ``…_subjects`` module has ``subjects()``. Its limits are those agreed for the product or, where nothing was
agreed, about one and a half times what was measured when they were set.
"""

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from devtools.benchmark.stock_page import at_most
from devtools.benchmark.subject import PAGE_STATEMENTS, Subject, page
from families.people.models import Address, Person

PEOPLE = ("maria", "anna")
EMPTY_PAGE, ACCOUNT = at_most(2.5), at_most(7.5)
# Budgets with two values: docs/decisions/0021-budgets-changed.md
START, START_OF_MANAGER, START_GROWTH = at_most(22, 30), at_most(26, 42), 3.4
START_STATEMENTS = 13
SEARCH, SEARCH_GROWTH = at_most(17, 22), 2.6


def subjects() -> Iterator[Subject]:
    yield page("pusta strona z polem szukania", "maria", reverse("search"), EMPTY_PAGE)
    yield page("własne konto", "maria", reverse("account"), ACCOUNT)
    for who in (*PEOPLE, "tomasz", "jan"):
        budgets = START_OF_MANAGER if who == "maria" else START
        yield page(
            "strona startowa",
            who,
            reverse("start"),
            budgets,
            growth=START_GROWTH,
            statements=START_STATEMENTS,
        )
    yield from _searches()


def _searches() -> Iterator[Subject]:
    person = Person.objects.exclude(pesel_key="").order_by("-pk").first()
    address = Address.objects.exclude(street="").order_by("-pk").first()
    queries = {
        "nazwisko": person.last_name,
        "nazwisko z przestawionymi literami": swapped(person.last_name),
        "imię i nazwisko": f"{person.first_name} {person.last_name}",
        "trzy litery": person.last_name[:3],
        "adres": f"{address.street} {address.house}",
        "PESEL": person.pesel,
    }
    for who in PEOPLE:
        for label, text in queries.items():
            # Two requests: the words are sent, the results are another page.
            options = {"statements": 2 * PAGE_STATEMENTS, "growth": SEARCH_GROWTH}
            yield Subject(f"szukanie: {label}", who, _search(text), SEARCH, **options)


def swapped(name: str) -> str:
    """The name with its third and fourth letters in each other's place, which nobody has: similar words are sought."""
    return name[:2] + name[3:4] + name[2:3] + name[4:]


def _search(text: str):
    def do(client: Client):
        response = client.post(reverse("search"), {"q": text}, follow=True)
        if response.status_code != 200:
            raise RuntimeError(f"The search answered {response.status_code}.")

    return do
