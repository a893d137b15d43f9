"""Documents as responses: their content is rendered after the transaction of the request is committed.

A view builds the HTML or the rows and returns ``pdf_response`` or ``xlsx_response``; the response has all headers but
no content yet. The middleware commits, then calls ``make_content``, which waits for the rendering process. A view that
returns such a response sets ``makes_document = True``, so that the middleware can limit how many are made at once.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from lubsko_ops.core import clock
from lubsko_ops.output.pdf import write_pdf
from lubsko_ops.output.rendering import render
from lubsko_ops.output.typography import bind_spaces_html
from lubsko_ops.output.xlsx import Sheet, write_workbook

XLSX_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
QUEUE_SECONDS = 3  # after which the waiting page asks again
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+")
_PLAIN_TYPES = (str, bool, int, float, Decimal, date, timedelta, type(None))


class DocumentResponse(HttpResponse):
    """A file whose content is rendered later; shown in a tab with ``inline``, otherwise downloaded; not cached.

    ``filename`` consists of the kind of document and an id ("plan-pracy-125.pdf") in lower-case ASCII, otherwise
    ValueError: file names end up in folders, print queues and histories and must not contain personal data.
    """

    def __init__(
        self,
        filename: str,
        content_type: str,
        function: Callable[..., bytes],
        *args: Any,
        inline: bool = False,
    ) -> None:
        if not _NAME.fullmatch(filename):
            raise ValueError(f"Not a plain file name: {filename!r}")
        super().__init__(content_type=content_type)
        self.function, self.args = function, args
        self["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{filename}"'
        self["Cache-Control"] = "private, no-store"
        self["X-Content-Type-Options"] = "nosniff"
        self["Content-Security-Policy"] = "sandbox; default-src 'none'"

    def make_content(self) -> None:
        """Render the document. Raises PdfError and RenderingError."""
        self.content = render(self.function, *self.args)
        self["Content-Length"] = str(len(self.content))


def document_html(template: str, context: dict[str, Any]) -> str:
    """The complete HTML of a template that extends print/document.html.

    ``printed_at`` (aware datetime) is added to the context unless given. No request and no context processors.
    """
    html = render_to_string(template, {"printed_at": clock.now().replace(microsecond=0), **context})
    return bind_spaces_html(html)


def static_folder() -> str:
    """The folder of the style sheet, fonts and images of documents."""
    return str(Path(settings.BASE_DIR, "static").resolve())


def pdf_response(html: str, filename: str, *, inline: bool = True) -> DocumentResponse:
    """The PDF of a complete HTML document; see ``DocumentResponse``."""
    return DocumentResponse(filename, "application/pdf", write_pdf, html, static_folder(), inline=inline)


def xlsx_response(sheets: Sequence[Sheet], filename: str) -> DocumentResponse:
    """The workbook as a download; see ``DocumentResponse``."""
    created = clock.now().astimezone(UTC).replace(tzinfo=None)
    plain = [plain_sheet(sheet) for sheet in sheets]
    return DocumentResponse(filename, XLSX_CONTENT_TYPE, write_workbook, plain, created)


def plain_sheet(sheet: Sheet) -> Sheet:
    """The sheet with values that need no Django: moments as Polish dates, everything else that is not plain as text."""
    return replace(sheet, rows=[[_plain_value(value) for value in row] for row in sheet.rows])


def _plain_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return clock.local_date(value)
    if type(value) in _PLAIN_TYPES:
        return value
    return str(value)


def makes_document(request: HttpRequest) -> bool:
    """Whether the view of the address declares that it makes a document."""
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return bool(getattr(getattr(view, "view_class", view), "makes_document", False))


def queue_page(request: HttpRequest) -> HttpResponse:
    """The page shown while too many documents are being made; it asks the same address again by itself."""
    page = render_to_string(
        "document_queue.html", {"action": request.get_full_path(), "seconds": QUEUE_SECONDS}
    )
    return HttpResponse(page, status=202, headers={"Retry-After": str(QUEUE_SECONDS)})
