"""Families and people: dated memberships, addresses, phones, problems, categories; probable duplicates of people.

An address belongs to a family or, for a member who lives elsewhere, to the membership.
"""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q

from families.choices import (
    AddressKind,
    Category,
    Kinship,
    LivingArrangement,
    PeselMissing,
    Problem,
    Sex,
)
from families.people.birth import BirthPrecision
from families.people.definitions import (
    VALID_BIRTH_PRECISION,
    MembershipDefinitions,
    MembershipQuerySet,
    PersonDefinitions,
)
from families.people.duplicates.models import (  # noqa: F401
    DuplicateCandidate,
    DuplicateDismissal,
    PersonMerge,
)
from families.people.postal import with_street_prefix
from families.permissions import filter_visible, filter_workable
from lubsko_ops.audit.history import versions_of
from lubsko_ops.audit.models import AuditedModel, ImportableModel
from lubsko_ops.core.fields import EncryptedTextField, PeselField, pesel_key
from lubsko_ops.core.phones import phone_digits, tel_url
from lubsko_ops.core.search_keys import build_search_key
from lubsko_ops.core.temporal import (
    EndCause,
    ResumableModel,
    ValidTimeModel,
    early_end_constraint,
    end_not_before_start_constraint,
    no_overlap_constraint,
)

POLISH_COLLATION = "pl-PL-x-icu"
MAX_DOCUMENT_LENGTH = 120  # kind and number


def trigram_index(name: str) -> GinIndex:
    """GIN trigram index on ``search_key``, for searching by beginnings of words."""
    return GinIndex(fields=["search_key"], name=name, opclasses=["gin_trgm_ops"])


class FamilyQuerySet(models.QuerySet):
    """Families, filtered by what a user may open or change (families/permissions.py)."""

    def visible_to(self, user, *, on: date):
        """The families the user may open on the day."""
        return filter_visible(self, user, on=on)

    def workable_by(self, user, *, on: date):
        """The families the user may change on the day."""
        return filter_workable(self, user, on=on)


class Family(AuditedModel, ImportableModel):
    """Rodzina: the case file, never deleted; the work with the family is recorded in periods (WorkPeriod)."""

    name = models.CharField("nazwa rodziny", max_length=160, db_collation=POLISH_COLLATION)
    search_key = models.CharField("klucz wyszukiwania", max_length=600, editable=False)

    objects = FamilyQuerySet.as_manager()

    class Meta:
        verbose_name = "rodzina"
        verbose_name_plural = "rodziny"
        indexes = [models.Index(fields=["name", "id"], name="family_by_name"), trigram_index("family_search")]

    def __str__(self):
        return self.name

    def clean(self):
        self.search_key = build_search_key(self.name)[:600]


class Person(PersonDefinitions, AuditedModel, ImportableModel):
    """Osoba: names, birth, PESEL or the reason it is missing. A person may belong to several families.

    Of an approximate date of birth ``born_on`` is the first possible day; ``birth`` is the date as it is shown.
    """

    first_name = models.CharField("imię", max_length=80, db_collation=POLISH_COLLATION)
    last_name = models.CharField("nazwisko", max_length=120, db_collation=POLISH_COLLATION)
    other_spellings = ArrayField(
        models.CharField(max_length=160), verbose_name="inna pisownia", default=list, blank=True
    )
    sex = models.CharField("płeć", max_length=6, choices=Sex.choices)
    born_on = models.DateField("data urodzenia", null=True, blank=True)
    birth_precision = models.CharField(
        "co wiadomo o dacie urodzenia", max_length=5, choices=BirthPrecision.choices, blank=True, default=""
    )
    died_on = models.DateField("data śmierci", null=True, blank=True)
    pesel = PeselField("PESEL", blank=True, default="")
    pesel_key = models.CharField("skrót PESEL", max_length=64, blank=True, editable=False)
    pesel_missing = models.CharField(
        "dlaczego nie ma numeru PESEL", max_length=20, choices=PeselMissing.choices, blank=True
    )
    other_document = EncryptedTextField(
        "inny dokument", blank=True, default="", validators=[MaxLengthValidator(MAX_DOCUMENT_LENGTH)]
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="połączono z osobą",
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    search_key = models.CharField("klucz wyszukiwania", max_length=1200, editable=False)

    class Meta:
        verbose_name = "osoba"
        verbose_name_plural = "osoby"
        indexes = [
            trigram_index("person_search"),
            models.Index(fields=["pesel_key"], name="person_by_pesel", condition=~Q(pesel_key="")),
            models.Index(fields=["born_on"], name="person_by_birth"),
        ]
        constraints = [
            models.CheckConstraint(
                name="person_pesel_or_reason",
                condition=Q(pesel_key="", pesel_missing__gt="") | Q(pesel_key__gt="", pesel_missing=""),
                violation_error_message="Wpisz PESEL albo wybierz powód, dla którego go nie ma.",
            ),
            models.CheckConstraint(
                name="person_birth_precision",
                condition=VALID_BIRTH_PRECISION,
                violation_error_message="Przybliżoną datę urodzenia zapisuje się pierwszym dniem miesiąca albo roku.",
            ),
            models.CheckConstraint(
                name="person_died_after_birth",
                condition=Q(died_on=None) | Q(born_on=None) | Q(died_on__gte=models.F("born_on")),
                violation_error_message="Data śmierci nie może poprzedzać daty urodzenia.",
            ),
        ]

    def __str__(self):
        return f"{self.first_name} {self.last_name}"

    def clean(self):
        self.pesel_key = pesel_key(self.pesel)
        names = [self.first_name, self.last_name, *self.other_spellings, *self.earlier_surnames()]
        self.search_key = build_search_key(*names)[:1200]

    def earlier_surnames(self) -> list[str]:
        """Surnames the record had before, by which the person is still found; one statement, none for a new person."""
        if self.pk is None:
            return []
        versions = versions_of(Person).filter(id=self.pk).order_by("history_id")
        surnames = versions.values_list("last_name", flat=True)
        return [each for each in dict.fromkeys(surnames) if each != self.last_name]


class Membership(MembershipDefinitions, AuditedModel, ImportableModel, ResumableModel):
    """Członek rodziny: kinship and living arrangement of a person in a family, with dates."""

    family = models.ForeignKey(Family, models.PROTECT, verbose_name="rodzina", related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="osoba", related_name="memberships")
    kinship = models.CharField("kim jest w rodzinie", max_length=20, choices=Kinship.choices)
    stay = models.CharField(
        "gdzie mieszka", max_length=12, choices=LivingArrangement.choices, default=LivingArrangement.HERE
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "członek rodziny"
        verbose_name_plural = "członkowie rodziny"
        indexes = [models.Index(fields=["family", "starts_on"], name="membership_by_family")]
        constraints = [
            end_not_before_start_constraint("membership_end"),
            early_end_constraint("membership_early_end", EndCause.DEATH, EndCause.CHANGED),
            no_overlap_constraint(
                "membership_once",
                "family",
                "person",
                message="Ta osoba należy już do tej rodziny w tym czasie.",
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.kinship_label}"

    @property
    def alternates(self) -> bool:
        return self.stay == LivingArrangement.ALTERNATE

    @property
    def lives_elsewhere(self) -> bool:
        """Always elsewhere, or alternately here and elsewhere."""
        return self.stay != LivingArrangement.HERE

    @property
    def kinship_label(self) -> str:
        """Kinship in the form for the person's sex: "syn", "babcia"."""
        return Kinship(self.kinship).label_for(self.person.sex)


class Address(AuditedModel, ImportableModel, ValidTimeModel):
    """Adres of a family or of one member who lives elsewhere; may be withheld from a person."""

    set_by_actions = ("family", "membership", "kind", "starts_on", "ends_on")

    family = models.ForeignKey(
        Family, models.PROTECT, verbose_name="rodzina", related_name="addresses", null=True, blank=True
    )
    membership = models.ForeignKey(
        Membership,
        models.PROTECT,
        verbose_name="członek rodziny",
        related_name="addresses",
        null=True,
        blank=True,
    )
    kind = models.CharField(
        "rodzaj", max_length=15, choices=AddressKind.choices, default=AddressKind.RESIDENCE
    )
    street = models.CharField("ulica", max_length=120, blank=True)
    house = models.CharField("numer domu", max_length=15, blank=True)
    flat = models.CharField("numer mieszkania", max_length=15, blank=True)
    postal_code = models.CharField("kod pocztowy", max_length=10, blank=True)
    locality = models.CharField("miejscowość", max_length=80)
    region = models.ForeignKey(
        "accounts.Region", models.PROTECT, verbose_name="rejon", related_name="+", null=True, blank=True
    )
    withheld_from = models.ForeignKey(
        Person, models.PROTECT, verbose_name="nie ujawniać osobie", related_name="+", null=True, blank=True
    )
    search_key = models.CharField("klucz wyszukiwania", max_length=600, editable=False)

    class Meta:
        verbose_name = "adres"
        verbose_name_plural = "adresy"
        indexes = [
            trigram_index("address_search"),
            models.Index(fields=["family", "starts_on"], name="address_by_family"),
            models.Index(
                fields=["region", "family"], name="address_by_region", condition=Q(family__isnull=False)
            ),
        ]
        constraints = [
            end_not_before_start_constraint("address_end"),
            models.CheckConstraint(
                name="address_of_family_or_member",
                condition=Q(family=None, membership__isnull=False) | Q(family__isnull=False, membership=None),
                violation_error_message="Adres należy do rodziny albo do jednej osoby.",
            ),
            no_overlap_constraint(
                "address_of_family_once",
                "family",
                "kind",
                condition=Q(family__isnull=False),
                message="Rodzina ma już taki adres w tym czasie.",
            ),
            no_overlap_constraint(
                "address_of_member_once",
                "membership",
                "kind",
                condition=Q(membership__isnull=False),
                message="Ta osoba ma już taki adres w tym czasie.",
            ),
        ]

    def __str__(self):
        return self.line

    @property
    def owner_family_id(self) -> int:
        """The family of the address, or of the member it belongs to."""
        return self.family_id or self.membership.family_id

    @property
    def is_printable(self) -> bool:
        """False for an address withheld from somebody: it is never printed."""
        return self.withheld_from_id is None

    @property
    def street_line(self) -> str:
        """Street with numbers, or the village with the house number: "ul. Długa 14 m. 2", "Chocicz 21"."""
        numbers = f"{self.house} m. {self.flat}" if self.flat else self.house
        return f"{with_street_prefix(self.street) or self.locality} {numbers}".strip()

    @property
    def short_line(self) -> str:
        """The address without the postal code: "ul. Długa 14 m. 2, Lubsko", "Chocicz 21"."""
        return f"{self.street_line}, {self.locality}" if self.street else self.street_line

    @property
    def line(self) -> str:
        """The full address in one line."""
        town = f"{self.postal_code} {self.locality}".strip()
        return (
            f"{self.street_line}, {town}"
            if self.street
            else f"{self.street_line}, {self.postal_code}".strip(", ")
        )

    def clean(self):
        self.search_key = build_search_key(self.street, self.house, self.flat, self.locality)[:600]


class Phone(AuditedModel, ImportableModel, ResumableModel):
    """Telefon of one member or of the whole family; given voluntarily."""

    set_by_actions = ("family", "ends_on")

    family = models.ForeignKey(Family, models.PROTECT, verbose_name="rodzina", related_name="phones")
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="czyj", related_name="phones", null=True, blank=True
    )
    number = models.CharField("numer", max_length=30)
    digits = models.CharField("cyfry numeru", max_length=30, default="", editable=False)
    note = models.CharField("uwaga", max_length=120, blank=True)

    class Meta:
        verbose_name = "telefon"
        verbose_name_plural = "telefony"
        indexes = [
            models.Index(fields=["family"], name="phone_by_family"),
            models.Index(fields=["digits"], name="phone_by_digits"),
        ]
        constraints = [
            end_not_before_start_constraint("phone_end"),
            early_end_constraint("phone_early_end", EndCause.DEATH),
            no_overlap_constraint(
                "phone_once", "family", "digits", message="Ten numer jest już zapisany w tej teczce."
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def link(self) -> str:
        """The ``tel:`` link of the number."""
        return tel_url(self.number)

    def clean(self):
        self.digits = phone_digits(self.number)


class FamilyProblem(AuditedModel, ValidTimeModel):
    """Problem rodziny, from the reporting dictionary, since the day it was recognised."""

    family = models.ForeignKey(Family, models.PROTECT, verbose_name="rodzina", related_name="problems")
    problem = models.CharField("problem", max_length=30, choices=Problem.choices)

    class Meta:
        verbose_name = "problem rodziny"
        verbose_name_plural = "problemy rodziny"
        constraints = [
            end_not_before_start_constraint("problem_end"),
            no_overlap_constraint(
                "problem_once", "family", "problem", message="Ten problem jest już zapisany w tym czasie."
            ),
        ]

    def __str__(self):
        return self.get_problem_display()


class FamilyCategory(AuditedModel, ImportableModel, ValidTimeModel):
    """Kategoria rodziny under the Act; one at a time."""

    family = models.ForeignKey(Family, models.PROTECT, verbose_name="rodzina", related_name="categories")
    category = models.CharField("kategoria", max_length=30, choices=Category.choices)

    class Meta:
        verbose_name = "kategoria rodziny"
        verbose_name_plural = "kategorie rodzin"
        constraints = [
            end_not_before_start_constraint("category_end"),
            no_overlap_constraint(
                "category_once", "family", message="Rodzina ma już kategorię w tym czasie."
            ),
        ]

    def __str__(self):
        return self.get_category_display()
