"""The tables of the diary: which fields are filled in a tuple, and the reason the deed leaves in the history."""

from families.assessments.models import Assessment
from families.plans.models import ActionProgress
from families.visits.models import (
    Agreement,
    AgreementTick,
    Contact,
    DangerReport,
    DangerStep,
    Presence,
    Visit,
)
from lubsko_ops.audit.models import ReadEntry

RECORDED = ("id", "entered_at", "entered_by", "version")
OF_VISIT = "Wpis wizyty"
TABLES = {
    Visit: OF_VISIT,
    Presence: OF_VISIT,
    Agreement: OF_VISIT,
    AgreementTick: OF_VISIT,
    DangerReport: OF_VISIT,
    DangerStep: "Krok w sprawie zagrożenia",
    Contact: "Wpis kontaktu",
    Assessment: "Okresowa ocena",
    ActionProgress: "Postęp działania planu",
    ReadEntry: "",
}
FIELDS = {
    Visit: (
        *RECORDED,
        *("period", "assistant", "day", "starts_at", "begins", "minutes", "place", "kind", "result"),
        *("areas", "tasks", "facts", "opinion", "next_day", "confirmation", "confirmation_why", "kilometres"),
    ),
    Presence: (*RECORDED, "visit", "person"),
    Agreement: (*RECORDED, "visit", "what", "person", "agreed_by", "due_on"),
    AgreementTick: (*RECORDED, "agreement", "visit", "outcome", "moved_to"),
    DangerReport: (*RECORDED, "visit", "description", "action_taken", "notified", "notified_at"),
    DangerStep: (*RECORDED, "report", "day", "what", "closes"),
    Contact: (*RECORDED, "period", "author", "day", "starts_at", "minutes", "way", "party", "about"),
    Assessment: (*RECORDED, "period", "author", "covers_from", "covers_to", "handed_over_on"),
    ActionProgress: (*RECORDED, "action", "day", "visit", "state", "effect"),
    ReadEntry: ("id", "at", "user", "address", "part", "families"),
}
