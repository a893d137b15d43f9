"""Where the papers of a plan break into pages. Rendered from plain values, without a database."""

import re
from datetime import date
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from tests.lubsko_ops.output.conftest import render_pdf, validation_errors, without_spaces

DAY = date(2026, 10, 13)
MARGIN = 20 / 25.4 * 72  # points, of @page in print.css
SENTENCE = "Danuta odprowadza Kacpra do szkoły, a asystent raz w tygodniu pyta wychowawcę o jego lekcje. "
AREAS = ("Edukacja", "Budżet domowy", "Zdrowie", "Opieka i wychowanie", "Mieszkanie")
MOTHER, GRANDMOTHER = "Оксана Лук'яненко", "Nguyễn Thị Hồng Ánh"
CENTRE = SimpleNamespace(
    name="MGOPS w Lubsku", address_line="ul. Krótka 1", phone="68 000 00 00", email="", website=""
)
NAMES = ["Ivan", "Zosia", "Igor", "Nadia", "Jan", "Ewa", "Maja", "Ola", "Antoni"]
CHILDREN = ", ".join(f"{name} ({age} l.)" for age, name in enumerate(NAMES, start=2))
FACTS = {
    "names_text": f"{MOTHER} i {GRANDMOTHER}",
    "family_text": f"{MOTHER} i {GRANDMOTHER}, ul. Długa 14 m. 2, 68-300 Lubsko",
    "children_text": CHILDREN,
    "social_worker": "Tomasz Lis",
    "basis_text": "zgoda z 04.03.2026 r.",
    "assistant": "Anna Sikora",
    "in_care": True,
}
PLAN = {
    "number": 1,
    "main_goal": "Kacper chodzi do szkoły, a dom jest spokojny.",
    "consulted_on": DAY,
    "consulted_by": "Tomasz Lis",
    "accepted_by": "Maria Bocian",
    "author": "Anna Sikora",
    "covers_from": DAY,
    "covers_to": date(2027, 4, 11),
}


def text_of(length: int) -> str:
    return (SENTENCE * (length // len(SENTENCE) + 1))[:length]


def make_row(number: int, **values) -> dict:
    action = {
        "position": number,
        "problem": "Kacper opuszcza lekcje",
        "goal": "Kacper nie opuszcza lekcji bez usprawiedliwienia",
        "actions": text_of(95),
        "who": "Danuta, asystent",
        "due_on": date(2027, 1, 31),
        "expected_outcome": "Najwyżej jeden dzień bez usprawiedliwienia do końca półrocza.",
    }
    return {"action": action | values, "state_label": "zaplanowane", "effect": "", "notes": []}


def formal_plan(rows: list[dict], *, signers: int = 2, consultation: str = "") -> bytes:
    people = [(MOTHER, "Matka"), (GRANDMOTHER, "Babcia"), ("Piotr Kowalski", "Ojciec")] * 2
    return render_pdf(
        "print/plan/formal.html",
        {
            "centre": CENTRE,
            "case_reference": "ABC.1234.1.2026",
            "file_number": "2026/001",
            "dated": DAY,
            "as_of": DAY,
            "plan": PLAN | {"consultation": consultation},
            "facts": FACTS,
            "assistant": "Anna Sikora",
            "version": "wersja 1 na okres od 13.10.2026 r. do 11.04.2027 r.",
            "basis": "art. 15 ust. 1 pkt 1 oraz ust. 3 ustawy z dnia 9 czerwca 2011 r.",
            "coordination": "nie dotyczy",
            "consulted_hint": "skonsultowano 13.10.2026 r.; podpis",
            "accepted_hint": "zaakceptowano 13.10.2026 r.; pieczęć i podpis",
            "signers": [{"name": name, "kinship": kinship} for name, kinship in people[:signers]],
            "areas": [(AREAS[index % 5], [row]) for index, row in enumerate(rows)],
        },
    )


def family_plan(rows: list[dict]) -> bytes:
    context = {"centre": CENTRE, "plan": PLAN, "names": "Оксана i Ánh", "assistant": "Anna Sikora"}
    return render_pdf("print/plan/for_family.html", context | {"years": [(2027, rows)] if rows else []})


def blank_plan(signers: int, **numbers: str) -> bytes:
    people = [{"name": MOTHER, "kinship": "Matka"}] * signers
    context = {"centre": CENTRE, "facts": FACTS, "assistant": "Anna Sikora", "rows": range(1, 7)}
    return render_pdf("print/plan/blank.html", context | {"signers": people} | numbers)


def page_texts(pdf: bytes) -> list[str]:
    return [sheet.extract_text().replace("\u00a0", " ") for sheet in PdfReader(BytesIO(pdf)).pages]


def assert_nothing_stands_alone(pages: list[str]) -> None:
    """Every page with the head of the table has text under it, and no area is the last line of a page."""
    for text in pages:
        if "Cel szczegółowy" in text:
            assert re.search(r"Danuta|Kacpr|wychowawcę|lekcj|słowo", text), text
        body = [line.strip() for line in text.split("MGOPS w Lubsku")[0].splitlines() if line.strip()]
        assert not any(line in AREAS for line in body[-1:]), text
    signed = next(text for text in pages if "Podpisy członków rodziny" in text)
    assert "Cel szczegółowy" in signed, "the end of the plan stands above the signatures"


def test_plan_of_three_rows_takes_two_pages():
    rows = [make_row(number) for number in (1, 2, 3)]
    assert len(page_texts(formal_plan(rows))) == 2
    assert len(page_texts(family_plan(rows))) == 1


@pytest.mark.parametrize("at", [1, 2, 3])
def test_long_row_goes_on_to_the_next_page(at):
    long = {"actions": text_of(1200), "expected_outcome": text_of(1200)}
    pdf = formal_plan([make_row(number, **(long if number == at else {})) for number in (1, 2, 3)])
    pages = page_texts(pdf)
    assert len(pages) <= 4
    assert_nothing_stands_alone(pages)
    assert all("Przewidywany efekt" in text for text in pages if "wychowawc" in text)
    assert validation_errors(pdf, "ua1") == validation_errors(pdf, "3a") == []


def test_row_longer_than_two_pages_is_printed_whole():
    text = " ".join(f"słowo{number}" for number in range(900))
    pages = page_texts(formal_plan([make_row(1, actions=text), make_row(2)]))
    read = without_spaces(" ".join(pages)).replace("-", "")
    assert all(f"słowo{number}" in read for number in range(900))
    assert_nothing_stands_alone(pages)


@pytest.mark.parametrize(("count", "signers"), [(4, 2), (6, 3), (7, 6), (10, 2)])
def test_signatures_stand_under_the_end_of_the_plan(count, signers):
    pages = page_texts(formal_plan([make_row(number) for number in range(1, count + 1)], signers=signers))
    assert_nothing_stands_alone(pages)
    assert "Zatwierdzam: kierownik ośrodka" in pages[-1]


def test_signatures_of_a_long_consultation_stand_under_its_end():
    pages = page_texts(formal_plan([make_row(1), make_row(2)], consultation=text_of(6000)))
    assert "Zatwierdzam: kierownik ośrodka" in pages[-1]
    assert "wychowawcę" in pages[-1]
    assert_nothing_stands_alone(pages)


def test_long_row_of_the_family_plan_goes_on_to_the_next_page():
    pages = page_texts(family_plan([make_row(number, actions=text_of(1200)) for number in (1, 2)]))
    assert len(pages) == 3
    assert all("Co robimy" in text for text in pages)
    assert "112" in pages[-1]


def test_longest_date_of_the_family_plan_keeps_the_margin():
    pages = PdfReader(BytesIO(family_plan([make_row(1, due_on=date(2027, 10, 30))]))).pages
    font = TTFont(settings.BASE_DIR / "static/fonts/Lato_400Regular.ttf")
    glyphs, widths = font.getBestCmap(), font["hmtx"]
    edges = []

    def read(text, scale, matrix, __, size):
        if text.replace("\u00a0", " ").strip() == "30 października":
            units = sum(widths[glyphs[ord(letter)]][0] for letter in "30 października")
            edges.append((matrix[4] + units / font["head"].unitsPerEm * size) * scale[0])

    pages[0].extract_text(visitor_text=read)
    assert edges and max(edges) <= float(pages[0].mediabox.width) - MARGIN


def test_family_plan_without_actions_has_no_empty_table():
    pdf = family_plan([])
    assert validation_errors(pdf, "ua1") == validation_errors(pdf, "3a") == []
    assert "W planie nie ma teraz żadnych działań." in " ".join(page_texts(pdf))


@pytest.mark.parametrize(
    ("signers", "reference"), [(1, ""), (2, "ABC.1234.1.2026"), (6, ""), (6, "ABC.1234.1.2026")]
)
def test_blank_form_takes_two_pages_with_its_signatures_under_the_table(signers, reference):
    pages = page_texts(blank_plan(signers, case_reference=reference, file_number="2026/001"))
    assert len(pages) == 2
    assert "Cel szczegółowy" in pages[1]
    assert "Podpisy" in pages[1]


def test_words_longer_than_a_column_bend():
    word = "Ą" * 250
    row = make_row(1, problem=word, goal=word, actions=word, who=word[:200], expected_outcome=word)
    for pdf in (formal_plan([row]), family_plan([row])):
        longest = max(len(line) for text in page_texts(pdf) for line in re.findall("Ą+", text))
        assert longest < 60, "the whole word is not in one line"
