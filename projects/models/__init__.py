"""The models of social projects: lines and editions, rows of their documents, groups, participants, surveys."""

from projects.models.consultations import Consultation
from projects.models.editions import APPROVED_STATES, Edition, ProjectLine, ProjectStep
from projects.models.groups import GroupDay, GroupLeader, ProjectGroup
from projects.models.indicators import IndicatorReading
from projects.models.money import Invoice
from projects.models.participation import (
    ENDED,
    HOLDING_PLACE,
    Criterion,
    CriterionAnswer,
    ParticipantConsent,
    Participation,
    ParticipationStep,
    TherapyReason,
)
from projects.models.rows import (
    BudgetLine,
    DocumentRow,
    Partner,
    PlannedAction,
    Risk,
    SpecificGoal,
    StaffMember,
)
from projects.models.surveys import Survey, SurveyAnswer, SurveyQuestion, SurveySheet

__all__ = [
    "APPROVED_STATES",
    "ENDED",
    "HOLDING_PLACE",
    "BudgetLine",
    "Consultation",
    "Criterion",
    "CriterionAnswer",
    "DocumentRow",
    "Edition",
    "GroupDay",
    "GroupLeader",
    "IndicatorReading",
    "Invoice",
    "ParticipantConsent",
    "Participation",
    "ParticipationStep",
    "Partner",
    "PlannedAction",
    "ProjectGroup",
    "ProjectLine",
    "ProjectStep",
    "Risk",
    "SpecificGoal",
    "StaffMember",
    "Survey",
    "SurveyAnswer",
    "SurveyQuestion",
    "SurveySheet",
    "TherapyReason",
]
