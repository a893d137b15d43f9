"""The centre: its name and address for pages and paper, and its norms (local values with a default)."""

import time
from dataclasses import dataclass

from django.db import models

from lubsko_ops.audit.history import Recorded


class Centre(Recorded):
    """Ośrodek: one row. Its screens come with the settings; the demo and the first start fill it."""

    name = models.CharField("pełna nazwa", max_length=200)
    name_locative = models.CharField("pełna nazwa w miejscowniku", max_length=200, blank=True)
    short_name = models.CharField("skrót", max_length=60)
    locality = models.CharField("miejscowość", max_length=80)
    address_line = models.CharField("adres", max_length=200, blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)
    email = models.EmailField("e-mail", blank=True)
    website = models.CharField("strona", max_length=120, blank=True)

    class Meta:
        verbose_name = "ośrodek"
        verbose_name_plural = "ośrodek"

    def __str__(self):
        return self.short_name


@dataclass(frozen=True)
class Norm:
    """A value the centre decides itself: what it means, its unit, and the value until the centre sets its own."""

    label: str
    unit: str
    default: int


NORMS = {
    "read_after_hand_over_days": Norm("odczyt teczki po przekazaniu rodziny", "dni", 30),
    # How often a family is visited is said by no act: centres set a week or two weeks themselves.
    "visit_rhythm_days": Norm("najdłuższa przerwa między wizytami", "dni", 14),
    "first_visit_days": Norm("pierwsza wizyta od przydzielenia asystenta", "dni", 7),
    "danger_follow_up_days": Norm("sprawdzenie po zgłoszeniu zagrożenia dziecka", "dni roboczych", 1),
    # The act sets no day for the plan (art. 15 ust. 1 pkt 1); these are days of work usual in centres.
    "plan_days": Norm("pierwszy plan pracy od przydzielenia asystenta", "dni", 30),
    "plan_step_days": Norm("konsultacja, akceptacja albo poprawa planu", "dni", 7),
    "plan_signing_days": Norm("podpisy pod zaakceptowanym planem", "dni", 14),
    "plan_review_days": Norm("przegląd planu po ważnym zdarzeniu", "dni", 14),
    "small_staff": Norm("mała obsada: jedna osoba konsultuje i akceptuje plan", "0 albo 1", 0),
    "late_entry_working_days": Norm("wpis wizyty bez oznaczania, że jest późny", "dni roboczych", 3),
    "visit_warning_days": Norm("pytanie przy wpisie wizyty sprzed", "dni", 60),
    "visit_warning_hours": Norm("pytanie przy wizytach jednego dnia dłuższych niż", "godzin", 10),
}


def norm(name: str) -> int:
    """The norm's value. Until the settings have their screen, the default."""
    return NORMS[name].default


_REMEMBERED_SECONDS = 60
_remembered: tuple[float, Centre | None] = (0.0, None)


def centre() -> Centre | None:
    """The centre's row, remembered by the process for a minute: it stands on every page and changes yearly.

    None, remembered as well, until the centre's data are entered.
    """
    global _remembered
    until, row = _remembered
    if time.monotonic() > until:
        row = Centre.objects.order_by("pk").first()
        _remembered = (time.monotonic() + _REMEMBERED_SECONDS, row)
    return row


def forget() -> None:
    """Ask the database again next time (after a change, between tests)."""
    global _remembered
    _remembered = (0.0, None)
