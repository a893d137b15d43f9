"""What somebody searched for, kept for an hour. A PESEL is kept as its keyed hash only, and shown by its end."""

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
# Eleven digits in a row, also written in groups; more digits are something else, and so is what follows a plus.
PESEL_PATTERN = re.compile(r"(?<![\d+])\d(?:[^\w]{0,3}\d){10}(?!\d)")
MASKED_PESEL_PATTERN = re.compile(r"PESEL •{7}\d{4}")


class SearchQuery(models.Model):
    """Zapytanie: what one person searched for, for an hour."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.CharField("zapytanie", max_length=MAX_QUERY_LENGTH)
    pesel_key = models.CharField("skrót PESEL", max_length=64, blank=True)
    asked_at = models.DateTimeField("kiedy", db_index=True)

    class Meta:
        verbose_name = "zapytanie"
        verbose_name_plural = "zapytania"

    @property
    def words(self) -> str:
        """The query without the PESEL."""
        return " ".join(MASKED_PESEL_PATTERN.sub(" ", self.text).split())

    @property
    def wrong_pesel(self) -> bool:
        """Eleven digits were typed that are no PESEL."""
        return not self.pesel_key and bool(MASKED_PESEL_PATTERN.search(self.text))


def mask_pesel(typed: str) -> tuple[str, str]:
    """The text as it may be stored, with every PESEL masked but for its end, and the hash of the first right one."""
    keys = []

    def mask(match: re.Match) -> str:
        digits = re.sub(r"\D", "", match[0])
        with suppress(ValidationError):  # with a slip it may still be somebody's number: masked all the same
            keys.append(pesel_key(clean_pesel(digits)))
        return f" PESEL •••••••{digits[-4:]} "

    masked = " ".join(PESEL_PATTERN.sub(mask, typed[:MAX_QUERY_LENGTH]).split())
    return masked[:MAX_QUERY_LENGTH], (keys or [""])[0]
