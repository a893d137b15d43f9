"""The figures of a project: who took part, meetings and attendance, work with families, events, money.

A figure is made for one edition, because its rows are; its key and definition are the same for all of them.
"""

from datetime import date
from functools import cached_property

from django.db.models import Q

from lubsko_ops.core.dates import Period
from projects.groups.work import CONTACTS, VISITS
from projects.indicators.queries import load_readings
from projects.models import Edition, SpecificGoal
from projects.surveys.permissions import shows_results
from projects.surveys.results import SurveyResult, load_results
from reports.figure import (
    AnyFigure,
    Figure,
    FigureGroup,
    FigureKind,
    FigureTable,
    Ratio,
    RowSet,
    RowType,
    event_rows,
)
from reports.project import row_types
from reports.project.check_figures import CheckFigures
from reports.project.given import ANSWERS, Readings, answer_figures, reading_figures
from reports.project.people import PeopleFigures
from reports.project.row_types import every_row
from sessions.choices import CAME, MeetingState

COST = "koszt-uczestnika"
SPENT = "Wydatki pozycji budżetu od początku projektu do końca okresu, w ostatnim okresie wszystkie."


class ProjectFigures:
    """The tables of one project and its figures by key."""

    def __init__(
        self, edition: Edition, results: list[SurveyResult] | None = None, *, period: Period | None = None
    ) -> None:
        """``results``: those of all its surveys, where they are read already. ``period``: whose invoices count."""
        self.edition = edition
        self._results = results
        self._until = paid_until(edition, period) if period else None

    @cached_property
    def tables(self) -> tuple[FigureTable, ...]:
        """Those of counted rows, then those of given values."""
        return (*self.counted_tables, *self.given_tables)

    @cached_property
    def counted_tables(self) -> tuple[FigureTable, ...]:
        return (
            self._table("uczestnicy", "Uczestnicy", *PeopleFigures(self.edition).groups),
            self._table("spotkania", "Spotkania i obecność", self._meetings()),
            self._table("praca", "Praca z rodzinami", self._work()),
            self._table("wydarzenia", "Wydarzenia bez zapisów", self._events()),
            self._table("pieniadze", "Pieniądze", self._money()),
        )

    @cached_property
    def given_tables(self) -> tuple[FigureTable, ...]:
        """Values without rows. Three statements, one without surveys."""
        return (
            self._table("wskazniki", "Wskaźniki wpisane", reading_figures(self.edition, self.readings)),
            self._table("ankiety", "Ankiety", list(self.answers.values())),
        )

    @cached_property
    def readings(self) -> dict[SpecificGoal, Readings]:
        """The goals with their readings. One statement."""
        return load_readings(self.edition)

    @cached_property
    def all_results(self) -> list[SurveyResult]:
        """Every survey, also those whose results may not be shown yet."""
        return load_results(self.edition) if self._results is None else self._results

    @property
    def survey_results(self) -> list[SurveyResult]:
        """What may be shown of the surveys of the project."""
        return [each for each in self.all_results if shows_results(each.survey)]

    @cached_property
    def checks(self) -> CheckFigures:
        """Numbers behind the checks, with lists of their own; no part of the report."""
        return CheckFigures(self.edition)

    def find(self, key: str) -> AnyFigure | None:
        """The figure of this key; given values are read only for a key of theirs."""
        if key == COST:
            return self.cost
        if key in self.counted:
            return self.counted[key]
        return self.answers.get(key) if key.startswith(ANSWERS) else self.by_key.get(key)

    @cached_property
    def answers(self) -> dict[str, AnyFigure]:
        """The figures of answers in surveys by key. Two statements."""
        figures = answer_figures(self.edition, self.survey_results)
        return {figure.key: figure for figure in figures}

    @cached_property
    def counted(self) -> dict[str, AnyFigure]:
        """The figures of counted rows by key."""
        return {figure.key: figure for table in self.counted_tables for figure in table.figures}

    @cached_property
    def by_key(self) -> dict[str, AnyFigure]:
        return {figure.key: figure for table in self.tables for figure in table.figures}

    @cached_property
    def cost(self) -> Ratio:
        """In no table: money counts from the beginning of the project, so it fits no year of it."""
        spent, people = (self.counted[key] for key in ("wydano", "uczestnicy"))
        if not isinstance(spent, Figure) or not isinstance(people, Figure):
            raise TypeError("Both are figures of rows.")
        return Ratio(
            key=COST,
            name="Wydano na uczestnika, zł",
            definition="Wydatki pozycji budżetu od początku projektu przez uczestników.",
            numerator=spent,
            denominator=people,
            unit="money",
        )

    def _table(self, key: str, title: str, *figures: list[AnyFigure]) -> FigureTable:
        titles = (title, f"{title}: kroki")
        groups = tuple(FigureGroup(name, tuple(each)) for name, each in zip(titles, figures, strict=False))
        return FigureTable(key, title, groups)

    # ---- meetings ------------------------------------------------------------------------------------
    def _meetings(self) -> list[AnyFigure]:
        meetings = row_types.meeting_rows(self.edition)
        attendance = row_types.attendance_rows(self.edition, [MeetingState.HELD])
        held = Q(state=MeetingState.HELD)
        came = Figure(
            key="obecnosci",
            name="Obecności",
            kind=FigureKind.EVENT,
            definition="Zaznaczone obecności i spóźnienia na odbytych spotkaniach.",
            rows=event_rows(attendance, Q(presence__in=CAME)),
        )
        possible = Figure(
            key="obecnosci-mozliwe",
            name="Możliwe obecności",
            kind=FigureKind.EVENT,
            definition="Zaznaczone obecności i nieobecności na odbytych spotkaniach.",
            rows=event_rows(attendance),
        )
        return [
            Figure(
                key="spotkania-odbyte",
                name="Odbyte spotkania",
                kind=FigureKind.EVENT,
                definition="Spotkania grup z datą w okresie zapisane jako odbyte.",
                rows=event_rows(meetings, held),
            ),
            Figure(
                key="godziny-spotkan",
                name="Godziny spotkań",
                kind=FigureKind.SUM,
                definition="Czas odbytych spotkań, wielodniowych z każdego dnia.",
                rows=event_rows(meetings, held, sum_field="length"),
                unit="hours",
            ),
            Figure(
                key="spotkania-odwolane",
                name="Odwołane spotkania",
                kind=FigureKind.EVENT,
                definition="Spotkania z datą w okresie, które odwołano.",
                rows=event_rows(meetings, Q(state=MeetingState.CANCELLED)),
                hide_when_zero=True,
            ),
            came,
            possible,
            Ratio(
                key="frekwencja",
                name="Średnia frekwencja",
                definition="Obecności na odbytych spotkaniach przez możliwe obecności.",
                numerator=came,
                denominator=possible,
                unit="percent",
            ),
        ]

    # ---- work with families --------------------------------------------------------------------------
    def _work(self) -> list[AnyFigure]:
        visits, contacts = (row_types.work_rows(self.edition, kind) for kind in (VISITS, CONTACTS))
        days = "rodzin z grup pracy z rodzinami w dniach, w których rodzina brała udział"
        numbers: tuple[tuple[str, str, RowType, str, str], ...] = (
            ("wizyty-projektu", "Wizyty u rodzin", visits, "", f"Odbyte wizyty u {days}."),
            ("godziny-wizyt-projektu", "Godziny wizyt", visits, "minutes", f"Czas odbytych wizyt u {days}."),
            ("kontakty-projektu", "Kontakty", contacts, "", f"Kontakty w sprawie {days}."),
            (
                "godziny-kontaktow",
                "Godziny kontaktów",
                contacts,
                "minutes",
                f"Czas kontaktów w sprawie {days}.",
            ),
        )
        return [
            Figure(
                key=key,
                name=name,
                kind=FigureKind.SUM if field else FigureKind.EVENT,
                definition=definition,
                rows=event_rows(rows, sum_field=field),
                unit="hours" if field else "",
                hide_when_zero=True,
            )
            for key, name, rows, field, definition in numbers
        ]

    # ---- events and money ----------------------------------------------------------------------------
    def _events(self) -> list[AnyFigure]:
        days = row_types.event_rows_of(self.edition)
        numbers = (
            ("policzone-osoby", "Policzone osoby", "people"),
            ("wolontariusze", "Wolontariusze", "volunteers"),
            ("paczki", "Paczki", "parcels"),
            ("kilogramy", "Kilogramy", "kilograms"),
        )
        return [
            Figure(
                key=key,
                name=name,
                kind=FigureKind.SUM,
                definition="Suma z dni wydarzeń w okresie. Osoby policzone na miejscu, bez zapisów.",
                rows=event_rows(days, sum_field=field),
                hide_when_zero=True,
            )
            for key, name, field in numbers
        ]

    def _money(self) -> list[AnyFigure]:
        lines = row_types.budget_rows(self.edition, self._until)
        planned, spent = (
            Figure(
                key=key,
                name=name,
                kind=FigureKind.SUM,
                definition=definition,
                rows=RowSet(lines, every_row, sum_field=field),
                unit="money",
            )
            for key, name, field, definition in (
                (
                    "zaplanowano",
                    "Zaplanowano, zł",
                    "planned_sum",
                    "Ilość razy cena z pozycji budżetu projektu.",
                ),
                (
                    "wydano",
                    "Wydano, zł",
                    "spent_sum",
                    "Wydatki pozycji budżetu od początku projektu do końca okresu, w ostatnim okresie wszystkie.",
                ),
            )
        )
        return [
            planned,
            spent,
            Ratio(
                key="wykonanie-budzetu",
                name="Wykonanie budżetu",
                definition="Wydano przez zaplanowano.",
                numerator=spent,
                denominator=planned,
                unit="percent",
            ),
        ]


def paid_until(edition: Edition, period: Period) -> date | None:
    """The last day whose invoices count in the period; None in the last one, with those paid after the project."""
    is_last = edition.ends_on is not None and period.end >= edition.ends_on
    return None if is_last else period.end
