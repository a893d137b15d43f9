"""The rows of the document of an edition: goals, actions, staff, partners, risks, budget."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Round
from django.utils.functional import cached_property

from lubsko_ops.audit.models import AuditedModel
from projects.budget import line_value
from projects.choices import ActivityKind, Likelihood, MoneySource
from projects.models.editions import Edition

MONEY = models.DecimalField(max_digits=14, decimal_places=2)


class DocumentRow(AuditedModel):
    """A row of the document; numbered from 1 within its edition."""

    set_by_actions = ("edition", "position")

    edition = models.ForeignKey(Edition, models.PROTECT, verbose_name="projekt", related_name="%(class)ss")
    position = models.PositiveSmallIntegerField("numer")

    class Meta:
        abstract = True
        ordering = ["position"]
        indexes = [models.Index(fields=["edition", "position"], name="%(class)s_by_edition")]

    @property
    def is_empty(self) -> bool:
        return not any(self.entered_values().values())


def quantity(
    label: str, *, digits: int = 10, column: str | None = None, required: bool = False
) -> models.DecimalField:
    return models.DecimalField(
        label,
        max_digits=digits,
        decimal_places=2,
        db_column=column,
        null=not required,
        blank=not required,
        validators=[MinValueValidator(0, "Wpisz liczbę od zera w górę.")],
    )


class SpecificGoal(DocumentRow):
    """Cel szczegółowy with its indicator. What was reached are its ``IndicatorReading`` rows.

    ``computed_by``: key of the number of the application that is its value instead (``projects.indicators.computed``);
    empty where it is read and typed.
    """

    goal = models.CharField("cel szczegółowy", max_length=300, blank=True)
    indicator = models.CharField("wskaźnik", max_length=300, blank=True)
    unit = models.CharField("jednostka", max_length=40, blank=True)
    base = quantity("wartość bazowa")
    target = quantity("wartość docelowa")
    computed_by = models.CharField(
        "skąd wartość osiągnięta", max_length=60, blank=True, default="", db_default=""
    )
    source = models.CharField("źródło weryfikacji", max_length=300, blank=True)
    measured = models.CharField("kto mierzy i kiedy", max_length=200, blank=True)

    class Meta(DocumentRow.Meta):
        verbose_name = "cel szczegółowy"
        verbose_name_plural = "cele szczegółowe"
        constraints = [
            models.CheckConstraint(
                name="goal_target_has_unit",
                condition=Q(target=None) | Q(unit__gt=""),
                violation_error_message="Wartość docelowa potrzebuje jednostki, np. osób albo punktów.",
            )
        ]

    def __str__(self):
        return f"{self.position}. {self.goal}"


class PlannedAction(DocumentRow):
    """Działanie; ``goals``: numbers of the specific goals it serves."""

    name = models.CharField("działanie", max_length=200, blank=True)
    kind = models.CharField("rodzaj", max_length=15, choices=ActivityKind.choices, blank=True)
    leader = models.CharField("prowadzący", max_length=200, blank=True)
    meetings = models.PositiveSmallIntegerField(
        "liczba spotkań", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(2000)]
    )
    hours = quantity("liczba godzin", digits=7)
    goals = ArrayField(models.PositiveSmallIntegerField(), verbose_name="cele", default=list, blank=True)

    class Meta(DocumentRow.Meta):
        verbose_name = "działanie projektu"
        verbose_name_plural = "działania projektu"

    def __str__(self):
        return self.name

    @property
    def goals_text(self) -> str:
        return ", ".join(str(each) for each in self.goals)


class StaffMember(DocumentRow):
    """Osoba w kadrze: a user of the application or somebody from outside by name."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="pracownik ośrodka",
        related_name="+",
        null=True,
        blank=True,
    )
    name = models.CharField("osoba spoza ośrodka", max_length=120, blank=True)
    role = models.CharField("rola w projekcie", max_length=120, blank=True)
    hours = quantity("godziny", digits=7)
    rate = quantity("stawka za godzinę, zł", digits=8)

    class Meta(DocumentRow.Meta):
        verbose_name = "osoba w kadrze"
        verbose_name_plural = "kadra projektu"
        constraints = [
            models.CheckConstraint(
                name="staff_one_identity",
                condition=Q(user=None) | Q(name=""),
                violation_error_message="Wybierz pracownika albo wpisz osobę spoza ośrodka, nie oboje.",
            )
        ]

    def __str__(self):
        return self.name or str(self.user or self.role)


class Partner(DocumentRow):
    """Partner: who helps, with what, and when it was agreed."""

    name = models.CharField("partner", max_length=200, blank=True)
    contribution = models.CharField("wkład", max_length=300, blank=True)
    agreed_on = models.DateField("data porozumienia", null=True, blank=True)

    class Meta(DocumentRow.Meta):
        verbose_name = "partner"
        verbose_name_plural = "partnerzy"

    def __str__(self):
        return self.name


class Risk(DocumentRow):
    """Ryzyko: what may go wrong, how likely it is and what is done then."""

    description = models.CharField("co może się nie udać", max_length=300, blank=True)
    likelihood = models.CharField("czy grozi", max_length=10, choices=Likelihood.choices, blank=True)
    response = models.CharField("co wtedy zrobimy", max_length=300, blank=True)

    class Meta(DocumentRow.Meta):
        verbose_name = "ryzyko"
        verbose_name_plural = "ryzyka"

    def __str__(self):
        return self.description


class BudgetLineQuerySet(models.QuerySet["BudgetLine"]):
    def with_sums(self, *, until: date | None = None):
        """With ``invoiced``, ``planned_sum`` and ``spent_sum`` in zł: see ``BudgetLine.planned`` and ``spent``.

        ``until``: only invoices up to this day; what is typed without invoices has no day and always counts.
        """
        invoices = self.model._meta.get_field("invoices").related_model.objects.filter(line=OuterRef("pk"))
        if until:
            invoices = invoices.filter(day__lte=until)
        total = invoices.order_by().values("line").annotate(total=Sum("amount")).values("total")
        invoiced = Subquery(total, output_field=MONEY)
        filled = When(amount__isnull=False, price__isnull=False, then=Round(F("amount") * F("price"), 2))
        return self.annotate(
            invoiced=invoiced,
            planned_sum=Case(filled, default=Value(Decimal(0)), output_field=MONEY),
            spent_sum=Coalesce(invoiced, "typed_spent", Value(Decimal(0)), output_field=MONEY),
        )


class BudgetLine(DocumentRow):
    """Pozycja budżetu; what is planned is amount times price.

    ``typed_spent`` is entered while the project runs and counts where no invoice is entered; ``spent`` is the one
    definition of what was spent. ``difference``: why more or less was spent than planned.
    """

    set_by_actions = (*DocumentRow.set_by_actions, "typed_spent", "difference")

    name = models.CharField("pozycja", max_length=200, blank=True)
    unit = models.CharField("jednostka", max_length=40, blank=True)
    amount = quantity("ilość")
    price = quantity("cena, zł")
    source = models.CharField("źródło", max_length=10, choices=MoneySource.choices, blank=True)
    typed_spent = quantity("wydano bez faktur, zł", column="spent")
    difference = models.CharField(
        "wyjaśnienie różnicy", max_length=500, blank=True, default="", db_default=""
    )

    objects = BudgetLineQuerySet.as_manager()

    class Meta(DocumentRow.Meta):
        verbose_name = "pozycja budżetu"
        verbose_name_plural = "budżet projektu"
        constraints = [
            models.CheckConstraint(
                name="budget_line_not_zero",
                condition=(Q(amount=None) | Q(amount__gt=0)) & (Q(price=None) | Q(price__gt=0)),
                violation_error_message="Pozycja warta 0 zł nic nie kosztuje. Wpisz ilość i cenę albo usuń ją.",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def planned(self):
        """Planned value in zł."""
        return line_value(self.amount, self.price)

    @cached_property
    def invoiced(self):
        """Sum of its invoices in zł, None without any; of a row from ``with_sums`` it is read already."""
        return self.invoices.aggregate(total=Sum("amount"))["total"]

    @property
    def spent(self):
        """Spent in zł: the sum of its invoices, otherwise the typed sum; None while there is neither."""
        return self.typed_spent if self.invoiced is None else self.invoiced
