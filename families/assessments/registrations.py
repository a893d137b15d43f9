from families.assessments import timeline_events
from families.assessments.models import Assessment
from families.caseload.history import PERIOD
from lubsko_ops.audit.change_entries import HISTORY_TABLES, HistoryTable


def register() -> None:
    HISTORY_TABLES.register(
        HistoryTable(Assessment, ("period",), "{handed_over_on}", PERIOD | {"author"}), order=35
    )
    timeline_events.register()
