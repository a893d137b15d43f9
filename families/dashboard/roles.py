"""Which start page a person has. Whoever holds several roles has what each of them needs, the deciding one first."""

from families.dashboard import assistant, manager, social_worker
from lubsko_ops.core.dashboard import Panel
from lubsko_ops.core.permissions import Permission, Role, has_permission

PAGES = (
    (Role.MANAGER, manager.panels),
    (Role.SOCIAL_WORKER, social_worker.panels),
    (Role.ASSISTANT, assistant.panels),
)


def of_families(request) -> list[Panel]:
    """Nothing for those who may not open a file: the administrator sees no family."""
    if not has_permission(request.user, Permission.FAMILY_VIEW):
        return []
    roles = request.user.roles
    pages = [panels for role, panels in PAGES if role in roles]
    if {Role.MANAGER, Role.SOCIAL_WORKER} <= roles:
        pages[1] = social_worker.panels_beside_manager
    return [panel for panels in pages for panel in panels(request)]
