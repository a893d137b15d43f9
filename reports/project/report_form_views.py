"""Form pages of a project's report: its texts, presenting, returning, approving, correcting."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect

from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core.forms import BaseForm
from lubsko_ops.core.links import reverse
from lubsko_ops.submissions.base_views import ActionFormView
from lubsko_ops.submissions.keys import REFRESH
from projects.actions import NOT_AUTHOR
from projects.permissions import PROJECT_APPROVE, PROJECT_WRITE
from reports.freezing import NOTHING_TO_CORRECT
from reports.frozen_views import difference_context
from reports.issue_views import SEEN_FIELD
from reports.issuing import NumberDifference, find_differences, fingerprint
from reports.kinds import approval_refusal
from reports.project import actions
from reports.project.checks import BLOCKS, PASSED
from reports.project.proposals import Proposals
from reports.project.report_forms import (
    TEXT_FIELDS,
    ApproveReportForm,
    CorrectReportForm,
    PresentForm,
    ReportTextsForm,
    ReturnReportForm,
)
from reports.project.report_views import ReportBaseView
from reports.project.state import Stage, differs


class ReportFormView(ReportBaseView, ActionFormView):
    """A form about the report of a project."""

    permission = PROJECT_WRITE
    form_class: type[BaseForm]
    template_name = "reports/project/form_page.html"
    title = ""

    def setup_object(self, pk, **kwargs) -> None:
        super().setup_object(pk)
        self.check_right()

    def check_right(self) -> None:
        """Raise PermissionDenied for users who may not use the form."""
        if not self.may_write:
            raise PermissionDenied(NOT_AUTHOR)

    @property
    def page_title(self) -> str:  # type: ignore[override]  # an attribute in the base; only read
        return f"{self.title}: {self.report.title[:1].lower()}{self.report.title[1:]}"

    @property
    def draft_title(self) -> str:
        return f"{self.edition}: {self.page_title}"

    def get_instance(self):
        return self.state.text

    def get_cancel_url(self):
        return self.report_url()

    def get(self, request, *args, **kwargs):
        """Lead back to the report when the form cannot be used; a stored draft is shown anyway."""
        if self.get_requested_draft() is None and (refusal := self.get_refusal()):
            messages.warning(request, refusal)
            return HttpResponseRedirect(self.get_cancel_url())
        return super().get(request, *args, **kwargs)

    def get_refusal(self) -> str:
        """Why the form does not open, otherwise empty; the action refuses for the same reason."""
        return ""

    def step_kwargs(self) -> dict[str, Any]:
        return {
            "edition": self.edition,
            "period": self.report.days,
            "version": self.opened_version,
            "by": self.request.user,
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(report=self.report, state=self.state, **kwargs)


# ---- texts -------------------------------------------------------------------------------------------
class ReportTextsView(ReportFormView):
    """The texts, with sentences about the numbers that the author may take over."""

    form_class = ReportTextsForm
    template_name = "reports/project/texts.html"
    title = "Teksty"

    def get_refusal(self):
        return actions.WAITS if self.state.is_locked else ""

    def get_initial(self):
        state = self.state
        if not state.is_written and state.issue:  # issued before the texts existed
            return {"course": state.issue.text}
        return {name: getattr(state.text, name) for name in TEXT_FIELDS}

    @cached_property
    def proposals(self) -> dict[str, list[str]]:
        return Proposals(self.statement).by_text()

    def form_of(self, content):
        """The button of a text adds the sentences proposed for it, those that are not in it already."""
        name = self.request.POST.get(REFRESH, "")
        if sentences := self.proposals.get(name):
            typed = content.get(name, [""])[0].strip()
            words = " ".join(typed.split())  # fields do not keep the spaces that do not break
            new = [each for each in sentences if " ".join(each.split()) not in words]
            content = content | {name: ["\n".join(filter(None, [typed, *new]))]}
        return super().form_of(content)

    @property
    def starts_correction(self) -> bool:
        return self.state.stage == Stage.APPROVED

    def get_confirmations(self, form):
        if not self.starts_correction or self.state.issue is None:
            return []
        return [
            f"To sprawozdanie zatwierdzono {self.state.issue.issued_on:%d.%m.%Y}. Nowe teksty zaczynają korektę; "
            "zatwierdzone sprawozdanie zostaje takie, jakie było."
        ]

    def perform(self, form):
        return actions.write_report_texts(
            data=form.instance, starts_correction=self.starts_correction, **self.step_kwargs()
        )

    def get_success_message(self):
        return "Zapisano teksty sprawozdania."

    def get_context_data(self, **kwargs):
        form = kwargs["form"]
        parts = [
            {"field": form[name], "name": name, "sentences": self.proposals[name]} for name in TEXT_FIELDS
        ]
        return super().get_context_data(parts=parts, starts_correction=self.starts_correction, **kwargs)


# ---- steps -------------------------------------------------------------------------------------------
class ReportStepView(ReportFormView):
    """A step of the report, with the checks that are not passed."""

    template_name = "reports/project/step.html"
    keeps_drafts = False
    explanation = ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            explanation=self.explanation,
            open_checks=[check for check in self.checks if check.kind != PASSED],
            passed=sum(check.kind == PASSED for check in self.checks),
            total=len(self.checks),
            **kwargs,
        )

    @cached_property
    def differences(self) -> list[NumberDifference]:
        """From the last issue."""
        return find_differences(self.state.issue, self.statement) if self.state.issue else []

    @property
    def blocked(self) -> str:
        """The first sentence of what blocks the approval."""
        return next((check.text for check in self.checks if check.kind == BLOCKS), "")


class ReportPresentView(ReportStepView):
    form_class = PresentForm
    title = "Przedstaw do zatwierdzenia"
    explanation = "Kierownik zatwierdzi je albo odeśle z uwagami. Do tego czasu tekstów nie można zmieniać."

    def get_refusal(self):
        if self.state.is_locked:
            return actions.ALREADY_PRESENTED
        if self.blocked:
            return self.blocked
        return NOTHING_TO_CORRECT if self.state.issue and not differs(self.state, self.differences) else ""

    def perform(self, form):
        return actions.present_report(**self.step_kwargs())

    def get_success_message(self):
        return "Przedstawiono sprawozdanie do zatwierdzenia."


class DecisionView(ReportStepView):
    """A decision of the manager about a presented report."""

    permission = PROJECT_APPROVE

    def check_right(self):
        if not self.may_approve:
            raise PermissionDenied(actions.ONLY_MANAGER)

    def get_refusal(self):
        return actions.decision_refusal(self.state)


class ReportReturnView(DecisionView):
    form_class = ReturnReportForm
    title = "Odeślij z uwagami"
    explanation = "Autorzy zobaczą uwagi i poprawią sprawozdanie."
    keeps_drafts = True

    def perform(self, form):
        return actions.return_report(remarks=form.cleaned_data["remarks"], **self.step_kwargs())

    def get_success_message(self):
        return "Odesłano sprawozdanie z uwagami."


class ReportApproveView(DecisionView):
    """The approval, which freezes the numbers and texts on the page."""

    form_class: type[BaseForm] = ApproveReportForm
    template_name = "reports/project/approve.html"
    title = "Zatwierdź"

    def get(self, request, *args, **kwargs):
        if self.state.is_locked and (other := self.elsewhere()):
            return HttpResponseRedirect(self.step_url(other))
        return super().get(request, *args, **kwargs)

    def elsewhere(self) -> str:
        """The step that is right instead of this one; empty when it is this."""
        return "correct" if self.state.issue else ""

    def get_refusal(self):
        return super().get_refusal() or self.four_eyes_refusal or self.blocked

    @cached_property
    def four_eyes_refusal(self) -> str:
        text = self.state.text
        return approval_refusal(
            by=self.request.user.pk,
            prepared_by=text.presented_by_id or 0,
            writers=text.writers,
            small_staff=bool(get_norm("small_staff", on=self.request.today)),
        )

    def perform(self, form):
        return actions.approve_presented_report(
            seen=self.request.POST.get(SEEN_FIELD, ""),
            reason=form.cleaned_data.get("reason", ""),
            **self.step_kwargs(),
        )

    def get_success_url(self):
        return self.step_url("issued")

    def get_success_message(self):
        number = self.result.correction if self.result else 0
        name = f"Zatwierdzono korektę nr {number}" if number else "Zatwierdzono sprawozdanie"
        return f"{name}: {self.edition}, {self.report.days.name}."

    def get_context_data(self, **kwargs):
        text, keys = self.state.text, ("uczestnicy", "spotkania-odbyte", "frekwencja", "wydano")
        figures = [self.statement.catalogue[key] for key in keys]
        return super().get_context_data(
            seen_field=SEEN_FIELD,
            seen=fingerprint(self.statement, text.full_text),
            numbers=[
                (figure.title, self.statement.text(figure.key), self.figure_url(figure.key))
                for figure in figures
            ],
            texts=text.texts,
            copy_url=self.project_url("project-reports:pdf") + self.report.query,
            corrected=self.state.issue,
            own=[self.difference(each) for each in self.differences if each.is_own],
            text_changed=self.state.text_changed,
            labels=(self.state.issue.label if self.state.issue else "", "Teraz"),
            **kwargs,
        )

    def figure_url(self, key: str) -> str:
        return reverse("project-reports:figure", args=[self.edition.pk, key]) + self.report.query

    def difference(self, each: NumberDifference) -> dict[str, Any]:
        """A difference with the URLs of today's list and of the rows that make it."""
        key = each.figure.key
        is_computed = key in self.statement.catalogue
        rows_url = reverse("project-reports:issued-figure", args=[self.edition.pk, self.report.slug, key])
        return difference_context(
            each,
            url=self.figure_url(key) if is_computed else "",
            rows_url=rows_url if is_computed and each.rows else "",
        )


class ReportCorrectView(ReportApproveView):
    """The approval of a correction: what it changes, and why."""

    form_class = CorrectReportForm
    title = "Wydaj korektę"
    keeps_drafts = True

    def elsewhere(self):
        return "" if self.state.issue else "approve"

    def get_refusal(self):
        if refusal := super().get_refusal():
            return refusal
        return "" if differs(self.state, self.differences) else NOTHING_TO_CORRECT
