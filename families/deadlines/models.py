"""What is due: rows computed from the facts of the case, so that lists can sort, filter and count by them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from families.choices import DeadlineKind
from families.people.models import Family


class Deadline(models.Model):
    """Obowiązek: something due in a family by a day, and who answers for it. Done when it has a day for that.

    Never edited: ``families.deadlines.recalculate`` computes it anew from the facts. ``about``: the row it is about,
    where a family may have several of a kind (a danger report); of a plan on its way the number of its version; else 0.
    ``responsible`` empty: the manager.
    """

    family = models.ForeignKey(Family, models.CASCADE, verbose_name="rodzina", related_name="duties")
    kind = models.CharField("co", max_length=15, choices=DeadlineKind.choices)
    about = models.BigIntegerField("wpis", default=0)
    due_on = models.DateField("termin")
    since = models.DateField("liczone od")
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="kto",
        related_name="duties",
        null=True,
        blank=True,
    )
    done_on = models.DateField("zrobione", null=True, blank=True)

    class Meta:
        verbose_name = "obowiązek"
        verbose_name_plural = "obowiązki"
        indexes = [
            models.Index(fields=["family", "due_on"], name="duty_by_family", condition=Q(done_on=None)),
            models.Index(fields=["responsible", "due_on"], name="duty_by_person", condition=Q(done_on=None)),
            models.Index(fields=["kind", "due_on"], name="duty_by_kind", condition=Q(done_on=None)),
        ]
        constraints = [models.UniqueConstraint(fields=["family", "kind", "about"], name="duty_once")]

    def __str__(self):
        return f"{self.get_kind_display()} do {self.due_on:%d.%m.%Y}"
