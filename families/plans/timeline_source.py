"""The plan in the story of a case: sent, sent back, consulted, accepted, signed or refused, in force, reviewed."""

from django.db.models import Value
from django.db.models.functions import Concat, Left
from django.urls import reverse

from families.caseload.models import WorkPeriod
from families.choices import SignatureKind
from families.plans.models import Plan, PlanReturn, PlanReview, PlanSignature
from families.timeline import events
from lubsko_ops.core.permissions import Permission, has_permission

SHORT = 400


def _name(person: str):
    return Concat(f"{person}__first_name", Value(" "), f"{person}__last_name")


def register() -> None:
    source, version = events.TimelineSource, {"version": "number"}
    by = version | {"who": "who"}
    for each in (
        source("plan_sent", _plans("author"), "sent_on", by, _tell("Plan wysłany do konsultacji")),
        source(
            "plan_consulted",
            _plans("consulted_by"),
            "consulted_on",
            by | {"text": "said"},
            _tell("Plan skonsultowany"),
        ),
        source("plan_accepted", _plans("accepted_by"), "accepted_on", by, _tell("Plan zaakceptowany")),
        source("plan_in_force", _plans(), "in_force_from", version, _tell("Plan obowiązuje", key=True)),
        source("plan_sent_back", _returns, "day", {"version": "plan__number", "who": "who", "text": "said"},
               _tell("Plan odesłany do poprawy")),
        source("plan_signed", _signatures, "day",
               {"version": "plan__number", "kind": "kind", "person": "signer", "why": "reason"}, _tell_signed),
        source("plan_reviewed", _reviews, "day", {"who": "who", "text": "note"}, _tell_reviewed),
    ):  # fmt: skip
        events.register_source(each)


def _seen(rows, user):
    """A specialist reads no plans, so nothing of them stands in her story either."""
    return rows if has_permission(user, Permission.PLAN_VIEW) else rows.none()


def _periods(family: int):
    return WorkPeriod.objects.filter(family=family).values("pk")


def _plans(who: str = ""):
    """Versions of the family, with the name of the person in this field."""

    def rows(family: int, user):
        found = _seen(Plan.objects.filter(period__in=_periods(family)), user)
        found = found.annotate(said=Left("consultation", SHORT))
        return found.annotate(who=_name(who)) if who else found

    return rows


def _returns(family: int, user):
    rows = _seen(PlanReturn.objects.filter(plan__period__in=_periods(family)), user)
    return rows.annotate(who=_name("entered_by"), said=Left("text", SHORT))


def _signatures(family: int, user):
    rows = _seen(PlanSignature.objects.filter(plan__period__in=_periods(family)), user)
    return rows.annotate(signer=_name("person"))


def _reviews(family: int, user):
    rows = _seen(PlanReview.objects.filter(period__in=_periods(family)), user)
    return rows.annotate(who=_name("entered_by"))


def _to_version(family: int, number: int) -> str:
    return reverse("families:plan-version", args=[family, number])


def _tell(title: str, *, key: bool = False):
    def tell(family: int, said: dict) -> dict:
        return {
            "title": f"{title}: wersja {said['version']}",
            "text": said.get("text") or "",
            "who": said.get("who") or "",
            "url": _to_version(family, said["version"]),
            "key": key,
        }

    return tell


def _tell_signed(family: int, said: dict) -> dict:
    title = "Odmowa podpisu pod planem" if said["kind"] == SignatureKind.REFUSED else "Podpis pod planem"
    return {
        "title": f"{title}: {said['person']}",
        "note": ", ".join(filter(None, [f"wersja {said['version']}", said["why"]])),
        "url": _to_version(family, said["version"]),
        "key": said["kind"] == SignatureKind.REFUSED,
    }


def _tell_reviewed(family: int, said: dict) -> dict:
    return {
        "title": "Przegląd planu bez zmian",
        "text": said["text"],
        "who": said["who"],
        "url": reverse("families:plan", args=[family]),
    }
