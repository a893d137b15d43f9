"""The models of social projects: lines with their editions, and the rows of an edition's document."""

from projects.models.editions import Edition, ProjectLine, ProjectStep
from projects.models.rows import (
    BudgetLine,
    DocumentRow,
    Partner,
    PlannedAction,
    Risk,
    SpecificGoal,
    StaffMember,
)

__all__ = [
    "BudgetLine",
    "DocumentRow",
    "Edition",
    "Partner",
    "PlannedAction",
    "ProjectLine",
    "ProjectStep",
    "Risk",
    "SpecificGoal",
    "StaffMember",
]
