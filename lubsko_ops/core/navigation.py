"""Main navigation: items that apps register."""

from dataclasses import dataclass

from django.urls import reverse

from lubsko_ops.core.permissions import Permission, has_permission


@dataclass(frozen=True)
class NavItem:
    """One item of the main navigation, shown to users with the permission."""

    label: str
    url_name: str
    permission: Permission
    order: int

    @property
    def url(self) -> str:
        return reverse(self.url_name)


NAVIGATION: list[NavItem] = []


def register_nav_item(item: NavItem) -> None:
    NAVIGATION.append(item)
    NAVIGATION.sort(key=lambda each: each.order)


def get_navigation(request) -> list[dict]:
    """The user's items; the current one has the longest URL that the path starts with."""
    allowed = [item for item in NAVIGATION if has_permission(request.user, item.permission)]
    matching = [item.url for item in allowed if request.path.startswith(item.url) and item.url != "/"]
    current = max(matching, key=len, default="/" if request.path == "/" else "")
    return [{"label": item.label, "url": item.url, "current": item.url == current} for item in allowed]
