"""Pages of a frozen report of any kind: what was issued, its paper, and how it differs from today or another issue.

``?wydanie=<n>`` is the issue shown, the last one without it; ``?z=<n>`` a later issue it is compared with, today's
numbers without it.
"""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.base_views import PageView, PermissionRequiredView
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.lookups import is_among
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.polish import count_of, format_minutes, number
from lubsko_ops.output.issued_papers import IssuedPaperResponse
from reports.compute import FigureRequest, Number, counted_ids
from reports.drilldown import display_rows, id_at
from reports.figure import AnyFigure, Figure, RowSet
from reports.freezing import paper_of
from reports.issuing import (
    NumberDifference,
    RowChanges,
    Side,
    changed_definitions,
    compare_rows,
    compare_sides,
    current_side,
    frozen_side,
    rows_of_figure,
)
from reports.kinds import ReportKind, ReportStatement, kind_of
from reports.models import IssuedReport
from reports.permissions import REPORT_VIEW

MAX_ROWS = 200  # in one list of changed rows


class IssuedReportBaseView(PermissionRequiredView):
    """Base of the pages of a frozen report. A kind combines it with its own base view and gives what raises here."""

    permission = REPORT_VIEW
    access_area: AccessArea | None = None

    # ---- given by the kind
    @property
    def issues(self) -> list[IssuedReport]:
        """Every issue of the report, the first one first."""
        raise NotImplementedError

    @property
    def current_text(self) -> str:
        """What its authors have written by now."""
        raise NotImplementedError

    def issued_url(self, *more: str, **query) -> str:
        """URL of the page of the frozen report, with a key of a figure that of its changed rows."""
        raise NotImplementedError

    def issued_pdf_url(self, **query) -> str:
        raise NotImplementedError

    def current_url(self) -> str:
        """URL of the report as computed now."""
        raise NotImplementedError

    def correction_url(self) -> str:
        """URL of the form of a correction; "" for users who may not issue one."""
        raise NotImplementedError

    def figure_url(self, key: str, *, column: str = "", assistant: User | None = None) -> str:
        """URL of today's list of a number."""
        raise NotImplementedError

    @property
    def file_name(self) -> str:
        """Of the paper, without what names the issue."""
        raise NotImplementedError

    # ---- the same for every kind
    @cached_property
    def issued(self) -> IssuedReport:
        """The issue shown. Raises Http404 before the first one."""
        return self._issue("wydanie") or self.issues[-1]

    @cached_property
    def other(self) -> IssuedReport | None:
        """The later issue it is compared with; None for today."""
        other = self._issue("z")
        if other and other.number <= self.issued.number:
            raise Http404("Porównuje się z późniejszym wydaniem.")
        return other

    def _issue(self, name: str) -> IssuedReport | None:
        if not self.issues:
            raise Http404("Tego sprawozdania jeszcze nie wydano.")
        if not (asked := self.request.GET.get(name, "")):
            return None
        wanted = parse_int(asked)
        issue = next((each for each in self.issues if each.number == wanted), None)
        if issue is None:
            raise Http404("Nie ma takiego wydania.")
        return issue

    @cached_property
    def kind(self) -> ReportKind:
        return kind_of(self.issued)

    @cached_property
    def current(self) -> ReportStatement:
        return self.kind.build_statement(self.issued)

    @property
    def issue_query(self) -> dict[str, int]:
        """The query that names the two sides."""
        query = {} if self.issued is self.issues[-1] else {"wydanie": self.issued.number}
        return query | ({"z": self.other.number} if self.other else {})

    def heading_context(self) -> dict[str, Any]:
        """What every page of the report names."""
        issued, other = self.issued, self.other
        return {
            "issued": issued,
            "other": other,
            "subject": self.kind.subject(issued),
            "kind_title": self.kind.title,
            "whose": str(issued.assistant or issued.edition or "cały ośrodek"),
            "labels": (issued.label, other.label if other else "Teraz"),
        }


class IssuedReportView(IssuedReportBaseView, PageView):
    """What was issued, who prepared and approved it, and every number that is different today or in a later issue."""

    template_name = "reports/issued.html"
    words = {
        "title": "Wydane do podpisu",
        "verb": "Wydano",
        "pdf": "PDF do podpisu",
        "correct": "Wydaj korektę",
        "text": "Wnioski i potrzeby napisano od tego dnia inaczej; na wydruku do podpisu są te z dnia wydania.",
    }

    @cached_property
    def sides(self) -> tuple[Side, Side]:
        later = frozen_side(self.other) if self.other else current_side(self.current)
        return frozen_side(self.issued), later

    def get_context_data(self, **kwargs):  # kwargs hold the URL parameters, which the context has as objects
        differences = compare_sides(*self.sides)
        text = self.other.text if self.other else self.current_text
        changed = bool(differences) or text != self.issued.text
        is_last = self.issued is self.issues[-1]
        return super().get_context_data(
            **self.heading_context(),
            words=self.words,
            total=len(differences),
            own=[self.difference(each) for each in differences if each.is_own],
            others=[self.difference(each) for each in differences if not each.is_own],
            definitions=changed_definitions(*self.sides),
            text_changed=text != self.issued.text,
            later_text=text,
            issues=[self.issue_context(each) for each in self.issues],
            current_url=self.current_url(),
            pdf_url=self.issued_pdf_url(**self.issue_query),
            today_url=self.issued_url() if self.other or not is_last else "",
            correct_url=self.correction_url() if changed and is_last else "",
        )

    def difference(self, each: NumberDifference) -> dict[str, Any]:
        """A difference with the URLs of today's list and of the rows that make it."""
        is_computed = each.figure.key in self.sides[1].definitions
        has_list = is_computed and self.other is None
        return difference_context(
            each,
            column=self.kind.column_name(self.issued, each.column),
            url=self.figure_url(each.figure.key, column=each.column, assistant=each.assistant)
            if has_list
            else "",
            rows_url=self.issued_url(each.figure.key, **self.issue_query)
            if each.rows and is_computed
            else "",
        )

    def issue_context(self, each: IssuedReport) -> dict[str, Any]:
        """A line of the list of issues, with what compares it with the one before."""
        before = self.issues[each.correction - 1] if each.correction else None
        return {
            "issue": each,
            "url": self.issued_url(wydanie=each.number),
            "pdf_url": self.issued_pdf_url(wydanie=each.number),
            "compare_url": self.issued_url(wydanie=before.number, z=each.number) if before else "",
            "is_shown": each is self.issued and self.other is None,
        }


def difference_context(
    each: NumberDifference, *, column: str = "", url: str = "", rows_url: str = ""
) -> dict[str, Any]:
    """A row of reports/_differences.html."""
    return {
        "difference": each,
        "column": column,
        "url": url,
        "rows_url": rows_url,
        "rows_text": _rows_text(each.rows) if each.rows else "",
    }


class IssuedPdfView(IssuedReportBaseView):
    """The paper, as it was issued."""

    makes_document = True

    def get(self, request, *args, **kwargs):
        paper = paper_of(self.issued)
        if paper is None:
            raise Http404("Wydruku tego sprawozdania już nie ma.")
        what = f"korekta-{self.issued.correction}" if self.issued.correction else "do-podpisu"
        return IssuedPaperResponse(paper, f"{self.file_name}-{what}.pdf")


class IssuedFigureView(IssuedReportBaseView, PageView):
    """The rows that make a number different from the one issued."""

    template_name = "reports/issued_rows.html"

    @cached_property
    def figure(self) -> Figure:
        """The figure from the URL. Raises Http404 for one without rows in this report."""
        figure: AnyFigure | None = self.kind.figures(self.issued).get(self.kwargs["figure"])
        if not isinstance(figure, Figure) or figure.rows_for(self.assistant_id) is None:
            raise Http404("Nie ma takiej liczby.")
        return figure

    @property
    def assistant_id(self) -> int | None:
        pk: int | None = self.issued.assistant_id
        return pk

    @property
    def rows(self) -> RowSet:
        return self.figure.require_rows(self.assistant_id)

    def get_context_data(self, **kwargs):  # kwargs hold the URL parameters, which the context has as objects
        period = self.issued.period
        then = rows_of_figure(self.issued, self.figure.key)
        if then is None:
            raise Http404("Tej liczby nie ma w wydanym sprawozdaniu.")
        later: dict[int, Number] | None
        if self.other:
            later, later_rows = rows_of_figure(self.other, self.figure.key), self.all_rows()
        else:
            request = FigureRequest(self.rows, period)
            later = counted_ids([request], assistant_id=self.assistant_id).get(self.rows, {})
            later_rows = self.rows.list_queryset(period, assistant_id=self.assistant_id)
        changes = compare_rows(then, later) or RowChanges([], [], {})
        since = "w późniejszym wydaniu" if self.other else "po wydaniu"
        lists = [
            self.list_context(f"Doszły {since}", later_rows, changes.added),
            self.list_context("Już się nie liczą", self.all_rows(), changes.removed),
            self.list_context("Liczą się inaczej", later_rows, list(changes.amounts), changes.amounts),
        ]
        return super().get_context_data(
            **self.heading_context(),
            figure=self.figure,
            issued_url=self.issued_url(**self.issue_query),
            list_url="" if self.other else self.figure_url(self.figure.key),
            columns=self.rows.row_type.columns,
            row_forms=self.rows.row_type.forms,
            lists=[each for each in lists if each["total"]],
        )

    def all_rows(self) -> QuerySet[Any]:
        """Every row of the centre, of the assistant or of the project, whatever counts it."""
        row_type, assistant_id = self.rows.row_type, self.assistant_id
        rows = row_type.get_queryset()
        return rows.filter(**{row_type.assistant_path: assistant_id}) if assistant_id else rows

    def list_context(
        self, title: str, rows: QuerySet[Any], ids: list[int], amounts: dict[int, Number] | None = None
    ) -> dict[str, Any]:
        """The rows of these ids as cells; ``lost``: how many of them are gone."""
        row_type, path = self.rows.row_type, self.rows.id_path
        rows = rows.filter(is_among(ids, path))
        existing = rows.order_by().values(path).distinct().count() if ids else 0
        by_id: dict[int, Any] = {}
        rows = row_type.orderable(rows, self.request.user, self.request.today)
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

    def amount_text(self, amount: Number) -> str:
        return format_minutes(int(amount)) if self.figure.unit == "hours" else number(amount, 2)


def _rows_text(rows: RowChanges) -> str:
    """ "2 doszły, 1 odpadł, 1 inaczej"."""
    parts = (
        (len(rows.added), "doszedł,doszły,doszło"),
        (len(rows.removed), "odpadł,odpadły,odpadło"),
        (len(rows.amounts), "liczy się inaczej,liczą się inaczej,liczy się inaczej"),
    )
    return ", ".join(count_of(number_of, forms) for number_of, forms in parts if number_of)
