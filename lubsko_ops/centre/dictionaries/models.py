"""Dictionaries of the centre: institutions, places of meetings, symbols of the filing plan (JRWA), their counters."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeBoundary, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Lower

from lubsko_ops.audit.dictionary import DictionaryEntry
from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.centre.dictionaries.choices import Accessibility, CounterKind, FilingPurpose, InstitutionKind

ALREADY_THERE = "Taki wpis z tym adresem już jest w słowniku."


class Institution(DictionaryEntry):
    """Instytucja, with which the centre works: school, clinic, police station."""

    kind = models.CharField("rodzaj", max_length=20, choices=InstitutionKind.choices)
    address = models.CharField("adres", max_length=200, blank=True)
    phone = models.CharField("telefon", max_length=60, blank=True)
    email = models.EmailField("e-mail", blank=True)
    note = models.CharField("uwagi", max_length=300, blank=True)

    class Meta:
        verbose_name = "instytucja"
        verbose_name_plural = "instytucje"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                Lower("address"),
                name="institution_once",
                violation_error_message=ALREADY_THERE,
            )
        ]


class MeetingPlace(DictionaryEntry):
    """Miejsce spotkań: where groups meet."""

    address = models.CharField("adres, sala", max_length=200, blank=True)
    capacity = models.PositiveSmallIntegerField(
        "liczba miejsc", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(2000)]
    )
    accessible = models.CharField(
        "dostępne na wózku", max_length=3, choices=Accessibility.choices, blank=True
    )

    class Meta:
        verbose_name = "miejsce spotkań"
        verbose_name_plural = "miejsca spotkań"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"), Lower("address"), name="place_once", violation_error_message=ALREADY_THERE
            )
        ]


# ---- filing ------------------------------------------------------------------------------------------
YEARS = [MinValueValidator(2000), MaxValueValidator(2100)]
LETTERS = "A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż"
UNIT_PATTERN = rf"[{LETTERS}][{LETTERS}0-9-]*(?:\.[{LETTERS}0-9-]+)*"
# Unit, symbol, number, perhaps the number within a sub-folder, year, perhaps the initials of who keeps the case.
CASE_REFERENCE_VALIDATOR = RegexValidator(
    rf"^{UNIT_PATTERN}\.[0-9]{{2,6}}\.[0-9]{{1,6}}(?:\.[0-9]{{1,4}})?\.(?:19|20)[0-9]{{2}}(?:\.[{LETTERS}]{{1,6}})?\Z",
    "Znak sprawy to znak komórki, symbol, numer i rok po kropkach, np. ABC.1234.12.2026.",
)


class YearRange(Func):
    """SQL range of whole numbers."""

    function = "INT4RANGE"
    output_field = IntegerRangeField()


YEARS_OF_USE = YearRange("year_from", "year_to", RangeBoundary(inclusive_lower=True, inclusive_upper=True))


class FilingSymbolQuerySet(models.QuerySet):
    def valid_in(self, year: int):
        """Symbols in use in the year."""
        return self.filter(Q(year_to=None) | Q(year_to__gte=year), year_from__lte=year)


class FilingSymbol(AuditedModel):
    """Symbol klasyfikacyjny z JRWA of the centre, in use in some years, with the mark of the unit that keeps the cases.

    The mark stands here and not with the centre: it is that of the organisational unit whose list of cases (spis
    spraw) numbers them, and one centre has several.
    """

    unit = models.CharField(
        "znak komórki",
        max_length=30,
        validators=[
            RegexValidator(
                rf"^{UNIT_PATTERN}\Z",
                "Znak komórki to litery i cyfry, w razie potrzeby z myślnikiem albo kropką, np. ABC albo ABC.DS.",
            )
        ],
    )
    symbol = models.CharField(
        "symbol",
        max_length=6,
        validators=[RegexValidator(r"^[0-9]{2,6}\Z", "Symbol to od dwóch do sześciu cyfr, np. 1234.")],
    )
    title = models.CharField("hasło", max_length=200)
    category = models.CharField(
        "kategoria archiwalna",
        max_length=4,
        validators=[
            RegexValidator(
                r"^(?:A|Bc|BE?[1-9][0-9]?)\Z", "Kategoria to A, B albo BE z liczbą lat (B5, BE10) albo Bc."
            )
        ],
    )
    year_from = models.PositiveSmallIntegerField("od roku", validators=YEARS)
    year_to = models.PositiveSmallIntegerField("do roku", null=True, blank=True, validators=YEARS)
    purpose = models.CharField("do czego", max_length=20, choices=FilingPurpose.choices, blank=True)
    numbered_elsewhere = models.BooleanField("numery nadajemy poza aplikacją", default=False)

    objects = FilingSymbolQuerySet.as_manager()

    class Meta:
        verbose_name = "symbol JRWA"
        verbose_name_plural = "symbole JRWA"
        ordering = ["symbol", "unit", "year_from"]
        constraints = [
            models.CheckConstraint(
                name="symbol_years",
                condition=Q(year_to=None) | Q(year_to__gte=F("year_from")),
                violation_error_message="Ostatni rok nie może poprzedzać pierwszego.",
            ),
            ExclusionConstraint(
                name="symbol_once",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("symbol", RangeOperators.EQUAL),
                    (YEARS_OF_USE, RangeOperators.OVERLAPS),
                ],
                violation_error_message="Ten symbol tej komórki jest już w słowniku w tych latach.",
            ),
            ExclusionConstraint(
                name="symbol_one_for_purpose",
                expressions=[
                    ("purpose", RangeOperators.EQUAL),
                    (YEARS_OF_USE, RangeOperators.OVERLAPS),
                ],
                condition=Q(purpose__gt=""),
                violation_error_message="Do tego celu inny symbol jest już używany w tych latach. "
                "Zamknij go najpierw ostatnim rokiem.",
            ),
        ]

    def __str__(self):
        return f"{self.unit}.{self.symbol}"

    def is_valid_in(self, year: int) -> bool:
        """Whether the symbol is in use in the year."""
        return self.year_from <= year and (self.year_to is None or year <= self.year_to)

    def reference(self, number: int, year: int) -> str:
        """Znak sprawy: unit.symbol.number.year."""
        return f"{self.unit}.{self.symbol}.{number}.{year}"


class SymbolCounter(AuditedModel):
    """Licznik: the last number of a symbol in a year. Its row is locked to keep numbers free of gaps and duplicates.

    ``last`` may be typed by the centre, which began the year on paper; ``given`` is the last one given here.
    """

    symbol = models.ForeignKey(FilingSymbol, models.PROTECT, verbose_name="symbol", related_name="counters")
    year = models.PositiveSmallIntegerField("rok")
    kind = models.CharField("rodzaj", max_length=15, choices=CounterKind.choices, default=CounterKind.CASES)
    last = models.PositiveIntegerField("ostatni numer", default=0)
    given = models.PositiveIntegerField("ostatni nadany w aplikacji", default=0)

    class Meta:
        verbose_name = "licznik"
        verbose_name_plural = "liczniki"
        constraints = [
            models.UniqueConstraint(
                fields=["symbol", "year", "kind"],
                name="counter_once",
                violation_error_message="Ktoś właśnie założył ten licznik. Zapisz jeszcze raz.",
            ),
            models.CheckConstraint(
                name="counter_not_below_given",
                condition=Q(last__gte=F("given")),
                violation_error_message="Ostatni numer nie może być niższy niż już nadany.",
            ),
        ]

    def __str__(self):
        return f"{self.symbol}, {self.year}"
