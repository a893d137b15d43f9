"""Enumerations of social projects."""

from django.db import models


class EditionKind(models.TextChoices):
    """Rodzaj projektu socjalnego."""

    INDIVIDUAL = "individual", "indywidualny"
    GROUP = "group", "grupowy"
    INSTITUTIONAL = "institutional", "instytucjonalny"


class EditionState(models.TextChoices):
    """Stan projektu."""

    DRAFT = "draft", "szkic"
    TO_ACCEPT = "to_accept", "do akceptacji"
    RECRUITING = "recruiting", "nabór"
    RUNNING = "running", "trwa"
    TO_SETTLE = "to_settle", "do rozliczenia"
    SETTLED = "settled", "rozliczony"
    WITHDRAWN = "withdrawn", "odstąpiono"


class StepKind(models.TextChoices):
    """Krok w drodze projektu: what moved it from one state to the next."""

    SEND = "send", "wysłanie do akceptacji"
    RETURN = "return", "odesłanie do poprawy"
    APPROVE = "approve", "zatwierdzenie do realizacji"
    BEGIN = "begin", "rozpoczęcie"
    END = "end", "zakończenie zajęć"
    SETTLE = "settle", "rozliczenie"
    WITHDRAW = "withdraw", "odstąpienie"


class ActivityKind(models.TextChoices):
    """Rodzaj działania."""

    WORKSHOP = "workshop", "warsztat"
    GROUP = "group", "spotkanie grupowe"
    TRAINING = "training", "trening"
    CONSULTATION = "consultation", "konsultacja indywidualna"
    CHILDREN = "children", "zajęcia dla dzieci"
    OUTING = "outing", "wyjście integracyjne"
    TRIP = "trip", "wyjazd"
    EVENT = "event", "wydarzenie bez zapisów"
    FAMILY_WORK = "family_work", "praca asystentów i pracowników socjalnych z rodzinami"


class MoneySource(models.TextChoices):
    """Źródło pieniędzy."""

    OWN = "own", "środki własne gminy"
    GRANT = "grant", "dotacja"
    EU = "eu", "EFS+"
    SPONSOR = "sponsor", "sponsor"
    IN_KIND = "in_kind", "wkład rzeczowy"


class Likelihood(models.TextChoices):
    """Czy ryzyko grozi."""

    LOW = "low", "małe"
    MEDIUM = "medium", "średnie"
    HIGH = "high", "duże"
