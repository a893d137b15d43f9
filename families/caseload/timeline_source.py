"""The work in the story of a case: its beginning and end, its bases, those who work with the family."""

from datetime import date

from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.urls import reverse

from families import sensitive_facts
from families.caseload.models import Assignment, LeadWorkerAssignment, LegalBasis, WorkPeriod
from families.caseload.queries import period_rows
from families.choices import AssignmentKind, BasisKind, ClosingReason
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
    source = events.TimelineSource
    for each in (
        source("began", _periods, "starts_on", {"year": "year", "serial": "serial"}, _tell_began),
        source("ended", _ended, "ends_on", {"reason": "closing_reason"}, _tell_ended),
        source("basis", _bases, "starts_on", {"kind": "kind"}, _tell_basis),
        source(
            "basis_ended", _bases_ended, "ends_on", {"kind": "kind", "why": "ended_why"}, _tell_basis_ended
        ),
        source(
            "assistant",
            lambda family, user: period_rows(Assignment)(family, user).annotate(name=_name("assistant")),
            "starts_on",
            {"kind": "kind", "name": "name", "until": "ends_on"},
            _tell_assistant,
        ),
        source(
            "lead",
            lambda family, user: LeadWorkerAssignment.objects.filter(family=family).annotate(
                name=_name("social_worker")
            ),
            "starts_on",
            {"name": "name"},
            _tell_lead,
        ),
    ):
        events.register_source(each)


def _periods(family: int, user):
    return WorkPeriod.objects.filter(family=family)


def _ended(family: int, user):
    return _periods(family, user).exclude(ends_on=None)


def _bases(family: int, user):
    hidden = Q(kind__in=sensitive_facts.hidden_values(user, sensitive_facts.SENSITIVE_BASES))
    return period_rows(LegalBasis)(family, user).exclude(hidden)


def _bases_ended(family: int, user):
    return _bases(family, user).exclude(ends_on=None)


def _to_work(family: int) -> str:
    return reverse("families:work", args=[family])


def _tell_began(family: int, said: dict) -> dict:
    number = f"{said['year']}/{said['serial']:03d}"
    return {
        "title": "Początek pracy z rodziną",
        "note": f"sprawa {number}",
        "url": _to_work(family),
        "key": True,
    }


def _tell_ended(family: int, said: dict) -> dict:
    reason = ClosingReason(said["reason"]).label
    return {"title": "Zakończenie pracy z rodziną", "note": reason, "url": _to_work(family), "key": True}


def _tell_basis(family: int, said: dict) -> dict:
    return {"title": f"Podstawa pracy: {BasisKind(said['kind']).label}", "url": _to_work(family)}


def _tell_basis_ended(family: int, said: dict) -> dict:
    title = f"Koniec podstawy: {BasisKind(said['kind']).label}"
    return {"title": title, "note": said["why"], "url": _to_work(family), "key": True}


def _tell_assistant(family: int, said: dict) -> dict:
    until = f"do {date.fromisoformat(said['until']):%d.%m.%Y}" if said["until"] else ""
    title = f"{TITLES[AssignmentKind(said['kind'])]}: {said['name']}"
    return {"title": title, "note": until, "url": _to_work(family)}


def _tell_lead(family: int, said: dict) -> dict:
    return {"title": f"Prowadzący pracownik socjalny: {said['name']}", "url": _to_work(family)}
