"""Form pages of projects: begin, write, take a step."""

from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect

from lubsko_ops.core.links import reverse
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.polish import count_of, join_list
from lubsko_ops.core.temporal import day_before
from lubsko_ops.submissions.base_views import ActionFormView
from lubsko_ops.submissions.keys import REMOVE_ROW
from projects import actions, forms, rules
from projects.choices import EditionState, StepKind
from projects.dependents import SETTLEMENT_NOTES
from projects.document import document_parts, load_document
from projects.endings import SettlementGap, announced_by_ending, settlement_gaps
from projects.indicators.computed import numbers_of
from projects.models import ENDED, Edition
from projects.permissions import PROJECT_APPROVE, PROJECT_BEGIN, PROJECT_WRITE, may_take, may_write
from projects.queries import diagnosis_numbers, possible_authors
from projects.row_forms import GOAL_REMOVED, renumber_goals
from projects.views import ProjectMixin

COPIED = {
    "criteria": "kryterium,kryteria,kryteriów",
    "goals": "cel,cele,celów",
    "actions": "działanie,działania,działań",
    "budget": "pozycja budżetu,pozycje budżetu,pozycji budżetu",
    "risks": "ryzyko,ryzyka,ryzyk",
    "staff": "rola w kadrze,role w kadrze,ról w kadrze",
    "partners": "partner,partnerów,partnerów",
}


class EditionCreateView(ActionFormView):
    """Begin a project, or a new edition on the pattern of an earlier one (``?z=<id>``)."""

    permission = PROJECT_BEGIN
    access_area = None
    form_class = forms.EditionStartForm
    template_name = "projects/new.html"
    page_title = "Nowy projekt"

    def get_form_kwargs(self):
        editions = Edition.objects.order_by("-starts_on", "-pk")
        return super().get_form_kwargs() | {"editions": editions}

    def get_initial(self):
        earlier = Edition.objects.filter(pk=parse_int(self.request.GET.get("z")) or 0).first()
        return (
            {"copy_of": earlier, "title": earlier.title, "kind": earlier.kind}
            if earlier
            else {"kind": "group"}
        )

    def perform(self, form):
        copy_of = form.cleaned_data.get("copy_of")
        return actions.create_edition(data=form.instance, copy_of=copy_of, by=self.request.user)

    def get_cancel_url(self):
        return reverse("projects:list")

    def get_success_url(self):
        return reverse("projects:write", args=[self.result.pk])

    def get_success_message(self):
        if self.result.copied_from is None:
            return f"Założono projekt: {self.result}. Pisz po kolei albo od części, którą znasz najlepiej."
        document = load_document(self.result)
        numbers = [count_of(len(document[name]), words) for name, words in COPIED.items() if document[name]]
        if groups := self.result.groups.count():
            numbers.append(count_of(groups, "grupa,grupy,grup"))
        return (
            f"Skopiowano z {self.result.copied_from}: teksty{', ' if numbers else ''}{join_list(numbers)}. "
            "Osób, dat i wyników nie skopiowano."
        )


class ProjectFormView(ProjectMixin, ActionFormView):
    """A form about one project."""

    template_name = "projects/form_page.html"

    def get_instance(self):
        return self.edition

    def get_cancel_url(self):
        return self.project_url()

    @property
    def draft_title(self):
        return f"{self.edition}: {self.page_title}"

    def get(self, request, *args, **kwargs):
        """Lead back to the project when the form cannot be used; a stored draft is shown anyway."""
        if self.get_requested_draft() is None and (refusal := self.get_refusal()):
            messages.warning(request, refusal)
            return HttpResponseRedirect(self.get_cancel_url())
        return super().get(request, *args, **kwargs)

    def get_refusal(self) -> str:
        """Why the form does not open, otherwise empty; the action refuses for the same reason."""
        raise NotImplementedError


class ProjectWriteView(ProjectFormView):
    """The whole document on one page, in parts that say whether they are complete."""

    permission = PROJECT_WRITE
    current_tab = "projects:write"
    form_class = forms.ProjectForm
    template_name = "projects/write.html"
    page_title = "Opis projektu"

    def setup_object(self, pk, **kwargs):
        super().setup_object(pk)
        if not may_write(self.edition, self.request.user):
            raise PermissionDenied(actions.NOT_AUTHOR)

    def get_refusal(self):
        is_draft = self.edition.state == EditionState.DRAFT
        return "" if is_draft else rules.STATE_REFUSALS[EditionState(self.edition.state)]

    @cached_property
    def document(self):
        return load_document(self.edition)

    @cached_property
    def staff(self):
        chosen = [*self.edition.authors, *(row.user_id for row in self.document["staff"] if row.user_id)]
        return list(possible_authors(self.request.today, chosen))

    def get_form_kwargs(self):
        numbers = numbers_of(self.edition)
        return super().get_form_kwargs() | {
            "document": self.document,
            "staff": self.staff,
            "numbers": numbers,
        }

    def get_initial(self):
        values = self.edition.entered_values()
        return values | {"authors": [str(pk) for pk in self.edition.authors]}

    def form_of(self, content):
        """Where the button of a goal removed it without JavaScript, actions name the others by their new numbers."""
        removed = self.request.POST.get(REMOVE_ROW, "")
        served = renumber_goals(content, removed) if removed.startswith("goals-") else {}
        form = super().form_of(content)
        for row in form.formsets["actions"]:
            if row.prefix in served:
                row.fields["goal_numbers"].help_text = GOAL_REMOVED.format(served[row.prefix])
        return form

    def perform(self, form):
        edition = actions.update_edition(
            edition=self.edition, data=form.document(), version=self.opened_version, by=self.request.user
        )
        if self.sending:
            return actions.send_edition(edition=edition, version=None, by=self.request.user)
        return edition

    @property
    def sending(self) -> bool:
        return self.request.POST.get("then") == StepKind.SEND

    def get_success_url(self):
        return self.project_url() if self.sending else self.project_url("projects:write")

    def get_success_message(self):
        return f"Wysłano do akceptacji: {self.result}." if self.sending else f"Zapisano opis: {self.result}."

    def get_context_data(self, **kwargs):
        parts = document_parts(self.document)
        form = kwargs["form"]
        return super().get_context_data(
            parts={f"part{part.number}": part for part in parts},
            part_list=parts,
            complete=sum(part.is_complete for part in parts),
            opens_all=form.is_bound,
            numbers=diagnosis_numbers(self.request.today),
            send=StepKind.SEND,
            **kwargs,
        )


# ---- steps -------------------------------------------------------------------------------------------
class StepView(ProjectFormView):
    """A step of the project: ``step``; ``act`` calls its action."""

    permission = PROJECT_WRITE
    template_name = "projects/step.html"
    keeps_drafts = False
    step: StepKind
    explanation = ""
    success = ""

    def setup_object(self, pk, **kwargs):
        super().setup_object(pk)
        if not may_take(self.step, self.edition, self.request.user):
            raise PermissionDenied(
                actions.NOT_MANAGER if may_write(self.edition, self.request.user) else actions.NOT_AUTHOR
            )

    def get_refusal(self):
        return rules.state_refusal(self.edition.state, self.step)

    def get_success_message(self):
        return f"{self.success}: {self.result}."

    def get_context_data(self, **kwargs):
        return super().get_context_data(explanation=self.explanation, **kwargs)

    def step_kwargs(self) -> dict:
        return {"edition": self.edition, "version": self.opened_version, "by": self.request.user}


class EditionSendView(StepView):
    step, form_class, page_title = StepKind.SEND, forms.EditionSendForm, "Wyślij projekt do akceptacji"
    explanation = (
        "Kierownik zatwierdzi projekt albo odeśle go z uwagami. Do tego czasu nie można go zmieniać."
    )
    success = "Wysłano do akceptacji"

    def perform(self, form):
        return actions.send_edition(**self.step_kwargs())


class EditionReturnView(StepView):
    permission = PROJECT_APPROVE
    step, form_class, page_title = StepKind.RETURN, forms.EditionReturnForm, "Odeślij projekt do poprawy"
    explanation = "Projekt będzie znowu szkicem, a autorzy zobaczą uwagi."
    success = "Odesłano do poprawy"
    keeps_drafts = True

    def perform(self, form):
        return actions.return_edition(text=form.cleaned_data["text"], **self.step_kwargs())


class EditionApproveView(StepView):
    permission = PROJECT_APPROVE
    step, form_class, page_title = StepKind.APPROVE, forms.EditionApproveForm, "Zatwierdź projekt"
    explanation = "Po zatwierdzeniu opis się nie zmienia, powstaje karta projektu i zaczyna się nabór."
    success = "Zatwierdzono"

    def get(self, request, *args, **kwargs):
        try:
            actions.check_four_eyes(self.edition, request.user)
        except PermissionDenied as refusal:
            if not self.get_refusal():
                messages.warning(request, str(refusal))
                return HttpResponseRedirect(self.get_cancel_url())
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        counted = actions.gives_references(self.request.today.year)
        return super().get_form_kwargs() | {"counted": counted}

    def perform(self, form):
        reference = form.cleaned_data.get("case_reference", "")
        return actions.approve_edition(case_reference=reference, **self.step_kwargs())


class EditionBeginView(StepView):
    step, form_class, page_title = StepKind.BEGIN, forms.EditionBeginForm, "Rozpocznij projekt"
    explanation = "Od rozpoczęcia wpisuje się wyniki i wydatki."
    success = "Projekt trwa"

    def perform(self, form):
        return actions.begin_edition(**self.step_kwargs())


class EditionEndView(StepView):
    step, form_class, page_title = StepKind.END, forms.EditionEndForm, "Zakończ zajęcia"
    explanation = (
        "Projekt będzie czekał na rozliczenie, a grupy, które jeszcze trwają, skończą się tego samego dnia. Wyniki i "
        "wydatki można jeszcze uzupełniać."
    )
    success = "Do rozliczenia"

    def get_initial(self):
        last = self.edition.ends_on
        return {"last_day": last if last and last <= self.request.today else self.request.today}

    def get_confirmations(self, form):
        """What else follows a last day other than the one the page opened with, which says so itself."""
        last_day = form.cleaned_data["last_day"]
        if last_day == self.get_initial()["last_day"]:
            return []
        return announced_by_ending(self.edition, last_day)

    def get_context_data(self, **kwargs):
        announced = announced_by_ending(self.edition, self.get_initial()["last_day"])
        self.explanation = " ".join([self.explanation, *announced])
        return super().get_context_data(**kwargs)

    def perform(self, form):
        return actions.end_edition(last_day=form.cleaned_data["last_day"], **self.step_kwargs())


class EditionSettleView(StepView):
    permission = PROJECT_APPROVE
    step, form_class, page_title = StepKind.SETTLE, forms.EditionSettleForm, "Rozlicz projekt"
    explanation = (
        "Każdy cel ma wynik, a każda pozycja budżetu kwotę wydaną. Rozliczonego projektu się nie zmienia."
    )
    success = "Rozliczono"
    template_name = "projects/settle.html"

    def get_context_data(self, **kwargs):
        gaps = settlement_gaps(self.edition, on=self.request.today)
        links = [(gap.text, self.gap_url(gap)) for gap in gaps]
        notes = [note for load in SETTLEMENT_NOTES for note in load(self.edition)]
        return super().get_context_data(gaps=links, notes=notes, **kwargs)

    def gap_url(self, gap: SettlementGap) -> str:
        args = [self.edition.pk] if gap.goal is None else [self.edition.pk, gap.goal]
        return reverse(gap.url_name, args=args)

    def perform(self, form):
        return actions.settle_edition(**self.step_kwargs())


class EditionWithdrawView(StepView):
    step, form_class, page_title = StepKind.WITHDRAW, forms.EditionWithdrawForm, "Odstąp od projektu"
    explanation = "Projekt zostaje na liście z powodem. Nie można go wznowić, można skopiować."
    success = "Odstąpiono od projektu"
    keeps_drafts = True

    def get_context_data(self, **kwargs):
        people = self.edition.participations.exclude(status__in=ENDED).count()
        if people:
            listed = count_of(people, "osoby,osób,osób")
            self.explanation = f"{self.explanation} Udział i zgłoszenia {listed} skończą się dzisiaj."
        announced = announced_by_ending(self.edition, day_before(self.request.today))
        self.explanation = " ".join([self.explanation, *announced])
        return super().get_context_data(**kwargs)

    def perform(self, form):
        return actions.withdraw_edition(text=form.cleaned_data["text"], **self.step_kwargs())
