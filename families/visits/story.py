"""Visits and contacts in the story of a case."""

from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Concat, Left
from django.urls import reverse

from families import timeline
from families.assignments.queries import of_work
from families.dictionaries import ContactWay, ContactWith, VisitKind, VisitPlace, VisitResult
from families.visits.models import Contact, DangerReport, Visit
from lubsko_ops.polish import hours_and_minutes

SHORT = 400


def _name(person: str):
    return Concat(f"{person}__first_name", Value(" "), f"{person}__last_name")


def register() -> None:
    timeline.register_source(
        timeline.Source(
            name="visit",
            rows=_visits,
            day="day",
            at="starts_at",
            facts={
                "result": "result",
                "kind": "kind",
                "place": "place",
                "minutes": "minutes",
                "who": "who",
                "text": "text",
                "danger": "in_danger",
                "entered": "entered_at",
            },
            tell=_tell_visit,
        )
    )
    timeline.register_source(
        timeline.Source(
            name="contact",
            rows=_contacts,
            day="day",
            at="starts_at",
            facts={"way": "way", "party": "party", "person": F("who"), "by": "by", "text": "text"},
            tell=_tell_contact,
        )
    )


def _visits(family: int, user):
    return of_work(Visit)(family, user).annotate(
        who=_name("assistant"),
        text=Left("facts", SHORT),
        in_danger=Exists(DangerReport.objects.filter(visit=OuterRef("pk"))),
    )


def _tell_visit(family: int, said: dict) -> dict:
    held = said["result"] == VisitResult.HELD
    marks = [("zagrożenie dziecka", "late")] if said["danger"] else []
    if not held:
        title = f"Wizyta nieudana: {VisitResult(said['result']).label}"
    else:
        title = f"Wizyta {VisitKind(said['kind']).label}"
    place = VisitPlace(said["place"]).label
    note = f"{hours_and_minutes(said['minutes'])}, {place}" if held else place
    url = reverse("families:visit", args=[family, said["row"]])
    return {
        "title": title,
        "note": note,
        "text": _shortened(said["text"]),
        "who": said["who"],
        "url": url,
        "key": said["danger"],
        "marks": tuple(marks),
    }


def _contacts(family: int, user):
    return of_work(Contact)(family, user).annotate(by=_name("author"), text=Left("about", SHORT))


def _tell_contact(family: int, said: dict) -> dict:
    party = ContactWith(said["party"]).label
    return {
        "title": f"{ContactWay(said['way']).label.capitalize()}: {party}",
        "note": said["person"],
        "text": _shortened(said["text"]),
        "who": said["by"],
    }


def _shortened(text: str) -> str:
    return f"{text.rstrip()}…" if len(text) >= SHORT else text
