"""PDF rendering: text, standards, fonts, errors, the HTTP response."""

import logging
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from io import BytesIO

import pytest
from django.conf import settings
from pypdf import PdfReader, PdfWriter

from lubsko_ops.output.documents import pdf_response, static_folder
from lubsko_ops.output.pdf import PdfError, get_renderer
from lubsko_ops.output.print_sample import ALPHABET, SIGNS, print_sample_context
from lubsko_ops.output.typography import bind_spaces_html

from .conftest import (
    embedded_fonts,
    html_page,
    html_to_pdf,
    page_to_pdf,
    pdf_text,
    render_pdf,
    validation_errors,
    without_spaces,
)

STANDARDS = ["ua1", "3a"]


def test_polish_letters_can_be_extracted_from_the_pdf(sample_pdf):
    read = without_spaces(pdf_text(sample_pdf))
    assert read.count(without_spaces(ALPHABET)) == 3  # upright, bold, italic
    assert without_spaces(SIGNS) in read


def test_only_lato_is_embedded(sample_pdf):
    assert embedded_fonts(sample_pdf) == {"Lato", "Lato-Bold", "Lato-Italic"}


@pytest.mark.parametrize("standard", STANDARDS)
def test_sample_conforms_to_both_standards(sample_pdf, standard):
    assert validation_errors(sample_pdf, standard) == []


@pytest.mark.parametrize(
    ("standard", "spoil"),
    [
        ("ua1", lambda catalog: catalog.pop("/MarkInfo")),
        ("ua1", lambda catalog: catalog.pop("/StructTreeRoot")),
        ("ua1", lambda catalog: catalog.pop("/Lang")),
        ("3a", lambda catalog: catalog.pop("/OutputIntents")),
        ("3a", lambda catalog: catalog.pop("/Metadata")),
    ],
)
def test_validator_rejects_a_damaged_document(sample_pdf, standard, spoil):
    writer = PdfWriter(clone_from=BytesIO(sample_pdf))
    spoil(writer.root_object)
    spoilt = BytesIO()
    writer.write(spoilt)
    assert validation_errors(spoilt.getvalue(), standard)


def test_document_without_title_is_invalid():
    pdf = html_to_pdf('<!doctype html><html lang="pl"><body><p>Bez tytułu</p></body></html>')
    assert any("TITLE" in rule for rule in validation_errors(pdf, "ua1"))
    assert validation_errors(page_to_pdf("<p>Z tytułem</p>"), "ua1") == []


def test_skipped_heading_level_is_invalid():
    assert validation_errors(page_to_pdf("<h1>Tytuł</h1><h3>Za nisko</h3>"), "ua1")


def test_metadata(sample_pdf):
    reader = PdfReader(BytesIO(sample_pdf))
    assert reader.metadata.title == "Wydruk próbny"
    assert reader.metadata.author == "Miejsko-Gminny Ośrodek Pomocy Społecznej w Lubsku"
    assert reader.metadata.creation_date is not None
    assert reader.root_object["/Lang"] == "pl"
    assert len(reader.attachments) == 0


def test_long_table_repeats_its_header_and_pages_are_numbered(sample_pdf):
    sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(sample_pdf)).pages]
    rows = [len(re.findall(r"^\d+\.\s+\d\d\.\d\d\.2026", text, re.MULTILINE)) for text in sheets]
    heads = ["Temat rozmowy" in text for text in sheets]
    assert sum(rows) == 45
    assert [count > 0 for count in rows] == heads
    assert sum(heads) >= 3
    for number, text in enumerate(sheets, start=1):
        assert f"Strona {number} z {len(sheets)}" in text
        assert "OPS.0000.0.2026 · stan na dzień 30.09.2026" in text.replace("\u00a0", " ")
        assert "Miejsko-Gminny Ośrodek" in text  # letterhead first, running head after it


def test_signatures_stay_with_their_heading(sample_pdf):
    last = PdfReader(BytesIO(sample_pdf)).pages[-1].extract_text()
    assert "Podpisy" in last
    assert "Odmowa podpisu 18.09.2026" in last


def test_no_one_letter_word_ends_a_line():
    body = f'<p style="width: 31mm">{"Mówi o tym i o owym, a w domu u niej z wami. " * 40}</p>'
    loose = re.compile(r"(?<!\w)[aiouwz]\s*$", re.MULTILINE | re.IGNORECASE)
    assert loose.search(pdf_text(page_to_pdf(body)))  # without the filter it happens
    assert not loose.search(pdf_text(page_to_pdf(bind_spaces_html(body))))


@contextmanager
def capture_warnings(logger: str):
    """Collects warnings and errors of a logger."""
    messages: list[str] = []
    handler = logging.Handler(level=logging.WARNING)
    handler.emit = lambda record: messages.append(record.getMessage())
    logging.getLogger(logger).addHandler(handler)
    try:
        yield messages
    finally:
        logging.getLogger(logger).removeHandler(handler)


def test_weasyprint_logs_no_warnings():
    with capture_warnings("weasyprint") as messages:
        render_pdf("print/sample.html", print_sample_context(rows=1))
    assert messages == []


def test_document_text_does_not_reach_the_application_log():
    with capture_warnings("weasyprint") as complaints, capture_warnings("") as log:
        page_to_pdf('<p style="kolor: Żółkiewska">x</p>')
    assert "Żółkiewska" in complaints[0]
    assert log == []


def test_missing_stylesheet_raises_pdf_error():
    with pytest.raises(PdfError, match="Dokument nie powstał") as error:
        page_to_pdf("<p>goła strona</p>", head='<link rel="stylesheet" href="css/nie-ma.css">')
    assert "css" not in str(error.value)
    assert page_to_pdf("<p>x</p>", head='<link rel="stylesheet" href="css/print.css">')


def test_missing_print_stylesheet_or_font_raises_pdf_error(settings, tmp_path):
    get_renderer.cache_clear()
    settings.BASE_DIR = tmp_path
    try:
        with pytest.raises(PdfError, match="brakuje arkusza"):
            page_to_pdf("<p>x</p>")
        (tmp_path / "static/css").mkdir(parents=True)
        (tmp_path / "static/css/print.css").write_text(
            "@font-face { font-family: Lato; src: url('../fonts/Lato_400Regular.ttf') }"
        )
        with pytest.raises(PdfError, match="brakuje arkusza"):
            page_to_pdf("<p>x</p>")
    finally:
        get_renderer.cache_clear()


FOREIGN_NAMES = ("Оксана Лук'яненко", "Ґалаґан Їжакевич", "Nguyễn Thị Hồng Ánh", "Dvořák", "Țîrlea")
WRITE_PDF = """
import sys
from lubsko_ops.output.pdf import write_pdf
sys.stdout.buffer.write(write_pdf(sys.stdin.read(), sys.argv[1]))
"""


def test_foreign_names_are_printed_without_any_system_font(tmp_path):
    """Lato lacks their letters; on a server without fonts they would be empty boxes."""
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><cachedir>{tmp_path}</cachedir></fontconfig>")
    names = " ".join(FOREIGN_NAMES)
    done = subprocess.run(
        [sys.executable, "-c", WRITE_PDF, static_folder()],
        input=html_page(f"<p>{names}</p><p><b>{names}</b></p><p><em>{names}</em></p>").encode(),
        cwd=settings.BASE_DIR,
        env=os.environ | {"FONTCONFIG_FILE": str(config)},
        capture_output=True,
        check=True,
    )
    assert without_spaces(pdf_text(done.stdout)).count(without_spaces(names)) == 3
    assert embedded_fonts(done.stdout) == {
        f"{family}{face}" for family in ("Lato", "Other-Letters") for face in ("", "-Bold", "-Italic")
    }
    assert validation_errors(done.stdout, "ua1") == validation_errors(done.stdout, "3a") == []


A_PROCESS = """
import sys
from lubsko_ops.output import pdf, xlsx
assert "django" not in sys.modules
assert not {"weasyprint", "xlsxwriter"} & set(sys.modules), "the libraries slow the start down"
pdf.write_pdf('<html lang="pl"><title>Próba</title><p>Próba</p></html>', sys.argv[1])
"""


def test_libraries_load_lazily_and_temporary_files_are_removed(tmp_path):
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", A_PROCESS, static_folder()],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert not list(tmp_path.iterdir())  # the unpacked fonts are gone


def test_pdf_response_headers():
    response = pdf_response("<p>", "plan-pracy-125.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="plan-pracy-125.pdf"'
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    saved = pdf_response("<p>", "plan-pracy-125.pdf", inline=False)
    assert saved["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    "name",
    ["Żółkiewska.pdf", "plan Anna Nowak.pdf", 'a".pdf', "a\r\nX: y.pdf", "../a.pdf", "Plan.pdf", "plan", ""],
)
def test_invalid_file_names_are_rejected(name):
    with pytest.raises(ValueError, match="Not a plain file name"):
        pdf_response("", name)
