"""Valid submissions of the plan workflow forms, for the sweep tests over all POSTs (tests/form_submissions.py)."""

from collections.abc import Callable
from datetime import date

from families.people.actions import end_membership
from tests import plan_factories
from tests.families.plans.helpers import plan_version_url, signed_by, with_grandmother


def _workflow_form(
    url_name: str, make: Callable, row: Callable | None = None, fields: Callable | None = None, **more
):
    """A form about a plan of the Kowalscy; ``row`` gets the object of the URL, ``fields`` the fields named by ids."""

    def fill(request):
        cast = {name: request.getfixturevalue(name) for name in ("anna", "tomasz", "maria")}
        plan = make(request.getfixturevalue("kowalscy"), cast.pop("anna"), **cast)
        url = plan_version_url(plan, url_name, *([row(plan).pk] if row else []))
        return url, (fields(plan) if fields else {}) | more

    return fill


def _sent(family, anna, tomasz, maria):
    return plan_factories.create_sent_plan(family, by=anna)


def _consulted(family, anna, tomasz, maria):
    return plan_factories.create_consulted_plan(family, by=anna, tomasz=tomasz)


def _accepted(family, anna, tomasz, maria):
    with_grandmother(family, by=anna)
    return plan_factories.create_accepted_plan(family, by=anna, tomasz=tomasz, maria=maria)


def _half_signed(family, anna, tomasz, maria):
    plan = _accepted(family, anna, tomasz, maria)
    signed_by(plan, family, "Danuta", by=anna)
    return plan


def _waiting(family, anna, tomasz, maria):
    """Danuta has signed, the grandmother has moved away."""
    plan = _half_signed(family, anna, tomasz, maria)
    row = family.memberships.get(person__first_name="Zofia")
    end_membership(membership=row, on=date(2026, 10, 12), version=None, by=anna)
    return plan


def _in_force(family, anna, tomasz, maria):
    return plan_factories.create_plan_in_force(family, by=anna, tomasz=tomasz, maria=maria)


def _signature_fields(plan) -> dict:
    by_name = {"Danuta": {"kind": "signed"}, "Zofia": {"kind": "refused", "reason": "Nie zgadza się."}}
    members = plan.period.family.memberships
    return {
        f"{field}_{members.get(person__first_name=name).person_id}": value
        for name, fields in by_name.items()
        for field, value in fields.items()
    }


def _reviewed(request):
    url, _ = _workflow_form("version", _in_force)(request)
    return f"{url.rpartition('/1/')[0]}/przeglad/", {"note": "Cele są nadal dobre."}


# Address name, who does it, and how it is filled: request -> (address, fields).
PLAN_SUBMISSIONS = [
    ("families:plan-consult", "tomasz", _workflow_form("consult", _sent, remarks="Warto dopisać szkołę.")),
    ("families:plan-accept", "maria", _workflow_form("accept", _consulted)),
    (
        "families:plan-send-back",
        "tomasz",
        _workflow_form(
            "send-back", _sent, text="Realny.",
            fields=lambda plan: {f"row_{plan.actions.get(position=2).pk}": "Kto sprawdza?"},
        ),
    ),
    ("families:plan-withdraw", "anna", _workflow_form("withdraw", _sent)),
    ("families:plan-sign", "anna", _workflow_form("sign", _accepted, fields=_signature_fields)),
    (
        "families:plan-signature-mistake",
        "anna",
        _workflow_form("signature-mistake", _half_signed, lambda plan: plan.signatures.get(), why="inna osoba"),
    ),
    ("families:plan-in-force", "anna", _workflow_form("in-force", _waiting)),
    ("families:plan-unsigned", "maria", _workflow_form("unsigned", _accepted, cause="absent", reason="Szpital.")),
    ("families:plan-review", "anna", _reviewed),
    (
        "families:plan-progress",
        "anna",
        _workflow_form("progress", _in_force, lambda plan: plan.actions.get(position=1), state="done"),
    ),
]  # fmt: skip
