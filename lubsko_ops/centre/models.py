import time

from django.db import models

from lubsko_ops.audit.models import AuditedModel


class Centre(AuditedModel):
    """Ośrodek: a single row with the name and address for pages and printouts."""

    name = models.CharField("pełna nazwa", max_length=200)
    name_locative = models.CharField("pełna nazwa w miejscowniku", max_length=200, blank=True)
    short_name = models.CharField("skrót", max_length=60)
    locality = models.CharField("miejscowość", max_length=80)
    address_line = models.CharField("adres", max_length=200, blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)
    email = models.EmailField("e-mail", blank=True)
    website = models.CharField("strona", max_length=120, blank=True)

    class Meta:
        verbose_name = "ośrodek"
        verbose_name_plural = "ośrodek"

    def __str__(self):
        return self.short_name


CACHE_SECONDS = 60
_cache: tuple[float, Centre | None] = (0.0, None)


def get_centre() -> Centre | None:
    """The centre, cached in the process for a minute because every page shows it. None until it is entered."""
    global _cache
    expires, row = _cache
    if time.monotonic() > expires:
        row = Centre.objects.order_by("pk").first()
        _cache = (time.monotonic() + CACHE_SECONDS, row)
    return row


def get_letterhead() -> Centre:
    """The centre for documents; until it is entered, a general name."""
    return get_centre() or Centre(name="Ośrodek pomocy społecznej", short_name="OPS")


def clear_cache() -> None:
    """Clear the cached row (after a change, between tests)."""
    global _cache
    _cache = (0.0, None)
