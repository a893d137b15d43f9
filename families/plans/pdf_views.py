"""Addresses of the plan's papers. Whoever may read the plan may print it; each paper is written in the read log."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from families.base_views import FamilyMixin
from families.plans import pdf
from families.plans.queries import versions_of, whole
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.permissions import Permission
from lubsko_ops.output.pdf import pdf_response

NOT_YET = "Plan dla rodziny można wydrukować, gdy kierownik zaakceptuje plan."


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
