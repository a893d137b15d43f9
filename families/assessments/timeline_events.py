"""Assessments on the timeline."""

from datetime import date

from families.assessments.models import Assessment
from families.timeline.events import EVENT_KINDS, EventKind


def register() -> None:
    days = {"from": "covers_from", "to": "covers_to"}
    EVENT_KINDS.register(
        EventKind("assessment", Assessment, "period__family", "handed_over_on", _render, parameters=days)
    )


def _render(entry, row) -> dict:
    days = "–".join(f"{date.fromisoformat(entry.parameters[name]):%d.%m.%Y}" for name in ("from", "to"))
    return {"title": "Przekazana okresowa ocena", "note": f"za {days}", "key": True}
