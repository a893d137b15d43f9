"""The tables of the diary: which fields are filled in a tuple, and the reason the deed leaves in the history."""

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

RECORDED = ("id", "entered_at", "entered_by", "version")
OF_VISIT = "Wpis wizyty"
TABLES = {
    Visit: OF_VISIT,
    VisitAttendee: OF_VISIT,
    Agreement: OF_VISIT,
    AgreementOutcome: OF_VISIT,
    SafeguardingConcern: OF_VISIT,
    SafeguardingStep: "Krok w sprawie zagrożenia",
    Contact: "Wpis kontaktu",
    Assessment: "Okresowa ocena",
    ActionProgress: "Postęp działania planu",
    AccessLogEntry: "",
}
FIELDS = {
    Visit: (
        *RECORDED,
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
    VisitAttendee: (*RECORDED, "visit", "person"),
    Agreement: (*RECORDED, "visit", "what", "person", "agreed_by", "due_on"),
    AgreementOutcome: (*RECORDED, "agreement", "visit", "outcome", "moved_to"),
    SafeguardingConcern: (*RECORDED, "visit", "description", "action_taken", "notified", "notified_at"),
    SafeguardingStep: (*RECORDED, "concern", "day", "what", "closes"),
    Contact: (
        *RECORDED,
        "period",
        "author",
        "day",
        "starts_at",
        "minutes",
        "channel",
        "counterpart_type",
        "subject",
    ),
    Assessment: (*RECORDED, "period", "author", "covers_from", "covers_to", "handed_over_on"),
    ActionProgress: (*RECORDED, "action", "day", "visit", "state", "effect"),
    AccessLogEntry: ("id", "at", "user", "view_name", "access_area", "families"),
}
