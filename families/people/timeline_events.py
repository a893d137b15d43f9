"""Timeline events of a family: people who joined it and who left it."""

from django.db.models import F, Q

from families.people.models import Membership
from families.timeline.events import EVENT_KINDS, EventKind
from lubsko_ops.core.links import reverse

AFTER_OPENING = Q(starts_on__gt=F("family__entered_at__date"))  # members who joined after the file was opened
NAME = ("first_name", "last_name", "sex", "born_on", "birth_precision", "died_on")


def register() -> None:
    member = (Membership, "family")
    EVENT_KINDS.register(
        EventKind("joined", *member, "starts_on", _joined, condition=AFTER_OPENING, details=_details)
    )
    EVENT_KINDS.register(EventKind("left", *member, "ends_on", _left, details=_details))


def _details(user):
    rows = Membership.objects.select_related("person")
    return rows.only("kinship", *(f"person__{name}" for name in NAME))


def _joined(entry, row: Membership) -> dict:
    born = row.person.born_on == entry.day and not row.person.birth_precision
    return _event(entry, row, "Urodzenie" if born else "Nowa osoba w rodzinie", key=born)


def _left(entry, row: Membership) -> dict:
    died = row.person.died_on == entry.day
    return _event(entry, row, "Śmierć" if died else "Odejście z rodziny", key=True)


def _event(entry, row: Membership, title: str, *, key: bool) -> dict:
    url = reverse("families:people", args=[entry.family])
    return {"title": title, "note": str(row), "url": url, "key": key}
