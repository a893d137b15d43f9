"""Forms of the plan workflow, one per action: consultation, acceptance, return, review, progress."""

from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect

from families import law
from families.base_views import FamilyFormView
from families.choices import PlanState
from families.plans import presenters, queries, validators
from families.plans.actions import (
    accept_plan,
    consult_plan,
    record_progress,
    return_plan,
    review_plan,
    withdraw_plan,
)
from families.plans.permissions import PLAN_ACCEPT, PLAN_AREA, PLAN_CONSULT, PLAN_VIEW, PLAN_WRITE
from families.plans.progress_hints import progress_hints
from families.plans.review_triggers import review_reasons
from families.plans.workflow_forms import (
    ActionProgressForm,
    PlanAcceptForm,
    PlanConsultForm,
    PlanReturnForm,
    PlanReviewForm,
    PlanWithdrawForm,
)
from lubsko_ops.core.links import reverse
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import count_of, short_date


class PlanWorkflowFormView(FamilyFormView):
    """A form about one version. ``stages``: states of the version in which the page opens.

    A form submitted after the version has moved on is shown again with the refusal of the action.
    """

    access_area = PLAN_AREA
    current_tab = "families:plan"
    template_name = "plans/workflow_form.html"
    stages: tuple[str, ...] = ()

    def setup_object(self, pk, version, **kwargs):
        super().setup_object(pk)
        self.plan = get_object_or_404(queries.plan_versions(self.family), number=version)

    def get(self, request, *args, **kwargs):
        if refusal := self.get_refusal():
            messages.error(request, refusal)
            return redirect(self.get_cancel_url())
        return super().get(request, *args, **kwargs)

    def get_refusal(self) -> str:
        """Why the page does not open, otherwise empty; the action refuses for the same reasons."""
        period = self.plan.period
        ended = law.after_work_refusal(ended_on=period.ends_on, on=self.request.today)
        return ended or (
            "" if self.plan.state in self.stages else str(validators.STATE_REFUSALS[self.plan.state])
        )

    def get_instance(self):
        return self.plan

    def get_cancel_url(self) -> str:
        return reverse("families:plan-version", args=[self.family.pk, self.plan.number])

    @property
    def draft_title(self) -> str:
        return f"{self.family.name}: {self.page_title}, wersja {self.plan.number}"

    @cached_property
    def rows(self) -> list[presenters.PlanRowSummary]:
        return presenters.row_summaries(queries.prefetch_details(self.plan), on=self.request.today)

    def get_context_data(self, **kwargs):
        return super().get_context_data(plan=self.plan, rows=self.rows, **kwargs)


class PlanDecisionView(PlanWorkflowFormView):
    """A decision about a plan written by somebody else."""

    def get(self, request, *args, **kwargs):
        if self.plan.state in self.stages:
            validators.check_not_own_plan(self.plan, request.user)
        return super().get(request, *args, **kwargs)


class PlanConsultView(PlanDecisionView):
    """The social worker consults the plan, optionally with remarks."""

    permission = PLAN_CONSULT
    form_class = PlanConsultForm
    page_title = "Konsultacja planu"
    template_name = "plans/decide.html"
    stages = (PlanState.CONSULTATION,)

    def perform(self, form):
        version = self.opened_version
        return consult_plan(plan=self.plan, version=version, by=self.request.user, **form.cleaned_data)

    def get_success_message(self):
        return f"Skonsultowano plan, wersja {self.result.number}. Czeka teraz na akceptację kierownika."


class PlanAcceptView(PlanDecisionView):
    """The manager accepts the plan."""

    permission = PLAN_ACCEPT
    form_class = PlanAcceptForm
    page_title = "Akceptacja planu"
    template_name = "plans/decide.html"
    stages = (PlanState.ACCEPTANCE,)
    keeps_drafts = False

    def get(self, request, *args, **kwargs):
        if self.plan.state in self.stages:
            validators.check_single_reviewer(self.plan, request.user)
        return super().get(request, *args, **kwargs)

    def perform(self, form):
        return accept_plan(plan=self.plan, version=self.opened_version, by=self.request.user)

    def get_success_message(self):
        return (
            f"Zaakceptowano plan, wersja {self.result.number}. Można go wydrukować i dać rodzinie do podpisu."
        )


class PlanReturnView(PlanDecisionView):
    """Return the plan for correction: a remark on the whole plan and one under each row.

    A plan in consultation is returned by a user who may consult, one in acceptance by a user who may accept.
    """

    permission = PLAN_VIEW
    form_class = PlanReturnForm
    page_title = "Odesłanie planu do poprawy"
    template_name = "plans/return.html"
    stages = (PlanState.CONSULTATION, PlanState.ACCEPTANCE)

    def setup_object(self, pk, version, **kwargs):
        super().setup_object(pk, version)
        by_state = {
            PlanState.CONSULTATION: [PLAN_CONSULT],
            PlanState.ACCEPTANCE: [PLAN_ACCEPT],
        }
        # In another state a form submitted late gets the refusal of the action, not a missing permission.
        permissions = by_state.get(self.plan.state, [PLAN_CONSULT, PLAN_ACCEPT])
        if not any(has_permission(self.request.user, each) for each in permissions):
            raise PermissionDenied

    def get_carried(self, posted):
        """Remarks written for the consultation."""
        return {"text": posted.get("remarks", "")}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"actions": [row.action for row in self.rows]}

    def perform(self, form):
        return return_plan(
            plan=self.plan,
            text=form.cleaned_data["text"],
            remarks=form.remarks,
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        remark_count = self.result.remarks.count() + bool(self.result.text)
        leading = self.header["case_state"].leading  # the family may have been handed over meanwhile
        assistant = leading.assistant if leading else self.plan.author
        return f"Odesłano plan do poprawy z {count_of(remark_count, presenters.REMARKS)}. Poprawi go {assistant}."

    def get_context_data(self, **kwargs):
        form = kwargs["form"]
        fields = [(row.action, form.remark_field(row.action)) for row in self.rows]
        return super().get_context_data(actions_with_fields=fields, **kwargs)


class PlanWithdrawView(PlanWorkflowFormView):
    """The author turns the plan back into a draft."""

    permission = PLAN_WRITE
    form_class = PlanWithdrawForm
    page_title = "Wycofanie planu do poprawy"
    stages = (PlanState.CONSULTATION, PlanState.ACCEPTANCE)
    keeps_drafts = False

    def get(self, request, *args, **kwargs):
        validators.check_author(self.plan, request.user)
        return super().get(request, *args, **kwargs)

    def perform(self, form):
        return withdraw_plan(plan=self.plan, version=self.opened_version, by=self.request.user)

    def get_success_message(self):
        return f"Plan, wersja {self.result.number}, jest znowu szkicem. Popraw go i wyślij jeszcze raz."


class PlanReviewView(FamilyFormView):
    """Przegląd bez zmian: the plan in force was reviewed and stays as it is."""

    permission = PLAN_WRITE
    access_area = PLAN_AREA
    current_tab = "families:plan"
    form_class = PlanReviewForm
    page_title = "Przegląd planu bez zmian"
    template_name = "plans/review.html"

    @cached_property
    def plan(self):
        return queries.plan_in_force_on(self.family, on=self.request.today)

    def get(self, request, *args, **kwargs):
        if self.plan is None:
            messages.error(request, validators.NOTHING_TO_REVIEW)
            return redirect(self.get_cancel_url())
        return super().get(request, *args, **kwargs)

    def perform(self, form):
        if self.plan is None:
            raise ValidationError(validators.NOTHING_TO_REVIEW)
        return review_plan(period=self.plan.period, by=self.request.user, **form.cleaned_data)

    def get_success_message(self):
        return f"Zapisano przegląd planu {short_date(self.result.day)}: bez zmian."

    def get_context_data(self, **kwargs):
        reasons = review_reasons(self.family, on=self.request.today) if self.plan else []
        return super().get_context_data(plan=self.plan, reasons=reasons, **kwargs)


HINT_PARAMETER = "podpowiedz"  # the number of the hint that goes into the remarks


class ActionProgressView(PlanWorkflowFormView):
    """Progress of one action outside a visit."""

    permission = PLAN_WRITE
    form_class = ActionProgressForm
    template_name = "plans/record_progress.html"
    stages = (PlanState.SIGNED,)

    def setup_object(self, pk, version, action, **kwargs):
        super().setup_object(pk, version)
        self.action = get_object_or_404(self.plan.actions, pk=action)

    @property
    def page_title(self):
        return f"Postęp: wiersz {self.action.position}"

    def get_instance(self):
        """None: progress is a new row, the plan itself does not change."""
        return None

    @cached_property
    def row_summary(self) -> presenters.PlanRowSummary:
        return next(row for row in self.rows if row.action == self.action)

    @cached_property
    def hints(self) -> list[str]:
        """Sentences other apps offer for the remarks."""
        return progress_hints(self.action, self.request.user, on=self.request.today)

    def get_initial(self):
        """The day, and a hint the user chose: what became of the action is never entered beforehand."""
        chosen = parse_int(self.request.GET.get(HINT_PARAMETER))
        note = self.hints[chosen - 1] if chosen and 0 < chosen <= len(self.hints) else ""
        return {"day": self.request.today, "note": note}

    def check_rules(self, form):
        data = form.cleaned_data
        validators.check_progress(
            self.plan, day=data.get("day"), state=data.get("state", ""), note=data.get("note", "")
        )

    def perform(self, form):
        return record_progress(action=self.action, by=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return f"{self.get_cancel_url()}#w{self.action.position}"

    def get_success_message(self):
        text = f"Zapisano postęp wiersza {self.action.position}: {self.result.get_state_display()}"
        return f"{text}, {short_date(self.result.day)}."

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        hints = [
            (text, f"{self.request.path}?{HINT_PARAMETER}={number}#id_note")
            for number, text in enumerate(self.hints, start=1)
        ]
        return context | {"rows": [self.row_summary], "action": self.action, "hints": hints}
