"""Projekt socjalny: a line of editions, an edition with the texts of its document, and its steps."""

import re
from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.centre.models import CASE_REFERENCE_VALIDATOR
from lubsko_ops.core.search_keys import build_search_key
from lubsko_ops.core.temporal import (
    ValidTimeModel,
    ValidTimeQuerySet,
    date_range,
    end_not_before_start_constraint,
)
from projects.choices import EditionKind, EditionState, StepKind
from projects.rules import MAX_PLACES

APPROVED_STATES = (
    EditionState.RECRUITING,
    EditionState.RUNNING,
    EditionState.TO_SETTLE,
    EditionState.SETTLED,
)
MAX_TEXT = 6000
YEAR_AT_THE_END = re.compile(r"[\s,]*\b(?:19|20)\d\d(?:[–/-]\d{2,4})?$")


class ProjectLine(AuditedModel):
    """Linia: what the editions of one project have in common. A centre with one project never sees the word."""

    title = models.CharField("tytuł", max_length=200)

    class Meta:
        verbose_name = "linia projektu"
        verbose_name_plural = "linie projektów"
        constraints = [
            models.UniqueConstraint(
                Lower("title"),
                name="project_line_once",
                violation_error_message="Projekt o tym tytule już jest. Skopiuj jego edycję albo zmień tytuł.",
            )
        ]

    def __str__(self):
        return self.title

    @property
    def name(self) -> str:
        """The title without the year of the first edition at its end: "Rodzina" of "Rodzina 2017"."""
        return YEAR_AT_THE_END.sub("", self.title) or self.title


def text(label: str) -> models.TextField:
    """A text of the document; a draft may leave it empty."""
    return models.TextField(label, blank=True, max_length=MAX_TEXT)


class EditionQuerySet(ValidTimeQuerySet):
    def in_year(self, year: int):
        """Editions that run on some day of the year."""
        return self.active_on_or_after(date(year, 1, 1)).filter(starts_on__lte=date(year, 12, 31))


class Edition(AuditedModel, ValidTimeModel):
    """Edycja: what runs, with the texts of the twelve parts of its document.

    ``authors``: ids of the users named as authors, who write it whatever their role. ``writers``: ids of all who
    saved the text. ``copied_from``: the edition whose goals, actions, budget and texts it began with.
    """

    set_by_actions = (
        *(
            "line",
            "state",
            "writers",
            "copied_from",
            "case_reference",
            "sent_on",
            "approved_on",
            "approved_by",
        ),
        "small_staff",
    )

    line = models.ForeignKey(ProjectLine, models.PROTECT, verbose_name="linia", related_name="editions")
    title = models.CharField("tytuł", max_length=200)
    kind = models.CharField("rodzaj", max_length=15, choices=EditionKind.choices, default=EditionKind.GROUP)
    state = models.CharField("stan", max_length=15, choices=EditionState.choices, default=EditionState.DRAFT)
    authors = ArrayField(models.BigIntegerField(), verbose_name="autorzy")
    writers = ArrayField(models.BigIntegerField(), verbose_name="kto pisał", editable=False)
    copied_from = models.ForeignKey(
        "self", models.PROTECT, verbose_name="skopiowano z", related_name="copies", null=True, blank=True
    )
    case_reference = models.CharField(
        "znak sprawy", max_length=60, blank=True, validators=[CASE_REFERENCE_VALIDATOR]
    )
    sent_on = models.DateField("wysłano do akceptacji", null=True, blank=True)
    approved_on = models.DateField("zatwierdzono", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="zatwierdził(a)",
        related_name="+",
        null=True,
        blank=True,
    )
    small_staff = models.BooleanField("zatwierdził poprawiający przy małej obsadzie", default=False)

    # 1. Strona tytułowa
    place = models.CharField("miejsce", max_length=200, blank=True)
    realisers = models.CharField("realizatorzy", max_length=300, blank=True)
    # 2. Diagnoza
    problem = text("problem")
    scale = text("skala problemu")
    causes = text("przyczyny")
    effects = text("skutki, jeśli nic nie zrobimy")
    sources = text("źródła danych")
    justification = text("uzasadnienie")
    # 3. Grupa docelowa i rekrutacja
    target_group = text("grupa docelowa")
    criteria = text("kryteria udziału")
    places = models.PositiveSmallIntegerField(
        "liczba miejsc",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_PLACES)],
    )
    recruitment = text("sposób naboru")
    recruits_from = models.DateField("nabór od", null=True, blank=True)
    recruits_to = models.DateField("nabór do", null=True, blank=True)
    telephones = models.CharField("telefony do zapisów", max_length=200, blank=True)
    # 4. Cele, 6. harmonogram, 7. zasoby, 10. rezultaty, 11. monitoring, 12. załączniki
    main_goal = text("cel główny")
    schedule = text("harmonogram")
    resources = text("zasoby")
    expected_results = text("spodziewane rezultaty")
    monitoring = text("monitoring i ewaluacja")
    attachments = text("lista załączników")
    search_key = models.CharField(
        "klucz wyszukiwania", max_length=1000, default="", db_default="", editable=False
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "projekt"
        verbose_name_plural = "projekty"
        indexes = [
            models.Index(fields=["-starts_on", "-id"], name="edition_by_start"),
            models.Index(fields=["state", "-starts_on", "-id"], name="edition_by_state"),
            models.Index(fields=["line", "-starts_on"], name="edition_by_line"),
            GinIndex(fields=["search_key"], name="edition_search", opclasses=["gin_trgm_ops"]),
        ]
        constraints = [
            end_not_before_start_constraint("edition_days", "Koniec projektu nie może poprzedzać początku."),
            ExclusionConstraint(
                name="edition_title_once_a_day",
                expressions=[
                    ("line", RangeOperators.EQUAL),
                    (Lower("title"), RangeOperators.EQUAL),
                    (date_range(), RangeOperators.OVERLAPS),
                ],
                condition=~Q(state=EditionState.WITHDRAWN),
                violation_error_message="W tym czasie jest już edycja o tym samym tytule. Zmień okres albo tytuł.",
            ),
            models.CheckConstraint(
                name="edition_has_author",
                condition=Q(authors__len__gt=0),
                violation_error_message="Wskaż przynajmniej jednego autora.",
            ),
            models.CheckConstraint(
                name="edition_recruits_in_order",
                condition=Q(recruits_from=None)
                | Q(recruits_to=None)
                | Q(recruits_to__gte=F("recruits_from")),
                violation_error_message="Koniec naboru nie może poprzedzać początku.",
            ),
            models.CheckConstraint(
                name="edition_approved_says_who",
                condition=~Q(state__in=APPROVED_STATES)
                | Q(approved_on__gte=F("sent_on"), approved_by__isnull=False),
                violation_error_message="Projekt najpierw się wysyła, potem zatwierdza go kierownik.",
            ),
            models.CheckConstraint(
                name="edition_four_eyes",
                condition=Q(approved_by=None)
                | ~Q(authors__contains=[F("approved_by")])
                & (~Q(writers__contains=[F("approved_by")]) | Q(small_staff=True)),
                violation_error_message="Kto napisał projekt, nie zatwierdza go.",
            ),
            models.UniqueConstraint(
                fields=["case_reference"],
                condition=Q(case_reference__gt=""),
                name="edition_reference_once",
                violation_error_message="Ten znak sprawy ma już inny projekt.",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        line = self.line.title if self.line_id else ""  # a form fills in an edition that has none yet
        self.search_key = build_search_key(self.title, line)[:1000]

    @property
    def years(self) -> str:
        """ "2022", "2022–2023", "od 2012"."""
        first = self.starts_on.year
        if self.ends_on is None:
            return f"od {first}"
        return f"{first}" if self.ends_on.year == first else f"{first}–{self.ends_on.year}"

    @property
    def name(self) -> str:
        """The title with the years, unless it says them."""
        return self.title if str(self.starts_on.year) in self.title else f"{self.title}, {self.years}"

    @property
    def is_approved(self) -> bool:
        """Whether the manager has approved it, so that its document never changes again."""
        return self.approved_on is not None


class ProjectStep(AuditedModel):
    """Krok: a move from state to state with its day and text; ``entered_by`` took it."""

    edition = models.ForeignKey(Edition, models.PROTECT, verbose_name="projekt", related_name="steps")
    kind = models.CharField("krok", max_length=15, choices=StepKind.choices)
    day = models.DateField("dzień")
    text = models.TextField("uwagi albo powód", blank=True, max_length=2000)

    class Meta:
        verbose_name = "krok projektu"
        verbose_name_plural = "kroki projektów"
        indexes = [models.Index(fields=["edition", "id"], name="project_step_by_edition")]
        constraints = [
            models.CheckConstraint(
                name="project_step_says_why",
                condition=~Q(kind__in=[StepKind.RETURN, StepKind.WITHDRAW]) | Q(text__gt=""),
                violation_error_message="Napisz, dlaczego.",
            )
        ]

    def __str__(self):
        return self.get_kind_display()
