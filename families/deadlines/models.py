"""Deadlines: stored rows computed from case facts, so that lists can sort, filter and count by them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from families.choices import DeadlineKind
from families.people.models import Family


class Deadline(models.Model):
    """Obowiązek: a task of a family with its due date, responsible user and day of completion.

    Never edited by hand: ``families.deadlines.recalculate`` computes it from facts. ``subject_id`` distinguishes
    several deadlines of one kind: id of the safeguarding concern, or version number of a plan in progress; else 0.
    ``responsible`` empty: the manager.
    """

    family = models.ForeignKey(Family, models.CASCADE, verbose_name="rodzina", related_name="deadlines")
    kind = models.CharField("co", max_length=15, choices=DeadlineKind.choices)
    subject_id = models.BigIntegerField("wpis", default=0)
    due_on = models.DateField("termin")
    since = models.DateField("liczone od")
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="kto",
        related_name="deadlines",
        null=True,
        blank=True,
    )
    done_on = models.DateField("zrobione", null=True, blank=True)

    class Meta:
        verbose_name = "obowiązek"
        verbose_name_plural = "obowiązki"
        indexes = [
            models.Index(fields=["family", "due_on"], name="deadline_by_family", condition=Q(done_on=None)),
            models.Index(
                fields=["responsible", "due_on"], name="deadline_by_person", condition=Q(done_on=None)
            ),
            models.Index(fields=["kind", "due_on"], name="deadline_by_kind", condition=Q(done_on=None)),
        ]
        constraints = [models.UniqueConstraint(fields=["family", "kind", "subject_id"], name="deadline_once")]

    def __str__(self):
        return f"{self.get_kind_display()} do {self.due_on:%d.%m.%Y}"


class NormRecalculation(models.Model):
    """Przeliczanie terminów po zmianie normy: how far it is, stored after each batch, so that it goes on from there."""

    norm = models.CharField("norma", max_length=40)  # key of NORMS (lubsko_ops/centre/norms.py)
    started_at = models.DateTimeField("początek")
    total = models.PositiveIntegerField("rodziny")
    done = models.PositiveIntegerField("przeliczone", default=0)
    last_family = models.BigIntegerField("ostatnia rodzina", default=0)
    finished_at = models.DateTimeField("koniec", null=True, blank=True)

    class Meta:
        verbose_name = "przeliczanie terminów"
        verbose_name_plural = "przeliczanie terminów"
        indexes = [models.Index(fields=["id"], name="recalculation_running", condition=Q(finished_at=None))]

    def __str__(self):
        return f"{self.norm}: {self.done} z {self.total}"
