"""Checks of a project's report before it is approved: numbers that must agree, data that is missing. No queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lubsko_ops.core.links import reverse
from lubsko_ops.core.polish import count_of, join_list, number, short_date
from projects.choices import EditionState
from projects.indicators.rules import Standing
from projects.models import Edition
from projects.rules import NOT_BEGUN
from projects.surveys.permissions import shows_results
from projects.surveys.queries import LABELS
from projects.surveys.results import SurveyResult
from projects.surveys.views import page_url
from reports.project.check_figures import NOT_RECORDED, WITHOUT_ATTENDANCE, WITHOUT_END
from reports.project.periods import ReportPeriod
from reports.project.state import ReportState
from reports.project.statement import ProjectStatement

BLOCKS, ATTENTION, PASSED = "late", "soon", "done"  # kinds of status in the style sheet
STATES = {BLOCKS: "blokuje", ATTENTION: "sprawdź", PASSED: "zgadza się"}
FINAL_STATES = (EditionState.TO_SETTLE, EditionState.SETTLED)
MEETINGS = "spotkanie,spotkania,spotkań"
WITHOUT_MARKS = (
    "odbyte spotkanie nie ma zaznaczonej obecności,odbyte spotkania nie mają zaznaczonej obecności,"
    "odbytych spotkań nie ma zaznaczonej obecności"
)
STILL_PLANNED = (
    "spotkanie minęło i nie zapisano czy się odbyło,spotkania minęły i nie zapisano czy się odbyły,"
    "spotkań minęło i nie zapisano czy się odbyły"
)
OPEN_ENDS = "udział nie ma zakończenia,udziały nie mają zakończenia,udziałów nie ma zakończenia"
UNEXPLAINED = (
    "pozycja budżetu ma różnicę bez wyjaśnienia,pozycje budżetu mają różnicę bez wyjaśnienia,"
    "pozycji budżetu ma różnicę bez wyjaśnienia"
)


@dataclass(frozen=True)
class Check:
    """The result of one check. ``url`` and ``link_text`` lead to exactly what breaks it."""

    kind: str
    text: str
    url: str = ""
    link_text: str = ""

    @property
    def state(self) -> str:
        return STATES[self.kind]


def run_checks(statement: ProjectStatement, report: ReportPeriod, state: ReportState) -> list[Check]:
    """What blocks the approval first, then what asks for attention, then what agrees."""
    checks = [
        *_period_checks(statement.edition, report),
        *_text_checks(statement, report, state),
        *_sum_checks(statement, report),
        *_meeting_checks(statement, report),
        *_people_checks(statement, report),
        *_indicator_checks(statement),
        *(check for each in statement.figures.all_results for check in _survey_checks(statement, each)),
        *_budget_checks(statement, report),
    ]
    order = (BLOCKS, ATTENTION, PASSED)
    return sorted(checks, key=lambda check: order.index(check.kind))


def blocking(checks: list[Check]) -> list[Check]:
    return [check for check in checks if check.kind == BLOCKS]


def attention(checks: list[Check]) -> list[Check]:
    return [check for check in checks if check.kind == ATTENTION]


def _list_url(edition: Edition, report: ReportPeriod, key: str) -> str:
    return reverse("project-reports:figure", args=[edition.pk, key]) + report.query


# ---- the report itself -------------------------------------------------------------------------------
def state_refusal(edition: Edition) -> str:
    """Why there is no report of the project in its state; empty when there is."""
    if edition.state == EditionState.WITHDRAWN:
        return "Od tego projektu odstąpiono. Powód stoi w jego historii, a sprawozdania nie ma."
    if edition.state in NOT_BEGUN:
        return "Ten projekt się nie rozpoczął, więc nie ma z czego zdać sprawy."
    return ""


def _period_checks(edition: Edition, report: ReportPeriod) -> Iterator[Check]:
    project = reverse("projects:project", args=[edition.pk])
    if refusal := state_refusal(edition):
        yield Check(BLOCKS, refusal, project, "Projekt")
    elif report.days.end == edition.ends_on and edition.state not in FINAL_STATES:
        yield Check(
            BLOCKS,
            "Projekt jeszcze trwa. Sprawozdanie zatwierdza się po zakończeniu zajęć.",
            project,
            "Projekt",
        )
    elif report.days.end > report.so_far.end:
        yield Check(BLOCKS, f"Ten okres kończy się {short_date(report.days.end)}.")
    else:
        yield Check(PASSED, f"Okres się skończył: {report.days.name}.")


def _text_checks(statement: ProjectStatement, report: ReportPeriod, state: ReportState) -> Iterator[Check]:
    url = reverse("project-reports:texts", args=[statement.edition.pk, report.slug])
    text = state.text
    if not text.course.strip():
        yield Check(BLOCKS, "Nie opisano przebiegu.", f"{url}#id_course", "Napisz przebieg")
    empty = [
        (words, name)
        for name, words in (("undone", "czego nie zrobiono i dlaczego"), ("conclusions", "wnioski"))
        if not getattr(text, name).strip()
    ]
    if empty:
        words = join_list(words for words, _ in empty)
        yield Check(ATTENTION, f"Nie napisano: {words}.", f"{url}#id_{empty[0][1]}", "Uzupełnij teksty")
    elif text.course.strip():
        yield Check(PASSED, "Wszystkie trzy teksty są napisane.")


# ---- numbers that must agree -------------------------------------------------------------------------
def _sum_checks(statement: ProjectStatement, report: ReportPeriod) -> Iterator[Check]:
    def value(key: str) -> Decimal:
        return Decimal(statement.value(statement.catalogue[key]) or 0)

    people = value("uczestnicy")
    for first, second, words in (
        ("kobiety", "mezczyzni", ("Kobiety", "mężczyźni")),
        ("dorosli", "dzieci", ("Dorośli", "dzieci")),
    ):
        total = value(first) + value(second)
        sentence = f"{words[0]} ({number(value(first))}) i {words[1]} ({number(value(second))})"
        yield _agreement(
            total == people,
            f"{sentence} to razem wszyscy uczestnicy: {number(people)}.",
            f"{sentence} to razem {number(total)}, a uczestników jest {number(people)}.",
            _list_url(statement.edition, report, "uczestnicy"),
        )
    came = sum(each.came for each in statement.meetings)
    yield _agreement(
        came == value("obecnosci"),
        f"Obecności na kolejnych spotkaniach dają razem {number(came)}.",
        f"Obecności na kolejnych spotkaniach to razem {number(came)}, a w tabeli {number(value('obecnosci'))}.",
        _list_url(statement.edition, report, "obecnosci"),
    )
    spent = sum((each.spent for each in statement.positions), Decimal(0))
    yield _agreement(
        spent == value("wydano"),
        f"Pozycje budżetu dają razem to, co wydano: {number(spent, 2)} zł.",
        f"Pozycje budżetu dają razem {number(spent, 2)} zł, a w tabeli {number(value('wydano'), 2)} zł.",
        reverse("projects:budget", args=[statement.edition.pk]),
    )


def _agreement(equal: bool, passed: str, failed: str, url: str) -> Check:
    return Check(PASSED, passed) if equal else Check(BLOCKS, failed, url, "Pokaż")


# ---- data that is missing ----------------------------------------------------------------------------
def _meeting_checks(statement: ProjectStatement, report: ReportPeriod) -> Iterator[Check]:
    figures = statement.figures.checks.by_key
    counts = {key: statement.value(figures[key]) or 0 for key in (WITHOUT_ATTENDANCE, NOT_RECORDED)}
    for key, forms in ((WITHOUT_ATTENDANCE, WITHOUT_MARKS), (NOT_RECORDED, STILL_PLANNED)):
        if count := counts[key]:
            text = count_of(count, forms).replace(" czy ", ", czy ")
            link = f"Pokaż {count_of(count, MEETINGS)}"
            yield Check(ATTENTION, f"{text}.", _list_url(statement.edition, report, key), link)
    if not any(counts.values()) and statement.meetings:
        yield Check(PASSED, "Każde spotkanie okresu ma zapis i obecność.")


def _people_checks(statement: ProjectStatement, report: ReportPeriod) -> Iterator[Check]:
    if statement.edition.state not in FINAL_STATES or report.days.end != statement.edition.ends_on:
        return
    count = statement.value(statement.figures.checks.by_key[WITHOUT_END]) or 0
    if count:
        link = f"Pokaż {count_of(count, 'udział,udziały,udziałów')}"
        text = f"{count_of(count, OPEN_ENDS)}. Zapisz, kto ukończył, a kto przerwał."
        yield Check(ATTENTION, text, _list_url(statement.edition, report, WITHOUT_END), link)
    else:
        yield Check(PASSED, "Każdy udział jest ukończony albo przerwany.")


def _indicator_checks(statement: ProjectStatement) -> Iterator[Check]:
    goals = [each.goal for each in statement.indicators if each.standing == Standing.UNMEASURED]
    url = reverse("projects:indicators", args=[statement.edition.pk])
    if goals:
        numbers = join_list(str(goal.position) for goal in goals)
        words = "Cel" if len(goals) == 1 else "Cele"
        verb = "nie ma wartości" if len(goals) == 1 else "nie mają wartości"
        link = "Zobacz, dlaczego" if all(goal.computed_by for goal in goals) else "Wpisz pomiar"
        yield Check(ATTENTION, f"{words} {numbers} {verb}.", f"{url}#cel-{goals[0].pk}", link)
    elif statement.indicators:
        yield Check(PASSED, "Każdy cel ma wartość.")


def _survey_checks(statement: ProjectStatement, result: SurveyResult) -> Iterator[Check]:
    edition, survey = statement.edition, result.survey
    expected = statement.expected_sheets
    missing = [moment for moment, count in result.sheets.items() if not count]
    if missing:
        words = join_list(LABELS[moment].lower() for moment in missing)
        url = page_url(survey, missing[0], 1)
        text = f"„{survey}”: nie wpisano żadnej kartki"
        text += "." if len(survey.moments) == 1 else f" ({words})."
        yield Check(ATTENTION, text, url, "Wpisz kartki")
    elif not shows_results(survey):
        counts = join_list(f"{LABELS[moment].lower()}: {count}" for moment, count in result.sheets.items())
        url = reverse("projects:survey-close", args=[edition.pk, survey.pk])
        text = f"„{survey}”: wpisywanie trwa ({counts}, oczekiwano {number(expected)}). Bez zakończenia nie ma wyników."
        yield Check(ATTENTION, text, url, "Zakończ wpisywanie")
    else:
        yield Check(PASSED, f"„{survey}” ma wyniki.")


def _budget_checks(statement: ProjectStatement, report: ReportPeriod) -> Iterator[Check]:
    """Differences of the positions, once the project is over."""
    lines = [each.line for each in statement.positions if each.left and not each.line.difference]
    over = statement.edition.state in FINAL_STATES
    url = reverse("projects:budget", args=[statement.edition.pk])
    if lines and over:
        text = f"{count_of(len(lines), UNEXPLAINED)}."
        if statement.edition.state == EditionState.SETTLED:  # explanations are closed with it
            texts = reverse("project-reports:texts", args=[statement.edition.pk, report.slug])
            yield Check(ATTENTION, text, f"{texts}#id_undone", "Wyjaśnij w tekście")
        else:
            yield Check(ATTENTION, text, f"{url}#p-{lines[0].position}", "Wyjaśnij różnicę")
    elif statement.positions and over:
        yield Check(PASSED, "Różnice w budżecie są wyjaśnione.")
