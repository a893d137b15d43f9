"""Registrations of the plans app: case file tab, timeline, and signatures that keep a person in the family."""

from datetime import date

from families.base_views import FILE_TABS, FileTab
from families.caseload.models import WorkPeriod
from families.choices import PlanState
from families.people.corrections.actions import REMOVAL_BLOCKERS
from families.people.duplicates.merge_rules import MERGE_RULES, MergeRule
from families.people.membership_days import MEMBERSHIP_DAYS
from families.people.models import Family, Person
from families.plans import history, timeline_events
from families.plans.models import Plan, PlanSignature
from families.plans.papers import FOR_SIGNATURE, IN_FORCE
from families.plans.permissions import PLAN_ACCEPT, PLAN_AREA, PLAN_CONSULT, PLAN_SIGN, PLAN_VIEW, PLAN_WRITE
from lubsko_ops.accounts.duties import PERSON_DUTIES, DutyKind, PersonDuty
from lubsko_ops.audit.models import ACCESS_AREAS
from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.permissions import PERMISSIONS, Role
from lubsko_ops.core.polish import count_of, short_date
from lubsko_ops.output.issued_papers import PAPER_KINDS


def signed_plan_refusal(family: Family, person: Person, since: date | None) -> str:
    """A sentence if the person signed a plan, before ``since`` when given; otherwise empty."""
    signatures = PlanSignature.objects.filter(plan__period__family=family, person=person).order_by("day")
    signature = signatures.select_related("plan").first()
    if signature is None or (since and signature.day >= since):
        return ""
    return (
        f"Ta osoba {short_date(signature.day)} wypowiedziała się o planie pracy, wersja {signature.plan.number} "
        f"({signature.get_kind_display()}). Jej wpis w rodzinie musi zostać."
    )


def signature_days(family: int, person: int) -> list[tuple[date, str]]:
    """Days on which the person signed a plan or refused to."""
    rows = PlanSignature.objects.filter(plan__period__family=family, person=person)
    return [(row.day, f"{row.get_kind_display()} pod planem") for row in rows]


def signature_text(row: PlanSignature) -> str:
    """ "podpis 12.10.2026" or "odmowa podpisu 13.10.2026, powód: Nie zgadza się z celami."."""
    reason = f", powód: {row.reason}" if row.reason else ""
    return f"{row.get_kind_display()} {short_date(row.day)}{reason}"


def plan_duties(person, after: date) -> list[PersonDuty]:
    """Plans of the author that are still on their way: a draft, or sent for consultation or acceptance."""
    on_its_way = (PlanState.DRAFT, PlanState.CONSULTATION, PlanState.ACCEPTANCE)
    open_work = WorkPeriod.objects.active_on_or_after(after + ONE_DAY)
    number = Plan.objects.filter(author=person, state__in=on_its_way, period__in=open_work).count()
    text = count_of(number, "plan w przygotowaniu,plany w przygotowaniu,planów w przygotowaniu")
    return [PersonDuty(text)] if number else []


def register() -> None:
    PERSON_DUTIES.register(DutyKind("plans", Role.ASSISTANT, plan_duties), order=50)
    MEMBERSHIP_DAYS.register(signature_days)
    for permission in (PLAN_VIEW, PLAN_WRITE, PLAN_CONSULT, PLAN_ACCEPT, PLAN_SIGN):
        PERMISSIONS.register(permission, order=50)
    ACCESS_AREAS.register(PLAN_AREA)
    for kind in (FOR_SIGNATURE, IN_FORCE):
        PAPER_KINDS.register(kind)
    history.register()
    timeline_events.register()
    FILE_TABS.register(FileTab("Plan", "families:plan", PLAN_VIEW), order=25)
    REMOVAL_BLOCKERS.register(signed_plan_refusal)
    MERGE_RULES.register(
        MergeRule(
            PlanSignature,
            same=("plan",),
            differ=("kind", "day", "reason"),
            subject=lambda row: (
                f"Podpis pod planem: rodzina {row.plan.period.family}, wersja {row.plan.number}"
            ),
            text=signature_text,
            family="plan.period.family_id",
        )
    )
