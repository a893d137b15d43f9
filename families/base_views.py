"""Base of every page inside a family's file: reach first, then the right, then the identity bar."""

from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, Case, Q, Value, When
from django.shortcuts import get_object_or_404
from django.urls import reverse

from families.case_files.header import get_header
from families.permissions import visible_to, workable_condition
from lubsko_ops.audit.base_views import PageView, PermissionRequiredView
from lubsko_ops.core.permissions import Permission, has_permission
from lubsko_ops.submissions.base_views import ActionFormView

HANDED_OVER = "Tę rodzinę przekazano komuś innemu. Możesz jeszcze czytać jej teczkę, ale nie zmieniać."


@dataclass(frozen=True)
class FileTab:
    """A page of the family file in the sub-navigation; rooms to the right register theirs."""

    order: int
    label: str
    url_name: str
    permission: Permission = Permission.FAMILY_VIEW


FILE_TABS: list[FileTab] = []


def register_tab(page: FileTab) -> None:
    FILE_TABS.append(page)
    FILE_TABS.sort(key=lambda each: each.order)


def _workable(user, on):
    condition = workable_condition(user, on=on)
    if condition == Q():
        return Value(True)
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


class FamilyMixin(PermissionRequiredView):
    """A view inside one family's file. Outside the person's reach the family does not exist (404).

    ``page``: the url name of the sub-navigation's current page. ``changes``: the view changes the file, so reading
    rights are not enough.
    """

    page = ""
    changes = False
    with_header = True  # False where the page names the family in its own way, with fewer statements

    def setup_object(self, pk, **kwargs) -> None:
        user, today = self.request.user, self.request.today
        families = visible_to(user, on=today).annotate(workable=_workable(user, today))
        self.family = get_object_or_404(families, pk=pk)
        if self.changes and not self.family.workable:
            raise PermissionDenied(HANDED_OVER)

    def get_context_data(self, **kwargs):
        if not self.with_header:
            return super().get_context_data(family=self.family, **kwargs)
        pages = [
            {
                "label": page.label,
                "url": reverse(page.url_name, args=[self.family.pk]),
                "current": page.url_name == self.page,
            }
            for page in FILE_TABS
            if has_permission(self.request.user, page.permission)
        ]
        return super().get_context_data(family=self.family, bar=self.identity, pages=pages, **kwargs)

    @cached_property
    def identity(self) -> dict:
        """What the identity bar shows; with it the standing of the case, for a view that asks more of it."""
        return get_header(self.family, user=self.request.user, on=self.request.today)


class FamilyPageView(FamilyMixin, PageView):
    """A page of the file that only shows."""

    def get(self, request, *args, **kwargs):
        self.log_access([self.family.pk])
        return super().get(request, *args, **kwargs)


class FamilyFormView(FamilyMixin, ActionFormView):
    """A form inside the file that calls one deed."""

    changes = True
    template_name = "families/form_page.html"

    def say_what_is_shown(self) -> None:
        self.log_access([self.family.pk])

    def back(self) -> str:
        return self.file_address(self.page or "families:overview")

    @property
    def draft_title(self) -> str:
        return f"{self.family.name}: {self.title}"

    def file_address(self, url_name: str = "families:people") -> str:
        return reverse(url_name, args=[self.family.pk])
