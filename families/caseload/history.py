"""The models of this app in the history of a case file."""

from families.caseload.models import Assignment, LeadWorkerAssignment, LegalBasis, WorkPeriod
from families.people.history import FAMILY, hide_sensitive
from families.permissions import SENSITIVE_BASES
from lubsko_ops.audit.change_entries import HISTORY_TABLES, HistoryTable

PERIOD = frozenset({"period"})  # left out of the changes: obvious inside the file


def register() -> None:
    hidden = hide_sensitive("kind", SENSITIVE_BASES)
    for table in (
        HistoryTable(WorkPeriod, ("family",), "{year}/{serial:0>3}", FAMILY),
        HistoryTable(LegalBasis, ("period",), "{kind}", PERIOD, hidden_from=hidden),
        HistoryTable(Assignment, ("period",), "{assistant}", PERIOD),
        HistoryTable(LeadWorkerAssignment, ("family",), "{social_worker}", FAMILY),
    ):
        HISTORY_TABLES.register(table, order=20)
