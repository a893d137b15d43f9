"""Visits for tests: written through the deed, and their pages."""

from datetime import date, time

from django.urls import reverse

from families.choices import Kinship, NotifiedParty
from families.visits.actions import log_contact, log_visit
from families.visits.dto import AgreementData, ConcernData, VisitData
from lubsko_ops.core import clock
from tests.form_client import parse_form, submit_form

FACTS = "Kacper odrabiał lekcje przy stole w kuchni."
YESTERDAY = date(2026, 10, 12)


def visit_data(day=YESTERDAY, starts_at="13:30", ends_at="14:30", **said) -> VisitData:
    """What is said of a visit: an hour of yesterday unless told otherwise."""
    said.setdefault("facts", "Kacper odrabiał lekcje przy stole.")
    hours = {"starts_at": time.fromisoformat(starts_at), "ends_at": time.fromisoformat(ends_at)}
    return VisitData(day=day, **hours, **said)


def make_visit(family, by, day=YESTERDAY, **said):
    """A visit in the family's last period of work."""
    period = family.periods.order_by("-starts_on").first()
    return log_visit(period=period, data=visit_data(day, **said), by=by)


def new_visit_url(family) -> str:
    return reverse("families:visit-new", args=[family.pk])


def visit_url(visit, name="visit") -> str:
    return reverse(f"families:{name}", args=[visit.period.family_id, visit.pk])


def member_of(family, kinship):
    return family.memberships.get(kinship=kinship).person


def initial_form_data(client, family) -> dict:
    return parse_form(client.get(new_visit_url(family)).content.decode())


def log(client, family, **fields):
    fields.setdefault("facts", FACTS)
    return submit_form(client, new_visit_url(family), **fields)


def agreed(family, by, what="Złożyć wniosek", day=date(2026, 10, 5), **said):
    said.setdefault("person", member_of(family, Kinship.MOTHER))
    return make_visit(family, by, day, agreements=[AgreementData(what, **said)]).agreements.get()


def called(family, by, day=YESTERDAY, **said):
    """A contact in the family's last period of work: a call from the school yesterday unless told otherwise."""
    values = {"way": "phone", "party": "school", "about": "Nieobecności Kacpra."} | said
    period = family.periods.order_by("-starts_on").first()
    return log_contact(period=period, day=day, by=by, **values)


def in_danger(family, by, day=YESTERDAY, *, at=time(14, 10), **said):
    """A danger to a child found at a visit; the social worker was told at once."""
    danger = ConcernData(
        description="Okno bez klamki, Kacper wchodzi na parapet.",
        action_taken="Odsunięte łóżko.",
        notified=NotifiedParty.SOCIAL_WORKER,
        notified_at=clock.to_instant(day, at),
    )
    return make_visit(family, by, day, danger=danger, **said).danger


def diary_of(family) -> str:
    return reverse("families:case-log", args=[family.pk])
