"""The access log: who saw which family's or person's data, when, and in which part of the file.

One row per response that shows personal data, written in the transaction of the request: without the row the page is
not sent. Families and persons are noted by the code that makes the rows of a page (``note_shown``), so that no view
has to remember them. HEAD is logged like GET: it asks for the same page. Denied requests are logged separately, after
the rollback.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from lubsko_ops.audit.models import AccessArea, AccessDeniedEntry, AccessLogEntry
from lubsko_ops.core import clock


@dataclass
class Shown:
    """Ids of the families and of the persons that the response being made shows."""

    families: set[int] = field(default_factory=set)
    persons: set[int] = field(default_factory=set)


_shown: ContextVar[Shown | None] = ContextVar("shown", default=None)  # None outside a request


@contextmanager
def collect_shown() -> Iterator[Shown]:
    """Within the block, ``note_shown`` adds to what the block gets."""
    shown = Shown()
    token = _shown.set(shown)
    try:
        yield shown
    finally:
        _shown.reset(token)


def note_shown(families: Iterable[int] = (), *, persons: Iterable[int] = ()) -> None:
    """Note that the rows just made show data of these families or persons (ids). Does nothing outside a request.

    ``persons``: people who are shown outside the file of a family (participants, guardians, leaders). Members in the
    file of their family are noted by the family.
    """
    shown = _shown.get()
    if shown is not None:
        shown.families.update(families)
        shown.persons.update(persons)


def get_view_name(request) -> str:
    match = request.resolver_match
    return (match.view_name if match else "") or "?"


def get_access_area(request) -> AccessArea | None:
    """The area that the view of the request declares."""
    match = request.resolver_match
    return getattr(getattr(match.func, "view_class", None), "access_area", None) if match else None


def write_access_log(request, shown: Shown) -> None:
    """Write the row of this request, if its response shows anybody. Raises for a view without an area."""
    if not (shown.families or shown.persons):
        return
    area = get_access_area(request)
    if area is None:
        raise ImproperlyConfigured(f"{get_view_name(request)} shows personal data without an access_area.")
    values = [clock.now(), request.user.pk, get_view_name(request), area.code]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [*values, sorted(shown.families), sorted(shown.persons)])


# Written by hand: every page pays for it, and by the model it is a tenth of a short page.
INSERT = f"""INSERT INTO {AccessLogEntry._meta.db_table}
    (at, user_id, view_name, access_area, families, persons, emergency) VALUES (%s, %s, %s, %s, %s, %s, false)"""


def log_denied(request, status: int) -> None:
    """Log a denied or failed request. A token in the address stays out: its route stands for it."""
    user, match = getattr(request, "user", None), request.resolver_match
    path = f"/{match.route}" if match and "token" in match.kwargs else request.path
    AccessDeniedEntry.objects.create(
        at=clock.now(),
        user_id=user.pk if user and user.is_authenticated else None,
        view_name=get_view_name(request)[:80],
        path=path.replace("\x00", "")[:300],
        method=request.method[:10],
        status=status,
    )
