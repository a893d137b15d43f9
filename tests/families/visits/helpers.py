"""Visits, contacts and concerns made through the actions, and URLs of their pages."""

from datetime import date, time

from django.urls import reverse

from families.choices import Kinship, NotifiedParty
from families.visits.actions import log_contact, log_visit
from families.visits.dto import VisitData
from families.visits.models import Agreement, SafeguardingConcern, Visit
from lubsko_ops.core import clock
from tests.form_client import parse_form, submit_form
from tests.recorded_rows import recorded

FACTS = "Kacper odrabiał lekcje przy stole w kuchni."
YESTERDAY = date(2026, 10, 12)


def visit_data(day=YESTERDAY, starts_at="13:30", ends_at="14:30", **values) -> VisitData:
    """A visit of an hour, by default yesterday."""
    values.setdefault("facts", "Kacper odrabiał lekcje przy stole.")
    columns = {each.name: values.pop(each.name) for each in Visit.entered_fields() if each.name in values}
    visit = Visit(day=day, starts_at=time.fromisoformat(starts_at), **columns)
    return VisitData(visit, time.fromisoformat(ends_at), **values)


@recorded
def make_visit(family, by, day=YESTERDAY, **values):
    """A visit in the last period of work."""
    period = family.periods.order_by("-starts_on").first()
    return log_visit(period=period, data=visit_data(day, **values), by=by)


def new_visit_url(family) -> str:
    return reverse("families:visit-new", args=[family.pk])


def visit_url(visit, name="visit") -> str:
    return reverse(f"families:{name}", args=[visit.period.family_id, visit.pk])


def member_of(family, kinship):
    return family.memberships.get(kinship=kinship).person


def initial_form_data(client, family) -> dict:
    return parse_form(client.get(new_visit_url(family)).content.decode())


# What the form never enters beforehand and a held visit needs.
ENTERED = {"held": "held", "confirmation": "none", "facts": FACTS}


def submit_visit(client, family, **fields):
    return submit_form(client, new_visit_url(family), **ENTERED | fields)


@recorded
def make_agreement(family, by, what="Złożyć wniosek", day=date(2026, 10, 5), **values):
    values.setdefault("person", member_of(family, Kinship.MOTHER))
    return make_visit(family, by, day, agreements=[Agreement(what=what, **values)]).agreements.get()


@recorded
def make_contact(family, by, day=YESTERDAY, **values):
    """A contact in the last period of work, by default a call from the school yesterday."""
    data = {"channel": "phone", "counterpart_type": "school", "subject": "Nieobecności Kacpra."} | values
    period = family.periods.order_by("-starts_on").first()
    return log_contact(period=period, day=day, by=by, **data)


@recorded
def make_concern(family, by, day=YESTERDAY, *, at=time(14, 10), **values):
    """A visit with a safeguarding concern reported to the social worker."""
    concern = SafeguardingConcern(
        description="Okno bez klamki, Kacper wchodzi na parapet.",
        action_taken="Odsunięte łóżko.",
        notified=NotifiedParty.SOCIAL_WORKER,
        notified_at=clock.to_instant(day, at),
    )
    return make_visit(family, by, day, concern=concern, **values).concern


def case_log_url(family) -> str:
    return reverse("families:case-log", args=[family.pk])
