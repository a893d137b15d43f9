"""The figures of a project that may measure its goals: what they are called there, and their values."""

from collections.abc import Collection, Iterator
from datetime import date

from projects.choices import AnswerKind, SurveyKind
from projects.indicators.computed import ComputedNumber, ComputedValue, NumberSource
from projects.models import Edition, SurveyQuestion
from reports.compute import count_together
from reports.project.figures import ProjectFigures
from reports.project.given import AT_END, CHANGE, ONLY, question_key
from reports.project.statement import SUMS, ProjectStatement, project_period
from reports.quarter import ReportColumn
from reports.tables import figure_requests

# Key of the figure, what the list of choices calls it, and the unit people read, by heading.
OFFERED: dict[str, tuple[tuple[str, str, str], ...]] = {
    "Uczestnicy": (
        ("uczestnicy", "uczestnicy, każda osoba raz", "osób"),
        ("osoby-ukonczyly", "osoby, które ukończyły", "osób"),
        ("kobiety", "kobiety wśród uczestników", "osób"),
        ("mezczyzni", "mężczyźni wśród uczestników", "osób"),
        ("dorosli", "dorośli wśród uczestników", "osób"),
        ("dzieci", "dzieci wśród uczestników", "osób"),
        ("zgloszenia", "zgłoszenia", "zgłoszeń"),
        ("ukonczone", "ukończone udziały", "udziałów"),
        ("przerwane", "przerwane udziały", "udziałów"),
    ),
    "Rodziny": (
        ("rodziny-w-projekcie", "rodziny w projekcie", "rodzin"),
        ("rodziny-z-dziecmi", "rodziny, które zaczęły z dzieckiem w domu", "rodzin"),
        ("rodziny-dzieci-w-domu", "rodziny, które zatrzymały dzieci w domu", "rodzin"),
    ),
    "Spotkania i obecność": (
        ("spotkania-odbyte", "odbyte spotkania", "spotkań"),
        ("godziny-spotkan", "godziny spotkań", "godzin"),
        ("obecnosci", "obecności", "obecności"),
        ("frekwencja", "średnia frekwencja", "%"),
    ),
    "Praca asystentów i pracowników z rodzinami": (
        ("wizyty-projektu", "wizyty u rodzin", "wizyt"),
        ("godziny-wizyt-projektu", "godziny wizyt", "godzin"),
        ("kontakty-projektu", "kontakty", "kontaktów"),
        ("godziny-z-rodzinami", "godziny wizyt i kontaktów razem", "godzin"),
    ),
    "Wydarzenia bez zapisów": (
        ("policzone-osoby", "policzone osoby", "osób"),
        ("wolontariusze", "wolontariusze", "osób"),
        ("paczki", "paczki", "paczek"),
        ("kilogramy", "kilogramy", "kg"),
    ),
    "Pieniądze": (
        ("wydano", "wydano z budżetu", "zł"),
        ("wykonanie-budzetu", "wykonanie budżetu", "%"),
    ),
}


def project_numbers(edition: Edition) -> list[ComputedNumber]:
    """Figures of the application, then the questions of the surveys of this edition. One statement."""
    counted = [
        ComputedNumber(key, label, group, unit)
        for group, rows in OFFERED.items()
        for key, label, unit in rows
    ]
    questions = SurveyQuestion.objects.filter(survey__edition=edition).exclude(kind=AnswerKind.OPEN)
    ordered = questions.select_related("survey").order_by("survey__kind", "position", "pk")
    return [*counted, *(number for question in ordered for number in _question_numbers(question))]


def _question_numbers(question: SurveyQuestion) -> Iterator[ComputedNumber]:
    kind = SurveyKind(question.survey.kind)
    is_yes_no = question.kind == AnswerKind.YES_NO
    moments = {ONLY: ""} if kind == SurveyKind.SATISFACTION else {AT_END: " po", CHANGE: ""}
    for moment, word in moments.items():
        if moment == CHANGE:
            what, unit = "zmiana", "punktów procentowych" if is_yes_no else "punktów"
        else:
            what, unit = ("odsetek „tak”", "%") if is_yes_no else ("średnia", "punktów")
        label = f"{question.position}. {question.text}: {what}{word}"
        yield ComputedNumber(question_key(question, moment), label, f"Ankieta {kind.label}", unit)


def load_project_values(edition: Edition, keys: Collection[str], until: date) -> dict[str, ComputedValue]:
    """Values of these keys from the first day of the project to the day, none before it.

    One statement, and up to four more with an answer of a survey among them.
    """
    figures = ProjectFigures(edition)
    parts = [each for key in keys for each in SUMS.get(key, (key,))]
    wanted = [figure for key in dict.fromkeys(parts) if (figure := figures.find(key))]
    period = project_period(edition, None, today=until)
    if period is None:
        return {key: ComputedValue(None) for key in keys}
    column = ReportColumn("", period, "", period.name)
    values = count_together(figure_requests(wanted, [column], None))
    return ProjectStatement(edition, period, figures, values).computed_values(keys)


PROJECT_NUMBERS = NumberSource("reports", project_numbers, load_project_values)
