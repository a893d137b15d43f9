"""Attendance at meetings, what was done about absences, and certificates."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from families.people.models import Person
from lubsko_ops.audit.models import AuditedModel
from projects.models import Edition, Participation
from sessions.choices import CAME, FollowUpKind, Presence
from sessions.models.meetings import Meeting

MAX_LATE = 600


class Attendance(AuditedModel):
    """Obecność of one participant at one meeting.

    ``person``: who of the participation: the person, of a pair also the child; empty where a whole family takes part,
    then ``people`` counts how many of it came.
    """

    set_by_actions = ("meeting", "participation", "person")

    meeting = models.ForeignKey(Meeting, models.PROTECT, verbose_name="spotkanie", related_name="attendances")
    participation = models.ForeignKey(
        Participation, models.PROTECT, verbose_name="uczestnik", related_name="attendances"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="osoba", related_name="+", null=True, blank=True
    )
    presence = models.CharField("obecność", max_length=10, choices=Presence.choices)
    late_minutes = models.PositiveSmallIntegerField(
        "spóźnienie w minutach",
        null=True,
        blank=True,
        validators=[
            MinValueValidator(1, "Wpisz, ile minut spóźnienia, albo zostaw puste."),
            MaxValueValidator(MAX_LATE, "To za dużo minut. Sprawdź liczbę."),
        ],
    )
    reason = models.CharField("powód nieobecności", max_length=200, blank=True)
    people = models.PositiveSmallIntegerField(
        "ile osób z rodziny",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(30, "Z jednej rodziny najwyżej 30 osób.")],
    )

    class Meta:
        verbose_name = "obecność na spotkaniu"
        verbose_name_plural = "obecności na spotkaniach"
        indexes = [models.Index(fields=["participation", "meeting"], name="attendance_by_participation")]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "participation", "person"],
                nulls_distinct=False,
                name="attendance_once",
                violation_error_message="Ta osoba ma już zaznaczoną obecność na tym spotkaniu.",
            ),
            models.CheckConstraint(
                name="attendance_late_minutes_fit",
                condition=Q(late_minutes=None) | Q(presence=Presence.LATE),
                violation_error_message="Minuty wpisuje się tylko przy spóźnieniu.",
            ),
            models.CheckConstraint(
                name="attendance_reason_fits",
                condition=Q(reason="") | Q(presence=Presence.EXCUSED),
                violation_error_message="Powód wpisuje się przy nieobecności usprawiedliwionej.",
            ),
        ]

    def __str__(self):
        return self.get_presence_display()

    @property
    def came(self) -> bool:
        return self.presence in CAME


class AbsenceFollowUp(AuditedModel):
    """Co zrobiono w sprawie nieobecności z rzędu; ``meeting`` is the last one missed until then."""

    set_by_actions = ("participation", "person", "meeting")

    participation = models.ForeignKey(
        Participation, models.PROTECT, verbose_name="uczestnik", related_name="absence_follow_ups"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="osoba", related_name="+", null=True, blank=True
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, verbose_name="ostatnie opuszczone spotkanie", related_name="+"
    )
    kind = models.CharField("co zrobiono", max_length=10, choices=FollowUpKind.choices)
    day = models.DateField("dzień")
    note = models.CharField("uwagi", max_length=300, blank=True)

    class Meta:
        verbose_name = "wyjaśnienie nieobecności"
        verbose_name_plural = "wyjaśnienia nieobecności"
        indexes = [models.Index(fields=["participation", "meeting"], name="follow_up_by_participation")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.day:%d.%m.%Y}"


class Certificate(AuditedModel):
    """Zaświadczenie: its number within the project and year, and the attendance it certifies. Its paper is issued."""

    set_by_actions = (
        "edition", "participation", "person", "year", "number", "issued_on", "attended", "meetings", "minutes",
    )  # fmt: skip

    edition = models.ForeignKey(Edition, models.PROTECT, verbose_name="projekt", related_name="certificates")
    participation = models.ForeignKey(
        Participation, models.PROTECT, verbose_name="uczestnik", related_name="certificates"
    )
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="osoba", related_name="+")
    year = models.PositiveSmallIntegerField("rok")
    number = models.PositiveIntegerField("numer")
    issued_on = models.DateField("wydano dnia")
    attended = models.PositiveSmallIntegerField("obecności")
    meetings = models.PositiveSmallIntegerField("spotkania")
    minutes = models.PositiveIntegerField("czas w minutach")

    class Meta:
        verbose_name = "zaświadczenie"
        verbose_name_plural = "zaświadczenia"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "year", "number"],
                name="certificate_number_once",
                violation_error_message="Ten numer zaświadczenia jest już zajęty. Zapisz jeszcze raz.",
            ),
            models.UniqueConstraint(
                fields=["participation", "person"],
                name="certificate_once",
                violation_error_message="Ta osoba ma już zaświadczenie z tych zajęć.",
            ),
        ]

    def __str__(self):
        return self.number_text

    @property
    def number_text(self) -> str:
        """ "3/2026"."""
        return f"{self.number}/{self.year}"
