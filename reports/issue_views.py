"""A closed quarter issued for signature: the forms that issue and correct it, and its pages as a frozen report."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect

from families.people.permissions import FAMILY_LIST_AREA
from lubsko_ops.accounts.models import User
from lubsko_ops.core.forms import BaseForm
from lubsko_ops.submissions.base_views import ActionFormView
from reports.actions import can_write_quarter_text, issue_quarter
from reports.catalogue.quarterly import FIGURES
from reports.checks import PASSED, ReportCheck, run_checks
from reports.forms import CorrectionForm, IssueForm
from reports.freezing import NOTHING_TO_CORRECT
from reports.frozen_views import (
    IssuedFigureView,
    IssuedPdfView,
    IssuedReportBaseView,
    IssuedReportView,
    difference_context,
)
from reports.issuing import NumberDifference, find_differences, fingerprint
from reports.kinds import ReportStatement
from reports.models import IssuedReport, QuarterText
from reports.queries import get_issued_report, get_quarter_text, issued_quarters
from reports.render.pdf import highlights
from reports.views import OwnQuarterBaseView, QuarterBaseView

SEEN_FIELD = "_seen"  # fingerprint of the numbers and conclusions on the page


class IssueQuarterView(QuarterBaseView, ActionFormView):
    """Issue the report: what will be signed, the checks that need attention, and the conclusions."""

    form_class: type[BaseForm] = IssueForm
    template_name = "reports/issue.html"
    keeps_drafts = False

    @property
    def page_title(self) -> str:  # type: ignore[override]  # an attribute in the base; only read
        return f"Wydaj do podpisu: sprawozdanie, {self.quarter.name}"

    @cached_property
    def text(self) -> QuarterText:
        return get_quarter_text(self.quarter, self.assistant)

    @cached_property
    def issued(self) -> IssuedReport | None:
        return get_issued_report(self.quarter, self.assistant)

    def get(self, request, *args, **kwargs):
        self.require_author()
        if self.quarter.running:
            raise Http404("Kwartał jeszcze trwa.")
        return self.elsewhere() or super().get(request, *args, **kwargs)

    def elsewhere(self):
        """Where the page leads when there is nothing to issue here; otherwise None."""
        return redirect(self.report_url("issued")) if self.issued else None

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
            reason=form.cleaned_data.get("reason", ""),
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


class CorrectQuarterView(IssueQuarterView):
    """Issue a correction (korekta): what changed since the last issue, and why it is issued again."""

    form_class = CorrectionForm
    keeps_drafts = True

    @property
    def page_title(self) -> str:  # type: ignore[override]  # an attribute in the base; only read
        return (
            f"Wydaj korektę nr {self.issued.number if self.issued else 1}: sprawozdanie, {self.quarter.name}"
        )

    @cached_property
    def differences(self) -> list[NumberDifference]:
        return find_differences(self.issued, self.statement) if self.issued else []

    @property
    def text_changed(self) -> bool:
        return self.issued is not None and self.issued.text != self.text.text

    def elsewhere(self):
        if self.issued is None:
            return redirect(self.report_url("issue"))
        if not self.differences and not self.text_changed:
            messages.warning(self.request, NOTHING_TO_CORRECT)
            return redirect(self.report_url("issued"))
        return None

    def get_success_message(self):
        number = self.result.correction if self.result else 0
        return f"Wydano korektę nr {number} sprawozdania za {self.quarter.name}."

    def get_cancel_url(self):
        return self.report_url("issued")

    def get_context_data(self, **kwargs):
        own = [self.difference(each) for each in self.differences if each.is_own]
        return super().get_context_data(
            corrected=self.issued,
            own=own,
            others=len(self.differences) - len(own),
            text_changed=self.text_changed,
            labels=(self.issued.label if self.issued else "", "Teraz"),
            **kwargs,
        )

    def difference(self, each: NumberDifference) -> dict[str, Any]:
        """A difference with the URLs of today's list and of the rows that make it."""
        key, is_computed = each.figure.key, each.figure.key in FIGURES
        return difference_context(
            each,
            url=self.report_url("figure", key) if is_computed else "",
            rows_url=self.report_url("issued-figure", key) if is_computed and each.rows else "",
        )


class OwnCorrectQuarterView(OwnQuarterBaseView, CorrectQuarterView):
    """Correct the own report, of a manager who is also an assistant, under its own path."""


class IssuedQuarterBaseView(QuarterBaseView, IssuedReportBaseView):
    """Base of the pages of an issued quarter; 404 before it is issued."""

    @cached_property
    def issues(self) -> list[IssuedReport]:
        return list(issued_quarters(self.assistant).filter(starts_on=self.quarter.quarter.start))

    @property
    def current(self) -> ReportStatement:
        return self.statement

    @cached_property
    def current_text(self) -> str:
        return get_quarter_text(self.quarter, self.assistant).text

    def issued_url(self, *more: str, **query) -> str:
        return self.report_url("issued-figure" if more else "issued", *more, **query)

    def issued_pdf_url(self, **query) -> str:
        return self.report_url("issued-pdf", **query)

    def current_url(self) -> str:
        return self.report_url()

    def correction_url(self) -> str:
        may_write = can_write_quarter_text(self.request.user, assistant=self.assistant)
        return self.report_url("correct") if may_write else ""

    def figure_url(self, key: str, *, column: str = "", assistant: User | None = None) -> str:
        query = {"kolumna": column}
        if assistant:
            query["asystent"] = str(assistant.pk)
        return self.report_url("figure", key, **query)

    @property
    def file_name(self) -> str:
        suffix = f"-asystent-{self.assistant.pk}" if self.assistant else ""
        year, quarter = self.url_args
        return f"sprawozdanie-{year}-{quarter}{suffix}"


class IssuedQuarterView(IssuedQuarterBaseView, IssuedReportView):
    """What was issued of the quarter, and what is different today or in a correction."""


class IssuedQuarterPdfView(IssuedQuarterBaseView, IssuedPdfView):
    """The paper for signature, as it was issued."""


class IssuedQuarterFigureView(IssuedQuarterBaseView, IssuedFigureView):
    """The rows that make a number of the quarter different."""

    access_area = FAMILY_LIST_AREA
