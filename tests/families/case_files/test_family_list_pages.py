"""The pages of the family list: statements, order and URLs whatever the number of families."""

import pytest

from lubsko_ops.audit.base_views import KeysetListView
from lubsko_ops.core.permissions import Role
from tests.factories import create_family_with_work
from tests.families.case_files.test_family_list import LIST, listed
from tests.page import Page
from tests.statement_counts import page_statements


@pytest.fixture
def many(make_user, maria, tomasz, town):
    """Make families by number, at most fifteen for each assistant; every one with three people and an address."""

    def make(numbers):
        for number in numbers:
            if number % 15 == 0:
                make.assistant = make_user(f"a{number}", "Asystent", f"Numer {number}", Role.ASSISTANT)
            name = f"Rodzina {number:02}"
            create_family_with_work(
                name, assistant=make.assistant, social_worker=tomasz, region=town, by=maria
            )

    return make


def pages_from(client, url: str):
    """All pages from the URL on, each with its URL."""
    while url:
        response = client.get(url)
        yield url, response
        url = Page(response).pager_url("next")


def test_statements_do_not_grow_with_families(client, maria, many, monkeypatch):
    monkeypatch.setattr(KeysetListView, "page_size", 5)
    client.force_login(maria)
    many(range(2))
    few = page_statements(client, LIST)
    many(range(2, 12))
    assert len(page_statements(client, LIST)) == len(few) <= 8
    pages = list(pages_from(client, LIST))
    names = [name for _, response in pages for name in listed(response)]
    assert names == [f"Rodzina {n:02}" for n in range(12)]
    for url in [*(url for url, _ in pages), f"{LIST}?sort=asystent&podstawa=consent", "/rodziny/pobierz/"]:
        assert len(page_statements(client, url)) <= 8, url


def test_urls_contain_no_names(client, maria, many, monkeypatch):
    monkeypatch.setattr(KeysetListView, "page_size", 2)
    many(range(3))
    client.force_login(maria)
    addresses = Page(client.get(LIST, {"sort": "-nazwa"})).urls
    assert any("po=" in address for address in addresses)
    assert not [address for address in addresses if "Rodzina" in address]
