"""Assessments on the timeline."""

from families.assessments.models import Assessment
from families.caseload.queries import rows_of_all_periods
from families.timeline import events


def register() -> None:
    facts = {"covers_from": "covers_from", "covers_to": "covers_to"}
    events.EVENT_KINDS.register(
        events.EventKind(
            "assessment",
            lambda family, user: rows_of_all_periods(Assessment, family),
            "handed_over_on",
            facts,
            _render,
        )
    )


def _render(family: int, facts: dict) -> dict:
    days = "–".join(".".join(reversed(facts[name].split("-"))) for name in ("covers_from", "covers_to"))
    return {"title": "Przekazana okresowa ocena", "note": f"za {days}", "key": True}
