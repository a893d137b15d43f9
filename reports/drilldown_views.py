"""The drill-down list of a number: exactly the rows that were counted."""

from functools import cached_property

from django.db.models import Count, Value
from django.http import Http404

from families.people.permissions import FAMILY_LIST_AREA
from lubsko_ops.audit.base_views import KeysetListView
from reports.catalogue.quarterly import FIGURES, TABLE_OF
from reports.drilldown import display_rows
from reports.figure import Ratio, RowSet
from reports.quarter import ReportColumn
from reports.statement import compute_ratio
from reports.tables import format_value, is_reported_for
from reports.views import QuarterBaseView

SUM_UNITS = {"hours": "godz.", "posts": "etatu"}  # by the unit of the figure


class ReportDrilldownView(QuarterBaseView, KeysetListView):
    """Rows of a figure in one column. Rows of families outside the user's scope are listed with masked cells."""

    access_area = FAMILY_LIST_AREA
    template_name = "reports/drilldown.html"

    def setup_object(self, year, quarter, **kwargs) -> None:
        super().setup_object(year, quarter, **kwargs)
        figure = kwargs["figure"]
        if figure not in FIGURES:
            raise Http404("Nie ma takiej liczby.")
        self.figure = FIGURES[figure]

    @cached_property
    def assistant_id(self) -> int | None:
        return self.assistant.pk if self.assistant else None

    @cached_property
    def column(self) -> ReportColumn:
        code = self.request.GET.get("kolumna", "")
        columns = (*self.quarter.columns, *self.quarter.list_columns)
        column = next((column for column in columns if column.code == code), None)
        if column is None:
            raise Http404("Nie ma takiej kolumny.")
        return column

    @property
    def rows(self) -> RowSet:
        if isinstance(self.figure, Ratio):
            raise LookupError("A ratio has no rows of its own.")
        return self.figure.require_rows(self.assistant_id)

    def get(self, request, *args, **kwargs):
        if not is_reported_for(self.figure, self.assistant_id):
            raise Http404("Tej liczby nie ma w tym sprawozdaniu.")
        if isinstance(self.figure, Ratio):
            self.template_name = "reports/ratio.html"
        else:
            self.sorts = (self.rows.row_type.sort,)
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        return self.rows.list_queryset(self.column.period, assistant_id=self.assistant_id).select_related(
            *self.rows.row_type.select_related
        )

    def get_counts(self, queryset):
        """The number of rows, and the figure's value computed on the list. One statement."""
        if self.rows.sum_field:
            aggregates = {"total": Count(Value(1)), "value": self.rows.aggregate_expression()}
            total, value = queryset.order_by().aggregate(**aggregates).values()
        else:
            value = total = queryset.count()
        text = format_value(self.figure, value)
        unit = SUM_UNITS.get(self.figure.unit)
        return {"total": total, "value": text, "sum_text": f"razem {text} {unit}" if unit else ""}

    def prepare_rows(self, rows):
        return display_rows(rows, self.rows.row_type, user=self.request.user, on=self.request.today)

    def get_context_data(self, **kwargs):  # kwargs hold the URL parameters, which the context has as objects
        common = {
            "figure": self.figure,
            "quarter": self.quarter,
            "column": self.column,
            "caption": f"{self.figure.title}, {self.column.label}",
            "assistant": self.assistant,
            "report_url": self.report_url(tabela=self.folded_table()) + f"#f-{self.figure.key}",
            "tabs": [
                self.tab(column)
                for column in (*self.quarter.columns, *self.quarter.list_columns)
                if column in self.quarter.columns or column == self.column
            ],
        }
        if isinstance(self.figure, Ratio):
            return self.ratio_context(self.figure) | common
        return super().get_context_data(
            columns=self.rows.row_type.columns, row_forms=self.rows.row_type.forms, **common
        )

    def folded_table(self) -> str:
        """The key of the folded table the figure stands in; "" for one that is always shown."""
        table = TABLE_OF.get(self.figure.key)
        return table.key if table and table.folded else ""

    def ratio_context(self, ratio: Ratio) -> dict:
        """The numerator and the denominator with links to their lists."""
        value, *numbers = compute_ratio(ratio, self.column, assistant=self.assistant)
        parts = [
            {
                "figure": part,
                "url": self.report_url("figure", part.key, kolumna=self.column.code),
                "value": format_value(part, number),
            }
            for part, number in zip((ratio.numerator, ratio.denominator), numbers, strict=True)
        ]
        return {"parts": parts, "value": format_value(ratio, value), "view": self}

    def tab(self, column: ReportColumn) -> dict:
        label = f"{column.prefix} {column.full_header}".strip()
        url = self.report_url("figure", self.figure.key, kolumna=column.code)
        return {"label": label, "url": url, "current": column == self.column}
