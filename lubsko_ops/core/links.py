"""Addresses of pages and of static files, remembered: a page asks for dozens of them, and they do not change."""

from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Any

import django.urls
from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage

REMEMBERED = 4096  # addresses in each process, the least recently used are dropped; about 2 MB


def reverse(view_name: str, args: Any = (), kwargs: dict[str, Any] | None = None) -> str:
    """The address of a page, as ``django.urls.reverse`` gives it."""
    named = tuple(sorted(kwargs.items())) if kwargs else ()
    urlconf = django.urls.get_urlconf() or settings.ROOT_URLCONF
    return _reverse(view_name, tuple(args), named, urlconf, django.urls.get_script_prefix())


@lru_cache(REMEMBERED)
def _reverse(view_name: str, args: tuple, kwargs: tuple, urlconf: str, prefix: str) -> str:
    """Everything that an address depends on is an argument; the prefix is where the server mounts the application."""
    return django.urls.reverse(view_name, urlconf=urlconf, args=args, kwargs=dict(kwargs))


class RememberingStaticStorage(CompressedManifestStaticFilesStorage):
    """Compressed static files under hashed names, which are those of the manifest until the process ends."""

    @cached_property
    def remembered(self) -> Callable[..., str]:
        return lru_cache(REMEMBERED)(super().url)

    def url(self, name: str, force: bool = False) -> str:
        return self.remembered(name, force)
