"""The frame around every page: navigation that the rooms register, the centre's name, the person's theme."""

from dataclasses import dataclass

from django.urls import reverse

from lubsko_ops.core.permissions import Permission, has_permission


@dataclass(frozen=True)
class NavItem:
    """One tab of the main navigation; ``order`` places it, ``permission`` decides who has it."""

    label: str
    url_name: str
    permission: Permission
    order: int

    @property
    def url(self) -> str:
        return reverse(self.url_name)


NAVIGATION: list[NavItem] = []


def register(item: NavItem) -> None:
    NAVIGATION.append(item)
    NAVIGATION.sort(key=lambda each: each.order)


def navigation_of(request) -> list[dict]:
    """The person's tabs; the current one is the longest address that begins the path."""
    mine = [item for item in NAVIGATION if has_permission(request.user, item.permission)]
    fits = [item.url for item in mine if request.path.startswith(item.url) and item.url != "/"]
    current = max(fits, key=len, default="/" if request.path == "/" else "")
    return [{"label": item.label, "url": item.url, "current": item.url == current} for item in mine]
