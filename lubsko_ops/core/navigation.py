"""Main navigation: items that apps register."""

from dataclasses import dataclass

from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import Permission, has_permission
from lubsko_ops.core.registry import Registry


@dataclass(frozen=True)
class NavItem:
    """One item of the main navigation, shown to users with the permission; not to those with ``unless``.

    also_below: further addresses below which it is the current one.
    """

    label: str
    url_name: str
    permission: Permission
    also_below: tuple[str, ...] = ()
    unless: Permission | None = None

    @property
    def url(self) -> str:
        return reverse(self.url_name)

    def is_shown_to(self, user) -> bool:
        return has_permission(user, self.permission) and not (
            self.unless and has_permission(user, self.unless)
        )


NAVIGATION: Registry[NavItem] = Registry("main navigation", key=lambda item: item.url_name)


def get_navigation(request) -> list[dict]:
    """The user's items; the current one has the longest URL that the path starts with."""
    allowed = [item for item in NAVIGATION if item.is_shown_to(request.user)]
    urls = {path: item.url for item in allowed for path in (item.url, *item.also_below)}
    matching = [path for path in urls if request.path.startswith(path) and path != "/"]
    current = urls.get(max(matching, key=len, default=request.path), "")
    return [{"label": item.label, "url": item.url, "current": item.url == current} for item in allowed]
