"""Figures of a project without rows: typed values of indicators, and means of answers in surveys."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from lubsko_ops.core.dates import Period
from lubsko_ops.core.links import reverse
from projects.choices import SurveyKind
from projects.models import Edition, IndicatorReading, SpecificGoal, SurveyQuestion
from projects.surveys.permissions import shows_results
from projects.surveys.results import QuestionResult, Spread, SurveyResult, load_results, load_results_of
from reports.figure import AnyFigure, FigureKind, GivenFigure

READING, ANSWERS = "wskaznik-", "ankieta-"  # beginnings of keys
AT_START, AT_END, CHANGE, ONLY = "przed", "po", "zmiana", "zadowolenie"


def shown_results(edition: Edition) -> list[SurveyResult]:
    """Results of the surveys of which everybody who sees the project sees them; up to two statements."""
    return [each for each in load_results(edition) if shows_results(each.survey)]


def shown_results_of(editions: Iterable[Edition]) -> dict[int, list[SurveyResult]]:
    """The same of several editions, by id of the edition; not more statements."""
    by_edition = load_results_of(editions)
    return {pk: [each for each in rows if shows_results(each.survey)] for pk, rows in by_edition.items()}


# ---- indicators --------------------------------------------------------------------------------------
def reading_figures(edition: Edition) -> list[AnyFigure]:
    """A figure for each goal whose value is read and typed: its latest reading within the period. Two statements."""
    goals = list(SpecificGoal.objects.filter(edition=edition, computed_by=""))
    readings: dict[int, list[IndicatorReading]] = {goal.pk: [] for goal in goals}
    for reading in IndicatorReading.objects.filter(goal__in=goals).order_by("day"):
        readings[reading.goal_id].append(reading)
    url = reverse("projects:indicators", args=[edition.pk])
    return [_reading_figure(goal, readings[goal.pk], f"{url}#cel-{goal.pk}") for goal in goals]


def reading_key(goal: SpecificGoal) -> str:
    """Key of the figure of a goal."""
    return f"{READING}{goal.pk}"


def _reading_figure(goal: SpecificGoal, readings: list[IndicatorReading], url: str) -> GivenFigure:
    def value_in(period: Period) -> Decimal | None:
        return next((each.value for each in reversed(readings) if each.day <= period.end), None)

    name = goal.indicator or goal.goal
    return GivenFigure(
        key=reading_key(goal),
        name=f"{goal.position}. {name}",
        kind=FigureKind.TYPED,
        definition=f"Ostatni pomiar do końca okresu. Źródło: {goal.source or 'nie podano'}.",
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
        return [_answer_figure(question, ONLY, "", _mean(question, question.only), url)]
    return [
        _answer_figure(question, AT_START, "przed", _mean(question, question.before), url),
        _answer_figure(question, AT_END, "po", _mean(question, question.after), url),
        _answer_figure(question, CHANGE, "zmiana", question.change, url),
    ]


def _answer_figure(
    question: QuestionResult, moment: str, word: str, value: Decimal | int | None, url: str
) -> GivenFigure:
    what = "Odsetek odpowiedzi „tak”" if question.is_yes_no else "Średnia odpowiedzi w skali 1–5"
    return GivenFigure(
        key=answer_key(question, moment),
        name=f"{question.question.text}{f', {word}' if word else ''}",
        kind=FigureKind.ANSWERS,
        definition=f"{what}, od 5 odpowiedzi, a z kodami od 5 par odpowiedzi.",
        value_in=_always(value),
        url=url,
        unit="" if question.is_yes_no else "tenths",
    )


def _mean(question: QuestionResult, spread: Spread | None) -> Decimal | int | None:
    if spread is None:
        return None
    return spread.percent if question.is_yes_no else spread.mean


def _always(value: Decimal | int | None) -> Callable[[Period], Decimal | int | None]:
    return lambda period: value
