"""Private addresses at which calendars of other programs read meetings."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core.fields import EncryptedTextField
from projects.models import GroupLeader, ProjectGroup
from sessions.choices import CalendarKind


class CalendarAddress(AuditedModel):
    """Prywatny adres kalendarza: who has it reads hours and places, so its owner may revoke it at any time.

    ``user``: who made it; it stops with the account. The address is looked up by the hash of its token; the token
    itself is kept encrypted, so that the owner can copy it again.
    """

    set_by_actions = ("user", "kind", "group", "leader", "token_hash", "token", "revoked_at", "last_read_at")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="właściciel", related_name="calendar_addresses"
    )
    kind = models.CharField("czyje terminy", max_length=10, choices=CalendarKind.choices)
    group = models.ForeignKey(
        ProjectGroup, models.PROTECT, verbose_name="grupa", related_name="+", null=True, blank=True
    )
    leader = models.ForeignKey(
        GroupLeader, models.PROTECT, verbose_name="prowadzący", related_name="+", null=True, blank=True
    )
    token_hash = models.CharField("skrót adresu", max_length=64, unique=True, editable=False)
    token = EncryptedTextField("adres", editable=False)
    revoked_at = models.DateTimeField("unieważniono", null=True, blank=True, editable=False)
    last_read_at = models.DateTimeField("ostatnio pobrano", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "adres kalendarza"
        verbose_name_plural = "adresy kalendarzy"
        indexes = [models.Index(fields=["user", "kind"], name="calendar_address_by_user")]
        constraints = [
            models.CheckConstraint(
                name="calendar_address_of_one_kind",
                condition=Q(kind=CalendarKind.WORKER, group=None, leader=None)
                | Q(kind=CalendarKind.GROUP, group__isnull=False, leader=None)
                | Q(kind=CalendarKind.LEADER, group=None, leader__isnull=False),
                violation_error_message="Ten adres nie ma grupy albo prowadzącego.",
            ),
            models.UniqueConstraint(
                fields=["user", "kind", "group", "leader"],
                condition=Q(revoked_at=None),
                nulls_distinct=False,
                name="calendar_address_once",
                violation_error_message="Ten kalendarz ma już adres.",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()
