"""The models of this app in the history of a case file."""

from django.db.models import Q

from families.caseload.history import PERIOD, by_work_period
from families.people.history import hide_without
from families.plans.models import (
    ActionProgress,
    Plan,
    PlanAction,
    PlanReturn,
    PlanReview,
    PlanSignature,
    RowRemark,
)
from families.plans.permissions import PLAN_VIEW
from lubsko_ops.audit.changes import HISTORY_TABLES, HistoryTable


def by_plan(family: int) -> Q:
    """Rows of the family's plans, also of deleted drafts."""
    return Q(plan__in=_plan_ids(family))


def by_plan_action(family: int) -> Q:
    actions = PlanAction.history.filter(plan__in=_plan_ids(family)).order_by()
    return Q(action__in=actions.values("id"))


def by_plan_return(family: int) -> Q:
    return Q(plan_return__in=PlanReturn.objects.filter(plan__in=_plan_ids(family)).values("pk"))


def _plan_ids(family: int):
    return Plan.history.filter(by_work_period(family)).order_by().values("id")


def register() -> None:
    hidden = hide_without(PLAN_VIEW)
    plan = frozenset({"plan"})
    for table in (
        HistoryTable(
            Plan, by_work_period, "wersja {number}", frozenset({"period", "author", "writers"}), hidden
        ),
        HistoryTable(PlanAction, by_plan, "{goal}", plan | {"origin", "position"}, hidden),
        HistoryTable(PlanSignature, by_plan, "{person}", plan, hidden),
        HistoryTable(PlanReturn, by_plan, "{day}", plan, hidden),
        HistoryTable(RowRemark, by_plan_return, "{about}", frozenset({"plan_return", "action"}), hidden),
        HistoryTable(PlanReview, by_work_period, "{day}", PERIOD, hidden),
        HistoryTable(ActionProgress, by_plan_action, "{action}", hidden_from=hidden),
    ):
        HISTORY_TABLES.register(table, order=40)
