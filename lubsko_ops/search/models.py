"""Search queries, kept for an hour. A PESEL is stored only as a keyed hash and shown by its last digits."""

import re
import uuid
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from lubsko_ops.core.fields import clean_pesel, pesel_key

QUERY_LIFETIME = timedelta(hours=1)
MAX_QUERY_LENGTH = 200
# Eleven digits, possibly in groups; not part of a longer number and not after a plus (a foreign phone number).
PESEL_PATTERN = re.compile(r"(?<![\d+])\d(?:[^\w]{0,3}\d){10}(?!\d)")
MASKED_PESEL_PATTERN = re.compile(r"PESEL •{7}\d{4}")


class SearchQuery(models.Model):
    """Zapytanie: one search of a user; expires after QUERY_LIFETIME."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.CharField("zapytanie", max_length=MAX_QUERY_LENGTH)
    pesel_key = models.CharField("skrót PESEL", max_length=64, blank=True)
    created_at = models.DateTimeField("kiedy", db_index=True)

    class Meta:
        verbose_name = "zapytanie"
        verbose_name_plural = "zapytania"

    @property
    def text_without_pesel(self) -> str:
        """The query without PESEL numbers."""
        return " ".join(MASKED_PESEL_PATTERN.sub(" ", self.text).split())

    @property
    def has_invalid_pesel(self) -> bool:
        """Whether eleven digits were typed that are not a valid PESEL."""
        return not self.pesel_key and bool(MASKED_PESEL_PATTERN.search(self.text))


def mask_pesel(text: str) -> tuple[str, str]:
    """The text with every PESEL masked except its last digits, and the hash of the first valid one (or "")."""
    keys = []

    def mask(match: re.Match) -> str:
        digits = re.sub(r"\D", "", match[0])
        with suppress(ValidationError):  # an invalid number is masked too: it may be a typo
            keys.append(pesel_key(clean_pesel(digits)))
        return f" PESEL •••••••{digits[-4:]} "

    masked = " ".join(PESEL_PATTERN.sub(mask, text[:MAX_QUERY_LENGTH]).split())
    return masked[:MAX_QUERY_LENGTH], (keys or [""])[0]
