"""Rules of participation that need no database: steps and their days, places, age, papers, criteria."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from families.choices import Sex
from families.people.birth import Birth
from families.people.definitions import is_adult_age
from lubsko_ops.core.dates import full_months
from lubsko_ops.core.polish import count_of, short_date
from projects.choices import AgeUnit, ConsentKind, CriterionCheck, CriterionResult, EditionState, Takes
from projects.choices import ParticipationStatus as Status
from projects.choices import ParticipationStepKind as Step

EARLIEST_DAYS = 366  # before the project, for an enrolment or a signature
MIEJSC = "miejsce,miejsca,miejsc"
OPEN = (Status.REPORTED, Status.RESERVE, Status.QUALIFIED, Status.TAKING_PART)
GOING_ON = (EditionState.RECRUITING, EditionState.RUNNING)
UNTIL_SETTLED = (*GOING_ON, EditionState.TO_SETTLE)


@dataclass(frozen=True)
class ParticipationTransition:
    """A step: from which statuses to which one, in which states of the project; ``says_why``: with a coded reason."""

    sources: tuple[Status, ...]
    target: Status
    states: tuple[EditionState, ...] = GOING_ON
    says_why: bool = False
    offered: bool | None = None  # whether a free place must have been offered before


TRANSITIONS = {
    Step.QUALIFY: ParticipationTransition((Status.REPORTED,), Status.QUALIFIED),
    Step.OFFER: ParticipationTransition((Status.RESERVE,), Status.RESERVE, offered=False),
    Step.CONFIRM: ParticipationTransition((Status.RESERVE,), Status.QUALIFIED, offered=True),
    Step.DECLINE: ParticipationTransition((Status.RESERVE,), Status.REJECTED, says_why=True, offered=True),
    Step.PUT_ON_RESERVE: ParticipationTransition((Status.REPORTED, Status.QUALIFIED), Status.RESERVE),
    Step.BEGIN: ParticipationTransition((Status.QUALIFIED,), Status.TAKING_PART, (EditionState.RUNNING,)),
    Step.FINISH: ParticipationTransition(
        (Status.TAKING_PART,), Status.FINISHED, (EditionState.RUNNING, EditionState.TO_SETTLE)
    ),
    Step.BREAK_OFF: ParticipationTransition(
        (Status.QUALIFIED, Status.TAKING_PART), Status.BROKEN_OFF, UNTIL_SETTLED, says_why=True
    ),
    Step.REJECT: ParticipationTransition(
        (Status.REPORTED, Status.RESERVE), Status.REJECTED, UNTIL_SETTLED, says_why=True, offered=False
    ),
}
STATE_REFUSALS = {
    EditionState.DRAFT: "Projekt jest jeszcze szkicem. Uczestników zapisuje się od zatwierdzenia.",
    EditionState.TO_ACCEPT: "Projekt czeka na akceptację. Uczestników zapisuje się od zatwierdzenia.",
    EditionState.RECRUITING: "Projekt jeszcze się nie rozpoczął. Teraz trwa nabór.",
    EditionState.RUNNING: "Projekt już trwa.",
    EditionState.TO_SETTLE: "Zajęcia w tym projekcie się skończyły.",
    EditionState.SETTLED: "Projekt jest rozliczony i zamknięty.",
    EditionState.WITHDRAWN: "Od tego projektu odstąpiono.",
}
OTHER_PROJECT = "Ta grupa należy do innego projektu. Wybierz z listy jeszcze raz."
WORK_GOES_ON = (
    "Wizyty u tej rodziny liczą się tu od dnia do dnia. Zakończ jej udział i zapisz ją do nowej grupy."
)
PASSED_OVER = (
    "Na liście rezerwowej ktoś czeka dłużej. Zaproponuj tam miejsce albo napisz w uwagach, dlaczego nie."
)
NEEDED_LATER = "Są późniejsze wpisy: {}. Wpisz późniejszy dzień albo popraw najpierw listę obecności."
NO_CONSENT = "{}: brakuje zgody opiekuna na udział dziecka. Wpisz zgodę, potem rozpocznij udział."


# ---- steps -------------------------------------------------------------------------------------------
def possible_steps(status: str, *, offered: bool, state: str) -> list[Step]:
    """Steps that can be taken now, the usual one first."""
    return [step for step in TRANSITIONS if not step_refusal(step, status, offered=offered, state=state)]


def step_refusal(step: Step, status: str, *, offered: bool, state: str) -> str:
    """Why the step cannot be taken; empty when it can."""
    rule = TRANSITIONS[step]
    if state not in rule.states:
        return STATE_REFUSALS[EditionState(state)]
    if status not in rule.sources:
        return f"Teraz status to: {Status(status).label}. Odśwież stronę i sprawdź, co już zrobiono."
    if rule.offered is True and not offered:
        return "Najpierw zaproponuj wolne miejsce, potem zapisz odpowiedź."
    if rule.offered is False and offered:
        return "Tej osobie zaproponowano już miejsce. Zapisz, czy je przyjmuje."
    return ""


def enrolment_refusal(state: str) -> str:
    """Why nobody can be enrolled into a project in this state; empty when they can."""
    return "" if state in GOING_ON else STATE_REFUSALS[EditionState(state)]


def day_refusal(day: date, *, previous: date | None, last_day: date | None, today: date) -> str:
    """Why a step cannot have been taken on the day. ``previous``: of the step before; ``last_day``: of the project."""
    if day > today:
        return "Ten dzień jeszcze nie nadszedł. Wpisz datę nie późniejszą niż dziś."
    if previous and day < previous:
        return f"Poprzedni krok ma datę {short_date(previous)}. Wpisz ten sam dzień albo późniejszy."
    if last_day and day > last_day:
        return f"Projekt skończył się {short_date(last_day)}. Wpisz wcześniejszy dzień."
    return ""


def too_early_refusal(day: date, *, starts_on: date) -> str:
    """Why nothing of a participant has this day: it lies more than a year before the project, a slip in the year."""
    if day >= starts_on - timedelta(days=EARLIEST_DAYS):
        return ""
    return f"Projekt zaczyna się {short_date(starts_on)}, a ten dzień jest ponad rok wcześniej. Sprawdź rok."


def reported_question(day: date, *, recruits_from: date | None) -> str:
    """A question when the day of the enrolment lies before the recruitment; empty otherwise."""
    if recruits_from is None or day >= recruits_from:
        return ""
    return f"Nabór zaczyna się {short_date(recruits_from)}, a zgłoszenie ma datę {short_date(day)}."


def begin_refusal(day: date, *, starts_on: date) -> str:
    """Why participation cannot begin on the day, before the project or the group does."""
    return "" if day >= starts_on else f"Zajęcia zaczynają się {short_date(starts_on)}."


def group_over_refusal(day: date, *, ends_on: date | None) -> str:
    """Why nobody joins the group on the day, after its end."""
    return f"Te zajęcia skończyły się {short_date(ends_on)}." if ends_on and day > ends_on else ""


# ---- people ------------------------------------------------------------------------------------------
def living_refusal(person, *, on: date) -> str:
    """Why somebody dead or not yet born on the day cannot be enrolled; empty otherwise."""
    if person.is_living_on(on):
        return ""
    if person.died_on:
        return f"{person}: w teczce jest data śmierci, {short_date(person.died_on)}."
    return f"{person}: data urodzenia jest późniejsza niż dzień zgłoszenia."


def takes_refusal(takes: str, *, has_person: bool, has_child: bool) -> str:
    """Why such a participation does not fit a group; empty when it does."""
    if takes == Takes.NOBODY:
        return "Na to wydarzenie nikogo się nie zapisuje."
    if takes == Takes.FAMILIES and has_person:
        return "W tej pracy biorą udział całe rodziny. Zapisz rodzinę, bez wybierania osób."
    if takes != Takes.FAMILIES and not has_person:
        return "Wybierz osobę. Całe rodziny zapisuje się tylko do pracy z rodzinami."
    if takes == Takes.PAIRS and not has_child:
        return "Do tej grupy zapisuje się rodzica z dzieckiem. Wybierz dziecko."
    if takes == Takes.PERSONS and has_child:
        return "Do tej grupy zapisuje się pojedyncze osoby. Zapisz dziecko osobno."
    return ""


def age_question(name: str, birth: Birth | None, group, *, on: date) -> str:
    """A question when the age does not fit the group; empty when it does or is unknown. No age is refused."""
    low, high, unit = group.age_from, group.age_to, group.age_unit
    if birth is None or (low is None and high is None):
        return ""
    age = full_months(birth.first_day, on) if unit == AgeUnit.MONTHS else birth.age_on(on)
    if age is None or ((low is None or age >= low) and (high is None or age <= high)):
        return ""
    forms = "miesiąc,miesiące,miesięcy" if unit == AgeUnit.MONTHS else "rok,lata,lat"
    bounds = [f"od {low}" if low is not None else "", f"do {high}" if high is not None else ""]
    return f"{name}: {count_of(age, forms)}, a grupa jest dla osób {' '.join(filter(None, bounds))}."


def missing_papers(*, is_child: bool, given: Collection[str]) -> list[ConsentKind]:
    """Papers without which a person does not take part. ``given``: kinds in force on the day."""
    needed = ConsentKind.GUARDIAN if is_child else ConsentKind.DECLARATION
    return [] if needed in given else [needed]


# ---- places ------------------------------------------------------------------------------------------
def place_refusal(taken: int, places: int | None, *, whose: str) -> str:
    """Why nobody more can be taken in; empty while there is a free place. ``whose``: "w grupie", "w projekcie"."""
    if places is None or taken < places:
        return ""
    return f"Wszystkie miejsca {whose} są zajęte: {taken} z {places}. Wpisz na listę rezerwową."


# ---- criteria ----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class PersonFacts:
    """What the file says of a person; None: it does not say."""

    sex: str = ""
    age: int | None = None
    children: int | None = None
    has_assistant: bool | None = None


def check_criterion(criterion, facts: PersonFacts) -> tuple[CriterionResult, str]:
    """The answer from the file with its source; unknown where the file does not say and somebody must be asked."""
    check = criterion.check_by
    if check == CriterionCheck.FEMALE and facts.sex:
        return _answer(facts.sex == Sex.FEMALE), "teczka: płeć"
    if check == CriterionCheck.AGE and facts.age is not None:
        low, high = criterion.age_from or 0, criterion.age_to or 200
        return _answer(low <= facts.age <= high), f"teczka: {count_of(facts.age, 'rok,lata,lat')}"
    if check == CriterionCheck.HAS_CHILD and facts.children is not None:
        return _answer(facts.children > 0), f"teczka: {count_of(facts.children, 'dziecko,dzieci,dzieci')}"
    if check == CriterionCheck.HAS_ASSISTANT and facts.has_assistant is not None:
        return _answer(facts.has_assistant), "teczka: przydzielenie asystenta"
    return CriterionResult.UNKNOWN, ""


def ask_adults(criteria) -> bool:
    """Whether the criteria are those of an adult: a child enrolled along is then not measured by them."""
    return any(
        each.check_by == CriterionCheck.HAS_CHILD
        or (each.check_by == CriterionCheck.AGE and is_adult_age(each.age_from or 0))
        for each in criteria
    )


def _answer(met: bool) -> CriterionResult:
    return CriterionResult.YES if met else CriterionResult.NO


ADMITTED_SINGLY = (
    "Nie wszystkie kryteria są spełnione albo znane. Otwórz stronę tej osoby i zakwalifikuj ją tam: "
    "wpiszesz odpowiedzi albo powód."
)


def admission_refusal(answers: Collection[str], reason: str) -> str:
    """A person who does not meet a criterion, or of whom it is not known, is admitted with a reason."""
    if reason or all(answer == CriterionResult.YES for answer in answers):
        return ""
    return "Nie wszystkie kryteria są spełnione albo znane. Napisz, dlaczego mimo to przyjmujecie tę osobę."
