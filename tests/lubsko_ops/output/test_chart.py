"""SVG charts: text alternatives, geometry, no scripts or styles."""

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


def parse_svg(svg: str) -> ElementTree.Element:
    """The chart parsed as XML."""
    return ElementTree.fromstring(svg)


def text_alternative(svg: str) -> str:
    return parse_svg(svg).findtext("title")


NORM = ChartLimit(140, "norma")
NOW, EARLIER = [101, None, 131], [92, 95, 0]
ALL = {
    "bars, screen": bars("Wizyty", LABELS, NOW, EARLIER, unit="wizyt", limit=NORM),
    "bars, print": bars("Wizyty", LABELS, NOW, EARLIER, limit=NORM, for_print=True),
    "bars alone, print": bars("Wizyty", LABELS, [101, 109, 131], for_print=True),
    "horizontal bars, print": horizontal_bars(
        "Rodziny", ["Żaneta Łęcka", "Ewa"], [14, None], limit=ChartLimit(15, "limit 15")
    ),
    "line, screen": sparkline([2, None, 4], title="Opieka"),
    "line, print": sparkline([2, 3, 4], title="Opieka", for_print=True),
    "slots, screen": slots(4, 6, [3, 1]),
    "slots, print": slots(4, 6, [3, 1], title="4 rodziny z 6", for_print=True),
    "nothing to show": bars("Wizyty", [], [], for_print=True),
    "only zeros": bars("Wizyty", LABELS, [0, 0, 0]),
}
TAGS = {"ol", "li", "b", "span", "svg", "title", "rect", "path", "polyline", "circle", "line", "text"}


@pytest.mark.parametrize("name", ALL)
def test_charts_are_plain_svg(name):
    svg = ALL[name]
    assert isinstance(svg, SafeString)
    for element in parse_svg(svg).iter():
        attributes = set(element.attrib)
        assert element.tag in TAGS
        assert not {"style", "href", "id"} & attributes
        assert not [name for name in attributes if name.startswith("on")]
        if "print" in name:
            assert "class" not in attributes  # print.css does not apply inside the SVG
        if "screen" in name:
            assert not {"fill", "stroke", "font-family"} & attributes  # colours are the theme's


def test_print_bars_have_a_full_text_alternative():
    assert text_alternative(ALL["bars, print"]) == (
        "Wizyty. lip: 101 (rok temu 92), sie: brak danych (rok temu 95), wrz: 131 (rok temu 0). Linia: norma."
    )
    assert parse_svg(ALL["bars, print"]).get("role") == "img"
    assert parse_svg(ALL["bars, print"]).get("viewBox").startswith("0 0 462 ")


def test_bars_start_at_zero_and_are_proportional():
    svg = bars("Wizyty", LABELS, [50, 100, 25], for_print=True)
    rects = [(float(r.get("y")), float(r.get("height"))) for r in parse_svg(svg).iter("rect")]
    assert [height for _, height in rects] == [45, 90, 22.5]
    assert {y + height for y, height in rects} == {104}
    assert [r.get("fill") for r in parse_svg(svg).iter("rect")] == ["#fff", "#fff", "#000"]


def test_screen_bars_are_a_list_readable_without_images():
    tree = parse_svg(ALL["bars, screen"])
    assert ["".join(item.itertext()) for item in tree] == [
        "101lip, rok temu 92",
        ".sie, rok temu 95",
        "131wrz, rok temu 0",
    ]
    assert tree.get("aria-label").startswith("Wizyty, wizyt. lip: 101")
    assert {svg.get("aria-hidden") for svg in tree.iter("svg")} == {"true"}
    assert [item.get("class") for item in tree] == [None, None, "quarter"]


def test_limit_line_matches_the_scale():
    tree = parse_svg(horizontal_bars("Rodziny", ["Ewa"], [15], limit=ChartLimit(15, "limit 15")))
    bar, line = tree.find("rect"), next(tree.iter("line"))
    assert float(bar.get("x")) + float(bar.get("width")) == float(line.get("x1"))
    assert "limit 15" in "".join(tree.itertext())


def test_sparkline_rises_with_higher_ratings():
    svg = sparkline([1, 3, 5], title="Opieka")
    assert parse_svg(svg).find("polyline").get("points") == "6.0,33.0 52.0,19.0 98.0,5.0"
    assert text_alternative(svg) == "Opieka: 1, 3, 5."
    assert parse_svg(sparkline([1, 2])).get("aria-hidden") == "true"
    assert parse_svg(sparkline([4])).find("circle").get("cx") == "6.0"
    assert parse_svg(sparkline([])).find("circle") is None


def box_heights(svg, css) -> list[str]:
    """Heights of the boxes of the path of this class."""
    paths = [path.get("d") for path in parse_svg(svg).iter("path") if path.get("class") == css]
    return [box.partition("v")[2].partition("h")[0] for path in paths for box in path.split("z") if box]


def test_slots_show_weights_and_free_slots():
    svg = slots(3, 5, [1, 3, 2])
    assert box_heights(svg, "u-f") == ["18", "12", "6"]
    assert box_heights(svg, "u-e") == ["17", "17"]
    assert text_alternative(svg) == "3 z 5"


def test_slots_over_the_total_are_drawn():
    svg = slots(16, 15)
    assert box_heights(svg, "u-f") == ["18"] * 16
    assert box_heights(svg, "u-e") == []
    assert parse_svg(svg).get("width") == "272"


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
def test_invalid_values_raise_value_error(mistake):
    with pytest.raises(ValueError, match=r"length|below zero|outside|Weights"):
        mistake()


@pytest.mark.parametrize("for_print", [False, True])
def test_user_input_is_escaped(for_print):
    limit = ChartLimit(1, HOSTILE)
    drawn = [
        bars(
            HOSTILE, [HOSTILE], [1], [1], unit=HOSTILE, earlier_name=HOSTILE, limit=limit, for_print=for_print
        ),
        horizontal_bars(HOSTILE, [HOSTILE], [1], limit=limit),
        sparkline([1, 2], title=HOSTILE, for_print=for_print),
        slots(1, 2, title=HOSTILE, for_print=for_print),
    ]
    for svg in drawn:
        assert "<script" not in svg
        texts = [*parse_svg(svg).itertext(), parse_svg(svg).get("aria-label") or ""]
        assert any("<script>alert(1)</script>" in text for text in texts)


def test_numbers_use_polish_notation():
    assert format_number(1234) == "1\u00a0234"
    assert format_number(Decimal("11.70")) == "11,70"
    assert format_number(2.5) == "2,5"
    assert format_number(-3) == "−3"
    assert format_number(None) == "."


def test_printed_charts_use_lato_and_are_accessible():
    pdf = page_to_pdf("".join(f"<figure>{ALL[name]}</figure>" for name in ALL if "print" in name))
    assert validator.validate_pdf_bytes(pdf, profile="ua1").failures == []
    assert embedded_fonts(pdf) == {"Lato", "Lato-Bold"}
    assert re.search(r"limit 15", pdf_text(pdf))
