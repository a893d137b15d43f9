"""The report of a project on the screen: whether it can be approved, its numbers, charts and texts."""

from functools import cached_property
from typing import Any

from django.http import Http404

from lubsko_ops.audit.base_views import PageView
from lubsko_ops.core.links import reverse
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import count_of, plural_form, short_date
from projects.permissions import PROJECT_APPROVE, may_write
from projects.scope import reads_all_groups
from projects.views import ProjectMixin
from reports.kinds import approval_refusal
from reports.models import PROJECT_HEADINGS
from reports.project.checks import ATTENTION, BLOCKS, PASSED, Check, run_checks
from reports.project.periods import FINAL, ReportPeriod, find_period, report_periods
from reports.project.presenters import ReportTables
from reports.project.render.charts import attendance_chart, budget_chart, survey_chart
from reports.project.state import ReportState, Stage, state_of, with_reports
from reports.project.statement import ProjectStatement, build_project_statement
from reports.project.views import REPORT

CHECKS_FORMS = "sprawdzenie,sprawdzenia,sprawdzeń"
STAGE_KINDS = {
    Stage.WRITING: "quiet",
    Stage.PRESENTED: "soon",
    Stage.APPROVED: "done",
    Stage.CORRECTING: "soon",
}


class ReportBaseView(ProjectMixin):
    """Base of the pages of a project's report. Who sees the whole project sees it: 404 for others.

    ``period`` is None before the first day of the project.
    """

    current_tab = REPORT

    def get_editions(self):
        return with_reports(super().get_editions())

    def setup_object(self, pk, **kwargs) -> None:
        super().setup_object(pk)
        if not reads_all_groups(self.edition, self.request.user):
            raise Http404

    @cached_property
    def period(self) -> ReportPeriod | None:
        """The report asked for: in the path of a form, in the query of the page."""
        slug = self.kwargs.get("okres")
        asked = slug if slug is not None else self.request.GET.get("rok", "")
        year = parse_int(asked)
        period = find_period(self.edition, year, today=self.request.today)
        right = FINAL if year is None else str(year)
        if asked and (period is None or asked != right or (slug and slug != period.slug)):
            raise Http404("Projekt nie ma takiego sprawozdania.")
        return period

    @property
    def report(self) -> ReportPeriod:
        """The report. Raises Http404 before the first day of the project."""
        if self.period is None:
            raise Http404("Projekt jeszcze się nie zaczął.")
        return self.period

    @cached_property
    def state(self) -> ReportState:
        return state_of(self.edition, self.report.days)

    @cached_property
    def statement(self) -> ProjectStatement:
        return build_project_statement(self.edition, self.report.so_far)

    @cached_property
    def checks(self) -> list[Check]:
        return run_checks(self.statement, self.report, self.state)

    @property
    def may_write(self) -> bool:
        return may_write(self.edition, self.request.user)

    @property
    def may_approve(self) -> bool:
        return has_permission(self.request.user, PROJECT_APPROVE)

    def report_url(self) -> str:
        return self.project_url(REPORT) + self.report.query

    def step_url(self, name: str) -> str:
        return reverse(f"project-reports:{name}", args=[self.edition.pk, self.report.slug])


class ProjectReportView(ReportBaseView, PageView):
    """The report as it is now."""

    template_name = "reports/project/report.html"

    def get_context_data(self, **kwargs):
        if self.period is None:
            return super().get_context_data(period=None)
        statement, state = self.statement, self.state
        kinds = [check.kind for check in self.checks]
        return super().get_context_data(
            period=self.period,
            period_tabs=self.period_tabs(),
            state=state,
            stage_kind=STAGE_KINDS[state.stage],
            verdict=self.verdict(),
            open_checks=[check for check in self.checks if check.kind != PASSED],
            passed_checks=[check for check in self.checks if check.kind == PASSED],
            passed_text=f"Zgadza się {kinds.count(PASSED)} z {count_of(len(kinds), CHECKS_FORMS)}.",
            buttons=self.buttons(),
            approved=self.approved_context(),
            approval_note=self.approval_note(),
            texts=[(name, heading, getattr(state.text, name)) for name, heading in PROJECT_HEADINGS.items()],
            frozen_text="" if state.is_written else state.full_text,
            texts_url=self.step_url("texts") if self.may_write and not state.is_locked else "",
            tables=ReportTables(statement, self.report),
            plan_heading="Plan" if self.report.is_final else "Plan całości",
            attendance_chart=attendance_chart(statement),
            survey_chart=survey_chart(statement),
            budget_chart=budget_chart(statement),
            pdf_url=self.project_url("project-reports:pdf") + self.report.query,
            xlsx_url=self.project_url("project-reports:xlsx") + self.report.query,
        )

    def period_tabs(self) -> list[dict[str, Any]]:
        """The reports of the project, each that is begun with how far it is."""

        def label(report: ReportPeriod) -> str:
            state = state_of(self.edition, report.days)
            return f"{report.label}: {state.stage}" if state.is_written or state.issue else report.label

        return [
            {
                "label": label(each),
                "url": self.project_url(REPORT) + each.query,
                "current": each == self.period,
            }
            for each in report_periods(self.edition, today=self.request.today)
        ]

    # ---- what the eye seeks first --------------------------------------------------------------------
    def verdict(self) -> str:
        """Whether the report can be approved, and what is missing."""
        blocks = sum(check.kind == BLOCKS for check in self.checks)
        warns = sum(check.kind == ATTENTION for check in self.checks)
        to_check = f"{count_of(warns, 'rzecz,rzeczy,rzeczy')} do sprawdzenia" if warns else ""
        if self.state.stage == Stage.APPROVED:
            return ""
        if blocks:
            verb = plural_form(blocks, "blokuje,blokują,blokuje")
            text = f"Nie można go jeszcze zatwierdzić: {verb} {count_of(blocks, 'rzecz,rzeczy,rzeczy')}"
            return f"{text}, poza tym {to_check}." if to_check else f"{text}."
        ready = "Można je zatwierdzić" if self.state.is_locked else "Można je przedstawić do zatwierdzenia"
        return f"{ready}; {to_check}." if to_check else f"{ready}. Wszystkie sprawdzenia się zgadzają."

    @cached_property
    def differences(self) -> int:
        """How many numbers are others than in the last issue."""
        return self.state.changed_numbers(self.statement)

    def buttons(self) -> list[tuple[str, str]]:
        """(label, URL) of the steps that the user may take now, the main one first."""
        stage, buttons = self.state.stage, []
        blocked = any(check.kind == BLOCKS for check in self.checks)
        if stage == Stage.PRESENTED and self.may_approve:
            if not self.approval_refusal and not blocked:
                label = "Wydaj korektę" if self.state.issue else "Zatwierdź"
                buttons.append((label, self.step_url("correct" if self.state.issue else "approve")))
            buttons.append(("Odeślij z uwagami", self.step_url("return")))
        elif self.may_write and stage in (Stage.WRITING, Stage.CORRECTING):
            write = ("Pisz teksty", self.step_url("texts"))
            present = ("Przedstaw do zatwierdzenia", self.step_url("present"))
            buttons += [write] if blocked else [present, write]
        elif self.may_write and stage == Stage.APPROVED:
            if self.differences:
                buttons.append(("Przedstaw korektę", self.step_url("present")))
            buttons.append(("Zmień teksty w korekcie", self.step_url("texts")))
        return buttons

    @property
    def approval_refusal(self) -> str:
        """Why the user, a manager, does not approve this presented report themselves."""
        text = self.state.text
        return approval_refusal(
            by=self.request.user.pk, prepared_by=text.presented_by_id or 0, writers=(), small_staff=True
        )

    def approval_note(self) -> str:
        return self.approval_refusal if self.state.is_locked and self.may_approve else ""

    def approved_context(self) -> dict[str, Any] | None:
        """The last issue, and whether today's numbers and texts are still its own; None before the first."""
        issue = self.state.issue
        if issue is None:
            return None
        changes = []
        if self.differences:
            changes.append(count_of(self.differences, "liczba jest inna,liczby są inne,liczb jest innych"))
        if self.state.text_changed:
            changes.append("teksty są inne")
        return {
            "issue": issue,
            "name": f"Korekta nr {issue.correction}" if issue.correction else "Sprawozdanie",
            "day": short_date(issue.issued_on),
            "kind": "" if changes else "done",
            "changes": f"Od tego dnia {' i '.join(changes)}." if changes else "",
            "url": self.step_url("issued"),
            "pdf_url": self.step_url("issued-pdf"),
        }
