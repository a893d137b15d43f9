"""The pages under /ustawienia/ and the steps of a new installation: apps register theirs."""

from collections.abc import Callable
from dataclasses import dataclass

from lubsko_ops.audit.base_views import PageView, PermissionRequiredView
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import Permission, Role, has_permission
from lubsko_ops.core.registry import Registry
from lubsko_ops.submissions.base_views import ActionFormView


@dataclass(frozen=True)
class SettingsPage:
    """A page in the menu of the settings, shown to users with the permission."""

    label: str
    url_name: str
    permission: Permission
    is_needed: Callable[[], bool] | None = (
        None  # None: always; asked for each page of the settings, so it must be cheap
    )


SETTINGS_PAGES: Registry[SettingsPage] = Registry("pages of the settings", key=lambda page: page.url_name)


# Functions of the request that return HTML to stand under the menu, empty when there is nothing.
SETTINGS_NOTES: Registry[Callable[..., str]] = Registry("notes on the pages of the settings")


def get_settings_pages(user, current: str = "") -> list[dict]:
    """The pages of the settings that the user may open, for the menu; ``current``: URL name of the page shown."""
    return [
        {"label": page.label, "url": reverse(page.url_name), "current": page.url_name == current}
        for page in SETTINGS_PAGES
        if has_permission(user, page.permission)
        and (page.is_needed is None or page.url_name == current or page.is_needed())
    ]


class SettingsMixin(PermissionRequiredView):
    """A view of the settings: nothing of it concerns a family. ``current_page``: URL name of its item in the menu."""

    access_area = None
    current_page = ""

    def get_context_data(self, **kwargs):
        pages = get_settings_pages(self.request.user, self.current_page)
        # The page or form view that is combined with this one has it.
        notes = [note for get_note in SETTINGS_NOTES if (note := get_note(self.request))]
        return super().get_context_data(  # type: ignore[misc]
            settings_pages=pages, settings_notes=notes, **kwargs
        )


class SettingsPageView(SettingsMixin, PageView):
    """A read-only page of the settings; its template extends settings/page.html."""


class SettingsFormView(SettingsMixin, ActionFormView):
    """A form of the settings; "Anuluj" and saving lead to its page."""

    template_name = "settings/form_page.html"

    def get_cancel_url(self) -> str:
        return reverse(self.current_page)


@dataclass(frozen=True)
class StepState:
    """How far a step is. ``text``: what is there or what is missing ("0 rejonów"); shown also when it is done."""

    done: bool
    text: str
    waiting: bool = False  # done as far as this user can: waits for somebody else


@dataclass(frozen=True)
class SetupStep:
    """A step of "Pierwsze kroki": what it is, why it matters, where it is done and by whom.

    ``get_state(user, day)`` counts what is there. ``done_by``: the roles that do it; others see only its state.
    """

    key: str
    title: str
    why: str
    action: str  # the button: "Dodaj konta"
    url_name: str
    minutes: int
    done_by: frozenset[Role]
    get_state: Callable[..., StepState]


SETUP_STEPS: Registry[SetupStep] = Registry("steps of a new installation", key=lambda step: step.key)
