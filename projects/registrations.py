"""What the app registers: permissions, navigation, the paper, history."""

from lubsko_ops.audit.change_entries import HISTORY_TABLES, HistoryTable
from lubsko_ops.core.navigation import NAVIGATION, NavItem
from lubsko_ops.core.permissions import PERMISSIONS
from lubsko_ops.output.issued_papers import PAPER_KINDS
from projects import models
from projects.papers import CARD, PROJECT_FILE
from projects.permissions import (
    CONSULTATION_WRITE,
    PARTICIPANT_ENROL,
    PROJECT_APPROVE,
    PROJECT_BEGIN,
    PROJECT_VIEW,
    PROJECT_WRITE,
)

NOT_SHOWN = frozenset({"line", "authors", "writers", "small_staff"})
ROWS = {
    models.ProjectStep: "{kind}",
    models.SpecificGoal: "{goal}",
    models.PlannedAction: "{name}",
    models.StaffMember: "{role}",
    models.Partner: "{name}",
    models.BudgetLine: "{name}",
    models.Risk: "{description}",
    models.Criterion: "{text}",
    models.ProjectGroup: "{name}",
}


def register() -> None:
    own = (PROJECT_VIEW, PROJECT_BEGIN, PROJECT_WRITE, PROJECT_APPROVE, PARTICIPANT_ENROL, CONSULTATION_WRITE)
    for permission in own:
        PERMISSIONS.register(permission, order=85)
    NAVIGATION.register(NavItem("Projekty", "projects:list", PROJECT_VIEW), order=30)
    PAPER_KINDS.register(CARD)
    HISTORY_TABLES.register(
        HistoryTable(models.Edition, (), "{title}", NOT_SHOWN, PROJECT_VIEW, file_kind=PROJECT_FILE), order=90
    )
    for model, name in ROWS.items():
        hidden = frozenset({"edition", "position"})
        HISTORY_TABLES.register(
            HistoryTable(model, ("edition",), name, hidden, PROJECT_VIEW, file_kind=PROJECT_FILE), order=91
        )
