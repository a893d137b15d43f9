"""What of the plan a visit touched: the actions one may choose from, and writing down those one chose."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from families.caseload.models import WorkPeriod
from families.choices import ActionState
from families.people.models import Family
from families.plans.models import ActionProgress, PlanAction
from families.plans.queries import of_line
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import bulk_save_with_history, delete_with_history, save_with_history
from lubsko_ops.core.actions import action
from lubsko_ops.core.polish import list_in_words, short_day


@dataclass(frozen=True)
class TouchData:
    """An action worked on at a visit; an empty state: worked on, nothing changed."""

    action: PlanAction
    state: str = ""
    note: str = ""


def actions_to_touch(
    family: Family, *, since: date, until: date, also: Iterable[int] = (), leaving_out: int | None = None
) -> list[PlanAction]:
    """Actions of the versions in force on some of these days, newest version first; one statement.

    ``also``: ids of actions chosen already. Each has ``last_state``: the last state told along its line, not
    counting the visit ``leaving_out``.
    """
    held = Q(plan__in_force_to=None) | Q(plan__in_force_to__gte=since)
    line = of_line(OuterRef(OuterRef("the_line"))).values("pk")
    told = ActionProgress.objects.filter(action__in=line, day__lte=until).exclude(state="")
    told = told.exclude(visit=leaving_out) if leaving_out else told
    rows = PlanAction.objects.filter(held & Q(plan__in_force_from__lte=until) | Q(pk__in=list(also)))
    rows = rows.filter(plan__period__family=family).select_related("plan__period")
    rows = rows.annotate(the_line=Coalesce("first_id", "pk"))
    rows = rows.annotate(last_state=Subquery(told.order_by("-day", "-pk").values("state")[:1]))
    return list(rows.order_by("-plan__number", "position", "pk"))


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
        names = list_in_words(f"wersja {number}" for number in strangers)
        refusals["day"] = (
            f"W dniu {short_day(day)} nie obowiązywał plan, z którego zaznaczono działania ({names}). "
            "Popraw datę albo odznacz te działania."
        )
    for each in touches:
        if each.state == ActionState.DROPPED and not each.note.strip():
            refusals[f"touch_note_{each.action.pk}"] = "Napisz, dlaczego od tego odstąpiono."
    return refusals


@action
def touch_actions(*, visit, touches: list[TouchData], by: User, why: str) -> None:
    """Bring the progress told at a visit in line with what was said: rows written, changed, taken back.

    Raises ValidationError with sentences beside the fields of the visit's form.
    """
    if refusals := why_not_touched(touches, period=visit.period, day=visit.day, visit=visit.pk):
        raise ValidationError(refusals)
    # Written for the first time: nothing hangs on it yet, so nothing is asked for.
    before = {} if visit.version == 1 else {row.action_id: row for row in visit.touched.all()}
    for pk in before.keys() - {each.action.pk for each in touches}:
        delete_with_history(before[pk], by=by, why=why)
    fresh = []
    for each in touches:
        values = {"day": visit.day, "state": each.state, "note": each.note}
        row = before.get(each.action.pk)
        if row is None:
            fresh.append(ActionProgress(visit=visit, action=each.action, **values))
        elif values != {name: getattr(row, name) for name in values}:
            for name, value in values.items():
                setattr(row, name, value)
            save_with_history(row, by=by, why=why)
    bulk_save_with_history(fresh, by=by, why=why)
