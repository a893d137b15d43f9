"""What the app registers: permissions, navigation, the paper, history."""

from families.base_views import FILE_TABS, FileTab
from lubsko_ops.audit.change_entries import HISTORY_TABLES, HistoryTable
from lubsko_ops.audit.models import ACCESS_AREAS
from lubsko_ops.core.dashboard import URLS, NamedUrl
from lubsko_ops.core.links import reverse
from lubsko_ops.core.navigation import NAVIGATION, NavItem
from lubsko_ops.core.permissions import PERMISSIONS
from lubsko_ops.output.issued_papers import PAPER_KINDS
from lubsko_ops.search.providers import SEARCH_PROVIDERS
from projects import models, timeline_events
from projects.consultations import registrations as consultations
from projects.groups import registrations as groups
from projects.money import registrations as money
from projects.papers import CARD, PROJECT_FILE
from projects.participants import registrations as participants
from projects.permissions import (
    CONSULTATION_WRITE,
    FAMILY_PROJECTS,
    PARTICIPANT_ENROL,
    PARTICIPANTS_AREA,
    PROJECT_APPROVE,
    PROJECT_BEGIN,
    PROJECT_VIEW,
    PROJECT_WRITE,
    PROJECTS_AREA,
)
from projects.printouts.registrations import register as register_printouts
from projects.results import registrations as results
from projects.search import search_projects
from projects.surveys import registrations as surveys

NOT_SHOWN = frozenset({"search_key", "line", "authors", "writers", "small_staff"})
OWN_PERMISSIONS = (
    PROJECT_VIEW,
    PROJECT_BEGIN,
    PROJECT_WRITE,
    PROJECT_APPROVE,
    FAMILY_PROJECTS,
    PARTICIPANT_ENROL,
    CONSULTATION_WRITE,
)
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
    for permission in OWN_PERMISSIONS:
        PERMISSIONS.register(permission, order=85)
    NAVIGATION.register(NavItem("Projekty", "projects:list", PROJECT_VIEW, ("/grupy/",)), order=30)
    PAPER_KINDS.register(CARD)
    ACCESS_AREAS.register(PROJECTS_AREA)
    ACCESS_AREAS.register(PARTICIPANTS_AREA)
    FILE_TABS.register(FileTab("Projekty", "family-projects", FAMILY_PROJECTS), order=60)
    SEARCH_PROVIDERS.register(search_projects, order=20)
    URLS.register(NamedUrl("projects of a family", lambda family: reverse("family-projects", args=[family])))
    timeline_events.register()
    HISTORY_TABLES.register(
        HistoryTable(models.Edition, (), "{title}", NOT_SHOWN, PROJECT_VIEW, file_kind=PROJECT_FILE), order=90
    )
    for model, name in ROWS.items():
        hidden = frozenset({"edition", "position", "copied_from"})
        HISTORY_TABLES.register(
            HistoryTable(model, ("edition",), name, hidden, PROJECT_VIEW, file_kind=PROJECT_FILE), order=91
        )
    register_printouts()
    money.register()
    results.register()
    groups.register()
    participants.register()
    consultations.register()
    surveys.register()
