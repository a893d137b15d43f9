"""Templates rendered as PDF with WeasyPrint, which only this module imports.

Every document conforms to PDF/UA-1 (accessible) and PDF/A-3a (archival), is styled by static/css/print.css only and
embeds Lato from static/fonts/. Rendering can read nothing but our own static files: no network, no other files, no
data: URLs, no attachments.
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

# Pango's font map is not thread-safe (eight threads corrupt GLib's lists), and because of the GIL
# rendering in parallel threads would not be faster.
_RENDER_LOCK = threading.Lock()


class PdfError(Exception):
    """The document could not be rendered; the message is a Polish sentence for the user."""


def render_pdf(template: str, context: dict[str, Any]) -> bytes:
    """The PDF of a template that extends print/document.html.

    ``printed_at`` (aware datetime) is added to the context unless given. No request and no context processors.
    Raises PdfError.
    """
    html = render_to_string(template, {"printed_at": clock.now().replace(microsecond=0), **context})
    return html_to_pdf(bind_spaces_html(html))


def html_to_pdf(html: str) -> bytes:
    """The PDF of a complete HTML document; see ``render_pdf``."""
    with _RENDER_LOCK:
        return _renderer().render(html)


def pdf_response(content: bytes, filename: str, *, inline: bool = True) -> HttpResponse:
    """The PDF shown in a tab, or downloaded with ``inline=False``; for ``filename`` see ``file_response``."""
    return file_response(content, filename, content_type="application/pdf", inline=inline)


@functools.cache
def _renderer() -> "PdfRenderer":
    return PdfRenderer()


# Fonts are unpacked into a temporary folder, which is removed together with the renderer. If that is left to
# interpreter shutdown, it raises a TypeError and the folder remains.
atexit.register(_renderer.cache_clear)


class PdfRenderer:
    """WeasyPrint with our style sheet and fonts, loaded once per process. Its import takes half a second."""

    def __init__(self) -> None:
        import weasyprint
        from weasyprint.css import ColorProfile
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import FatalURLFetchingError

        # Warnings quote the document, and personal data must not enter the log.
        logging.getLogger("weasyprint").propagate = False
        self.html_class = weasyprint.HTML
        self.fetching_error = FatalURLFetchingError  # derives from BaseException
        self.fetcher = _static_files_fetcher()
        self.fonts = FontConfiguration()
        # PDF/A requires a colour profile. WeasyPrint would open its own for each document without closing it.
        profile = Path(weasyprint.__file__).with_name("pdf") / "sRGB2014.icc"
        self.color_profiles = {
            "sRGB2014": ColorProfile(
                BytesIO(profile.read_bytes()), profile.name, "relative-colorimetric", (["r"], ["g"], ["b"])
            )
        }
        try:
            self.stylesheet = weasyprint.CSS(
                url=STATIC_BASE_URL + "css/print.css", url_fetcher=self.fetcher, font_config=self.fonts
            )
        except self.fetching_error as error:
            raise PdfError("Dokument nie powstał: brakuje arkusza stylów albo czcionek wydruku.") from error

    def render(self, html: str) -> bytes:
        document = self.html_class(string=html, base_url=STATIC_BASE_URL, url_fetcher=self.fetcher)
        if any("attachment" in (el.get("rel") or "").lower().split() for el in document.etree_element.iter()):
            raise PdfError("Dokument nie powstał: wydruk nie może mieć załączników.")
        try:
            pdf: bytes = document.write_pdf(
                stylesheets=[self.stylesheet],
                font_config=self.fonts,
                pdf_variant="pdf/a-3a",
                color_profiles=self.color_profiles,
                output_intent="sRGB2014",
                finisher=_declare_pdf_ua,
            )
        except self.fetching_error as error:
            raise PdfError("Dokument nie powstał: sięga po plik, którego nie ma wśród własnych.") from error
        return pdf


def _static_files_fetcher() -> Any:
    """A fetcher for CSS, fonts and images under static/ that refuses every other URL."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class StaticFilesFetcher(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            path = resolve_static_file(url)
            content_type = _CONTENT_TYPES[path.suffix[1:]]
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": content_type})

    return StaticFilesFetcher(fail_on_errors=True)


def resolve_static_file(url: str) -> Path:
    """The file under static/ for a URL. Raises ValueError for everything else.

    Only plain names are accepted: no "..", no "%", no "?", no other spelling of the base URL, no symbolic links.
    """
    name = url.removeprefix(STATIC_BASE_URL)
    if name == url or not _STATIC_NAME.fullmatch(name):
        raise ValueError("Not the URL of a static file.")
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


def _declare_pdf_ua(document: Any, pdf: Any) -> None:
    """Declare PDF/UA-1 in the metadata and leave that stream uncompressed.

    WeasyPrint declares only one standard and compresses the stream. ISO 19005 requires uncompressed metadata and an
    extension schema for properties it does not know (pdfuaid).
    """
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.compress = False
    metadata.stream = [part.replace(b"</rdf:RDF>", _UA_IDENTIFICATION) for part in metadata.stream]
