"""The first steps of a new installation; exports of all data of the centre."""

from django.conf import settings
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


class DataExport(models.Model):
    """Eksport danych ośrodka: who asked for it and why; its file, in encrypted parts, is deleted after a day."""

    class State(models.TextChoices):
        WAITING = "waiting", "czeka"
        READY = "ready", "gotowy"
        FAILED = "failed", "nie powstał"
        EXPIRED = "expired", "usunięty"

    reason = models.CharField("po co", max_length=300)
    requested_at = models.DateTimeField("zamówiono")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="kto", related_name="+"
    )
    state = models.CharField("stan", max_length=10, choices=State.choices, default=State.WAITING)
    tables_done = models.PositiveSmallIntegerField("zapisane tabele", default=0)
    tables_total = models.PositiveSmallIntegerField("wszystkie tabele", default=0)
    made_at = models.DateTimeField("powstał", null=True)
    expires_at = models.DateTimeField("do kiedy", null=True)
    rows = models.PositiveIntegerField("wiersze", default=0)
    size = models.PositiveBigIntegerField("rozmiar", default=0)

    class Meta:
        verbose_name = "eksport danych"
        verbose_name_plural = "eksporty danych"

    def __str__(self):
        return f"eksport {self.pk}"

    @property
    def filename(self) -> str:
        return f"eksport-{self.pk}.zip"


class DataExportPart(models.Model):
    """A part of the file of an export, in the encrypted file store."""

    export = models.ForeignKey(DataExport, models.CASCADE, verbose_name="eksport", related_name="parts")
    number = models.PositiveSmallIntegerField("kolejność")
    stored_as = models.UUIDField("plik", unique=True)
    checksum = models.CharField("suma kontrolna", max_length=64)
    size = models.PositiveIntegerField("rozmiar")

    class Meta:
        verbose_name = "część eksportu"
        verbose_name_plural = "części eksportu"
        constraints = [models.UniqueConstraint(fields=["export", "number"], name="export_part_once")]


class DataExportDownload(models.Model):
    """Pobranie eksportu: who and when."""

    export = models.ForeignKey(DataExport, models.PROTECT, verbose_name="eksport", related_name="downloads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="kto", related_name="+")
    at = models.DateTimeField("kiedy")

    class Meta:
        verbose_name = "pobranie eksportu"
        verbose_name_plural = "pobrania eksportu"
