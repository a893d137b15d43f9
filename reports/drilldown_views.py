"""The list behind a number: the very rows that were counted."""

from functools import cached_property

from django.http import Http404

from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.keyset_list import KeysetListView
from reports.catalogue.quarterly import FIGURES
from reports.drilldown import shown
from reports.figure import Ratio, RowSet
from reports.quarter import Column
from reports.statement import in_words, shown_to
from reports.views import OfQuarter


class Behind(OfQuarter, KeysetListView):
    """Rows of a figure in one column. A row whose file is out of reach counts, and its personal cells are masked."""

    access_area = AccessArea.LIST
    template_name = "reports/behind.html"

    def setup_object(self, figure, **kwargs) -> None:
        super().setup_object(**kwargs)
        if figure not in FIGURES:
            raise Http404("Nie ma takiej liczby.")
        self.figure = FIGURES[figure]

    @cached_property
    def who(self) -> int | None:
        return self.assistant.pk if self.assistant else None

    @cached_property
    def column(self) -> Column:
        asked = self.request.GET.get("kolumna", "")
        found = next((column for column in self.quarter.columns if column.code == asked), None)
        if found is None:
            raise Http404("Nie ma takiej kolumny.")
        return found

    @property
    def rows(self) -> RowSet:
        return self.figure.rows_for(self.who)

    @property
    def sorts(self):
        return (self.rows.source.sort,)

    def get(self, request, *args, **kwargs):
        if not shown_to(self.figure, self.who):
            raise Http404("Tej liczby nie ma w tym sprawozdaniu.")
        if isinstance(self.figure, Ratio):
            self.template_name = "reports/ratio.html"
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        return self.rows.list_queryset(self.column.period, who=self.who).select_related(
            *self.rows.source.select_related
        )

    def get_counts(self, found):
        """How many rows, and the sum of those that are summed: the number itself, measured on the list."""
        total = found.count()
        value = found.order_by().aggregate(value=self.rows.aggregate())["value"] if self.rows.sum_field else total
        return {"total": total, "value": in_words(self.figure, value)}

    def prepare_rows(self, rows):
        source = self.rows.source
        cells, families = shown(rows, source, user=self.request.user, on=self.request.today)
        if source.family_path:
            self.log_access(families)
        return cells

    def get_context_data(self, **kwargs):  # kwargs are the parts of the address, told in other words
        common = {
            "figure": self.figure,
            "quarter": self.quarter,
            "column": self.column,
            "assistant": self.assistant,
            "back": self.link() + f"#f-{self.figure.key}",
            "views": [self.tab(column) for column in self.quarter.columns],
        }
        if isinstance(self.figure, Ratio):
            told = [
                {
                    "figure": part,
                    "url": self.link("figure", part.key, kolumna=self.column.code),
                    "value": self.statement.words(part, self.column),
                }
                for part in (self.figure.numerator, self.figure.denominator)
            ]
            return {
                "parts": told,
                "value": self.statement.words(self.figure, self.column),
                "view": self,
            } | common
        return super().get_context_data(cells=self.rows.source.columns, source=self.rows.source, **common)

    def tab(self, column: Column) -> dict:
        label = f"{column.above} {column.head}".strip()
        url = self.link("figure", self.figure.key, kolumna=column.code)
        return {"label": label, "url": url, "current": column == self.column}
