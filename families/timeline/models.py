"""The timeline of a family as stored rows, so that a page of it is one plain statement."""

from django.conf import settings
from django.db import models

from lubsko_ops.core.permissions import SensitiveKind


class TimelineEntry(models.Model):
    """Wpis osi czasu: something happened to the family on this day.

    Never edited by hand: ``families.timeline.recalculate`` computes it from facts. ``kind`` is the name of an
    ``EventKind``, ``row`` the id of the fact; ``family`` is an id without a foreign key, since the apps of the facts
    stand above. ``sorted_at``: midnight where no time is known.
    ``author``: the user whose work it is. ``circle``: who may see it; empty: everybody who may open the
    file. ``parameters``: codes, numbers and days, never names or sentences.
    """

    family = models.BigIntegerField("rodzina")
    day = models.DateField("dzień")
    at = models.TimeField("godzina", null=True, blank=True)
    sorted_at = models.TimeField("godzina albo północ")
    kind = models.CharField("rodzaj", max_length=20)
    row = models.BigIntegerField("wpis")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="kto",
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    circle = models.CharField("krąg", max_length=10, choices=SensitiveKind.choices, blank=True)
    parameters = models.JSONField("kody i liczby", default=dict, blank=True)

    class Meta:
        verbose_name = "wpis osi czasu"
        verbose_name_plural = "wpisy osi czasu"
        indexes = [
            models.Index(fields=["family", "day", "sorted_at", "kind", "row"], name="timeline_by_family")
        ]
        constraints = [models.UniqueConstraint(fields=["kind", "row"], name="timeline_entry_once")]

    def __str__(self):
        return f"{self.kind} {self.day:%d.%m.%Y}"
