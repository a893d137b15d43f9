"""What the reports of projects register: tabs, history, what waits for a decision, what ends with a project."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, JSONField, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from lubsko_ops.audit.change_entries import HISTORY_TABLES, HistoryTable
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Period
from lubsko_ops.core.links import reverse
from lubsko_ops.core.polish import short_date
from projects.dependents import (
    EDITION_ENDINGS,
    PROJECT_TABS,
    PROJECT_TASKS,
    SETTLEMENT_NOTES,
    SURVEY_HOLDS,
    EditionEnding,
    ProjectTab,
    ProjectTask,
)
from projects.models import Edition
from projects.papers import PROJECT_FILE
from projects.permissions import PROJECT_VIEW
from projects.scope import reads_all_groups
from reports.models import IssuedReport, ProjectReportText
from reports.project.actions import move_report_texts
from reports.project.kind import PROJECT
from reports.project.periods import period_of
from reports.project.state import load_state
from reports.project.survey_holds import approved_results
from reports.project.views import NUMBERS, REPORT


def report_waiting() -> Subquery:
    """Of an edition: the report that waits longest for an approval, otherwise one that was returned; NULL for none."""
    approved = IssuedReport.objects.filter(
        kind=PROJECT,
        edition=OuterRef("edition"),
        starts_on=OuterRef("starts_on"),
        ends_on=OuterRef("ends_on"),
        prepared_at=OuterRef("presented_at"),
    )
    rows = ProjectReportText.objects.filter(edition=OuterRef("pk"))
    rows = rows.filter(
        Q(presented_at=None) & ~Q(remarks="") | Q(presented_at__isnull=False) & ~Exists(approved)
    )
    names = ("starts_on", "ends_on", "presented_at")
    content = JSONObject(**{name: name for name in names})
    first = rows.order_by(F("presented_at").asc(nulls_last=True), "pk").values(content=content)[:1]
    return Subquery(first, output_field=JSONField())


def report_notes(edition: Edition, waiting: dict[str, Any], decides: bool) -> list[tuple[str, str, str]]:
    """ "sprawozdanie czeka na zatwierdzenie od 12.01.2027", for who decides; the authors see what was returned."""
    days = Period(*(date.fromisoformat(waiting[name]) for name in ("starts_on", "ends_on")))
    period = period_of(edition, days, today=clock.today())
    url = reverse(REPORT, args=[edition.pk]) + (period.query if period else "")
    if waiting["presented_at"] is None:
        return [("sprawozdanie odesłane z uwagami", url, "soon")]
    since = short_date(clock.local_date(datetime.fromisoformat(waiting["presented_at"])))
    return [(f"sprawozdanie czeka na zatwierdzenie od {since}", url, "soon")] if decides else []


def final_report_open(edition: Edition) -> Iterator[tuple[str, str]]:
    """What the page of the settlement says while the final report is not approved. One statement."""
    if edition.ends_on is None:
        return
    state = load_state(edition, Period(edition.starts_on, edition.ends_on))
    if state.issue is None:
        url = reverse(REPORT, args=[edition.pk])
        yield f"Sprawozdanie końcowe nie jest jeszcze zatwierdzone ({state.stage}).", url


def register() -> None:
    SURVEY_HOLDS.register(approved_results)
    PROJECT_TABS.register(ProjectTab("Sprawozdanie", REPORT, reads_all_groups), order=45)
    PROJECT_TABS.register(ProjectTab("Liczby", NUMBERS, reads_all_groups), order=50)
    hidden = frozenset({"edition", "writers"})
    HISTORY_TABLES.register(
        HistoryTable(
            ProjectReportText,
            ("edition",),
            "{starts_on}–{ends_on}",
            hidden,
            PROJECT_VIEW,
            file_kind=PROJECT_FILE,
        ),
        order=94,
    )
    PROJECT_TASKS.register(ProjectTask("report_waiting", report_waiting, report_notes))
    SETTLEMENT_NOTES.register(final_report_open)
    EDITION_ENDINGS.register(EditionEnding("reports", _says_nothing, _says_nothing, move_report_texts))


def _says_nothing(edition: Edition, last_day: date) -> list[str]:
    """The end of a project is not announced nor refused for its report."""
    return []
