"""Projects by words of their title, in any case and without diacritics, or by znak sprawy."""

import pytest

from projects.search import find_editions
from tests.projects.helpers import make_approved, make_draft

pytestmark = pytest.mark.django_db


def as_user(client, user):
    client.force_login(user)
    return client


@pytest.mark.parametrize("text", ["rodzinie", "wszystko zaczyna", "RODZINA", "zaczyn", "w rodzinie się"])
def test_words_of_the_title_in_any_form(tomasz, text):
    edition = make_draft(tomasz)
    make_draft(tomasz, title="Bliżej siebie")
    assert find_editions(text, tomasz) == [edition]


@pytest.mark.parametrize("text", ["blizej", "siebie blizej", "Bliżej"])
def test_without_diacritics(tomasz, text):
    edition = make_draft(tomasz, title="Bliżej siebie")
    make_draft(tomasz)
    assert find_editions(text, tomasz) == [edition]


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "'; --", "remont"])
def test_nothing_matches(tomasz, text):
    make_draft(tomasz)
    assert find_editions(text, tomasz) == []


def test_by_znak_sprawy(tomasz, maria):
    edition = make_approved(tomasz, maria)
    edition.case_reference = "OPS.5042.5.2026"
    edition.save()
    assert find_editions("ops.5042.5.2026", tomasz) == [edition]
    assert find_editions("OPS.5042.6.2026", tomasz) == []


def test_a_changed_title_changes_what_is_searched(tomasz):
    edition = make_draft(tomasz)
    edition.title = "Mama i ja"
    edition.clean()
    edition.save()
    assert find_editions("mama", tomasz) == [edition]


def search(client, user, text):
    return as_user(client, user).post("/szukaj/", {"q": text}, follow=True).text


def test_the_page_shows_projects_beside_families(tomasz, client, kowalscy):
    edition = make_draft(tomasz, title="Kowalscy i my")
    page = search(client, tomasz, "Kowalscy")
    assert "Kowalscy i my" in page
    assert f"/projekty/{edition.pk}/" in page
    assert f"/rodziny/{kowalscy.pk}/" in page


def test_an_administrator_does_not_search(jan, client):
    assert as_user(client, jan).post("/szukaj/", {"q": "rodzinie"}).status_code == 403
