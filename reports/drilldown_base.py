"""The page of the list behind a number, for a report of any kind: exactly the rows that were counted."""

from typing import Any

from django.db.models import Count, Value
from django.http import Http404
from django.shortcuts import redirect

from lubsko_ops.audit.base_views import KeysetListView
from reports.drilldown import display_rows
from reports.figure import AnyFigure, Figure, GivenFigure, Ratio, RowSet
from reports.quarter import ReportColumn
from reports.tables import compute_ratio, format_value, is_reported_for

SUM_UNITS = {"hours": "godz.", "posts": "etatu", "money": "zł"}  # by the unit of the figure


class DrilldownBaseView(KeysetListView):
    """Rows of a figure in one column. Rows out of the user's scope are listed with masked cells."""

    template_name = "reports/drilldown.html"
    figure: AnyFigure

    # ---- given by the kind
    @property
    def assistant_id(self) -> int | None:
        """Of the report of one assistant."""
        return None

    @property
    def column(self) -> ReportColumn:
        raise NotImplementedError

    def figure_address(self, key: str, column: ReportColumn) -> str:
        """URL of the list of a figure in a column."""
        raise NotImplementedError

    def heading_context(self) -> dict[str, Any]:
        """``back_url`` and ``back_label`` of the report, ``whose`` it is, and ``period_tabs``."""
        raise NotImplementedError

    def page_context(self) -> dict[str, Any]:
        """What the page of a ratio shows around it."""
        return {"view": self}

    # ---- the same for every kind
    @property
    def rows(self) -> RowSet:
        if not isinstance(self.figure, Figure):
            raise LookupError("Only a figure of rows has a list.")
        return self.figure.require_rows(self.assistant_id)

    def get(self, request, *args, **kwargs):
        if not is_reported_for(self.figure, self.assistant_id):
            raise Http404("Tej liczby nie ma w tym sprawozdaniu.")
        if isinstance(self.figure, GivenFigure):
            return redirect(self.figure.url)
        if isinstance(self.figure, Ratio):
            self.template_name = "reports/ratio.html"
        else:
            self.sorts = (self.rows.row_type.sort,)
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        row_type = self.rows.row_type
        rows = self.rows.list_queryset(self.column.period, assistant_id=self.assistant_id)
        rows = row_type.orderable(rows, self.request.user, self.request.today)
        return rows.select_related(*row_type.select_related)

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
            "column": self.column,
            "caption": f"{self.figure.title}, {self.column.label}",
        } | self.heading_context()
        if isinstance(self.figure, Ratio):
            return self.page_context() | self.ratio_context(self.figure) | common
        return super().get_context_data(
            columns=self.rows.row_type.columns, row_forms=self.rows.row_type.forms, **common
        )

    def ratio_context(self, ratio: Ratio) -> dict[str, Any]:
        """The numerator and the denominator with links to their lists."""
        value, *numbers = compute_ratio(ratio, self.column, assistant_id=self.assistant_id)
        parts = [
            {
                "figure": part,
                "url": self.figure_address(part.key, self.column),
                "value": format_value(part, number),
            }
            for part, number in zip((ratio.numerator, ratio.denominator), numbers, strict=True)
        ]
        return {"parts": parts, "value": format_value(ratio, value)}
