"""Base views behind the login: each declares a permission and the access area for the access log."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest
from django.views import View
from django.views.generic import TemplateView

from lubsko_ops.audit.models import ACCESS_AREAS, AccessArea
from lubsko_ops.core.keyset_list import KeysetListMixin
from lubsko_ops.core.permissions import PERMISSIONS, Permission, has_permission

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from lubsko_ops.accounts.models import User


class AuthenticatedRequest(HttpRequest):
    """For annotations: the request of a view behind the login, with what the middleware adds to it."""

    user: "User"
    now: datetime
    today: date
    htmx: "HtmxDetails"
    # An answer 404 that shows the user's own draft: it is in the access log, others of this status are not.
    shows_draft: bool


class PermissionRequiredView(View):
    """Base of every view behind the login.

    ``permission`` is required. ``access_area``: the part of a file the response shows, for the access log; None for
    responses without data of families. ``setup_object()`` runs before the permission check and raises 404 for objects
    the user may not open, so a refusal does not reveal that an object exists.
    """

    request: AuthenticatedRequest
    permission: Permission
    access_area: AccessArea | None

    @classmethod
    def as_view(cls, **initkwargs):
        permission, area = getattr(cls, "permission", None), getattr(cls, "access_area", "")
        if not isinstance(permission, Permission) or permission.codename not in PERMISSIONS:
            raise ImproperlyConfigured(f"{cls.__qualname__} declares no registered permission.")
        if area is not None and (not isinstance(area, AccessArea) or area.code not in ACCESS_AREAS):
            raise ImproperlyConfigured(f"{cls.__qualname__} declares no registered access_area.")
        return super().as_view(**initkwargs)

    def dispatch(self, request, *args, **kwargs):
        self.setup_object(**kwargs)
        if not has_permission(request.user, self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def setup_object(self, *args: Any, **kwargs: Any) -> None:
        """Hook: load the object of the URL from what the user may open, or raise Http404."""


class PageView(PermissionRequiredView, TemplateView):
    """A read-only page. With ``fragment``, htmx requests get that template with the same context."""

    request: AuthenticatedRequest
    fragment = ""

    def get_template_names(self):
        is_htmx = self.request.htmx and not self.request.htmx.history_restore_request
        return [self.fragment] if self.fragment and is_htmx else [self.template_name]


class KeysetListView(KeysetListMixin, PageView):
    """A page with a keyset-paginated list."""

    request: AuthenticatedRequest
