"""Plans of the tests, written through the deeds: drafted, sent, consulted, accepted, in force."""

from datetime import date, timedelta

from families.choices import Area, SignatureKind
from families.plans.actions import accept_plan, begin_plan, consult_plan, send_plan
from families.plans.dto import PlanData, RowData
from families.plans.models import Plan
from families.plans.signing import record_signature, signers_of
from lubsko_ops.core import clock

READS = {
    "area": Area.EDUCATION,
    "problem": "Kacper opuszcza lekcje",
    "goal": "Kacper nie opuszcza lekcji bez usprawiedliwienia",
    "actions": "Danuta odprowadza Kacpra do szkoły, asystent raz w tygodniu pyta wychowawcę.",
    "who": "Danuta, asystent",
    "due_on": date(2027, 1, 31),
    "expected": "Do końca półrocza najwyżej jeden dzień bez usprawiedliwienia.",
}
PAYS = {
    "area": Area.BUDGET,
    "problem": "zaległości czynszowe",
    "goal": "Rodzina płaci czynsz na czas",
    "actions": "Danuta prowadzi zeszyt wydatków, asystent pomaga napisać wniosek o rozłożenie długu na raty.",
    "who": "Danuta, asystent",
    "due_on": date(2027, 2, 28),
    "expected": "Trzy kolejne miesiące bez nowej zaległości.",
}


def plan_data(*rows: RowData, **values) -> PlanData:
    """A plan for the half-year from today, with two whole rows unless others are given."""
    today = clock.today()
    said = {
        "covers_from": today,
        "covers_to": today + timedelta(days=180),
        "main_goal": "Kacper chodzi do szkoły, a dom jest spokojny.",
    }
    return PlanData(**(said | values), rows=list(rows) or [RowData(**READS), RowData(**PAYS)])


def period_of(family):
    return family.periods.get()


def drafted(family, *, by, data: PlanData | None = None) -> Plan:
    return begin_plan(period=period_of(family), data=data or plan_data(), by=by)


def sent(family, *, by, data: PlanData | None = None) -> Plan:
    return send_plan(plan=drafted(family, by=by, data=data), version=None, by=by)


def consulted(family, *, by, tomasz, data: PlanData | None = None) -> Plan:
    return consult_plan(plan=sent(family, by=by, data=data), remarks="", version=None, by=tomasz)


def accepted(family, *, by, tomasz, maria, data: PlanData | None = None) -> Plan:
    plan = consulted(family, by=by, tomasz=tomasz, data=data)
    return accept_plan(plan=plan, version=None, by=maria)


def in_force(family, *, by, tomasz, maria, data: PlanData | None = None) -> Plan:
    """Signed by everybody it needs, today."""
    plan = accepted(family, by=by, tomasz=tomasz, maria=maria, data=data)
    for person in signers_of(plan, on=clock.today()):
        record_signature(
            plan=plan, person=person, kind=SignatureKind.SIGNED, day=clock.today(), version=None, by=by
        )
    return Plan.objects.get(pk=plan.pk)
