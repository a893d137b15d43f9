"""The letterhead on paper: the preview, and papers that keep the one of their day."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from lubsko_ops.centre.actions import remove_coat_of_arms, save_centre, save_coat_of_arms
from lubsko_ops.centre.models import get_centre
from lubsko_ops.output.documents import document_html
from lubsko_ops.output.issued_papers import get_content, paper_context
from tests.lubsko_ops.centre.form_submissions import CENTRE
from tests.lubsko_ops.centre.pictures import SVG, png
from tests.lubsko_ops.output.conftest import pdf_text, validation_errors, without_spaces
from tests.lubsko_ops.output.papers import issue


@pytest.fixture
def centre(jan):
    save_centre(
        **CENTRE, by=jan, name_genitive="Ośrodka Pomocy Społecznej w Lubsku", foot="NIP 000-000-00-00"
    )
    return save_coat_of_arms(content=SVG.encode(), label="Herb Lubska", by=jan)


@pytest.mark.parametrize("picture", [SVG.encode(), png()], ids=["SVG", "PNG"])
def test_the_preview_is_an_accessible_pdf(as_maria, centre, jan, picture):
    save_coat_of_arms(content=picture, label="Herb Lubska", by=jan)
    response = as_maria.get("/ustawienia/osrodek/podglad.pdf")
    assert response.status_code == 200
    text = without_spaces(pdf_text(response.content))
    for sentence in (
        "kierownik Ośrodka Pomocy Społecznej w Lubsku",
        "NIP 000-000-00-00",
        "brakuje nazwy w miejscowniku",
    ):
        assert without_spaces(sentence) in text
    assert "Herb Lubska" in alternative_texts(response.content)
    assert validation_errors(response.content, "ua1") == []
    assert validation_errors(response.content, "3a") == []


def test_an_assistant_does_not_see_it(as_anna):
    assert as_anna.get("/ustawienia/osrodek/podglad.pdf").status_code == 403


def test_an_issued_paper_keeps_its_letterhead(centre, maria):
    paper = issue(maria)
    remove_coat_of_arms(by=maria)
    save_centre(by=maria, version=get_centre().version, name="Centrum Usług Społecznych", foot="")
    html = document_html(paper.template, paper_context(paper))
    assert "Ośrodek Pomocy Społecznej w Lubsku" in html and "Centrum" not in html
    assert centre.picture in html and 'alt="Herb Lubska"' in html and "NIP 000-000-00-00" in html
    assert get_content(paper.pk)
    assert "img" not in document_html(paper.template, paper_context(issue(maria, subject=72)))


def test_a_paper_issued_before_the_centre_had_a_coat_of_arms(maria):
    """Its stored values have no such key."""
    paper = issue(maria)
    context = paper_context(paper)
    assert context["centre"].picture == "" and context["centre"].foot == ""


def alternative_texts(pdf: bytes) -> list[str]:
    """What a screen reader says instead of the pictures."""

    def walk(element) -> list[str]:
        element = element.get_object()
        if not isinstance(element, dict):
            return []
        children = element.get("/K", [])
        children = children if isinstance(children, list) else [children]
        own = [str(element["/Alt"])] if "/Alt" in element else []
        return own + [text for child in children for text in walk(child)]

    return walk(PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"])
