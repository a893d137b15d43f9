"""Inner checks of a report: sums that must agree, and what the reader should know before trusting a number."""

from dataclasses import dataclass

from lubsko_ops.core.polish import count_of, number, short_date
from reports.catalogue import movement, visits
from reports.figure import AnyFigure
from reports.quarter import short
from reports.statement import Statement

AGREES, LOOK = "done", "soon"
FAMILIES = "rodzina,rodziny,rodzin"
WITH = "rodziną,rodzinami,rodzinami"
VISITS = "wizytę,wizyty,wizyt"


@dataclass(frozen=True)
class Check:
    """A sentence with its state; ``figure`` leads to the list it speaks of, under these ``link`` words."""

    kind: str
    words: str
    figure: AnyFigure | None = None
    link: str = ""

    @property
    def state(self) -> str:
        return "zgadza się" if self.kind == AGREES else "sprawdź"


def checks_of(told: Statement) -> list[Check]:
    """What to look at first, then what agrees. No statement of its own."""
    found = [*_to_look_at(told), _movement(told), _opening(told)]
    if told.assistant is None:
        found += [_sum_of_visits(told), _sum_of_families(told)]
    return sorted(found, key=lambda check: check.kind == AGREES)


def _agree(equal: bool, words: str, otherwise: str) -> Check:
    return Check(AGREES, words) if equal else Check(LOOK, otherwise)


def _movement(told: Statement) -> Check:
    plus = [movement.OPENING, movement.STARTED] + ([movement.TAKEN_OVER] if told.assistant else [])
    minus = [movement.ENDED] + ([movement.HANDED_OVER] if told.assistant else [])
    came, went, closing = (
        [told.value(figure) for figure in plus],
        [told.value(figure) for figure in minus],
        told.value(movement.CLOSING),
    )
    sum_in_words = " + ".join(map(number, came)) + "".join(f" − {number(value)}" for value in went)
    return _agree(
        sum(came) - sum(went) == closing,
        f"Ruch rodzin: {sum_in_words} = {number(closing)}",
        f"{sum_in_words} nie daje {number(closing)}. Sprawdź daty pracy i przydzieleń.",
    )


def _opening(told: Statement) -> Check:
    now, before = told.columns[:2]
    opening, closing = told.value(movement.OPENING, now), told.value(movement.CLOSING, before)
    name = short(told.quarter.quarter.previous).removesuffix(f" {before.period.end.year}")
    return _agree(
        opening == closing,
        f"Stan na początek jest taki jak na koniec {name}: {number(opening)}",
        f"Początek ({number(opening)}) różni się od końca {name} ({number(closing)}).",
    )


def _sum_of_visits(told: Statement) -> Check:
    parts, whole = sum(each.value(visits.HELD) for each in told.people), told.value(visits.HELD)
    return _agree(
        parts == whole,
        f"Asystenci i cały ośrodek mają tyle samo wizyt: {number(whole)}",
        f"Asystenci mają razem {number(parts)}, a ośrodek {count_of(whole, VISITS)}.",
    )


def _sum_of_families(told: Statement) -> Check:
    parts = sum(each.value(movement.CLOSING) for each in told.people)
    nobodys, whole = told.value(movement.WITHOUT_ASSISTANT), told.value(movement.CLOSING)
    with_nobodys = f" i {count_of(nobodys, FAMILIES)} bez asystenta" if nobodys else ""
    return _agree(
        parts + nobodys == whole,
        f"Rodziny asystentów{with_nobodys} to razem {number(whole)}",
        f"Asystenci prowadzą {number(parts)}{with_nobodys}, a w całym ośrodku praca trwa z {count_of(whole, WITH)}.",
    )


def _to_look_at(told: Statement) -> list[Check]:
    found = []
    if told.assistant is None and (nobodys := told.value(movement.WITHOUT_ASSISTANT)):
        words = f"{count_of(nobodys, FAMILIES)} na koniec okresu bez prowadzącego asystenta."
        found.append(
            Check(
                LOOK,
                words,
                movement.WITHOUT_ASSISTANT,
                f"Pokaż {count_of(nobodys, 'rodzinę,rodziny,rodzin')}",
            )
        )
    if late := told.value(visits.LATE):
        forms = "wizytę wpisano,wizyty wpisano,wizyt wpisano"
        counts = "Liczy się, bo odbyła się" if late == 1 else "Liczą się, bo odbyły się"
        words = f"{count_of(late, forms)} po {short_date(told.quarter.period.end)}. {counts} w kwartale."
        found.append(Check(LOOK, words, visits.LATE, f"Pokaż {count_of(late, VISITS)}"))
    if bare := told.value(visits.WITHOUT_AREA):
        words = (
            f"{count_of(bare, 'odbyta wizyta,odbyte wizyty,odbytych wizyt')} bez zaznaczonego obszaru. "
            "Tabela obszarów jest niepełna."
        )
        found.append(Check(LOOK, words, visits.WITHOUT_AREA, f"Pokaż {count_of(bare, VISITS)}"))
    if without := [each.user for each in told.people if each.contract is None]:
        names = ", ".join(map(str, without))
        found.append(Check(LOOK, f"Bez umowy w ostatnim dniu okresu: {names}."))
    return found


def agreeing(checks: list[Check]) -> int:
    return sum(check.kind == AGREES for check in checks)
