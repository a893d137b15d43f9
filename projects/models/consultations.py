"""Consultations of specialists: of a family, of a participant, of a worker without a family; by appointment or not."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from families.people.models import Family
from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core.temporal import local_span
from projects.choices import ConsultationKind, ConsultationState, Readers
from projects.models.groups import ProjectGroup
from projects.models.participation import Participation


class Consultation(AuditedModel):
    """Konsultacja: exactly one of ``family``, ``participation`` and ``worker`` says who was consulted.

    ``group``: the activity of a project under which it counts.
    """

    set_by_actions = ("specialist", "family", "participation", "worker", "state")

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
            ExclusionConstraint(
                name="consultation_never_overlaps",
                expressions=[
                    ("specialist", RangeOperators.EQUAL),
                    (local_span("day", "starts_at", "minutes"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(state=ConsultationState.MISSED) & Q(starts_at__isnull=False, minutes__gt=0),
                violation_error_message="O tej porze masz już inną konsultację. Popraw dzień albo godzinę.",
            ),
            models.CheckConstraint(
                name="consultation_planned_says_when",
                condition=~Q(state=ConsultationState.PLANNED)
                | Q(starts_at__isnull=False, minutes__isnull=False),
                violation_error_message="Wpisz godzinę i czas umówionej konsultacji.",
            ),
            models.CheckConstraint(
                name="consultation_held_says_how_long",
                condition=~Q(state=ConsultationState.HELD) | Q(minutes__isnull=False, subject__gt=""),
                violation_error_message="Wpisz temat i czas odbytej konsultacji.",
            ),
        ]

    def __str__(self):
        return f"konsultacja {self.day:%d.%m.%Y}"

    @property
    def kind(self) -> ConsultationKind:
        """Who was consulted."""
        if self.worker_id:
            return ConsultationKind.WORKER
        return ConsultationKind.FAMILY if self.family_id else ConsultationKind.PARTICIPANT

    @property
    def whom(self) -> str:
        """The name of who was consulted."""
        return str(self.worker or self.family or self.participation)

    @property
    def ends_at(self) -> time | None:
        """The hour of the end; empty without an hour or a length."""
        if self.starts_at is None or not self.minutes:
            return None
        return (datetime.combine(self.day, self.starts_at) + timedelta(minutes=self.minutes)).time()
