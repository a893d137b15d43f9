"""The report as files: paper to sign, a workbook, plain data. The workbook lists families, so it is a download."""

from django.http import JsonResponse

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.centre.models import Centre, get_centre
from lubsko_ops.core.permissions import Role
from lubsko_ops.output.pdf import pdf_response, render_pdf
from lubsko_ops.output.xlsx import write_workbook, xlsx_response
from reports.catalogue.movement import SUPPORTED
from reports.drilldown import shown
from reports.queries import text_of
from reports.render.json import as_data
from reports.render.pdf import paper_of
from reports.render.xlsx import sheets_of
from reports.views import OfQuarter

# Until the centre's data are filled in, paper names none.
UNNAMED = Centre(name="Ośrodek pomocy społecznej", short_name="OPS")


class OfFile(OfQuarter):
    """A file of the report; its name says the quarter and the number of the assistant, never who."""

    def file_name(self, ending: str) -> str:
        whose = f"-asystent-{self.assistant.pk}" if self.assistant else ""
        year, number = self.numbers
        return f"sprawozdanie-{year}-{number}{whose}.{ending}"

    @property
    def text(self) -> str:
        return text_of(self.quarter, self.assistant).text


class QuarterlyPdf(OfFile):
    """Numbers, definitions, conclusions, places to sign; no family is named in it."""

    def get(self, request, *args, **kwargs):
        day = request.today
        manager = User.objects.holding(Role.MANAGER, day).first()
        context = paper_of(
            self.statement, text=self.text, centre=get_centre() or UNNAMED, manager=manager, on=day
        )
        return pdf_response(render_pdf("print/quarterly.html", context), self.file_name("pdf"))


class QuarterlyXlsx(OfFile):
    """The same numbers as numbers, and the list of the families supported."""

    access_area = AccessArea.DOWNLOAD

    def get(self, request, *args, **kwargs):
        rows = SUPPORTED.rows_for(self.statement.who)
        source = rows.source
        found = rows.list_queryset(self.quarter.period, who=self.statement.who).select_related(*source.select_related)
        cells, families = shown(
            list(found.order_by(*source.sort.order)), source, user=request.user, on=request.today
        )
        self.log_access(families)
        sheets = sheets_of(
            self.statement, text=self.text, families=[[each.value for each in row] for row in cells]
        )
        return xlsx_response(write_workbook(sheets), self.file_name("xlsx"))


class QuarterlyJson(OfFile):
    """The numbers with their definitions."""

    def get(self, request, *args, **kwargs):
        response = JsonResponse(as_data(self.statement), json_dumps_params={"ensure_ascii": False})
        response["Cache-Control"] = "private, no-store"
        return response
