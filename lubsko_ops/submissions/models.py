"""Submitted forms, which make saving idempotent, and drafts of forms not yet saved."""

from datetime import UTC, datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from lubsko_ops.core import clock
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.fields import EncryptedJSONField, EncryptedTextField

DRAFT_LIFETIME_DAYS = 30
DUPLICATE_PERIOD = timedelta(minutes=10)


class Submission(models.Model):
    """Wysłany formularz: the same form sent twice runs its action once and gets the same answer.

    ``content`` is kept as long as drafts are, to show a second, different text under the same key beside it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.UUIDField("klucz")
    action = models.CharField("czynność", max_length=80)
    content_hash = models.CharField("skrót treści", max_length=64)
    content = EncryptedJSONField("treść", default=dict, blank=True)
    address = models.CharField("adres formularza", max_length=300)
    result_address = models.CharField("adres wyniku", max_length=300, blank=True)
    result_message = models.CharField("odpowiedź", max_length=500, blank=True)
    sent_at = models.DateTimeField("wysłano", db_index=True)

    class Meta:
        verbose_name = "wysłany formularz"
        verbose_name_plural = "wysłane formularze"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="submission_once")]

    def claim(self) -> bool:
        """Store the submission before its action runs; False when its key has been used.

        A second request with the same key waits here until the first one is through.
        """
        try:
            with transaction.atomic():
                self.save(force_insert=True)
        except IntegrityError:
            return False
        return True

    @cached_property
    def _similar(self) -> "list[Submission]":
        """Stored submissions of the user under the same key, and those with the same content sent a moment ago."""
        return SIMILAR.all(
            user=self.user.pk,
            key=self.key,
            action=self.action,
            address=self.address,
            content_hash=self.content_hash,
            since=self.sent_at - DUPLICATE_PERIOD,
        )

    def find_previous(self) -> "Submission | None":
        """The stored submission under the same key."""
        return next((each for each in self._similar if each.key == self.key), None)

    def get_previous(self) -> "Submission":
        """The stored submission under the same key, which ``claim`` found in use."""
        return Submission.objects.get(user=self.user, key=self.key)

    def find_recent_duplicate(self) -> "Submission | None":
        """The same content saved a moment ago from another opening of the form: mostly Back and save again."""
        return next((each for each in reversed(self._similar) if each.key != self.key), None)

    def repeats(self, previous: "Submission") -> bool:
        """Whether this is the same form with the same content."""
        return (self.action, self.content_hash) == (previous.action, previous.content_hash)


def _similar(user, key, since, **content):
    same_content = Q(**content, sent_at__gte=since)
    return Submission.objects.filter(Q(key=key) | same_content, user=user).order_by("pk")


SIMILAR = CompiledQuery(
    _similar,
    user=-1,
    key=UUID(int=0),
    since=datetime(1, 1, 2, tzinfo=UTC),
    action="?action",
    address="?address",
    content_hash="?hash",
)


def oldest_draft_kept() -> datetime:
    """Drafts saved before this moment have expired."""
    return clock.now() - timedelta(days=DRAFT_LIFETIME_DAYS)


class DraftQuerySet(models.QuerySet):
    def active(self):
        """Drafts that have not expired."""
        return self.filter(saved_at__gte=oldest_draft_kept())

    def expired(self):
        return self.filter(saved_at__lt=oldest_draft_kept())


class Draft(models.Model):
    """Szkic: what was typed and not saved yet, under the key of its form; deleted when the form is saved."""

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

    @property
    def typed_values(self) -> list[str]:
        """What the user entered, without the hidden fields of the form."""
        lists = (values for name, values in self.content.items() if not name.startswith("_"))
        return [value for values in lists for value in values if value]
