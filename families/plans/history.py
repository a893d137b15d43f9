"""The models of this app in the history of a case file."""

from families.caseload.history import PERIOD
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
from lubsko_ops.audit.change_entries import HISTORY_TABLES, HistoryTable


def register() -> None:
    plan = frozenset({"plan"})
    for table in (
        HistoryTable(
            Plan,
            ("period",),
            "wersja {number}",
            frozenset({"period", "author", "writers", "co_authors"}),
            PLAN_VIEW,
        ),
        HistoryTable(
            PlanAction, ("plan",), "{goal}", plan | {"origin", "position", "specialists"}, PLAN_VIEW
        ),
        HistoryTable(PlanSignature, ("plan",), "{person}", plan, PLAN_VIEW),
        HistoryTable(PlanReturn, ("plan",), "{day}", plan, PLAN_VIEW),
        HistoryTable(RowRemark, ("plan_return",), "{about}", frozenset({"plan_return", "action"}), PLAN_VIEW),
        HistoryTable(PlanReview, ("period",), "{day}", PERIOD, PLAN_VIEW),
        HistoryTable(ActionProgress, ("action",), "{action}", frozenset({"visit"}), PLAN_VIEW),
    ):
        HISTORY_TABLES.register(table, order=40)
