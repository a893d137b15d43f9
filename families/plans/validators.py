"""Checks of plan actions; refusals are Polish sentences keyed by field."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError

from families import law
from families.caseload.models import WorkPeriod
from families.choices import ActionState, PlanState, SignatureKind
from families.people.models import Membership
from families.plans.dto import ProgressData, SignatureData
from families.plans.models import ActionProgress, Plan
from lubsko_ops.accounts.models import User
from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core import clock
from lubsko_ops.core.polish import join_list, short_date

STATE_REFUSALS = {
    PlanState.DRAFT: "Ten plan jest szkicem: nie został jeszcze wysłany do konsultacji.",
    PlanState.CONSULTATION: "Ten plan czeka na konsultację pracownika socjalnego.",
    PlanState.ACCEPTANCE: "Ten plan czeka na akceptację kierownika.",
    PlanState.ACCEPTED: "Ten plan jest już zaakceptowany. Jego treści nie zmienia się, zmiana to nowa wersja.",
    PlanState.SIGNED: "Ten plan jest już podpisany. Jego treści nie zmienia się, zmiana to nowa wersja.",
}
REFUSAL_REASON = "Napisz, dlaczego odmówiono podpisu."
NOTHING_TO_REVIEW = "Nie ma planu, który teraz obowiązuje, więc nie ma czego przejrzeć."


def check_state(plan: Plan, *states: str) -> None:
    """Raise ValidationError, naming the present stage, unless the plan is at one of these stages."""
    if plan.state not in states:
        raise ValidationError(STATE_REFUSALS[plan.state])


def check_work_ongoing(period: WorkPeriod, *, on: date) -> None:
    """Raise ValidationError unless the work period includes the day."""
    if refusal := law.outside_work_refusal(on=on, began_on=period.starts_on, ended_on=period.ends_on):
        raise ValidationError(refusal)


def no_basis_refusal(period: WorkPeriod, *, on: date) -> str:
    """A sentence if no legal basis of the work is in force on the day, otherwise empty."""
    return law.no_basis_refusal(on=on, bases=period.bases.values_list("starts_on", "ends_on"))


def check_content(plan: Plan, *, period: WorkPeriod, first: bool) -> None:
    """Check what must hold even in a draft, of the days that are given; completeness is checked on sending."""
    refusals = {}
    start, end = plan.covers_from, plan.covers_to
    if start and end and end < start:
        refusals["covers_to"] = "Koniec okresu nie może poprzedzać początku. Popraw datę."
    if start and (refusal := law.before_work_refusal(began_on=period.starts_on, on=start)):
        refusals["covers_from"] = refusal
    if plan.coordinated and plan.coordinated_on and plan.coordinated_on > clock.today():
        refusals["coordinated_on"] = "Ten dzień jeszcze nie nadszedł."
    if not first and not plan.reason.strip():
        refusals["reason"] = "Napisz, dlaczego plan się zmienia."
    if refusals:
        raise ValidationError(refusals)


def check_complete(plan: Plan) -> None:
    """Check that the plan is complete enough for consultation (art. 15 ust. 3)."""
    rows = list(plan.actions.order_by("position"))
    refusals: dict[str, list[str]] = {}
    if not plan.main_goal.strip():
        refusals["main_goal"] = ["Wpisz cel główny."]
    if plan.coordinated and not (plan.coordinated_with.strip() and plan.coordinated_on):
        refusals["coordinated"] = ["Napisz, z kim i kiedy uzgodniono plan pomocy dziecku."]
    plan_refusals = [] if rows else ["Dodaj do planu przynajmniej jeden wiersz."]
    incomplete = [row.position for row in rows if not (row.goal.strip() and row.actions.strip() and row.area)]
    if incomplete:
        listed = ", ".join(str(each) for each in incomplete)
        plan_refusals.append(f"Uzupełnij obszar, cel i działania w wierszach: {listed}.")
    plan_refusals += law.incomplete_plan_refusals(
        without_term=[row.position for row in rows if row.due_on is None],
        without_effect=[row.position for row in rows if not row.expected_outcome.strip()],
    )
    if plan_refusals:
        refusals["__all__"] = plan_refusals
    if refusals:
        raise ValidationError(refusals)


def past_period_sentence(plan: Plan, start: date) -> str:
    """A sentence if the plan would begin to be in force after the last day it was written for, otherwise empty."""
    if start <= plan.covers_to:
        return ""
    return (
        f"Okres planu minął {short_date(plan.covers_to)}, a podpisy są kompletne dopiero od {short_date(start)}: "
        "plan nie wchodzi w życie sam."
    )


def check_author(plan: Plan, by: User) -> None:
    """Raise PermissionDenied unless the user is the author."""
    if plan.author_id != by.pk:
        raise PermissionDenied("Plan wycofuje do poprawy ten, kto go napisał.")


def own_plan_refusal(plan: Plan, by: User) -> str:
    """Four-eyes rule: a sentence if the user wrote the plan or changed its draft, otherwise empty."""
    return law.own_plan_refusal(by=by.pk, writers=plan.writers)


def check_not_own_plan(plan: Plan, by: User) -> None:
    """Raise PermissionDenied if the user wrote the plan."""
    if refusal := own_plan_refusal(plan, by):
        raise PermissionDenied(refusal)


def single_reviewer_refusal(plan: Plan, by: User) -> str:
    """A sentence if the user consulted the plan and the centre does not let one person do both, otherwise empty."""
    return law.single_reviewer_refusal(
        by=by.pk,
        consulted_by=plan.consulted_by_id,
        small_staff=bool(get_norm("small_staff", on=clock.today())),
    )


def check_single_reviewer(plan: Plan, by: User) -> bool:
    """Return whether the user also consulted the plan; raise PermissionDenied if the centre does not allow that."""
    if refusal := single_reviewer_refusal(plan, by):
        raise PermissionDenied(refusal)
    return by.pk == plan.consulted_by_id


def signature_refusals(plan: Plan, data: SignatureData) -> dict[str, str]:
    """Refusals of a signature or its refusal by field."""
    refusals = {}
    if data.day > clock.today():
        refusals["day"] = "Ten dzień jeszcze nie nadszedł."
    if data.day < plan.accepted_on:
        refusals["day"] = (
            f"Plan zaakceptowano {short_date(plan.accepted_on)}. Podpis nie może być wcześniejszy."
        )
    if data.kind == SignatureKind.REFUSED and not data.reason.strip():
        refusals["reason"] = REFUSAL_REASON
    members = Membership.objects.members_on(data.day).filter(family=plan.period.family_id, person=data.person)
    if not members.exists():
        refusals["person"] = "Ta osoba nie należy w tym dniu do rodziny."
    return refusals


def check_progress(plan: Plan, *, day: date | None, state: str, note: str) -> None:
    """Check that the plan is in force on the day, if it is given, and that a dropped action has a reason."""
    refusals = {}
    if day:
        period = plan.period
        ongoing = law.outside_work_refusal(on=day, began_on=period.starts_on, ended_on=period.ends_on)
        if day > clock.today():
            refusals["day"] = "Ten dzień jeszcze nie nadszedł."
        elif ongoing:
            refusals["day"] = ongoing
        elif not plan.in_force_on(day):
            refusals["day"] = f"W dniu {short_date(day)} ta wersja planu nie obowiązywała."
    if state == ActionState.DROPPED and not note.strip():
        refusals["note"] = "Napisz, dlaczego od tego odstąpiono."
    if refusals:
        raise ValidationError(refusals)


def visit_progress_refusals(
    progress: list[ProgressData], *, period: WorkPeriod, day: date, visit: int | None = None
) -> dict[str, str]:
    """Refusals by form field: actions must be of a plan in force on the day, and a dropped one needs a reason.

    Progress the visit has already recorded on the same day is allowed: signatures recorded late may since have
    replaced the version from an earlier day.
    """
    if any(each.action.plan.period_id != period.pk for each in progress):
        return {
            "day": "Zaznaczone działanie należy do planu z innego okresu pracy. Odznacz je albo popraw datę."
        }
    refusals = {}
    not_in_force = [each.action for each in progress if not each.action.plan.in_force_on(day)]
    if not_in_force and visit is not None:
        recorded = set(ActionProgress.objects.filter(visit=visit, day=day).values_list("action", flat=True))
        not_in_force = [action for action in not_in_force if action.pk not in recorded]
    if versions := sorted({action.plan.number for action in not_in_force}):
        names = join_list(f"wersja {number}" for number in versions)
        refusals["day"] = (
            f"W dniu {short_date(day)} nie obowiązywał plan, z którego zaznaczono działania ({names}). "
            "Popraw datę albo odznacz te działania."
        )
    for each in progress:
        if each.state == ActionState.DROPPED and not each.note.strip():
            refusals[f"touch_note_{each.action.pk}"] = "Napisz, dlaczego od tego odstąpiono."
    return refusals
