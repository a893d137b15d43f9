"""A coat of arms from a file: only what draws is kept, what cannot be printed faithfully is refused with advice."""

from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from lubsko_ops.centre.actions import save_centre, save_coat_of_arms
from lubsko_ops.centre.models import Centre, CoatOfArms
from lubsko_ops.centre.pictures import make_safe
from tests.form_client import form_data, response_text
from tests.lubsko_ops.centre.form_submissions import CENTRE
from tests.lubsko_ops.centre.pictures import SVG, Upload, png

URL = "/ustawienia/osrodek/herb/"
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


@pytest.fixture
def as_jan(client, jan):
    save_centre(**CENTRE, by=jan)
    client.force_login(jan)
    return client


def send(client, upload: Upload, label="Herb Lubska"):
    return client.post(URL, form_data(client, URL, picture=[upload], label=label))


def svg(inside: str, head: str = HEAD) -> bytes:
    return f"{head}{inside}</svg>".encode()


def test_it_works(as_jan):
    assert send(as_jan, Upload(SVG)).status_code == 302
    centre = Centre.objects.get()
    assert centre.coat_of_arms_label == "Herb Lubska"
    assert centre.picture.startswith("data:image/svg+xml;base64,")
    assert 'alt="Herb Lubska"' in as_jan.get("/ustawienia/osrodek/").content.decode()


def test_another_file_in_the_same_form_is_another_content(as_jan):
    opened = form_data(as_jan, URL, label="Herb")
    assert as_jan.post(URL, opened | {"picture": Upload(SVG)}).status_code == 302
    assert as_jan.post(URL, opened | {"picture": Upload(SVG)}).status_code == 302
    assert as_jan.post(URL, opened | {"picture": Upload(png(), "herb.png")}).status_code == 409
    assert CoatOfArms.objects.count() == 1


def test_without_the_centre_it_is_refused(client, jan):
    client.force_login(jan)
    response = send(client, Upload(SVG))
    assert response.status_code == 422 and "Najpierw zapisz dane ośrodka" in response_text(response)


def test_an_assistant_may_not(as_anna):
    assert as_anna.get(URL).status_code == 403


def test_papers_without_a_coat_of_arms_again(as_jan, jan):
    save_coat_of_arms(content=SVG.encode(), label="Herb", by=jan)
    assert as_jan.post(f"{URL}usun/", form_data(as_jan, f"{URL}usun/")).status_code == 302
    assert Centre.objects.get().picture == ""
    assert CoatOfArms.objects.exists(), "issued papers refer to it"


def test_a_png_keeps_its_pixels_alone():
    hidden = png(pnginfo=_comment("secret")) + b"<script>alert(1)</script>"
    kind, safe = make_safe(hidden)
    assert kind == "image/png"
    assert b"secret" not in safe and b"script" not in safe
    assert Image.open(BytesIO(safe)).getpixel((0, 0)) == (31, 111, 120, 128)


def test_a_large_png_is_made_smaller():
    assert Image.open(BytesIO(make_safe(png(3000, 1500))[1])).size == (800, 400)


def test_an_svg_is_rebuilt_from_shapes():
    drawing = svg(
        '<metadata><x/></metadata><title>x</title><!-- c --><foreign xmlns="urn:editor"/>'
        '<linearGradient id="a"><stop offset="0" style="stop-color:#fff"/></linearGradient>'
        '<linearGradient id="b" xlink:href="#a"/>'
        '<path d="M1 1L8 8" fill="url(#b)" onclick="x()" class="k" style="stroke:#000;background:url(http://x/)"/>'
        '<rect width="3" height="3" fill="url(http://x/#a)" filter="url(#f)"/>'
    )
    kind, safe = make_safe(drawing)
    assert kind == "image/svg+xml"
    text = safe.decode()
    assert [element.tag.rpartition("}")[2] for element in ElementTree.fromstring(safe).iter()] == [
        "svg", "linearGradient", "stop", "linearGradient", "path", "rect",
    ]  # fmt: skip
    assert 'fill="url(#b)"' in text and 'stroke="#000"' in text and 'stop-color="#fff"' in text
    for foreign in ("http://x", "onclick", "class=", "style=", "filter", "urn:editor"):
        assert foreign not in text
    assert make_safe(safe)[1] == safe, "a safe one stays as it is"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "PNG albo SVG"),
        (b"GIF89a", "PNG albo SVG"),
        (b"\x89PNG\r\n\x1a\nbroken", "nie da się odczytać"),
        (png(4001, 10), "4001 × 10"),
        (b"\x89PNG" + b"x" * 310_000, "najwyżej 300 kB"),
        (b"<svg", "nie da się odczytać"),
        (b"<html><svg/></html>", "nie da się odczytać"),
        (svg("<script>x()</script>"), "„script”"),
        (svg("<text>Lubsko</text>"), "„text”"),
        (svg('<image href="http://x/a.png"/>'), "„image”"),
        (svg("<style>path{fill:url(http://x)}</style>"), "„style”"),
        (svg("<foreignObject/>"), "„foreignObject”"),
        (svg('<use href="#a"/>'), "„use”"),
        (svg("<g>" * 40 + "</g>" * 40), "zbyt złożony"),
        (svg("<g/>" * 5000), "zbyt złożony"),
        (svg('<linearGradient id="a" xlink:href="#a"/>'), "nie da się odczytać"),
        (svg("<path/>", '<svg xmlns="http://www.w3.org/2000/svg">'), "jak duży"),
        (svg("<path/>", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 99">'), "jak duży"),
        (b'<!DOCTYPE svg [<!ENTITY a "x">]>' + svg("<path/>"), "ENTITY"),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("<path/>"), "ENTITY"),
    ],
)  # fmt: skip
def test_what_is_refused(content, sentence):
    with pytest.raises(ValidationError, match=sentence):
        make_safe(content)


def test_a_refusal_stands_beside_the_file(as_jan):
    response = send(as_jan, Upload(svg("<text>Lubsko</text>")))
    assert response.status_code == 422
    assert "Rysunek używa elementu „text”" in response_text(response)
    assert not CoatOfArms.objects.exists()


def _comment(text: str):

    info = PngInfo()
    info.add_text("Comment", text)
    return info
