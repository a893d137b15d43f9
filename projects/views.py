"""Pages of projects: the list, a project, its history and its card."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.http import Http404
from django.utils.text import capfirst

from lubsko_ops.audit.base_views import PageView, PermissionRequiredView
from lubsko_ops.audit.changes import get_history_page
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.dashboard import url_for
from lubsko_ops.core.keyset_list import Sort, paginate
from lubsko_ops.core.links import reverse
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import count_of, join_list, short_date
from lubsko_ops.core.templatetags.ui import tag
from lubsko_ops.output.documents import pdf_response
from lubsko_ops.output.issued_papers import IssuedPaperResponse, papers_about
from projects.budget import budget_totals
from projects.choices import EditionState, StepKind
from projects.dependents import PROJECT_FACTS, PROJECT_TABS
from projects.document import document_parts, load_document
from projects.indicators.presenters import indicator_rows, reached_text
from projects.indicators.queries import load_indicators
from projects.models import Edition
from projects.papers import (
    CARD,
    PROJECT_FILE,
    period_text,
    recruitment_days,
    totals_text,
    working_copy_html,
)
from projects.permissions import PROJECT_APPROVE, PROJECT_BEGIN, PROJECT_VIEW, may_edit, may_write, steps_for
from projects.queries import groups_of, names_of
from projects.rules import COUNTED_STATES
from projects.scope import (
    editions_with_approved_in_line,
    reads_all_groups,
    sees_own_groups_only,
    visible_editions,
)

NEWEST = Sort("od", "od najdawniejszych", "od najnowszych", ("starts_on",), descending=True)
STEP_URLS = {
    StepKind.SEND: ("projects:send", "Wyślij do akceptacji"),
    StepKind.RETURN: ("projects:return", "Odeślij do poprawy"),
    StepKind.APPROVE: ("projects:approve", "Zatwierdź"),
    StepKind.BEGIN: ("projects:begin", "Rozpocznij projekt"),
    StepKind.END: ("projects:end", "Zakończ zajęcia"),
    StepKind.SETTLE: ("projects:settle", "Rozlicz projekt"),
    StepKind.WITHDRAW: ("projects:withdraw", "Odstąp od projektu"),
}
NEXT_STEPS = {
    EditionState.DRAFT: "Projekt pisze się na stronie „Opis”. Gotowy wysyła się do akceptacji kierownika.",
    EditionState.TO_ACCEPT: "Kierownik czyta projekt i zatwierdza go albo odsyła z uwagami.",
    EditionState.RECRUITING: "Projekt jest zatwierdzony. Trwa nabór, potem projekt się rozpoczyna.",
    EditionState.RUNNING: "Projekt trwa. Wyniki i wydatki wpisuje się na bieżąco.",
    EditionState.TO_SETTLE: "Wpisz wyniki i wydatki; potem kierownik rozlicza projekt.",
    EditionState.SETTLED: "Projekt jest rozliczony i zamknięty.",
    EditionState.WITHDRAWN: "Od tego projektu odstąpiono.",
}
WRITTEN_STATES = (EditionState.DRAFT, EditionState.TO_ACCEPT)
STATE_KINDS = {
    EditionState.TO_ACCEPT: "soon",
    EditionState.RECRUITING: "accent",
    EditionState.RUNNING: "accent",
    EditionState.TO_SETTLE: "soon",
    EditionState.SETTLED: "done",
}
TRACK = (
    EditionState.DRAFT,
    EditionState.TO_ACCEPT,
    EditionState.RECRUITING,
    EditionState.RUNNING,
    EditionState.TO_SETTLE,
    EditionState.SETTLED,
)


# ---- the list ----------------------------------------------------------------------------------------
class ProjectListView(PageView):
    """Projects from the newest, filtered by state and year; editions of one line have its title as a heading."""

    permission = PROJECT_VIEW
    access_area = None
    template_name = "projects/list.html"

    def get_context_data(self, **kwargs):
        state, year = self.request.GET.get("stan", ""), parse_int(self.request.GET.get("rok"))
        state = state if state in EditionState else ""
        visible = editions_with_approved_in_line(self.request.user)
        editions = visible.select_related("line")
        if state:
            editions = editions.filter(state=state)
        if year and 1900 <= year <= 2100:
            editions = editions.in_year(year)
        after, before = (parse_int(self.request.GET.get(name)) for name in ("po", "przed"))
        page = paginate(editions, NEWEST, after=after, before=before)
        names = names_of({pk for edition in page.rows for pk in edition.authors})
        rows = [
            ProjectRow(edition, [names[pk] for pk in edition.authors if pk in names]) for edition in page.rows
        ]
        years = visible_editions(self.request.user).dates("starts_on", "year", order="DESC")
        query = f"stan={state}&rok={year or ''}"
        return super().get_context_data(
            lines=by_line(rows),
            total=editions.count(),
            filtered=bool(state or year),
            state=state,
            year=year,
            states=EditionState.choices,
            years=[each.year for each in years],
            may_begin=has_permission(self.request.user, PROJECT_BEGIN),
            own_only=sees_own_groups_only(self.request.user),
            next_url=f"{self.request.path}?{query}&po={page.after}" if page.after else "",
            previous_url=f"{self.request.path}?{query}&przed={page.before}" if page.before else "",
            **kwargs,
        )


def comparison_url(edition: Edition) -> str:
    """Page that compares the editions of the line; empty while fewer than two are approved. See ``scope``."""
    several = edition.approved_in_line > 1  # type: ignore[attr-defined]  # annotated by scope
    return url_for("comparison of editions", edition.line_id) if several else ""


@dataclass(frozen=True)
class ProjectLineRows:
    """The editions of one line on a page of the list; ``url``: of their comparison, empty where there is none."""

    title: str
    rows: list["ProjectRow"]
    url: str

    @property
    def link_text(self) -> str:
        """ "Porównaj 3 edycje"."""
        edition = self.rows[0].edition
        return f"Porównaj {count_of(edition.approved_in_line, 'edycję,edycje,edycji')}"  # type: ignore[attr-defined]


@dataclass(frozen=True)
class ProjectRow:
    """An edition in the list."""

    edition: Edition
    authors: list[str]

    @property
    def period(self) -> str:
        return period_text(self.edition)

    @property
    def authors_text(self) -> str:
        return join_list(self.authors)

    @property
    def state_kind(self) -> str:
        return STATE_KINDS.get(self.edition.state, "")


def by_line(rows: list[ProjectRow]) -> list[ProjectLineRows]:
    """Rows of a page by their line, lines in the order of their newest edition here."""
    lines: dict[int, ProjectLineRows] = {}
    for row in rows:
        edition = row.edition
        line = ProjectLineRows(edition.line.name, [], comparison_url(edition))
        lines.setdefault(edition.line_id, line).rows.append(row)
    return list(lines.values())


# ---- one project -------------------------------------------------------------------------------------
class ProjectMixin(PermissionRequiredView):
    """A view about one project (``self.edition``, from the URL). 404 for one the user may not see."""

    permission = PROJECT_VIEW
    access_area: AccessArea | None = None
    current_tab = "projects:project"
    edition: Edition

    def get_editions(self) -> QuerySet[Edition]:
        """The projects the user may see, with what the pages need."""
        visible = editions_with_approved_in_line(self.request.user)
        return visible.select_related("line", "approved_by", "copied_from")

    def setup_object(self, pk, **kwargs) -> None:
        edition = self.get_editions().filter(pk=pk).first()
        if edition is None:
            raise Http404
        self.edition = edition

    def project_url(self, url_name: str = "projects:project") -> str:
        return reverse(url_name, args=[self.edition.pk])

    def get_context_data(self, **kwargs):
        edition = self.edition
        tabs = [
            ("Przegląd", "projects:project"),
            ("Uczestnicy", "projects:participants"),
            ("Grupy", "projects:groups"),
            ("Budżet", "projects:budget"),
            ("Ankiety", "projects:surveys"),
        ]
        user = self.request.user
        tabs += [(tab.label, tab.url_name) for tab in PROJECT_TABS if tab.is_shown(edition, user)]
        if reads_all_groups(edition, self.request.user):
            tabs.append(("Historia", "projects:history"))
        if may_edit(edition, self.request.user):
            tabs.insert(1, ("Opis", "projects:write"))
        facts = [
            ("Okres", period_text(edition)),
            ("Miejsca", edition.places),
            ("Rodzaj", edition.get_kind_display()),
        ]
        facts += [("Znak sprawy", edition.case_reference)]
        own = [load(edition, self.request.user, self.request.today) for load in PROJECT_FACTS]
        facts += [(fact.term, fact.value) for fact in own if fact]
        return super().get_context_data(  # type: ignore[misc]  # the page or form view combined with this one has it
            edition=edition,
            state_tags=[tag(edition.get_state_display(), STATE_KINDS.get(edition.state, ""))],
            facts=[{"term": term, "value": value} for term, value in facts if value],
            tabs=[
                {"label": label, "url": self.project_url(name), "current": name == self.current_tab}
                for label, name in tabs
            ],
            **kwargs,
        )


class ProjectView(ProjectMixin, PageView):
    """The project: its state and next step, goals, budget, staff, who wrote and who approved it."""

    template_name = "projects/project.html"

    def get_context_data(self, **kwargs):
        edition, user = self.edition, self.request.user
        is_written = edition.state in WRITTEN_STATES
        document = load_document(edition, without=() if is_written else ("actions", "risks"))
        steps = list(edition.steps.select_related("entered_by").order_by("-pk"))
        steps_now = steps_for(edition, user)
        links = [
            {"label": label, "url": self.project_url(name), "main": step != StepKind.WITHDRAW}
            for step in steps_now
            for name, label in [STEP_URLS[step]]
        ]
        totals = budget_totals(document["budget"])
        indicators = load_indicators(edition, document["goals"], until=self.request.today)
        groups = groups_of(edition, user, on=self.request.today)
        return super().get_context_data(
            comparison_url=comparison_url(edition),
            staff=document["staff"],
            partners=document["partners"],
            criteria=document["criteria"],
            parts=document_parts(document) if is_written else [],
            goals=indicator_rows(edition, indicators),
            reached=reached_text(indicators),
            totals=totals_text(totals),
            steps=steps,
            last_return=next((step for step in steps if step.kind == StepKind.RETURN), None)
            if edition.state == EditionState.DRAFT
            else None,
            track=progress_track(edition, steps),
            next_step=NEXT_STEPS[EditionState(edition.state)],
            links=links,
            authors=join_list(names_of(edition.authors).values()),
            groups=groups,
            recruits=recruitment_days(edition),
            may_edit=may_edit(edition, user),
            may_count=edition.state in COUNTED_STATES and may_write(edition, user),
            may_begin=has_permission(user, PROJECT_BEGIN),
            runs_participants=has_permission(user, PROJECT_APPROVE)
            or user.pk in edition.authors
            or any(
                row.is_led_by(user, on=self.request.today) for row in groups
            ),  # as scope.runs_participants
            **kwargs,
        )


def progress_track(edition: Edition, steps: list) -> list[dict]:
    """The way of the project; empty for one that was given up."""
    if edition.state == EditionState.WITHDRAWN:
        return []
    now = TRACK.index(EditionState(edition.state))
    notes = {
        EditionState.TO_ACCEPT: edition.sent_on,
        EditionState.RECRUITING: edition.approved_on,
        EditionState.RUNNING: edition.starts_on,
        EditionState.TO_SETTLE: edition.ends_on,
        EditionState.SETTLED: next((step.day for step in steps if step.kind == StepKind.SETTLE), None),
    }
    return [
        {
            "name": capfirst(state.label),
            "note": f"od {short_date(notes[state])}" if notes.get(state) else "",
            "state": "past" if position < now else "now" if position == now else "",
        }
        for position, state in enumerate(TRACK)
    ]


class ProjectHistoryView(ProjectMixin, PageView):
    """Who changed what in the project, when and why. It lists all groups, so 404 for who sees only some."""

    current_tab = "projects:history"
    template_name = "projects/history.html"

    def setup_object(self, pk, **kwargs) -> None:
        super().setup_object(pk)
        if not reads_all_groups(self.edition, self.request.user):
            raise Http404

    def get_context_data(self, **kwargs):
        after, before = (parse_int(self.request.GET.get(name)) for name in ("po", "przed"))
        page = get_history_page(
            self.edition.pk, user=self.request.user, after=after, before=before, file_kind=PROJECT_FILE
        )
        path = self.request.path
        return super().get_context_data(
            entries=page.entries,
            next_url=f"{path}?po={page.after}" if page.after else "",
            previous_url=f"{path}?przed={page.before}" if page.before else "",
            **kwargs,
        )


class ProjectCardView(ProjectMixin, PageView):
    """Karta projektu: as issued, or a working copy before the approval."""

    makes_document = True

    @cached_property
    def filename(self) -> str:
        return f"karta-projektu-{self.edition.pk}.pdf"

    def get(self, request, *args, **kwargs):
        if paper := papers_about("edition", self.edition.pk).get(CARD.code):
            return IssuedPaperResponse(paper, self.filename)
        return pdf_response(working_copy_html(self.edition, today=request.today), self.filename)
