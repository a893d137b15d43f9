"""What somebody searched for, kept for an hour."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models

KEPT = timedelta(hours=1)
LONGEST = 200


class SearchQuery(models.Model):
    """Zapytanie: what one person searched for, for an hour."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.CharField("zapytanie", max_length=LONGEST)
    asked_at = models.DateTimeField("kiedy", db_index=True)

    class Meta:
        verbose_name = "zapytanie"
        verbose_name_plural = "zapytania"
