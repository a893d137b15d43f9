"""May this be written, sent, accepted? Refusals are sentences beside their fields."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError

from families import law
from families.caseload.models import WorkPeriod
from families.choices import ActionState, PlanState
from families.plans.dto import PlanData, TouchData
from families.plans.models import ActionProgress, Plan, PlanAction
from lubsko_ops.accounts.models import User
from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core import clock
from lubsko_ops.core.polish import join_list, short_date

NOT_HERE = {
    PlanState.DRAFT: "Ten plan jest szkicem: nie został jeszcze wysłany do konsultacji.",
    PlanState.CONSULTATION: "Ten plan czeka na konsultację pracownika socjalnego.",
    PlanState.ACCEPTANCE: "Ten plan czeka na akceptację kierownika.",
    PlanState.ACCEPTED: "Ten plan jest już zaakceptowany. Jego treści nie zmienia się, zmiana to nowa wersja.",
    PlanState.SIGNED: "Ten plan jest już podpisany. Jego treści nie zmienia się, zmiana to nowa wersja.",
}
NOTHING_TO_REVIEW = "Nie ma planu, który teraz obowiązuje, więc nie ma czego przejrzeć."


def check_state(plan: Plan, *states: str) -> None:
    """Only a plan that stands at one of these stages may be dealt with so; otherwise it says where it stands."""
    if plan.state not in states:
        raise ValidationError(NOT_HERE[plan.state])


def check_work_goes_on(period: WorkPeriod, *, on: date) -> None:
    """A plan belongs to work that goes on."""
    if refusal := law.outside_work_refusal(on=on, began_on=period.starts_on, ended_on=period.ends_on):
        raise ValidationError(refusal)


def check_content(data: PlanData, *, period: WorkPeriod, first: bool) -> None:
    """What even a draft must not contradict; what it may still lack is asked on sending."""
    refusals = {}
    if data.covers_to < data.covers_from:
        refusals["covers_to"] = "Koniec okresu nie może poprzedzać początku. Popraw datę."
    if refusal := law.before_work_refusal(began_on=period.starts_on, on=data.covers_from):
        refusals["covers_from"] = refusal
    if data.coordinated and data.coordinated_on and data.coordinated_on > clock.today():
        refusals["coordinated_on"] = "Ten dzień jeszcze nie nadszedł."
    if not first and not data.reason.strip():
        refusals["reason"] = "Napisz, dlaczego plan się zmienia."
    if refusals:
        raise ValidationError(refusals)


def check_complete(plan: Plan) -> None:
    """What a plan needs before anybody consults it (art. 15 ust. 3)."""
    rows = list(plan.actions.order_by("position"))
    refusals: dict[str, list[str]] = {}
    if not plan.main_goal.strip():
        refusals["main_goal"] = ["Wpisz cel główny."]
    if plan.coordinated and not (plan.coordinated_with.strip() and plan.coordinated_on):
        refusals["coordinated"] = ["Napisz, z kim i kiedy uzgodniono plan pomocy dziecku."]
    whole = [] if rows else ["Dodaj do planu przynajmniej jeden wiersz."]
    unnamed = [row.position for row in rows if not (row.goal.strip() and row.actions.strip() and row.area)]
    if unnamed:
        listed = ", ".join(str(each) for each in unnamed)
        whole.append(f"Uzupełnij obszar, cel i działania w wierszach: {listed}.")
    whole += law.incomplete_plan_refusals(
        without_term=[row.position for row in rows if row.due_on is None],
        without_effect=[row.position for row in rows if not row.expected.strip()],
    )
    if whole:
        refusals["__all__"] = whole
    if refusals:
        raise ValidationError(refusals)


def check_author(plan: Plan, by: User) -> None:
    """Raises PermissionDenied for anybody but the author."""
    if plan.author_id != by.pk:
        raise PermissionDenied("Plan wycofuje do poprawy ten, kto go napisał.")


def why_not_own(plan: Plan, by: User) -> str:
    """Four eyes: the sentence for a person who wrote the plan, the author or who mended its draft. One statement."""
    drafts = plan.history.filter(state=PlanState.DRAFT).exclude(history_change_reason__startswith="Odesłanie")
    writers = {plan.author_id, *drafts.values_list("history_user_id", flat=True)}
    return law.own_plan_refusal(by=by.pk, writers=writers)


def check_other_eyes(plan: Plan, by: User) -> None:
    """Raises PermissionDenied for a person who wrote the plan."""
    if refusal := why_not_own(plan, by):
        raise PermissionDenied(refusal)


def why_not_one_person(plan: Plan, by: User) -> str:
    """The sentence for a person who consulted the plan, unless the centre lets one person do both."""
    return law.single_reviewer_refusal(
        by=by.pk, consulted_by=plan.consulted_by_id, small_staff=bool(get_norm("small_staff"))
    )


def check_one_person(plan: Plan, by: User) -> bool:
    """Whether one person consults and accepts, which the centre must allow; raises PermissionDenied otherwise."""
    if refusal := why_not_one_person(plan, by):
        raise PermissionDenied(refusal)
    return by.pk == plan.consulted_by_id


def check_progress(plan: Plan, *, day: date, state: str, note: str) -> None:
    """Progress is of a plan in force on the day, and a dropped action says why."""
    if day > clock.today():
        raise ValidationError({"day": "Ten dzień jeszcze nie nadszedł."})
    check_work_goes_on(plan.period, on=day)
    if not plan.in_force_on(day):
        raise ValidationError({"day": f"W dniu {short_date(day)} ta wersja planu nie obowiązywała."})
    if state == ActionState.DROPPED and not note.strip():
        raise ValidationError({"note": "Napisz, dlaczego od tego odstąpiono."})


def worked_by(action: PlanAction, day: date) -> bool:
    """Whether the family was worked with by the plan of this action on the day."""
    return action.plan.in_force_on(day)


def why_not_touched(
    touches: list[TouchData], *, period: WorkPeriod, day: date, visit: int | None = None
) -> dict[str, str]:
    """Refusals by the names of the fields: actions are of the plan in force on the day; a dropped one says why.

    What the visit has told already of this very day stays: signatures written down late may have replaced the
    version since, from an earlier day.
    """
    if any(each.action.plan.period_id != period.pk for each in touches):
        return {
            "day": "Zaznaczone działanie należy do planu z innego okresu pracy. Odznacz je albo popraw datę."
        }
    refusals = {}
    strangers = [each.action for each in touches if not worked_by(each.action, day)]
    if strangers and visit is not None:
        told = set(ActionProgress.objects.filter(visit=visit, day=day).values_list("action", flat=True))
        strangers = [action for action in strangers if action.pk not in told]
    if strangers := sorted({action.plan.number for action in strangers}):
        names = join_list(f"wersja {number}" for number in strangers)
        refusals["day"] = (
            f"W dniu {short_date(day)} nie obowiązywał plan, z którego zaznaczono działania ({names}). "
            "Popraw datę albo odznacz te działania."
        )
    for each in touches:
        if each.state == ActionState.DROPPED and not each.note.strip():
            refusals[f"touch_note_{each.action.pk}"] = "Napisz, dlaczego od tego odstąpiono."
    return refusals
