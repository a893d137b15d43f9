"""The text of a report, and reports as issued. Other numbers are not stored: they are computed from the case files."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core import clock

VALUE_PLACES = 4  # decimal places of stored values; only ratios need as many


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


class IssuedReport(models.Model):
    """Sprawozdanie wydane do podpisu: its numbers with their definitions and rows as they were when it was issued.

    ``number``: 1 for the first issue; a correction (korekta) is the next one. ``assistant`` is None for the report of
    the centre. ``text``: its conclusions. Its paper is an ``IssuedPaper`` about ``("report", id)``. Triggers refuse
    every change and deletion.
    """

    class Kind(models.TextChoices):
        QUARTERLY = "quarterly", "sprawozdanie kwartalne"

    kind = models.CharField("rodzaj", max_length=20, choices=Kind)
    starts_on = models.DateField("od dnia")
    ends_on = models.DateField("do dnia")
    assistant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="asystent rodziny",
        related_name="+",
        null=True,
        blank=True,
    )
    number = models.PositiveSmallIntegerField("numer wydania", default=1)
    text = models.TextField("wnioski i potrzeby", blank=True)
    issued_at = models.DateTimeField("wydano")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="wydał(a)", related_name="+"
    )

    class Meta:
        verbose_name = "wydane sprawozdanie"
        verbose_name_plural = "wydane sprawozdania"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "starts_on", "ends_on", "assistant", "number"],
                name="report_issued_once",
                nulls_distinct=False,
                violation_error_message="To sprawozdanie już wydano.",
            ),
            models.CheckConstraint(
                name="report_of_days_in_order", condition=models.Q(ends_on__gte=models.F("starts_on"))
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.starts_on}–{self.ends_on}"

    @property
    def issued_on(self) -> date:
        return clock.local_date(self.issued_at)


class IssuedFigure(models.Model):
    """A figure of an issued report: what it meant then. ``position``: its place in the report, from 1."""

    report = models.ForeignKey(IssuedReport, models.CASCADE, related_name="figures")
    position = models.PositiveSmallIntegerField("miejsce")
    key = models.CharField("klucz", max_length=60)
    name = models.CharField("nazwa", max_length=200)
    kind = models.CharField("co liczy", max_length=60)
    definition = models.TextField("definicja")
    basis = models.CharField("podstawa", max_length=300)
    unit = models.CharField("jednostka", max_length=20, blank=True)

    class Meta:
        verbose_name = "liczba wydanego sprawozdania"
        verbose_name_plural = "liczby wydanych sprawozdań"
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="figure_issued_once")]

    def __str__(self):
        return self.name


class IssuedNumber(models.Model):
    """One value of an issued figure.

    ``column``: code of the column of the report, "" for its own period. ``assistant``: of the number of one assistant
    in the report of the centre. ``value`` is None where the report had none. ``row_ids``: ids of what was counted, of
    numbers of the own period of the whole report: rows, or for a figure that counts each family once the families;
    ``amounts`` are what each of them adds, in the same order; None where each adds one.
    """

    figure = models.ForeignKey(IssuedFigure, models.CASCADE, related_name="numbers")
    column = models.CharField("kolumna", max_length=20, blank=True)
    assistant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="asystent rodziny", related_name="+", null=True
    )
    value = models.DecimalField("wartość", max_digits=16, decimal_places=VALUE_PLACES, null=True)
    row_ids = ArrayField(models.BigIntegerField(), verbose_name="policzone wpisy", null=True)
    amounts = ArrayField(
        models.DecimalField(max_digits=16, decimal_places=VALUE_PLACES),
        verbose_name="ile dodaje wpis",
        null=True,
    )

    class Meta:
        verbose_name = "wartość wydanego sprawozdania"
        verbose_name_plural = "wartości wydanych sprawozdań"
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "column", "assistant"], name="number_issued_once", nulls_distinct=False
            )
        ]

    def __str__(self):
        return f"{self.figure_id}: {self.value}"
