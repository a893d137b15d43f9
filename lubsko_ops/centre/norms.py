"""Norms: values that the centre sets itself."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Norm:
    """A value set by the centre: label, unit and default."""

    label: str
    unit: str
    default: int


NORMS = {
    "read_after_hand_over_days": Norm("odczyt teczki po przekazaniu rodziny", "dni", 30),
    # No act sets the frequency of visits: centres usually choose one or two weeks.
    "visit_rhythm_days": Norm("najdłuższa przerwa między wizytami", "dni", 14),
    "first_visit_days": Norm("pierwsza wizyta od przydzielenia asystenta", "dni", 7),
    "danger_follow_up_days": Norm("sprawdzenie po zgłoszeniu zagrożenia dziecka", "dni roboczych", 1),
    # The act sets no day for the plan (art. 15 ust. 1 pkt 1); this is usual in centres.
    "plan_days": Norm("pierwszy plan pracy od przydzielenia asystenta", "dni", 30),
    "plan_step_days": Norm("konsultacja, akceptacja albo poprawa planu", "dni", 7),
    "plan_signing_days": Norm("podpisy pod zaakceptowanym planem", "dni", 14),
    "plan_review_days": Norm("przegląd planu po ważnym zdarzeniu", "dni", 14),
    "small_staff": Norm("mała obsada: jedna osoba konsultuje i akceptuje plan", "0 albo 1", 0),
    "late_entry_working_days": Norm("wpis wizyty bez oznaczania, że jest późny", "dni roboczych", 3),
    "visit_warning_days": Norm("pytanie przy wpisie wizyty sprzed", "dni", 60),
    "visit_warning_hours": Norm("pytanie przy wizytach jednego dnia dłuższych niż", "godzin", 10),
}


def get_norm(name: str) -> int:
    """The value of the norm; so far always the default."""
    return NORMS[name].default
