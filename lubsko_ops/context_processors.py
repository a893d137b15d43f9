"""Context of every page."""

from django.conf import settings

from lubsko_ops.centre.models import get_centre
from lubsko_ops.core.navigation import get_navigation
from lubsko_ops.core.permissions import Permission, has_permission


def layout(request) -> dict:
    """Context processor. No statement of its own but the centre's row once a minute."""
    user = getattr(request, "user", None)
    inside = bool(user and user.is_authenticated)
    return {
        "centre": get_centre(),
        "demo": settings.DEMO,
        "theme": user.theme if inside else "",
        "nav": get_navigation(request) if inside else [],
        "may_search": inside and has_permission(user, Permission.FAMILY_VIEW),
        "today": getattr(request, "today", None),
        "idle_seconds": settings.IDLE_MINUTES * 60,
        "second_factor": settings.SECOND_FACTOR,
    }
