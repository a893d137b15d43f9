"""The read log: who saw which family's data, when, and in which part of the file.

One row per answer that shows personal data, written in the same transaction before the answer leaves:
no row, no page. Refusals are written apart, after the rollback.
"""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from lubsko_ops.core import clock


class Part(models.TextChoices):
    """Część teczki, as the register of access names it."""

    LIST = "list", "lista rodzin"
    SEARCH = "search", "wyniki wyszukiwania"
    DOWNLOAD = "download", "pobrana lista rodzin"
    OVERVIEW = "overview", "przegląd"
    PEOPLE = "people", "osoby"
    BASICS = "basics", "dane rodziny"
    VISITS = "visits", "wizyty i kontakty"
    PLAN = "plan", "plan pracy"
    ASSIGNMENT = "assignment", "przydzielenie i podstawa"
    HISTORY = "history", "historia zmian"
    ACCESS = "access", "rejestr dostępu"
    DUPLICATES = "duplicates", "być może ta sama osoba"
    DRAFT = "draft", "szkic"


class ReadEntry(models.Model):
    """Wpis rejestru dostępu. Never changed, never deleted before its retention ends."""

    at = models.DateTimeField("kiedy")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="kto", related_name="+")
    address = models.CharField("nazwa adresu", max_length=80)
    part = models.CharField("część", max_length=20, choices=Part.choices)
    families = ArrayField(models.BigIntegerField(), verbose_name="rodziny", default=list)
    emergency = models.BooleanField("dostęp awaryjny", default=False)

    class Meta:
        verbose_name = "wpis rejestru dostępu"
        verbose_name_plural = "rejestr dostępu"
        indexes = [
            GinIndex(fields=["families"], name="read_by_family"),
            models.Index(fields=["user", "-at"], name="read_by_user"),
        ]


class RefusalEntry(models.Model):
    """Odmowa albo błąd: an address a person asked for and did not get."""

    at = models.DateTimeField("kiedy")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="kto", related_name="+", null=True
    )
    address = models.CharField("nazwa adresu", max_length=80)
    path = models.CharField("ścieżka", max_length=300)
    method = models.CharField("metoda", max_length=10)
    status = models.PositiveSmallIntegerField("odpowiedź")

    class Meta:
        verbose_name = "odmowa"
        verbose_name_plural = "odmowy"
        indexes = [
            models.Index(fields=["user", "-at"], name="refusal_by_user"),
            models.Index(fields=["path"], name="refusal_by_path", opclasses=["varchar_pattern_ops"]),
        ]


def note(request, part: Part, families: Iterable[int]) -> None:
    """Remember that this answer shows these families; the transaction writes it before the answer leaves.

    Called once more in the same request it adds families to the same row.
    """
    before = getattr(request, "read_note", None)
    ids = {*(before[1] if before else ()), *families}
    request.read_note = (part, ids)


def address_of(request) -> str:
    match = request.resolver_match
    return (match.view_name if match else "") or "?"


def write(request) -> None:
    """Write the row of this request, if its answer showed anything."""
    part, ids = getattr(request, "read_note", None) or (None, ())
    if part:
        ReadEntry.objects.create(
            at=clock.now(), user=request.user, address=address_of(request), part=part, families=sorted(ids)
        )


def refuse(request, status: int) -> None:
    """Write down a refusal or an error, in a transaction of its own."""
    user = getattr(request, "user", None)
    RefusalEntry.objects.create(
        at=clock.now(),
        user_id=user.pk if user and user.is_authenticated else None,
        address=address_of(request)[:80],
        path=request.path.replace("\x00", "")[:300],
        method=request.method[:10],
        status=status,
    )
