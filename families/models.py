"""The public list of models, nothing else."""

from families.assessments.models import Assessment
from families.caseload.models import (
    Assignment,
    CaseCounter,
    NotBegun,
    SocialWorkerLead,
    WorkBasis,
    WorkPeriod,
)
from families.care.models import Placement
from families.deadlines.models import Duty
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
from families.people.duplicates.models import AlikePair
from families.plans.models import (
    ActionProgress,
    Plan,
    PlanAction,
    PlanReturn,
    PlanReview,
    PlanSignature,
    RowRemark,
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
    "ActionProgress",
    "Address",
    "Agreement",
    "AgreementTick",
    "AlikePair",
    "Assessment",
    "Assignment",
    "CaseCounter",
    "Contact",
    "DangerReport",
    "DangerStep",
    "Duty",
    "Family",
    "FamilyCategory",
    "FamilyProblem",
    "Membership",
    "NotBegun",
    "NotSamePerson",
    "Person",
    "Phone",
    "Placement",
    "Plan",
    "PlanAction",
    "PlanReturn",
    "PlanReview",
    "PlanSignature",
    "Presence",
    "RowRemark",
    "SocialWorkerLead",
    "Visit",
    "WorkBasis",
    "WorkPeriod",
]
