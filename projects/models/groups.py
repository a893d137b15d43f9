"""Groups and other activities of an edition: who leads them, and the days of those that last single days."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.centre.dictionaries.models import MeetingPlace
from lubsko_ops.core.polish import number, short_date
from lubsko_ops.core.temporal import ValidTimeModel, end_not_before_start_constraint, no_overlap_constraint
from projects.choices import ActivityKind, AgeUnit, Takes
from projects.models.editions import Edition
from projects.models.rows import quantity
from projects.rules import MAX_PLACES

NAME_TAKEN = "Ten projekt ma już grupę o tej nazwie."
LEADS_ALREADY = "Ta osoba prowadzi już tę grupę w tych dniach."


class ProjectGroup(AuditedModel, ValidTimeModel):
    """Grupa albo inne zajęcia: what people take part in, or an event without enrolment, or work with families.

    ``goals``: numbers of the specific goals it serves. ``meetings`` and ``hours``: what the project declares. ``takes``
    says whether places are counted in persons, in pairs of a parent with a child, or in families.
    """

    set_by_actions = ("edition", "copied_from")

    edition = models.ForeignKey(Edition, models.PROTECT, verbose_name="projekt", related_name="groups")
    name = models.CharField("nazwa", max_length=160)
    kind = models.CharField("rodzaj", max_length=15, choices=ActivityKind.choices)
    takes = models.CharField("kto bierze udział", max_length=10, choices=Takes.choices, default=Takes.PERSONS)
    description = models.TextField("opis", blank=True, max_length=3000)
    place = models.ForeignKey(
        MeetingPlace, models.PROTECT, verbose_name="miejsce", related_name="+", null=True, blank=True
    )
    other_place = models.CharField("inne miejsce", max_length=200, blank=True)
    capacity = models.PositiveSmallIntegerField(
        "liczba miejsc",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_PLACES)],
    )
    age_from = models.PositiveSmallIntegerField(
        "wiek od", null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    age_to = models.PositiveSmallIntegerField(
        "wiek do", null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    age_unit = models.CharField(
        "wiek liczony w", max_length=6, choices=AgeUnit.choices, default=AgeUnit.YEARS
    )
    meetings = models.PositiveSmallIntegerField(
        "liczba spotkań", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(2000)]
    )
    hours = quantity("liczba godzin", digits=7)
    goals = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name="cele projektu", default=list, blank=True
    )
    partners = models.CharField("partnerzy", max_length=300, blank=True)
    copied_from = models.ForeignKey(
        "self", models.PROTECT, verbose_name="skopiowano z", related_name="copies", null=True, blank=True
    )

    class Meta:
        verbose_name = "grupa"
        verbose_name_plural = "grupy"
        indexes = [models.Index(fields=["edition", "starts_on", "id"], name="group_by_edition")]
        constraints = [
            end_not_before_start_constraint("group_days", "Koniec grupy nie może poprzedzać początku."),
            models.UniqueConstraint(
                "edition",
                Lower("name"),
                name="group_name_once",
                violation_error_message=NAME_TAKEN,
            ),
            models.CheckConstraint(
                name="group_age_in_order",
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_to__gte=F("age_from")),
                violation_error_message="Wiek „do” nie może być mniejszy niż „od”.",
            ),
            models.CheckConstraint(
                name="group_one_place",
                condition=Q(place=None) | Q(other_place=""),
                violation_error_message="Wybierz miejsce z listy albo wpisz inne, nie oba.",
            ),
            models.CheckConstraint(
                name="group_takes_fits_kind",
                condition=~Q(kind__in=[ActivityKind.EVENT, ActivityKind.FAMILY_WORK])
                & ~Q(takes__in=[Takes.NOBODY])
                | Q(kind=ActivityKind.EVENT, takes=Takes.NOBODY, capacity=None)
                | Q(kind=ActivityKind.FAMILY_WORK, takes=Takes.FAMILIES),
                violation_error_message=(
                    "Wydarzenie jest bez zapisów, a w pracy z rodzinami biorą udział całe rodziny."
                ),
            ),
        ]

    def __str__(self):
        return self.name

    def copy(self, **values) -> "ProjectGroup":
        """A new group on the pattern of this one, not saved: without people, leaders and days, with these values."""
        group = ProjectGroup(copied_from=self)
        group.copy_entered(self)
        for name, value in values.items():
            setattr(group, name, value)
        return group

    @property
    def place_text(self) -> str:
        """ "Biblioteka, ul. Szkolna 4, sala 2"."""
        if self.place is None:
            return self.other_place
        return ", ".join(filter(None, (self.place.name, self.place.address)))


class GroupLeader(AuditedModel, ValidTimeModel):
    """Prowadzący: a user of the application or somebody from outside by name, from day to day."""

    set_by_actions = ("group",)

    group = models.ForeignKey(ProjectGroup, models.PROTECT, verbose_name="grupa", related_name="leaders")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="pracownik ośrodka",
        related_name="+",
        null=True,
        blank=True,
    )
    name = models.CharField("osoba spoza ośrodka", max_length=120, blank=True)

    class Meta:
        verbose_name = "prowadzący grupę"
        verbose_name_plural = "prowadzący grupy"
        indexes = [models.Index(fields=["user", "group"], name="group_leader_by_user")]
        constraints = [
            end_not_before_start_constraint("group_leader_days"),
            models.CheckConstraint(
                name="group_leader_one_identity",
                condition=Q(user=None, name__gt="") | Q(user__isnull=False, name=""),
                violation_error_message="Wybierz pracownika albo wpisz osobę spoza ośrodka, nie oboje.",
            ),
            no_overlap_constraint(
                "group_leader_once", "group", "user", message=LEADS_ALREADY, condition=Q(user__isnull=False)
            ),
            no_overlap_constraint(
                "group_outsider_once", "group", "name", message=LEADS_ALREADY, condition=Q(name__gt="")
            ),
        ]

    def __str__(self):
        return self.name or str(self.user)


class GroupDay(AuditedModel, ValidTimeModel):
    """Dzień zajęć: of an event, a trip or holidays, with its programme; of an event also what was counted.

    One that lasts over midnight or several days has ``ends_on``.
    """

    set_by_actions = ("group",)

    group = models.ForeignKey(ProjectGroup, models.PROTECT, verbose_name="grupa", related_name="days")
    starts_at = models.TimeField("od godziny", null=True, blank=True)
    ends_at = models.TimeField("do godziny", null=True, blank=True)
    programme = models.TextField("program", blank=True, max_length=2000)
    volunteers = models.PositiveIntegerField(
        "wolontariusze", null=True, blank=True, validators=[MaxValueValidator(100_000)]
    )
    people = models.PositiveIntegerField(
        "policzone osoby", null=True, blank=True, validators=[MaxValueValidator(1_000_000)]
    )
    parcels = models.PositiveIntegerField(
        "paczki", null=True, blank=True, validators=[MaxValueValidator(1_000_000)]
    )
    kilograms = quantity("kilogramy")

    class Meta:
        verbose_name = "dzień zajęć"
        verbose_name_plural = "dni zajęć"
        indexes = [models.Index(fields=["group", "starts_on"], name="group_day_by_group")]
        constraints = [end_not_before_start_constraint("group_day_end")]

    def __str__(self):
        return f"{self.starts_on:%d.%m.%Y}"

    @property
    def days_text(self) -> str:
        """ "12.10.2026", "12.10.2026–13.10.2026"."""
        last = self.ends_on or self.starts_on
        return short_date(self.starts_on) + (f"–{short_date(last)}" if last > self.starts_on else "")

    @property
    def hours_text(self) -> str:
        """ "9:00–14:00", "od 9:00"; empty where the hour does not matter."""
        if self.starts_at is None:
            return ""
        first = f"{self.starts_at.hour}:{self.starts_at:%M}"
        return f"{first}–{self.ends_at.hour}:{self.ends_at:%M}" if self.ends_at else f"od {first}"

    @property
    def kilograms_text(self) -> str:
        return "" if self.kilograms is None else number(self.kilograms)
