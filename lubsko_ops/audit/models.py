from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.dispatch import receiver
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords
from simple_history.signals import post_create_historical_record

from lubsko_ops.core.registry import Registry

if TYPE_CHECKING:
    from lubsko_ops.accounts.models import User


class CachedHistoryManager(HistoryManager):
    """History manager whose queryset class is created once per model instead of at each access."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class, class_name=None):
        return super().from_queryset(queryset_class, class_name)


class PartialHistory(HistoricalRecords):
    """History without the excluded fields; a save of these alone, such as the time of a login, leaves no version."""

    def __init__(self, *, excluded_fields: list[str]):
        super().__init__(
            excluded_fields=excluded_fields,
            history_manager=CachedHistoryManager,
            history_id_field=models.BigAutoField(),
            history_change_reason_field=models.TextField(default=""),
        )

    def post_save(self, instance, created, using=None, *, update_fields=None, **kwargs):
        if update_fields is None or not set(update_fields) <= set(self.excluded_fields):
            super().post_save(instance, created, using=using, **kwargs)

    def get_change_reason_for_object(self, instance, history_type, using):
        """Also of a row that a library or a test saves without a reason."""
        return super().get_change_reason_for_object(instance, history_type, using) or ""


class VersionedModel(models.Model):
    """A row with a version and a history, saved by ``save_with_history``. The subclass says which history."""

    # Read by simple-history when the row is saved or deleted.
    _history_user: "User"
    _history_date: datetime
    _change_reason: str
    _last_version: models.Model  # its newest history row, once it is saved or deleted

    history: HistoricalRecords
    version = models.PositiveIntegerField("wersja", default=0, editable=False)

    class Meta:
        abstract = True

    def validate_constraints(self, exclude=None) -> None:
        """Nothing: the database alone checks constraints, which is safe under concurrency (save_with_history)."""


class AuditedModel(VersionedModel):
    """A row with its author, entry time, version and full history.

    A subclass names in ``set_by_actions`` the fields that actions set. Users fill in all others: forms, actions,
    initial values and copying take them from ``entered_fields()``, so that no list of them is written again.
    """

    set_by_actions: ClassVar[tuple[str, ...]] = ()

    entered_at = models.DateTimeField("wpisano", editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="wpisał(a)", related_name="+", editable=False
    )

    history = HistoricalRecords(
        inherit=True,
        history_manager=CachedHistoryManager,
        history_id_field=models.BigAutoField(),
        history_change_reason_field=models.TextField(default=""),
    )

    class Meta:
        abstract = True

    @classmethod
    def entered_fields(cls) -> "list[models.Field]":
        """The fields that users fill in."""
        fields = [each for each in cls._meta.concrete_fields if each.editable and not each.primary_key]
        return [each for each in fields if each.name not in cls.set_by_actions]

    def entered_values(self) -> dict[str, Any]:
        """Values of these fields by name, ids for relations: the initial values of a form."""
        return {each.name: each.value_from_object(self) for each in self.entered_fields()}

    def copy_entered(self, other: "AuditedModel") -> None:
        """Take the values of these fields from another row of the same model."""
        for each in self.entered_fields():
            setattr(self, each.attname, getattr(other, each.attname))


class Origin(models.TextChoices):
    """Skąd jest wpis."""

    ENTERED = "entered", "wpisany w programie"
    IMPORT = "import", "wczytany z dawnego rejestru"


class ImportableModel(models.Model):
    """A row that may come from the register the centre kept before.

    Such a row is exempt from the rules of forms; a constraint names the column where it leaves such rows out.
    """

    origin = models.CharField(
        "pochodzenie wpisu",
        max_length=7,
        choices=Origin.choices,
        default=Origin.ENTERED,
        db_default=Origin.ENTERED,
        editable=False,
    )

    class Meta:
        abstract = True


@receiver(post_create_historical_record)
def remember_version(instance: VersionedModel, history_instance: models.Model, **kwargs) -> None:
    instance._last_version = history_instance


class ChangeEntry(models.Model):
    """Wpis historii zmian: what one action changed in one file (a family), as rows of the history tables.

    Derived from these tables (change_entries.py) and never edited. The three arrays run side by side: the history row
    ``history_ids[n]`` is a version of the row ``row_ids[n]`` of the model ``labels[n]`` ("visits.visit").
    """

    at = models.DateTimeField("kiedy")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="kto",
        related_name="+",
        null=True,
        db_index=False,
    )
    reason = models.TextField("dlaczego")
    file_kind = models.CharField("rodzaj teczki", max_length=20)
    file_id = models.BigIntegerField("teczka")
    labels = ArrayField(models.CharField(max_length=60), verbose_name="rodzaje wpisów")
    row_ids = ArrayField(models.BigIntegerField(), verbose_name="wpisy")
    history_ids = ArrayField(models.BigIntegerField(), verbose_name="wersje wpisów")

    class Meta:
        verbose_name = "wpis historii zmian"
        verbose_name_plural = "historia zmian"
        indexes = [models.Index(fields=["file_kind", "file_id", "-at", "-id"], name="changes_of_file")]


@dataclass(frozen=True)
class AccessArea:
    """Część teczki: the part of a case file that a page shows, as recorded in the access log.

    ``is_listing``: the page lists many families; other pages count as openings of the file of each family.
    """

    code: str
    label: str
    is_listing: bool = False


ACCESS_AREAS: Registry[AccessArea] = Registry("access areas", key=lambda area: area.code)


class AccessLogEntry(models.Model):
    """Wpis rejestru dostępu. Append-only until its retention ends."""

    at = models.DateTimeField("kiedy")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="kto", related_name="+")
    view_name = models.CharField("nazwa adresu", max_length=80)
    access_area = models.CharField("część", max_length=20)  # code of an AccessArea
    families = ArrayField(models.BigIntegerField(), verbose_name="rodziny", default=list)
    # People shown outside the file of a family; people in their family's file are noted by the family.
    persons = ArrayField(
        models.BigIntegerField(), verbose_name="osoby spoza teczki", default=list, db_default=[]
    )
    emergency = models.BooleanField("dostęp awaryjny", default=False)

    class Meta:
        verbose_name = "wpis rejestru dostępu"
        verbose_name_plural = "rejestr dostępu"
        indexes = [
            GinIndex(fields=["families"], name="access_by_family"),
            GinIndex(fields=["persons"], name="access_by_person"),
            models.Index(fields=["user", "-at"], name="access_by_user"),
        ]

    @property
    def area_label(self) -> str:
        """Label of the area; its code when no installed app registers it any more."""
        area = ACCESS_AREAS.get(self.access_area)
        return area.label if area else self.access_area


class AccessDeniedEntry(models.Model):
    """Odmowa albo błąd: a request that was denied or failed."""

    at = models.DateTimeField("kiedy")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="kto", related_name="+", null=True
    )
    view_name = models.CharField("nazwa adresu", max_length=80)
    path = models.CharField("ścieżka", max_length=300)
    method = models.CharField("metoda", max_length=10)
    status = models.PositiveSmallIntegerField("odpowiedź")

    class Meta:
        verbose_name = "odmowa"
        verbose_name_plural = "odmowy"
        indexes = [
            models.Index(fields=["user", "-at"], name="denied_by_user"),
            models.Index(fields=["path"], name="denied_by_path", opclasses=["varchar_pattern_ops"]),
        ]
