"""Pages of the plan: the current version, any version, a comparison of two, and the PDF documents."""

from functools import cached_property

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from families import law
from families.base_views import FamilyMixin, FamilyPageView
from families.caseload.models import COUNTED_KINDS
from families.choices import DeadlineKind, PlanState
from families.plans import comparison, papers, pdf, presenters, queries
from families.plans.co_authors import co_authors_text, specialist_names
from families.plans.models import Plan
from families.plans.permissions import PLAN_AREA, PLAN_SIGN, PLAN_VIEW, PLAN_WRITE
from families.plans.review_triggers import ReviewTrigger, TriggerKind, review_reasons
from families.plans.workflow import WorkflowState, next_step, progress_steps
from lubsko_ops.centre.norms import get_due_on
from lubsko_ops.core.links import reverse
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.output.documents import pdf_response
from lubsko_ops.output.issued_papers import IssuedPaperResponse, PaperKind
from lubsko_ops.output.models import IssuedPaper

CONFIRMED = "mimo-to"
NOT_ISSUED_YET = (
    "Wydruk do podpisu powstaje, gdy kierownik zaakceptuje plan, obowiązujący: z ostatnim podpisem."
)
NOT_ACCEPTED_YET = "Plan dla rodziny można wydrukować, gdy kierownik zaakceptuje plan."


class PlanPageView(FamilyPageView):
    """Base of the pages about plans, with every version of the family, newest first."""

    permission = PLAN_VIEW
    access_area = PLAN_AREA
    current_tab = "families:plan"

    @cached_property
    def versions(self) -> list[Plan]:
        return queries.VERSIONS.all(family=self.family.pk)

    def get_version(self, number: int | None) -> Plan | None:
        return next((plan for plan in self.versions if plan.number == number), None)


class PlanView(PlanPageView):
    """The unsigned version or the one in force; before the first plan, when it is due."""

    template_name = "plans/plan.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(page_title="plan pracy", **kwargs)
        self.summary, self.case_state = context["header"]["summary"], context["header"]["case_state"]
        plan = self.get_plan()
        context |= {"versions": self.versions, "work_ended": self.get_work_ended_on(plan)}
        return context | (self.get_plan_context(plan) if plan else self.get_empty_context())

    def get_plan(self) -> Plan | None:
        """Of the current work period: the unsigned version, else the one in force, else the last one."""
        period, on = self.summary.period_id, self.request.today
        plans = [plan for plan in self.versions if plan.period_id == period]
        unsigned = (plan for plan in plans if plan.state != PlanState.SIGNED)
        in_force = (plan for plan in plans if plan.in_force_on(on))
        return next(unsigned, None) or next(in_force, None) or next(iter(plans), None)

    def get_work_ended_on(self, plan: Plan | None):
        """The last day of the work period of the version, if it is over."""
        period = plan.period if plan else self.case_state.period
        is_over = period and period.ends_on and period.ends_on < self.request.today
        return period.ends_on if is_over else None

    def get_plan_context(self, plan: Plan) -> dict:
        on = self.request.today
        queries.prefetch_details(plan)
        rows = presenters.row_summaries(plan, on=on)
        signers = presenters.signature_summaries(plan, on=on)
        state = self.get_workflow_state(plan, signers)
        last_return = presenters.latest_return(plan)
        earlier = [each for each in self.versions if each.number < plan.number]
        return {
            "page_title": f"plan pracy, wersja {plan.number}",
            "plan": plan,
            "rows": rows,
            "co_authors": co_authors_text(plan, specialist_names(plan)) if plan.co_authors else "",
            "overdue_count": sum(row.is_overdue for row in rows),
            "signers": signers,
            "steps": progress_steps(state),
            "next_step": next_step(state),
            "last_return": last_return,
            "return_summary": presenters.return_summary(last_return) if last_return else "",
            "past_planned_end": presenters.is_in_force_past_planned_end(plan, on=on),
            "was_in_force_before": plan.was_in_force
            and bool(plan.in_force_until)
            and plan.in_force_until < on,
            "can_print": plan.state != PlanState.DRAFT,
            "previous": earlier[0] if earlier else None,
            "other_versions": [each for each in self.versions if each != plan],
            "reviews": queries.reviews_without_change(plan) if plan.in_force_from else [],
            "can_record_progress": state.can(PLAN_WRITE) and plan.in_force_on(on),
            "can_delete_signature": state.can(PLAN_SIGN) and plan.state == PlanState.ACCEPTED,
            "can_add_signature": state.can(PLAN_SIGN) and plan.in_force_on(on),
            **self.get_other_in_force_context(plan),
        }

    def get_workflow_state(self, plan: Plan, signers) -> WorkflowState:
        lead, deadlines = self.summary.social_worker, self.case_state.deadlines
        return WorkflowState(
            plan=plan,
            family=self.family,
            user=self.request.user,
            on=self.request.today,
            social_worker=str(lead or ""),
            editable=self.family.workable and not self.get_work_ended_on(plan),
            missing=[each.person for each in signers if each.required and not each.signature],
            reasons=self.get_review_reasons(plan),
            review_by=next((row.due_on for row in deadlines if row.kind == DeadlineKind.PLAN_REVIEW), None),
        )

    def get_review_reasons(self, plan: Plan) -> list[ReviewTrigger]:
        """Why the version in force is due for review, without the end of its period if the page shows it anyway."""
        on = self.request.today
        reasons = review_reasons(self.family, on=on) if plan.in_force_on(on) else []
        return [
            each
            for each in reasons
            if each.kind != TriggerKind.END_OF_PERIOD
            or not presenters.is_in_force_past_planned_end(plan, on=on)
        ]

    def get_other_in_force_context(self, plan: Plan) -> dict:
        """Another version in force, whether its planned period is over, and whether this one begins after it."""
        on = self.request.today
        other = next((each for each in self.versions if each != plan and each.in_force_on(on)), None)
        return {
            "other_in_force": other,
            "other_past_planned_end": other is not None
            and presenters.is_in_force_past_planned_end(other, on=on),
            "follows_other": other is not None and plan.covers_from > other.covers_to,
        }

    def get_empty_context(self) -> dict:
        """When the first plan is due, counted from the first assistant of the work period."""
        case_state, user = self.case_state, self.request.user
        rows = [row for row in case_state.all_assignments if row.kind in COUNTED_KINDS]
        assignments = [row for row in rows if case_state.period and row.period_id == case_state.period.pk]
        due_on = None
        if assignments:
            due_on = get_due_on(
                "plan_days",
                assignments[0].starts_on,
                on=self.request.today,
                count=lambda day, norm: law.plan_due_on(day, days=norm),
            )
        can_write = self.family.workable and case_state.working and has_permission(user, PLAN_WRITE)
        return {"plan": None, "due_on": due_on, "other_versions": self.versions, "can_write": can_write}


class PlanVersionView(PlanView):
    """Any one version."""

    def setup_object(self, pk, version, **kwargs):
        super().setup_object(pk)
        self.plan = self.get_version(version)
        if self.plan is None:
            raise Http404

    def get_plan(self) -> Plan:
        return self.plan


class PlanCompareView(PlanPageView):
    """Two versions side by side: the one in the URL and another, by default the previous one."""

    template_name = "plans/compare.html"

    def setup_object(self, pk, version, **kwargs):
        super().setup_object(pk)
        self.plan = self.get_version(version)
        if self.plan is None:
            raise Http404

    def get(self, request, *args, **kwargs):
        """Redirect to the URL of the version chosen in the form."""
        number, other_number = (parse_int(request.GET.get(name)) for name in ("wersja", "z"))
        if number != self.plan.number and self.get_version(number):
            url = reverse("families:plan-compare", args=[self.family.pk, number])
            return redirect(f"{url}?z={other_number or ''}")
        return super().get(request, *args, **kwargs)

    def get_other_version(self) -> Plan | None:
        """The requested version; by default the nearest earlier one, or for the first version the nearest later."""
        requested = self.get_version(parse_int(self.request.GET.get("z")))
        if requested and requested != self.plan:
            return requested
        earlier = [plan for plan in self.versions if plan.number < self.plan.number]
        later = [plan for plan in reversed(self.versions) if plan.number > self.plan.number]
        return next(iter(earlier + later), None)

    def get_context_data(self, **kwargs):
        kwargs.pop("version", None)
        context = super().get_context_data(page_title="porównanie wersji planu", **kwargs)
        other = self.get_other_version()
        if other is None:
            return context | {"plan": self.plan, "versions": self.versions}
        before, now = sorted((self.plan, other), key=lambda plan: plan.number)
        rows = comparison.diff_rows(queries.prefetch_details(before), queries.prefetch_details(now))
        return context | {
            "plan": self.plan,
            "versions": self.versions,
            "can_choose": len(self.versions) > 2,
            "before": before,
            "now": now,
            "plan_fields": comparison.diff_plan_fields(before, now),
            "rows": rows,
            "change_summary": comparison.summarize_changes(rows),
        }


class PlanPdfView(FamilyMixin):
    """Base of the PDF documents of the plan."""

    permission = PLAN_VIEW
    access_area = PLAN_AREA
    makes_document = True


class PlanVersionPdfView(PlanPdfView):
    """Base of the PDF documents of one version; one on paper has none here."""

    def setup_object(self, pk, version) -> None:
        super().setup_object(pk=pk)
        self.plan = get_object_or_404(
            queries.with_details(queries.plan_versions(self.family)), number=version
        )
        if self.plan.is_on_paper:
            raise Http404


class FormalPlanPdfView(PlanVersionPdfView):
    """The formal plan as it was issued last; a draft, and a plan that was never issued, as of today.

    A paper with an address that must no longer be printed opens only after a warning: it stays as issued, but it
    must not be handed out unknowingly.
    """

    def get(self, request, **kwargs):
        paper = self.get_paper()
        filename = f"plan-pracy-{self.plan.pk}.pdf"
        if (
            paper is not None
            and CONFIRMED not in request.GET
            and papers.has_withheld_address(paper, self.family)
        ):
            return render(request, "plans/withheld_address.html", {"plan": self.plan, "family": self.family})
        if paper is not None:
            return IssuedPaperResponse(paper, filename)
        html = papers.plan_html(self.plan, user=request.user, today=request.today)
        return pdf_response(html, filename)

    def get_paper(self) -> IssuedPaper | None:
        return papers.newest_paper(self.plan)


class IssuedPlanPdfView(FormalPlanPdfView):
    """One of the two issued papers, available once it is issued."""

    kind: PaperKind = papers.FOR_SIGNATURE

    def get(self, request, **kwargs):
        issued = self.plan.frozen if self.kind == papers.FOR_SIGNATURE else bool(self.plan.in_force_from)
        if not issued:
            messages.info(request, NOT_ISSUED_YET)
            return redirect("families:plan-version", self.family.pk, self.plan.number)
        return super().get(request, **kwargs)

    def get_paper(self) -> IssuedPaper | None:
        return papers.issued_plans(self.plan).get(self.kind.code)


class PlanProgressPdfView(FormalPlanPdfView):
    """A copy of the plan with its progress until today."""

    def get_paper(self) -> None:
        return None


class FamilyPlanPdfView(PlanVersionPdfView):
    """The plan in plain language, available once accepted."""

    def get(self, request, **kwargs):
        if not self.plan.frozen:
            messages.info(request, NOT_ACCEPTED_YET)
            return redirect("families:plan-version", self.family.pk, self.plan.number)
        html = pdf.family_plan(self.plan, user=request.user, today=request.today)
        return pdf_response(html, f"plan-dla-rodziny-{self.plan.pk}.pdf")


class BlankPlanPdfView(PlanPdfView):
    """A blank form to fill in by hand, with the data of the family."""

    def get(self, request, **kwargs):
        period = self.family.periods.active_on(request.today).first()
        html = pdf.blank_plan(self.family, period, user=request.user, today=request.today)
        return pdf_response(html, f"plan-formularz-{self.family.pk}.pdf")
