from families.case_files.summaries import refresh_due
from families.dashboard import assistant, manager, social_worker
from families.people.permissions import FAMILY_VIEW
from families.visits.queries import NEXT_VISITS
from lubsko_ops.core.dashboard import PANELS, Panel
from lubsko_ops.core.permissions import Role, has_permission

PANELS_BY_ROLE = (
    (Role.MANAGER, manager.get_manager_panels),
    (Role.SOCIAL_WORKER, social_worker.get_social_worker_panels),
    (Role.ASSISTANT, assistant.get_assistant_panels),
)


def get_family_panels(request) -> list[Panel]:
    """Panels of all roles of the user; none for a user who may not see families (an administrator)."""
    if not has_permission(request.user, FAMILY_VIEW):
        return []
    refresh_due(request.today)
    roles = request.user.roles
    getters = [get_panels for role, get_panels in PANELS_BY_ROLE if role in roles]
    if {Role.MANAGER, Role.SOCIAL_WORKER} <= roles:
        getters[1] = social_worker.get_panels_without_queue
    return [panel for get_panels in getters for panel in get_panels(request)]


def register() -> None:
    PANELS.register(get_family_panels, order=10)
    NEXT_VISITS.register(assistant.get_next_visit)
