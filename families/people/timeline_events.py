"""Timeline events of a family: people who joined it and who left it."""

from django.db.models import F, Value
from django.db.models.functions import Concat
from django.urls import reverse

from families.choices import Kinship
from families.people.models import Membership
from families.timeline import events


def register() -> None:
    facts = {
        "name": "name",
        "kinship": "kinship",
        "sex": "sex",
        "born": F("person__born_on"),
        "birth_precision": F("person__birth_precision"),
        "died": F("person__died_on"),
    }
    events.EVENT_KINDS.register(events.EventKind("joined", _joined, "starts_on", facts, _joined_event))
    events.EVENT_KINDS.register(events.EventKind("left", _left, "ends_on", facts, _left_event))


def _members(family: int):
    name = Concat("person__first_name", Value(" "), "person__last_name")
    return Membership.objects.filter(family=family).annotate(name=name, sex=F("person__sex"))


def _joined(family: int, user):
    """Members who joined after the case file was opened."""
    return _members(family).filter(starts_on__gt=F("family__entered_at__date"))


def _left(family: int, user):
    return _members(family).exclude(ends_on=None)


def _person_text(row: dict) -> str:
    return f"{row['name']}, {Kinship(row['kinship']).label_for(row['sex'])}"


def _joined_event(family: int, row: dict) -> dict:
    born = row["born"] == f"{row['day']:%Y-%m-%d}" and not row["birth_precision"]
    title = "Urodzenie" if born else "Nowa osoba w rodzinie"
    return {
        "title": title,
        "note": _person_text(row),
        "url": reverse("families:people", args=[family]),
        "key": born,
    }


def _left_event(family: int, row: dict) -> dict:
    died = row["died"] == f"{row['day']:%Y-%m-%d}"
    title = "Śmierć" if died else "Odejście z rodziny"
    return {
        "title": title,
        "note": _person_text(row),
        "url": reverse("families:people", args=[family]),
        "key": True,
    }
