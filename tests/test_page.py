"""The reader of pages."""

import pytest

from tests.page import Page

HTML = """<!doctype html><html><head><title>Rodziny – Lubsko OPS</title></head><body><main><h1>Rodziny</h1>
<section><h2>Terminy</h2><p>Wizyta<b>za&nbsp;4 dni</b>, potem
<span class="x d-print-none">ul. Długa</span></p></section>
<ul><li>bez końca<li>drugi</ul><br><form action="/szukaj/"><input name="q"></form>
<table><thead><tr><th>Rodzina<tbody><tr><td><a class="who" href="/r/1/?a=1&amp;b=2">Kowalscy</a></table>
<a href="?po=7" rel="next">Następna strona</a><script>var tajne</script></main></body></html>"""


@pytest.fixture
def page():
    return Page(HTML)


def test_text_is_what_is_read(page):
    assert page.text == (
        "Rodziny Terminy Wizyta za 4 dni, potem ul. Długa bez końca drugi Rodzina Kowalscy Następna strona"
    )
    assert "Długa" not in page.printed_text and "za 4 dni, potem" in page.printed_text


def test_parts_are_read_by_names(page):
    assert page.heading == "Rodziny" and Page("<p>bez nagłówka</p>").heading == ""
    assert page.link("Kowalscy").url == "/r/1/?a=1&b=2"
    assert [row.text for row in page.rows] == ["Kowalscy"]
    assert [region.text for region in page.regions("Terminy")] == ["Terminy Wizyta za 4 dni, potem ul. Długa"]
    assert page.regions("Rodziny") == []
    assert page.urls == ["/szukaj/", "/r/1/?a=1&b=2", "?po=7"]
    assert (page.pager_url("next"), page.pager_url("prev")) == ("?po=7", "")


def test_a_link_that_is_missing_or_doubled_is_refused(page):
    for name in ("Nowakowie", ""):
        with pytest.raises(ValueError, match="values to unpack"):
            page.link(name)
