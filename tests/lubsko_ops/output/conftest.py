"""Helpers of the tests of printed documents."""

import re
from io import BytesIO

import page as validator
import pytest
from pypdf import PdfReader

from lubsko_ops.output.documents import document_html, static_folder
from lubsko_ops.output.pdf import write_pdf
from lubsko_ops.output.print_sample import print_sample_context


def html_to_pdf(html: str) -> bytes:
    return write_pdf(html, static_folder())


def render_pdf(template: str, context: dict) -> bytes:
    return html_to_pdf(document_html(template, context))


@pytest.fixture(scope="session")
def sample_pdf() -> bytes:
    """ "Wydruk próbny" as a PDF."""
    return render_pdf("print/sample.html", print_sample_context())


def html_page(body: str, head: str = "", title: str = "Próba") -> str:
    """A complete HTML document."""
    return (
        f'<!doctype html><html lang="pl"><head><title>{title}</title>{head}</head><body>{body}</body></html>'
    )


def page_to_pdf(body: str, head: str = "", title: str = "Próba") -> bytes:
    return html_to_pdf(html_page(body, head, title))


def pdf_text(pdf: bytes) -> str:
    """The text of all pages, with ordinary spaces."""
    pages = PdfReader(BytesIO(pdf)).pages
    return "\n".join(sheet.extract_text() for sheet in pages).replace("\u00a0", " ")


def without_spaces(text: str) -> str:
    """The text without white space, to compare it regardless of line breaks."""
    return re.sub(r"\s+", "", text)


def embedded_fonts(pdf: bytes) -> set[str]:
    """Names of the embedded fonts, without the tag of the subset."""
    names = set()
    for sheet in PdfReader(BytesIO(pdf)).pages:
        for font in sheet["/Resources"].get("/Font", {}).values():
            names.add(str(font.get_object()["/BaseFont"]).lstrip("/").split("+")[-1])
    return names


LENGTHS = "PDFA3A-STREAM-LENGTH-001"
STREAM = re.compile(rb"/Length (\d+)[^>]*>>\s*stream\n")


def validation_errors(pdf: bytes, standard: str) -> list[str]:
    """Ids of the validator rules that failed.

    The validator miscounts a stream whose compressed data end with a line break, so its complaint about lengths
    counts only when a length is really wrong.
    """
    failures = [failure.rule_id for failure in validator.validate_pdf_bytes(pdf, profile=standard).failures]
    return [rule for rule in failures if rule != LENGTHS or not _lengths_are_right(pdf)]


def _lengths_are_right(pdf: bytes) -> bool:
    streams = list(STREAM.finditer(pdf))
    ends = [pdf[each.end() + int(each[1]) :][:10] for each in streams]
    return bool(streams) and all(end == b"\nendstream" for end in ends)
