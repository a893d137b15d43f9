"""The editions of one line side by side: their figures and indicators, as computed now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import F

from lubsko_ops.accounts.models import User
from lubsko_ops.core.polish import MONTHS_SHORT
from projects.choices import EditionState
from projects.indicators.queries import latest_readings, make_indicators
from projects.indicators.rules import Indicator, Standing
from projects.models import Edition, IndicatorReading, SpecificGoal
from projects.rules import COUNTED_STATES
from projects.scope import reads_all_groups, visible_editions
from projects.surveys.results import load_results_of
from reports.compute import count_together
from reports.figure import AnyFigure
from reports.models import IssuedReport
from reports.project.figures import COST, ProjectFigures
from reports.project.given import ANSWERS
from reports.project.kind import PROJECT
from reports.project.statement import SUMS, ProjectStatement, project_period
from reports.quarter import ReportColumn
from reports.tables import Value, figure_requests, format_value

PEOPLE, FINISHED, MEETINGS, HOURS = "uczestnicy", "osoby-ukonczyly", "spotkania-odbyte", "godziny-spotkan"
ATTENDANCE, PLANNED, SPENT = "frekwencja", "zaplanowano", "wydano"
COMPARED_STATES = (*COUNTED_STATES, EditionState.SETTLED)
# Figures of the comparison, and those of which one is more than zero where something of the kind was entered: nobody
# enrolled, no meeting held, no budget and nothing spent are no value instead of a zero.
COMPARED: dict[str, tuple[str, ...]] = {
    PEOPLE: (PEOPLE,),
    FINISHED: (PEOPLE,),
    MEETINGS: (MEETINGS,),
    HOURS: (MEETINGS,),
    ATTENDANCE: (MEETINGS,),
    PLANNED: (PLANNED, SPENT),
    SPENT: (PLANNED, SPENT),
    COST: (SPENT,),
}


@dataclass(frozen=True)
class ComparedEdition:
    """An edition with its numbers; without ``statement`` for a user who sees only some of its groups.

    ``label``: short name beside a bar. ``report``: the approved final report. ``still_runs``: numbers are until today.
    """

    edition: Edition
    label: str
    statement: ProjectStatement | None
    indicators: list[Indicator] = field(default_factory=list)
    report: IssuedReport | None = None
    still_runs: bool = False

    def value(self, key: str) -> Value:
        """The figure of this key; None where nothing of the kind was entered, or for a user who may not see it."""
        if self.statement is None or not any(self._number(each) for each in COMPARED[key]):
            return None
        return self._number(key)

    def _number(self, key: str) -> Value:
        figure = self.figure(key)
        return self.statement.value(figure) if self.statement and figure else None

    def figure(self, key: str) -> AnyFigure | None:
        return self.statement.figures.find(key) if self.statement else None

    def text(self, key: str) -> str:
        """The number in Polish notation, "–" where there is none."""
        figure = self.figure(key)
        return format_value(figure, self.value(key)) if figure else "–"

    @property
    def reached(self) -> int:
        """Indicators that are at their target or past it."""
        return sum(each.standing == Standing.REACHED for each in self.indicators)

    @property
    def reached_text(self) -> str:
        """ "5 z 6"; "–" without goals."""
        return f"{self.reached} z {len(self.indicators)}" if self.indicators else "–"


@dataclass(frozen=True)
class RecurringGoal:
    """An indicator of several editions: in the order of the editions, None where one has no such goal."""

    name: str
    unit: str
    indicators: list[Indicator | None]


@dataclass(frozen=True)
class Comparison:
    """The editions of a line from the earliest; ``left_out``: those that have not begun or were given up."""

    title: str
    editions: list[ComparedEdition]
    left_out: list[Edition]

    @cached_property
    def recurring(self) -> list[RecurringGoal]:
        """Indicators with the same words and unit in at least two editions, in the order they came up first."""
        rows: dict[tuple[str, str, int], dict[int, Indicator]] = {}
        for place, each in enumerate(self.editions):
            for key, indicator in _by_words(each.indicators):
                rows.setdefault(key, {})[place] = indicator
        repeated = [by_place for by_place in rows.values() if len(by_place) > 1]
        return [self._recurring_goal(by_place) for by_place in repeated]

    def _recurring_goal(self, by_place: dict[int, Indicator]) -> RecurringGoal:
        """It is called as in the latest edition that has it."""
        latest = by_place[max(by_place)].goal
        indicators = [by_place.get(place) for place in range(len(self.editions))]
        return RecurringGoal(_name(latest), latest.unit, indicators)


def _name(goal: SpecificGoal) -> str:
    return goal.indicator or goal.goal


def _by_words(indicators: Iterable[Indicator]) -> Iterable[tuple[tuple[str, str, int], Indicator]]:
    """Indicators by what makes them the same in another edition: words, unit, and which of several such it is."""
    seen: dict[tuple[str, str], int] = {}
    for indicator in indicators:
        words, unit = (
            " ".join(text.split()).casefold() for text in (_name(indicator.goal), indicator.goal.unit)
        )
        if not words:
            continue
        seen[words, unit] = seen.get((words, unit), 0) + 1
        yield (words, unit, seen[words, unit]), indicator


# ---- loading -----------------------------------------------------------------------------------------
def load_comparison(line: int, user: User, *, today: date) -> Comparison | None:
    """The editions of the line that the user may see; None where there are none.

    Five statements, up to two more with an answer of a survey as an indicator, whatever the number of editions.
    """
    visible = visible_editions(user).filter(line=line).select_related("line")
    editions = list(visible.order_by("starts_on", "pk"))
    if not editions:
        return None
    compared = [
        each for each in editions if each.state in COMPARED_STATES and project_period(each, None, today=today)
    ]
    shown = [each for each in compared if reads_all_groups(each, user)]
    goals = _goals_of(shown)
    statements = _statements_of(shown, goals, today=today)
    readings = latest_readings([goal for each in goals.values() for goal in each], until=today)
    reports = _final_reports(shown)
    labels = short_names(compared)
    rows = [
        ComparedEdition(
            each,
            label,
            statements.get(each.pk),
            _indicators_of(goals.get(each.pk, []), readings, statements.get(each.pk)),
            reports.get(each.pk),
            still_runs(each, today),
        )
        for each, label in zip(compared, labels, strict=True)
    ]
    return Comparison(editions[0].line.name, rows, [each for each in editions if each not in compared])


def _goals_of(editions: list[Edition]) -> dict[int, list[SpecificGoal]]:
    """Goals by id of the edition. One statement."""
    goals: dict[int, list[SpecificGoal]] = {each.pk: [] for each in editions}
    for goal in (
        SpecificGoal.objects.filter(edition__in=editions).order_by("position", "pk") if editions else ()
    ):
        goals[goal.edition_id].append(goal)
    return goals


def _statements_of(
    editions: list[Edition], goals: dict[int, list[SpecificGoal]], *, today: date
) -> dict[int, ProjectStatement]:
    """What is compared, and what measures the goals, by id of the edition. One statement, three with surveys."""
    by_survey = [
        each for each in editions if any(goal.computed_by.startswith(ANSWERS) for goal in goals[each.pk])
    ]
    results = load_results_of(by_survey) if by_survey else {}
    prepared, requests = [], []
    for edition in editions:
        period = project_period(edition, None, today=today)
        if period is None:
            raise ValueError("An edition that has not begun has no numbers.")
        figures = ProjectFigures(edition, results.get(edition.pk, []))
        keys = [
            part for goal in goals[edition.pk] for part in SUMS.get(goal.computed_by, (goal.computed_by,))
        ]
        wanted = [figures.counted[key] for key in (*COMPARED, *keys) if key in figures.counted]
        requests += figure_requests(wanted, [ReportColumn("", period, "", period.name)], None)
        prepared.append((edition, period, figures))
    values = count_together(requests)
    return {
        edition.pk: ProjectStatement(edition, period, figures, values)
        for edition, period, figures in prepared
    }


def _indicators_of(
    goals: list[SpecificGoal], readings: dict[int, IndicatorReading], statement: ProjectStatement | None
) -> list[Indicator]:
    """The goals with their values: the latest readings, and what is computed of those numbers that are counted."""
    if statement is None:
        return []
    figures = statement.figures
    keys = {
        goal.computed_by
        for goal in goals
        if goal.computed_by in figures.counted
        or goal.computed_by in SUMS
        or goal.computed_by.startswith(ANSWERS)
    }
    return make_indicators(goals, readings, statement.computed_values(keys))


def _final_reports(editions: list[Edition]) -> dict[int, IssuedReport]:
    """The approved report of the whole project with its last correction, by id of the edition. One statement."""
    whole = {"starts_on": F("edition__starts_on"), "ends_on": F("edition__ends_on")}
    reports = IssuedReport.objects.filter(kind=PROJECT, edition__in=editions, **whole).order_by("number")
    return {report.edition_id: report for report in reports if report.edition_id} if editions else {}


# ---- words -------------------------------------------------------------------------------------------
def still_runs(edition: Edition, today: date) -> bool:
    """Whether numbers of the edition may still change with every day."""
    return edition.state == EditionState.RUNNING and (edition.ends_on is None or edition.ends_on >= today)


def short_names(editions: Sequence[Edition]) -> list[str]:
    """The year each began in; of several in one year with the month, and a number where that is the same too."""
    years = [str(each.starts_on.year) for each in editions]
    months = [f"{MONTHS_SHORT[each.starts_on.month - 1]} {each.starts_on.year}" for each in editions]
    names = [year if years.count(year) == 1 else month for year, month in zip(years, months, strict=True)]
    return [
        name if names.count(name) == 1 else f"{name} ({names[: place + 1].count(name)})"
        for place, name in enumerate(names)
    ]
