"""Factories of work plans in each state; they call the application's actions."""

from datetime import date, timedelta

from families.choices import Area, SignatureKind
from families.plans.actions import accept_plan, consult_plan, create_plan, record_signature, send_plan
from families.plans.dto import PlanData
from families.plans.models import Plan, PlanAction
from families.plans.queries import required_signers
from lubsko_ops.core import clock
from tests.recorded_rows import recorded

EDUCATION_ROW = {
    "area": Area.EDUCATION,
    "problem": "Kacper opuszcza lekcje",
    "goal": "Kacper nie opuszcza lekcji bez usprawiedliwienia",
    "actions": "Danuta odprowadza Kacpra do szkoły, asystent raz w tygodniu pyta wychowawcę.",
    "who": "Danuta, asystent",
    "due_on": date(2027, 1, 31),
    "expected_outcome": "Do końca półrocza najwyżej jeden dzień bez usprawiedliwienia.",
}
BUDGET_ROW = {
    "area": Area.BUDGET,
    "problem": "zaległości czynszowe",
    "goal": "Rodzina płaci czynsz na czas",
    "actions": "Danuta prowadzi zeszyt wydatków, asystent pomaga napisać wniosek o rozłożenie długu na raty.",
    "who": "Danuta, asystent",
    "due_on": date(2027, 2, 28),
    "expected_outcome": "Trzy kolejne miesiące bez nowej zaległości.",
}


def plan_data(*rows: PlanAction, addressed=(), **values) -> PlanData:
    """A plan for the half-year from today, with two complete rows by default."""
    today = clock.today()
    defaults = {
        "covers_from": today,
        "covers_to": today + timedelta(days=180),
        "main_goal": "Kacper chodzi do szkoły, a dom jest spokojny.",
    }
    rows = list(rows) or [PlanAction(**EDUCATION_ROW), PlanAction(**BUDGET_ROW)]
    return PlanData(Plan(**(defaults | values)), rows, list(addressed))


def get_period(family):
    return family.periods.get()


@recorded
def create_draft_plan(family, *, by, data: PlanData | None = None) -> Plan:
    return create_plan(period=get_period(family), data=data or plan_data(), by=by)


@recorded
def create_sent_plan(family, *, by, data: PlanData | None = None) -> Plan:
    return send_plan(plan=create_draft_plan(family, by=by, data=data), version=None, by=by)


@recorded
def create_consulted_plan(family, *, by, tomasz, data: PlanData | None = None) -> Plan:
    return consult_plan(plan=create_sent_plan(family, by=by, data=data), remarks="", version=None, by=tomasz)


@recorded
def create_accepted_plan(family, *, by, tomasz, maria, data: PlanData | None = None) -> Plan:
    plan = create_consulted_plan(family, by=by, tomasz=tomasz, data=data)
    return accept_plan(plan=plan, version=None, by=maria)


@recorded
def create_plan_in_force(family, *, by, tomasz, maria, data: PlanData | None = None) -> Plan:
    """Signed today by all required signers."""
    plan = create_accepted_plan(family, by=by, tomasz=tomasz, maria=maria, data=data)
    for person in required_signers(plan, on=clock.today()):
        record_signature(
            plan=plan, person=person, kind=SignatureKind.SIGNED, day=clock.today(), version=None, by=by
        )
    return Plan.objects.get(pk=plan.pk)
