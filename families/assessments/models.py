"""Okresowa ocena sytuacji rodziny: periodic assessments; so far only their days."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from families.caseload.models import WorkPeriod
from lubsko_ops.audit.models import AuditedModel, ImportableModel


class Assessment(AuditedModel, ImportableModel):
    """Okresowa ocena: the days it covers and the day it was handed over, from which the next deadline runs."""

    period = models.ForeignKey(
        WorkPeriod, models.PROTECT, verbose_name="okres pracy", related_name="assessments"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="asystent rodziny", related_name="assessments"
    )
    covers_from = models.DateField("okres oceny od")
    covers_to = models.DateField("okres oceny do")
    handed_over_on = models.DateField("przekazana dnia")

    class Meta:
        verbose_name = "okresowa ocena"
        verbose_name_plural = "okresowe oceny"
        indexes = [
            models.Index(fields=["period", "-handed_over_on"], name="assessment_by_period"),
            models.Index(fields=["handed_over_on"], name="assessment_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                name="assessment_days",
                condition=Q(covers_from__lte=F("covers_to")) & Q(covers_to__lte=F("handed_over_on")),
                violation_error_message="Okres oceny kończy się najpóźniej w dniu jej przekazania.",
            )
        ]

    def __str__(self):
        return f"ocena z {self.handed_over_on:%d.%m.%Y}"
