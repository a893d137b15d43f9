"""What the tests of paper share: the specimen printed once, and a way to read a PDF back."""

import re
from io import BytesIO

import page as validator
import pytest
from pypdf import PdfReader

from lubsko_ops.output.pdf import html_to_pdf, render_pdf
from lubsko_ops.output.print_sample import print_sample_context


@pytest.fixture(scope="session")
def printed() -> bytes:
    """ "Wydruk próbny" as a PDF."""
    return render_pdf("print/sample.html", print_sample_context())


def html_page(body: str, head: str = "", title: str = "Próba") -> str:
    """A whole HTML document around ``body``."""
    return (
        f'<!doctype html><html lang="pl"><head><title>{title}</title>{head}</head><body>{body}</body></html>'
    )


def page_to_pdf(body: str, head: str = "", title: str = "Próba") -> bytes:
    return html_to_pdf(html_page(body, head, title))


def pdf_text(pdf: bytes) -> str:
    """All text of a PDF, page after page, with ordinary spaces."""
    pages = PdfReader(BytesIO(pdf)).pages
    return "\n".join(sheet.extract_text() for sheet in pages).replace("\u00a0", " ")


def without_spaces(text: str) -> str:
    """Text without any white space: what was said, wherever lines broke."""
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
    """What the validator finds wrong, by its rules.

    It counts a stream one byte short when its compressed data happen to end like a line; so its complaint about
    lengths stands only when a length is wrong indeed.
    """
    found = [failure.rule_id for failure in validator.validate_pdf_bytes(pdf, profile=standard).failures]
    return [rule for rule in found if rule != LENGTHS or not _lengths_are_right(pdf)]


def _lengths_are_right(pdf: bytes) -> bool:
    streams = list(STREAM.finditer(pdf))
    ends = [pdf[each.end() + int(each[1]) :][:10] for each in streams]
    return bool(streams) and all(end == b"\nendstream" for end in ends)
