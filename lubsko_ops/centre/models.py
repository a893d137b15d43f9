import base64
from functools import lru_cache
from typing import Any

from django.db import models

from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.centre.dictionaries.models import (  # noqa: F401 (of the app)
    CASE_REFERENCE_VALIDATOR,
    FilingSymbol,
    Institution,
    MeetingPlace,
    SymbolCounter,
)
from lubsko_ops.core.process_cache import ProcessCache


class CoatOfArms(models.Model):
    """Herb: a picture made safe (centre/pictures.py). Never changed or deleted, because issued papers refer to it."""

    class Kind(models.TextChoices):
        PNG = "image/png", "PNG"
        SVG = "image/svg+xml", "SVG"

    kind = models.CharField("rodzaj", max_length=20, choices=Kind.choices)
    content = models.BinaryField("obraz")
    checksum = models.CharField("suma kontrolna", max_length=64, unique=True)

    class Meta:
        verbose_name = "herb"
        verbose_name_plural = "herby"

    @property
    def data_url(self) -> str:
        return f"data:{self.kind};base64,{base64.b64encode(bytes(self.content)).decode()}"


@lru_cache(maxsize=4)
def get_picture(pk: int) -> str:
    """The picture of a coat of arms as a data address; it never changes."""
    return CoatOfArms.objects.get(pk=pk).data_url


class Centre(AuditedModel):
    """Ośrodek: a single row with what pages and papers say about the centre."""

    set_by_actions = ("coat_of_arms", "coat_of_arms_label")
    # What a paper shows of the centre; issued papers keep these values.
    LETTERHEAD = (
        "name",
        "name_genitive",
        "name_locative",
        "short_name",
        "locality",
        "address_line",
        "phone",
        "email",
        "website",
        "foot",
        "coat_of_arms_id",
        "coat_of_arms_label",
    )

    name = models.CharField("pełna nazwa", max_length=200)
    name_genitive = models.CharField("pełna nazwa w dopełniaczu", max_length=200, blank=True)
    name_locative = models.CharField("pełna nazwa w miejscowniku", max_length=200, blank=True)
    short_name = models.CharField("skrót", max_length=60)
    locality = models.CharField("miejscowość", max_length=80)
    address_line = models.CharField("adres", max_length=200, blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)
    email = models.EmailField("e-mail", blank=True)
    website = models.CharField("strona", max_length=120, blank=True)
    foot = models.CharField("stopka pism", max_length=300, blank=True)
    data_processing = models.TextField(
        "informacja o przetwarzaniu danych osobowych", max_length=6000, blank=True
    )
    problem_contact = models.TextField("kontakt w razie problemów", max_length=500, blank=True)
    coat_of_arms = models.ForeignKey(
        CoatOfArms, models.PROTECT, verbose_name="herb", related_name="+", null=True, blank=True
    )
    coat_of_arms_label = models.CharField("opis herbu", max_length=120, blank=True)

    class Meta:
        verbose_name = "ośrodek"
        verbose_name_plural = "ośrodek"
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                name="one_centre",
                violation_error_message="Dane ośrodka wpisał już ktoś inny. Otwórz tę stronę jeszcze raz.",
            )
        ]

    def __str__(self):
        return self.short_name

    def letterhead_values(self) -> dict[str, Any]:
        """Plain values for ``Centre(**values)``."""
        return {name: getattr(self, name) for name in self.LETTERHEAD}

    @property
    def picture(self) -> str:
        """The coat of arms as a data address; empty without one."""
        return get_picture(self.coat_of_arms_id) if self.coat_of_arms_id else ""


class NormValue(AuditedModel):
    """Wartość normy ośrodka: in force from its first day until the next value of the same norm begins."""

    set_by_actions = ("name",)

    name = models.CharField("norma", max_length=40)  # key of NORMS (centre/norms.py)
    value = models.PositiveSmallIntegerField("wartość")
    starts_on = models.DateField("od dnia")
    decided_by = models.CharField("podstawa", max_length=200)
    why = models.CharField("dlaczego", max_length=300, blank=True)

    class Meta:
        verbose_name = "wartość normy"
        verbose_name_plural = "wartości norm"
        constraints = [
            models.UniqueConstraint(
                fields=["name", "starts_on"],
                name="norm_value_once_a_day",
                violation_error_message="Od tego dnia ktoś już ustalił inną wartość. Otwórz tę stronę jeszcze raz.",
            )
        ]

    def __str__(self):
        return f"{self.value} od {self.starts_on:%d.%m.%Y}"


class ActCitation(AuditedModel):
    """Przywołanie aktu dodane przez ośrodek: the journal in which an act is published, cited from the day on."""

    set_by_actions = ("act",)

    act = models.CharField("akt", max_length=80)  # short name of a citation in families/law.py
    journal = models.CharField("miejsce publikacji", max_length=120)
    starts_on = models.DateField("na pismach od dnia")
    source = models.CharField("gdzie to sprawdzono", max_length=300)

    class Meta:
        verbose_name = "przywołanie aktu"
        verbose_name_plural = "przywołania aktów"
        constraints = [
            models.UniqueConstraint(
                fields=["act", "starts_on"],
                name="act_citation_once_a_day",
                violation_error_message="Od tego dnia jest już wpisane miejsce publikacji tego aktu. Popraw tamto.",
            )
        ]

    def __str__(self):
        return self.journal


CENTRE: ProcessCache[Centre | None] = ProcessCache(lambda: Centre.objects.order_by("pk").first())


def get_centre() -> Centre | None:
    """The centre, kept in the process for a minute because every page shows it. None until it is entered."""
    return CENTRE.get()


def get_letterhead() -> Centre:
    """The centre for documents; until it is entered, a general name."""
    return get_centre() or Centre(name="Ośrodek pomocy społecznej", short_name="OPS")


def clear_cache() -> None:
    """Clear the cached row (after a change, between tests)."""
    CENTRE.clear()
