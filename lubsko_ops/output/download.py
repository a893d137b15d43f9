"""The HTTP response for a generated file."""

import re

from django.http import HttpResponse

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+")


def file_response(content: bytes, filename: str, *, content_type: str, inline: bool = False) -> HttpResponse:
    """A file, shown in a tab with ``inline``, otherwise downloaded; not cached and not executable.

    ``filename`` consists of the kind of document and an id ("plan-pracy-125.pdf") in lower-case ASCII, otherwise
    ValueError: file names end up in folders, print queues and histories and must not contain personal data.
    """
    if not _NAME.fullmatch(filename):
        raise ValueError(f"Not a plain file name: {filename!r}")
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{filename}"'
    response["Content-Length"] = str(len(content))
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
