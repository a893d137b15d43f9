"""Numbers behind the checks of a project's report, with the lists of what is to be put right, and what was planned."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core import clock
from lubsko_ops.core.keyset_list import Sort
from lubsko_ops.core.links import reverse
from projects.choices import Takes
from projects.models import Edition, PlannedAction
from projects.queries import NEEDS_PAPERS
from projects.scope import visible_participations
from projects.surveys.queries import TOOK_PART
from reports.figure import Figure, FigureKind, ListColumn, RowSet, RowType, event_rows
from reports.project import row_types
from reports.project.row_types import PERSON_NAME, every_row
from sessions.choices import MeetingState
from sessions.models import Attendance

WITHOUT_ATTENDANCE, NOT_RECORDED = "spotkania-bez-obecnosci", "spotkania-niezapisane"
WITHOUT_END = "udzialy-bez-zakonczenia"


class CheckFigures:
    """Numbers of one project that its checks ask for; none of them is frozen with the report."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    @cached_property
    def by_key(self) -> dict[str, Figure]:
        """Those with a list."""
        figures = (*self._meetings(), self._without_end())
        return {figure.key: figure for figure in figures}

    @property
    def row_sets(self) -> list[RowSet]:
        """Everything that is counted."""
        planned = [self.planned_meetings, self.planned_hours, self.expected_sheets]
        return [*(figure.require_rows(None) for figure in self.by_key.values()), *planned]

    def _meetings(self) -> tuple[Figure, Figure]:
        rows = row_types.meeting_rows(self.edition)
        marked = Exists(Attendance.objects.filter(meeting=OuterRef("pk")))
        without = Q(state=MeetingState.HELD) & ~Q(group__takes=Takes.NOBODY) & ~Q(marked)
        past = Q(state=MeetingState.PLANNED, ends_on__lt=clock.today())
        return (
            Figure(
                key=WITHOUT_ATTENDANCE,
                name="Odbyte spotkania bez obecności",
                kind=FigureKind.EVENT,
                definition="Odbyte spotkania okresu, na których nie zaznaczono nikomu obecności.",
                rows=event_rows(rows, without),
            ),
            Figure(
                key=NOT_RECORDED,
                name="Minione spotkania nadal zaplanowane",
                kind=FigureKind.EVENT,
                definition="Spotkania okresu, których ostatni dzień minął, a nie zapisano, czy się odbyły.",
                rows=event_rows(rows, past),
            ),
        )

    def _without_end(self) -> Figure:
        return Figure(
            key=WITHOUT_END,
            name="Udziały bez zakończenia",
            kind=FigureKind.EVENT,
            definition="Udziały, których dotąd nie ukończono ani nie przerwano.",
            rows=RowSet(self._participations, lambda period: Q(status__in=NEEDS_PAPERS)),
        )

    # ---- numbers without a list ----------------------------------------------------------------------
    @cached_property
    def expected_sheets(self) -> RowSet:
        """Participations that have begun, whose sheets of a survey are expected."""
        return RowSet(self._participations, lambda period: Q(status__in=TOOK_PART))

    @cached_property
    def planned_meetings(self) -> RowSet:
        """Meetings of the actions in the document."""
        return RowSet(self._actions, every_row, sum_field="meetings")

    @cached_property
    def planned_hours(self) -> RowSet:
        """Their hours."""
        return RowSet(self._actions, every_row, sum_field="hours")

    @cached_property
    def _participations(self) -> RowType:
        edition = self.edition

        def visible(rows: list[Any], user: User, on: date) -> set[int]:
            own = visible_participations(user, on=on).filter(pk__in=[row.pk for row in rows])
            persons = {pk for row in own for pk in (row.person_id, row.child_id) if pk}
            whole = {row.family_id for row in own if row.person_id is None and row.family_id}
            note_shown(whole, persons=persons)
            return {row.pk for row in own}

        return RowType(
            name="udziały",
            forms="udział,udziały,udziałów",
            get_queryset=lambda: row_types.participations_of(edition),
            assistant_path="",
            family_path="",
            sort=Sort("od", "od najdawniejszych", "od najnowszych", ("reported_on",)),
            columns=(
                ListColumn(
                    "Uczestnik",
                    str,
                    shows=PERSON_NAME,
                    link=lambda row: reverse("projects:participation", args=[edition.pk, row.pk]),
                ),
                ListColumn("Grupa", lambda row: str(row.group or "")),
                ListColumn("Status", lambda row: row.get_status_display()),
            ),
            select_related=("person", "child", "family", "group"),
            visible_rows=visible,
        )

    @cached_property
    def _actions(self) -> RowType:
        edition = self.edition
        return RowType(
            name="działania",
            forms="działanie,działania,działań",
            get_queryset=lambda: PlannedAction.objects.filter(edition=edition),
            assistant_path="",
            family_path="",
            sort=Sort("numer", "według numeru", "od ostatniego", ("position",)),
            columns=(ListColumn("Działanie", str),),
        )
