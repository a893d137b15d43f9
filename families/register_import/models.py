"""Imports of the register a centre kept before: their state, the file while it is needed, progress, the rows made."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core.fields import EncryptedTextField


class ImportState(models.TextChoices):
    """Stan wczytywania."""

    CHECKING = "checking", "sprawdzanie arkusza"
    HAS_ERRORS = "has_errors", "są błędy do poprawienia"
    READY = "ready", "gotowe do wczytania"
    IMPORTING = "importing", "wczytywanie"
    DONE = "done", "wczytano"
    CANCELLED = "cancelled", "przerwano"
    FAILED = "failed", "nie udało się"
    UNDONE = "undone", "cofnięto"


RUNNING = (ImportState.CHECKING, ImportState.IMPORTING)
CHECKED = (ImportState.HAS_ERRORS, ImportState.READY)


class RegisterImport(AuditedModel):
    """Wczytanie rejestru: one upload, from its check to the families it made. ``note``: why it was stopped or undone.

    ``started_by``: who had it imported, the author of the rows. The counts are those of the check, then of the import.
    """

    state = models.CharField(
        "stan", max_length=10, choices=ImportState.choices, default=ImportState.CHECKING, editable=False
    )
    checksum = models.CharField("suma kontrolna pliku", max_length=64, editable=False)
    families = models.PositiveIntegerField("rodziny", default=0, editable=False)
    people = models.PositiveIntegerField("osoby", default=0, editable=False)
    errors = models.PositiveIntegerField("błędy", default=0, editable=False)
    warnings = models.PositiveIntegerField("uwagi", default=0, editable=False)
    seconds = models.PositiveIntegerField("czas wczytywania w sekundach", null=True, editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="kto wczytał",
        related_name="+",
        null=True,
        editable=False,
    )
    note = models.CharField("dlaczego", max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = "wczytanie rejestru"
        verbose_name_plural = "wczytania rejestru"

    def __str__(self):
        return f"wczytanie {self.pk}, {self.get_state_display()}"

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING


class ImportFile(models.Model):
    """The uploaded file and what its check found, both encrypted; the row is deleted after seven days.

    ``content``: a ZIP of the uploaded files without their names; empty once it is imported. ``report``: JSON of a
    ``Report``.
    """

    register_import = models.OneToOneField(
        RegisterImport, models.CASCADE, verbose_name="wczytanie", primary_key=True, related_name="file"
    )
    uploaded_at = models.DateTimeField("przesłano", db_index=True)
    content = models.BinaryField("plik")
    report = EncryptedTextField("wynik sprawdzenia", blank=True, default="")

    class Meta:
        verbose_name = "plik rejestru"
        verbose_name_plural = "pliki rejestru"


class ImportProgress(models.Model):
    """How far a job is, written over a connection of its own while the transaction of the job goes on.

    ``beat_at``: its last sign of life. ``attempts``: how often the present job was begun.
    """

    register_import = models.OneToOneField(
        RegisterImport, models.CASCADE, verbose_name="wczytanie", primary_key=True, related_name="progress"
    )
    stage = models.CharField("co teraz", max_length=80, blank=True)
    done = models.PositiveIntegerField("zrobiono", default=0)
    total = models.PositiveIntegerField("wszystkiego", default=0)
    beat_at = models.DateTimeField("ostatni znak")
    attempts = models.PositiveSmallIntegerField("próby", default=0)
    cancel_requested = models.BooleanField("kazano przerwać", default=False)

    class Meta:
        verbose_name = "postęp wczytywania"
        verbose_name_plural = "postępy wczytywania"

    @property
    def percent(self) -> int:
        return 100 * min(self.done, self.total) // self.total if self.total else 0


class ImportedRows(models.Model):
    """The rows of one model that an import made, for undoing it."""

    register_import = models.ForeignKey(
        RegisterImport, models.CASCADE, verbose_name="wczytanie", related_name="rows"
    )
    label = models.CharField("rodzaj wpisów", max_length=60)  # "people.person"
    ids = ArrayField(models.BigIntegerField(), verbose_name="wpisy")

    class Meta:
        verbose_name = "wczytane wpisy"
        verbose_name_plural = "wczytane wpisy"
        constraints = [
            models.UniqueConstraint(
                fields=["register_import", "label"],
                name="imported_rows_once",
                violation_error_message="Te wpisy są już zapisane przy tym wczytaniu.",
            )
        ]
