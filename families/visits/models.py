"""Visits (held or failed) with agreements and safeguarding concerns; contacts by telephone and with institutions."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q

from families.caseload.models import WorkPeriod
from families.choices import (
    AgreementOwner,
    AgreementResult,
    Area,
    Confirmation,
    ContactChannel,
    CounterpartType,
    NotifiedParty,
    OtherAttendee,
    VisitKind,
    VisitLocation,
    VisitResult,
)
from families.law import DIRECT_TASKS
from families.people.models import Person
from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import join_list, short_date
from lubsko_ops.core.temporal import timestamp_range

TASKS = [(task.point, task.label) for task in DIRECT_TASKS]


class Visit(AuditedModel):
    """Wizyta: a visit to the family, held or failed.

    ``day`` and ``starts_at`` are local time as entered, ``started_at`` is the instant. ``fold`` as in ``datetime``: the
    second of the two hours 2:00–3:00 in the night when the clocks go back.
    """

    set_by_actions = ("period", "assistant", "fold", "minutes")

    period = models.ForeignKey(WorkPeriod, models.PROTECT, verbose_name="okres pracy", related_name="visits")
    assistant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="asystent rodziny", related_name="visits"
    )
    day = models.DateField("data")
    starts_at = models.TimeField("od")
    fold = models.BooleanField("druga godzina przy zmianie czasu", default=False)
    started_at = models.DateTimeField("chwila rozpoczęcia", editable=False)
    minutes = models.PositiveSmallIntegerField("czas trwania w minutach")
    place = models.CharField(
        "miejsce", max_length=20, choices=VisitLocation.choices, default=VisitLocation.HOME
    )
    place_note = models.CharField("jakie miejsce", max_length=120, blank=True)
    kind = models.CharField("rodzaj", max_length=20, choices=VisitKind.choices, default=VisitKind.PLANNED)
    result = models.CharField("wynik", max_length=20, choices=VisitResult.choices, default=VisitResult.HELD)
    other_attendees = ArrayField(
        models.CharField(max_length=20, choices=OtherAttendee.choices),
        verbose_name="kto był spoza rodziny",
        default=list,
        blank=True,
    )
    others_note = models.CharField("inne osoby", max_length=200, blank=True)
    # Ids of users who were the family's specialists on the day.
    specialists = ArrayField(
        models.BigIntegerField(), verbose_name="specjaliści", default=list, db_default=[], blank=True
    )
    areas = ArrayField(
        models.CharField(max_length=2, choices=Area.choices), verbose_name="obszary", default=list, blank=True
    )
    tasks = ArrayField(
        models.CharField(max_length=4, choices=TASKS),
        verbose_name="zadania z art. 15 ust. 1",
        default=list,
        blank=True,
    )
    facts = models.TextField("co się działo", blank=True)
    opinion = models.TextField("jak to oceniam", blank=True)
    next_day = models.DateField("następna wizyta", null=True, blank=True)
    next_at = models.TimeField("godzina następnej wizyty", null=True, blank=True)
    confirmation = models.CharField(
        "potwierdzenie", max_length=10, choices=Confirmation.choices, default=Confirmation.NONE
    )
    no_signature_reason = models.CharField("powód braku podpisu", max_length=200, blank=True)
    kilometres = models.DecimalField("kilometry", max_digits=5, decimal_places=1, null=True, blank=True)

    class Meta:
        verbose_name = "wizyta"
        verbose_name_plural = "wizyty"
        indexes = [
            models.Index(fields=["period", "-started_at", "-id"], name="visit_by_period"),
            models.Index(fields=["assistant", "-started_at", "-id"], name="visit_by_assistant"),
            models.Index(
                fields=["assistant", "next_day"], name="visit_next", condition=Q(next_day__isnull=False)
            ),
            # Includes what the reports count, so they read the index alone.
            models.Index(
                fields=["day", "result", "kind"],
                include=["assistant", "minutes", "entered_at", "areas", "period"],
                name="visit_counted_by_day_of_work",
            ),
        ]
        constraints = [
            ExclusionConstraint(
                name="visit_never_overlaps",
                expressions=[
                    ("assistant", RangeOperators.EQUAL),
                    (timestamp_range("started_at", "minutes"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="O tej porze masz już zapisaną inną wizytę. Popraw godziny.",
            ),
            models.CheckConstraint(
                name="visit_length",
                condition=Q(minutes__lte=24 * 60) & (~Q(result=VisitResult.HELD) | Q(minutes__gt=0)),
                violation_error_message="Wizyta trwa dłużej niż nic i krócej niż dobę. Popraw godziny.",
            ),
            models.CheckConstraint(
                name="visit_held_says_what",
                condition=~Q(result=VisitResult.HELD) | ~Q(facts=""),
                violation_error_message="Napisz, co się działo na wizycie.",
            ),
            models.CheckConstraint(
                name="visit_next_after",
                condition=Q(next_day=None) | Q(next_day__gte=F("day")),
                violation_error_message="Następna wizyta nie może wypaść przed tą.",
            ),
        ]

    def __str__(self):
        return f"wizyta {self.day:%d.%m.%Y}, {self.starts_at:%H:%M}"

    @property
    def held(self) -> bool:
        """Whether it counts as a visit; a failed attempt does not."""
        return self.result == VisitResult.HELD

    @property
    def ended_at(self) -> datetime:
        """End in local time; may lie on the next day."""
        return (self.started_at + timedelta(minutes=self.minutes)).astimezone(clock.WARSAW)


class VisitAttendee(AuditedModel):
    """Obecność: a member of the family present at a visit. Children present count as seen."""

    visit = models.ForeignKey(Visit, models.PROTECT, verbose_name="wizyta", related_name="attendees")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="osoba", related_name="visit_attendances")

    class Meta:
        verbose_name = "obecność"
        verbose_name_plural = "obecności"
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "person"],
                name="visit_attendee_once",
                violation_error_message="Ta osoba jest już zaznaczona.",
            )
        ]

    def __str__(self):
        return str(self.person)


class Agreement(AuditedModel):
    """Ustalenie: who does what by when, agreed at a visit. Its outcomes are recorded at later visits."""

    set_by_actions = ("visit",)

    visit = models.ForeignKey(Visit, models.PROTECT, verbose_name="wizyta", related_name="agreements")
    what = models.CharField("co", max_length=300)
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="osoba", related_name="+", null=True, blank=True
    )
    agreed_by = models.CharField("kto", max_length=15, choices=AgreementOwner.choices, blank=True)
    due_on = models.DateField("do kiedy", null=True, blank=True)

    class Meta:
        verbose_name = "ustalenie"
        verbose_name_plural = "ustalenia"
        constraints = [
            models.CheckConstraint(
                name="agreement_names_who",
                condition=Q(person=None, agreed_by__gt="") | Q(person__isnull=False, agreed_by=""),
                violation_error_message="Wybierz, kto ma to zrobić.",
            )
        ]

    def __str__(self):
        return self.what

    @property
    def agreed_on(self) -> date:
        return self.visit.day

    @property
    def responsible_name(self) -> str:
        return str(self.person.first_name) if self.person else self.get_agreed_by_display()


class AgreementOutcome(AuditedModel):
    """Wynik ustalenia recorded at a later visit; a moved one has its new day."""

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, verbose_name="ustalenie", related_name="outcomes"
    )
    visit = models.ForeignKey(Visit, models.PROTECT, verbose_name="wizyta", related_name="agreement_outcomes")
    outcome = models.CharField("co wyszło", max_length=10, choices=AgreementResult.choices)
    moved_to = models.DateField("przełożone na", null=True, blank=True)

    class Meta:
        verbose_name = "wynik ustalenia"
        verbose_name_plural = "wyniki ustaleń"
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "visit"],
                name="agreement_outcome_once",
                violation_error_message="To ustalenie jest już rozliczone na tej wizycie.",
            )
        ]

    def __str__(self):
        return f"{self.agreement}: {self.get_outcome_display()}"

    @property
    def text(self) -> str:
        """ "przełożone na 20.10.2026", "zrobione"."""
        return self.get_outcome_display() + (f" na {short_date(self.moved_to)}" if self.moved_to else "")


class SafeguardingConcern(AuditedModel):
    """Zagrożenie bezpieczeństwa dziecka reported at a visit: description, immediate action, notification."""

    set_by_actions = ("visit",)

    visit = models.OneToOneField(Visit, models.PROTECT, verbose_name="wizyta", related_name="concern")
    description = models.TextField("co zagraża i któremu dziecku")
    action_taken = models.TextField("co zrobiono na miejscu")
    notified = models.CharField("kogo zawiadomiono", max_length=20, choices=NotifiedParty.choices)
    notified_who = models.CharField("kto przyjął zawiadomienie", max_length=200, blank=True)
    notified_at = models.DateTimeField("kiedy zawiadomiono")

    class Meta:
        verbose_name = "zagrożenie bezpieczeństwa dziecka"
        verbose_name_plural = "zagrożenia bezpieczeństwa dzieci"

    @property
    def family_id(self) -> int:
        return self.visit.period.family_id

    def last_closing_step(self, steps=None) -> "SafeguardingStep | None":
        """The last step that closes or reopens the concern; ``steps``: all steps, if loaded."""
        closing = [
            step for step in (self.steps.all() if steps is None else steps) if step.closes or step.reopens
        ]
        return max(closing, key=lambda step: (step.day, step.pk), default=None)

    def is_over(self, steps=None) -> bool:
        """Whether the concern is closed."""
        last = self.last_closing_step(steps)
        return bool(last and last.closes)

    def __str__(self):
        return f"zagrożenie z wizyty {self.visit.day:%d.%m.%Y}"


class SafeguardingStep(AuditedModel):
    """Krok w sprawie zagrożenia, by a social worker, a manager or an assistant.

    A step may close the concern, a later one may reopen it.
    """

    concern = models.ForeignKey(
        SafeguardingConcern, models.PROTECT, verbose_name="zagrożenie", related_name="steps"
    )
    day = models.DateField("dzień")
    what = models.TextField("co zrobiono")
    closes = models.BooleanField("zagrożenie ustało", default=False)
    reopens = models.BooleanField("zagrożenie trwa nadal", default=False, db_default=False)

    class Meta:
        verbose_name = "krok w sprawie zagrożenia"
        verbose_name_plural = "kroki w sprawie zagrożenia"
        indexes = [models.Index(fields=["concern", "day"], name="concern_step_by_day")]
        constraints = [
            models.CheckConstraint(
                name="concern_step_closes_or_reopens",
                condition=Q(closes=False) | Q(reopens=False),
                violation_error_message="Zagrożenie albo ustało, albo trwa nadal. Wybierz jedno.",
            )
        ]

    def __str__(self):
        return f"{self.day:%d.%m.%Y}: {self.what}"


class SafeguardingAcknowledgement(AuditedModel):
    """Przyjęcie zagrożenia do wiadomości by a manager or the leading social worker, once by each person.

    Its day and hour are those of the entry. ``roles``: in which of these two roles the person took note of it.
    """

    set_by_actions = ("concern", "roles")

    concern = models.ForeignKey(
        SafeguardingConcern, models.PROTECT, verbose_name="zagrożenie", related_name="acknowledgements"
    )
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), verbose_name="jako kto")

    class Meta:
        verbose_name = "przyjęcie zagrożenia do wiadomości"
        verbose_name_plural = "przyjęcia zagrożeń do wiadomości"
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "entered_by"],
                name="concern_acknowledged_once",
                violation_error_message="To zagrożenie jest już przez Ciebie przyjęte do wiadomości.",
            )
        ]

    def __str__(self):
        return f"przyjęcie do wiadomości: {self.concern}"

    @property
    def family_id(self) -> int:
        return self.concern.family_id

    @property
    def roles_text(self) -> str:
        """ "kierownik", "kierownik i pracownik socjalny"."""
        return join_list(Role(each).label for each in self.roles)


class Contact(AuditedModel):
    """Kontakt: a telephone call, a letter, a meeting in an institution; it never counts as a visit."""

    set_by_actions = ("period", "author")

    period = models.ForeignKey(
        WorkPeriod, models.PROTECT, verbose_name="okres pracy", related_name="contacts"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="kto", related_name="contacts"
    )
    day = models.DateField("data")
    starts_at = models.TimeField("godzina", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("czas w minutach", null=True, blank=True)
    channel = models.CharField(
        "sposób", max_length=10, choices=ContactChannel.choices, default=ContactChannel.PHONE
    )
    counterpart_type = models.CharField("z kim", max_length=20, choices=CounterpartType.choices)
    counterpart_name = models.CharField("imię, nazwisko, funkcja", max_length=200, blank=True)
    subject = models.TextField("czego dotyczył")

    class Meta:
        verbose_name = "kontakt"
        verbose_name_plural = "kontakty"
        indexes = [
            models.Index(fields=["period", "-day", "-id"], name="contact_by_period"),
            models.Index(fields=["author", "-day"], name="contact_by_author"),
            models.Index(fields=["day"], name="contact_by_day"),
        ]

    def __str__(self):
        return f"{self.get_channel_display()}, {self.get_counterpart_type_display()}, {self.day:%d.%m.%Y}"
