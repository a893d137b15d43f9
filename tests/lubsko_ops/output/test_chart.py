"""The drawings: what they say in words, what they show, and that they carry neither script nor style."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import page as validator
import pytest
from django.utils.safestring import SafeString

from lubsko_ops.output.chart import ChartLimit, bars, horizontal_bars, slots, sparkline
from lubsko_ops.output.svg import format_number

from .conftest import embedded_fonts, page_to_pdf, pdf_text

HOSTILE = "<script>alert(1)</script>\"'&"
LABELS = ["lip", "sie", "wrz"]


def drawing(svg: str) -> ElementTree.Element:
    """The drawing as XML, which it has to be to stand in a page and on paper alike."""
    return ElementTree.fromstring(svg)


def words(svg: str) -> str:
    return drawing(svg).findtext("title")


def heights(svg: str, css: str) -> list[float]:
    return [float(rect.get("height")) for rect in drawing(svg).iter("rect") if rect.get("class") == css]


NORM = ChartLimit(140, "norma")
NOW, EARLIER = [101, None, 131], [92, 95, 0]
ALL = {
    "columns, screen": bars("Wizyty", LABELS, NOW, EARLIER, unit="wizyt", limit=NORM),
    "columns, paper": bars("Wizyty", LABELS, NOW, EARLIER, limit=NORM, paper=True),
    "columns alone, paper": bars("Wizyty", LABELS, [101, 109, 131], paper=True),
    "rows, paper": horizontal_bars(
        "Rodziny", ["Żaneta Łęcka", "Ewa"], [14, None], limit=ChartLimit(15, "limit 15")
    ),
    "line, screen": sparkline([2, None, 4], title="Opieka"),
    "line, paper": sparkline([2, 3, 4], title="Opieka", paper=True),
    "units, screen": slots(4, 6, [3, 1]),
    "units, paper": slots(4, 6, [3, 1], title="4 rodziny z 6", paper=True),
    "nothing to show": bars("Wizyty", [], [], paper=True),
    "only zeros": bars("Wizyty", LABELS, [0, 0, 0]),
}
TAGS = {"ol", "li", "b", "span", "svg", "title", "rect", "path", "polyline", "circle", "line", "text"}


@pytest.mark.parametrize("name", ALL)
def test_it_is_plain_svg(name):
    svg = ALL[name]
    assert isinstance(svg, SafeString)
    for element in drawing(svg).iter():
        attributes = set(element.attrib)
        assert element.tag in TAGS
        assert not {"style", "href", "id"} & attributes
        assert not [name for name in attributes if name.startswith("on")]
        if "paper" in name:
            assert "class" not in attributes  # the print sheet does not reach into a drawing
        if "screen" in name:
            assert not {"fill", "stroke", "font-family"} & attributes  # colours are the theme's


def test_columns_on_paper_say_everything_in_words():
    assert words(ALL["columns, paper"]) == (
        "Wizyty. lip: 101 (rok temu 92), sie: brak danych (rok temu 95), wrz: 131 (rok temu 0). Linia: norma."
    )
    assert drawing(ALL["columns, paper"]).get("role") == "img"
    assert drawing(ALL["columns, paper"]).get("viewBox").startswith("0 0 462 ")


def test_columns_stand_on_zero_and_keep_proportion():
    svg = bars("Wizyty", LABELS, [50, 100, 25], paper=True)
    rects = [(float(r.get("y")), float(r.get("height"))) for r in drawing(svg).iter("rect")]
    assert [height for _, height in rects] == [45, 90, 22.5]
    assert {y + height for y, height in rects} == {104}
    assert [r.get("fill") for r in drawing(svg).iter("rect")] == ["#fff", "#fff", "#000"]


def test_columns_on_the_screen_are_a_list_that_reads_without_pictures():
    tree = drawing(ALL["columns, screen"])
    assert ["".join(item.itertext()) for item in tree] == [
        "101lip, rok temu 92",
        ".sie, rok temu 95",
        "131wrz, rok temu 0",
    ]
    assert tree.get("aria-label").startswith("Wizyty, wizyt. lip: 101")
    assert {svg.get("aria-hidden") for svg in tree.iter("svg")} == {"true"}
    assert [item.get("class") for item in tree] == [None, None, "quarter"]


def test_the_limit_stands_where_it_belongs():
    tree = drawing(horizontal_bars("Rodziny", ["Ewa"], [15], limit=ChartLimit(15, "limit 15")))
    bar, line = tree.find("rect"), next(tree.iter("line"))
    assert float(bar.get("x")) + float(bar.get("width")) == float(line.get("x1"))
    assert "limit 15" in "".join(tree.itertext())


def test_a_line_goes_up_when_it_gets_better():
    svg = sparkline([1, 3, 5], title="Opieka")
    assert drawing(svg).find("polyline").get("points") == "6.0,33.0 52.0,19.0 98.0,5.0"
    assert words(svg) == "Opieka: 1, 3, 5."
    assert drawing(sparkline([1, 2])).get("aria-hidden") == "true"
    assert drawing(sparkline([4])).find("circle").get("cx") == "6.0"
    assert drawing(sparkline([])).find("circle") is None


def test_units_show_weights_and_free_places():
    svg = slots(3, 5, [1, 3, 2])
    assert heights(svg, "u-f") == [18, 12, 6]
    assert len(heights(svg, "u-e")) == 2
    assert words(svg) == "3 z 5"


def test_units_do_not_hide_a_sixteenth():
    svg = slots(16, 15)
    assert heights(svg, "u-f") == [18] * 16
    assert heights(svg, "u-e") == []
    assert drawing(svg).get("width") == "272"


@pytest.mark.parametrize(
    "mistake",
    [
        lambda: bars("x", ["a"], [1, 2]),
        lambda: bars("x", ["a"], [-1]),
        lambda: bars("x", ["a", "b"], [1, 2], [1]),
        lambda: sparkline([6]),
        lambda: slots(1, 15, [4]),
        lambda: slots(1, 15, [1, 2]),
    ],
)
def test_numbers_that_cannot_be_drawn_are_refused(mistake):
    with pytest.raises(ValueError, match=r"length|below zero|outside|Weights"):
        mistake()


@pytest.mark.parametrize("paper", [False, True])
def test_text_of_anyone_is_escaped(paper):
    limit = ChartLimit(1, HOSTILE)
    drawn = [
        bars(HOSTILE, [HOSTILE], [1], [1], unit=HOSTILE, earlier_name=HOSTILE, limit=limit, paper=paper),
        horizontal_bars(HOSTILE, [HOSTILE], [1], limit=limit),
        sparkline([1, 2], title=HOSTILE, paper=paper),
        slots(1, 2, title=HOSTILE, paper=paper),
    ]
    for svg in drawn:
        assert "<script" not in svg
        texts = [*drawing(svg).itertext(), drawing(svg).get("aria-label") or ""]
        assert any("<script>alert(1)</script>" in text for text in texts)


def test_numbers_are_written_the_polish_way():
    assert format_number(1234) == "1\u00a0234"
    assert format_number(Decimal("11.70")) == "11,70"
    assert format_number(2.5) == "2,5"
    assert format_number(-3) == "−3"
    assert format_number(None) == "."


def test_on_paper_it_is_lato_and_has_its_alternative_text():
    pdf = page_to_pdf("".join(f"<figure>{ALL[name]}</figure>" for name in ALL if "paper" in name))
    assert validator.validate_pdf_bytes(pdf, profile="ua1").failures == []
    assert embedded_fonts(pdf) == {"Lato", "Lato-Bold"}
    assert re.search(r"limit 15", pdf_text(pdf))
