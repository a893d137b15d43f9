"""Work with a family: work periods, their legal bases, assistant assignments, the lead social worker."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from families.choices import AssignmentKind, BasisKind, ClosingReason
from families.people.models import Family, Person
from lubsko_ops.audit.models import AuditedModel, ImportableModel
from lubsko_ops.centre.models import CASE_REFERENCE_VALIDATOR
from lubsko_ops.core.temporal import (
    EndCause,
    ResumableModel,
    ValidTimeModel,
    early_end_constraint,
    end_not_before_start_constraint,
    no_overlap_constraint,
)

# Kinds that count against the limit of art. 15 ust. 4.
COUNTED_KINDS = [AssignmentKind.LEADING, AssignmentKind.STAND_IN]


class CaseCounter(models.Model):
    """Licznik spraw: the last case number of a year. Its row is locked to keep numbers free of gaps and duplicates."""

    year = models.PositiveSmallIntegerField("rok", primary_key=True)
    last = models.PositiveIntegerField("ostatni numer", default=0)

    class Meta:
        verbose_name = "licznik spraw"
        verbose_name_plural = "liczniki spraw"


class WorkPeriod(AuditedModel, ImportableModel, ValidTimeModel):
    """Okres pracy z rodziną: the unit of counting. A returning family gets a new period and number in the same file."""

    family = models.ForeignKey(Family, models.PROTECT, verbose_name="rodzina", related_name="periods")
    year = models.PositiveSmallIntegerField("rok")
    serial = models.PositiveIntegerField("numer w roku")
    # Of the centre's filing plan (JRWA): unit.symbol.number.year; the case number is the file's own and no substitute.
    case_reference = models.CharField(
        "znak sprawy",
        max_length=80,
        blank=True,
        default="",
        db_default="",
        validators=[CASE_REFERENCE_VALIDATOR],
    )
    register_number = models.CharField(
        "numer w dawnym rejestrze", max_length=80, blank=True, default="", db_default=""
    )
    closing_reason = models.CharField(
        "powód zakończenia", max_length=30, choices=ClosingReason.choices, blank=True
    )

    class Meta:
        verbose_name = "okres pracy"
        verbose_name_plural = "okresy pracy"
        indexes = [
            models.Index(fields=["family", "starts_on"], name="period_by_family"),
            models.Index(fields=["ends_on"], name="period_by_end"),  # open periods, few among all
            # sorting of the archive, and periods yet to start
            models.Index(fields=["starts_on"], name="period_by_start"),
        ]
        constraints = [
            end_not_before_start_constraint("period_end"),
            models.UniqueConstraint(
                fields=["year", "serial"],
                name="period_number_once",
                violation_error_message="Ten numer sprawy jest już zajęty. Zapisz jeszcze raz.",
            ),
            models.UniqueConstraint(
                Upper("case_reference"),
                condition=Q(case_reference__gt=""),
                name="period_reference_once",
                violation_error_message="Ten znak sprawy nosi już inny okres pracy. Sprawdź numer w spisie spraw.",
            ),
            no_overlap_constraint(
                "period_once", "family", message="Z tą rodziną trwa już praca w tym czasie."
            ),
            models.CheckConstraint(
                name="period_end_with_reason",
                condition=Q(ends_on=None, closing_reason="")
                | Q(ends_on__isnull=False, closing_reason__gt=""),
                violation_error_message="Zakończenie pracy wymaga daty i powodu.",
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def number(self) -> str:
        """Case number, e.g. "2024/041"."""
        return f"{self.year}/{self.serial:03d}"


class LegalBasis(AuditedModel, ImportableModel, ResumableModel):
    """Podstawa pracy: consent of a person, court order, Za życiem or minor parent. Several may be in force at once."""

    period = models.ForeignKey(WorkPeriod, models.PROTECT, verbose_name="okres pracy", related_name="bases")
    kind = models.CharField("podstawa", max_length=20, choices=BasisKind.choices)
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="osoba", related_name="+", null=True, blank=True
    )
    reference = models.CharField("sygnatura albo numer pisma", max_length=120, blank=True)
    end_reason = models.CharField("powód końca", max_length=300, blank=True)

    class Meta:
        verbose_name = "podstawa pracy"
        verbose_name_plural = "podstawy pracy"
        indexes = [models.Index(fields=["ends_on"], name="basis_by_end")]
        constraints = [
            end_not_before_start_constraint("basis_end"),
            early_end_constraint("basis_early_end", EndCause.DEATH),
            models.CheckConstraint(
                name="basis_consent_names_person",
                condition=~Q(kind__in=[BasisKind.CONSENT, BasisKind.MINOR_PARENT]) | Q(person__isnull=False),
                violation_error_message="Wskaż osobę, która wyraziła zgodę albo jest małoletnim rodzicem.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} z {self.starts_on:%d.%m.%Y}"


class Assignment(AuditedModel, ImportableModel, ResumableModel):
    """Przydzielenie asystenta: an assistant assigned to a work period, with first and last day."""

    period = models.ForeignKey(
        WorkPeriod, models.PROTECT, verbose_name="okres pracy", related_name="assignments"
    )
    assistant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="asystent rodziny", related_name="assignments"
    )
    kind = models.CharField(
        "rodzaj", max_length=15, choices=AssignmentKind.choices, default=AssignmentKind.LEADING
    )
    override_reason = models.CharField("powód przekroczenia limitu", max_length=500, blank=True)

    class Meta:
        verbose_name = "przydzielenie asystenta"
        verbose_name_plural = "przydzielenia asystentów"
        indexes = [
            models.Index(fields=["assistant", "starts_on"], name="assignment_by_assistant"),
            models.Index(fields=["period", "starts_on"], name="assignment_by_period"),
            models.Index(fields=["ends_on"], name="assignment_by_end"),
        ]
        constraints = [
            end_not_before_start_constraint("assignment_end"),
            early_end_constraint("assignment_early_end", EndCause.HANDED_OVER, EndCause.TAKEN_OVER),
            no_overlap_constraint(
                "assignment_one_leading",
                "period",
                condition=Q(kind=AssignmentKind.LEADING),
                message="Rodzina ma już asystenta prowadzącego w tym czasie.",
            ),
            no_overlap_constraint(
                "assignment_once",
                "period",
                "assistant",
                message="Ten asystent jest już przydzielony tej rodzinie w tym czasie.",
            ),
        ]

    def __str__(self):
        return f"{self.assistant} od {self.starts_on:%d.%m.%Y}"

    @property
    def is_leading(self) -> bool:
        return self.kind == AssignmentKind.LEADING


class LeadWorkerAssignment(AuditedModel, ImportableModel, ResumableModel):
    """Prowadzący pracownik socjalny rodziny, with first and last day, one at a time."""

    family = models.ForeignKey(Family, models.PROTECT, verbose_name="rodzina", related_name="leads")
    social_worker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="pracownik socjalny",
        related_name="led_families",
    )

    class Meta:
        verbose_name = "prowadzący pracownik socjalny"
        verbose_name_plural = "prowadzący pracownicy socjalni"
        indexes = [models.Index(fields=["social_worker", "starts_on"], name="lead_by_worker")]
        constraints = [
            end_not_before_start_constraint("lead_end"),
            early_end_constraint("lead_early_end", EndCause.LEAD_CHANGED),
            no_overlap_constraint("lead_once", "family", message="Rodzina ma już prowadzącego w tym czasie."),
        ]

    def __str__(self):
        return f"{self.social_worker} od {self.starts_on:%d.%m.%Y}"
