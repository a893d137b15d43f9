"""The text of a report. Numbers are not stored: they are computed from the case files."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from lubsko_ops.audit.models import AuditedModel


class QuarterText(AuditedModel):
    """Wnioski i potrzeby: the text of a quarterly report; ``assistant`` is None for the report of the centre."""

    year = models.PositiveSmallIntegerField("rok")
    quarter = models.PositiveSmallIntegerField(
        "kwartał", validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    assistant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="asystent rodziny",
        related_name="+",
        null=True,
        blank=True,
    )
    text = models.TextField("wnioski i potrzeby", blank=True)

    class Meta:
        verbose_name = "wnioski do sprawozdania"
        verbose_name_plural = "wnioski do sprawozdań"
        constraints = [
            models.UniqueConstraint(
                fields=["year", "quarter", "assistant"],
                name="quarter_text_once",
                nulls_distinct=False,
                violation_error_message="Ktoś właśnie zapisał wnioski do tego sprawozdania. Otwórz je jeszcze raz.",
            ),
            models.CheckConstraint(
                name="quarter_text_of_a_quarter",
                condition=models.Q(quarter__range=(1, 4)),
                violation_error_message="Kwartał to liczba od 1 do 4.",
            ),
        ]

    def __str__(self):
        return f"wnioski, {self.quarter}. kwartał {self.year}"
