"""The list behind a number of the quarterly report."""

from functools import cached_property

from django.http import Http404

from families.people.permissions import FAMILY_LIST_AREA
from reports.catalogue.quarterly import FIGURES, TABLE_OF
from reports.drilldown_base import DrilldownBaseView
from reports.quarter import ReportColumn
from reports.views import QuarterBaseView


class ReportDrilldownView(QuarterBaseView, DrilldownBaseView):
    """Rows of a figure in one column of the quarter."""

    access_area = FAMILY_LIST_AREA

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

    def figure_address(self, key: str, column: ReportColumn) -> str:
        return self.report_url("figure", key, kolumna=column.code)

    def heading_context(self):
        whose = str(self.assistant or "")
        return {
            "back_url": self.report_url(tabela=self.folded_table()) + f"#f-{self.figure.key}",
            "back_label": ", ".join(filter(None, ("Sprawozdanie", self.quarter.name, whose))),
            "whose": whose,
            "period_tabs": [
                self.tab(column)
                for column in (*self.quarter.columns, *self.quarter.list_columns)
                if column in self.quarter.columns or column == self.column
            ],
        }

    def folded_table(self) -> str:
        """The key of the folded table the figure stands in; "" for one that is always shown."""
        table = TABLE_OF.get(self.figure.key)
        return table.key if table and table.folded else ""

    def tab(self, column: ReportColumn) -> dict:
        label = f"{column.prefix} {column.full_header}".strip()
        url = self.figure_address(self.figure.key, column)
        return {"label": label, "url": url, "current": column == self.column}
