"""Guarded views: a view names its permission and the part of the file it shows, or it does not start."""

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.views import View
from django.views.generic import TemplateView

from lubsko_ops.audit import access_log
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.permissions import Permission, has_permission


class PermissionRequiredView(View):
    """Base of every view behind the login.

    ``permission``: what one must be allowed to do. ``part``: the part of a file the answer shows, for the read
    log; None says out loud that the answer shows no family's data. ``reach()`` runs first and finds the object
    within the person's reach (404 outside), so that a stranger cannot tell a refusal from an empty place.
    """

    permission: Permission
    access_area: AccessArea | None

    @classmethod
    def as_view(cls, **initkwargs):
        if not isinstance(getattr(cls, "permission", None), Permission):
            raise ImproperlyConfigured(f"{cls.__qualname__} names no permission.")
        if not hasattr(cls, "access_area"):
            raise ImproperlyConfigured(f"{cls.__qualname__} does not say which part of a file it shows.")
        return super().as_view(**initkwargs)

    def dispatch(self, request, *args, **kwargs):
        self.setup_object(**kwargs)
        if not has_permission(request.user, self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def setup_object(self, **kwargs) -> None:
        """Find what the address names, within reach. Rooms override it."""

    def log_access(self, families) -> None:
        """Say that the answer shows these families' data (ids)."""
        access_log.note_access(self.request, self.access_area, families)


class PageView(PermissionRequiredView, TemplateView):
    """A page that only shows. With ``fragment`` it answers htmx with that smaller template and the same context."""

    fragment = ""

    def get_template_names(self):
        wants_part = self.request.htmx and not self.request.htmx.history_restore_request
        return [self.fragment] if self.fragment and wants_part else [self.template_name]
