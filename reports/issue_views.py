"""A closed quarter issued for signature: the form that issues it, what was issued, and what is different today."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import redirect

from families.people.permissions import FAMILY_LIST_AREA
from lubsko_ops.audit.base_views import PageView
from lubsko_ops.core.lookups import is_among
from lubsko_ops.core.polish import count_of, format_minutes, number
from lubsko_ops.output.issued_papers import IssuedPaperResponse
from lubsko_ops.submissions.base_views import ActionFormView
from reports.actions import can_write_quarter_text, issue_quarter
from reports.catalogue.quarterly import FIGURES
from reports.checks import PASSED, ReportCheck, run_checks
from reports.compute import FigureRequest, counted_ids
from reports.drilldown import display_rows, id_at
from reports.figure import Figure, RowSet
from reports.forms import IssueForm
from reports.issuing import (
    NumberDifference,
    RowChanges,
    changed_definitions,
    compare_rows,
    find_differences,
    fingerprint,
)
from reports.models import IssuedNumber, IssuedReport, QuarterText
from reports.papers import paper_of
from reports.permissions import REPORT_VIEW
from reports.queries import get_issued_report, get_quarter_text
from reports.render.pdf import highlights
from reports.views import OwnQuarterBaseView, QuarterBaseView

SEEN_FIELD = "_seen"  # fingerprint of the numbers and conclusions on the page
MAX_ROWS = 200  # in one list of changed rows


class IssueQuarterView(QuarterBaseView, ActionFormView):
    """Issue the report: what will be signed, the checks that need attention, and the conclusions."""

    form_class = IssueForm
    template_name = "reports/issue.html"
    keeps_drafts = False

    @property
    def page_title(self) -> str:  # type: ignore[override]  # an attribute in the base; only read
        return f"Wydaj do podpisu: sprawozdanie, {self.quarter.name}"

    @cached_property
    def text(self) -> QuarterText:
        return get_quarter_text(self.quarter, self.assistant)

    def get(self, request, *args, **kwargs):
        self.require_author()
        if self.quarter.running:
            raise Http404("Kwartał jeszcze trwa.")
        if get_issued_report(self.quarter, self.assistant):
            return redirect(self.report_url("issued"))
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        self.require_author()
        return super().post(request, *args, **kwargs)

    def require_author(self) -> None:
        if not can_write_quarter_text(self.request.user, assistant=self.assistant):
            raise PermissionDenied("Sprawozdanie ośrodka wydaje kierownik, a asystent swoje.")

    @cached_property
    def checks(self) -> list[ReportCheck]:
        return run_checks(self.statement)

    def perform(self, form):
        return issue_quarter(
            quarter=self.quarter.quarter,
            assistant=self.assistant,
            seen=self.request.POST.get(SEEN_FIELD, ""),
            by=self.request.user,
        )

    def get_success_url(self):
        return self.report_url("issued")

    def get_success_message(self):
        return f"Wydano do podpisu sprawozdanie za {self.quarter.name}."

    def get_cancel_url(self):
        return self.report_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            quarter=self.quarter,
            assistant=self.assistant,
            text=self.text,
            sentences=highlights(self.statement),
            attention=[
                (check, self.report_url("figure", check.figure.key) if check.figure else "")
                for check in self.checks
                if check.kind != PASSED
            ],
            passed=[check for check in self.checks if check.kind == PASSED],
            seen_field=SEEN_FIELD,
            seen=fingerprint(self.statement, self.text.text),
            copy_url=self.report_url("quarterly-pdf"),
            **kwargs,
        )


class OwnIssueQuarterView(OwnQuarterBaseView, IssueQuarterView):
    """Issue the own report, of a manager who is also an assistant, under its own path."""


class IssuedQuarterBaseView(QuarterBaseView):
    """Base of the pages of an issued report; 404 before it is issued."""

    permission = REPORT_VIEW

    @cached_property
    def issued(self) -> IssuedReport:
        issued = get_issued_report(self.quarter, self.assistant)
        if issued is None:
            raise Http404("Tego sprawozdania jeszcze nie wydano.")
        return issued


class IssuedQuarterView(IssuedQuarterBaseView, PageView):
    """What was issued, by whom and when, and every number that is different today."""

    access_area = None  # numbers, no data of any family
    template_name = "reports/issued.html"

    def get_context_data(self, **kwargs):  # kwargs hold the URL parameters, which the context has as objects
        differences = find_differences(self.issued, self.statement)
        return super().get_context_data(
            quarter=self.quarter,
            assistant=self.assistant,
            issued=self.issued,
            total=len(differences),
            own=[self.difference_context(each) for each in differences if each.is_own],
            others=[self.difference_context(each) for each in differences if not each.is_own],
            definitions=changed_definitions(self.issued),
            text_changed=get_quarter_text(self.quarter, self.assistant).text != self.issued.text,
            report_url=self.report_url(),
            pdf_url=self.report_url("issued-pdf"),
        )

    def difference_context(self, each: NumberDifference) -> dict[str, Any]:
        """A difference with the URLs of today's list and of the rows that make it."""
        column = next((one for one in self.quarter.columns if one.code == each.column), None)
        query: dict[str, Any] = {"kolumna": each.column}
        if each.assistant:
            query["asystent"] = each.assistant.pk
        is_computed = each.figure.key in FIGURES
        return {
            "difference": each,
            "column": f"{column.prefix}: {column.header}" if column and column.prefix else "",
            "url": self.report_url("figure", each.figure.key, **query) if is_computed else "",
            "rows_url": self.report_url("issued-figure", each.figure.key)
            if each.rows and is_computed
            else "",
            "rows_text": _rows_text(each.rows) if each.rows else "",
        }


class IssuedPdfView(IssuedQuarterBaseView):
    """The paper for signature, as it was issued."""

    access_area = None
    makes_document = True

    def get(self, request, *args, **kwargs):
        suffix = f"-asystent-{self.assistant.pk}" if self.assistant else ""
        year, quarter = self.url_args
        name = f"sprawozdanie-{year}-{quarter}{suffix}-do-podpisu.pdf"
        paper = paper_of(self.issued)
        if paper is None:
            raise Http404("Wydruku tego sprawozdania już nie ma.")
        return IssuedPaperResponse(paper, name)


class IssuedFigureView(IssuedQuarterBaseView, PageView):
    """The rows that make a number different from the one issued."""

    access_area = FAMILY_LIST_AREA
    template_name = "reports/issued_rows.html"

    def setup_object(self, year, quarter, **kwargs) -> None:
        super().setup_object(year, quarter, **kwargs)
        figure = FIGURES.get(kwargs["figure"])
        if not isinstance(figure, Figure) or figure.rows_for(self.assistant_id) is None:
            raise Http404("Nie ma takiej liczby.")
        self.figure = figure

    @property
    def assistant_id(self) -> int | None:
        return self.assistant.pk if self.assistant else None

    @cached_property
    def number(self) -> IssuedNumber:
        rows = IssuedNumber.objects.filter(figure__report=self.issued, figure__key=self.figure.key)
        issued_number = rows.exclude(row_ids=None).select_related("figure").first()
        if issued_number is None:
            raise Http404("Tej liczby nie ma w wydanym sprawozdaniu.")
        return issued_number

    def get_context_data(self, **kwargs):  # kwargs hold the URL parameters, which the context has as objects
        request = FigureRequest(self.rows, self.quarter.period)
        counted = counted_ids([request], assistant_id=self.assistant_id).get(self.rows, {})
        changes = compare_rows(self.number, counted) or RowChanges([], [], {})
        counted_rows = self.rows.list_queryset(self.quarter.period, assistant_id=self.assistant_id)
        lists = [
            self.list_context("Doszły po wydaniu", counted_rows, changes.added),
            self.list_context("Już się nie liczą", self.all_rows(), changes.removed),
            self.list_context("Liczą się inaczej", counted_rows, list(changes.amounts), changes.amounts),
        ]
        return super().get_context_data(
            figure=self.figure,
            quarter=self.quarter,
            assistant=self.assistant,
            issued=self.issued,
            issued_url=self.report_url("issued"),
            list_url=self.report_url("figure", self.figure.key),
            columns=self.rows.row_type.columns,
            row_forms=self.rows.row_type.forms,
            lists=[each for each in lists if each["total"]],
        )

    @property
    def rows(self) -> RowSet:
        return self.figure.require_rows(self.assistant_id)

    def all_rows(self) -> QuerySet[Any]:
        """Every row of the centre or of the assistant, whatever counts it."""
        row_type, assistant = self.rows.row_type, self.assistant
        rows = row_type.get_queryset()
        return rows.filter(**{row_type.assistant_path: assistant}) if assistant else rows

    def list_context(
        self, title: str, rows: QuerySet[Any], ids: list[int], amounts: dict | None = None
    ) -> dict[str, Any]:
        """The rows of these ids as cells; ``lost``: how many of them are gone."""
        row_type, path = self.rows.row_type, self.rows.id_path
        rows = rows.filter(is_among(ids, path))
        existing = rows.order_by().values(path).distinct().count() if ids else 0
        by_id: dict[int, Any] = {}
        newest = rows.order_by(*row_type.sort.order).select_related(*row_type.select_related)
        for row in newest[:MAX_ROWS] if existing else ():
            by_id.setdefault(id_at(row, path), row)
        shown = list(by_id.values())
        cells = display_rows(shown, row_type, user=self.request.user, on=self.request.today)
        before = [self.amount_text(amounts[id_at(row, path)]) for row in shown] if amounts else []
        return {
            "title": title,
            "total": len(ids),
            "lost": len(ids) - existing,
            "more": existing - len(shown),
            "rows": list(zip(cells, before or [""] * len(cells), strict=True)),
            "has_amounts": bool(amounts),
        }

    def amount_text(self, amount) -> str:
        return format_minutes(int(amount)) if self.figure.unit == "hours" else number(amount, 2)


def _rows_text(rows: RowChanges) -> str:
    """ "2 doszły, 1 odpadł, 1 inaczej"."""
    parts = (
        (len(rows.added), "doszedł,doszły,doszło"),
        (len(rows.removed), "odpadł,odpadły,odpadło"),
        (len(rows.amounts), "liczy się inaczej,liczą się inaczej,liczy się inaczej"),
    )
    return ", ".join(count_of(number_of, forms) for number_of, forms in parts if number_of)
