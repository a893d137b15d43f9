"""The read log: who saw which family's data, when, and in which part of the file.

One row per answer that shows personal data, written in the same transaction before the answer leaves:
no row, no page. Refusals are written apart, after the rollback.
"""

from collections.abc import Iterable

from lubsko_ops.audit.models import AccessArea, AccessDeniedEntry, AccessLogEntry
from lubsko_ops.core import clock


def note_access(request, part: AccessArea, families: Iterable[int]) -> None:
    """Remember that this answer shows these families; the transaction writes it before the answer leaves.

    Called once more in the same request it adds families to the same row.
    """
    before = getattr(request, "read_note", None)
    ids = {*(before[1] if before else ()), *families}
    request.read_note = (part, ids)


def get_view_name(request) -> str:
    match = request.resolver_match
    return (match.view_name if match else "") or "?"


def write_access_log(request) -> None:
    """Write the row of this request, if its answer showed anything."""
    part, ids = getattr(request, "read_note", None) or (None, ())
    if part:
        AccessLogEntry.objects.create(
            at=clock.now(),
            user=request.user,
            address=get_view_name(request),
            access_area=part,
            families=sorted(ids),
        )


def log_denied(request, status: int) -> None:
    """Write down a refusal or an error, in a transaction of its own."""
    user = getattr(request, "user", None)
    AccessDeniedEntry.objects.create(
        at=clock.now(),
        user_id=user.pk if user and user.is_authenticated else None,
        address=get_view_name(request)[:80],
        path=request.path.replace("\x00", "")[:300],
        method=request.method[:10],
        status=status,
    )
