"""The tables of visits and what belongs to them, with the reason in the history."""

from families.assessments.models import Assessment
from families.plans.models import ActionProgress
from families.visits.models import (
    Agreement,
    AgreementOutcome,
    Contact,
    SafeguardingConcern,
    SafeguardingStep,
    Visit,
    VisitAttendee,
)
from lubsko_ops.audit.models import AccessLogEntry

VISIT_REASON = "Wpis wizyty"
TABLES = {
    Visit: VISIT_REASON,
    VisitAttendee: VISIT_REASON,
    Agreement: VISIT_REASON,
    AgreementOutcome: VISIT_REASON,
    SafeguardingConcern: VISIT_REASON,
    SafeguardingStep: "Krok w sprawie zagrożenia",
    Contact: "Wpis kontaktu",
    Assessment: "Okresowa ocena",
    ActionProgress: "Postęp działania planu",
    AccessLogEntry: "",
}
