"""The models of this app in the history of a case file."""

from django.db.models import Q

from families.caseload.history import by_work_period
from families.caseload.models import WorkPeriod
from families.people.history import hide_without
from families.visits.models import (
    Agreement,
    AgreementOutcome,
    Contact,
    SafeguardingConcern,
    SafeguardingStep,
    Visit,
    VisitAttendee,
)
from families.visits.permissions import VISIT_VIEW
from lubsko_ops.audit.changes import HISTORY_TABLES, HistoryTable


def by_visit(family: int) -> Q:
    visits = Visit.objects.filter(period__in=WorkPeriod.objects.filter(family=family).values("pk"))
    return Q(visit__in=visits.values("pk"))


def by_concern(family: int) -> Q:
    concerns = SafeguardingConcern.objects.filter(
        visit__period__in=WorkPeriod.objects.filter(family=family).values("pk")
    )
    return Q(concern__in=concerns.values("pk"))


def register() -> None:
    hidden = hide_without(VISIT_VIEW)
    author, writer = frozenset({"period", "assistant"}), frozenset({"period", "author"})
    for table in (
        HistoryTable(Visit, by_work_period, "{day}", author, hidden),
        HistoryTable(VisitAttendee, by_visit, "{person}", hidden_from=hidden),
        HistoryTable(Agreement, by_visit, "{what}", hidden_from=hidden),
        HistoryTable(AgreementOutcome, by_visit, "{agreement}", hidden_from=hidden),
        HistoryTable(SafeguardingConcern, by_visit, hidden_from=hidden, name_select_related=("visit",)),
        HistoryTable(SafeguardingStep, by_concern, "{day}", hidden_from=hidden),
        HistoryTable(Contact, by_work_period, "{day}", writer, hidden),
    ):
        HISTORY_TABLES.register(table, order=30)
