"""Participants of an edition: who takes part in what, each step with its day, criteria, consents."""

from datetime import date

from django.db import models
from django.db.models import Q

from families.people.models import Family, Person
from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core.fields import EncryptedTextField
from projects.choices import (
    ConsentKind,
    CriterionCheck,
    CriterionResult,
    LeavingReason,
    ParticipationStatus,
    ParticipationStepKind,
)
from projects.models.editions import Edition
from projects.models.groups import ProjectGroup
from projects.models.rows import DocumentRow

HOLDING_PLACE = (
    ParticipationStatus.QUALIFIED,
    ParticipationStatus.TAKING_PART,
    ParticipationStatus.FINISHED,
)
ENDED = (ParticipationStatus.FINISHED, ParticipationStatus.BROKEN_OFF, ParticipationStatus.REJECTED)


class Criterion(DocumentRow):
    """Kryterium grupy docelowej, checked softly: it refuses no person."""

    text = models.CharField("kryterium", max_length=200, blank=True)
    check_by = models.CharField(
        "skąd wiadomo", max_length=15, choices=CriterionCheck.choices, default=CriterionCheck.ASKED
    )
    age_from = models.PositiveSmallIntegerField("wiek od", null=True, blank=True)
    age_to = models.PositiveSmallIntegerField("wiek do", null=True, blank=True)

    class Meta(DocumentRow.Meta):
        verbose_name = "kryterium"
        verbose_name_plural = "kryteria"

    @property
    def is_empty(self) -> bool:
        """Also with the usual way of checking, which is chosen in a new row."""
        asked = self.check_by == CriterionCheck.ASKED
        return asked and not self.text and self.age_from is None and self.age_to is None

    @property
    def line(self) -> str:
        """ "wiek aktywności zawodowej (od 18 do 64 lat)"."""
        return f"{self.text} ({self.ages})" if self.ages else self.text

    @property
    def ages(self) -> str:
        """ "od 18 do 64 lat"; empty without any."""
        if self.age_from is None and self.age_to is None:
            return ""
        bounds = (("od", self.age_from), ("do", self.age_to))
        words = " ".join(f"{word} {age}" for word, age in bounds if age is not None)
        last = self.age_from if self.age_to is None else self.age_to
        return f"{words} {'roku' if last == 1 else 'lat'}"

    def __str__(self):
        return self.text


class Participation(AuditedModel):
    """Udział: a person, a pair of parent and child, or a whole family in a group of an edition, or in the edition.

    ``family``: through which family of the centre they take part; empty for people from outside. A pair is ``person``
    with ``child``. ``status`` and ``status_on`` are those of the last step. ``offered_on``: a free place was offered to
    somebody on the reserve list and not yet confirmed; such an offer holds the place. ``plan_goal``: the goal of the
    plan of the family that it serves, in its words.
    """

    set_by_actions = ("edition", "person", "child", "family", "status", "status_on", "offered_on")

    edition = models.ForeignKey(
        Edition, models.PROTECT, verbose_name="projekt", related_name="participations"
    )
    group = models.ForeignKey(
        ProjectGroup,
        models.PROTECT,
        verbose_name="grupa",
        related_name="participations",
        null=True,
        blank=True,
    )
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="osoba", related_name="participations", null=True, blank=True
    )
    child = models.ForeignKey(
        Person, models.PROTECT, verbose_name="dziecko", related_name="+", null=True, blank=True
    )
    family = models.ForeignKey(
        Family, models.PROTECT, verbose_name="rodzina", related_name="participations", null=True, blank=True
    )
    status = models.CharField(
        "status", max_length=15, choices=ParticipationStatus.choices, default=ParticipationStatus.REPORTED
    )
    status_on = models.DateField("status od")
    offered_on = models.DateField("zaproponowano miejsce", null=True, blank=True)
    reported_on = models.DateField("zgłoszono")
    contact_phone = models.CharField("telefon", max_length=30, blank=True)
    contact_address = models.CharField("adres", max_length=200, blank=True)
    plan_goal = models.CharField("cel planu rodziny", max_length=300, blank=True)
    admission_reason = models.CharField("dlaczego mimo kryteriów", max_length=300, blank=True)

    class Meta:
        verbose_name = "udział w projekcie"
        verbose_name_plural = "udziały w projekcie"
        indexes = [
            models.Index(fields=["edition", "status", "reported_on", "id"], name="participation_by_edition"),
            models.Index(fields=["group", "status"], name="participation_by_group"),
            models.Index(fields=["family", "edition"], name="participation_by_family"),
        ]
        constraints = [
            models.CheckConstraint(
                name="participation_of_somebody",
                condition=Q(person__isnull=False) | Q(family__isnull=False, child=None),
                violation_error_message="Wybierz osobę albo rodzinę.",
            ),
            models.UniqueConstraint(
                fields=["edition", "group", "person", "child", "family"],
                # One by one: PostgreSQL writes a list in a condition differently when the index is built again.
                condition=~Q(status=ENDED[0]) & ~Q(status=ENDED[1]) & ~Q(status=ENDED[2]),
                nulls_distinct=False,
                name="participation_once",
                violation_error_message="Ta osoba jest już zapisana w tym miejscu.",
            ),
            models.CheckConstraint(
                name="participation_offer_on_reserve",
                condition=Q(offered_on=None) | Q(status=ParticipationStatus.RESERVE),
                violation_error_message="Miejsce proponuje się osobie z listy rezerwowej.",
            ),
        ]

    def __str__(self):
        if self.person is None:
            return str(self.family)
        return f"{self.person} z dzieckiem: {self.child}" if self.child else str(self.person)


class ParticipationStep(AuditedModel):
    """Krok uczestnika: what moved the status, on which day and why; ``group``: that of the day."""

    set_by_actions = ("participation", "kind", "status", "group")

    participation = models.ForeignKey(
        Participation, models.PROTECT, verbose_name="udział", related_name="steps"
    )
    kind = models.CharField("krok", max_length=15, choices=ParticipationStepKind.choices)
    status = models.CharField("status", max_length=15, choices=ParticipationStatus.choices)
    group = models.ForeignKey(
        ProjectGroup, models.PROTECT, verbose_name="grupa", related_name="+", null=True, blank=True
    )
    day = models.DateField("dzień")
    reason = models.CharField("powód", max_length=15, choices=LeavingReason.choices, blank=True)
    text = models.CharField("uwagi", max_length=300, blank=True)

    class Meta:
        verbose_name = "krok uczestnika"
        verbose_name_plural = "kroki uczestników"
        indexes = [models.Index(fields=["participation", "id"], name="participation_step_by_row")]
        constraints = [
            models.CheckConstraint(
                name="participation_step_says_why",
                condition=~Q(kind__in=[ParticipationStepKind.BREAK_OFF, ParticipationStepKind.REJECT])
                | Q(reason__gt=""),
                violation_error_message="Wybierz powód.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.day:%d.%m.%Y}"


class CriterionAnswer(AuditedModel):
    """Odpowiedź na kryterium, as it was at the enrolment; ``source`` says where it is from."""

    set_by_actions = ("participation", "criterion")

    participation = models.ForeignKey(
        Participation, models.PROTECT, verbose_name="udział", related_name="answers"
    )
    criterion = models.ForeignKey(Criterion, models.PROTECT, verbose_name="kryterium", related_name="answers")
    answer = models.CharField("odpowiedź", max_length=7, choices=CriterionResult.choices)
    source = models.CharField("skąd wiadomo", max_length=200, blank=True)

    class Meta:
        verbose_name = "odpowiedź na kryterium"
        verbose_name_plural = "odpowiedzi na kryteria"
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "criterion"],
                name="criterion_answered_once",
                violation_error_message="To kryterium ma już odpowiedź.",
            )
        ]

    def __str__(self):
        return f"{self.criterion}: {self.get_answer_display()}"


class ParticipantConsent(AuditedModel):
    """Deklaracja, zgoda albo informacja about a person in an edition, given on a day and perhaps withdrawn.

    ``given_by``: the guardian who signed for a child; empty when the person signed.
    """

    set_by_actions = ("edition", "person")

    edition = models.ForeignKey(Edition, models.PROTECT, verbose_name="projekt", related_name="consents")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="osoba", related_name="+")
    kind = models.CharField("co podpisano", max_length=15, choices=ConsentKind.choices)
    given_on = models.DateField("podpisano dnia")
    given_by = models.ForeignKey(
        Person, models.PROTECT, verbose_name="kto podpisał", related_name="+", null=True, blank=True
    )
    withdrawn_on = models.DateField("cofnięto dnia", null=True, blank=True)

    class Meta:
        verbose_name = "zgoda uczestnika"
        verbose_name_plural = "zgody uczestników"
        indexes = [models.Index(fields=["edition", "person", "kind"], name="consent_by_edition")]
        constraints = [
            models.CheckConstraint(
                name="consent_withdrawn_later",
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=models.F("given_on")),
                violation_error_message="Zgody nie cofa się przed jej udzieleniem.",
            ),
            models.CheckConstraint(
                name="consent_of_guardian_named",
                condition=~Q(kind=ConsentKind.GUARDIAN) | Q(given_by__isnull=False),
                violation_error_message="Wybierz opiekuna, który podpisał zgodę.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.given_on:%d.%m.%Y}"

    def is_in_force_on(self, day: date) -> bool:
        return self.given_on <= day and (self.withdrawn_on is None or self.withdrawn_on > day)


class TherapyReason(AuditedModel):
    """Powód terapii: for the health circle of the family and the leader of the group; on no list or paper."""

    set_by_actions = ("participation",)

    participation = models.OneToOneField(
        Participation, models.PROTECT, verbose_name="udział", related_name="therapy_reason"
    )
    text = EncryptedTextField("powód terapii", max_length=1000)

    class Meta:
        verbose_name = "powód terapii"
        verbose_name_plural = "powody terapii"

    def __str__(self):
        return "powód terapii"
