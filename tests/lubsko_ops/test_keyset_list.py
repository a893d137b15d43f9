"""Keyset lists: pagination by the id of a row in both directions, sorting, URLs."""

import pytest
from django.db.models import Value
from django.test import RequestFactory

from lubsko_ops.accounts.models import Region
from lubsko_ops.audit.base_views import KeysetListView
from lubsko_ops.centre.dictionaries.actions import add_entry, remove_entry
from lubsko_ops.core.keyset_list import Sort, after_cursor, paginate
from tests.staff import create_user

BY_NAME = Sort("nazwa", "od A do Z", "od Z do A", ("name",))


@pytest.fixture
def regions(no_staff):
    """Seven regions; the Polish order is Cis, Ćma, Lis, Łan, Sad, Śnieg, Żar."""
    user = create_user("system", "Konto", "Systemowe", by=None)
    for name in ("Żar", "Śnieg", "Sad", "Łan", "Lis", "Ćma", "Cis"):
        add_entry(entry=Region(name=name), by=user)
    return Region.objects.all()


def names(rows) -> list[str]:
    return [row.name for row in rows]


def walk(regions, sort, size) -> list[list[str]]:
    """All pages from the first to the last."""
    page = paginate(regions, sort, size=size)
    pages = [names(page.rows)]
    while page.after:
        page = paginate(regions, sort, after=page.after, size=size)
        pages.append(names(page.rows))
    return pages


def test_pages_follow_in_polish_order(regions):
    assert walk(regions, BY_NAME, 3) == [["Cis", "Ćma", "Lis"], ["Łan", "Sad", "Śnieg"], ["Żar"]]


def test_order_can_be_reversed(regions):
    assert walk(regions, BY_NAME.reversed, 3) == [["Żar", "Śnieg", "Sad"], ["Łan", "Lis", "Ćma"], ["Cis"]]


@pytest.mark.parametrize("sort", [BY_NAME, BY_NAME.reversed], ids=lambda sort: sort.code)
def test_paging_back_shows_the_same_pages(regions, sort):
    forward = walk(regions, sort, 3)
    second = paginate(regions, sort, after=paginate(regions, sort, size=3).after, size=3)
    last = paginate(regions, sort, after=second.after, size=3)
    back = paginate(regions, sort, before=last.before, size=3)
    assert names(back.rows) == forward[1]
    first = paginate(regions, sort, before=back.before, size=3)
    assert names(first.rows) == forward[0]
    assert first.before is None
    assert first.after is not None


def test_a_full_last_page_has_no_next_one(regions):
    assert walk(regions.exclude(name="Żar"), BY_NAME, 3)[-1] == ["Łan", "Sad", "Śnieg"]


def test_missing_cursor_row_gives_the_first_page(regions):
    region = regions.get(name="Łan")
    gone = region.pk
    remove_entry(entry=region, why="pomyłka", version=None, by=region.entered_by)
    assert names(paginate(regions, BY_NAME, after=gone, size=3).rows) == ["Cis", "Ćma", "Lis"]


def test_rows_with_equal_keys_appear_once(regions):
    constant = Sort("x", "", "", ("same",))
    pages = walk(regions.annotate(same=Value(1)), constant, 2)
    assert sorted(name for page in pages for name in page) == sorted(names(regions))


def test_short_page_before_the_cursor_becomes_the_first_page(regions):
    second = regions.get(name="Ćma").pk
    assert names(paginate(regions, BY_NAME, before=second, size=3).rows) == ["Cis", "Ćma", "Lis"]


def test_the_first_page_costs_one_statement_and_the_others_two(regions, django_assert_num_queries):
    with django_assert_num_queries(1):
        page = paginate(regions, BY_NAME, size=3)
    with django_assert_num_queries(2):
        paginate(regions, BY_NAME, after=page.after, size=3)


class RegionListView(KeysetListView):
    sorts = (BY_NAME, Sort("numer", "", "", ("pk",)))
    default_params = {"widok": "wszystkie"}


def page_at(query: str) -> RegionListView:
    view = RegionListView()
    view.setup(RequestFactory().get(f"/rejony/{query}"))
    return view


def test_url_keeps_filters_and_drops_the_cursor():
    assert page_at("?kolor=zielony&po=5").get_url(sort="numer") == "/rejony/?kolor=zielony&sort=numer"


def test_url_omits_empty_and_default_values():
    assert page_at("?kolor=&sort=nazwa&widok=wszystkie").get_url() == "/rejony/"


def test_header_of_the_current_column_reverses_the_order():
    links = page_at("?sort=nazwa").get_sort_links(BY_NAME)
    assert links["nazwa"] == {"url": "/rejony/?sort=-nazwa", "order": "ascending"}
    assert links["numer"] == {"url": "/rejony/?sort=numer", "order": ""}


@pytest.mark.parametrize(
    "asked,code",
    [("", "nazwa"), ("?sort=-numer", "-numer"), ("?sort=haslo", "nazwa"), ("?sort=--numer", "nazwa")],
)
def test_unknown_order_is_the_default(asked, code):
    assert page_at(asked).get_sort().code == code


@pytest.mark.parametrize("asked", ["?po=abc", "?po=-1", "?po=" + "9" * 30, "?po=²"])
def test_invalid_cursor_is_ignored(asked):
    assert page_at(asked).get_int_param("po") is None


def test_rows_after_a_cursor_are_found_by_one_comparison():
    """Conditions joined by OR would be estimated at a single row, and joined in a loop."""
    condition = after_cursor(("name", "pk"), ("Cis", 5), forward=True)
    sql = str(Region.objects.filter(condition).query)
    assert '("accounts_region"."name", "accounts_region"."id") >= (Cis, 5)' in sql
    assert " OR " not in sql
