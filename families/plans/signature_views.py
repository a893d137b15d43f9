"""Forms about the signatures under a plan, and putting it in force when no signature is missing any more."""

from functools import cached_property

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404

from families.choices import PlanState, SignatureKind
from families.people.identity import distinct_names
from families.plans import validators
from families.plans.actions import (
    delete_signature_entered_in_error,
    put_plan_in_force,
    put_plan_in_force_unsigned,
    record_signatures,
)
from families.plans.in_force import signed_start
from families.plans.models import Plan
from families.plans.permissions import PLAN_ACCEPT, PLAN_SIGN
from families.plans.queries import missing_signers, signing_members
from families.plans.validators import no_basis_refusal, past_period_sentence
from families.plans.workflow_forms import (
    PlanInForceForm,
    PlanSignForm,
    PlanUnsignedForm,
    SignatureDeleteForm,
)
from families.plans.workflow_views import PlanWorkflowFormView
from lubsko_ops.core import clock
from lubsko_ops.core.polish import join_list, short_date

NO_BASIS_YET = (
    "Plan jeszcze nie obowiązuje: praca z rodziną nie ma teraz podstawy. Wprowadź go w życie, gdy będzie."
)


def in_force_sentence(plan: Plan) -> str:
    """Sentence added to a message: the plan has just entered into force, or waits although everybody signed."""
    if plan.in_force_from is None:
        start = signed_start(plan, on=clock.today())
        if start and no_basis_refusal(plan.period, on=clock.today()):
            return f" {NO_BASIS_YET}"
        sentence = past_period_sentence(plan, start) if start else ""
        return f" {sentence}" if sentence else ""
    begun = plan.in_force_from <= clock.today()
    return f" Plan {'obowiązuje' if begun else 'zacznie obowiązywać'} od {short_date(plan.in_force_from)}."


class PlanSignView(PlanWorkflowFormView):
    """Signatures of all required signers at once; adults living elsewhere may sign too."""

    permission = PLAN_SIGN
    form_class = PlanSignForm
    page_title = "Podpisy pod planem"
    template_name = "plans/sign.html"
    stages = (PlanState.ACCEPTED, PlanState.SIGNED)

    @cached_property
    def signing_members(self):
        return signing_members(self.plan.period.family_id, on=self.request.today)

    @cached_property
    def recorded(self) -> dict:
        """Recorded signatures by person id."""
        return {row.person_id: row for row in self.plan.signatures.select_related("person")}

    @property
    def signers(self) -> list:
        """Adults without a signature, and those in the submitted form even if somebody recorded one meanwhile."""
        posted = self.request.POST
        return [
            row
            for row in self.signing_members
            if row.person_id not in self.recorded or posted.get(f"kind_{row.person_id}")
        ]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "people": [row.person for row in self.signers],
            "names": self.names,
        }

    @cached_property
    def names(self) -> dict[int, str]:
        """Names of those who sign, by id; namesakes distinguished."""
        kinship = {row.person_id: row.kinship_label for row in self.signing_members}
        return distinct_names([row.person for row in self.signing_members], kinship=kinship)

    def get_initial(self):
        return {f"day_{row.person_id}": self.request.today for row in self.signers}

    def check_rules(self, form):
        refusals = {}
        for each in form.signatures if self.plan.state in self.stages else ():
            texts = validators.signature_refusals(self.plan, each)
            refusals |= {f"{name}_{each.person.pk}": text for name, text in texts.items()}
        if refusals:
            raise ValidationError(refusals)

    def perform(self, form):
        version = self.opened_version
        return record_signatures(
            plan=self.plan, signatures=form.signatures, version=version, by=self.request.user
        )

    def get_success_message(self):
        names = join_list(
            f"{row.person} ({'podpis' if row.kind == SignatureKind.SIGNED else 'odmowa'})"
            for row in self.result
        )
        plan = Plan.objects.get(pk=self.plan.pk)
        return f"Odnotowano: {names}.{in_force_sentence(plan)}"

    def get_context_data(self, **kwargs):
        form = kwargs["form"]
        names = self.names
        fields = [(row.lives_here, names[row.person_id], form.fields_of(row.person)) for row in self.signers]
        return super().get_context_data(
            required=[each for each in fields if each[0]],
            optional=[each for each in fields if not each[0]],
            recorded=self.recorded.values(),
            **kwargs,
        )


class SignatureDeleteView(PlanWorkflowFormView):
    """Delete a signature entered by mistake, as long as the plan is not in force."""

    permission = PLAN_SIGN
    form_class = SignatureDeleteForm
    page_title = "Podpis wpisany przez pomyłkę"
    template_name = "plans/delete_signature.html"
    stages = (PlanState.ACCEPTED,)

    def setup_object(self, pk, version, signature, **kwargs):
        super().setup_object(pk, version)
        self.signature = get_object_or_404(self.plan.signatures.select_related("person"), pk=signature)

    def get_instance(self):
        return self.signature

    def perform(self, form):
        delete_signature_entered_in_error(signature=self.signature, by=self.request.user, **form.cleaned_data)

    def get_success_message(self):
        return f"Odwołano podpis: {self.signature.person}."

    def get_context_data(self, **kwargs):
        return super().get_context_data(signature=self.signature, **kwargs)


class PlanInForceView(PlanWorkflowFormView):
    """Put the plan in force once those who had not signed have left the household."""

    permission = PLAN_SIGN
    form_class = PlanInForceForm
    page_title = "Wprowadzenie planu w życie"
    template_name = "plans/put_in_force.html"
    stages = (PlanState.ACCEPTED,)
    keeps_drafts = False

    def get_confirmations(self, form):
        start = signed_start(self.plan, on=self.request.today)
        sentence = past_period_sentence(self.plan, start) if start else ""
        return [sentence] if sentence else []

    def perform(self, form):
        confirmed = bool(self.get_confirmations(form))  # asked before the action runs
        return put_plan_in_force(
            plan=self.plan, version=self.opened_version, by=self.request.user, after_its_period=confirmed
        )

    def get_success_message(self):
        return f"Plan, wersja {self.result.number}.{in_force_sentence(self.result)}"

    def get_context_data(self, **kwargs):
        recorded = self.plan.signatures.select_related("person").order_by("pk")
        return super().get_context_data(recorded=recorded, **kwargs)


class PlanUnsignedView(PlanWorkflowFormView):
    """The manager puts in force a plan that somebody cannot sign, with the cause and the reason."""

    permission = PLAN_ACCEPT
    form_class = PlanUnsignedForm
    page_title = "Wejście planu w życie bez podpisu"
    template_name = "plans/put_in_force_unsigned.html"
    stages = (PlanState.ACCEPTED,)

    def perform(self, form):
        return put_plan_in_force_unsigned(
            plan=self.plan, version=self.opened_version, by=self.request.user, **form.cleaned_data
        )

    def get_success_message(self):
        return f"Plan, wersja {self.result.number}.{in_force_sentence(self.result)}"

    def get_context_data(self, **kwargs):
        missing = missing_signers(self.plan, on=self.request.today)
        return super().get_context_data(
            missing=missing, past=self.plan.covers_to < self.request.today, **kwargs
        )
