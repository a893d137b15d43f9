"""People in the story of a case: who came to the family and who left it."""

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
        "died": F("person__died_on"),
    }
    events.register_source(events.TimelineSource("joined", _joined, "starts_on", facts, _tell_joined))
    events.register_source(events.TimelineSource("left", _left, "ends_on", facts, _tell_left))


def _members(family: int):
    name = Concat("person__first_name", Value(" "), "person__last_name")
    return Membership.objects.filter(family=family).annotate(name=name, sex=F("person__sex"))


def _joined(family: int, user):
    """Those who came later than the file was opened: the others stand in it from the beginning."""
    return _members(family).filter(starts_on__gt=F("family__entered_at__date"))


def _left(family: int, user):
    return _members(family).exclude(ends_on=None)


def _who(said: dict) -> str:
    return f"{said['name']}, {Kinship(said['kinship']).word(said['sex'])}"


def _tell_joined(family: int, said: dict) -> dict:
    born = said["born"] == f"{said['day']:%Y-%m-%d}"
    title = "Urodzenie" if born else "Nowa osoba w rodzinie"
    return {"title": title, "note": _who(said), "url": reverse("families:people", args=[family]), "key": born}


def _tell_left(family: int, said: dict) -> dict:
    died = said["died"] == f"{said['day']:%Y-%m-%d}"
    title = "Śmierć" if died else "Odejście z rodziny"
    return {"title": title, "note": _who(said), "url": reverse("families:people", args=[family]), "key": True}
