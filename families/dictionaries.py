"""Enumerations the rooms share: values English and stored, labels Polish. A stored member is never deleted."""

from django.db import models


class Sex(models.TextChoices):
    """Płeć."""

    FEMALE = "female", "kobieta"
    MALE = "male", "mężczyzna"


class Kinship(models.TextChoices):
    """Kim jest w rodzinie (stopień pokrewieństwa, rola)."""

    MOTHER = "mother", "matka"
    FATHER = "father", "ojciec"
    CHILD = "child", "dziecko"
    STEPMOTHER = "stepmother", "macocha"
    STEPFATHER = "stepfather", "ojczym"
    STEPCHILD = "stepchild", "pasierb, pasierbica"
    PARTNER = "partner", "partner, partnerka rodzica"
    GRANDPARENT = "grandparent", "babcia, dziadek"
    GRANDCHILD = "grandchild", "wnuk, wnuczka"
    SIBLING = "sibling", "brat, siostra rodzica"
    GUARDIAN = "guardian", "opiekun prawny"
    RELATIVE = "relative", "inny krewny"
    UNRELATED = "unrelated", "osoba niespokrewniona"


CHILDREN = frozenset({Kinship.CHILD, Kinship.STEPCHILD, Kinship.GRANDCHILD})
PARENTS = frozenset({Kinship.MOTHER, Kinship.FATHER})


class Stay(models.TextChoices):
    """Gdzie mieszka: z rodziną, na przemian w dwóch domach, gdzie indziej."""

    HERE = "here", "z rodziną"
    ALTERNATE = "alternate", "na przemian w dwóch domach"
    ELSEWHERE = "elsewhere", "gdzie indziej"


class PeselMissing(models.TextChoices):
    """Dlaczego nie ma numeru PESEL."""

    FOREIGNER = "foreigner", "cudzoziemiec bez numeru PESEL"
    NEWBORN = "newborn", "noworodek przed nadaniem numeru"
    HOMELESS = "homeless", "osoba bez dokumentów"
    DECLINED = "declined", "odmowa podania"
    UNKNOWN = "unknown", "nie ustalono"


class AddressKind(models.TextChoices):
    """Rodzaj adresu."""

    RESIDENCE = "residence", "zamieszkania"
    REGISTERED = "registered", "zameldowania"
    MAILING = "mailing", "korespondencyjny"


class Category(models.TextChoices):
    """Kategoria rodziny (art. 8 i 11 ustawy, procedury ośrodków)."""

    AT_RISK = "at_risk", "zagrożona umieszczeniem dzieci w pieczy zastępczej"
    CHILDREN_IN_CARE = "children_in_care", "dzieci w pieczy zastępczej, z szansą na powrót"
    PASSING = "passing", "okresowe trudności opiekuńczo-wychowawcze"
    ZA_ZYCIEM = "za_zyciem", "Za życiem"
    MINOR_PARENT = "minor_parent", "małoletni rodzic"


class Problem(models.TextChoices):
    """Powód objęcia wsparciem: the reporting dictionary of the centre."""

    POVERTY = "poverty", "ubóstwo"
    ORPHANHOOD = "orphanhood", "sieroctwo"
    HOMELESSNESS = "homelessness", "bezdomność"
    MATERNITY = "maternity", "potrzeba ochrony macierzyństwa"
    MANY_CHILDREN = "many_children", "potrzeba ochrony macierzyństwa: wielodzietność"
    UNEMPLOYMENT = "unemployment", "bezrobocie"
    DISABILITY = "disability", "niepełnosprawność"
    ILLNESS = "illness", "długotrwała lub ciężka choroba"
    HELPLESSNESS = "helplessness", "bezradność opiekuńczo-wychowawcza i w prowadzeniu gospodarstwa"
    LONE_PARENT = "lone_parent", "bezradność: rodzina niepełna"
    LARGE_FAMILY = "large_family", "bezradność: rodzina wielodzietna"
    DOMESTIC_VIOLENCE = "domestic_violence", "przemoc domowa"
    TRAFFICKING = "trafficking", "ochrona ofiar handlu ludźmi"
    ALCOHOL = "alcohol", "alkoholizm"
    DRUGS = "drugs", "narkomania"
    AFTER_PRISON = "after_prison", "trudności po zwolnieniu z zakładu karnego"
    INTEGRATION = "integration", "trudności w integracji cudzoziemców"
    RANDOM_EVENT = "random_event", "zdarzenie losowe"
    CRISIS = "crisis", "sytuacja kryzysowa"
    DISASTER = "disaster", "klęska żywiołowa lub ekologiczna"


class BasisKind(models.TextChoices):
    """Podstawa pracy z rodziną (art. 8 ust. 3 i art. 11 ustawy, art. 109 kro)."""

    CONSENT = "consent", "zgoda"
    COURT = "court", "zobowiązanie sądu"
    ZA_ZYCIEM = "za_zyciem", "Za życiem"
    MINOR_PARENT = "minor_parent", "małoletni rodzic"


class AssignmentKind(models.TextChoices):
    """Rodzaj przydzielenia asystenta."""

    LEADING = "leading", "prowadzi"
    STAND_IN = "stand_in", "zastępuje"
    ACCOMPANYING = "accompanying", "towarzyszy"
    MONITORING = "monitoring", "monitoruje"


class ClosingReason(models.TextChoices):
    """Powód zakończenia pracy z rodziną; the class of the statistics with a local detail."""

    GOALS_REACHED = "goals_reached", "osiągnięcie celów"
    FAMILY_STOPPED = "family_stopped", "zaprzestanie współpracy przez rodzinę"
    NO_EFFECT = "no_effect", "brak efektów"
    METHOD_CHANGED = "method_changed", "zmiana metody pracy"
    MOVED = "moved", "inne: zmiana miejsca zamieszkania"
    CHILDREN_PLACED = "children_placed", "inne: dzieci w pieczy zastępczej bez perspektywy powrotu"
    AUTHORITY_LOST = "authority_lost", "inne: pozbawienie władzy rodzicielskiej"
    GROWN_UP = "grown_up", "inne: pełnoletność dzieci"
    DEATH = "death", "inne: zgon"
    COURT_LIFTED = "court_lifted", "inne: uchylenie zobowiązania przez sąd"
