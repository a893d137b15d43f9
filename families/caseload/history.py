"""The models of this app in the history of a case file."""

from django.db.models import Q

from families.caseload.models import Assignment, LeadWorkerAssignment, LegalBasis, WorkPeriod
from families.people.history import FAMILY, by_family, hide_sensitive
from families.permissions import SENSITIVE_BASES
from lubsko_ops.audit.changes import HISTORY_TABLES, HistoryTable

PERIOD = frozenset({"period"})  # left out of the changes: obvious inside the file


def by_work_period(family: int) -> Q:
    return Q(period__in=WorkPeriod.objects.filter(family=family).values("pk"))


def register() -> None:
    for table in (
        HistoryTable(WorkPeriod, by_family, "{year}/{serial:0>3}", FAMILY),
        HistoryTable(LegalBasis, by_work_period, "{kind}", PERIOD, hide_sensitive("kind", SENSITIVE_BASES)),
        HistoryTable(Assignment, by_work_period, "{assistant}", PERIOD),
        HistoryTable(LeadWorkerAssignment, by_family, "{social_worker}", FAMILY),
    ):
        HISTORY_TABLES.register(table, order=20)
