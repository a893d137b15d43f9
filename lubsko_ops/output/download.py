"""The answer that carries a file: a plain name, and headers that keep it from running or lying about."""

import re

from django.http import HttpResponse

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+")


def file_response(content: bytes, filename: str, *, content_type: str, inline: bool = False) -> HttpResponse:
    """A file for the browser; ``inline`` shows it in a tab, otherwise it is saved.

    ``filename`` says the kind and a number ("plan-pracy-125.pdf"), in small ASCII letters: file names end
    up in folders, print queues and histories, so a person's name or a case number has no place there.
    Anything else raises ValueError.
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
