"""Plan editor: create a version, change or discard a draft, send it for consultation."""

import json
from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect

from families import law
from families.base_views import FamilyFormView
from families.choices import PlanState
from families.permissions import SENSITIVE_BASES, hidden_values
from families.plans.actions import create_plan, discard_plan, send_plan, update_plan
from families.plans.editor_context import EDITOR_COUNTS, PlanEditorContext, get_editor_context
from families.plans.editor_forms import (
    SEND,
    PlanForm,
    initial_plan,
    plan_confirmations,
    progress_text,
    row_from_previous,
)
from families.plans.goal_library import goal_library
from families.plans.models import Plan
from families.plans.permissions import PLAN_AREA, PLAN_WRITE
from families.plans.queries import plan_versions
from families.plans.validators import STATE_REFUSALS, check_content
from families.plans.workflow import draft_progress_steps
from lubsko_ops.core.forms import BaseForm
from lubsko_ops.core.links import reverse
from lubsko_ops.core.polish import due_distance, short_date

WORK_NOT_STARTED = "Praca z tą rodziną jeszcze się nie zaczęła."
ALREADY_SENT = "Ten plan był już wysłany do konsultacji. Popraw go, nie można go usunąć."
SEND_ANYWAY_HINT = "Jeśli tak ma być, naciśnij „Wyślij mimo to”. Jeśli nie, popraw."


class PlanVersionEditView(FamilyFormView):
    """Base of the editor views: all versions of the family and the one being edited."""

    permission = PLAN_WRITE
    access_area = PLAN_AREA
    current_tab = "families:plan"
    plan: Plan | None = None

    def setup_object(self, pk, version=None, **kwargs):
        super().setup_object(pk)
        self.plans = list(plan_versions(self.family))
        if version is not None:
            self.plan = next((row for row in self.plans if row.number == version), None)
            if self.plan is None:
                raise Http404

    def get(self, request, *args, **kwargs):
        """Redirect when the version cannot be edited any more; a stored form draft is shown anyway."""
        if self.get_requested_draft() is None and (response := self.get_redirect()):
            return response
        return super().get(request, *args, **kwargs)

    def get_redirect(self):
        """Where to redirect when the form cannot be used; None when it can."""
        return (
            self.redirect_with_warning(self.plan, STATE_REFUSALS[self.plan.state])
            if self.plan.state != PlanState.DRAFT
            else None
        )

    def redirect_with_warning(self, plan: Plan, sentence: str):
        messages.warning(self.request, sentence)
        return HttpResponseRedirect(self.plan_url(plan))

    def plan_url(self, plan: Plan, url_name: str = "families:plan-version") -> str:
        return reverse(url_name, args=[self.family.pk, plan.number])

    def get_instance(self):
        return self.plan


class PlanEditorView(PlanVersionEditView):
    """Base of the pages on which a plan is written."""

    form_class = PlanForm
    template_name = "plans/editor.html"

    @property
    def page_title(self):
        return f"Plan pracy, wersja {self.editor.number}"

    @cached_property
    def editor(self) -> PlanEditorContext:
        user, on = self.request.user, self.request.today
        case_state = self.header["case_state"]
        if case_state.period is None:
            raise PermissionDenied(WORK_NOT_STARTED)
        hidden = hidden_values(user, SENSITIVE_BASES)
        return get_editor_context(
            self.family, case_state=case_state, plans=self.plans, draft=self.plan, on=on, hidden=hidden
        )

    def refuse_outside_work(self):
        """Raise PermissionDenied when the work has ended or not begun: the plan is then read-only."""
        period = self.editor.period
        refusal = law.outside_work_refusal(
            on=self.request.today, began_on=period.starts_on, ended_on=period.ends_on
        )
        if refusal:
            raise PermissionDenied(refusal)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"editor": self.editor}

    def get_initial(self):
        return initial_plan(self.editor)

    def check_rules(self, form):
        plan = form.instance
        plan.reason = form.full_reason(form.cleaned_data)
        check_content(plan, period=self.editor.period, first=self.editor.is_first)

    def get_confirmations(self, form):
        if not form.sending:
            return []
        plan = form.plan_data().plan
        check_content(plan, period=self.editor.period, first=self.editor.is_first)
        return plan_confirmations(form)

    def perform(self, form):
        """Save and, if requested, send: in one transaction, so a refused sending saves nothing."""
        plan = self.save_plan(form.plan_data())
        return send_plan(plan=plan, version=None, by=self.request.user) if form.sending else plan

    def get_unsigned_version(self) -> Plan | None:
        """The unsigned version that prevents saving a new one, if any."""
        return None

    def save_plan(self, data) -> Plan:
        raise NotImplementedError

    def get_success_url(self):
        return self.plan_url(self.result)

    def get_success_message(self):
        plan = self.result
        sent = plan.state == PlanState.CONSULTATION
        text = "Wysłano do konsultacji plan pracy" if sent else "Zapisano szkic planu pracy"
        return f"{text}: {self.family}, wersja {plan.number}."

    def get_context_data(self, **kwargs):
        editor, lead = self.editor, self.header["case_state"].lead_worker
        unsigned = self.get_unsigned_version()
        return super().get_context_data(
            editor=editor,
            intro=editor_intro(editor),
            steps=draft_progress_steps(
                last_return=editor.last_return, social_worker=str(lead.social_worker) if lead else ""
            ),
            library=goal_library(),
            reusable_rows=[
                {"row": row, "progress": progress_text(row), "fill_json": row_fill_json(row)}
                for row in editor.reusable_rows
            ],
            counts=[{"term": term, "count": count(editor.period)} for term, count in EDITOR_COUNTS],
            links=draft_links(self, editor),
            send=SEND,
            confirmation_hint=SEND_ANYWAY_HINT,
            confirmation_title="Jeszcze nie wysłano.",
            blocked_by=unsigned,
            shows_draft_notice=self.current_draft is not None and unsigned is None,
            **kwargs,
        )


class PlanCreateView(PlanEditorView):
    """Create the first plan or a new version."""

    def get_unsigned_version(self):
        unsigned = next((row for row in self.plans if row.state != PlanState.SIGNED), None)
        return unsigned if unsigned and unsigned.period_id == self.editor.period.pk else None

    def get_redirect(self):
        self.refuse_outside_work()
        unsigned = self.get_unsigned_version()
        if unsigned is None:
            return None
        if unsigned.state == PlanState.DRAFT:
            return HttpResponseRedirect(self.plan_url(unsigned, "families:plan-edit"))
        return self.redirect_with_warning(unsigned, STATE_REFUSALS[unsigned.state])

    def save_plan(self, data):
        return create_plan(period=self.editor.period, data=data, by=self.request.user)


class PlanUpdateView(PlanEditorView):
    """Change a draft."""

    def get_redirect(self):
        self.refuse_outside_work()
        return super().get_redirect()

    def save_plan(self, data):
        version = self.opened_version
        return update_plan(plan=self.plan, data=data, version=version, by=self.request.user)


class PlanDiscardForm(BaseForm):
    """A confirmation without fields."""

    error_title = "Szkicu planu nie usunięto."
    submit_label = "Usuń szkic planu"


class PlanDiscardView(PlanVersionEditView):
    """Discard a draft that was never sent."""

    form_class = PlanDiscardForm
    template_name = "plans/discard.html"
    keeps_drafts = False

    @property
    def page_title(self):
        return f"Usuń szkic planu, wersja {self.plan.number}"

    def get_redirect(self):
        return super().get_redirect() or (
            self.redirect_with_warning(self.plan, ALREADY_SENT) if self.plan.drawn_up_on else None
        )

    def get_cancel_url(self):
        return self.plan_url(self.plan)

    def get_context_data(self, **kwargs):
        return super().get_context_data(row_count=self.plan.actions.count(), **kwargs)

    def perform(self, form):
        version = self.opened_version
        discard_plan(plan=self.plan, version=version, by=self.request.user)
        return self.plan.number

    def get_success_url(self):
        return self.file_url(self.current_tab)

    def get_success_message(self):
        return f"Usunięto szkic planu: {self.family}, wersja {self.result}."


def editor_intro(editor: PlanEditorContext) -> str:
    """Sentences under the heading: the period of the draft and the end of the previous version."""
    draft, previous = editor.draft, editor.previous
    sentences = [f"Na okres {short_date(draft.covers_from)}–{short_date(draft.covers_to)}."] if draft else []
    if previous:
        end = previous.covers_to
        sentences.append(
            f"Wersja {previous.number} jest na okres do {short_date(end)}, {due_distance(end, editor.today)}."
        )
    elif not draft:
        sentences.append("Pierwszy plan tej rodziny w tej pracy. Najlepiej pisać go razem, przy stole.")
    return " ".join(sentences)


def row_fill_json(row) -> str:
    """Initial values of a reused row as JSON for the script; dates as typed by the user."""
    typed = {
        name: short_date(value)
        if hasattr(value, "day")
        else value
        if isinstance(value, list)
        else value or ""
        for name, value in row_from_previous(row).items()
    }
    return json.dumps(typed, ensure_ascii=False)


def draft_links(view: PlanVersionEditView, editor: PlanEditorContext) -> list[dict]:
    """Links to other pages of the draft: comparison and discarding."""
    draft, links = editor.draft, []
    if draft and editor.previous:
        label = f"Porównaj z wersją {editor.previous.number}"
        links.append({"label": label, "url": view.plan_url(draft, "families:plan-compare")})
    if draft and not draft.drawn_up_on:
        links.append({"label": "Usuń szkic", "url": view.plan_url(draft, "families:plan-discard")})
    return links
