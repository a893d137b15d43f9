"""Main navigation: items that apps register."""

from dataclasses import dataclass

from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import Permission, has_permission
from lubsko_ops.core.registry import Registry


@dataclass(frozen=True)
class NavItem:
    """One item of the main navigation, shown to users with the permission."""

    label: str
    url_name: str
    permission: Permission

    @property
    def url(self) -> str:
        return reverse(self.url_name)


NAVIGATION: Registry[NavItem] = Registry("main navigation", key=lambda item: item.url_name)


def get_navigation(request) -> list[dict]:
    """The user's items; the current one has the longest URL that the path starts with."""
    allowed = [(item.label, item.url) for item in NAVIGATION if has_permission(request.user, item.permission)]
    matching = [url for _, url in allowed if request.path.startswith(url) and url != "/"]
    current = max(matching, key=len, default="/" if request.path == "/" else "")
    return [{"label": label, "url": url, "current": url == current} for label, url in allowed]
