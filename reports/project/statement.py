"""The numbers of a project in a period, as computed now."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from lubsko_ops.core.dates import Period
from lubsko_ops.core.links import reverse
from projects.choices import EditionState
from projects.indicators.computed import ComputedValue
from projects.indicators.presenters import OVER_STATES, IndicatorRow
from projects.indicators.queries import make_indicators
from projects.indicators.rules import Indicator
from projects.models import Edition
from projects.money.queries import Position, load_positions
from projects.surveys.results import SurveyResult
from reports.compute import FigureRequest, FigureValues, Number, count_together
from reports.figure import AnyFigure, GivenFigure
from reports.kinds import StatementNumber
from reports.project.content import MeetingAttendance, load_attendance
from reports.project.figures import ProjectFigures, paid_until
from reports.project.given import belongs_to, last_reading
from reports.quarter import ReportColumn
from reports.tables import (
    StatementTable,
    Value,
    figure_requests,
    figure_value,
    fill_table,
    format_value,
)


@dataclass(frozen=True)
class ProjectStatement:
    """The report of a project: its own period is the only column."""

    edition: Edition
    own_period: Period
    figures: ProjectFigures
    figure_values: FigureValues
    assistant_id: int | None = None

    @property
    def catalogue(self) -> Mapping[str, AnyFigure]:
        return self.figures.by_key

    @property
    def column(self) -> ReportColumn:
        return ReportColumn("", self.own_period, "", self.own_period.name)

    @property
    def words(self) -> tuple[str, ...]:
        """The explanations of differences, which stand in the table of the budget."""
        return tuple(each.line.difference for each in self.positions)

    def numbers(self) -> Iterator[StatementNumber]:
        return (StatementNumber(figure, self.value(figure)) for figure in self.catalogue.values())

    def value(self, figure: AnyFigure) -> Value:
        return figure_value(self.figure_values, figure, self.own_period, None)

    def text(self, key: str) -> str:
        """The number of this key in Polish notation."""
        figure = self.catalogue[key]
        return format_value(figure, self.value(figure))

    # ---- what the report shows beside its figures; each is read when it is asked for
    @cached_property
    def indicators(self) -> list[Indicator]:
        """The goals with their values in the period: readings (``last_reading``), or figures of this statement."""
        latest = {
            goal.pk: reading
            for goal, readings in self.figures.readings.items()
            if (reading := last_reading(self.edition, readings, self.own_period))
        }
        keys = {goal.computed_by for goal in self.figures.readings if goal.computed_by}
        return make_indicators(self.figures.readings, latest, self.computed_values(keys))

    @property
    def indicator_rows(self) -> list[IndicatorRow]:
        """The same as texts. A target that is missed is on its way while the project goes on after the period."""
        return [IndicatorRow(each, self.is_over) for each in self.indicators]

    @property
    def is_over(self) -> bool:
        """Whether the project is over at the end of the period, so that what is missing will not come any more."""
        state, is_last = self.edition.state, self.own_period.end == self.edition.ends_on
        return state == EditionState.WITHDRAWN or (state in OVER_STATES and is_last)

    @property
    def is_whole(self) -> bool:
        """Whether the period is all of the project, for which the document planned."""
        return self.is_over and self.own_period.start == self.edition.starts_on

    def computed_values(self, keys: Collection[str]) -> dict[str, ComputedValue]:
        """Values of figures in the unit people read, by key; a key that no figure has is left out."""
        return {key: value for key in keys if (value := self._computed_value(key))}

    def _computed_value(self, key: str) -> ComputedValue | None:
        figures = [self.figures.find(each) for each in SUMS.get(key, (key,))]
        first = figures[0]
        if first is None:
            return None
        values = [self.value(each) for each in figures if each]
        total = None if None in values else sum((value for value in values if value is not None), 0)
        return ComputedValue(readable_value(first.unit, total), value_url(self.edition, first, key))

    @property
    def surveys(self) -> list[SurveyResult]:
        """Results of the period, of those that may be shown."""
        return [each for each in self.figures.survey_results if belongs_to(each.survey, self.own_period)]

    @cached_property
    def positions(self) -> list[Position]:
        """The budget by position. One statement."""
        return load_positions(self.edition, until=paid_until(self.edition, self.own_period))

    @cached_property
    def meetings(self) -> list[MeetingAttendance]:
        """Meetings held in the period with their attendance, from the earliest. One statement."""
        return load_attendance(self.edition, self.own_period)

    @cached_property
    def planned(self) -> dict[str, Number]:
        """What the document planned, by key of the figure that says what came of it; what it leaves out is left out.

        Hours are minutes, as in the figures.
        """
        checks = self.figures.checks
        planned = {
            "rodziny-w-projekcie" if self.is_of_families else "uczestnicy": self.edition.places or 0,
            "spotkania-odbyte": self.figure_values.get(checks.planned_meetings, self.own_period),
            "godziny-spotkan": self.figure_values.get(checks.planned_hours, self.own_period) * 60,
        }
        return {key: value for key, value in planned.items() if value}

    @property
    def is_of_families(self) -> bool:
        """Whether families took part as a whole and nobody as a person: the places are then those of families."""
        return self._has("rodziny-w-projekcie") and not self._has("uczestnicy")

    @property
    def is_of_events(self) -> bool:
        """Whether people were only counted at events and nobody was enrolled."""
        counted = any(self._has(key) for key in EVENTS)
        return counted and not any(
            self._has(key) for key in ("zgloszenia", "uczestnicy", "rodziny-w-projekcie")
        )

    def _has(self, key: str) -> bool:
        return bool(self.value(self.catalogue[key]))

    def shows_people(self, key: str) -> bool:
        """Whether a number of people or families is shown: zeros are left out but for those of ``ZEROS_OF``."""
        return self._has(key) or self._has(ZEROS_OF.get(key, key))

    @property
    def expected_sheets(self) -> Number:
        """Participations that have begun: as many sheets of a survey are expected at each moment."""
        return self.figure_values.get(self.figures.checks.expected_sheets, self.own_period)

    @property
    def tables(self) -> tuple[StatementTable, ...]:
        """The tables without hidden zeros; those left without rows are left out."""
        filled = (fill_table(table, [self.column], self.figure_values) for table in self.figures.tables)
        return tuple(table for table in filled if table.groups)


EVENTS = ("policzone-osoby", "wolontariusze", "paczki", "kilogramy")
# Numbers of people whose zero says something, by the number they are a part of.
ZEROS_OF = {"osoby-ukonczyly": "uczestnicy", "rodziny-dzieci-w-domu": "rodziny-z-dziecmi"}

# Numbers that are two figures of one unit together.
SUMS = {"godziny-z-rodzinami": ("godziny-wizyt-projektu", "godziny-kontaktow")}


def build_project_statement(edition: Edition, period: Period) -> ProjectStatement:
    """Compute the report of the project. One statement and those of given values, whatever the number of participants.

    With it the numbers behind the checks and what was planned.
    """
    figures = ProjectFigures(edition, period=period)
    column = ReportColumn("", period, "", period.name)
    requests = figure_requests(figures.by_key.values(), [column], None)
    requests += [FigureRequest(rows, period) for rows in figures.checks.row_sets]
    values = count_together(requests)
    return ProjectStatement(edition, period, figures, values)


def project_period(edition: Edition, year: int | None, *, today: date) -> Period | None:
    """The days of the project so far, or those in the year; None where it has none yet."""
    first, last = edition.starts_on, min(edition.ends_on or today, today)
    if year is not None:
        first, last = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
    return Period(first, last) if first <= last else None


def project_years(edition: Edition, *, today: date) -> list[int]:
    """Years in which the project has run so far, the newest first."""
    last = min(edition.ends_on or today, today)
    return list(range(last.year, edition.starts_on.year - 1, -1))


def readable_value(unit: str, value: Value) -> Decimal | None:
    """The value of a figure in the unit people read: hours of minutes, per cent of a share."""
    if value is None:
        return None
    exact = Decimal(value)
    if unit == "hours":
        exact = exact / 60
    elif unit == "percent":
        exact = exact * 100
    return exact.quantize(Decimal("0.01"))


def figure_url(edition: Edition, key: str) -> str:
    """Page of the list behind a number, from the beginning of the project."""
    return reverse("project-reports:figure", args=[edition.pk, key])


def value_url(edition: Edition, figure: AnyFigure, key: str) -> str:
    """Page that explains the number of this key: of a sum the numbers of the project, where ``figure`` is its first."""
    if key in SUMS:
        return f"{reverse('project-reports:numbers', args=[edition.pk])}#f-{figure.key}"
    return figure.url if isinstance(figure, GivenFigure) else figure_url(edition, key)
