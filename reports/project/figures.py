"""The figures of a project: who took part, meetings and attendance, work with families, events, money.

A figure is made for one edition, because its rows are; its key and definition are the same for all of them.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.lookups import GreaterThan, LessThanOrEqual

from families.choices import CHILDREN, Sex
from families.people.definitions import adult_since
from families.people.models import Membership
from lubsko_ops.core.dates import Period
from projects.choices import LeavingReason, ParticipationStepKind
from projects.groups.work import CONTACTS, LEFT, VISITS
from projects.models import Edition
from projects.surveys.results import SurveyResult
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
from reports.project.given import answer_figures, reading_figures, shown_results
from sessions.choices import CAME, MeetingState


class ProjectFigures:
    """The tables of one project and its figures by key."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    @cached_property
    def tables(self) -> tuple[FigureTable, ...]:
        """Those of counted rows, then those of given values."""
        return (*self.counted_tables, *self.given_tables)

    @cached_property
    def counted_tables(self) -> tuple[FigureTable, ...]:
        return (
            self._table("uczestnicy", "Uczestnicy", self._people(), self._steps()),
            self._table("spotkania", "Spotkania i obecność", self._meetings()),
            self._table("praca", "Praca z rodzinami", self._work()),
            self._table("wydarzenia", "Wydarzenia bez zapisów", self._events()),
            self._table("pieniadze", "Pieniądze", self._money()),
        )

    @cached_property
    def given_tables(self) -> tuple[FigureTable, ...]:
        """Values without rows. Up to six statements."""
        return (
            self._table("wskazniki", "Wskaźniki wpisane", reading_figures(self.edition)),
            self._table("ankiety", "Ankiety", answer_figures(self.edition, self.survey_results)),
        )

    @cached_property
    def survey_results(self) -> list[SurveyResult]:
        """What may be shown of the surveys of the project."""
        return shown_results(self.edition)

    def find(self, key: str) -> AnyFigure | None:
        """The figure of this key; given values are read only when no counted figure has it."""
        if key in self.counted:
            return self.counted[key]
        return self.by_key.get(key)

    @cached_property
    def counted(self) -> dict[str, AnyFigure]:
        """The figures of counted rows by key."""
        return {figure.key: figure for table in self.counted_tables for figure in table.figures}

    @cached_property
    def by_key(self) -> dict[str, AnyFigure]:
        return {figure.key: figure for table in self.tables for figure in table.figures}

    def _table(self, key: str, title: str, *figures: list[AnyFigure]) -> FigureTable:
        titles = (title, f"{title}: kroki")
        groups = tuple(FigureGroup(name, tuple(each)) for name, each in zip(titles, figures, strict=False))
        return FigureTable(key, title, groups)

    # ---- people --------------------------------------------------------------------------------------
    def _people(self) -> list[AnyFigure]:
        people, families = row_types.people_rows(self.edition), row_types.family_rows(self.edition)
        part: dict[str, Any] = {"kind": FigureKind.DISTINCT, "emphasis": "part"}

        def person_figure(key: str, name: str, definition: str, extra: Callable[[Period], Q]) -> Figure:
            rows = RowSet(people, lambda period: self._took_part(period, own=False) & extra(period))
            return Figure(key=key, name=name, definition=definition, rows=rows, **part)

        return [
            Figure(
                key="miejsca",
                name="Miejsca",
                kind=FigureKind.SUM,
                definition="Liczba miejsc z opisu projektu.",
                rows=RowSet(row_types.edition_rows(self.edition), _always, sum_field="places"),
            ),
            Figure(
                key="uczestnicy",
                name="Uczestnicy",
                kind=FigureKind.DISTINCT,
                definition=(
                    "Osoby, które w którymś dniu okresu brały udział: zaczęły do jego ostatniego dnia i nie odeszły "
                    "przed pierwszym. Każda raz, w ilu grupach by nie była; z pary rodzic i dziecko."
                ),
                rows=RowSet(people, lambda period: self._took_part(period, own=False)),
            ),
            person_figure(
                "kobiety", "w tym kobiety", "Uczestnicy płci żeńskiej.", lambda period: Q(sex=Sex.FEMALE)
            ),
            person_figure(
                "mezczyzni", "w tym mężczyźni", "Uczestnicy płci męskiej.", lambda period: Q(sex=Sex.MALE)
            ),
            person_figure(
                "dorosli",
                "w tym dorośli",
                "Uczestnicy, którzy w ostatnim dniu okresu mają 18 lat; bez daty urodzenia ci, którzy nie są dziećmi.",
                lambda period: self._adult(period),
            ),
            person_figure(
                "dzieci",
                "w tym dzieci",
                "Uczestnicy, którzy w ostatnim dniu okresu nie mają 18 lat; bez daty urodzenia ci, którzy są dzieckiem "
                "w parze albo w swojej rodzinie.",
                lambda period: self._child(period),
            ),
            Figure(
                key="rodziny-w-projekcie",
                name="Rodziny",
                full_name="Rodziny w projekcie",
                kind=FigureKind.DISTINCT,
                definition="Rodziny z teczką w ośrodku, które same albo przez kogoś z rodziny brały udział w okresie.",
                rows=RowSet(families, lambda period: self._took_part(period, own=True)),
            ),
        ]

    def _took_part(self, period: Period, *, own: bool) -> Q:
        """Condition on persons, or on families (``own``), that took part on some day of the period."""
        rows = row_types.participations_of(self.edition).filter(
            ~Q(status__in=LEFT) | Q(status_on__gte=period.start),
            steps__kind=ParticipationStepKind.BEGIN,
            steps__day__lte=period.end,
        )
        who = Q(family=OuterRef("pk")) if own else Q(person=OuterRef("pk")) | Q(child=OuterRef("pk"))
        return Q(Exists(rows.filter(who)))

    def _unknown_child(self) -> Q:
        """Condition on persons of unknown birth: those who are a child of a pair, or of a family by kinship."""
        pairs = row_types.participations_of(self.edition).filter(child=OuterRef("pk"))
        kinships = Membership.objects.filter(person=OuterRef("pk"), kinship__in=CHILDREN)
        return Q(born_on=None) & (Q(Exists(pairs)) | Q(Exists(kinships)))

    def _child(self, period: Period) -> Q:
        return self._unknown_child() | Q(born_on__isnull=False) & Q(GreaterThan(adult_since(), period.end))

    def _adult(self, period: Period) -> Q:
        unknown = Q(born_on=None) & ~self._unknown_child()
        return unknown | Q(born_on__isnull=False) & Q(LessThanOrEqual(adult_since(), period.end))

    def _steps(self) -> list[AnyFigure]:
        steps = row_types.step_rows(self.edition)

        def figure(key: str, name: str, kind: ParticipationStepKind, definition: str, **extra: Any) -> Figure:
            reason = extra.pop("reason", "")
            counted = Q(kind=kind, reason=reason) if reason else Q(kind=kind)
            rows = RowSet(steps, lambda period: self._step_days(period) & counted)
            return Figure(
                key=key, name=name, kind=FigureKind.EVENT, definition=definition, rows=rows, **extra
            )

        return [
            figure(
                "zgloszenia",
                "Zgłoszenia",
                ParticipationStepKind.REPORT,
                "Zgłoszenia z datą w okresie, w pierwszym okresie projektu także z naboru przed jego początkiem.",
            ),
            figure(
                "rozpoczete",
                "Rozpoczęte udziały",
                ParticipationStepKind.BEGIN,
                "Udziały, które zaczęły się w okresie. Kto jest w dwóch grupach, ma dwa udziały.",
            ),
            figure(
                "ukonczone",
                "Ukończone udziały",
                ParticipationStepKind.FINISH,
                "Udziały ukończone w okresie.",
            ),
            figure(
                "przerwane",
                "Przerwane udziały",
                ParticipationStepKind.BREAK_OFF,
                "Udziały przerwane w okresie.",
            ),
            *(
                figure(
                    f"przerwane-{reason.value.replace('_', '-')}",
                    f"w tym: {reason.label}",
                    ParticipationStepKind.BREAK_OFF,
                    f"Udziały przerwane w okresie z powodem „{reason.label}”.",
                    full_name=f"Przerwane udziały: {reason.label}",
                    emphasis="part",
                    hide_when_zero=True,
                    reason=reason,
                )
                for reason in LeavingReason
            ),
            figure(
                "nieprzyjete",
                "Niezakwalifikowane",
                ParticipationStepKind.REJECT,
                "Zgłoszenia, które w okresie albo w naborze przed początkiem projektu nie zostały przyjęte.",
                hide_when_zero=True,
            ),
        ]

    def _step_days(self, period: Period) -> Q:
        """Steps of the period; of the first one of the project also those of the recruitment before it."""
        until = Q(day__lte=period.end)
        return until if period.start <= self.edition.starts_on else until & Q(day__gte=period.start)

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
        lines = row_types.budget_rows(self.edition)
        planned, spent = (
            Figure(
                key=key,
                name=name,
                kind=FigureKind.SUM,
                definition=definition,
                rows=RowSet(lines, _always, sum_field=field),
                unit="money",
            )
            for key, name, field, definition in (
                (
                    "zaplanowano",
                    "Zaplanowano, zł",
                    "planned_sum",
                    "Ilość razy cena z pozycji budżetu projektu.",
                ),
                ("wydano", "Wydano, zł", "spent_sum", "Wydatki pozycji budżetu od początku projektu."),
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


def _always(period: Period) -> Q:
    return Q(pk__isnull=False)
