"""A frozen report of a project: what was approved, its paper, its differences from today or from another issue."""

from functools import cached_property

from lubsko_ops.accounts.models import User
from lubsko_ops.core.links import reverse
from projects.permissions import PARTICIPANTS_AREA, PROJECT_VIEW
from reports.freezing import issues_of
from reports.frozen_views import IssuedFigureView, IssuedPdfView, IssuedReportBaseView, IssuedReportView
from reports.models import IssuedReport
from reports.project.kind import PROJECT
from reports.project.report_views import ReportBaseView
from reports.project.state import Stage


class IssuedProjectBaseView(ReportBaseView, IssuedReportBaseView):
    """Base of the pages of an approved report; 404 before it is approved."""

    permission = PROJECT_VIEW

    @cached_property
    def issues(self) -> list[IssuedReport]:
        days = self.report.days
        about = IssuedReport(kind=PROJECT, edition=self.edition, starts_on=days.start, ends_on=days.end)
        return list(issues_of(about))

    @property
    def current(self):
        return self.statement

    @property
    def current_text(self) -> str:
        return self.state.full_text

    def heading_context(self):
        title = self.report.title
        return super().heading_context() | {
            "subject": f"{title[:1].lower()}{title[1:]}",
            "report": self.report,
        }

    def issued_url(self, *more: str, **query) -> str:
        name = "issued-figure" if more else "issued"
        url = reverse(f"project-reports:{name}", args=[self.edition.pk, self.report.slug, *more])
        return _with_query(url, query)

    def issued_pdf_url(self, **query) -> str:
        return _with_query(self.step_url("issued-pdf"), query)

    def current_url(self) -> str:
        return self.report_url()

    def correction_url(self) -> str:
        """Of the next step to a correction: the authors present it, the manager issues what is presented."""
        if self.state.is_locked:
            return self.step_url("correct") if self.may_approve else ""
        return self.step_url("present") if self.may_write and self.state.stage != Stage.WRITING else ""

    def figure_url(self, key: str, *, column: str = "", assistant: User | None = None) -> str:
        return reverse("project-reports:figure", args=[self.edition.pk, key]) + self.report.query

    @property
    def file_name(self) -> str:
        return f"sprawozdanie-projektu-{self.edition.pk}-{self.report.slug}"


def _with_query(url: str, query: dict[str, int]) -> str:
    text = "&".join(f"{name}={value}" for name, value in query.items())
    return f"{url}?{text}" if text else url


class IssuedProjectReportView(IssuedReportView, IssuedProjectBaseView):
    """What was approved, and what is different today or in a correction."""

    template_name = "reports/project/issued.html"

    @property
    def words(self):  # type: ignore[override]  # an attribute in the base; only read
        return {
            "title": "Zatwierdzone",
            "verb": "Zatwierdzono",
            "pdf": "PDF zatwierdzony",
            "correct": "Wydaj korektę" if self.state.is_locked else "Przedstaw korektę",
            "text": "Teksty napisano od tego dnia inaczej; w zatwierdzonym wydruku są te z dnia zatwierdzenia.",
        }


class IssuedProjectPdfView(IssuedPdfView, IssuedProjectBaseView):
    """The paper, as it was approved."""


class IssuedProjectFigureView(IssuedFigureView, IssuedProjectBaseView):
    """The rows that make a number different."""

    template_name = "reports/project/issued_rows.html"
    access_area = PARTICIPANTS_AREA
