"""Sprawozdania: the list of quarters, and the report of one quarter with the form for its text."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.base_views import PageView, PermissionRequiredView
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.form_renderer import format_html
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.output import chart
from lubsko_ops.output.documents import WAITING
from lubsko_ops.submissions.base_views import ActionFormView
from reports.actions import can_write_quarter_text, write_quarter_text
from reports.catalogue import movement, visits
from reports.catalogue.quarterly import TABLE_OF, TABLES
from reports.checks import count_passed, run_checks
from reports.figure import AnyFigure, Figure, FigureTable, Ratio
from reports.forms import QuarterTextForm
from reports.models import IssuedNumber, IssuedReport, QuarterText
from reports.permissions import REPORT_CENTRE, REPORT_VIEW
from reports.quarter import ReportQuarter
from reports.queries import (
    get_issued_report,
    get_quarter_or_404,
    get_quarter_text,
    issued_quarters,
    report_quarters,
    report_subject,
)
from reports.render.charts import visits_chart_values
from reports.statement import (
    ASSISTANTS_MOVEMENT,
    ASSISTANTS_STATE,
    STATE_FIGURES,
    AssistantFigures,
    Statement,
    build_statement,
    build_table,
    table_numbers,
)
from reports.tables import NO_VALUE, FigureRow, StatementTable, format_value, is_reported_for

# Forms of the own report have their own paths: forms and drafts are identified by path.
OWN_PATHS = {"quarterly": "quarterly-own", "issue": "issue-own", "correct": "correct-own"}
ROW_CLASSES = {"total": "total", "part": "in"}  # by the emphasis of the figure


class ReportListView(PageView):
    """All quarters since the first work period, newest first."""

    permission = REPORT_VIEW
    access_area = None  # no data of any family
    template_name = "reports/list.html"

    def get_context_data(self, **kwargs):
        own = not has_permission(self.request.user, REPORT_CENTRE)
        issued = {each.starts_on: each for each in issued_quarters(self.request.user if own else None)}
        quarters = [(each, issued.get(each.quarter.start)) for each in report_quarters(self.request.today)]
        years = [
            (str(year), list(group)) for year, group in groupby(quarters, lambda each: each[0].quarter.year)
        ]
        return super().get_context_data(years=years, own=own, **kwargs)


class QuarterBaseView(PermissionRequiredView):
    """Base of the views of one quarter, of the centre or (``?asystent=<id>``) of one assistant."""

    permission = REPORT_VIEW
    access_area: AccessArea | None = None
    quarter: ReportQuarter

    def setup_object(self, year, quarter, **kwargs) -> None:
        self.quarter = get_quarter_or_404(year, quarter, on=self.request.today)

    @cached_property
    def assistant(self) -> User | None:
        return report_subject(self.request.user, self.request.GET.get("asystent"))

    @cached_property
    def statement(self) -> Statement:
        return build_statement(self.quarter, assistant=self.assistant)

    @property
    def url_args(self) -> list[int]:
        """URL arguments of the quarter."""
        return [self.quarter.quarter.year, self.quarter.quarter.number]

    @cached_property
    def _paths(self) -> dict[tuple[str, ...], str]:
        return {}

    def get_path(self, name: str, *more: str) -> str:
        """Path of a page of this quarter, reversed once however many cells link to it."""
        key = (name, *more)
        if key not in self._paths:
            self._paths[key] = reverse(f"reports:{name}", args=[*self.url_args, *more])
        return self._paths[key]

    def report_url(self, name: str = "quarterly", *more: str, **query) -> str:
        """URL of a page of this quarter, for the same subject (centre or assistant)."""
        if self.assistant and has_permission(self.request.user, REPORT_CENTRE):
            query["asystent"] = self.assistant.pk
        if name in OWN_PATHS and query.get("asystent") == self.request.user.pk:
            del query["asystent"]
            name = OWN_PATHS[name]
        path = self.get_path(name, *more)
        query_string = "&".join(f"{key}={value}" for key, value in query.items() if value)
        return f"{path}?{query_string}" if query_string else path


class QuarterlyReportView(QuarterBaseView, ActionFormView):
    """The report, with a form for the conclusions (wnioski i potrzeby)."""

    form_class = QuarterTextForm
    template_name = "reports/quarterly.html"

    @cached_property
    def statement(self) -> Statement:
        shown = [table for table in TABLES if not table.folded or self.is_open(table)]
        return build_statement(self.quarter, assistant=self.assistant, tables=shown)

    def is_open(self, table: FigureTable) -> bool:
        """Whether a folded table is open: it was asked for, or the definition of one of its figures."""
        definition = TABLE_OF.get(self.request.GET.get("definicja", ""))
        return table.key == self.request.GET.get("tabela") or table is definition

    @property
    def page_title(self) -> str:  # type: ignore[override]  # an attribute in the base; only read
        suffix = f" – {self.assistant}" if self.assistant else ""
        return f"Sprawozdanie, {self.quarter.name}{suffix}"

    @cached_property
    def text(self) -> QuarterText:
        return get_quarter_text(self.quarter, self.assistant)

    @property
    def can_write(self) -> bool:
        return can_write_quarter_text(self.request.user, assistant=self.assistant)

    @cached_property
    def issued(self) -> IssuedReport | None:
        return get_issued_report(self.quarter, self.assistant)

    @property
    def can_issue(self) -> bool:
        return self.can_write and not self.quarter.running and self.issued is None

    @cached_property
    def issued_values(self) -> dict[str, Decimal | None]:
        """The numbers of the quarter as issued, by the key of the figure; empty before. One statement."""
        if self.issued is None:
            return {}
        rows = IssuedNumber.objects.filter(figure__report=self.issued, column="", assistant=None)
        return dict(rows.values_list("figure__key", "value"))

    def get(self, request, *args, **kwargs):
        if request.GET.get("asystent") and self.can_write and self.report_url() != request.path:
            kept = {name: request.GET.get(name, "") for name in ("definicja", "tabela")}
            return redirect(self.report_url(**kept))
        if request.htmx and (table := self.requested_table()):
            statement_table = build_table(table, self.quarter, assistant=self.assistant)
            context = {"table": self.folded_context(table, statement_table), "quarter": self.quarter}
            return render(request, "reports/_folded_rows.html", context)
        return super().get(request, *args, **kwargs)

    def requested_table(self) -> FigureTable | None:
        """The folded table that the page asks for when it is opened."""
        return next((table for table in TABLES if table.folded and self.is_open(table)), None)

    def post(self, request, *args, **kwargs):
        if not self.can_write:
            raise PermissionDenied("Wnioski do sprawozdania ośrodka pisze kierownik, a asystent do swojego.")
        return super().post(request, *args, **kwargs)

    def get_instance(self):
        return self.text

    def get_initial(self):
        return {"text": self.text.text}

    def perform(self, form):
        return write_quarter_text(
            quarter=self.quarter.quarter,
            assistant=self.assistant,
            text=form.cleaned_data["text"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_url(self):
        return self.report_url()

    def get_success_message(self):
        return "Zapisano wnioski do sprawozdania."

    def get_cancel_url(self):
        return reverse("reports:list")

    def get_other_drafts(self):
        return super().get_other_drafts() if self.can_write else []

    def get_context_data(self, **kwargs):
        statement = self.statement
        checks = run_checks(statement)
        return super().get_context_data(
            statement=statement,
            quarter=self.quarter,
            assistant=self.assistant,
            main_tables=[
                self.table_context(table) for table in statement.tables if not table.definition.folded
            ],
            folded_tables=self.folded_tables(statement),
            assistants=self.assistant_rows(statement),
            state_headers=[(figure.name, figure is movement.CLOSING) for figure in STATE_FIGURES],
            movement_headers=[
                (name, figure is movement.CLOSING)
                for name, figure in zip(statement.movement_headers, statement.movement_figures, strict=True)
            ],
            assistant_tables=[self.table_numbers.get(key) for key in (ASSISTANTS_STATE, ASSISTANTS_MOVEMENT)],
            visits_chart=chart.bars(**visits_chart_values(statement)),
            checks=[(check, self.drilldown_url(check.figure) if check.figure else "") for check in checks],
            passed_count=count_passed(checks),
            visits_held=statement.text(visits.HELD),
            text=self.text,
            history=self.text.history.select_related("history_user")[1:] if self.text.version > 1 else [],
            can_write=self.can_write,
            issued=self.issued,
            issued_url=self.report_url("issued") if self.issued else "",
            issued_pdf_url=self.report_url("issued-pdf") if self.issued else "",
            issue_url=self.report_url("issue") if self.can_issue else "",
            pdf_url=self.report_url("quarterly-pdf", **{WAITING: 1}),
            json_url=self.report_url("quarterly-json"),
            xlsx_url=self.report_url("quarterly-xlsx"),
            centre_url=self.centre_url(),
            **kwargs,
        )

    def centre_url(self) -> str:
        """From one assistant's report to the centre's; "" for users who may not see it."""
        if not (self.assistant and has_permission(self.request.user, REPORT_CENTRE)):
            return ""
        return self.get_path("quarterly")

    @cached_property
    def table_numbers(self) -> dict[str, int]:
        return table_numbers(self.assistant.pk if self.assistant else None)

    def folded_tables(self, statement: Statement) -> list[dict]:
        computed = {table.definition.key: table for table in statement.tables}
        return [
            self.folded_context(table, computed.get(table.key))
            for table in TABLES
            if table.folded
            and any(is_reported_for(figure, statement.assistant_id) for figure in table.figures)
        ]

    def folded_context(self, definition: FigureTable, table: StatementTable | None) -> dict:
        """A folded table; one that is not open has no rows yet, only the URL that opens it."""
        return {
            "definition": definition,
            "number": self.table_numbers[definition.key],
            "open": table is not None,
            "url": self.report_url(tabela=definition.key),
            "as_list": [self.table_context(table)] if table else [],
        }

    def table_context(self, table: StatementTable) -> dict:
        """A table with URLs of the drill-down lists and definitions."""
        groups: list[dict[str, Any]] = [
            {"title": group.title, "rows": [self.row_context(row) for row in group.rows]}
            for group in table.groups
        ]
        number = self.table_numbers[table.definition.key]
        return {"definition": table.definition, "groups": groups, "number": number}

    def row_context(self, row: FigureRow) -> dict:
        figure = row.figure
        cells = [
            {
                "text": text,
                "url": "" if text == NO_VALUE else self.drilldown_url(figure, kolumna=column.code),
            }
            for text, column in zip(row.texts, self.quarter.columns, strict=True)
        ]
        issued_value = self.issued_values.get(figure.key, row.values[0])
        issued_text = format_value(figure, issued_value)
        return {
            "figure": figure,
            "cells": cells,
            "issued_text": issued_text if issued_text != row.texts[0] else "",
            "open": self.request.GET.get("definicja") == figure.key,
            "list_url": self.drilldown_url(figure, kolumna=self.quarter.columns[0].code),
            "css": ROW_CLASSES.get(figure.emphasis, ""),
            "definition_url": self.report_url(definicja=figure.key),
            "parts": [figure.numerator, figure.denominator] if isinstance(figure, Ratio) else [],
        }

    def drilldown_url(self, figure: AnyFigure, **query) -> str:
        return self.report_url("figure", figure.key, **query)

    def assistant_rows(self, statement: Statement) -> list[dict]:
        """Assistants with URLs of their report and of the list of each number; empty for one assistant's report."""
        if statement.assistant:
            return []
        path = self.get_path("quarterly")
        return [
            {
                "figures": each,
                "url": f"{path}?asystent={each.user.pk}",
                "is_full": each.value(movement.COUNTED) >= statement.limit,
                "state_cells": self.draw_cells(each, STATE_FIGURES),
                "movement_cells": self.draw_cells(each, statement.movement_figures),
            }
            for each in statement.assistants
        ]

    def draw_cells(self, each: AssistantFigures, figures: Iterable[Figure]) -> SafeString:
        """The cells of an assistant; a function and no template, because a large centre has hundreds of them."""
        return mark_safe(
            "\n".join(
                format_html(
                    '<td class="num{}"><a href="{}">{}</a></td>',
                    " now" if figure is movement.CLOSING else "",
                    f"{self.get_path('figure', figure.key)}?asystent={each.user.pk}",
                    each.text(figure),
                )
                for figure in figures
            )
        )


class OwnQuarterBaseView(QuarterBaseView):
    """The own report of a manager who is also an assistant, under its own path.

    Forms and drafts are identified by path, and the other path belongs to the centre's report.
    """

    @cached_property
    def assistant(self) -> User | None:
        return report_subject(self.request.user, str(self.request.user.pk))


class OwnQuarterlyReportView(OwnQuarterBaseView, QuarterlyReportView):
    """The own report."""
