"""Register of access of one family: readings, their summary by person, refusals."""

from datetime import datetime, timedelta

from django.db.models import Count, Max, Q
from django.urls import reverse

from families.people.models import Family
from lubsko_ops.audit.models import AccessArea, AccessDeniedEntry, AccessLogEntry
from lubsko_ops.core.keyset_list import KeysetPage, Sort, paginate

SUMMARY_DAYS = 30
MAX_DENIED = 20
NEWEST_FIRST = Sort("kiedy", "od najstarszych", "od najnowszych", ("at",), descending=True)
# Parts in which the family is one line among others; all the rest are its own file.
LISTING_AREAS = [AccessArea.LIST, AccessArea.SEARCH]
# Answers that mean "you may not see this": no right, out of reach.
DENIED_STATUSES = {403: "brak uprawnienia", 404: "poza zasięgiem"}


# What the register can be narrowed to; the first is shown unasked, so that lists do not bury the openings.
ENTRY_KINDS = {
    "otwarcia": ("Otwarcia teczki", ~Q(access_area__in=LISTING_AREAS)),
    "listy": ("Na listach i w wynikach", Q(access_area__in=LISTING_AREAS)),
    "wszystko": ("Wszystko", Q()),
}
DEFAULT_KIND = next(iter(ENTRY_KINDS))


def parse_kind(text: str) -> str:
    return text if text in ENTRY_KINDS else DEFAULT_KIND


def access_entries(
    family: Family, *, kind: str = DEFAULT_KIND, after: str = "", before: str = ""
) -> KeysetPage:
    """Who saw the family's data, in a part of the file, in a list or a search (``kind``), newest first."""
    rows = AccessLogEntry.objects.filter(ENTRY_KINDS[kind][1], families__contains=[family.pk]).select_related(
        "user"
    )
    return paginate(rows, NEWEST_FIRST, after=_id(after), before=_id(before))


def summary_by_user(family: Family, *, now: datetime) -> list[dict]:
    """Per person over the last 30 days: openings of the file, lines of lists and searches, the last moment."""
    recent = AccessLogEntry.objects.filter(
        families__contains=[family.pk], at__gte=now - timedelta(days=SUMMARY_DAYS)
    )
    return list(
        recent.values("user", "user__first_name", "user__last_name")
        .annotate(opened=Count("pk", filter=~Q(access_area__in=LISTING_AREAS)))
        .annotate(passed=Count("pk", filter=Q(access_area__in=LISTING_AREAS)), last=Max("at"))
        .order_by("-opened", "-passed", "user__last_name", "user")
    )


def denied_attempts(family: Family) -> list[dict]:
    """Refusals on addresses of this family's file, summed by person and meaning, the last one first."""
    mine = AccessDeniedEntry.objects.filter(path__startswith=reverse("families:overview", args=[family.pk]))
    rows = mine.filter(status__in=DENIED_STATUSES).values("user", "user__first_name", "user__last_name", "status")
    summed = rows.annotate(times=Count("pk"), last=Max("at")).order_by("-last", "user")[:MAX_DENIED]
    return [row | {"meaning": DENIED_STATUSES[row["status"]]} for row in summed]


def _id(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
