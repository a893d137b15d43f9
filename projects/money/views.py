"""Pages of the money of a project: the budget, its invoices, both as a workbook."""

from functools import cached_property

from django.db.models import Count, Sum
from django.http import Http404
from django.utils.text import capfirst

from lubsko_ops.audit.base_views import KeysetListView, PageView
from lubsko_ops.core.keyset_list import Sort
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.output.documents import xlsx_response
from projects.budget import budget_totals
from projects.choices import MoneySource
from projects.models import BudgetLine
from projects.money.export import build_sheets
from projects.money.queries import Position, invoices_of, load_positions
from projects.papers import money, totals_text
from projects.permissions import may_write
from projects.rules import COUNTED_STATES
from projects.views import ProjectMixin

BUDGET = "projects:budget"
NEWEST = Sort("dzień", "od najdawniejszych", "od najnowszych", ("day",), descending=True)
NO_SOURCE = "brak"  # in the address, of positions without a source


class MoneyMixin(ProjectMixin):
    """A page about the money of a project."""

    current_tab = BUDGET

    @cached_property
    def positions(self) -> list[Position]:
        return load_positions(self.edition)

    @property
    def may_count(self) -> bool:
        """Whether the user may enter money now."""
        return self.edition.state in COUNTED_STATES and may_write(self.edition, self.request.user)


class BudgetView(MoneyMixin, PageView):
    """Planned, spent and left by position and by source."""

    template_name = "projects/money/budget.html"

    def get_context_data(self, **kwargs):
        totals = budget_totals([each.line for each in self.positions])
        sources = [*{each.line.source for each in self.positions}]
        codes = [code for code in [*MoneySource.values, ""] if code in sources]
        list_url = self.project_url("projects:invoices")
        links = [f"{list_url}?zrodlo={code or NO_SOURCE}" for code in codes]
        rows = totals_text(totals)
        return super().get_context_data(
            positions=self.positions,
            totals=[
                row | {"url": url} for row, url in zip(rows, [*links, list_url] if rows else [], strict=True)
            ],
            unexplained=sum(each.is_unexplained for each in self.positions),
            may_count=self.may_count,
            list_url=list_url,
            **kwargs,
        )


class InvoiceListView(MoneyMixin, KeysetListView):
    """Invoices of the project, of one position (``?pozycja=<number>``) or source (``?zrodlo=<code>``).

    Below them what was typed without invoices, so that all together is what was spent.
    """

    template_name = "projects/money/invoices.html"
    sorts = (NEWEST,)

    @cached_property
    def shown(self) -> list[Position]:
        """The positions whose invoices are listed. Raises Http404 for a filter that names none."""
        position, source = (self.request.GET.get(name, "") for name in ("pozycja", "zrodlo"))
        shown = self.positions
        if position:
            shown = [each for each in shown if each.line.position == parse_int(position)]
        if source:
            shown = [each for each in shown if (each.line.source or NO_SOURCE) == source]
        if (position or source) and not shown:
            raise Http404("Nie ma takiej pozycji.")
        return shown

    @property
    def heading(self) -> str:
        if len(self.shown) == 1 and self.request.GET.get("pozycja"):
            line: BudgetLine = self.shown[0].line
            return f"{line.position}. {line.name}"
        if source := self.request.GET.get("zrodlo"):
            labels: dict[str, str] = dict(MoneySource.choices)
            return capfirst(labels.get(source, "bez źródła"))
        return ""

    def get_queryset(self):
        return invoices_of(self.edition).filter(line__in=[each.line for each in self.shown])

    def get_counts(self, queryset):
        sums = queryset.order_by().aggregate(total=Count("pk"), amount=Sum("amount"))
        return {"total": sums["total"], "amount": money(sums["amount"] or 0)}

    def get_context_data(self, **kwargs):  # kwargs hold the URL parameters, which the context has as objects
        typed = [each for each in self.shown if each.is_typed]
        return super().get_context_data(
            heading=self.heading,
            typed=typed,
            spent=money(sum(each.spent for each in self.shown)),
            may_count=self.may_count,
            add_query=f"?pozycja={self.shown[0].line.position}" if len(self.shown) == 1 else "",
        )


class BudgetDownloadView(MoneyMixin, PageView):
    """Positions, sources and invoices as a workbook."""

    makes_document = True

    def get(self, request, *args, **kwargs):
        invoices = list(invoices_of(self.edition).order_by("day", "pk"))
        sheets = build_sheets(self.edition, self.positions, invoices, today=request.today)
        return xlsx_response(sheets, f"budzet-{self.edition.pk}.xlsx")
