"""The tables of visits and what belongs to them: the fields of a tuple, and the reason in the history."""

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

ENTRY = ("id", "entered_at", "entered_by", "version")
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
FIELDS = {
    Visit: (
        *ENTRY,
        *("period", "assistant", "day", "starts_at", "started_at", "minutes", "place", "kind", "result"),
        *(
            "areas",
            "tasks",
            "facts",
            "opinion",
            "next_day",
            "confirmation",
            "no_signature_reason",
            "kilometres",
        ),
    ),
    VisitAttendee: (*ENTRY, "visit", "person"),
    Agreement: (*ENTRY, "visit", "what", "person", "agreed_by", "due_on"),
    AgreementOutcome: (*ENTRY, "agreement", "visit", "outcome", "moved_to"),
    SafeguardingConcern: (*ENTRY, "visit", "description", "action_taken", "notified", "notified_at"),
    SafeguardingStep: (*ENTRY, "concern", "day", "what", "closes"),
    Contact: (
        *ENTRY,
        "period",
        "author",
        "day",
        "starts_at",
        "minutes",
        "channel",
        "counterpart_type",
        "subject",
    ),
    Assessment: (*ENTRY, "period", "author", "covers_from", "covers_to", "handed_over_on"),
    ActionProgress: (*ENTRY, "action", "day", "visit", "state", "effect"),
    AccessLogEntry: ("id", "at", "user", "view_name", "access_area", "families"),
}
