"""The template tags of printed documents, as HTML."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template import Context, Engine
from django.template.loader import render_to_string
from fontTools.ttLib import TTFont

from lubsko_ops.output.print_sample import print_sample_context
from lubsko_ops.output.typography import bind_spaces_html

CENTRE = SimpleNamespace(name="MGOPS w Lubsku", address_line="ul. Krótka 1", phone="", email="", website="")
# Ukrainian, Belarusian and Russian, Vietnamese, Czech, Slovak, Romanian, Lithuanian, Turkish
FOREIGN_LETTERS = (
    "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯабвгґдеєжзиіїйклмнопрстуфхцчшщьюяЎўЁёЪъЫыЭэʼ"
    "ĂăĐđĨĩŨũƠơƯưẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ"
    "ČčĎďĚěŇňŘřŤťŮůĽľĹĺŔŕȘșȚțĖėĮįŲųŪūĞğİıŞş\u0301\u0309\u0323"
)
SIGNS_LATO_LACKS = "\u2009\u202f\u2010\u2011✓☐→●"


def rendered(source: str, **context) -> str:
    engine = Engine(
        dirs=[settings.BASE_DIR / "templates"],
        libraries={"print_tags": "lubsko_ops.output.templatetags.print_tags"},
    )
    return engine.from_string("{% load print_tags %}" + source).render(Context(context))


@pytest.mark.parametrize(
    "sheet", sorted((settings.BASE_DIR / "static/css").glob("*.css")), ids=lambda sheet: sheet.name
)
def test_no_rule_is_put_between_two_selectors(sheet):
    """A rule put after a comma takes the selector before it: once the text of a plan was printed in 6.5 points."""
    assert re.findall(r"[^{};]*,\s*/\*.*?\*/[^{};]*\{", sheet.read_text(), re.DOTALL) == []


def test_letterhead_omits_missing_contact_details():
    assert "<p>ul. Krótka 1</p>" in rendered("{% letterhead centre %}", centre=CENTRE)
    full = SimpleNamespace(
        **vars(CENTRE) | {"phone": "68 000 00 00", "email": "a@ops.example", "website": "ops.example"}
    )
    assert "ul. Krótka 1 · tel. 68 000 00 00 · a@ops.example · ops.example" in rendered(
        "{% letterhead centre %}", centre=full
    )
    bare = SimpleNamespace(**vars(CENTRE) | {"address_line": ""})
    assert rendered("{% letterhead centre %}", centre=bare).count("<p") == 1


def test_signature_field_has_an_empty_line():
    html = rendered('{% signature "Matka" "Danuta Żółkiewska" "czytelny podpis, data" %}')
    assert '<div class="line"></div>' in html
    assert "Odmowa" not in html
    assert "stamp" not in html
    assert 'class="signature stamp"' in rendered('{% signature "Kierownik" stamp=True %}')


def test_recorded_signature_shows_its_date():
    html = rendered('{% signature "Matka" "Danuta" signed_on=day %}', day=date(2026, 9, 18))
    assert "<b>Podpisano 18.09.2026 r.</b>" in html
    assert 'class="line"' not in html
    assert "podpis, data" not in html


def test_refused_signature_shows_date_reason_and_recorder():
    html = rendered(
        '{% signature "Ojciec" "Łukasz" refused_on=day reason=reason recorded_by="Bożena" %}',
        day=date(2026, 9, 18),
        reason="Nie <chcę>",
    )
    assert "<b>Odmowa podpisu 18.09.2026 r.</b> Powód: „Nie &lt;chcę&gt;”." in html
    assert "odmowę odnotowano: Bożena" in html
    assert 'class="line"' not in html
    assert "podpis, data" not in html


@pytest.mark.parametrize(
    ("reason", "printed"),
    [
        ("Nie chcę.", "„Nie chcę”."),
        ("Nie chcę. ", "„Nie chcę”."),
        ("Nie chcę", "„Nie chcę”."),
        ("Nie wiem...", "„Nie wiem...”."),
        ("Nie!", "„Nie!”."),
    ],
)
def test_sentence_of_a_refusal_ends_with_one_full_stop(reason, printed):
    html = rendered(
        '{% signature "Ojciec" "Łukasz" refused_on=day reason=reason %}', day=date(2026, 9, 18), reason=reason
    )
    assert f"Powód: {printed}\n" in html


def test_fact_without_value_shows_a_dash():
    assert rendered('{% fact "Dzieci" value %}', value=None) == rendered('{% fact "Dzieci" "" %}')
    assert "</span>–</p>" in rendered('{% fact "Dzieci" "" %}')
    assert "</span>0</p>" in rendered('{% fact "Dzieci" 0 %}')
    assert '<p class="wide">' in rendered('{% fact "Cel" "spokój" "wide" %}')


def test_checkboxes():
    assert rendered("{% checkbox %}") == '<span class="box"></span>'
    assert rendered("{% checkbox 1 %}") == '<span class="box on"></span>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [("  MGOPS\n w Lubsku ", "MGOPS w\u00a0Lubsku"), ('"a" & <b>', "&quot;a&quot; &amp; &lt;b&gt;")],
)
def test_typeset_normalises_attributes(text, expected):
    assert rendered("{{ text|typeset }}", text=text) == expected


def test_margin_content_is_repeated_in_the_text():
    html = render_to_string(
        "print/sample.html",
        print_sample_context(rows=1) | {"printed_at": datetime(2026, 10, 7, 9, 20, tzinfo=UTC)},
    )
    head, body = html.split("<body", 1)
    furniture, text = body.split(">\n", 1)
    assert 'data-doc="Wydruk próbny"' in furniture
    assert "OPS.0000.0.2026 · stan na\u00a0dzień" not in furniture  # "na" holds only before a number
    assert (
        "OPS.0000.0.2026 · stan na dzień 30.09.2026\u00a0r. · wydruk 07.10.2026\u00a0r., godz.\u00a011.20"
        in furniture
    )
    assert "\n" not in furniture.split('data-foot="')[1].split('"')[0]
    assert "Znak sprawy: <b>OPS.0000.0.2026</b>" in text
    assert "Lubsko, 7 października 2026 r." in text
    assert "<title>Wydruk próbny</title>" in head


def test_print_templates_use_only_characters_of_lato(walked):
    lato = TTFont(settings.BASE_DIR / "static/fonts/Lato_400Regular.ttf").getBestCmap()
    assert not [sign for sign in SIGNS_LATO_LACKS if ord(sign) in lato]  # the font is the one we think it is
    templates = {
        *Path(settings.BASE_DIR, "templates/print").rglob("*.html"),
        *Path(settings.BASE_DIR, "templates").rglob("print/*.html"),
    }
    walked("print templates", len(templates), at_least=12)
    for template in templates:
        missing = {sign for sign in template.read_text() if sign != "\n" and ord(sign) not in lato}
        assert not missing, (template, missing)


def test_all_fonts_contain_polish_letters_and_nbsp(walked):
    faces = list(Path(settings.BASE_DIR, "static/fonts").glob("Lato_*.ttf"))
    walked("fonts", len(faces), at_least=4)
    for face in faces:
        cmap = TTFont(face).getBestCmap()
        assert {ord(sign) for sign in "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ„”–—…§€×½·−\u00a0"} <= set(cmap), face.name


def test_each_face_of_lato_has_a_companion_with_the_other_letters(walked):
    fonts = Path(settings.BASE_DIR, "static/fonts")
    faces = sorted(fonts.glob("OtherLetters_*.ttf"))
    walked("fonts", len(faces), at_least=4)
    for face in faces:
        lato = fonts / face.name.replace("OtherLetters", "Lato")
        letters = set(TTFont(face).getBestCmap()) | set(TTFont(lato).getBestCmap())
        missing = [sign for sign in FOREIGN_LETTERS if ord(sign) not in letters]
        assert not missing, (face.name, missing)
        assert "Lato" not in TTFont(face)["name"].getDebugName(4), "the name is reserved"


def test_binding_spaces_does_not_change_the_sample_text():
    html = render_to_string("print/sample.html", print_sample_context())
    assert bind_spaces_html(html).replace("\u00a0", " ").split() == html.replace("\u00a0", " ").split()
