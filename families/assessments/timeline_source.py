"""Assessments in the story of a case."""

from families.assessments.models import Assessment
from families.caseload.queries import period_rows
from families.timeline import events


def register() -> None:
    facts = {"covers_from": "covers_from", "covers_to": "covers_to"}
    events.register_source(
        events.TimelineSource("assessment", period_rows(Assessment), "handed_over_on", facts, _tell)
    )


def _tell(family: int, said: dict) -> dict:
    days = "–".join(".".join(reversed(said[name].split("-"))) for name in ("covers_from", "covers_to"))
    return {"title": "Przekazana okresowa ocena", "note": f"za {days}", "key": True}
