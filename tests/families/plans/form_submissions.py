"""Good fillings of the forms on the way of a plan, for the sweeps over all POSTs (tests/form_submissions.py)."""

from collections.abc import Callable
from datetime import date

from families.people.actions import end_membership
from tests import plan_factories
from tests.families.plans.pages import page_of, signed_by, with_grandmother


def _on_the_way(
    url_name: str, make: Callable, row: Callable | None = None, fields: Callable | None = None, **more
):
    """A form about a plan of the Kowalscy; ``row`` finds the row of the address, ``fields`` those named by ids."""

    def fill(request):
        cast = {name: request.getfixturevalue(name) for name in ("anna", "tomasz", "maria")}
        plan = make(request.getfixturevalue("kowalscy"), cast.pop("anna"), **cast)
        url = page_of(plan, url_name, *([row(plan).pk] if row else []))
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


def _signatures_of(plan) -> dict:
    said = {"Danuta": {"kind": "signed"}, "Zofia": {"kind": "refused", "reason": "Nie zgadza się."}}
    members = plan.period.family.memberships
    return {
        f"{field}_{members.get(person__first_name=name).person_id}": value
        for name, fields in said.items()
        for field, value in fields.items()
    }


def _reviewed(request):
    url, _ = _on_the_way("version", _in_force)(request)
    return f"{url.rpartition('/1/')[0]}/przeglad/", {"note": "Cele są nadal dobre."}


# Address name, who does it, and how it is filled: request -> (address, fields).
PLAN_SUBMISSIONS = [
    ("families:plan-consult", "tomasz", _on_the_way("consult", _sent, remarks="Warto dopisać szkołę.")),
    ("families:plan-accept", "maria", _on_the_way("accept", _consulted)),
    (
        "families:plan-send-back",
        "tomasz",
        _on_the_way(
            "send-back", _sent, text="Realny.",
            fields=lambda plan: {f"row_{plan.actions.get(position=2).pk}": "Kto sprawdza?"},
        ),
    ),
    ("families:plan-withdraw", "anna", _on_the_way("withdraw", _sent)),
    ("families:plan-sign", "anna", _on_the_way("sign", _accepted, fields=_signatures_of)),
    (
        "families:plan-signature-mistake",
        "anna",
        _on_the_way("signature-mistake", _half_signed, lambda plan: plan.signatures.get(), why="inna osoba"),
    ),
    ("families:plan-in-force", "anna", _on_the_way("in-force", _waiting)),
    ("families:plan-review", "anna", _reviewed),
    (
        "families:plan-progress",
        "anna",
        _on_the_way("progress", _in_force, lambda plan: plan.actions.get(position=1), state="done"),
    ),
]  # fmt: skip
