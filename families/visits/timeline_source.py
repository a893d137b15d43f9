"""Visits and contacts in the story of a case."""

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Concat, Left
from django.urls import reverse

from families.caseload.queries import period_rows
from families.choices import ContactChannel, CounterpartType, VisitKind, VisitLocation, VisitResult
from families.plans.models import ActionProgress
from families.timeline import events
from families.visits.models import Contact, SafeguardingConcern, Visit
from lubsko_ops.core.permissions import Permission, has_permission
from lubsko_ops.core.polish import count_of, format_minutes

SHORT = 400
NOUNS = {VisitKind.OUTSIDE_HOME, VisitKind.ACCOMPANYING}


def _name(person: str):
    return Concat(f"{person}__first_name", Value(" "), f"{person}__last_name")


def register() -> None:
    events.register_source(
        events.TimelineSource(
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
                "touched": "touched_count",
                "entered": "entered_at",
            },
            tell=_tell_visit,
        )
    )
    events.register_source(
        events.TimelineSource(
            name="contact",
            rows=_contacts,
            day="day",
            at="starts_at",
            facts={
                "way": "way",
                "party": "party",
                "person": F("who"),
                "minutes": "minutes",
                "by": "by",
                "author": "author",
                "text": "about",
            },
            tell=_tell_contact,
        )
    )


def _visits(family: int, user):
    return period_rows(Visit)(family, user).annotate(
        who=_name("assistant"),
        text=Left("facts", SHORT),
        in_danger=Exists(SafeguardingConcern.objects.filter(visit=OuterRef("pk"))),
        touched_count=_touched() if has_permission(user, Permission.PLAN_VIEW) else Value(0),
    )


def _touched():
    """How many actions of the plan were worked on; not Count, whose GROUP BY would turn nought into nothing."""
    rows = ActionProgress.objects.filter(visit=OuterRef("pk")).order_by()
    return Subquery(rows.values(n=Func(F("pk"), function="COUNT", output_field=IntegerField())))


def _tell_visit(family: int, said: dict) -> dict:
    held = said["result"] == VisitResult.HELD
    marks = [("zagrożenie dziecka", "late")] if said["danger"] else []
    if said["touched"]:
        marks.append((f"plan: {count_of(said['touched'], 'działanie,działania,działań')}", ""))
    if not held:
        title = f"Wizyta nieudana: {VisitResult(said['result']).label}"
    else:
        title = _title_of(VisitKind(said["kind"]))
    place = VisitLocation(said["place"]).label
    note = f"{format_minutes(said['minutes'])}, {place}" if held else place
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


def _title_of(kind: VisitKind) -> str:
    """ "Wizyta planowana"; a kind that is a noun stands by itself."""
    return kind.label.capitalize() if kind in NOUNS else f"Wizyta {kind.label}"


def _contacts(family: int, user):
    return period_rows(Contact)(family, user).annotate(by=_name("author"))


def _tell_contact(family: int, said: dict) -> dict:
    """A contact has no page of its own, so its whole text is told."""
    party = CounterpartType(said["party"]).label
    length = format_minutes(said["minutes"]) if said["minutes"] else ""
    return {
        "title": f"{ContactChannel(said['way']).label.capitalize()}: {party}",
        "note": ", ".join(filter(None, [said["person"], length])),
        "text": said["text"],
        "who": said["by"],
        "author": said["author"],
    }


def _shortened(text: str) -> str:
    """The beginning, up to a whole word."""
    if len(text) < SHORT:
        return text
    return f"{text[: text.rfind(' ')].rstrip(' ,.;:')}…" if " " in text else f"{text}…"
