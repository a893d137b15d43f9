"""HTML documents rendered as PDF with WeasyPrint, which only this module imports.

Every document conforms to PDF/UA-1 (accessible) and PDF/A-3a (archival), is styled by static/css/print.css only and
embeds Lato and its companion from static/fonts/. Rendering can read nothing but our own static files and the pictures
that the HTML itself holds (the coat of arms): no network, no other files, no attachments. Needs neither settings nor
Django: it runs in a process of its own.
"""

import atexit
import base64
import functools
import logging
import re
from io import BytesIO
from pathlib import Path
from typing import Any

STATIC_BASE_URL = "https://papier.invalid/"  # stands for static/; .invalid never resolves (RFC 2606)
_STATIC_NAME = re.compile(r"(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\.(css|ttf|svg|png)")
_PICTURE = re.compile(r"data:(image/(?:png|svg\+xml));base64,([A-Za-z0-9+/]+={0,2})")
_CONTENT_TYPES = {"css": "text/css", "ttf": "font/ttf", "svg": "image/svg+xml", "png": "image/png"}


class PdfError(Exception):
    """The document could not be rendered; the message is a Polish sentence for the user."""


def write_pdf(html: str, static: str) -> bytes:
    """The PDF of a complete HTML document; ``static``: the folder of our style sheet, fonts and images.

    Not thread-safe: Pango's font map is shared by the process. Raises PdfError.
    """
    return get_renderer(static).render(html)


@functools.cache
def get_renderer(static: str) -> "PdfRenderer":
    return PdfRenderer(Path(static))


# Fonts are unpacked into a temporary folder, which is removed together with the renderer. If that is left to
# interpreter shutdown, it raises a TypeError and the folder remains.
atexit.register(get_renderer.cache_clear)


class PdfRenderer:
    """WeasyPrint with our style sheet and fonts, loaded once per process. Its import takes half a second."""

    def __init__(self, static: Path) -> None:
        import weasyprint
        from weasyprint.css import ColorProfile
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import FatalURLFetchingError

        # Warnings quote the document, and personal data must not enter the log.
        logging.getLogger("weasyprint").propagate = False
        self.html_class = weasyprint.HTML
        self.fetching_error = FatalURLFetchingError  # derives from BaseException
        self.fetcher = _static_files_fetcher(static)
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


def _static_files_fetcher(static: Path) -> Any:
    """A fetcher for CSS, fonts and images under static/, and for pictures in the URL, that refuses every other URL."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class StaticFilesFetcher(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            if picture := _PICTURE.fullmatch(url):
                content = base64.b64decode(picture[2])
                return URLFetcherResponse(url, content, {"Content-Type": picture[1]})
            path = resolve_static_file(url, static)
            content_type = _CONTENT_TYPES[path.suffix[1:]]
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": content_type})

    return StaticFilesFetcher(fail_on_errors=True)


def resolve_static_file(url: str, static: Path) -> Path:
    """The file under ``static`` for a URL. Raises ValueError for everything else.

    Only plain names are accepted: no "..", no "%", no "?", no other spelling of the base URL, no symbolic links.
    """
    name = url.removeprefix(STATIC_BASE_URL)
    if name == url or not _STATIC_NAME.fullmatch(name):
        raise ValueError("Not the URL of a static file.")
    path = static.resolve() / name
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
