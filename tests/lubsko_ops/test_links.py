"""Remembered addresses are those of Django, whatever they depend on."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory, override_settings
from django.urls import NoReverseMatch, reverse, set_script_prefix, set_urlconf

from lubsko_ops.core import links

OTHER_URLS = "reports.urls"


@pytest.fixture(autouse=True)
def forget():
    links._reverse.cache_clear()
    yield
    links._reverse.cache_clear()
    set_script_prefix("/")
    set_urlconf(None)


def test_an_address_is_that_of_django():
    for name, args, kwargs in (
        ("start", (), None),
        ("families:overview", (7,), None),
        ("families:overview", ["7"], None),
        ("families:overview", (), {"pk": 7}),
    ):
        for _ in range(2):
            assert links.reverse(name, args, kwargs) == reverse(name, args=args, kwargs=kwargs)
    assert links._reverse.cache_info().hits >= 4


def test_it_follows_the_prefix_and_the_urls_of_the_request():
    assert links.reverse("families:overview", [7]) == "/rodziny/7/"
    set_script_prefix("/ops/")
    assert links.reverse("families:overview", [7]) == "/ops/rodziny/7/"
    set_script_prefix("/")
    set_urlconf(OTHER_URLS)
    with pytest.raises(NoReverseMatch):
        links.reverse("families:overview", [7])


def test_it_follows_swapped_settings():
    links.reverse("families:overview", [7])
    with override_settings(ROOT_URLCONF=OTHER_URLS), pytest.raises(NoReverseMatch):
        links.reverse("families:overview", [7])


def test_memory_is_bounded():
    for pk in range(links.REMEMBERED + 10):
        links.reverse("families:overview", [pk])
    assert links._reverse.cache_info().currsize == links.REMEMBERED


def render(source: str) -> str:
    request = RequestFactory().get("/")
    return Template(source).render(Context({"request": request, "pk": 7}))


def test_the_tag_is_that_of_django():
    assert render("{% url 'families:overview' pk %}") == "/rodziny/7/"
    assert render("{% url 'families:overview' pk=pk %}") == "/rodziny/7/"
    assert render("{% url 'families:overview' pk as file %}[{{ file }}]") == "[/rodziny/7/]"
    assert render("{% url 'no-such-page' as file %}[{{ file }}]") == "[]"
    with pytest.raises(NoReverseMatch):
        render("{% url 'no-such-page' %}")
