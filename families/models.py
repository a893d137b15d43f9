"""The public list of models, nothing else."""

from families.assignments.models import Assignment, CaseCounter, SocialWorkerLead, WorkBasis, WorkPeriod
from families.people.models import (
    Address,
    Family,
    FamilyCategory,
    FamilyProblem,
    Membership,
    NotSamePerson,
    Person,
    Phone,
)
from families.visits.models import (
    Agreement,
    AgreementTick,
    Contact,
    DangerReport,
    DangerStep,
    Presence,
    Visit,
)

__all__ = [
    "Address",
    "Agreement",
    "AgreementTick",
    "Assignment",
    "CaseCounter",
    "Contact",
    "DangerReport",
    "DangerStep",
    "Family",
    "FamilyCategory",
    "FamilyProblem",
    "Membership",
    "NotSamePerson",
    "Person",
    "Phone",
    "Presence",
    "SocialWorkerLead",
    "Visit",
    "WorkBasis",
    "WorkPeriod",
]
