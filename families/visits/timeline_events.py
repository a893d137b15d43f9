"""Visits and contacts on the timeline."""

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Left

from families.choices import VisitKind
from families.plans.models import ActionProgress
from families.plans.permissions import PLAN_VIEW
from families.timeline.events import EVENT_KINDS, EventKind
from families.visits.models import Contact, SafeguardingConcern, Visit
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import count_of, format_minutes

MAX_TEXT = 400
NOUN_KINDS = {VisitKind.OUTSIDE_HOME, VisitKind.ACCOMPANYING}


def register() -> None:
    place = {"family": "period__family", "day": "day", "at": "starts_at"}
    visit = EventKind("visit", Visit, **place, author="assistant", details=_visits, render=_render_visit)
    contact = EventKind(
        "contact",
        Contact,
        **place,
        author="author",
        details=lambda user: Contact.objects.all(),
        render=_render_contact,
    )
    EVENT_KINDS.register(visit)
    EVENT_KINDS.register(contact)


def _visits(user):
    rows = Visit.objects.only("result", "kind", "place", "minutes")
    return rows.annotate(
        text=Left("facts", MAX_TEXT),
        in_danger=Exists(SafeguardingConcern.objects.filter(visit=OuterRef("pk"))),
        progress_count=_progress_count() if has_permission(user, PLAN_VIEW) else Value(0),
    )


def _progress_count():
    """Number of plan actions worked on; Func, not Count, which would add GROUP BY and give NULL for none."""
    rows = ActionProgress.objects.filter(visit=OuterRef("pk")).order_by()
    return Subquery(rows.values(n=Func(F("pk"), function="COUNT", output_field=IntegerField())))


def _render_visit(entry, row) -> dict:
    marks = [("zagrożenie dziecka", "late")] if row.in_danger else []
    if row.progress_count:
        marks.append((f"plan: {count_of(row.progress_count, 'działanie,działania,działań')}", ""))
    place = row.get_place_display()
    return {
        "title": _held_visit_title(row) if row.held else f"Wizyta nieudana: {row.get_result_display()}",
        "note": f"{format_minutes(row.minutes)}, {place}" if row.held else place,
        "text": _shorten(row.text),
        "url": reverse("families:visit", args=[entry.family, entry.row]),
        "key": row.in_danger,
        "marks": tuple(marks),
    }


def _held_visit_title(row: Visit) -> str:
    """ "Wizyta planowana"; kinds that are nouns stand without "Wizyta"."""
    label = row.get_kind_display()
    return label.capitalize() if row.kind in NOUN_KINDS else f"Wizyta {label}"


def _render_contact(entry, row: Contact) -> dict:
    """With the whole text: a contact has no page of its own."""
    length = format_minutes(row.minutes) if row.minutes else ""
    return {
        "title": f"{row.get_channel_display().capitalize()}: {row.get_counterpart_type_display()}",
        "note": ", ".join(filter(None, [row.counterpart_name, length])),
        "text": row.subject,
    }


def _shorten(text: str) -> str:
    """Cut a text of MAX_TEXT characters at the last whole word."""
    if len(text) < MAX_TEXT:
        return text
    return f"{text[: text.rfind(' ')].rstrip(' ,.;:')}…" if " " in text else f"{text}…"
