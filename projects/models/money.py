"""Invoices (faktury): what a position of the budget was spent on."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core.polish import number
from projects.budget import GROSZ
from projects.models.rows import BudgetLine


class Invoice(AuditedModel):
    """Faktura albo rachunek, paid from one position of the budget; an invoice for two positions is two rows."""

    line = models.ForeignKey(BudgetLine, models.PROTECT, verbose_name="pozycja", related_name="invoices")
    number = models.CharField("numer", max_length=60)
    day = models.DateField("z dnia")
    amount = models.DecimalField(
        "kwota, zł",
        max_digits=10,
        decimal_places=2,
        validators=[MinValueValidator(GROSZ, "Kwota musi być większa od zera.")],
    )
    purpose = models.CharField("za co", max_length=200)
    supplier = models.CharField("wystawca", max_length=200, blank=True)

    class Meta:
        verbose_name = "faktura"
        verbose_name_plural = "faktury"
        indexes = [models.Index(fields=["line", "day", "id"], name="invoice_by_line")]
        constraints = [
            models.CheckConstraint(
                name="invoice_amount_positive",
                condition=Q(amount__gt=0),
                violation_error_message="Kwota musi być większa od zera.",
            )
        ]

    def __str__(self):
        return self.number

    @property
    def amount_text(self) -> str:
        """ "1 260,00"."""
        return number(self.amount, 2)
