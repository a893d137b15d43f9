"""The access log: who saw which family's data, when, and in which part of the file.

One row per response that shows personal data, written in the transaction of the request: without the row the page is
not sent. Denied requests are logged separately, after the rollback.
"""

from collections.abc import Iterable

from lubsko_ops.audit.models import AccessArea, AccessDeniedEntry, AccessLogEntry
from lubsko_ops.core import clock


def note_access(request, area: AccessArea, families: Iterable[int]) -> None:
    """Note that the response shows these families (ids); the middleware writes the row.

    Further calls in the same request add families to the same row.
    """
    _, noted = getattr(request, "noted_access", (None, ()))
    request.noted_access = (area, {*noted, *families})


def get_view_name(request) -> str:
    match = request.resolver_match
    return (match.view_name if match else "") or "?"


def write_access_log(request) -> None:
    """Write the row of this request, if its response shows data of families."""
    area, ids = getattr(request, "noted_access", (None, ()))
    if area:
        AccessLogEntry.objects.create(
            at=clock.now(),
            user=request.user,
            view_name=get_view_name(request),
            access_area=area,
            families=sorted(ids),
        )


def log_denied(request, status: int) -> None:
    """Log a denied or failed request."""
    user = getattr(request, "user", None)
    AccessDeniedEntry.objects.create(
        at=clock.now(),
        user_id=user.pk if user and user.is_authenticated else None,
        view_name=get_view_name(request)[:80],
        path=request.path.replace("\x00", "")[:300],
        method=request.method[:10],
        status=status,
    )
