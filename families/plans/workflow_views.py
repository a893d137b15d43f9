"""The way of a plan, one deed a page: consulted, accepted, sent back, withdrawn, reviewed; progress of an action."""

from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from families import law
from families.base_views import FamilyFormView
from families.choices import ActionState, LivingArrangement, PlanState, SignatureKind
from families.plans import presenters, queries, validators
from families.plans.actions import (
    accept_plan,
    consult_plan,
    put_in_force,
    record_progress,
    record_signatures,
    review_plan,
    send_back,
    take_back_signature,
    withdraw_plan,
)
from families.plans.models import Plan
from families.plans.queries import adults_of
from families.plans.review_triggers import review_reasons
from families.plans.workflow_forms import (
    AcceptForm,
    ConsultForm,
    InForceForm,
    ProgressForm,
    ReviewForm,
    SendBackForm,
    SignatureMistakeForm,
    SignForm,
    WithdrawForm,
)
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Permission, has_permission
from lubsko_ops.core.polish import count_of, join_list, short_date


class OfPlan(FamilyFormView):
    """A form about one version. ``stages``: where the version must stand for the page to open.

    A form sent when the version has moved on comes back with what was typed and the deed's own sentence.
    """

    access_area = AccessArea.PLAN
    page = "families:plan"
    template_name = "families/plans/chain.html"
    stages: tuple[str, ...] = ()

    def setup_object(self, pk, version, **kwargs):
        super().setup_object(pk)
        self.plan = get_object_or_404(queries.versions_of(self.family), number=version)

    def get(self, request, *args, **kwargs):
        if refusal := self.why_not():
            messages.error(request, refusal)
            return redirect(self.back())
        return super().get(request, *args, **kwargs)

    def why_not(self) -> str:
        """Why the page does not open; the deed refuses for the same reasons."""
        period = self.plan.period
        ended = law.after_work_refusal(ended_on=period.ends_on, on=self.request.today)
        return ended or ("" if self.plan.state in self.stages else str(validators.NOT_HERE[self.plan.state]))

    def row(self):
        return self.plan

    def back(self) -> str:
        return reverse("families:plan-version", args=[self.family.pk, self.plan.number])

    @property
    def draft_title(self) -> str:
        return f"{self.family.name}: {self.title}, wersja {self.plan.number}"

    @cached_property
    def rows(self) -> list[presenters.Row]:
        return presenters.rows_of(queries.fill(self.plan), on=self.request.today)

    def get_context_data(self, **kwargs):
        return super().get_context_data(plan=self.plan, rows=self.rows, **kwargs)


class Decision(OfPlan):
    """A page of one who decides about a plan somebody else wrote."""

    def get(self, request, *args, **kwargs):
        if self.plan.state in self.stages:
            validators.check_other_eyes(self.plan, request.user)
        return super().get(request, *args, **kwargs)


class Consult(Decision):
    """The social worker reads the plan, says her remarks and lets it go on."""

    permission = Permission.PLAN_CONSULT
    form_class = ConsultForm
    title = "Konsultacja planu"
    template_name = "families/plans/decide.html"
    stages = (PlanState.CONSULTATION,)

    def act(self, form):
        version = self.version_started_from()
        return consult_plan(plan=self.plan, version=version, by=self.request.user, **form.cleaned_data)

    def done(self, plan):
        return self.back(), f"Skonsultowano plan, wersja {plan.number}. Czeka teraz na akceptację kierownika."


class Accept(Decision):
    """The manager reads the plan and accepts it."""

    permission = Permission.PLAN_ACCEPT
    form_class = AcceptForm
    title = "Akceptacja planu"
    template_name = "families/plans/decide.html"
    stages = (PlanState.ACCEPTANCE,)
    drafts = False

    def get(self, request, *args, **kwargs):
        if self.plan.state in self.stages:
            validators.check_one_person(self.plan, request.user)
        return super().get(request, *args, **kwargs)

    def act(self, form):
        return accept_plan(plan=self.plan, version=self.version_started_from(), by=self.request.user)

    def done(self, plan):
        words = f"Zaakceptowano plan, wersja {plan.number}. Można go wydrukować i dać rodzinie do podpisu."
        return self.back(), words


class SendBack(Decision):
    """Sending the plan back to be mended: a remark to the whole, and one under each row.

    A plan to be consulted is sent back by who may consult it, one to be accepted by who may accept it.
    """

    permission = Permission.PLAN_VIEW
    form_class = SendBackForm
    title = "Odesłanie planu do poprawy"
    template_name = "families/plans/send_back.html"
    stages = (PlanState.CONSULTATION, PlanState.ACCEPTANCE)

    def setup_object(self, pk, version, **kwargs):
        super().setup_object(pk, version)
        turn = {
            PlanState.CONSULTATION: [Permission.PLAN_CONSULT],
            PlanState.ACCEPTANCE: [Permission.PLAN_ACCEPT],
        }
        # Elsewhere on its way: a form sent before is answered like any other, not by a missing right.
        rights = turn.get(self.plan.state, [Permission.PLAN_CONSULT, Permission.PLAN_ACCEPT])
        if not any(has_permission(self.request.user, right) for right in rights):
            raise PermissionDenied

    def form_kwargs(self):
        return {"actions": [row.action for row in self.rows]}

    def act(self, form):
        return send_back(
            plan=self.plan,
            text=form.cleaned_data["text"],
            remarks=form.remarks,
            version=self.version_started_from(),
            by=self.request.user,
        )

    def done(self, back):
        said = back.remarks.count() + bool(back.text)
        leading = self.identity[
            "standing"
        ].leading  # the family may have been handed over since it was written
        who = leading.assistant if leading else self.plan.author
        return (
            self.back(),
            f"Odesłano plan do poprawy z {count_of(said, presenters.REMARKS)}. Poprawi go {who}.",
        )

    def get_context_data(self, **kwargs):
        form = kwargs["form"]
        asked = [(row, form.bound_of(row.action)) for row in self.rows]
        return super().get_context_data(asked=asked, **kwargs)


class Withdraw(OfPlan):
    """The author takes the plan back to mend it."""

    permission = Permission.PLAN_WRITE
    form_class = WithdrawForm
    title = "Wycofanie planu do poprawy"
    stages = (PlanState.CONSULTATION, PlanState.ACCEPTANCE)
    drafts = False

    def get(self, request, *args, **kwargs):
        validators.check_author(self.plan, request.user)
        return super().get(request, *args, **kwargs)

    def act(self, form):
        return withdraw_plan(plan=self.plan, version=self.version_started_from(), by=self.request.user)

    def done(self, plan):
        return self.back(), f"Plan, wersja {plan.number}, jest znowu szkicem. Popraw go i wyślij jeszcze raz."


class Review(FamilyFormView):
    """Przejrzano, bez zmian: the plan in force was looked at and stays as it is."""

    permission = Permission.PLAN_WRITE
    access_area = AccessArea.PLAN
    page = "families:plan"
    form_class = ReviewForm
    title = "Przegląd planu bez zmian"
    template_name = "families/plans/review.html"

    @cached_property
    def plan(self):
        return queries.in_force_on(self.family, on=self.request.today)

    def get(self, request, *args, **kwargs):
        if self.plan is None:
            messages.error(request, validators.NOTHING_TO_REVIEW)
            return redirect(self.back())
        return super().get(request, *args, **kwargs)

    def act(self, form):
        if self.plan is None:
            raise ValidationError(validators.NOTHING_TO_REVIEW)
        return review_plan(period=self.plan.period, by=self.request.user, **form.cleaned_data)

    def done(self, review):
        return self.back(), f"Zapisano przegląd planu {short_date(review.day)}: bez zmian."

    def get_context_data(self, **kwargs):
        reasons = review_reasons(self.family, on=self.request.today) if self.plan else []
        return super().get_context_data(plan=self.plan, reasons=reasons, **kwargs)


class Progress(OfPlan):
    """Progress of one action outside a visit."""

    permission = Permission.PLAN_WRITE
    form_class = ProgressForm
    template_name = "families/plans/progress.html"
    stages = (PlanState.SIGNED,)

    def setup_object(self, pk, version, action, **kwargs):
        super().setup_object(pk, version)
        self.action = get_object_or_404(self.plan.actions, pk=action)

    @property
    def title(self):
        return f"Postęp: wiersz {self.action.position}"

    def row(self):
        """Progress is a new row; nothing of the plan is changed."""
        return None

    @cached_property
    def reading_row(self) -> presenters.Row:
        return next(row for row in self.rows if row.action == self.action)

    def initial(self):
        last = self.reading_row.state
        return {"day": self.request.today, "state": last.state if last else ActionState.UNDER_WAY}

    def act(self, form):
        return record_progress(action=self.action, by=self.request.user, **form.cleaned_data)

    def done(self, fact):
        words = f"Zapisano postęp wiersza {self.action.position}: {fact.get_state_display()}"
        return f"{self.back()}#w{self.action.position}", f"{words}, {short_date(fact.day)}."

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"rows": [self.reading_row], "action": self.action}


def said_of(plan: Plan) -> str:
    """What a message adds when the plan has just entered into force."""
    if plan.in_force_from is None:
        return ""
    begun = plan.in_force_from <= clock.today()
    return f" Plan {'obowiązuje' if begun else 'zacznie obowiązywać'} od {short_date(plan.in_force_from)}."


class Sign(OfPlan):
    """Everybody whose signature the plan needs, at once; a member who lives elsewhere may be added."""

    permission = Permission.PLAN_SIGN
    form_class = SignForm
    title = "Podpisy pod planem"
    template_name = "families/plans/sign.html"
    stages = (PlanState.ACCEPTED, PlanState.SIGNED)

    @cached_property
    def adults(self):
        return adults_of(self.plan, on=self.request.today)

    @cached_property
    def recorded(self) -> dict:
        """What is recorded already, by the person."""
        return {row.person_id: row for row in self.plan.signatures.select_related("person")}

    @property
    def open(self) -> list:
        """Who has said nothing yet; and whom this form speaks of, though somebody recorded her meanwhile."""
        posted = self.request.POST
        return [
            row
            for row in self.adults
            if row.person_id not in self.recorded or posted.get(f"kind_{row.person_id}")
        ]

    def form_kwargs(self):
        return {"people": [row.person for row in self.open]}

    def initial(self):
        return {f"day_{row.person_id}": self.request.today for row in self.open}

    def act(self, form):
        version = self.version_started_from()
        return record_signatures(plan=self.plan, said=form.said, version=version, by=self.request.user)

    def done(self, written):
        said = join_list(
            f"{row.person} ({'podpis' if row.kind == SignatureKind.SIGNED else 'odmowa'})" for row in written
        )
        plan = Plan.objects.get(pk=self.plan.pk)
        return self.back(), f"Odnotowano: {said}.{said_of(plan)}"

    def get_context_data(self, **kwargs):
        form = kwargs["form"]
        asked = [
            (row.stay != LivingArrangement.ELSEWHERE, row.person, form.fields_of(row.person))
            for row in self.open
        ]
        return super().get_context_data(
            needed=[each for each in asked if each[0]],
            elsewhere=[each for each in asked if not each[0]],
            recorded=self.recorded.values(),
            **kwargs,
        )


class SignatureMistake(OfPlan):
    """A signature entered by mistake is taken back, as long as the plan is not in force."""

    permission = Permission.PLAN_SIGN
    form_class = SignatureMistakeForm
    title = "Podpis wpisany przez pomyłkę"
    template_name = "families/plans/signature_mistake.html"
    stages = (PlanState.ACCEPTED,)

    def setup_object(self, pk, version, signature, **kwargs):
        super().setup_object(pk, version)
        self.signature = get_object_or_404(self.plan.signatures.select_related("person"), pk=signature)

    def row(self):
        return self.signature

    def act(self, form):
        take_back_signature(signature=self.signature, by=self.request.user, **form.cleaned_data)

    def done(self, result):
        return self.back(), f"Odwołano podpis: {self.signature.person}."

    def get_context_data(self, **kwargs):
        return super().get_context_data(signature=self.signature, **kwargs)


class PutInForce(OfPlan):
    """Whoever was missing does not belong to the household any more: the plan enters into force as it is signed."""

    permission = Permission.PLAN_SIGN
    form_class = InForceForm
    title = "Wprowadzenie planu w życie"
    template_name = "families/plans/in_force.html"
    stages = (PlanState.ACCEPTED,)
    drafts = False

    def act(self, form):
        return put_in_force(plan=self.plan, version=self.version_started_from(), by=self.request.user)

    def done(self, plan):
        return self.back(), f"Plan, wersja {plan.number}.{said_of(plan)}"

    def get_context_data(self, **kwargs):
        recorded = self.plan.signatures.select_related("person").order_by("pk")
        return super().get_context_data(recorded=recorded, **kwargs)
