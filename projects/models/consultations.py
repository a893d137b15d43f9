"""Consultations of specialists: of a family, of a participant, of a worker without a family; by appointment or not."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from families.people.models import Family
from lubsko_ops.audit.models import AuditedModel
from projects.choices import ConsultationState, Readers
from projects.models.groups import ProjectGroup
from projects.models.participation import Participation


class Consultation(AuditedModel):
    """Konsultacja: exactly one of ``family``, ``participation`` and ``worker`` says who was consulted.

    ``group``: the activity of a project under which it counts.
    """

    set_by_actions = ("specialist", "family", "participation", "worker")

    specialist = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="kto konsultuje", related_name="consultations"
    )
    group = models.ForeignKey(
        ProjectGroup,
        models.PROTECT,
        verbose_name="w ramach",
        related_name="consultations",
        null=True,
        blank=True,
    )
    family = models.ForeignKey(
        Family, models.PROTECT, verbose_name="rodzina", related_name="consultations", null=True, blank=True
    )
    participation = models.ForeignKey(
        Participation,
        models.PROTECT,
        verbose_name="uczestnik",
        related_name="consultations",
        null=True,
        blank=True,
    )
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="pracownik",
        related_name="+",
        null=True,
        blank=True,
    )
    state = models.CharField(
        "stan", max_length=10, choices=ConsultationState.choices, default=ConsultationState.HELD
    )
    day = models.DateField("dzień")
    starts_at = models.TimeField("godzina", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(
        "czas w minutach",
        null=True,
        blank=True,
        validators=[MinValueValidator(5), MaxValueValidator(600)],
    )
    subject = models.CharField("temat", max_length=200, blank=True)
    note = models.TextField("notatka", blank=True, max_length=4000)
    readers = models.CharField(
        "kto może czytać", max_length=10, choices=Readers.choices, default=Readers.AUTHOR
    )

    class Meta:
        verbose_name = "konsultacja"
        verbose_name_plural = "konsultacje"
        indexes = [
            models.Index(fields=["specialist", "-day", "-id"], name="consultation_by_specialist"),
            models.Index(fields=["family", "-day"], name="consultation_by_family"),
            models.Index(fields=["group", "-day"], name="consultation_by_group"),
        ]
        constraints = [
            models.CheckConstraint(
                name="consultation_of_one",
                condition=Q(family__isnull=False, participation=None, worker=None)
                | Q(family=None, participation__isnull=False, worker=None)
                | Q(family=None, participation=None, worker__isnull=False),
                violation_error_message="Konsultacja dotyczy rodziny, uczestnika albo pracownika.",
            ),
            models.CheckConstraint(
                name="consultation_held_says_how_long",
                condition=~Q(state=ConsultationState.HELD) | Q(minutes__isnull=False, subject__gt=""),
                violation_error_message="Wpisz temat i czas odbytej konsultacji.",
            ),
        ]

    def __str__(self):
        return f"konsultacja {self.day:%d.%m.%Y}"
