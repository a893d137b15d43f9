"""Rules of social projects that need no database: the steps from state to state, four eyes, limits of numbers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lubsko_ops.core.polish import short_date
from projects.budget import line_value
from projects.choices import EditionState, StepKind

MAX_LINE = Decimal(5_000_000)  # of one budget line, in zł
MAX_PLACES = 2000
OLDEST = 120  # years
DOCUMENT_STATES = (EditionState.DRAFT, EditionState.TO_ACCEPT, EditionState.RECRUITING, EditionState.RUNNING)


@dataclass(frozen=True)
class Transition:
    """A step: from which states to which one. ``by_manager``: only who may approve takes it."""

    sources: tuple[EditionState, ...]
    target: EditionState
    by_manager: bool = True


TRANSITIONS = {
    StepKind.SEND: Transition((EditionState.DRAFT,), EditionState.TO_ACCEPT, by_manager=False),
    StepKind.RETURN: Transition((EditionState.TO_ACCEPT,), EditionState.DRAFT),
    StepKind.APPROVE: Transition((EditionState.TO_ACCEPT,), EditionState.RECRUITING),
    StepKind.BEGIN: Transition((EditionState.RECRUITING,), EditionState.RUNNING, by_manager=False),
    StepKind.END: Transition((EditionState.RUNNING,), EditionState.TO_SETTLE, by_manager=False),
    StepKind.SETTLE: Transition((EditionState.TO_SETTLE,), EditionState.SETTLED),
    StepKind.WITHDRAW: Transition(DOCUMENT_STATES, EditionState.WITHDRAWN),
}
STATE_REFUSALS = {
    EditionState.DRAFT: "Ten projekt jest szkicem.",
    EditionState.TO_ACCEPT: "Ten projekt czeka na akceptację kierownika.",
    EditionState.RECRUITING: "Ten projekt jest już zatwierdzony, trwa nabór.",
    EditionState.RUNNING: "Ten projekt już trwa.",
    EditionState.TO_SETTLE: "Ten projekt jest już zakończony i czeka na rozliczenie.",
    EditionState.SETTLED: "Ten projekt jest już rozliczony.",
    EditionState.WITHDRAWN: "Od tego projektu odstąpiono.",
}
NOT_BEGUN = (EditionState.DRAFT, EditionState.TO_ACCEPT, EditionState.RECRUITING)
COUNTED_STATES = (EditionState.RUNNING, EditionState.TO_SETTLE)
OWN_PROJECT = "Autor projektu nie zatwierdza go. Zrobi to kierownik albo jego zastępca, który go nie pisał."
OWN_CORRECTIONS = (
    "Ten projekt był przez Ciebie poprawiany. Zatwierdza go ktoś inny, chyba że ośrodek ma małą obsadę."
)


def state_refusal(state: str, step: StepKind) -> str:
    """Why the step cannot be taken in this state; empty when it can."""
    return "" if state in TRANSITIONS[step].sources else STATE_REFUSALS[EditionState(state)]


def possible_steps(state: str) -> list[StepKind]:
    """Steps that lead out of the state, the usual one first."""
    return [step for step, transition in TRANSITIONS.items() if state in transition.sources]


def approval_refusal(*, by: int, authors: list[int], writers: list[int], small_staff: bool) -> str:
    """Four eyes: an author never approves; who only corrected the text does so where the staff is small."""
    if by in authors:
        return OWN_PROJECT
    return OWN_CORRECTIONS if by in writers and not small_staff else ""


def begin_refusal(*, starts_on: date, today: date) -> str:
    """A project runs from its first day on."""
    return (
        "" if starts_on <= today else f"Projekt zaczyna się {short_date(starts_on)}. Do tego dnia trwa nabór."
    )


def last_day_refusal(day: date, *, starts_on: date, today: date) -> str:
    """The last day lies within what has happened."""
    if day < starts_on:
        return f"Projekt zaczął się {short_date(starts_on)}. Nie mógł skończyć się wcześniej."
    return "Ten dzień jeszcze nie nadszedł." if day > today else ""


def line_refusal(amount: Decimal | None, price: Decimal | None) -> str:
    """Why a budget line cannot have this amount and price; empty while one of them is missing."""
    if amount is None or price is None:
        return ""
    if min(amount, price) <= 0 or not line_value(amount, price):
        return "Pozycja warta 0 zł nic nie kosztuje. Wpisz ilość i cenę większe od zera albo usuń ją."
    if amount * price > MAX_LINE:
        return "Jedna pozycja to najwyżej 5 000 000 zł. Sprawdź, czy nie ma o zera za dużo."
    return ""


def ages_refusal(first: int | None, last: int | None) -> str:
    """Why these ages of a criterion contradict each other; empty when they do not."""
    if first is not None and last is not None and last < first:
        return "Wiek „do” nie może być mniejszy niż „od”."
    return ""
