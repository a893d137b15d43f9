"""Work with the family on the timeline: start and end, legal bases, assistants, lead social workers."""

from datetime import date

from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.urls import reverse

from families.caseload.models import Assignment, LeadWorkerAssignment, LegalBasis, WorkPeriod
from families.caseload.queries import rows_of_all_periods
from families.choices import AssignmentKind, BasisKind, ClosingReason
from families.permissions import SENSITIVE_BASES, hidden_values
from families.timeline import events

TITLES = {
    AssignmentKind.LEADING: "Asystent prowadzący",
    AssignmentKind.STAND_IN: "Zastępstwo",
    AssignmentKind.ACCOMPANYING: "Asystent towarzyszący",
    AssignmentKind.MONITORING: "Monitorowanie",
}


def _name(person: str):
    return Concat(f"{person}__first_name", Value(" "), f"{person}__last_name")


def register() -> None:
    kind = events.EventKind
    for each in (
        kind("began", _periods, "starts_on", {"year": "year", "serial": "serial"}, _render_start),
        kind("ended", _ended, "ends_on", {"reason": "closing_reason"}, _render_end),
        kind("basis", _bases, "starts_on", {"kind": "kind"}, _render_basis),
        kind(
            "basis_ended",
            _bases_ended,
            "ends_on",
            {"kind": "kind", "reason": "end_reason"},
            _render_basis_end,
        ),
        kind(
            "assistant",
            lambda family, user: rows_of_all_periods(Assignment, family).annotate(name=_name("assistant")),
            "starts_on",
            {"kind": "kind", "name": "name", "until": "ends_on"},
            _render_assistant,
        ),
        kind(
            "lead",
            lambda family, user: LeadWorkerAssignment.objects.filter(family=family).annotate(
                name=_name("social_worker")
            ),
            "starts_on",
            {"name": "name"},
            _render_lead_worker,
        ),
    ):
        events.EVENT_KINDS.register(each)


def _periods(family: int, user):
    return WorkPeriod.objects.filter(family=family)


def _ended(family: int, user):
    return _periods(family, user).exclude(ends_on=None)


def _bases(family: int, user):
    hidden = Q(kind__in=hidden_values(user, SENSITIVE_BASES))
    return rows_of_all_periods(LegalBasis, family).exclude(hidden)


def _bases_ended(family: int, user):
    return _bases(family, user).exclude(ends_on=None)


def _work_url(family: int) -> str:
    return reverse("families:work", args=[family])


def _render_start(family: int, facts: dict) -> dict:
    note = f"sprawa {facts['year']}/{facts['serial']:03d}"
    return {"title": "Początek pracy z rodziną", "note": note, "url": _work_url(family), "key": True}


def _render_end(family: int, facts: dict) -> dict:
    reason = ClosingReason(facts["reason"]).label
    return {"title": "Zakończenie pracy z rodziną", "note": reason, "url": _work_url(family), "key": True}


def _render_basis(family: int, facts: dict) -> dict:
    return {"title": f"Podstawa pracy: {BasisKind(facts['kind']).label}", "url": _work_url(family)}


def _render_basis_end(family: int, facts: dict) -> dict:
    title = f"Koniec podstawy: {BasisKind(facts['kind']).label}"
    return {"title": title, "note": facts["reason"], "url": _work_url(family), "key": True}


def _render_assistant(family: int, facts: dict) -> dict:
    until = f"do {date.fromisoformat(facts['until']):%d.%m.%Y}" if facts["until"] else ""
    title = f"{TITLES[AssignmentKind(facts['kind'])]}: {facts['name']}"
    return {"title": title, "note": until, "url": _work_url(family)}


def _render_lead_worker(family: int, facts: dict) -> dict:
    return {"title": f"Prowadzący pracownik socjalny: {facts['name']}", "url": _work_url(family)}
