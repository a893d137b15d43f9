"""Papers that were issued."""

from datetime import date
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from lubsko_ops.core import clock
from lubsko_ops.core.fields import EncryptedTextField


class IssuedPaper(models.Model):
    """Wydany wydruk: what it shows is fixed by the action that issued it, its bytes are rendered once afterwards.

    ``kind``: code of a ``PaperKind``. ``file_kind``, ``file_id``: the file it belongs to ("family", 125);
    ``subject_kind``, ``subject_id``: what it is about ("plan", 71). ``context``: JSON of what the template shows, with
    the names, addresses and laws of that day; ``context_checksum`` is that of this text. ``stored_as``: the name of
    the bytes in the file store; ``checksum`` and ``size`` are those of the bytes before encryption.

    A trigger refuses every change but of the columns of the bytes, which are filled in once, and of the ciphertext of
    the context.
    """

    kind = models.CharField("rodzaj", max_length=40)
    file_kind = models.CharField("rodzaj teczki", max_length=20)
    file_id = models.BigIntegerField("teczka")
    subject_kind = models.CharField("czego dotyczy", max_length=20)
    subject_id = models.BigIntegerField("wpis")
    number = models.CharField("numer", max_length=60)
    title = models.CharField("tytuł", max_length=120)
    template = models.CharField("szablon", max_length=80)
    template_version = models.PositiveSmallIntegerField("wersja szablonu")
    context = EncryptedTextField("treść")
    context_checksum = models.CharField("suma kontrolna treści", max_length=64)
    issued_at = models.DateTimeField("wydano")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="wydał(a)", related_name="+"
    )
    stored_as = models.UUIDField("plik", default=uuid4, unique=True, editable=False)
    checksum = models.CharField("suma kontrolna pliku", max_length=64, blank=True)
    size = models.PositiveIntegerField("rozmiar pliku", null=True)
    rendered_at = models.DateTimeField("plik powstał", null=True)

    class Meta:
        verbose_name = "wydany wydruk"
        verbose_name_plural = "wydane wydruki"
        indexes = [
            models.Index(fields=["file_kind", "file_id"], name="papers_of_file"),
            models.Index(fields=["id"], condition=Q(rendered_at=None), name="papers_to_render"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "kind", "number"],
                name="paper_issued_once",
                violation_error_message="Ten wydruk już wydano.",
            ),
            models.CheckConstraint(
                name="paper_rendered_whole",
                condition=Q(rendered_at=None, size=None, checksum="")
                | Q(rendered_at__isnull=False, size__gt=0, checksum__gt=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.number}"

    @property
    def issued_on(self) -> date:
        return clock.local_date(self.issued_at)
