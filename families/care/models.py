"""Piecza zastępcza: placements of children in foster care."""

from django.db import models

from families.choices import CareForm
from families.people.models import Family, Person
from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core.temporal import ValidTimeModel, end_not_before_start_constraint, no_overlap_constraint


class Placement(AuditedModel, ValidTimeModel):
    """Umieszczenie dziecka w pieczy zastępczej, as recorded by the team of this family; ``returned``: back to it."""

    family = models.ForeignKey(Family, models.PROTECT, verbose_name="rodzina", related_name="placements")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="dziecko", related_name="placements")
    form = models.CharField("forma pieczy", max_length=15, choices=CareForm.choices)
    returned = models.BooleanField("wróciło do rodziny", default=False)

    class Meta:
        verbose_name = "umieszczenie w pieczy zastępczej"
        verbose_name_plural = "umieszczenia w pieczy zastępczej"
        constraints = [
            end_not_before_start_constraint("placement_end"),
            no_overlap_constraint(
                "placement_once", "family", "person", message="To dziecko jest już w pieczy w tym czasie."
            ),
            models.CheckConstraint(
                name="placement_return_has_day",
                condition=models.Q(returned=False) | models.Q(ends_on__isnull=False),
                violation_error_message="Powrót do rodziny ma swój dzień.",
            ),
        ]

    def __str__(self):
        return f"{self.get_form_display()} od {self.starts_on:%d.%m.%Y}"
