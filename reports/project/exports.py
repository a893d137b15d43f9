"""The report of a project as PDF and XLSX. Neither names participants, so neither enters the access log."""

from datetime import date
from functools import cached_property

from django.http import Http404

from lubsko_ops.core.dates import Period
from lubsko_ops.output.documents import WAITING, pdf_response, waiting_page, xlsx_response
from projects.money.queries import invoices_of
from reports.freezing import latest_issue
from reports.models import IssuedReport, ProjectReportText
from reports.project.figures import paid_until
from reports.project.kind import PROJECT, working_copy_html
from reports.project.render.xlsx import build_sheets
from reports.project.statement import ProjectStatement, build_project_statement
from reports.project.views import ProjectNumbersBaseView


class ProjectExportView(ProjectNumbersBaseView):
    """Base of the exports of ``?rok=<year>``, or from the beginning. The file name holds the id and the year alone."""

    makes_document = True

    @cached_property
    def statement(self) -> ProjectStatement:
        if self.period is None:
            raise Http404("Projekt jeszcze się nie zaczął.")
        return build_project_statement(self.edition, self.period)

    def file_name(self, extension: str) -> str:
        year = f"-{self.year}" if self.year else ""
        return f"sprawozdanie-projektu-{self.edition.pk}{year}.{extension}"


class ProjectReportPdfView(ProjectExportView):
    """A working copy, with the texts as they are written now."""

    def get(self, request, *args, **kwargs):
        statement = self.statement
        if WAITING in request.GET:
            back_url = self.numbers_url(year=self.year)
            return waiting_page(request, title=f"Sprawozdanie, {self.edition}", back_url=back_url)
        html = working_copy_html(statement, text=self.text, issued=self.issued)
        return pdf_response(html, self.file_name("pdf"))

    @cached_property
    def whole_period(self) -> Period:
        """The days that the report will be about once they are over: of the project to its end, or in the year."""
        first, last = self.statement.own_period.start, self.edition.ends_on
        if self.year is not None:
            last = min(filter(None, (last, date(self.year, 12, 31))))
        return Period(first, last or self.statement.own_period.end)

    @property
    def text(self) -> ProjectReportText | None:
        days = {"starts_on": self.whole_period.start, "ends_on": self.whole_period.end}
        return ProjectReportText.objects.filter(edition=self.edition, **days).first()

    @property
    def issued(self) -> IssuedReport | None:
        days = {"starts_on": self.whole_period.start, "ends_on": self.whole_period.end}
        return latest_issue(IssuedReport(kind=PROJECT, edition=self.edition, **days))


class ProjectReportXlsxView(ProjectExportView):
    """The numbers with their definitions, and the invoices."""

    def get(self, request, *args, **kwargs):
        until = paid_until(self.edition, self.statement.own_period)
        invoices = [
            each
            for each in invoices_of(self.edition).order_by("day", "pk")
            if until is None or each.day <= until
        ]
        sheets = build_sheets(self.statement, invoices, today=request.today)
        return xlsx_response(sheets, self.file_name("xlsx"))
