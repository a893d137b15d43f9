"""Consistency checks of a report: sums that must agree, and data that needs attention before the report is used."""

from dataclasses import dataclass

from lubsko_ops.core.polish import count_of, number, short_date
from reports.catalogue import movement, visits
from reports.figure import AnyFigure
from reports.quarter import short_quarter_name
from reports.statement import Statement

PASSED, ATTENTION = "done", "soon"  # kinds of status in the style sheet
FAMILIES_FORMS = "rodzina,rodziny,rodzin"
WITH_FAMILIES_FORMS = "rodziną,rodzinami,rodzinami"
VISITS_FORMS = "wizytę,wizyty,wizyt"


@dataclass(frozen=True)
class ReportCheck:
    """The result of one check; ``figure`` and ``link_text`` make the link to the rows concerned."""

    kind: str
    text: str
    figure: AnyFigure | None = None
    link_text: str = ""

    @property
    def state(self) -> str:
        return "zgadza się" if self.kind == PASSED else "sprawdź"


def run_checks(statement: Statement) -> list[ReportCheck]:
    """Checks that need attention first, then those passed. No queries."""
    checks = [*_attention_checks(statement), _movement_check(statement), _opening_check(statement)]
    if statement.assistant is None:
        checks += [_visits_sum_check(statement), _families_sum_check(statement)]
    return sorted(checks, key=lambda check: check.kind == PASSED)


def _compare(equal: bool, passed_text: str, failed_text: str) -> ReportCheck:
    return ReportCheck(PASSED, passed_text) if equal else ReportCheck(ATTENTION, failed_text)


def _movement_check(statement: Statement) -> ReportCheck:
    added, removed = (
        [statement.value(figure) for figure in figures if statement.is_visible(figure)]
        for figures in ((movement.OPENING, *movement.ADDED), movement.REMOVED)
    )
    closing = statement.value(movement.CLOSING)
    sum_text = " + ".join(map(number, added)) + "".join(f" − {number(value)}" for value in removed)
    return _compare(
        sum(added) - sum(removed) == closing,
        f"Ruch rodzin: {sum_text} = {number(closing)}",
        f"{sum_text} nie daje {number(closing)}. Sprawdź daty pracy i przydzieleń.",
    )


def _opening_check(statement: Statement) -> ReportCheck:
    current, previous = statement.columns[:2]
    opening, closing = statement.value(movement.OPENING, current), statement.value(movement.CLOSING, previous)
    name = short_quarter_name(statement.quarter.quarter.previous).removesuffix(f" {previous.period.end.year}")
    return _compare(
        opening == closing,
        f"Stan na początek jest taki jak na koniec {name}: {number(opening)}",
        f"Początek ({number(opening)}) różni się od końca {name} ({number(closing)}).",
    )


def _visits_sum_check(statement: Statement) -> ReportCheck:
    assistants_total = sum(each.value(visits.HELD) for each in statement.assistants)
    centre_total = statement.value(visits.HELD)
    return _compare(
        assistants_total == centre_total,
        f"Asystenci i cały ośrodek mają tyle samo wizyt: {number(centre_total)}",
        f"Asystenci mają razem {number(assistants_total)}, a ośrodek {count_of(centre_total, VISITS_FORMS)}.",
    )


def _families_sum_check(statement: Statement) -> ReportCheck:
    assistants_total = sum(each.value(movement.CLOSING) for each in statement.assistants)
    unassigned, centre_total = statement.value(movement.WITHOUT_ASSISTANT), statement.value(movement.CLOSING)
    unassigned_text = f" i {count_of(unassigned, FAMILIES_FORMS)} bez asystenta" if unassigned else ""
    return _compare(
        assistants_total + unassigned == centre_total,
        f"Rodziny asystentów{unassigned_text} to razem {number(centre_total)}",
        f"Asystenci prowadzą {number(assistants_total)}{unassigned_text}, "
        f"a w całym ośrodku praca trwa z {count_of(centre_total, WITH_FAMILIES_FORMS)}.",
    )


def _attention_checks(statement: Statement) -> list[ReportCheck]:
    checks = []
    if statement.assistant is None and (unassigned := statement.value(movement.WITHOUT_ASSISTANT)):
        text = f"{count_of(unassigned, FAMILIES_FORMS)} na koniec okresu bez prowadzącego asystenta."
        checks.append(
            ReportCheck(
                ATTENTION,
                text,
                movement.WITHOUT_ASSISTANT,
                f"Pokaż {count_of(unassigned, 'rodzinę,rodziny,rodzin')}",
            )
        )
    if late := statement.value(visits.LATE):
        forms = "wizytę wpisano,wizyty wpisano,wizyt wpisano"
        counts = "Liczy się, bo odbyła się" if late == 1 else "Liczą się, bo odbyły się"
        text = f"{count_of(late, forms)} po {short_date(statement.quarter.period.end)}. {counts} w kwartale."
        checks.append(ReportCheck(ATTENTION, text, visits.LATE, f"Pokaż {count_of(late, VISITS_FORMS)}"))
    if without_area := statement.value(visits.WITHOUT_AREA):
        text = (
            f"{count_of(without_area, 'odbyta wizyta,odbyte wizyty,odbytych wizyt')} bez zaznaczonego obszaru. "
            "Tabela obszarów jest niepełna."
        )
        checks.append(
            ReportCheck(ATTENTION, text, visits.WITHOUT_AREA, f"Pokaż {count_of(without_area, VISITS_FORMS)}")
        )
    if without_contract := [each.user for each in statement.assistants if each.contract is None]:
        names = ", ".join(map(str, without_contract))
        checks.append(ReportCheck(ATTENTION, f"Bez umowy w ostatnim dniu okresu: {names}."))
    return checks


def count_passed(checks: list[ReportCheck]) -> int:
    return sum(check.kind == PASSED for check in checks)
