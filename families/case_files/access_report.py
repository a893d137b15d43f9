"""Access log of a family: entries, summary by user, denied attempts."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q

from families.people.models import Family, Membership, Person
from lubsko_ops.audit.models import ACCESS_AREAS, AccessDeniedEntry, AccessLogEntry
from lubsko_ops.core.keyset_list import KeysetPage, Sort, paginate
from lubsko_ops.core.links import reverse
from lubsko_ops.core.parsing import parse_int

SUMMARY_DAYS = 30
MAX_DENIED = 20
NEWEST_FIRST = Sort("kiedy", "od najstarszych", "od najnowszych", ("at",), descending=True)
# Response codes of denied access.
DENIED_STATUSES = {403: "brak uprawnienia", 404: "brak dostępu do rodziny"}


def in_listings() -> Q:
    """Entries in which the family was one row of many; all others belong to its own file."""
    return Q(access_area__in=[area.code for area in ACCESS_AREAS if area.is_listing])


# Filters of the log; the first is the default, so that rows of lists do not bury openings of the file.
ENTRY_KINDS: dict[str, tuple[str, Callable[[], Q]]] = {
    "otwarcia": ("Otwarcia teczki", lambda: ~in_listings()),
    "listy": ("Na listach i w wynikach", in_listings),
    "wszystko": ("Wszystko", Q),
}
DEFAULT_KIND = next(iter(ENTRY_KINDS))


def parse_kind(text: str) -> str:
    return text if text in ENTRY_KINDS else DEFAULT_KIND


def of_family(family: Family) -> Q:
    """Entries that show the family, or one of its people outside the file (as a participant, a guardian)."""
    people = Membership.objects.filter(family=family).values("person")
    return Q(families__contains=[family.pk]) | Q(persons__overlap=people)


def access_entries(
    family: Family, *, kind: str = DEFAULT_KIND, after: str = "", before: str = ""
) -> KeysetPage:
    """A page of entries of a kind, newest first; ``people``: those of the family shown outside its file."""
    rows = AccessLogEntry.objects.filter(ENTRY_KINDS[kind][1](), of_family(family)).select_related("user")
    page = paginate(rows, NEWEST_FIRST, after=parse_int(after), before=parse_int(before))
    shown = {pk for row in page.rows for pk in row.persons}
    people = Person.objects.filter(pk__in=shown, memberships__family=family).distinct() if shown else ()
    by_id = {each.pk: each for each in people}
    for row in page.rows:
        row.people = [by_id[pk] for pk in row.persons if pk in by_id]
    return page


def summary_by_user(family: Family, *, now: datetime) -> list[dict]:
    """Per user over the last 30 days: entries of the file and of lists and searches, and the time of the last."""
    recent = AccessLogEntry.objects.filter(of_family(family), at__gte=now - timedelta(days=SUMMARY_DAYS))
    return list(
        recent.values("user", "user__first_name", "user__last_name")
        .annotate(file_entries=Count("pk", filter=~in_listings()))
        .annotate(list_entries=Count("pk", filter=in_listings()), last=Max("at"))
        .order_by("-file_entries", "-list_entries", "user__last_name", "user")
    )


def denied_attempts(family: Family) -> list[dict]:
    """Denied requests to URLs of the file, by user and status, the last first."""
    entries = AccessDeniedEntry.objects.filter(
        path__startswith=reverse("families:overview", args=[family.pk])
    )
    rows = entries.filter(status__in=DENIED_STATUSES).values(
        "user", "user__first_name", "user__last_name", "status"
    )
    summed = rows.annotate(times=Count("pk"), last=Max("at")).order_by("-last", "user")[:MAX_DENIED]
    return [row | {"meaning": DENIED_STATUSES[row["status"]]} for row in summed]
