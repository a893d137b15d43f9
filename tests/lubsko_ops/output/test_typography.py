"""Polish non-breaking spaces: where they are set, and that nothing else changes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lubsko_ops.output.typography import NBSP, bind_spaces_html, bind_spaces_text

from .conftest import html_page

# Words the rules care about, so that random text meets them often.
LIVELY = (
    "a i w Z od na po art. nr pkt tel. pani pan Danuta III kwartał 5 12 2026 318 000 4 ½ – — r. zł stycznia"
    " rodzin domu żółw ( „"
)
WORDS = st.sampled_from(LIVELY.split())
TEXT = st.one_of(st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map("\n  ".join))


def visible_spaces(text: str) -> str:
    return text.replace(NBSP, "~")


@pytest.mark.parametrize(
    ("plain", "bound"),
    [
        ("w domu i o zmroku, a z nim (u niej)", "w~domu i~o~zmroku, a~z~nim (u~niej)"),
        ("W środę I kwartał", "W~środę I~kwartał"),
        ("4 318,60 zł, 1 234 567 osób", "4~318,60~zł, 1~234~567~osób"),
        ("w roku 2026 100 rodzin", "w~roku~2026 100~rodzin"),
        ("9 spotkań, 131 dzieci, 3 godziny, 5 %, ½ etatu", "9~spotkań, 131~dzieci, 3~godziny, 5~%, ½~etatu"),
        ("9 czerwca 2011 r. i 07.10.2026 r.", "9~czerwca~2011~r. i~07.10.2026~r."),
        ("art. 15 ust. 1 pkt 2, poz. 980, nr 27", "art.~15~ust.~1~pkt~2, poz.~980, nr~27"),
        ("ul. Łąkowa 3, tel. 68 000 00 00, godz. 16.00", "ul.~Łąkowa 3, tel.~68~000 00 00, godz.~16.00"),
        ("od 1 do 5, na 30 dni, po 360 zł", "od~1 do~5, na~30~dni, po~360~zł"),
        ("III kwartał 2026 r., rok 2023", "III~kwartał~2026~r., rok~2023"),
        ("dom – praca — czas", "dom~– praca~— czas"),
        ("pani Hanna, pana Łukasza, panią Łęcką", "pani~Hanna, pana~Łukasza, panią~Łęcką"),
        ("pan domu, oni razem, dom od strony ulicy", "pan domu, oni razem, dom od strony ulicy"),
        ("zeszyt wydatków: 91-735 Łódź", "zeszyt wydatków: 91-735 Łódź"),
        ("w\n   domu", "w~domu"),
        ("koniec w ", "koniec w "),
    ],
)
def test_bound_spaces(plain, bound):
    assert visible_spaces(bind_spaces_text(plain)) == bound


@given(st.text().filter(lambda text: not re.search(r"\s", text)))
def test_text_without_spaces_is_unchanged(text):
    assert bind_spaces_text(text) == text


@given(TEXT)
def test_only_spaces_change(text):
    """Apart from white space the output equals the input."""

    def flat(text):
        return re.sub(f"[ \t\r\n\f{NBSP}]+", " ", text)

    assert flat(bind_spaces_text(text)) == flat(text)


@given(st.lists(WORDS).map(" ".join))
def test_single_spaces_are_replaced_one_to_one(text):
    assert bind_spaces_text(text).replace(NBSP, " ") == text


@given(TEXT)
def test_binding_is_idempotent(text):
    assert bind_spaces_text(bind_spaces_text(text)) == bind_spaces_text(text)
    assert bind_spaces_html(bind_spaces_html(text)) == bind_spaces_html(text)


@given(TEXT.filter(lambda text: not re.search("[<&]", text)))
def test_text_and_html_variants_agree(text):
    assert bind_spaces_html(f"<p>{text}</p>") == f"<p>{bind_spaces_text(text)}</p>"


@pytest.mark.parametrize(
    ("html", "bound"),
    [
        ("<p>od <b>23 maja</b> i <em>w</em> domu</p>", "<p>od~<b>23~maja</b> i~<em>w</em>~domu</p>"),
        ("<td>w</td> <td>domu</td>", "<td>w</td> <td>domu</td>"),
        ("<p>w<br> domu</p>", "<p>w<br> domu</p>"),
        ("<p>w <b> domu</b></p>", "<p>w~<b>domu</b></p>"),
        ('<p class="w domu" title=\'o i u\'>w domu</p>', '<p class="w domu" title=\'o i u\'>w~domu</p>'),
        ("<p>a &lt; b i &nbsp;c &amp; z&#160;d</p>", "<p>a~&lt; b i~&nbsp;c &amp; z&#160;d</p>"),
        ("<P >W Domu</P ><!-- w domu -->", "<P >W~Domu</P ><!-- w domu -->"),
        ("<pre>w domu</pre><code>w domu</code>", "<pre>w domu</pre><code>w domu</code>"),
        ("<style>a i { x: y }</style><p>w domu", "<style>a i { x: y }</style><p>w~domu"),
        ("<svg><title>w z</title><text>w z</text></svg>", "<svg><title>w z</title><text>w z</text></svg>"),
        ("<title>w domu</title><p>w domu</p>", "<title>w domu</title><p>w~domu</p>"),
        # the parser gives up at "&#": left alone
        ("<p>&# <b class='w domu'>w domu</b>", "<p>&# <b class='w domu'>w domu</b>"),
    ],
)  # fmt: skip
def test_markup_is_unchanged(html, bound):
    assert visible_spaces(bind_spaces_html(html)) == bound


@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<b class='w z'>", "</b>", "<br>", "&amp;", "w ", "domu ", "<"]))
)
def test_broken_markup_is_unchanged(pieces):
    html = html_page("".join(pieces))
    assert re.sub(f"[ {NBSP}]+", " ", bind_spaces_html(html)) == re.sub(" +", " ", html)
    assert re.findall("<[a-z][^<>]*>", bind_spaces_html(html)) == re.findall("<[a-z][^<>]*>", html)
