"""Writing the plan: the first one, a new version, a draft; sending it to be consulted; throwing a draft away."""

import json
from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse

from families import law
from families.base_views import FamilyFormView
from families.choices import PlanState
from families.plans.actions import begin_plan, discard_plan, send_plan, write_plan
from families.plans.editor_context import Known, known_of, open_agreements
from families.plans.editor_forms import SEND, PlanForm, carried, initial_of, progress_words, questions_of
from families.plans.goal_library import by_area
from families.plans.models import Plan
from families.plans.queries import versions_of
from families.plans.validators import NOT_HERE
from families.plans.workflow import steps_of_draft
from families.sensitive_facts import SENSITIVE_BASES, hidden_values
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.forms import BaseForm
from lubsko_ops.core.permissions import Permission
from lubsko_ops.core.polish import due_distance, short_date

NOT_BEGUN = "Praca z tą rodziną jeszcze się nie zaczęła."
WAS_SENT = "Ten plan był już wysłany do konsultacji. Popraw go, nie można go usunąć."
ANYWAY = "Jeśli tak ma być, naciśnij „Wyślij mimo to”. Jeśli nie, popraw."


class OfPlan(FamilyFormView):
    """What the forms of a plan share: the versions of the family, and the one in hand."""

    permission = Permission.PLAN_WRITE
    access_area = AccessArea.PLAN
    page = "families:plan"
    plan: Plan | None = None

    def setup_object(self, pk, version=None, **kwargs):
        super().setup_object(pk)
        self.plans = list(versions_of(self.family))
        if version is not None:
            self.plan = next((row for row in self.plans if row.number == version), None)
            if self.plan is None:
                raise Http404

    def get(self, request, *args, **kwargs):
        """Where nothing can be written any more, the page says so; a text left as a draft is shown all the same."""
        if self.asked_draft() is None and (elsewhere := self.elsewhere()):
            return elsewhere
        return super().get(request, *args, **kwargs)

    def elsewhere(self):
        """Where the person is taken, when this form is of no use; None when it is."""
        return self.told(self.plan, NOT_HERE[self.plan.state]) if self.plan.state != PlanState.DRAFT else None

    def told(self, plan: Plan, sentence: str):
        messages.warning(self.request, sentence)
        return HttpResponseRedirect(self.address_of(plan))

    def address_of(self, plan: Plan, url_name: str = "families:plan-version") -> str:
        return reverse(url_name, args=[self.family.pk, plan.number])

    def row(self):
        return self.plan


class PlanEditor(OfPlan):
    """The page on which a plan is written."""

    form_class = PlanForm
    template_name = "families/plans/form.html"

    @property
    def title(self):
        return f"Plan pracy, wersja {self.known.number}"

    @cached_property
    def known(self) -> Known:
        user, on = self.request.user, self.request.today
        standing = self.identity["standing"]
        if standing.period is None:
            raise PermissionDenied(NOT_BEGUN)
        hidden = hidden_values(user, SENSITIVE_BASES)
        return known_of(
            self.family, standing=standing, plans=self.plans, draft=self.plan, on=on, hidden=hidden
        )

    def refuse_outside_work(self):
        """Of work that has ended the plan is only read."""
        period = self.known.period
        refusal = law.outside_work_refusal(
            on=self.request.today, began_on=period.starts_on, ended_on=period.ends_on
        )
        if refusal:
            raise PermissionDenied(refusal)

    def form_kwargs(self):
        return {"known": self.known}

    def initial(self):
        return initial_of(self.known)

    def questions(self, form):
        return questions_of(form) if form.sending else []

    def act(self, form):
        """Write and, when asked, send: one transaction, so a refused sending leaves nothing half-done."""
        plan = self.write(form.plan_data())
        return send_plan(plan=plan, version=None, by=self.request.user) if form.sending else plan

    def instead(self) -> Plan | None:
        """The version on its way, beside which a draft of a new one cannot be saved."""
        return None

    def write(self, data) -> Plan:
        raise NotImplementedError

    def done(self, plan):
        sent = plan.state == PlanState.CONSULTATION
        words = "Wysłano do konsultacji plan pracy" if sent else "Zapisano szkic planu pracy"
        return self.address_of(plan), f"{words}: {self.family}, wersja {plan.number}."

    def get_context_data(self, **kwargs):
        known, lead = self.known, self.identity["standing"].lead
        return super().get_context_data(
            known=known,
            lede=lede_of(known),
            chain=steps_of_draft(returned=known.returned, worker=str(lead.social_worker) if lead else ""),
            library=by_area(),
            offered=[
                {"row": row, "progress": progress_words(row), "fill": fill_of(row)} for row in known.offered
            ],
            agreements=open_agreements(known.period),
            others=others_of(self, known),
            send=SEND,
            anyway_words=ANYWAY,
            not_yet="Jeszcze nie wysłano.",
            instead=self.instead(),
            **kwargs,
        )


class PlanNew(PlanEditor):
    """The first plan, or the version after the last."""

    def instead(self):
        waiting = next((row for row in self.plans if row.state != PlanState.SIGNED), None)
        return waiting if waiting and waiting.period_id == self.known.period.pk else None

    def elsewhere(self):
        self.refuse_outside_work()
        waiting = self.instead()
        if waiting is None:
            return None
        if waiting.state == PlanState.DRAFT:
            return HttpResponseRedirect(self.address_of(waiting, "families:plan-edit"))
        return self.told(waiting, NOT_HERE[waiting.state])

    def write(self, data):
        return begin_plan(period=self.known.period, data=data, by=self.request.user)


class PlanEdit(PlanEditor):
    """Changing a draft."""

    def elsewhere(self):
        self.refuse_outside_work()
        return super().elsewhere()

    def write(self, data):
        version = self.version_started_from()
        return write_plan(plan=self.plan, data=data, version=version, by=self.request.user)


class DiscardForm(BaseForm):
    """Only the question and its button."""

    failure = "Szkicu planu nie usunięto."
    button = "Usuń szkic planu"


class PlanDiscard(OfPlan):
    """Throwing away a draft that was never sent."""

    form_class = DiscardForm
    template_name = "families/plans/discard.html"
    drafts = False

    @property
    def title(self):
        return f"Usuń szkic planu, wersja {self.plan.number}"

    def elsewhere(self):
        return super().elsewhere() or (self.told(self.plan, WAS_SENT) if self.plan.drawn_up_on else None)

    def back(self):
        return self.address_of(self.plan)

    def get_context_data(self, **kwargs):
        return super().get_context_data(rows=self.plan.actions.count(), **kwargs)

    def act(self, form):
        version = self.version_started_from()
        discard_plan(plan=self.plan, version=version, by=self.request.user)
        return self.plan.number

    def done(self, number):
        return self.file_address(self.page), f"Usunięto szkic planu: {self.family}, wersja {number}."


# ---- words beside the form ---------------------------------------------------------------------------


def lede_of(known: Known) -> str:
    """What stands under the heading: the period of the draft, and until when the version before covers."""
    draft, before = known.draft, known.before
    words = [f"Na okres {short_date(draft.covers_from)}–{short_date(draft.covers_to)}."] if draft else []
    if before:
        end = before.covers_to
        words.append(
            f"Wersja {before.number} jest na okres do {short_date(end)}, {due_distance(end, known.today)}."
        )
    elif not draft:
        words.append("Pierwszy plan tej rodziny w tej pracy. Najlepiej pisać go razem, przy stole.")
    return " ".join(words)


def fill_of(row) -> str:
    """What a row taken up from the version before begins with, for the script; days as they are typed."""
    typed = {
        name: short_date(value) if hasattr(value, "day") else value or ""
        for name, value in carried(row).items()
    }
    return json.dumps(typed, ensure_ascii=False)


def others_of(view: OfPlan, known: Known) -> list[dict]:
    """Other pages about this draft: comparison, throwing it away."""
    draft, found = known.draft, []
    if draft and known.before:
        label = f"Porównaj z wersją {known.before.number}"
        found.append({"label": label, "url": view.address_of(draft, "families:plan-compare")})
    if draft and not draft.drawn_up_on:
        found.append({"label": "Usuń szkic", "url": view.address_of(draft, "families:plan-discard")})
    return found
