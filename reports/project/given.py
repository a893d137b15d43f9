"""Figures of a project without rows: typed values of indicators, and means of answers in surveys."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from lubsko_ops.core.dates import Period
from lubsko_ops.core.links import reverse
from projects.choices import SurveyKind
from projects.models import Edition, IndicatorReading, SpecificGoal, Survey, SurveyQuestion
from projects.surveys.results import QuestionResult, Spread, SurveyResult
from reports.figure import AnyFigure, FigureKind, GivenFigure

Readings = list[IndicatorReading]  # of one goal, from the earliest
READING, ANSWERS = "wskaznik-", "ankieta-"  # beginnings of keys
AT_START, AT_END, CHANGE, ONLY = "przed", "po", "zmiana", "zadowolenie"


# ---- indicators --------------------------------------------------------------------------------------
def reading_figures(edition: Edition, readings: Mapping[SpecificGoal, Readings]) -> list[AnyFigure]:
    """A figure for each goal whose value is read and typed (``last_reading``)."""
    url = reverse("projects:indicators", args=[edition.pk])
    return [
        _reading_figure(edition, goal, rows, f"{url}#cel-{goal.pk}")
        for goal, rows in readings.items()
        if not goal.computed_by
    ]


def reading_key(goal: SpecificGoal) -> str:
    """Key of the figure of a goal."""
    return f"{READING}{goal.pk}"


def last_reading(edition: Edition, readings: Readings, period: Period) -> IndicatorReading | None:
    """The reading that is the value of the period: the latest one; of a period that ends with the project also a later.

    What a project achieved is often measured after its last day, and its pages and its settlement take that value.
    """
    is_last = period.end == edition.ends_on
    return next((each for each in reversed(readings) if is_last or each.day <= period.end), None)


def _reading_figure(edition: Edition, goal: SpecificGoal, readings: Readings, url: str) -> GivenFigure:
    def value_in(period: Period) -> Decimal | None:
        reading = last_reading(edition, readings, period)
        return reading.value if reading else None

    name = goal.indicator or goal.goal
    return GivenFigure(
        key=reading_key(goal),
        name=f"{goal.position}. {name}",
        kind=FigureKind.TYPED,
        definition=(
            "Ostatni pomiar do końca okresu, a gdy okres kończy się razem z projektem, także późniejszy. "
            f"Źródło: {goal.source or 'nie podano'}."
        ),
        value_in=value_in,
        url=url,
    )


# ---- surveys -----------------------------------------------------------------------------------------
def answer_figures(edition: Edition, results: Iterable[SurveyResult]) -> list[AnyFigure]:
    """Means of the questions with a scale, or shares of yes, each with its change; only what may be shown."""
    figures: list[AnyFigure] = []
    for result in results:
        url = reverse("projects:survey-results", args=[edition.pk, result.survey.pk])
        for question in result.questions:
            if not question.question.is_open:
                figures += _figures_of(result, question, url)
    return figures


def answer_key(question: QuestionResult, moment: str) -> str:
    """Key of the figure of a question: its number in the survey says which, in every edition the same."""
    return question_key(question.question, moment)


def question_key(question: SurveyQuestion, moment: str) -> str:
    """The same of a question whose answers were not read."""
    return f"{ANSWERS}{moment}-{question.position}"


def _figures_of(result: SurveyResult, question: QuestionResult, url: str) -> list[GivenFigure]:
    if result.survey.kind == SurveyKind.SATISFACTION:
        return [_answer_figure(result.survey, question, ONLY, "", _mean(question, question.only), url)]
    return [
        _answer_figure(result.survey, question, AT_START, "przed", _mean(question, question.before), url),
        _answer_figure(result.survey, question, AT_END, "po", _mean(question, question.after), url),
        _answer_figure(result.survey, question, CHANGE, "zmiana", question.change, url),
    ]


def _answer_figure(
    survey: Survey, question: QuestionResult, moment: str, word: str, value: Decimal | int | None, url: str
) -> GivenFigure:
    what = "Odsetek odpowiedzi „tak”" if question.is_yes_no else "Średnia odpowiedzi w skali 1–5"
    return GivenFigure(
        key=answer_key(question, moment),
        name=f"{question.question.text}{f', {word}' if word else ''}",
        kind=FigureKind.ANSWERS,
        definition=f"{what}, od 5 odpowiedzi, a z kodami od 5 par odpowiedzi, gdy wpisywanie skończono w okresie.",
        value_in=lambda period: value if belongs_to(survey, period) else None,
        url=url,
        unit="" if question.is_yes_no else "tenths",
    )


def _mean(question: QuestionResult, spread: Spread | None) -> Decimal | int | None:
    if spread is None:
        return None
    return spread.percent if question.is_yes_no else spread.mean


def belongs_to(survey: Survey, period: Period) -> bool:
    """Whether the results are those of the period: typing ended in it, or after the project in its last one."""
    edition, closed_on = survey.edition, survey.closed_on
    is_first = period.start <= edition.starts_on
    is_last = edition.ends_on is not None and period.end >= edition.ends_on
    if closed_on is None:  # the project is settled, which ends the typing
        return is_last
    return (is_first or period.start <= closed_on) and (is_last or closed_on <= period.end)
