"""A template becomes a PDF for paper, screen reader and archive; the only module that imports weasyprint.

Every document is PDF/UA-1 (tagged, readable aloud) and PDF/A-3a (keeps for decades) at once, is set by
static/css/print.css and by nothing else, and embeds Lato from static/fonts/. While it is made, nothing
but our own static files can be read: no network, no other file, no data address, no attachment.
"""

import atexit
import functools
import logging
import re
import threading
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string

from lubsko_ops.core import clock
from lubsko_ops.output.download import file_response
from lubsko_ops.output.typography import bind_spaces_html

STATIC_BASE_URL = "https://papier.invalid/"  # stands for static/; .invalid never resolves (RFC 2606)
_STATIC_NAME = re.compile(r"(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\.(css|ttf|svg|png)")
_CONTENT_TYPES = {"css": "text/css", "ttf": "font/ttf", "svg": "image/svg+xml", "png": "image/png"}

# Pango's font map is not made for two threads at once (eight of them break GLib's lists, tried), and Python
# lets only one of them lay out a page anyway: documents of one process wait for each other.
_RENDER_LOCK = threading.Lock()


class PdfError(Exception):
    """The document was not made; the message is a sentence for the user."""


def render_pdf(template: str, context: dict[str, Any]) -> bytes:
    """The PDF of a template that extends print/document.html.

    ``context`` is what the template needs; ``printed_at`` (an aware moment) is added unless it is given.
    No request and no context processor takes part. Raises PdfError, and never gives a half-set page.
    """
    html = render_to_string(template, {"printed_at": clock.now().replace(microsecond=0), **context})
    return html_to_pdf(bind_spaces_html(html))


def html_to_pdf(html: str) -> bytes:
    """The PDF of a whole HTML document as it stands; see ``render_pdf``."""
    with _RENDER_LOCK:
        return _renderer().print(html)


def pdf_response(content: bytes, filename: str, *, inline: bool = True) -> HttpResponse:
    """The PDF shown in a tab, or saved with ``inline=False``; for ``filename`` see ``file_response``."""
    return file_response(content, filename, content_type="application/pdf", inline=inline)


@functools.cache
def _renderer() -> "_Press":
    return PdfRenderer()


# Fonts are unpacked into a temporary folder, removed with the press; left to the end of the interpreter,
# that prints a TypeError and leaves the folder behind.
atexit.register(_renderer.cache_clear)


class PdfRenderer:
    """WeasyPrint with our sheet and our fonts, read once for a process. Importing it takes half a second."""

    def __init__(self):
        import weasyprint
        from weasyprint.css import ColorProfile
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import FatalURLFetchingError

        # Its warnings quote the document, and no name may enter a log.
        logging.getLogger("weasyprint").propagate = False
        self.html = weasyprint.HTML
        self.failure = FatalURLFetchingError  # a BaseException: only its own name catches it
        self.fetcher = _static_files_fetcher()
        self.fonts = FontConfiguration()
        # The archive wants to know which black is meant. WeasyPrint brings the profile and would open it anew
        # for each document without closing it; given here, it is read once.
        profile = Path(weasyprint.__file__).with_name("pdf") / "sRGB2014.icc"
        self.colours = {
            "sRGB2014": ColorProfile(
                BytesIO(profile.read_bytes()), profile.name, "relative-colorimetric", (["r"], ["g"], ["b"])
            )
        }
        try:
            self.sheet = weasyprint.CSS(
                url=STATIC_BASE_URL + "css/print.css", url_fetcher=self.fetcher, font_config=self.fonts
            )
        except self.failure as error:
            raise PdfError("Dokument nie powstał: brakuje arkusza stylów albo czcionek wydruku.") from error

    def print(self, html: str) -> bytes:
        document = self.html(string=html, base_url=STATIC_BASE_URL, url_fetcher=self.fetcher)
        if any("attachment" in (el.get("rel") or "").lower().split() for el in document.etree_element.iter()):
            raise PdfError("Dokument nie powstał: wydruk nie może mieć załączników.")
        try:
            return document.write_pdf(
                stylesheets=[self.sheet],
                font_config=self.fonts,
                pdf_variant="pdf/a-3a",
                color_profiles=self.colours,
                output_intent="sRGB2014",
                finisher=_finish,
            )
        except self.failure as error:
            raise PdfError("Dokument nie powstał: sięga po plik, którego nie ma wśród własnych.") from error


def _static_files_fetcher():
    """A fetcher that answers for css, fonts and drawings under static/ and refuses every other address."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFilesOnly(URLFetcher):
        def fetch(self, url, headers=None):
            path = resolve_static_file(url)
            content_type = _CONTENT_TYPES[path.suffix[1:]]
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": content_type})

    return OwnFilesOnly(fail_on_errors=True)


def resolve_static_file(url: str) -> Path:
    """The file under static/ that an address stands for; ValueError for everything else.

    Only plain names pass: no "..", no "%", no "?", no other spelling of the base, no symbolic link.
    """
    name = url.removeprefix(STATIC_BASE_URL)
    if name == url or not _STATIC_NAME.fullmatch(name):
        raise ValueError("Not an address of our own static file.")
    static = Path(settings.BASE_DIR, "static").resolve()
    path = static / name
    if path.resolve() != path or not path.is_file():
        raise ValueError("No such static file.")
    return path


_UA_IDENTIFICATION = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


def _finish(document, pdf) -> None:
    """Say in the metadata that the file is PDF/UA-1 too, and leave that stream uncompressed.

    WeasyPrint writes one standard into a file and compresses the stream; ISO 19005 wants it readable and
    a property it does not know (pdfuaid) described by an extension schema.
    """
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.compress = False
    metadata.stream = [part.replace(b"</rdf:RDF>", _UA_IDENTIFICATION) for part in metadata.stream]
