"""Enumerations shared by several apps: stored values are English, labels Polish. Never delete a stored member.

Members and labels are part of the migrations: changing them requires a new migration.
"""

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

    def label_for(self, sex: str) -> str:
        """Return the kinship for this sex: "syn", "babcia"; the general label when the sex is unknown."""
        return KINSHIP_WORDS.get(self, {}).get(sex, self.label)


# Children of the family, its parents, and everyone who raises the children (parents included).
# Who is a child or an adult on a day depends on the age too: families/people/definitions.py.
CHILDREN = frozenset({Kinship.CHILD, Kinship.STEPCHILD, Kinship.GRANDCHILD})
PARENTS = frozenset({Kinship.MOTHER, Kinship.FATHER})
GUARDIANS = PARENTS | {Kinship.STEPMOTHER, Kinship.STEPFATHER, Kinship.PARTNER, Kinship.GUARDIAN}

KINSHIP_WORDS: dict[str, dict[str, str]] = {
    Kinship.CHILD: {Sex.FEMALE: "córka", Sex.MALE: "syn"},
    Kinship.STEPCHILD: {Sex.FEMALE: "pasierbica", Sex.MALE: "pasierb"},
    Kinship.PARTNER: {Sex.FEMALE: "partnerka rodzica", Sex.MALE: "partner rodzica"},
    Kinship.GRANDPARENT: {Sex.FEMALE: "babcia", Sex.MALE: "dziadek"},
    Kinship.GRANDCHILD: {Sex.FEMALE: "wnuczka", Sex.MALE: "wnuk"},
    Kinship.SIBLING: {Sex.FEMALE: "siostra rodzica", Sex.MALE: "brat rodzica"},
    Kinship.GUARDIAN: {Sex.FEMALE: "opiekunka prawna", Sex.MALE: "opiekun prawny"},
    Kinship.RELATIVE: {Sex.FEMALE: "inna krewna", Sex.MALE: "inny krewny"},
}


class LivingArrangement(models.TextChoices):
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


class OtherDocument(models.TextChoices):
    """Inny dokument tożsamości osoby bez numeru PESEL (lokalna praktyka)."""

    PASSPORT = "passport", "paszport"
    RESIDENCE_CARD = "residence_card", "karta pobytu"
    TEMPORARY_IDENTITY = "temporary_identity", "tymczasowe zaświadczenie tożsamości cudzoziemca"
    FOREIGN_IDENTITY = "foreign_identity", "zagraniczny dokument tożsamości"
    BIRTH_CERTIFICATE = "birth_certificate", "akt urodzenia"
    SCHOOL_CARD = "school_card", "legitymacja szkolna"
    OTHER = "other", "inny dokument"


class SignalSource(models.TextChoices):
    """Skąd przyszło zgłoszenie o rodzinie (lokalna praktyka)."""

    SOCIAL_WORKER = "social_worker", "pracownik socjalny"
    SCHOOL = "school", "szkoła, przedszkole"
    COUNSELLING = "counselling", "poradnia psychologiczno-pedagogiczna"
    POLICE = "police", "Policja"
    COURT = "court", "sąd"
    PROBATION_OFFICER = "probation_officer", "kurator sądowy"
    COUNTY_CENTRE = "county_centre", "powiatowe centrum pomocy rodzinie"
    HEALTH_CARE = "health_care", "ochrona zdrowia"
    FAMILY_ITSELF = "family_itself", "rodzina sama"
    OTHER_PERSON = "other_person", "inna osoba"
    ANONYMOUS = "anonymous", "anonimowo"


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
    """Powód objęcia wsparciem (reporting dictionary of the centre)."""

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

    @property
    def broader_reason(self) -> "Problem | None":
        """Broader reason this one is reported under; None when it is reported on its own."""
        return BROADER_PROBLEMS.get(self)


BROADER_PROBLEMS = {
    Problem.MANY_CHILDREN: Problem.MATERNITY,
    Problem.LONE_PARENT: Problem.HELPLESSNESS,
    Problem.LARGE_FAMILY: Problem.HELPLESSNESS,
}


class Area(models.TextChoices):
    """Obszar funkcjonowania rodziny, stored as a code; shared by diagnosis, plan, visit and assessment."""

    UPBRINGING = "OW", "opieka i wychowanie dzieci"
    EDUCATION = "ED", "edukacja i rozwój dzieci"
    HEALTH = "ZD", "zdrowie i higiena"
    HOUSEHOLD = "GD", "prowadzenie gospodarstwa domowego"
    BUDGET = "BU", "budżet domowy i zadłużenie"
    HOUSING = "MI", "warunki mieszkaniowe"
    WORK = "ZA", "aktywność zawodowa i kwalifikacje"
    RELATIONS = "RE", "relacje i komunikacja w rodzinie"
    EMOTIONS = "PS", "sytuacja psychologiczna i emocjonalna"
    ADDICTION = "UZ", "uzależnienia"
    SAFETY = "PR", "przemoc i bezpieczeństwo"
    LEGAL = "PW", "sprawy prawne i urzędowe"
    SOCIAL = "SP", "aktywność społeczna, czas wolny, kontakty z otoczeniem"
    CHILD_IN_CARE = "PZ", "kontakt z dzieckiem w pieczy zastępczej, reintegracja"


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


class WorkStatus(models.TextChoices):
    """Stan pracy z rodziną on a day."""

    NEW = "new", "nowa"
    PLANNED = "planned", "jeszcze nie rozpoczęta"
    RUNNING = "running", "aktywna"
    ENDED = "ended", "zakończona"


class ClosingReason(models.TextChoices):
    """Powód zakończenia pracy z rodziną: the statistical reason with a local detail."""

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

    @property
    def statistical(self) -> str:
        """Statistical reason: one of the four, or "other"."""
        return self.value if self in STATISTICAL_REASONS else "other"


STATISTICAL_REASONS = (
    ClosingReason.GOALS_REACHED,
    ClosingReason.FAMILY_STOPPED,
    ClosingReason.NO_EFFECT,
    ClosingReason.METHOD_CHANGED,
)


class VisitLocation(models.TextChoices):
    """Miejsce wizyty (lokalna praktyka)."""

    HOME = "home", "w domu"
    CHOSEN_BY_FAMILY = "chosen_by_family", "wskazane przez rodzinę"
    SCHOOL = "school", "szkoła, przedszkole"
    HEALTH_CARE = "health_care", "placówka zdrowia"
    OFFICE = "office", "urząd, sąd"
    CENTRE = "centre", "ośrodek"
    DAY_CENTRE = "day_centre", "placówka wsparcia dziennego"
    OTHER = "other", "inne"


class VisitKind(models.TextChoices):
    """Rodzaj wizyty."""

    PLANNED = "planned", "planowana"
    UNANNOUNCED = "unannounced", "niezapowiedziana"
    INTERVENTION = "intervention", "interwencyjna"
    OUTSIDE_HOME = "outside_home", "spotkanie poza domem"
    ACCOMPANYING = "accompanying", "towarzyszenie w instytucji"


class VisitResult(models.TextChoices):
    """Wynik wizyty. All but HELD are failed attempts, never counted as a visit."""

    HELD = "held", "odbyta"
    NOBODY_HOME = "nobody_home", "nikogo nie zastano"
    REFUSED_ENTRY = "refused_entry", "odmowa wpuszczenia"
    CALLED_OFF = "called_off", "odwołana przez rodzinę"
    POSTPONED = "postponed", "przełożona"


class OtherAttendee(models.TextChoices):
    """Kto był na wizycie spoza rodziny."""

    SOCIAL_WORKER = "social_worker", "pracownik socjalny"
    PROBATION_OFFICER = "probation_officer", "kurator"
    PSYCHOLOGIST = "psychologist", "psycholog"
    OTHER = "other", "inna osoba"


class Confirmation(models.TextChoices):
    """Potwierdzenie wizyty przez członka rodziny."""

    SIGNED = "signed", "podpis"
    REFUSED = "refused", "odmowa"
    NONE = "none", "brak"


class AgreementOwner(models.TextChoices):
    """Kto ma zrobić to, co ustalono, gdy nie jest to osoba z rodziny."""

    ASSISTANT = "assistant", "asystent"
    SOCIAL_WORKER = "social_worker", "pracownik socjalny"
    FAMILY = "family", "rodzina"


class AgreementResult(models.TextChoices):
    """Co wyszło z ustalenia."""

    DONE = "done", "zrobione"
    NOT_DONE = "not_done", "nie"
    MOVED = "moved", "przełożone"


class NotifiedParty(models.TextChoices):
    """Kogo zawiadomiono o zagrożeniu bezpieczeństwa dziecka."""

    POLICE = "police", "Policję"
    AMBULANCE = "ambulance", "pogotowie ratunkowe"
    FAMILY_COURT = "family_court", "sąd opiekuńczy"
    SOCIAL_WORKER = "social_worker", "pracownika socjalnego"
    MANAGER = "manager", "kierownika"
    SCHOOL = "school", "szkołę, przedszkole"
    BUILDING = "building", "administrację budynku"
    OTHER = "other", "inną osobę albo instytucję"


class ContactChannel(models.TextChoices):
    """Sposób kontaktu."""

    PHONE = "phone", "rozmowa telefoniczna"
    LETTER = "letter", "pismo"
    EMAIL = "email", "e-mail, wiadomość"
    MEETING = "meeting", "spotkanie w instytucji albo ośrodku"


class CounterpartType(models.TextChoices):
    """Z kim był kontakt."""

    FAMILY = "family", "rodzina"
    SCHOOL = "school", "szkoła, przedszkole"
    POLICE = "police", "Policja"
    COURT = "court", "sąd"
    PROBATION_OFFICER = "probation_officer", "kurator"
    COUNTY_CENTRE = "county_centre", "powiatowe centrum pomocy rodzinie"
    HEALTH_CARE = "health_care", "ochrona zdrowia"
    COUNSELLING = "counselling", "poradnia"
    NGO = "ngo", "organizacja pozarządowa"
    OFFICE = "office", "urząd"
    OTHER = "other", "inna osoba albo instytucja"


class PlanState(models.TextChoices):
    """Stan wersji planu w obiegu. Its dates, not the state, decide whether it is in force on a day."""

    DRAFT = "draft", "szkic"
    CONSULTATION = "consultation", "do konsultacji"
    ACCEPTANCE = "acceptance", "do akceptacji"
    ACCEPTED = "accepted", "zaakceptowany"
    SIGNED = "signed", "podpisany"


class ActionState(models.TextChoices):
    """Stan realizacji działania (lokalna praktyka)."""

    PLANNED = "planned", "zaplanowane"
    UNDER_WAY = "under_way", "w trakcie"
    DONE = "done", "zrealizowane"
    PARTLY = "partly", "zrealizowane częściowo"
    NOT_DONE = "not_done", "niezrealizowane"
    DROPPED = "dropped", "odstąpiono"


FINISHED_STATES = {ActionState.DONE, ActionState.DROPPED}  # of actions on which nobody works any more


class EffectRating(models.TextChoices):
    """Ocena osiągnięcia efektu (lokalna praktyka)."""

    REACHED = "reached", "osiągnięty"
    PARTLY = "partly", "częściowo osiągnięty"
    NOT_REACHED = "not_reached", "nieosiągnięty"


class SignatureKind(models.TextChoices):
    """Podpis pod planem albo odmowa."""

    SIGNED = "signed", "podpis"
    REFUSED = "refused", "odmowa podpisu"


class CareForm(models.TextChoices):
    """Forma pieczy zastępczej."""

    RELATED = "related", "rodzina zastępcza spokrewniona"
    UNPROFESSIONAL = "unprofessional", "rodzina zastępcza niezawodowa"
    PROFESSIONAL = "professional", "rodzina zastępcza zawodowa"
    FAMILY_HOME = "family_home", "rodzinny dom dziecka"
    INSTITUTION = "institution", "placówka opiekuńczo-wychowawcza"
    OTHER = "other", "inna forma"


class DeadlineKind(models.TextChoices):
    """Co jest do zrobienia."""

    DANGER = "danger", "sprawdzenie zagrożenia dziecka"
    BASIS = "basis", "podstawa pracy z rodziną"
    FIRST_VISIT = "first_visit", "pierwsza wizyta"
    VISIT = "visit", "wizyta"
    PLAN = "plan", "plan pracy z rodziną"
    PLAN_FIX = "plan_fix", "poprawa planu"
    PLAN_CONSULT = "plan_consult", "konsultacja planu"
    PLAN_ACCEPT = "plan_accept", "akceptacja planu"
    PLAN_SIGN = "plan_sign", "podpisy pod planem"
    PLAN_REVIEW = "plan_review", "przegląd planu"
    ASSESSMENT = "assessment", "okresowa ocena"
    PROJECT_PAPERS = "project_papers", "deklaracja albo zgoda do projektu"
    PROJECT_ABSENCES = "absences", "nieobecności na zajęciach z rzędu"
