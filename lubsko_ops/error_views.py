"""Error pages that need no database; a form that was being saved can be sent again."""

import sys

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from lubsko_ops.core.database_errors import is_unavailable, sqlstate_of
from lubsko_ops.submissions.keys import KEY_FIELD, read_key

BUSY_REASONS = {
    "55P03": "Ktoś inny właśnie zapisuje te same dane.",
    "40P01": "Ktoś inny właśnie zapisuje te same dane.",
    "57014": "To trwało zbyt długo, więc przerwaliśmy.",
}


def service_unavailable(request, error: BaseException) -> HttpResponse:
    """503 with a short explanation. A submitted form is shown for resubmission with the same key.

    The error is kept on the request: the middleware asks which it was.
    """
    request.database_error = error
    fields = []
    if request.method == "POST" and read_key(request.POST.get(KEY_FIELD)):
        fields = [
            (name, value)
            for name, values in request.POST.lists()
            if name != "csrfmiddlewaretoken"
            for value in values
        ]
    page = render_to_string(
        "503.html",
        {
            "reason": BUSY_REASONS.get(sqlstate_of(error), "Baza danych chwilowo nie odpowiada."),
            "fields": fields,
            "action": request.get_full_path(),
            "csrf_token": get_token(request) if fields else "",
        },
    )
    return HttpResponse(page, status=503, headers={"Retry-After": "10"})


def rendering_unavailable(request) -> HttpResponse:
    """503: the document could not be made now."""
    reason = "Wydruk nie powstał, bo trwałoby to zbyt długo."
    page = render_to_string("503.html", {"reason": reason, "action": request.get_full_path()})
    return HttpResponse(page, status=503, headers={"Retry-After": "10"})


def stored_file_unavailable() -> HttpResponse:
    """503: the stored bytes of an issued paper are missing or damaged. Rendered anew they would be another paper."""
    return HttpResponse(render_to_string("stored_file_missing.html"), status=503)


def internal_error() -> HttpResponse:
    """500: an unexpected error; nothing was saved."""
    return HttpResponse(render_to_string("500.html"), status=500)


def server_error(request, *args, **kwargs) -> HttpResponse:
    """Django's handler500: 503 for an unavailable database, otherwise 500."""
    error = sys.exc_info()[1]
    if error and is_unavailable(error):
        return service_unavailable(request, error)
    return internal_error()
