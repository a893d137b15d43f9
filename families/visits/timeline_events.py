"""Visits and contacts as timeline sources."""

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Concat, Left
from django.urls import reverse

from families.caseload.queries import rows_of_all_periods
from families.choices import ContactChannel, CounterpartType, VisitKind, VisitLocation, VisitResult
from families.plans.models import ActionProgress
from families.plans.permissions import PLAN_VIEW
from families.timeline import events
from families.visits.models import Contact, SafeguardingConcern, Visit
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import count_of, format_minutes

MAX_TEXT = 400
NOUN_KINDS = {VisitKind.OUTSIDE_HOME, VisitKind.ACCOMPANYING}


def _full_name(person: str):
    return Concat(f"{person}__first_name", Value(" "), f"{person}__last_name")


def register() -> None:
    events.EVENT_KINDS.register(
        events.EventKind(
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
                "progress": "progress_count",
            },
            render=_render_visit,
        )
    )
    events.EVENT_KINDS.register(
        events.EventKind(
            name="contact",
            rows=_contacts,
            day="day",
            at="starts_at",
            facts={
                "channel": "channel",
                "counterpart_type": "counterpart_type",
                "counterpart": F("counterpart_name"),
                "minutes": "minutes",
                "by": "by",
                "author": "author",
                "text": "subject",
            },
            render=_render_contact,
        )
    )


def _visits(family: int, user):
    return rows_of_all_periods(Visit, family).annotate(
        who=_full_name("assistant"),
        text=Left("facts", MAX_TEXT),
        in_danger=Exists(SafeguardingConcern.objects.filter(visit=OuterRef("pk"))),
        progress_count=_progress_count() if has_permission(user, PLAN_VIEW) else Value(0),
    )


def _progress_count():
    """Number of plan actions worked on; Func, not Count, which would add GROUP BY and give NULL for none."""
    rows = ActionProgress.objects.filter(visit=OuterRef("pk")).order_by()
    return Subquery(rows.values(n=Func(F("pk"), function="COUNT", output_field=IntegerField())))


def _render_visit(family: int, facts: dict) -> dict:
    held = facts["result"] == VisitResult.HELD
    marks = [("zagrożenie dziecka", "late")] if facts["danger"] else []
    if facts["progress"]:
        marks.append((f"plan: {count_of(facts['progress'], 'działanie,działania,działań')}", ""))
    if not held:
        title = f"Wizyta nieudana: {VisitResult(facts['result']).label}"
    else:
        title = _held_visit_title(VisitKind(facts["kind"]))
    place = VisitLocation(facts["place"]).label
    note = f"{format_minutes(facts['minutes'])}, {place}" if held else place
    url = reverse("families:visit", args=[family, facts["row"]])
    return {
        "title": title,
        "note": note,
        "text": _shorten(facts["text"]),
        "who": facts["who"],
        "url": url,
        "key": facts["danger"],
        "marks": tuple(marks),
    }


def _held_visit_title(kind: VisitKind) -> str:
    """ "Wizyta planowana"; kinds that are nouns stand without "Wizyta"."""
    return kind.label.capitalize() if kind in NOUN_KINDS else f"Wizyta {kind.label}"


def _contacts(family: int, user):
    return rows_of_all_periods(Contact, family).annotate(by=_full_name("author"))


def _render_contact(family: int, facts: dict) -> dict:
    """With the whole text: a contact has no page of its own."""
    counterpart = CounterpartType(facts["counterpart_type"]).label
    length = format_minutes(facts["minutes"]) if facts["minutes"] else ""
    return {
        "title": f"{ContactChannel(facts['channel']).label.capitalize()}: {counterpart}",
        "note": ", ".join(filter(None, [facts["counterpart"], length])),
        "text": facts["text"],
        "who": facts["by"],
        "author": facts["author"],
    }


def _shorten(text: str) -> str:
    """Cut a text of MAX_TEXT characters at the last whole word."""
    if len(text) < MAX_TEXT:
        return text
    return f"{text[: text.rfind(' ')].rstrip(' ,.;:')}…" if " " in text else f"{text}…"
