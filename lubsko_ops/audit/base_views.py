"""Base views behind the login: each declares a permission and the access area for the access log."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest
from django.views import View
from django.views.generic import TemplateView

from lubsko_ops.audit import access_log
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.keyset_list import KeysetListMixin
from lubsko_ops.core.permissions import Permission, has_permission

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from lubsko_ops.accounts.models import User


class AuthenticatedRequest(HttpRequest):
    """For annotations: the request of a view behind the login, with what the middleware adds to it."""

    user: "User"
    now: datetime
    today: date
    htmx: "HtmxDetails"


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
        if not isinstance(getattr(cls, "permission", None), Permission):
            raise ImproperlyConfigured(f"{cls.__qualname__} declares no permission.")
        if not hasattr(cls, "access_area"):
            raise ImproperlyConfigured(f"{cls.__qualname__} declares no access_area.")
        return super().as_view(**initkwargs)

    def dispatch(self, request, *args, **kwargs):
        self.setup_object(**kwargs)
        if not has_permission(request.user, self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def setup_object(self, *args: Any, **kwargs: Any) -> None:
        """Hook: load the object of the URL from what the user may open, or raise Http404."""

    def log_access(self, families: Iterable[int]) -> None:
        """Note that the response shows data of these families (ids)."""
        if self.access_area is None:
            raise ImproperlyConfigured(
                f"{type(self).__qualname__} shows data of families without an access_area."
            )
        access_log.note_access(self.request, self.access_area, families)


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
