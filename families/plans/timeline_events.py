"""Timeline events of the plan: sent, returned, consulted, accepted, signed or refused, in force, reviewed."""

from functools import partial

from django.db.models.functions import Left

from families.choices import SignatureKind
from families.plans.models import Plan, PlanReturn, PlanReview, PlanSignature
from families.plans.permissions import PLAN_VIEW
from families.timeline.events import EVENT_KINDS, EventKind
from lubsko_ops.core.links import reverse

EXCERPT_LENGTH = 400


def register() -> None:
    kind = partial(EventKind, permission=PLAN_VIEW)
    plan = partial(kind, model=Plan, family="period__family", parameters={"version": "number"})
    of_plan = partial(kind, family="plan__period__family", day="day", parameters={"version": "plan__number"})
    for each in (
        plan("plan_sent", day="sent_on", author="author", render=_version("Plan wysłany do konsultacji")),
        plan("plan_consulted", day="consulted_on", author="consulted_by", details=_with_excerpt(Plan, "consultation"),
             render=_version("Plan skonsultowany")),
        plan("plan_accepted", day="accepted_on", author="accepted_by", render=_version("Plan zaakceptowany")),
        plan("plan_in_force", day="in_force_from", render=_version("Plan obowiązuje", key=True)),
        of_plan("plan_sent_back", PlanReturn, author="entered_by", details=_with_excerpt(PlanReturn, "text"),
                render=_version("Plan odesłany do poprawy")),
        of_plan("plan_signed", PlanSignature, details=_signatures, render=_signature),
        kind("plan_reviewed", PlanReview, "period__family", "day", _review, author="entered_by",
             details=lambda user: PlanReview.objects.only("note")),
    ):  # fmt: skip
        EVENT_KINDS.register(each)


def _with_excerpt(model, text: str):
    return lambda user: model.objects.only("pk").annotate(excerpt=Left(text, EXCERPT_LENGTH))


def _signatures(user):
    rows = PlanSignature.objects.select_related("person")
    return rows.only("kind", "reason", "person__first_name", "person__last_name")


def _event(entry, title: str, **words) -> dict:
    url = reverse("families:plan-version", args=[entry.family, entry.parameters["version"]])
    return {"title": title, "url": url, **words}


def _version(title: str, *, key: bool = False):
    def render(entry, row) -> dict:
        text = row.excerpt if row else ""
        return _event(entry, f"{title}: wersja {entry.parameters['version']}", text=text, key=key)

    return render


def _signature(entry, row: PlanSignature) -> dict:
    refused = row.kind == SignatureKind.REFUSED
    title = "Odmowa podpisu pod planem" if refused else "Podpis pod planem"
    note = ", ".join(filter(None, [f"wersja {entry.parameters['version']}", row.reason]))
    return _event(entry, f"{title}: {row.person}", note=note, key=refused)


def _review(entry, row: PlanReview) -> dict:
    url = reverse("families:plan", args=[entry.family])
    return {"title": "Przegląd planu bez zmian", "text": row.note, "url": url}
