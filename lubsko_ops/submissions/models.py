"""What a person sent (Submission) and what a person is still writing (Draft)."""

from datetime import timedelta

from django.conf import settings
from django.db import models

from lubsko_ops.core import clock
from lubsko_ops.core.fields import EncryptedJSONField, EncryptedTextField

DRAFT_LIFETIME_DAYS = 30


class Submission(models.Model):
    """Wysłany formularz: makes the same form sent twice give one record and the same answer.

    ``content`` is kept as long as drafts are, so that a second, different sending can be shown beside it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.UUIDField("klucz")
    deed = models.CharField("czynność", max_length=80)
    content_hash = models.CharField("skrót treści", max_length=64)
    content = EncryptedJSONField("treść", default=dict, blank=True)
    address = models.CharField("adres formularza", max_length=300)
    result_address = models.CharField("adres wyniku", max_length=300, blank=True)
    result_words = models.CharField("odpowiedź", max_length=500, blank=True)
    sent_at = models.DateTimeField("wysłano", db_index=True)

    class Meta:
        verbose_name = "wysłany formularz"
        verbose_name_plural = "wysłane formularze"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="submission_once")]


class DraftQuerySet(models.QuerySet):
    def waiting(self):
        """Drafts that have not expired."""
        return self.filter(saved_at__gte=clock.now() - timedelta(days=DRAFT_LIFETIME_DAYS))

    def expired(self):
        return self.filter(saved_at__lt=clock.now() - timedelta(days=DRAFT_LIFETIME_DAYS))


class Draft(models.Model):
    """Szkic: what was typed and not yet saved. Hangs on the key of its form, vanishes with the deed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    key = models.UUIDField("klucz")
    address = models.CharField("adres formularza", max_length=300)
    title = EncryptedTextField("tytuł", blank=True)
    content = EncryptedJSONField("treść", default=dict, blank=True)
    saved_at = models.DateTimeField("zapisano", db_index=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = "szkic"
        verbose_name_plural = "szkice"
        ordering = ["-saved_at"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="draft_once")]
