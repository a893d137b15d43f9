"""Rules of the Act that govern the work with a family: dated values, citations, refusal sentences.

A rule is evaluated for the day of the event, not for today: what was lawful in 2014 stays lawful. When the
law changes, a dated value is added and no old value is edited.
Anything not checked against the text of an act has ``verified=False``: the application may use it but never
presents it as official. Citations change about yearly, so they are data.

``…_refusal`` functions return an empty string when the action is allowed, otherwise the Polish sentence to show.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from lubsko_ops.core.dates import Period, Range, add_months, add_working_days, uncovered_periods
from lubsko_ops.core.polish import bind_provisions, count_of, short_date

T = TypeVar("T")
FAMILIES = "rodzinę,rodziny,rodzin"  # accusative forms for count_of()


# ---- the acts ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Citation:
    """An act: short name, full title, title in the genitive (used after "art. …"), references to the journal of laws.

    journals: each with the first day on which it certainly is the current one; empty from a day on which it may have
    been replaced already. verified: the last one was found in a public source and is believed to be current.
    """

    short: str
    title: str
    genitive: str
    journals: tuple[tuple[date, str], ...]
    verified: bool

    def journal_on(self, day: date, added: Iterable[tuple[date, str]] = ()) -> str:
        """The reference current on the day, for a paper of that day; empty when it is not certain which one was.

        added: further references with their first days, from the centre; of the same day they win.
        """
        journals = sorted([*self.journals, *added], key=lambda row: row[0])
        return next((text for since, text in reversed(journals) if since <= day), "")

    def of(self, provision: str) -> str:
        """Return the provision with its act: "art. 17 ustawy z dnia 9 czerwca 2011 r. o …"."""
        return f"{bind_provisions(provision)} {self.genitive}"


# The references below are used from this day on; an earlier one is given only where its days are certain.
CURRENT_SINCE = date(2026, 9, 9)


def _act(short: str, of_act: str, *journals: tuple[date, str], verified: bool) -> Citation:
    """Build the citation of an "ustawa", whose title and genitive differ only in the first word."""
    return Citation(short, f"ustawa {of_act}", f"ustawy {of_act}", journals, verified)


def _regulation(short: str, of_act: str, *journals: tuple[date, str], verified: bool) -> Citation:
    return Citation(short, f"rozporządzenie {of_act}", f"rozporządzenia {of_act}", journals, verified)


SUPPORT = _act(
    "ustawa o wspieraniu rodziny",
    "z dnia 9 czerwca 2011 r. o wspieraniu rodziny i systemie pieczy zastępczej",
    # Position 49 was published in January 2025; position 980 on an unknown day of 2026, at the latest that one.
    (date(2025, 2, 1), "t.j. Dz.U. 2025 poz. 49"),
    (date(2026, 1, 1), ""),
    (CURRENT_SINCE, "t.j. Dz.U. 2026 poz. 980"),
    verified=True,
)
ASSISTANCE = _act(
    "ustawa o pomocy społecznej",
    "z dnia 12 marca 2004 r. o pomocy społecznej",
    verified=False,
)
VIOLENCE = _act(
    "ustawa o przeciwdziałaniu przemocy domowej",
    "z dnia 29 lipca 2005 r. o przeciwdziałaniu przemocy domowej",
    (CURRENT_SINCE, "t.j. Dz.U. 2024 poz. 1673, zm. Dz.U. 2026 poz. 160"),
    verified=True,
)
ZA_ZYCIEM = _act(
    "ustawa „Za życiem”",
    "z dnia 4 listopada 2016 r. o wsparciu kobiet w ciąży i rodzin „Za życiem”",
    (CURRENT_SINCE, "t.j. Dz.U. 2020 poz. 1329"),  # cited in 2021; a newer consolidated text is likely
    verified=False,
)
FAMILY_CODE = Citation(
    "kro",
    "Kodeks rodzinny i opiekuńczy",
    "Kodeksu rodzinnego i opiekuńczego",
    ((CURRENT_SINCE, "t.j. Dz.U. 2026 poz. 236"),),
    verified=True,
)
CIVIL_CODE = Citation("kc", "Kodeks cywilny", "Kodeksu cywilnego", (), verified=False)
BLUE_CARDS = _regulation(
    "rozporządzenie o „Niebieskich Kartach”",
    "Rady Ministrów z dnia 6 września 2023 r. w sprawie procedury „Niebieskie Karty” "
    "oraz wzorów formularzy „Niebieska Karta”",
    (CURRENT_SINCE, "Dz.U. 2023 poz. 1870"),
    verified=True,
)
INTERVIEW = _regulation(
    "rozporządzenie o wywiadzie",
    "Ministra Rodziny i Polityki Społecznej z dnia 8 kwietnia 2021 r. "
    "w sprawie rodzinnego wywiadu środowiskowego",
    (CURRENT_SINCE, "Dz.U. 2021 poz. 893"),
    verified=True,
)
ACCESSIBILITY = _act(
    "ustawa o dostępności cyfrowej",
    "z dnia 4 kwietnia 2019 r. o dostępności cyfrowej stron internetowych i aplikacji mobilnych "
    "podmiotów publicznych",
    (CURRENT_SINCE, "t.j. Dz.U. 2023 poz. 1440"),
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
        CIVIL_CODE,
        BLUE_CARDS,
        INTERVIEW,
        ACCESSIBILITY,
    )
}


# ---- dated values ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rule(Generic[T]):
    """A value set by law: the provision and the values, each with the day it came into force, in their order.

    A comment beside the values says for which day the rule is asked, so what a value dated in the future does today.
    """

    basis: str
    values: tuple[tuple[date, T], ...]
    verified: bool = True

    def on(self, day: date) -> T:
        """Return the value in force on the day; LookupError before the first one."""
        in_force = [value for since, value in self.values if since <= day]
        if not in_force:
            raise LookupError(f"Not yet in force on {day}: {self.basis}.")
        return in_force[-1]


IN_FORCE = date(2012, 1, 1)  # the Act on supporting the family

# Asked for every day of an assignment, also of one without a last day: a value dated in the future refuses, from the
# release that brings it, each further assignment that lasts into its time with too many families (the sentence
# names the day; the manager may override it with a reason). Families assigned before stay.
# 15 instead of 20 came with the amendment of 25 July 2014 (Dz.U. 2014 poz. 1188), for the year 2015 on.
# A bill of 2025–2026 proposes 10; its entry into force is not established.
FAMILIES_PER_ASSISTANT = Rule(
    basis=SUPPORT.of("art. 15 ust. 4"),
    values=((IN_FORCE, 20), (date(2015, 1, 1), 15)),
)

# No provision we could read says whether families supported under "Za życiem" (since 2017) count towards the
# limit. By default they do; reports show both figures. Asked for the same days as the limit.
COUNTS_ZA_ZYCIEM = Rule(basis=SUPPORT.of("art. 15 ust. 4"), values=((IN_FORCE, True),), verified=False)

# "Not less often than every half-year", read strictly: counted from the last assessment, not once per
# calendar half-year. Asked for the day from which the term runs, also in reports: a term that runs when a new value
# comes into force keeps its length.
ASSESSMENT_MONTHS = Rule(basis=SUPPORT.of("art. 15 ust. 1 pkt 15"), values=((IN_FORCE, 6),))


# The social project among the tools of social work; no paper names this as its basis until somebody has read it.
SOCIAL_PROJECT = Rule(
    basis=ASSISTANCE.of("art. 6 pkt 18 i art. 45"), values=((date(2004, 5, 1), True),), verified=False
)


def assessment_due_on(since: date) -> date:
    """Deadline of the periodic assessment, counted from the start of work or the last assessment.

    The day is clipped to the end of a shorter month.
    """
    return add_months(since, ASSESSMENT_MONTHS.on(since))


# Art. 10 § 1 of the Civil Code; unchanged for longer than any family has been served, so not a dated value. A woman
# married before 18 by leave of the court (§ 2) is an adult too; so rare that it is not recorded: a minor here.
AGE_OF_MAJORITY = 18

# Required contents of the plan: art. 15 ust. 3 names the scope of actions, their terms and the expected effects.
PLAN_CONTENT = SUPPORT.of("art. 15 ust. 3")
# The plan is drawn up with the family members, in consultation with the social worker.
PLAN_CONSULTATION = SUPPORT.of("art. 15 ust. 1 pkt 1")
# The plan is coordinated with the support plan of a child in foster care.
PLAN_COORDINATION = SUPPORT.of("art. 15 ust. 1 pkt 2")


# ---- refusals ----------------------------------------------------------------------------------------


def caseload_limit_refusal(open_count: int, *, on: date, adding: int = 1) -> str:
    """Refusal when an assistant with ``open_count`` families may not take ``adding`` more on the day ``on``."""
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
    """Refusal when one person would hold both roles on the same day (art. 17)."""
    if not (assistant and social_worker):
        return ""
    return (
        "Ta sama osoba nie może być w tym samym czasie asystentem rodziny i pracownikiem socjalnym: "
        f"zabrania tego {SUPPORT.of('art. 17')}."
    )


# The four legal bases of an assistant's work with a family, by BasisKind value.
GROUNDS = {
    "consent": ("zgoda rodziny", SUPPORT.of("art. 8 ust. 3")),
    "minor_parent": ("małoletni rodzic", bind_provisions("art. 11 ust. 1a tej samej ustawy")),
    "court": ("zobowiązanie sądu", FAMILY_CODE.of("art. 109")),
    "za_zyciem": ("wniosek „Za życiem”", ZA_ZYCIEM.of("art. 8")),
}


def no_basis_refusal(*, on: date, bases: Iterable[Range] = ()) -> str:
    """Refusal when none of the legal bases (ranges of days) covers the day."""
    if not uncovered_periods(Period(on, on), bases):
        return ""
    *first, last = [f"{name} ({provision})" for name, provision in GROUNDS.values()]
    return (
        f"Praca z rodziną wymaga podstawy na każdy dzień, a na dzień {short_date(on)} jej nie ma. "
        f"Może nią być {', '.join(first)} albo {last}."
    )


def days_without_basis(period: Period, bases: Iterable[Range]) -> list[Period]:
    """Periods of work not covered by any legal basis, in order."""
    return uncovered_periods(period, bases)


def outside_contract_refusal(*, on: date, contracts: Iterable[Range] = ()) -> str:
    """Refusal when none of the assistant's contracts (ranges of days) covers the day (art. 17)."""
    if not uncovered_periods(Period(on, on), contracts):
        return ""
    return (
        f"W dniu {short_date(on)} asystent nie ma umowy. {SUPPORT.of('Art. 17')} wymaga stosunku pracy "
        "w systemie zadaniowego czasu pracy albo umowy o świadczenie usług."
    )


def before_work_refusal(*, began_on: date, on: date) -> str:
    """Refusal when the day precedes the start of work with the family."""
    if on >= began_on:
        return ""
    return (
        f"Praca z rodziną zaczęła się {short_date(began_on)}. Wybierz ten dzień albo późniejszy, "
        f"nie {short_date(on)}."
    )


def after_work_refusal(*, ended_on: date | None, on: date) -> str:
    """Refusal when the day follows ``ended_on``, the last day of work (None: work continues)."""
    if ended_on is None or on <= ended_on:
        return ""
    return (
        f"Praca z rodziną została zakończona {short_date(ended_on)}. Wybierz ten dzień albo wcześniejszy, "
        f"nie {short_date(on)}."
    )


def outside_work_refusal(*, began_on: date, ended_on: date | None, on: date) -> str:
    """Refusal when the day lies outside the period of work, first and last day included."""
    return before_work_refusal(began_on=began_on, on=on) or after_work_refusal(ended_on=ended_on, on=on)


# ---- tasks of the assistant --------------------------------------------------------------------------


@dataclass(frozen=True)
class Task:
    """A task of the assistant: its point in art. 15 ust. 1 and a short label (not the wording of the act)."""

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
# Direct work with the family: a visit or a row of the plan names one or more of these.
DIRECT_TASKS = TASKS[2:14]


# ---- deadlines ---------------------------------------------------------------------------------------


def visit_due_on(last: date, *, rhythm_days: int) -> date:
    """Deadline of the next visit. The rhythm is the centre's own norm; no provision sets it."""
    return last + timedelta(days=rhythm_days)


def safeguarding_check_due_on(reported: date, *, working_days: int) -> date:
    """Deadline of the follow-up check of a safeguarding concern (the centre's own norm)."""
    return add_working_days(reported, working_days)


def plan_due_on(since: date, *, days: int) -> date:
    """Deadline of the first plan, counted from the first assignment of an assistant (the centre's own norm)."""
    return since + timedelta(days=days)


def plan_step_due_on(since: date, *, days: int) -> date:
    """Deadline of the next step of a waiting plan: consultation, acceptance, corrections, signatures (own norms)."""
    return since + timedelta(days=days)


def plan_review_due_on(*, covers_to: date, event_on: date | None, days: int) -> date:
    """Deadline of the plan review: the end of its period, or earlier after an event (own norm)."""
    return min(covers_to, event_on + timedelta(days=days)) if event_on else covers_to


# ---- the plan ----------------------------------------------------------------------------------------


def incomplete_plan_refusals(
    *, without_term: Iterable[int] = (), without_effect: Iterable[int] = ()
) -> list[str]:
    """Refusals for contents the act requires and plan rows lack, by row number; empty when complete."""
    missing = []
    for numbers, what in ((list(without_term), "terminu"), (list(without_effect), "przewidywanego efektu")):
        if numbers:
            noun = "Wiersz" if len(numbers) == 1 else "Wiersze"
            listed = ", ".join(str(each) for each in numbers)
            missing.append(f"{noun} {listed}: brakuje {what}. Wymaga tego {PLAN_CONTENT}.")
    return missing


def own_plan_refusal(*, by: int, writers: Iterable[int]) -> str:
    """Refusal when an author of the plan would consult or accept it (four-eyes principle)."""
    return "Kto pisał plan, nie może go konsultować ani akceptować." if by in set(writers) else ""


def single_reviewer_refusal(*, by: int, consulted_by: int | None, small_staff: bool) -> str:
    """Refusal when the person who consulted the plan would accept it; allowed in a centre with small staff."""
    if by != consulted_by or small_staff:
        return ""
    return (
        "Ten plan konsultowała ta sama osoba. Akceptuje go ktoś inny, chyba że ośrodek ustawił małą obsadę."
    )
