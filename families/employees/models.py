"""The file of an assistant as an employee (art. 12 of the Act): documents, confirmations, training, absences."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from families.employees import rules
from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core.temporal import (
    ValidTimeModel,
    end_not_before_start_constraint,
    no_overlap_constraint,
)


class QualificationVariant(models.TextChoices):
    """Wariant kwalifikacji z art. 12 ust. 1 pkt 1."""

    DEGREE = (
        rules.DEGREE,
        "studia wyższe: pedagogika, psychologia, socjologia, nauki o rodzinie albo praca socjalna",
    )
    OTHER_DEGREE = (
        rules.OTHER_DEGREE,
        "inne studia wyższe, szkolenie albo studia podyplomowe i rok pracy z dziećmi lub rodziną",
    )
    SECONDARY = rules.SECONDARY, "średnie, szkolenie i trzy lata pracy z dziećmi lub rodziną"


DocumentKind = models.TextChoices(  # type: ignore[misc]
    "DocumentKind", {kind.upper(): (kind, label) for kind, label in rules.DOCUMENT_NAMES.items()}
)


class CheckResult(models.TextChoices):
    """Wynik sprawdzenia w rejestrze. Nothing of its content is stored (art. 10 RODO)."""

    CLEAR = "clear", "osoba nie figuruje"
    LISTED = "listed", "osoba figuruje"


CHECKS = ("offenders_register", "criminal_record")
EXPERIENCE = "experience"


class EmployeeFile(AuditedModel):
    """Teczka pracownika: what is stored once for an assistant."""

    set_by_actions = ("user",)

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="osoba", related_name="employee_file"
    )
    variant = models.CharField(
        "wariant kwalifikacji", max_length=15, choices=QualificationVariant.choices, blank=True
    )
    other_roles = models.CharField("inne zadania w ośrodku", max_length=200, blank=True)
    languages = models.CharField("języki", max_length=120, blank=True)

    class Meta:
        verbose_name = "teczka pracownika"
        verbose_name_plural = "teczki pracowników"

    def __str__(self):
        return f"teczka: {self.user}"


class EmployeeDocument(AuditedModel):
    """Dokument w teczce: a diploma, statement, check or authorisation; its day and where the paper lies."""

    set_by_actions = ("user", "kind")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="osoba", related_name="employee_documents"
    )
    kind = models.CharField("rodzaj", max_length=20, choices=DocumentKind.choices)
    dated = models.DateField("z dnia")
    result = models.CharField("wynik", max_length=10, choices=CheckResult.choices, blank=True)
    years = models.PositiveSmallIntegerField(
        "lata pracy", null=True, blank=True, validators=[MaxValueValidator(60)]
    )
    details = models.CharField("opis", max_length=200, blank=True)
    location = models.CharField("gdzie leży papier", max_length=120, blank=True)

    class Meta:
        verbose_name = "dokument w teczce"
        verbose_name_plural = "dokumenty w teczce"
        indexes = [models.Index(fields=["user", "kind"], name="employee_document_by_user")]
        constraints = [
            models.CheckConstraint(
                name="employee_check_has_result",
                condition=Q(kind__in=CHECKS, result__gt="") | (~Q(kind__in=CHECKS) & Q(result="")),
                violation_error_message="Podaj wynik sprawdzenia.",
            ),
            models.CheckConstraint(
                name="employee_check_without_content",
                condition=~Q(kind__in=CHECKS) | Q(details=""),
                violation_error_message="Treści sprawdzenia w rejestrze nie zapisuje się (art. 10 RODO).",
            ),
            models.CheckConstraint(
                name="employee_experience_has_years",
                condition=Q(kind=EXPERIENCE, years__isnull=False)
                | (~Q(kind=EXPERIENCE) & Q(years__isnull=True)),
                violation_error_message="Podaj, ile lat pracy.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} z {self.dated:%d.%m.%Y}"


class PointConfirmation(AuditedModel):
    """Potwierdzenie punktu teczki by the manager, with the day; a withdrawn one is deleted, its history stays."""

    set_by_actions = ("user", "point")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="osoba", related_name="confirmed_points"
    )
    point = models.CharField(
        "punkt", max_length=20, choices=[(each.code, each.label) for each in rules.REQUIREMENTS]
    )
    confirmed_on = models.DateField("potwierdzono dnia")
    note = models.CharField("dlaczego bez dokumentu w aplikacji", max_length=300, blank=True)

    class Meta:
        verbose_name = "potwierdzenie teczki"
        verbose_name_plural = "potwierdzenia teczek"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "point"],
                name="point_confirmed_once",
                violation_error_message="Ten punkt potwierdził już ktoś inny. Otwórz teczkę jeszcze raz.",
            )
        ]

    def __str__(self):
        return f"{self.get_point_display()}: {self.confirmed_on:%d.%m.%Y}"


class TrainingKind(models.TextChoices):
    TRAINING = "training", "szkolenie"
    SUPERVISION = "supervision", "superwizja"
    OTHER = "other", "inna forma"


class Training(AuditedModel):
    """Szkolenie albo superwizja, for one person."""

    set_by_actions = ("user",)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="osoba", related_name="trainings"
    )
    kind = models.CharField("forma", max_length=15, choices=TrainingKind.choices)
    held_on = models.DateField("dzień")
    hours = models.DecimalField(
        "godziny",
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.25")), MaxValueValidator(500)],
    )
    subject = models.CharField("temat", max_length=200)
    organiser = models.CharField("kto prowadził", max_length=120, blank=True)

    class Meta:
        verbose_name = "szkolenie"
        verbose_name_plural = "szkolenia"
        indexes = [models.Index(fields=["user", "-held_on"], name="training_by_user")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.held_on:%d.%m.%Y}"


class AbsenceReason(models.TextChoices):
    """Powód nieobecności, seen by the manager alone."""

    LEAVE = "leave", "urlop"
    SICKNESS = "sickness", "zwolnienie lekarskie"
    CARE = "care", "opieka nad bliskim"
    PARENTAL = "parental", "urlop macierzyński albo rodzicielski"
    TRAINING = "training", "szkolenie"
    OTHER = "other", "inny"


class Absence(AuditedModel, ValidTimeModel):
    """Nieobecność, both days included."""

    set_by_actions = ("user",)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="osoba", related_name="absences"
    )
    reason = models.CharField("powód", max_length=15, choices=AbsenceReason.choices)

    class Meta:
        verbose_name = "nieobecność"
        verbose_name_plural = "nieobecności"
        constraints = [
            end_not_before_start_constraint("absence_end"),
            no_overlap_constraint(
                "absence_once", "user", message="W tych dniach jest już zapisana nieobecność tej osoby."
            ),
            models.CheckConstraint(
                name="absence_ends",
                condition=Q(ends_on__isnull=False),
                violation_error_message="Podaj ostatni dzień nieobecności.",
            ),
        ]

    def __str__(self):
        return f"nieobecność od {self.starts_on:%d.%m.%Y}"
