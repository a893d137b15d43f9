"""Template context of every page."""

from django.conf import settings

from lubsko_ops.centre.models import get_centre
from lubsko_ops.core.navigation import get_navigation
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.search.permissions import SEARCH


def layout(request) -> dict:
    """Context of the page layout. Costs at most one statement a minute, for the cached centre."""
    user = getattr(request, "user", None)
    logged_in = bool(user and user.is_authenticated)
    return {
        "centre": get_centre(),
        "demo": settings.DEMO,
        "theme": user.theme if user and logged_in else "",
        "nav": get_navigation(request) if logged_in else [],
        "can_search": logged_in and has_permission(user, SEARCH),
        "today": getattr(request, "today", None),
        "idle_seconds": settings.IDLE_MINUTES * 60,
        "has_second_factor": settings.SECOND_FACTOR != "off",
        "second_factor_required": settings.SECOND_FACTOR == "required",
    }
