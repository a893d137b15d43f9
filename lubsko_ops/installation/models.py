"""How far a new installation is with its first steps."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from lubsko_ops.core.process_cache import ProcessCache


class SetupProgress(models.Model):
    """Pierwsze kroki: one row, made with the first administrator; installations from before have none and need none."""

    began_at = models.DateTimeField("rozpoczęto")
    skipped = ArrayField(models.CharField(max_length=20), verbose_name="pominięte kroki", default=list)
    finished_at = models.DateTimeField("zakończono", null=True, blank=True)

    class Meta:
        verbose_name = "pierwsze kroki"
        verbose_name_plural = "pierwsze kroki"


def _load() -> SetupProgress | None:
    return SetupProgress.objects.order_by("pk").first()


# Asked by the start page of managers and administrators.
PROGRESS: ProcessCache[SetupProgress | None] = ProcessCache(_load)
