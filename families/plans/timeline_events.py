"""Timeline events of the plan: sent, returned, consulted, accepted, signed or refused, in force, reviewed."""

from django.db.models import Value
from django.db.models.functions import Concat, Left
from django.urls import reverse

from families.caseload.models import WorkPeriod
from families.choices import SignatureKind
from families.plans.models import Plan, PlanReturn, PlanReview, PlanSignature
from families.plans.permissions import PLAN_VIEW
from families.timeline import events
from lubsko_ops.core.permissions import has_permission

EXCERPT_LENGTH = 400


def _full_name(person: str):
    return Concat(f"{person}__first_name", Value(" "), f"{person}__last_name")


def register() -> None:
    kind, version = events.EventKind, {"version": "number"}
    by = version | {"who": "who"}
    for each in (
        kind("plan_sent", _plans("author"), "sent_on", by, _render_version("Plan wysłany do konsultacji")),
        kind(
            "plan_consulted",
            _plans("consulted_by"),
            "consulted_on",
            by | {"text": "excerpt"},
            _render_version("Plan skonsultowany"),
        ),
        kind("plan_accepted", _plans("accepted_by"), "accepted_on", by, _render_version("Plan zaakceptowany")),
        kind("plan_in_force", _plans(), "in_force_from", version, _render_version("Plan obowiązuje", key=True)),
        kind("plan_sent_back", _returns, "day", {"version": "plan__number", "who": "who", "text": "excerpt"},
               _render_version("Plan odesłany do poprawy")),
        kind("plan_signed", _signatures, "day",
               {"version": "plan__number", "kind": "kind", "person": "signer", "why": "reason"}, _render_signature),
        kind("plan_reviewed", _reviews, "day", {"who": "who", "text": "note"}, _render_review),
    ):  # fmt: skip
        events.EVENT_KINDS.register(each)


def _visible(rows, user):
    """The rows for users who may view plans, none for others."""
    return rows if has_permission(user, PLAN_VIEW) else rows.none()


def _periods(family: int):
    return WorkPeriod.objects.filter(family=family).values("pk")


def _plans(who: str = ""):
    """Plan versions of the family, with the name of the user in the given field as ``who``."""

    def rows(family: int, user):
        plans = _visible(Plan.objects.filter(period__in=_periods(family)), user)
        plans = plans.annotate(excerpt=Left("consultation", EXCERPT_LENGTH))
        return plans.annotate(who=_full_name(who)) if who else plans

    return rows


def _returns(family: int, user):
    rows = _visible(PlanReturn.objects.filter(plan__period__in=_periods(family)), user)
    return rows.annotate(who=_full_name("entered_by"), excerpt=Left("text", EXCERPT_LENGTH))


def _signatures(family: int, user):
    rows = _visible(PlanSignature.objects.filter(plan__period__in=_periods(family)), user)
    return rows.annotate(signer=_full_name("person"))


def _reviews(family: int, user):
    rows = _visible(PlanReview.objects.filter(period__in=_periods(family)), user)
    return rows.annotate(who=_full_name("entered_by"))


def _version_url(family: int, number: int) -> str:
    return reverse("families:plan-version", args=[family, number])


def _render_version(title: str, *, key: bool = False):
    def render(family: int, data: dict) -> dict:
        return {
            "title": f"{title}: wersja {data['version']}",
            "text": data.get("text") or "",
            "who": data.get("who") or "",
            "url": _version_url(family, data["version"]),
            "key": key,
        }

    return render


def _render_signature(family: int, data: dict) -> dict:
    title = "Odmowa podpisu pod planem" if data["kind"] == SignatureKind.REFUSED else "Podpis pod planem"
    return {
        "title": f"{title}: {data['person']}",
        "note": ", ".join(filter(None, [f"wersja {data['version']}", data["why"]])),
        "url": _version_url(family, data["version"]),
        "key": data["kind"] == SignatureKind.REFUSED,
    }


def _render_review(family: int, data: dict) -> dict:
    return {
        "title": "Przegląd planu bez zmian",
        "text": data["text"],
        "who": data["who"],
        "url": reverse("families:plan", args=[family]),
    }
