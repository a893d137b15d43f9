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


class Takes(models.TextChoices):
    """Kto bierze udział w grupie."""

    PERSONS = "persons", "pojedyncze osoby"
    PAIRS = "pairs", "rodzic z dzieckiem"
    FAMILIES = "families", "całe rodziny"
    NOBODY = "nobody", "bez zapisów"


class AgeUnit(models.TextChoices):
    """W czym liczy się wiek uczestników."""

    YEARS = "years", "lata"
    MONTHS = "months", "miesiące"


class ParticipationStatus(models.TextChoices):
    """Status uczestnika."""

    REPORTED = "reported", "zgłoszony"
    QUALIFIED = "qualified", "zakwalifikowany"
    RESERVE = "reserve", "lista rezerwowa"
    TAKING_PART = "taking_part", "uczestniczy"
    FINISHED = "finished", "ukończył"
    BROKEN_OFF = "broken_off", "przerwał"
    REJECTED = "rejected", "nie zakwalifikowany"


class ParticipationStepKind(models.TextChoices):
    """Krok uczestnika."""

    REPORT = "report", "zgłoszenie"
    QUALIFY = "qualify", "zakwalifikowanie"
    PUT_ON_RESERVE = "put_on_reserve", "wpis na listę rezerwową"
    OFFER = "offer", "propozycja wolnego miejsca"
    CONFIRM = "confirm", "przyjęcie wolnego miejsca"
    DECLINE = "decline", "rezygnacja z propozycji"
    BEGIN = "begin", "początek udziału"
    FINISH = "finish", "ukończenie"
    BREAK_OFF = "break_off", "przerwanie"
    REJECT = "reject", "niezakwalifikowanie"
    MOVE = "move", "przejście do innej grupy"


class LeavingReason(models.TextChoices):
    """Dlaczego udział się skończył przed czasem albo nie zaczął. No word about health."""

    WORK = "work", "podjęcie pracy"
    MOVED_AWAY = "moved_away", "wyprowadzka"
    NO_TIME = "no_time", "brak czasu albo dojazdu"
    OWN_WISH = "own_wish", "rezygnacja bez podania powodu"
    ABSENT = "absent", "nieobecności"
    PERSONAL = "personal", "powody osobiste"
    NOT_ELIGIBLE = "not_eligible", "nie spełnia kryteriów"
    NO_PLACE = "no_place", "brak miejsc"
    FAMILY_CLOSED = "family_closed", "koniec pracy z rodziną"
    DIED = "died", "śmierć"
    OTHER = "other", "inny"


class CriterionCheck(models.TextChoices):
    """Skąd wiadomo, czy kryterium jest spełnione: from the file of the person, or asked."""

    ASKED = "asked", "pytanie do osoby albo ocena pracownika"
    FEMALE = "female", "kobieta"
    AGE = "age", "wiek"
    HAS_CHILD = "has_child", "ma dziecko w rodzinie"
    HAS_ASSISTANT = "has_assistant", "rodzina ma asystenta"


class CriterionResult(models.TextChoices):
    """Czy kryterium jest spełnione."""

    YES = "yes", "tak"
    NO = "no", "nie"
    UNKNOWN = "unknown", "nie wiadomo"


class ConsentKind(models.TextChoices):
    """Deklaracje, zgody i informacje uczestnika."""

    DECLARATION = "declaration", "deklaracja uczestnictwa"
    GUARDIAN = "guardian", "zgoda opiekuna na udział dziecka"
    IMAGE = "image", "zgoda na wizerunek"
    INFORMATION = "information", "informacja o przetwarzaniu danych"


class ConsultationState(models.TextChoices):
    """Czy konsultacja się odbyła."""

    PLANNED = "planned", "umówiona"
    HELD = "held", "odbyta"
    MISSED = "missed", "nie odbyła się"


class ConsultationKind(models.TextChoices):
    """Kogo dotyczy konsultacja."""

    FAMILY = "family", "rodzina"
    PARTICIPANT = "participant", "uczestnik"
    WORKER = "worker", "pracownik"


class Readers(models.TextChoices):
    """Kto może czytać notatkę z konsultacji."""

    AUTHOR = "author", "tylko ja i kierownik"
    WORKERS = "workers", "także asystent i pracownik socjalny rodziny"
    CONSULTED = "consulted", "także osoba, której doradzano"


class SurveyKind(models.TextChoices):
    """Rodzaj ankiety."""

    BEFORE_AFTER = "before_after", "przed i po"
    SATISFACTION = "satisfaction", "zadowolenia"


class SurveyMoment(models.TextChoices):
    """Kiedy wypełniono kartkę."""

    BEFORE = "before", "przed"
    AFTER = "after", "po"
    ONLY = "only", "jedyna"


class AnswerKind(models.TextChoices):
    """Jak odpowiada się na pytanie."""

    SCALE = "scale", "skala od 1 do 5"
    YES_NO = "yes_no", "tak albo nie"
    OPEN = "open", "własnymi słowami"
