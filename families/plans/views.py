"""Reading the plan: the version that matters, any version, two versions side by side."""

from functools import cached_property

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from families import law
from families.base_views import FamilyMixin, FamilyPageView
from families.caseload.models import COUNTED_KINDS
from families.choices import DeadlineKind, PlanState
from families.plans import comparison, pdf, presenters, queries
from families.plans.models import Plan
from families.plans.queries import versions_of, whole
from families.plans.review_triggers import END_OF_PERIOD, Event, review_reasons
from families.plans.workflow import Situation, steps_of, turn_of
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.permissions import Permission, has_permission
from lubsko_ops.output.pdf import pdf_response

NOT_YET = "Plan dla rodziny można wydrukować, gdy kierownik zaakceptuje plan."


class OfPlans(FamilyPageView):
    """What the pages about plans share: every version of the family's file, the newest first."""

    permission = Permission.PLAN_VIEW
    access_area = AccessArea.PLAN
    page = "families:plan"

    @cached_property
    def versions(self) -> list[Plan]:
        return list(queries.versions_of(self.family))

    def numbered(self, number: int | None) -> Plan | None:
        return next((plan for plan in self.versions if plan.number == number), None)


class PlanPage(OfPlans):
    """Plan: the version on its way or in force; before the first one, what to do and until when."""

    template_name = "families/plans/plan.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(page_title="plan pracy", **kwargs)
        self.standing = context["bar"]["standing"]
        plan = self.chosen()
        context |= {"versions": self.versions, "work_ended": self.ended_on(plan)}
        return context | (self.about(plan) if plan else self.without_plan())

    def chosen(self) -> Plan | None:
        """Of the present work: the version on its way, else the one in force, else the last one."""
        period, on = self.standing.period, self.request.today
        mine = [plan for plan in self.versions if period and plan.period_id == period.pk]
        on_its_way = (plan for plan in mine if plan.state != PlanState.SIGNED)
        in_force = (plan for plan in mine if plan.in_force_on(on))
        return next(on_its_way, None) or next(in_force, None) or next(iter(mine), None)

    def ended_on(self, plan: Plan | None):
        """The last day of the work the version belongs to, when it is over."""
        period = plan.period if plan else self.standing.period
        over = period and period.ends_on and period.ends_on < self.request.today
        return period.ends_on if over else None

    def about(self, plan: Plan) -> dict:
        on = self.request.today
        queries.fill(plan)
        rows = presenters.rows_of(plan, on=on)
        signers = presenters.signers(plan, on=on)
        at = self.situation(plan, signers)
        back = presenters.last_return(plan)
        earlier = [each for each in self.versions if each.number < plan.number]
        return {
            "page_title": f"plan pracy, wersja {plan.number}",
            "plan": plan,
            "rows": rows,
            "late": sum(row.late for row in rows),
            "signers": signers,
            "steps": steps_of(at),
            "turn": turn_of(at),
            "sent_back": back,
            "back_words": presenters.return_words(back) if back else "",
            "ran_out": presenters.ran_out(plan, on=on),
            "other": self.other_in_force(plan),
            "before": earlier[0] if earlier else None,
            "others": [each for each in self.versions if each != plan],
            "reviews": queries.reviews_of(plan) if plan.in_force_from else [],
            "may_progress": at.may(Permission.PLAN_WRITE) and plan.in_force_on(on),
            "may_take_back": at.may(Permission.PLAN_SIGN) and plan.state == PlanState.ACCEPTED,
            "may_add_signature": at.may(Permission.PLAN_SIGN) and plan.in_force_on(on),
        }

    def situation(self, plan: Plan, signers) -> Situation:
        lead, duties = self.standing.lead, self.standing.duties
        return Situation(
            plan=plan,
            family=self.family,
            user=self.request.user,
            on=self.request.today,
            worker=str(lead.social_worker) if lead else "",
            goes_on=self.family.workable and not self.ended_on(plan),
            missing=[each.person for each in signers if each.needed and not each.signature],
            reasons=self.reasons_of(plan),
            review_by=next((row.due_on for row in duties if row.kind == DeadlineKind.PLAN_REVIEW), None),
        )

    def reasons_of(self, plan: Plan) -> list[Event]:
        """Why the version in force is to be looked at again; that its period is over stands on the page anyway."""
        on = self.request.today
        found = review_reasons(self.family, on=on) if plan.in_force_on(on) else []
        return [each for each in found if each.what != END_OF_PERIOD or not presenters.ran_out(plan, on=on)]

    def other_in_force(self, plan: Plan) -> Plan | None:
        on = self.request.today
        return next((each for each in self.versions if each != plan and each.in_force_on(on)), None)

    def without_plan(self) -> dict:
        """The day the first plan is due by, counted from the first assistant of the work."""
        standing, user = self.standing, self.request.user
        rows = [row for row in standing.all_assignments if row.kind in COUNTED_KINDS]
        mine = [row for row in rows if standing.period and row.period_id == standing.period.pk]
        due = law.plan_due_on(mine[0].starts_on, days=get_norm("plan_days")) if mine else None
        may_write = self.family.workable and standing.working and has_permission(user, Permission.PLAN_WRITE)
        return {"plan": None, "due": due, "others": self.versions, "may_write": may_write}


class PlanVersion(PlanPage):
    """One version, whatever became of it."""

    def setup_object(self, pk, version, **kwargs):
        super().setup_object(pk)
        self.plan = self.numbered(version)
        if self.plan is None:
            raise Http404

    def chosen(self) -> Plan:
        return self.plan


class PlanCompare(OfPlans):
    """Two versions side by side: the one of the address and another, by default the one before."""

    template_name = "families/plans/compare.html"

    def setup_object(self, pk, version, **kwargs):
        super().setup_object(pk)
        self.plan = self.numbered(version)
        if self.plan is None:
            raise Http404

    def get(self, request, *args, **kwargs):
        """The form of the page chooses both versions: the later one has the address."""
        later, with_which = (parse_int(request.GET.get(name)) for name in ("wersja", "z"))
        if later != self.plan.number and self.numbered(later):
            address = reverse("families:plan-compare", args=[self.family.pk, later])
            return redirect(f"{address}?z={with_which or ''}")
        return super().get(request, *args, **kwargs)

    def other(self) -> Plan | None:
        """The version asked for; without one the nearest earlier, or the nearest later of the first."""
        asked = self.numbered(parse_int(self.request.GET.get("z")))
        if asked and asked != self.plan:
            return asked
        earlier = [plan for plan in self.versions if plan.number < self.plan.number]
        later = [plan for plan in reversed(self.versions) if plan.number > self.plan.number]
        return next(iter(earlier + later), None)

    def get_context_data(self, **kwargs):
        kwargs.pop("version", None)
        context = super().get_context_data(page_title="porównanie wersji planu", **kwargs)
        other = self.other()
        if other is None:
            return context | {"plan": self.plan, "versions": self.versions}
        before, now = sorted((self.plan, other), key=lambda plan: plan.number)
        pairs = comparison.pairs_of(queries.fill(before), queries.fill(now))
        return context | {
            "plan": self.plan,
            "versions": self.versions,
            "before": before,
            "now": now,
            "head": comparison.head_of(before, now),
            "pairs": pairs,
            "counted": comparison.counted(pairs),
        }


class Paper(FamilyMixin):
    """A document of the plan of one family."""

    permission = Permission.PLAN_VIEW
    access_area = AccessArea.PLAN

    def answer(self, content: bytes, filename: str):
        self.log_access([self.family.pk])
        return pdf_response(content, filename)


class OfVersion(Paper):
    """A document of one version."""

    def setup_object(self, pk, version) -> None:
        super().setup_object(pk=pk)
        self.plan = get_object_or_404(whole(versions_of(self.family)), number=version)


class PlanPdf(OfVersion):
    """The formal plan, to be signed."""

    def get(self, request, **kwargs):
        content = pdf.formal_plan(self.plan, user=request.user, today=request.today)
        return self.answer(content, f"plan-pracy-{self.plan.pk}.pdf")


class FamilyPlanPdf(OfVersion):
    """The plan in plain words; a draft is not handed out to anybody."""

    def get(self, request, **kwargs):
        if not self.plan.frozen:
            messages.info(request, NOT_YET)
            return redirect("families:plan-version", self.family.pk, self.plan.number)
        content = pdf.family_plan(self.plan, user=request.user, today=request.today)
        return self.answer(content, f"plan-dla-rodziny-{self.plan.pk}.pdf")


class BlankPlanPdf(Paper):
    """The form to fill in by hand, with what is known of the family."""

    def get(self, request, **kwargs):
        period = self.family.periods.active_on(request.today).first()
        content = pdf.blank_plan(self.family, period, user=request.user, today=request.today)
        return self.answer(content, f"plan-formularz-{self.family.pk}.pdf")
