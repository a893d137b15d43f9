"""The report as PDF, XLSX and JSON. Only the workbook lists families, so only its download enters the access log."""

from django.http import JsonResponse

from lubsko_ops.output.documents import WAITING, pdf_response, waiting_page, xlsx_response
from reports.catalogue.movement import SUPPORTED
from reports.drilldown import display_rows
from reports.papers import working_copy_html
from reports.permissions import REPORT_DOWNLOAD_AREA
from reports.queries import get_issued_report, get_quarter_text
from reports.render.json import build_data
from reports.render.xlsx import build_sheets
from reports.views import QuarterBaseView


class QuarterlyExportView(QuarterBaseView):
    """Base of the exports. The file name holds the quarter and the id of the assistant, never a name."""

    def file_name(self, extension: str) -> str:
        suffix = f"-asystent-{self.assistant.pk}" if self.assistant else ""
        year, number = self.url_args
        return f"sprawozdanie-{year}-{number}{suffix}.{extension}"

    @property
    def text(self) -> str:
        return get_quarter_text(self.quarter, self.assistant).text


class QuarterlyPdfView(QuarterlyExportView):
    """A working copy: numbers, definitions, conclusions and signature lines; no data of any family."""

    makes_document = True

    def get(self, request, *args, **kwargs):
        if WAITING in request.GET:
            title = f"Sprawozdanie, {self.quarter.name}"
            return waiting_page(request, title=title, back_url=self.report_url())
        html = working_copy_html(
            self.statement, text=self.text, issued=get_issued_report(self.quarter, self.assistant)
        )
        return pdf_response(html, self.file_name("pdf"))


class QuarterlyXlsxView(QuarterlyExportView):
    """The numbers, and the list of supported families."""

    access_area = REPORT_DOWNLOAD_AREA
    makes_document = True

    def get(self, request, *args, **kwargs):
        rows = SUPPORTED.require_rows(self.statement.assistant_id)
        row_type = rows.row_type
        queryset = rows.list_queryset(
            self.quarter.period, assistant_id=self.statement.assistant_id
        ).select_related(*row_type.select_related)
        cells = display_rows(
            list(queryset.order_by(*row_type.sort.order)), row_type, user=request.user, on=request.today
        )
        sheets = build_sheets(
            self.statement, text=self.text, families=[[each.value for each in row] for row in cells]
        )
        return xlsx_response(sheets, self.file_name("xlsx"))


class QuarterlyJsonView(QuarterlyExportView):
    """The whole report as data, for other programs."""

    def get(self, request, *args, **kwargs):
        response = JsonResponse(
            build_data(self.statement, text=self.text), json_dumps_params={"ensure_ascii": False}
        )
        response["Cache-Control"] = "private, no-store"
        return response
