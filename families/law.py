"""Every rule of the Act that binds the work with a family: dated values, citations, sentences of refusal.

A rule is asked for the day of the event, never for today: what was right in 2014 stays right. When the
law changes, a dated value is added and nothing old is edited.
What could not be checked against the text of the act carries ``verified=False``: it may guide the
application and is never presented as official. Citations change about yearly, so they are data.

``why_not_…`` and ``why_no_…`` give an empty text when the deed is allowed, otherwise the sentence to show.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from lubsko_ops.core.dates import Period, Range, add_months, add_working_days, uncovered_periods
from lubsko_ops.core.polish import count_of, short_date

T = TypeVar("T")
FAMILIES = "rodzinę,rodziny,rodzin"  # whom the assistant has: the accusative


# ---- the acts ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Citation:
    """An act: short name, full title, the title in the genitive (after "art. …"), journal of laws.

    verified: whether the journal reference was found in a public source and is believed to be current.
    """

    short: str
    title: str
    genitive: str
    journal: str
    verified: bool

    def of(self, provision: str) -> str:
        """A provision with its act: "art. 17 ustawy z dnia 9 czerwca 2011 r. o …"."""
        return f"{provision} {self.genitive}"


def _act(short: str, of_act: str, journal: str, *, verified: bool) -> Citation:
    """An "ustawa …", whose title differs from its genitive by the first word alone."""
    return Citation(short, f"ustawa {of_act}", f"ustawy {of_act}", journal, verified)


def _regulation(short: str, of_act: str, journal: str, *, verified: bool) -> Citation:
    return Citation(short, f"rozporządzenie {of_act}", f"rozporządzenia {of_act}", journal, verified)


SUPPORT = _act(
    "ustawa o wspieraniu rodziny",
    "z dnia 9 czerwca 2011 r. o wspieraniu rodziny i systemie pieczy zastępczej",
    "t.j. Dz.U. 2026 poz. 980",
    verified=True,
)
ASSISTANCE = _act(
    "ustawa o pomocy społecznej",
    "z dnia 12 marca 2004 r. o pomocy społecznej",
    "",
    verified=False,
)
VIOLENCE = _act(
    "ustawa o przeciwdziałaniu przemocy domowej",
    "z dnia 29 lipca 2005 r. o przeciwdziałaniu przemocy domowej",
    "t.j. Dz.U. 2024 poz. 1673, zm. Dz.U. 2026 poz. 160",
    verified=True,
)
ZA_ZYCIEM = _act(
    "ustawa „Za życiem”",
    "z dnia 4 listopada 2016 r. o wsparciu kobiet w ciąży i rodzin „Za życiem”",
    "t.j. Dz.U. 2020 poz. 1329",  # cited in 2021; a newer consolidated text is likely
    verified=False,
)
FAMILY_CODE = Citation(
    "kro",
    "Kodeks rodzinny i opiekuńczy",
    "Kodeksu rodzinnego i opiekuńczego",
    "t.j. Dz.U. 2026 poz. 236",
    verified=True,
)
BLUE_CARDS = _regulation(
    "rozporządzenie o „Niebieskich Kartach”",
    "Rady Ministrów z dnia 6 września 2023 r. w sprawie procedury „Niebieskie Karty” "
    "oraz wzorów formularzy „Niebieska Karta”",
    "Dz.U. 2023 poz. 1870",
    verified=True,
)
INTERVIEW = _regulation(
    "rozporządzenie o wywiadzie",
    "Ministra Rodziny i Polityki Społecznej z dnia 8 kwietnia 2021 r. "
    "w sprawie rodzinnego wywiadu środowiskowego",
    "Dz.U. 2021 poz. 893",
    verified=True,
)
ACCESSIBILITY = _act(
    "ustawa o dostępności cyfrowej",
    "z dnia 4 kwietnia 2019 r. o dostępności cyfrowej stron internetowych i aplikacji mobilnych "
    "podmiotów publicznych",
    "t.j. Dz.U. 2023 poz. 1440",
    verified=True,
)
CITATIONS = {
    act.short: act
    for act in (
        SUPPORT,
        ASSISTANCE,
        VIOLENCE,
        ZA_ZYCIEM,
        FAMILY_CODE,
        BLUE_CARDS,
        INTERVIEW,
        ACCESSIBILITY,
    )
}


# ---- dated values ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rule(Generic[T]):
    """A value the law sets: its provision, and each value with the day from which it is in force."""

    basis: str
    values: tuple[tuple[date, T], ...]
    verified: bool = True

    def on(self, day: date) -> T:
        """The value in force on the day. LookupError for a day before the first one."""
        in_force = [value for since, value in self.values if since <= day]
        if not in_force:
            raise LookupError(f"Not yet in force on {day}: {self.basis}.")
        return in_force[-1]


IN_FORCE = date(2012, 1, 1)  # the Act on supporting the family

# 15 instead of 20 came with the amendment of 25 July 2014 (Dz.U. 2014 poz. 1188), for the year 2015 on.
# A bill of 2025–2026 speaks of 10; whether and from when it holds is not established.
FAMILIES_PER_ASSISTANT = Rule(
    basis=SUPPORT.of("art. 15 ust. 4"),
    values=((IN_FORCE, 20), (date(2015, 1, 1), 15)),
)

# Whether families helped under "Za życiem" (since 2017) count against the limit is said by no provision
# we could read. They do by default; reports show both figures.
COUNTS_ZA_ZYCIEM = Rule(basis=SUPPORT.of("art. 15 ust. 4"), values=((IN_FORCE, True),), verified=False)

# "Not less often than every half-year", read strictly: from the last assessment, not once per half of
# the calendar year.
ASSESSMENT_MONTHS = Rule(basis=SUPPORT.of("art. 15 ust. 1 pkt 15"), values=((IN_FORCE, 6),))


def assessment_due_on(since: date) -> date:
    """Day by which the situation of the family is to be assessed, counted from the start of work or from
    the last assessment; the end of a shorter month clips it."""
    return add_months(since, ASSESSMENT_MONTHS.on(since))


# What the plan must say of each action: art. 15 ust. 3 names the scope of actions, their terms and the
# expected effects; nothing else is required by the act.
PLAN_CONTENT = SUPPORT.of("art. 15 ust. 3")
# Drawn up with the members of the family, in consultation with the social worker.
PLAN_CONSULTATION = SUPPORT.of("art. 15 ust. 1 pkt 1")
# Coordinated with the plan of help for a child in care.
PLAN_COORDINATION = SUPPORT.of("art. 15 ust. 1 pkt 2")


# ---- refusals ----------------------------------------------------------------------------------------


def caseload_limit_refusal(open_count: int, *, on: date, adding: int = 1) -> str:
    """May an assistant who has ``open_count`` families take ``adding`` more from the day ``on``?"""
    limit = FAMILIES_PER_ASSISTANT.on(on)
    if open_count + adding <= limit:
        return ""
    allows = f"{FAMILIES_PER_ASSISTANT.basis} pozwala najwyżej na {limit}."
    has = count_of(open_count, FAMILIES)
    if adding == 1:
        return f"Asystent prowadzi już {has}, a {allows}"
    total = open_count + adding
    more = count_of(adding, "rodziny,rodzin,rodzin")
    return f"Asystent prowadzi {has}. Po przejęciu jeszcze {more} miałby ich {total}, a {allows}"


def both_roles_refusal(*, assistant: bool = True, social_worker: bool = True) -> str:
    """May one person hold these two roles on the same day (art. 17)?"""
    if not (assistant and social_worker):
        return ""
    return (
        "Ta sama osoba nie może być w tym samym czasie asystentem rodziny i pracownikiem socjalnym: "
        f"zabrania tego {SUPPORT.of('art. 17')}."
    )


# The four grounds on which an assistant may work with a family, by the kind of basis.
GROUNDS = {
    "consent": ("zgoda rodziny", SUPPORT.of("art. 8 ust. 3")),
    "minor_parent": ("małoletni rodzic", "art. 11 ust. 1a tej samej ustawy"),
    "court": ("zobowiązanie sądu", FAMILY_CODE.of("art. 109")),
    "za_zyciem": ("wniosek „Za życiem”", ZA_ZYCIEM.of("art. 8")),
}


def no_basis_refusal(*, on: date, bases: Iterable[Range] = ()) -> str:
    """May work with the family go on that day, when its bases hold in these ranges of days?"""
    if not uncovered_periods(Period(on, on), bases):
        return ""
    *first, last = [f"{name} ({provision})" for name, provision in GROUNDS.values()]
    return (
        f"Praca z rodziną wymaga podstawy na każdy dzień, a na dzień {short_date(on)} jej nie ma. "
        f"Może nią być {', '.join(first)} albo {last}."
    )


def days_without_basis(period: Period, bases: Iterable[Range]) -> list[Period]:
    """The days of work on which no basis held, as periods in order; none when all is well."""
    return uncovered_periods(period, bases)


def outside_contract_refusal(*, on: date, contracts: Iterable[Range] = ()) -> str:
    """May an assistant with contracts in these ranges of days work on that day (art. 17)?"""
    if not uncovered_periods(Period(on, on), contracts):
        return ""
    return (
        f"W dniu {short_date(on)} asystent nie ma umowy. {SUPPORT.of('Art. 17')} wymaga stosunku pracy "
        "w systemie zadaniowego czasu pracy albo umowy o świadczenie usług."
    )


def before_work_refusal(*, began_on: date, on: date) -> str:
    """May something of the work with the family carry that day, when the work began on ``began_on``?"""
    if on >= began_on:
        return ""
    return (
        f"Praca z rodziną zaczęła się {short_date(began_on)}. Wybierz ten dzień albo późniejszy, "
        f"nie {short_date(on)}."
    )


def after_work_refusal(*, ended_on: date | None, on: date) -> str:
    """May something of the work carry that day, when ``ended_on`` was its last one (None: it goes on)?"""
    if ended_on is None or on <= ended_on:
        return ""
    return (
        f"Praca z rodziną została zakończona {short_date(ended_on)}. Wybierz ten dzień albo wcześniejszy, "
        f"nie {short_date(on)}."
    )


def outside_work_refusal(*, began_on: date, ended_on: date | None, on: date) -> str:
    """Both of the above: the day must lie within the period of work, first and last day included."""
    return before_work_refusal(began_on=began_on, on=on) or after_work_refusal(ended_on=ended_on, on=on)


# ---- what an assistant does --------------------------------------------------------------------------


@dataclass(frozen=True)
class Task:
    """A task of the assistant: its point in art. 15 ust. 1 and a short label, not the wording of the act."""

    point: str
    label: str
    verified: bool = True

    @property
    def basis(self) -> str:
        return SUPPORT.of(f"art. 15 ust. 1 pkt {self.point}")


TASKS = (
    Task("1", "opracowanie i realizacja planu pracy z rodziną"),
    Task("2", "plan pracy skoordynowany z planem pomocy dziecku w pieczy zastępczej"),
    Task("3", "poprawa sytuacji życiowej, w tym prowadzenie gospodarstwa domowego"),
    Task("4", "rozwiązywanie problemów socjalnych"),
    Task("5", "rozwiązywanie problemów psychologicznych"),
    Task("6", "rozwiązywanie problemów wychowawczych z dziećmi"),
    Task("7", "wspieranie aktywności społecznej rodzin"),
    Task("8", "motywowanie do podnoszenia kwalifikacji zawodowych"),
    Task("9", "pomoc w poszukiwaniu, podejmowaniu i utrzymywaniu pracy zarobkowej"),
    Task("10", "motywowanie do udziału w zajęciach grupowych dla rodziców"),
    Task("11", "wsparcie dzieci, w szczególności przez udział w zajęciach psychoedukacyjnych"),
    Task("12", "działania interwencyjne i zaradcze w sytuacji zagrożenia bezpieczeństwa dzieci i rodzin"),
    Task("13", "indywidualne konsultacje wychowawcze dla rodziców i dzieci"),
    Task("13a", "realizacja zadań z ustawy „Za życiem”", verified=False),
    Task("14", "prowadzenie dokumentacji dotyczącej pracy z rodziną"),
    Task("15", "okresowa ocena sytuacji rodziny, nie rzadziej niż co pół roku"),
    Task("16", "monitorowanie funkcjonowania rodziny po zakończeniu pracy"),
    Task("17", "sporządzanie, na wniosek sądu, opinii o rodzinie i jej członkach"),
    Task("18", "współpraca z administracją, organizacjami pozarządowymi i specjalistami"),
    Task("19", "współpraca z zespołem interdyscyplinarnym, grupą diagnostyczno-pomocową i innymi podmiotami"),
)
# Direct work, of which a visit or a row of the plan names one or more.
DIRECT_TASKS = TASKS[2:14]


# ---- duties ------------------------------------------------------------------------------------------


def visit_due_on(last: date, *, rhythm_days: int) -> date:
    """Day by which the family is to be visited again. The rhythm is the centre's own norm, no provision sets it."""
    return last + timedelta(days=rhythm_days)


def safeguarding_check_due_on(reported: date, *, working_days: int) -> date:
    """Day by which a danger to a child is to be looked at again (the centre's own norm)."""
    return add_working_days(reported, working_days)


def plan_due_on(since: date, *, days: int) -> date:
    """Day by which the first plan is drawn up, counted from the first assistant (the centre's own norm)."""
    return since + timedelta(days=days)


def plan_step_due_on(since: date, *, days: int) -> date:
    """Day by which a plan that waits for somebody goes on: consulted, accepted, mended, signed (own norms)."""
    return since + timedelta(days=days)


def plan_review_due_on(*, covers_to: date, event_on: date | None, days: int) -> date:
    """Day by which the plan is looked at again: the end of its period, or sooner after an event (own norm)."""
    return min(covers_to, event_on + timedelta(days=days)) if event_on else covers_to


# ---- the plan ----------------------------------------------------------------------------------------


def incomplete_plan_refusals(
    *, without_term: Iterable[int] = (), without_effect: Iterable[int] = ()
) -> list[str]:
    """What the act requires of the rows and is missing, by their numbers; empty when the plan may go on."""
    missing = []
    for numbers, what in ((list(without_term), "terminu"), (list(without_effect), "przewidywanego efektu")):
        if numbers:
            words = "Wiersz" if len(numbers) == 1 else "Wiersze"
            listed = ", ".join(str(each) for each in numbers)
            missing.append(f"{words} {listed}: brakuje {what}. Wymaga tego {PLAN_CONTENT}.")
    return missing


def own_plan_refusal(*, by: int, writers: Iterable[int]) -> str:
    """May this person consult or accept the plan these persons wrote (four eyes)?"""
    return "Kto pisał plan, nie może go konsultować ani akceptować." if by in set(writers) else ""


def single_reviewer_refusal(*, by: int, consulted_by: int | None, small_staff: bool) -> str:
    """May the person who consulted the plan accept it as well? Only where the centre has a small staff."""
    if by != consulted_by or small_staff:
        return ""
    return (
        "Ten plan konsultowała ta sama osoba. Akceptuje go ktoś inny, chyba że ośrodek ustawił małą obsadę."
    )
