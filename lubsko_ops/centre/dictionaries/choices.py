"""Enumerations of the dictionaries."""

from django.db import models


class InstitutionKind(models.TextChoices):
    """Rodzaj instytucji, with which the centre works."""

    SCHOOL = "school", "szkoła"
    KINDERGARTEN = "kindergarten", "przedszkole albo żłobek"
    COUNSELLING = "counselling", "poradnia"
    CLINIC = "clinic", "przychodnia albo szpital"
    POLICE = "police", "Policja"
    COURT = "court", "sąd, kurator"
    PCPR = "pcpr", "PCPR"
    COMMISSION = "commission", "komisja rozwiązywania problemów alkoholowych"
    OFFICE = "office", "urząd"
    NGO = "ngo", "organizacja pozarządowa"
    PARISH = "parish", "parafia"
    OTHER = "other", "inna"


class Accessibility(models.TextChoices):
    """Czy miejsce jest dostępne dla osoby na wózku; empty: nobody has checked."""

    YES = "yes", "tak"
    NO = "no", "nie"


class FilingPurpose(models.TextChoices):
    """Do czego aplikacja używa symbolu; empty: it only stands in the dictionary."""

    FAMILY_WORK = "family_work", "praca z rodziną"
    PROJECTS = "projects", "projekty socjalne"


class CounterKind(models.TextChoices):
    """Co liczy licznik."""

    CASES = "cases", "spis spraw"
