"""Signatures under a plan: recorded, taken back as a mistake, and the plan put in force."""

from functools import cached_property

from django.shortcuts import get_object_or_404

from families.choices import PlanState, SignatureKind, Stay
from families.plans.models import Plan
from families.plans.signing import adults_of, put_in_force, record_signatures, take_back_signature
from families.plans.workflow_forms import InForceForm, SignatureMistakeForm, SignForm
from families.plans.workflow_views import OfPlan
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Permission
from lubsko_ops.core.polish import list_in_words, short_day


def said_of(plan: Plan) -> str:
    """What a message adds when the plan has just entered into force."""
    if plan.in_force_from is None:
        return ""
    begun = plan.in_force_from <= clock.today()
    return f" Plan {'obowiązuje' if begun else 'zacznie obowiązywać'} od {short_day(plan.in_force_from)}."


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
        said = list_in_words(
            f"{row.person} ({'podpis' if row.kind == SignatureKind.SIGNED else 'odmowa'})" for row in written
        )
        plan = Plan.objects.get(pk=self.plan.pk)
        return self.back(), f"Odnotowano: {said}.{said_of(plan)}"

    def get_context_data(self, **kwargs):
        form = kwargs["form"]
        asked = [(row.stay != Stay.ELSEWHERE, row.person, form.fields_of(row.person)) for row in self.open]
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
