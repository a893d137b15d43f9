"""Readings (pomiary) of the indicators of a project: the value of a day and where it is from."""

from django.db import models

from lubsko_ops.audit.models import AuditedModel
from projects.models.rows import SpecificGoal, quantity


class IndicatorReading(AuditedModel):
    """Pomiar: what the indicator of a goal was on a day. The latest one is the reached value."""

    set_by_actions = ("goal",)

    goal = models.ForeignKey(
        SpecificGoal, models.PROTECT, verbose_name="cel szczegółowy", related_name="readings"
    )
    day = models.DateField("z dnia")
    value = quantity("wartość", required=True)
    source = models.CharField("skąd wiadomo", max_length=300)

    class Meta:
        verbose_name = "pomiar wskaźnika"
        verbose_name_plural = "pomiary wskaźników"
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "day"],
                name="indicator_read_once_a_day",
                violation_error_message="Ten wskaźnik ma już pomiar z tego dnia.",
            ),
            models.CheckConstraint(
                name="indicator_reading_not_negative",
                condition=models.Q(value__gte=0),
                violation_error_message="Wpisz liczbę od zera w górę.",
            ),
        ]

    def __str__(self):
        return f"{self.goal}: {self.day:%d.%m.%Y}"
