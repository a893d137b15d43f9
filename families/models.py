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

__all__ = [
    "Address",
    "Assignment",
    "CaseCounter",
    "Family",
    "FamilyCategory",
    "FamilyProblem",
    "Membership",
    "NotSamePerson",
    "Person",
    "Phone",
    "SocialWorkerLead",
    "WorkBasis",
    "WorkPeriod",
]
