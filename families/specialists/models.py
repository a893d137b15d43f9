"""Which specialists work with which families, from day to day."""

from django.conf import settings
from django.db import models

from families.people.models import Family
from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core.temporal import (
    ValidTimeModel,
    end_not_before_start_constraint,
    no_overlap_constraint,
)


class FamilySpecialist(AuditedModel, ValidTimeModel):
    """Specjalista w rodzinie: on these days the specialist may open the family, in a narrow part of its file."""

    set_by_actions = ("family",)

    family = models.ForeignKey(Family, models.PROTECT, verbose_name="rodzina", related_name="specialists")
    specialist = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="specjalista", related_name="+"
    )
    purpose = models.CharField("po co", max_length=300)

    class Meta:
        verbose_name = "specjalista w rodzinie"
        verbose_name_plural = "specjaliści w rodzinach"
        indexes = [models.Index(fields=["specialist", "family"], name="family_specialist_by_user")]
        constraints = [
            end_not_before_start_constraint("family_specialist_days"),
            no_overlap_constraint(
                "family_specialist_once",
                "family",
                "specialist",
                message="Ten specjalista pracuje już z tą rodziną w tych dniach.",
            ),
        ]

    def __str__(self):
        return f"{self.specialist}: {self.family}"
