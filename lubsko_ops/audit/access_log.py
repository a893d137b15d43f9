"""The access log: who saw which family's data, when, and in which part of the file.

One row per response that shows personal data, written in the transaction of the request: without the row the page is
not sent. The families are noted by the code that makes the rows of a page (``note_shown``), so that no view has to
remember them. Denied requests are logged separately, after the rollback.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import ImproperlyConfigured

from lubsko_ops.audit.models import AccessArea, AccessDeniedEntry, AccessLogEntry
from lubsko_ops.core import clock

# Ids of the families shown by the response being made; None outside a request.
_shown: ContextVar[set[int] | None] = ContextVar("families_shown", default=None)


@contextmanager
def collect_shown() -> Iterator[set[int]]:
    """Within the block, ``note_shown`` adds to the set that the block gets."""
    families: set[int] = set()
    token = _shown.set(families)
    try:
        yield families
    finally:
        _shown.reset(token)


def note_shown(families: Iterable[int]) -> None:
    """Note that the rows just made show data of these families (ids). Does nothing outside a request."""
    shown = _shown.get()
    if shown is not None:
        shown.update(families)


def get_view_name(request) -> str:
    match = request.resolver_match
    return (match.view_name if match else "") or "?"


def get_access_area(request) -> AccessArea | None:
    """The area that the view of the request declares."""
    match = request.resolver_match
    return getattr(getattr(match.func, "view_class", None), "access_area", None) if match else None


def write_access_log(request, families: set[int]) -> None:
    """Write the row of this request, if its response shows families. Raises for a view without an area."""
    if not families:
        return
    area = get_access_area(request)
    if area is None:
        raise ImproperlyConfigured(f"{get_view_name(request)} shows data of families without an access_area.")
    AccessLogEntry.objects.create(
        at=clock.now(),
        user=request.user,
        view_name=get_view_name(request),
        access_area=area.code,
        families=sorted(families),
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
