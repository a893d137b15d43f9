"""Work with the family on the timeline: start and end, legal bases, assistants, lead social workers."""

from datetime import date

from django.db.models import Case, CharField, Value, When

from families.caseload.models import Assignment, LeadWorkerAssignment, LegalBasis, WorkPeriod
from families.choices import AssignmentKind, BasisKind, ClosingReason
from families.permissions import SENSITIVE_BASES
from families.timeline.events import EVENT_KINDS, EventKind
from lubsko_ops.core.links import reverse

TITLES = {
    AssignmentKind.LEADING: "Asystent prowadzący",
    AssignmentKind.STAND_IN: "Zastępstwo",
    AssignmentKind.ACCOMPANYING: "Asystent towarzyszący",
    AssignmentKind.MONITORING: "Monitorowanie",
}
BASIS_CIRCLE = Case(
    *(When(kind=basis, then=Value(circle)) for basis, circle in SENSITIVE_BASES.items()),
    default=Value(""),
    output_field=CharField(),
)


def register() -> None:
    period = (WorkPeriod, "family")
    basis = {"parameters": {"kind": "kind"}, "circle": BASIS_CIRCLE}
    assistant = {"author": "assistant", "parameters": {"kind": "kind", "until": "ends_on"}}
    for kind in (
        EventKind("began", *period, "starts_on", _start, parameters={"year": "year", "serial": "serial"}),
        EventKind("ended", *period, "ends_on", _end, parameters={"reason": "closing_reason"}),
        EventKind("basis", LegalBasis, "period__family", "starts_on", _basis, **basis),
        EventKind("basis_ended", LegalBasis, "period__family", "ends_on", _basis_end, **basis,
                  details=lambda user: LegalBasis.objects.only("end_reason")),
        EventKind("assistant", Assignment, "period__family", "starts_on", _assistant, **assistant),
        EventKind("lead", LeadWorkerAssignment, "family", "starts_on", _lead_worker, author="social_worker"),
    ):  # fmt: skip
        EVENT_KINDS.register(kind)


def _event(entry, title: str, *, note: str = "", key: bool = False) -> dict:
    """``who`` is empty: where the title names a user, they did not enter the row themselves."""
    url = reverse("families:work", args=[entry.family])
    return {"title": title, "note": note, "who": "", "url": url, "key": key}


def _start(entry, row) -> dict:
    number = f"{entry.parameters['year']}/{entry.parameters['serial']:03d}"
    return _event(entry, "Początek pracy z rodziną", note=f"sprawa {number}", key=True)


def _end(entry, row) -> dict:
    reason = ClosingReason(entry.parameters["reason"]).label
    return _event(entry, "Zakończenie pracy z rodziną", note=reason, key=True)


def _basis(entry, row) -> dict:
    return _event(entry, f"Podstawa pracy: {BasisKind(entry.parameters['kind']).label}")


def _basis_end(entry, row) -> dict:
    title = f"Koniec podstawy: {BasisKind(entry.parameters['kind']).label}"
    return _event(entry, title, note=row.end_reason, key=True)


def _assistant(entry, row) -> dict:
    until = entry.parameters["until"]
    title = f"{TITLES[AssignmentKind(entry.parameters['kind'])]}: {entry.author}"
    return _event(entry, title, note=f"do {date.fromisoformat(until):%d.%m.%Y}" if until else "")


def _lead_worker(entry, row) -> dict:
    return _event(entry, f"Prowadzący pracownik socjalny: {entry.author}")
