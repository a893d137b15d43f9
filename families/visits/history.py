"""The models of this app in the history of a case file."""

from families.visits.models import (
    Agreement,
    AgreementOutcome,
    Contact,
    SafeguardingAcknowledgement,
    SafeguardingConcern,
    SafeguardingStep,
    Visit,
    VisitAttendee,
)
from families.visits.permissions import VISIT_VIEW
from lubsko_ops.audit.change_entries import HISTORY_TABLES, HistoryTable


def register() -> None:
    author, writer = frozenset({"period", "assistant", "specialists"}), frozenset({"period", "author"})
    for table in (
        HistoryTable(Visit, ("period",), "{day}", author, VISIT_VIEW),
        HistoryTable(VisitAttendee, ("visit",), "{person}", permission=VISIT_VIEW),
        HistoryTable(Agreement, ("visit",), "{what}", permission=VISIT_VIEW),
        HistoryTable(AgreementOutcome, ("visit",), "{agreement}", permission=VISIT_VIEW),
        HistoryTable(SafeguardingConcern, ("visit",), permission=VISIT_VIEW, name_select_related=("visit",)),
        HistoryTable(SafeguardingStep, ("concern",), "{day}", permission=VISIT_VIEW),
        HistoryTable(SafeguardingAcknowledgement, ("concern",), permission=VISIT_VIEW),
        HistoryTable(Contact, ("period",), "{day}", writer, VISIT_VIEW),
    ):
        HISTORY_TABLES.register(table, order=30)
