"""Documents as responses: their content is rendered after the transaction of the request is committed.

A view builds the HTML or the rows and returns ``pdf_response`` or ``xlsx_response``; the response has all headers but
no content yet. The middleware commits, then calls ``make_content``, which waits for the rendering process. A view that
returns such a response sets ``makes_document = True``, so that the middleware can limit how many are made at once.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from lubsko_ops.core import clock
from lubsko_ops.output.pdf import write_pdf
from lubsko_ops.output.rendering import render
from lubsko_ops.output.typography import bind_spaces_html
from lubsko_ops.output.xlsx import RowFile, Sheet, write_rows, write_workbook

XLSX_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WAITING = "powstaje"  # in the query of a link that shows the waiting page first
QUEUE_SECONDS = 3  # after which the waiting page asks again
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+")
_PLAIN_TYPES = (str, bool, int, float, Decimal, date, timedelta, type(None))


class DocumentResponse(HttpResponse):
    """A file whose content is rendered later; shown in a tab with ``inline``, otherwise downloaded; not cached.

    ``filename`` consists of the kind of document and an id ("plan-pracy-125.pdf") in lower-case ASCII, otherwise
    ValueError: file names end up in folders, print queues and histories and must not contain personal data.
    ``files``: temporary files the document is made from; removed when it is made or the response is closed.
    """

    def __init__(
        self,
        filename: str,
        content_type: str,
        function: Callable[..., bytes],
        *args: Any,
        inline: bool = False,
        files: Sequence[IO[bytes]] = (),
    ) -> None:
        if not _NAME.fullmatch(filename):
            raise ValueError(f"Not a plain file name: {filename!r}")
        super().__init__(content_type=content_type)
        self.function, self.args, self.files = function, args, files
        self["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{filename}"'
        self["Cache-Control"] = "private, no-store"
        self["X-Content-Type-Options"] = "nosniff"
        self["Content-Security-Policy"] = "sandbox; default-src 'none'"

    def make_content(self) -> None:
        """Render the document. Raises PdfError and RenderingError."""
        try:
            self.content = render(self.function, *self.args)
        finally:
            self.remove_files()
        self["Content-Length"] = str(len(self.content))

    def close(self) -> None:
        self.remove_files()
        super().close()

    def remove_files(self) -> None:
        for file in self.files:
            file.close()


def document_html(template: str, context: dict[str, Any]) -> str:
    """The complete HTML of a template that extends print/document.html.

    ``printed_at`` (aware datetime) is added to the context unless given. No request and no context processors.
    """
    html = render_to_string(template, {"printed_at": clock.now().replace(microsecond=0), **context})
    return bind_spaces_html(html)


def static_folder() -> str:
    """The folder of the style sheet, fonts and images of documents."""
    return str(Path(settings.BASE_DIR, "static").resolve())


def render_pdf(html: str) -> bytes:
    """The PDF of a complete HTML document, at once; a view returns ``pdf_response`` instead."""
    return render(write_pdf, html, static_folder())


def pdf_response(html: str, filename: str, *, inline: bool = True) -> DocumentResponse:
    """The PDF of a complete HTML document; see ``DocumentResponse``."""
    return DocumentResponse(filename, "application/pdf", write_pdf, html, static_folder(), inline=inline)


def xlsx_response(sheets: Sequence[Sheet], filename: str) -> DocumentResponse:
    """The workbook as a download; see ``DocumentResponse``.

    Rows of a sheet may be an iterator, for a table that is too long for the memory: they are read here, while the
    transaction is open, into a temporary file.
    """
    created = clock.now().astimezone(UTC).replace(tzinfo=None)
    files: list[IO[bytes]] = []
    plain = []
    for sheet in sheets:
        is_long = isinstance(sheet.rows, Iterator)
        plain.append(_stored_sheet(sheet, files) if is_long else plain_sheet(sheet))
    return DocumentResponse(filename, XLSX_CONTENT_TYPE, write_workbook, plain, created, files=files)


def plain_sheet(sheet: Sheet) -> Sheet:
    """The sheet with values that need no Django: moments as Polish dates, everything else that is not plain as text."""
    return replace(sheet, rows=[_plain_row(row) for row in sheet.rows])


def _stored_sheet(sheet: Sheet, files: list[IO[bytes]]) -> Sheet:
    """The plain sheet with its rows in a temporary file, which is added to ``files``."""
    # Readable by its owner alone, and removed with the object at the latest.
    file = NamedTemporaryFile(prefix="lubsko-rows-")  # noqa: SIM115 - open until the document is made
    files.append(file)
    write_rows((_plain_row(row) for row in sheet.rows), file)
    return replace(sheet, rows=RowFile(file.name))


def _plain_row(row: Sequence[Any]) -> list[Any]:
    return [_plain_value(value) for value in row]


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


def waiting_page(request: HttpRequest, *, title: str, back_url: str) -> HttpResponse:
    """The page shown while a document of some seconds is being made; it asks for the document by itself at once.

    The browser shows it until the document comes. No query and no script. ``title``: what is being made.
    """
    query = request.GET.copy()
    query.pop(WAITING, None)
    action = f"{request.path}?{query.urlencode()}" if query else request.path
    page = render_to_string(
        "document_being_made.html", {"action": action, "title": title, "back_url": back_url}, request
    )
    return HttpResponse(page, headers={"Cache-Control": "private, no-store"})


def queue_page(request: HttpRequest) -> HttpResponse:
    """The page shown while too many documents are being made; it asks the same address again by itself."""
    page = render_to_string(
        "document_queue.html", {"action": request.get_full_path(), "seconds": QUEUE_SECONDS}
    )
    return HttpResponse(page, status=202, headers={"Retry-After": str(QUEUE_SECONDS)})
