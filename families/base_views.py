"""Base views of the pages inside a family's case file: visibility, permission, header and tabs."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, Case, QuerySet, Value, When
from django.http import Http404
from django.utils.safestring import SafeString

from families.permissions import ScopedQuery, filter_visible, workable_condition
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.audit.base_views import PageView, PermissionRequiredView
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import Permission, has_permission
from lubsko_ops.core.registry import Registry
from lubsko_ops.submissions.base_views import ActionFormView

READ_ONLY_MESSAGE = "Tę rodzinę przekazano komuś innemu. Możesz jeszcze czytać jej teczkę, ale nie zmieniać."


@dataclass(frozen=True)
class FileTab:
    """A tab of the case file; apps register theirs."""

    label: str
    url_name: str
    permission: Permission


FILE_TABS: Registry[FileTab] = Registry("tabs of the case file", key=lambda tab: tab.url_name)
# Tabs of the narrow part of a file that a specialist opens (families/case_files/specialist_views.py).
SPECIALIST_TABS: Registry[FileTab] = Registry("tabs for a specialist", key=lambda tab: tab.url_name)
# Parts of the page of the work that apps above it add: functions of the family, the user and the day that return the
# context of a template, which is its "template".
WORK_PARTS: Registry[Callable[..., dict]] = Registry("parts of the page of the work")
# Filled once each, by the apps that hold the model and the header: this module imports no app.
FAMILY_QUERYSET: Registry[Callable[[], QuerySet]] = Registry("queryset of families")
FILE_HEADER: Registry[Callable[..., dict]] = Registry("header of the case file")
FILE_ALERTS: Registry[Callable[..., list[SafeString]]] = Registry("alerts of the case file")


def _visible_family(user, on, pk) -> QuerySet:
    [families] = FAMILY_QUERYSET
    condition = workable_condition(user, on=on)
    workable = (
        Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
        if condition
        else Value(True)
    )
    return filter_visible(families(), user, on=on).annotate(workable=workable).filter(pk=pk)


# The family of a page, with ``workable``: whether the user may change it.
VISIBLE_FAMILY: ScopedQuery = ScopedQuery(_visible_family, pk=-2)


class FamilyMixin(PermissionRequiredView):
    """A view inside one family's case file; 404 when the user may not open the family.

    ``current_tab``: URL name of the tab the page belongs to. ``requires_workable``: the view changes the file, so a
    read-only family is refused.
    """

    current_tab = ""
    requires_workable = False
    with_header = True  # False where the page has a header of its own, with fewer queries

    def setup_object(self, pk, **kwargs) -> None:
        user, today = self.request.user, self.request.today
        family = VISIBLE_FAMILY.first(user, on=today, pk=pk)
        if family is None:
            raise Http404
        self.family = family
        note_shown([self.family.pk])
        if self.requires_workable and not self.family.workable:
            raise PermissionDenied(READ_ONLY_MESSAGE)

    def get_context_data(self, **kwargs):
        kwargs = {"family": self.family, "alerts": self.get_alerts()} | kwargs
        if not self.with_header:
            return super().get_context_data(**kwargs)
        tabs = [
            {
                "label": tab.label,
                "url": reverse(tab.url_name, args=[self.family.pk]),
                "current": tab.url_name == self.current_tab,
            }
            for tab in FILE_TABS
            if has_permission(self.request.user, tab.permission)
        ]
        return super().get_context_data(header=self.header, tabs=tabs, **kwargs)

    def get_alerts(self) -> list[SafeString]:
        """What stands on every page of the file, also on one without the header."""
        user, on = self.request.user, self.request.today
        return [each for get_alerts in FILE_ALERTS for each in get_alerts(self.family, user=user, on=on)]

    @cached_property
    def header(self) -> dict:
        """Context of the header of the file."""
        [get_header] = FILE_HEADER
        return get_header(self.family, user=self.request.user, on=self.request.today)


class FamilyPageView(FamilyMixin, PageView):
    """A read-only page of the case file."""


class FamilyFormView(FamilyMixin, ActionFormView):
    """A form inside the case file that calls one action."""

    requires_workable = True
    template_name = "case_files/form_page.html"

    @classmethod
    def draft_families(cls, *, pk: int, **kwargs) -> list[int]:
        return [pk]

    def get_cancel_url(self) -> str:
        return self.file_url(self.current_tab or "families:overview")

    @property
    def draft_title(self) -> str:
        return f"{self.family.name}: {self.page_title}"

    def file_url(self, url_name: str = "families:people") -> str:
        return reverse(url_name, args=[self.family.pk])
