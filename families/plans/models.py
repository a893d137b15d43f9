"""Plan pracy z rodziną: versions, rows, progress, signatures, returns and reviews."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q

from families.caseload.models import WorkPeriod
from families.choices import ActionState, Area, EffectRating, PlanState, SignatureKind
from families.people.models import Person
from lubsko_ops.audit.models import AuditedModel, ImportableModel, Origin
from lubsko_ops.core.temporal import date_range


class UnsignedCause(models.TextChoices):
    """Dlaczego plan wszedł w życie bez podpisu, którego wymaga."""

    NOBODY_HOME = "nobody_home", "z rodziną nie mieszka teraz żadna dorosła osoba"
    ABSENT = "absent", "osoba jest długo nieobecna (szpital, wyjazd, zakład karny)"
    UNABLE = "unable", "stan zdrowia nie pozwala osobie podpisać ani odmówić"
    NO_CONTACT = "no_contact", "z osobą nie ma kontaktu"


class Plan(AuditedModel, ImportableModel):
    """One version of the plan; versions are numbered through the whole case file of the family.

    ``state`` is the stage of the approval; whether the plan is in force depends on its dates. ``drawn_up_on``: the
    day it was first sent for consultation. ``writers``: ids of all users who wrote the content or sent it, ``author``
    among them. ``co_authors``: ids of specialists of the family named as co-authors, who read their part of it.
    ``single_reviewer``: consulted and accepted by the same person, which only a centre with a small staff
    allows. ``unsigned_cause``: why the manager put it in force although a required signature is missing.
    An imported plan (``origin``) is on paper: its rows, signatures and who accepted it stand there.
    """

    set_by_actions = (
        *("period", "number", "author", "state", "drawn_up_on", "sent_on", "consulted_on", "consulted_by"),
        *("consultation", "accepted_on", "accepted_by", "single_reviewer", "in_force_from", "in_force_to"),
        *("unsigned_cause", "unsigned_reason"),
    )

    period = models.ForeignKey(WorkPeriod, models.PROTECT, verbose_name="okres pracy", related_name="plans")
    number = models.PositiveSmallIntegerField("wersja planu")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="asystent rodziny", related_name="plans"
    )
    writers = ArrayField(models.BigIntegerField(), verbose_name="kto pisał", editable=False)
    co_authors = ArrayField(
        models.BigIntegerField(), verbose_name="współautorzy", default=list, db_default=[], blank=True
    )
    covers_from = models.DateField("okres od")
    covers_to = models.DateField("okres do")
    main_goal = models.TextField("cel główny", blank=True)
    reason = models.CharField("powód zmiany planu", max_length=300, blank=True)
    coordinated = models.BooleanField("plan skoordynowany z planem pomocy dziecku", default=False)
    coordinated_with = models.CharField("z kim uzgodniono", max_length=200, blank=True)
    coordinated_on = models.DateField("uzgodniono dnia", null=True, blank=True)
    state = models.CharField("stan", max_length=15, choices=PlanState.choices, default=PlanState.DRAFT)
    drawn_up_on = models.DateField("data sporządzenia", null=True, blank=True)
    sent_on = models.DateField("wysłano do konsultacji", null=True, blank=True)
    consulted_on = models.DateField("skonsultowano", null=True, blank=True)
    consulted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="skonsultował(a)",
        related_name="+",
        null=True,
        blank=True,
    )
    consultation = models.TextField("uwagi z konsultacji", blank=True)
    accepted_on = models.DateField("zaakceptowano", null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="zaakceptował(a)",
        related_name="+",
        null=True,
        blank=True,
    )
    single_reviewer = models.BooleanField("jedna osoba przy małej obsadzie", default=False)
    in_force_from = models.DateField("obowiązuje od", null=True, blank=True)
    in_force_to = models.DateField("obowiązuje do", null=True, blank=True)
    unsigned_cause = models.CharField(
        "przyczyna braku podpisu",
        max_length=15,
        choices=UnsignedCause.choices,
        blank=True,
        default="",
        db_default="",
    )
    unsigned_reason = models.CharField(
        "wyjaśnienie braku podpisu", max_length=300, blank=True, default="", db_default=""
    )

    class Meta:
        verbose_name = "plan pracy z rodziną"
        verbose_name_plural = "plany pracy z rodziną"
        indexes = [
            models.Index(fields=["accepted_on"], name="plan_by_acceptance"),
            models.Index(fields=["author", "accepted_on"], name="plan_by_author"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "number"],
                name="plan_number_once",
                violation_error_message="Ta wersja planu już powstała. Otwórz plan jeszcze raz.",
            ),
            models.UniqueConstraint(
                fields=["period"],
                condition=~Q(state=PlanState.SIGNED),
                name="plan_one_in_work",
                violation_error_message="Nowa wersja planu jest już w przygotowaniu. Otwórz ją i popraw.",
            ),
            models.CheckConstraint(
                name="plan_days",
                condition=Q(covers_to__gte=F("covers_from")),
                violation_error_message="Koniec okresu planu nie może poprzedzać początku.",
            ),
            models.CheckConstraint(
                name="plan_sent_says_when",
                condition=Q(state=PlanState.DRAFT)
                | Q(sent_on__isnull=False, drawn_up_on__isnull=False, main_goal__gt="")
                | Q(origin=Origin.IMPORT, drawn_up_on__isnull=False, main_goal__gt=""),
                violation_error_message="Plan wysłany do konsultacji ma datę i cel główny.",
            ),
            models.CheckConstraint(
                name="plan_accepted_after_consultation",
                condition=~Q(state__in=[PlanState.ACCEPTED, PlanState.SIGNED])
                | Q(
                    consulted_on__gte=F("sent_on"),
                    consulted_by__isnull=False,
                    accepted_on__gte=F("consulted_on"),
                    accepted_by__isnull=False,
                )
                | Q(origin=Origin.IMPORT, state=PlanState.SIGNED, accepted_on__isnull=False),
                violation_error_message="Plan najpierw konsultuje pracownik socjalny, potem akceptuje kierownik.",
            ),
            models.CheckConstraint(
                name="plan_four_eyes",
                condition=Q(writers__contains=[F("author")])
                & ~Q(writers__contains=[F("consulted_by")])
                & ~Q(writers__contains=[F("accepted_by")])
                & (
                    Q(consulted_by=None)
                    | Q(accepted_by=None)
                    | ~Q(accepted_by=F("consulted_by"))
                    | Q(single_reviewer=True)
                ),
                violation_error_message="Kto napisał plan, nie konsultuje go ani nie akceptuje.",
            ),
            models.CheckConstraint(
                name="plan_in_force_is_signed",
                condition=Q(in_force_from=None, in_force_to=None) & ~Q(state=PlanState.SIGNED)
                | Q(state=PlanState.SIGNED, in_force_from__gte=F("accepted_on")),
                violation_error_message="Obowiązuje tylko plan zaakceptowany i podpisany.",
            ),
            models.CheckConstraint(
                name="plan_unsigned_says_why",
                condition=Q(unsigned_cause="", unsigned_reason="")
                | Q(state=PlanState.SIGNED, unsigned_cause__gt="", unsigned_reason__gt=""),
                violation_error_message="Wejście w życie bez podpisu wymaga przyczyny i wyjaśnienia.",
            ),
            ExclusionConstraint(
                name="plan_one_in_force",
                expressions=[
                    ("period", RangeOperators.EQUAL),
                    (date_range("in_force_from", "in_force_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(in_force_from__isnull=False),
                violation_error_message="W tym czasie obowiązuje już inna wersja planu.",
            ),
        ]

    def __str__(self):
        return f"plan pracy, wersja {self.number}"

    @property
    def frozen(self) -> bool:
        """Whether the plan is accepted, so its content never changes again."""
        return self.state in (PlanState.ACCEPTED, PlanState.SIGNED)

    @property
    def is_on_paper(self) -> bool:
        """Whether only its dates and main goal are here: the plan was made before the register was imported."""
        return self.origin == Origin.IMPORT

    @property
    def in_force_until(self) -> date | None:
        """The last day in force, if known: the plan was replaced or the work period ended."""
        if self.in_force_from is None:
            return None
        return min((day for day in (self.in_force_to, self.period.ends_on) if day), default=None)

    @property
    def was_in_force(self) -> bool:
        """Whether it has been in force; a version due to begin after the work ended never was."""
        until = self.in_force_until
        return self.in_force_from is not None and (until is None or self.in_force_from <= until)

    def in_force_on(self, day: date) -> bool:
        """Whether this version is in force on the day; never after the work period has ended."""
        until = self.in_force_until
        return (
            self.in_force_from is not None and self.in_force_from <= day and (until is None or day <= until)
        )


class PlanAction(AuditedModel):
    """Wiersz planu: what is done about a problem, by whom, by when and with what expected outcome.

    ``origin``: the row of the first version this one continues; rows with the same origin form a lineage, and their
    progress is read together. A draft may be incomplete; without a due date and an expected outcome the plan cannot
    be sent (art. 15 ust. 3).
    """

    set_by_actions = ("plan", "position", "origin")

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="plan", related_name="actions")
    position = models.PositiveSmallIntegerField("kolejność")
    origin = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="ciąg dalszy wiersza",
        related_name="continuations",
        null=True,
        blank=True,
    )
    area = models.CharField("obszar", max_length=2, choices=Area.choices, blank=True)
    problem = models.CharField("problem lub potrzeba", max_length=300, blank=True)
    goal = models.CharField("cel szczegółowy", max_length=300, blank=True)
    actions = models.TextField("działania", blank=True)
    who = models.CharField("kto", max_length=200, blank=True)
    # Ids of specialists of the family who do it, or take part.
    specialists = ArrayField(
        models.BigIntegerField(), verbose_name="specjaliści", default=list, db_default=[], blank=True
    )
    due_on = models.DateField("termin", null=True, blank=True)
    expected_outcome = models.TextField("przewidywany efekt", blank=True)

    class Meta:
        verbose_name = "wiersz planu"
        verbose_name_plural = "wiersze planu"
        indexes = [models.Index(fields=["plan", "position"], name="plan_action_by_plan")]

    def __str__(self):
        return self.goal or self.actions or f"wiersz {self.position}"

    @property
    def is_empty(self) -> bool:
        """Whether nothing but the area is filled in."""
        return not any(value for name, value in self.entered_values().items() if name != "area")

    @property
    def lineage_id(self) -> int:
        """Id shared by the rows of all versions that continue one another."""
        return self.origin_id or self.pk


class ActionProgress(AuditedModel):
    """Postęp działania on a day, mostly recorded with a visit. Empty state: worked on, nothing changed."""

    action = models.ForeignKey(PlanAction, models.PROTECT, verbose_name="działanie", related_name="progress")
    day = models.DateField("dzień")
    visit = models.ForeignKey(
        "visits.Visit",
        models.PROTECT,
        verbose_name="wizyta",
        related_name="plan_progress",
        null=True,
        blank=True,
    )
    state = models.CharField("stan realizacji", max_length=15, choices=ActionState.choices, blank=True)
    effect = models.CharField("osiągnięcie efektu", max_length=15, choices=EffectRating.choices, blank=True)
    note = models.CharField("uwagi", max_length=300, blank=True)

    class Meta:
        verbose_name = "postęp działania"
        verbose_name_plural = "postępy działań"
        indexes = [models.Index(fields=["action", "day"], name="progress_by_action")]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "action"],
                name="progress_once_a_visit",
                violation_error_message="To działanie jest już zaznaczone na tej wizycie.",
            ),
            models.CheckConstraint(
                name="progress_dropped_says_why",
                condition=~Q(state=ActionState.DROPPED) | Q(note__gt=""),
                violation_error_message="Napisz, dlaczego od tego odstąpiono.",
            ),
            models.CheckConstraint(
                name="progress_says_something",
                condition=Q(visit__isnull=False) | Q(state__gt="") | Q(effect__gt=""),
                violation_error_message="Wybierz stan realizacji.",
            ),
        ]

    def __str__(self):
        return f"{self.action}: {self.get_state_display() or 'praca nad działaniem'}"


class PlanSignature(AuditedModel):
    """Podpis członka rodziny albo odmowa z powodem, with its day."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="plan", related_name="signatures")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="osoba", related_name="+")
    kind = models.CharField("podpis", max_length=10, choices=SignatureKind.choices)
    day = models.DateField("dzień")
    reason = models.CharField("powód odmowy", max_length=300, blank=True)

    class Meta:
        verbose_name = "podpis pod planem"
        verbose_name_plural = "podpisy pod planami"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "person"],
                name="plan_signed_once",
                violation_error_message="Podpis tej osoby jest już odnotowany.",
            ),
            models.CheckConstraint(
                name="plan_refusal_says_why",
                condition=Q(kind=SignatureKind.REFUSED, reason__gt="")
                | Q(kind=SignatureKind.SIGNED, reason=""),
                violation_error_message="Odmowa podpisu wymaga powodu.",
            ),
        ]

    @property
    def is_signed(self) -> bool:
        """False for a refusal."""
        return self.kind == SignatureKind.SIGNED

    def __str__(self):
        return f"{self.person}: {self.get_kind_display()} {self.day:%d.%m.%Y}"


class PlanReturn(AuditedModel):
    """Odesłanie planu do poprawy: the day, the stage it was returned from and a remark on the whole plan."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="plan", related_name="returns")
    day = models.DateField("dzień")
    stage = models.CharField("odesłano z etapu", max_length=15, choices=PlanState.choices)
    text = models.TextField("uwaga do całości", blank=True)

    class Meta:
        verbose_name = "odesłanie planu"
        verbose_name_plural = "odesłania planów"

    def __str__(self):
        return f"odesłany do poprawy {self.day:%d.%m.%Y}"

    @property
    def is_from_acceptance(self) -> bool:
        """False for a plan returned from consultation."""
        return self.stage == PlanState.ACCEPTANCE


class RowRemark(AuditedModel):
    """Uwaga do wiersza of a returned plan. ``about`` describes the row even when that row is gone."""

    plan_return = models.ForeignKey(
        PlanReturn, models.PROTECT, verbose_name="odesłanie", related_name="remarks"
    )
    action = models.ForeignKey(
        PlanAction, models.SET_NULL, verbose_name="wiersz", related_name="remarks", null=True, blank=True
    )
    about = models.CharField("czego dotyczyła", max_length=320)
    text = models.TextField("uwaga")
    addressed = models.BooleanField("uwzględniona", default=False)

    class Meta:
        verbose_name = "uwaga do wiersza planu"
        verbose_name_plural = "uwagi do wierszy planu"

    def __str__(self):
        return f"uwaga: {self.about}"


class PlanReview(AuditedModel):
    """Przegląd planu bez zmian: the plan was reviewed after an important event and stays as it is."""

    period = models.ForeignKey(
        WorkPeriod, models.PROTECT, verbose_name="okres pracy", related_name="plan_reviews"
    )
    day = models.DateField("dzień")
    note = models.CharField("dlaczego bez zmian", max_length=500)

    class Meta:
        verbose_name = "przegląd planu"
        verbose_name_plural = "przeglądy planów"

    def __str__(self):
        return f"przegląd planu {self.day:%d.%m.%Y}"
