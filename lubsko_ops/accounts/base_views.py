"""Base views of the pages of one person of the staff, and the registry of their tabs and panels."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.base_views import PageView, PermissionRequiredView
from lubsko_ops.core.dashboard import Panel
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import Permission, has_permission
from lubsko_ops.core.registry import Registry
from lubsko_ops.submissions.base_views import ActionFormView

ACCOUNT_FILE = "account"  # kind of file in the history: the account of one person, by its id


@dataclass(frozen=True)
class PersonTab:
    """A tab of the pages of one person of the staff, or a list about all of it; for users with the permission."""

    label: str
    url_name: str
    permission: Permission


PERSON_TABS: Registry[PersonTab] = Registry("tabs of a person of the staff", key=lambda tab: tab.url_name)
# Lists of other apps about the whole staff, as buttons of Pracownicy.
STAFF_LISTS: Registry[PersonTab] = Registry("lists about the staff", key=lambda tab: tab.url_name)
# Functions of (request, person) that return what another app shows on the page of the account, or None; the roles of
# today and later are loaded as ``person.running_grants``.
PERSON_PANELS: Registry[Callable[..., Panel | None]] = Registry("panels of a person of the staff")


class PersonMixin(PermissionRequiredView):
    """A view about one person of the staff (``self.person``, from the URL). 404 for an unknown one."""

    access_area = None
    current_tab = ""
    person: User

    def setup_object(self, pk, **kwargs) -> None:
        person = User.objects.with_roles(self.request.today).filter(pk=pk).first()
        if person is None:
            raise Http404
        self.person = person

    def get_context_data(self, **kwargs):
        tabs = [
            {
                "label": tab.label,
                "url": reverse(tab.url_name, args=[self.person.pk]),
                "current": tab.url_name == self.current_tab,
            }
            for tab in PERSON_TABS
            if has_permission(self.request.user, tab.permission)
        ]
        # The page or form view that is combined with this one has it.
        return super().get_context_data(person=self.person, tabs=tabs, **kwargs)  # type: ignore[misc]


class PersonPageView(PersonMixin, PageView):
    """A read-only page of a person of the staff; its template extends accounts/person.html."""


class PersonFormView(PersonMixin, ActionFormView):
    """A form about a person of the staff; "Anuluj" and saving lead to the current tab."""

    template_name = "accounts/person_form_page.html"
    result: Any

    def get_cancel_url(self) -> str:
        return reverse(self.current_tab, args=[self.person.pk])
