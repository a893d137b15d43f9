"""Pages for assignments of assistants: start of work, hand-over, stand-in, end, correction, cancellation."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from families.caseload.actions import (
    assign_assistant,
    end_assignment,
    hand_over,
    start_work_and_assign,
)
from families.caseload.corrections import (
    cancel_assignment,
    cancellation_refusal,
    correct_assignment,
)
from families.caseload.forms.assignments import (
    AssignmentCancelForm,
    AssignmentCorrectForm,
    AssignmentEndForm,
    HandOverForm,
    StandInForm,
)
from families.caseload.forms.bases import WorkBeginForm
from families.caseload.labels import (
    assignment_label,
    limit_override_notes,
)
from families.caseload.models import COUNTED_KINDS, Assignment
from families.caseload.queries import living_members
from families.caseload.succession import predecessors_of, version_token, worker_of
from families.caseload.validators import validate_assignment
from families.caseload.views.work import WorkFormView
from families.choices import AssignmentKind
from lubsko_ops.centre.dictionaries.filing import family_work_symbol
from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.polish import join_list, short_date


class AssistantChoiceView(WorkFormView):
    """Base of the pages that choose an assistant."""

    template_name = "caseload/assign.html"

    @cached_property
    def assignments(self) -> list[Assignment]:
        """Assignments of the work period, oldest first; none when no work is open."""
        if not self.open:
            return []
        return list(self.period.assignments.select_related("assistant").order_by("starts_on", "pk"))

    @property
    def leading(self) -> Assignment | None:
        """The present leading assignment, else the next one to start."""
        today = self.request.today
        rows = [row for row in self.assignments if row.kind == AssignmentKind.LEADING]
        return next((row for row in rows if row.is_active_on_or_after(today)), None)

    def get_initial(self):
        return {
            "starts_on": max(self.request.today, self.period.starts_on) if self.open else self.request.today
        }

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "family": self.family,
            "today": self.request.today,
            "assignments": self.assignments,
        }

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        choices = [("Asystent prowadzący", "families:assign"), ("Zastępstwo", "families:stand-in")]
        tabs = [
            {"label": label, "url": self.file_url(name), "current": name == self.action_name}
            for label, name in choices
        ]
        return context | {"leading": self.leading, "view_tabs": tabs if self.open else []}

    def check_rules(self, form):
        data = form.cleaned_data
        if self.open and data.get("starts_on") and data.get("assistant"):
            days = {"starts_on": data["starts_on"], "ends_on": data.get("ends_on")}
            kind = AssignmentKind.LEADING if "ends_on" in form.errors else form.kind
            validate_assignment(self.period, data["assistant"], kind=kind, **days)


class AssistantAssignView(AssistantChoiceView):
    """Przydziel asystenta: start work with a family, or hand it over to another leading assistant."""

    @property
    def page_title(self):
        if not self.open:
            return "Rozpocznij pracę i przydziel asystenta"
        return "Zmień asystenta" if self.leading else "Przydziel asystenta"

    def get_form_class(self):
        return HandOverForm if self.open else WorkBeginForm

    def get_form_kwargs(self):
        common = super().get_form_kwargs()
        if self.open:
            return common | {"leading": self.leading}
        symbol = family_work_symbol(self.request.today.year)
        return common | {
            "members": living_members(self.family, on=self.request.today),
            "asks_reference": symbol is not None and symbol.numbered_elsewhere,
        }

    def get_context_data(self, **kwargs):
        # The form carries the leading rows' version, so that a change made meanwhile is not overwritten unseen.
        leading = Assignment.objects.filter(period=self.period, kind=AssignmentKind.LEADING)
        token = version_token(leading) if self.open else "begin"
        return super().get_context_data(version_token=token, **kwargs)

    def perform(self, form):
        data = {name: form.cleaned_data[name] for name in ("assistant", "starts_on", "override_reason")}
        if not self.open:
            data["case_reference"] = form.cleaned_data.get("case_reference", "")
            return start_work_and_assign(family=self.family, bases=form.bases, by=self.request.user, **data)
        return hand_over(
            period=self.period,
            accompany_until=form.cleaned_data["accompany_until"],
            token=self.request.POST.get("mark", ""),
            by=self.request.user,
            **data,
        )

    def get_success_message(self):
        return " ".join([*self.result_sentences(self.result), *limit_override_notes(self.result)])

    def result_sentences(self, row) -> list[str]:
        day = short_date(row.starts_on)
        if not self.open:
            reference = f"znak sprawy {row.period.case_reference}, " if row.period.case_reference else ""
            return [
                f"{self.family}: praca od {day}, {reference}numer sprawy {row.period}, prowadzi {row.assistant}."
            ]
        if row.version > 1:
            return [f"Poprawiono przydzielenie: od {day} rodzinę prowadzi {row.assistant}."]
        accompanying = row.period.assignments.filter(
            kind=AssignmentKind.ACCOMPANYING, starts_on=row.starts_on
        )
        return [
            f"Od {day} rodzinę prowadzi {row.assistant}.",
            *(f"{other.assistant} towarzyszy do {short_date(other.ends_on)}." for other in accompanying),
        ]


class StandInView(AssistantChoiceView):
    """Zastępstwo: another assistant works with the family for a time instead of the leading one."""

    form_class = StandInForm
    page_title = "Zastępstwo"
    needs_work = True

    def perform(self, form):
        return assign_assistant(
            period=self.period, kind=AssignmentKind.STAND_IN, by=self.request.user, **form.cleaned_data
        )

    def get_success_message(self):
        return " ".join([f"{assignment_label(self.result)}.", *limit_override_notes(self.result)])


class AssignmentFormView(WorkFormView):
    """Base of forms about one assignment of the family."""

    def setup_object(self, pk, assignment, **kwargs):
        super().setup_object(pk, **kwargs)
        rows = Assignment.objects.filter(period__family=self.family).select_related("assistant", "period")
        self.assignment = get_object_or_404(rows, pk=assignment)

    def get_instance(self):
        return self.assignment

    def get_context_data(self, **kwargs):
        return super().get_context_data(assignment=self.assignment, **kwargs)


class AssignmentEndView(AssignmentFormView):
    """Set the last day of an assignment, or an earlier one than planned."""

    form_class = AssignmentEndForm
    template_name = "caseload/end_assignment.html"

    @property
    def page_title(self):
        return f"Zakończ przydzielenie: {self.assignment.assistant}"

    def get_initial(self):
        return {"ends_on": max(self.request.today, self.assignment.starts_on)}

    def perform(self, form):
        return end_assignment(
            assignment=self.assignment,
            on=form.cleaned_data["ends_on"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        row = self.result
        sentences = [f"{row.assistant} {row.get_kind_display()} do {short_date(row.ends_on)}."]
        next_day = row.ends_on + ONE_DAY
        if row.period.is_active_on(next_day) and not row.period.assignments.active_on(next_day).filter(
            kind__in=COUNTED_KINDS
        ):
            sentences.append(f"Od {short_date(next_day)} rodzina nie ma asystenta.")
        return " ".join(sentences)


class AssignmentCorrectView(AssignmentFormView):
    """Popraw przydzielenie: correct its days, with a reason."""

    form_class = AssignmentCorrectForm
    template_name = "caseload/correct.html"

    @property
    def page_title(self):
        return f"Popraw przydzielenie: {self.assignment.assistant}"

    def get_initial(self):
        return {"starts_on": self.assignment.starts_on, "ends_on": self.assignment.ends_on}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"kind": self.assignment.kind}

    def perform(self, form):
        return correct_assignment(
            assignment=self.assignment,
            version=self.opened_version,
            by=self.request.user,
            **form.cleaned_data,
        )

    def get_success_message(self):
        message = f"Poprawiono: {assignment_label(self.result)}."
        return " ".join([message, *limit_override_notes(self.result)])


class AssignmentCancelView(AssignmentFormView):
    """Odwołaj przydzielenie: cancel one that is planned but not needed, or was entered by mistake today."""

    form_class = AssignmentCancelForm
    template_name = "caseload/cancel.html"

    @property
    def page_title(self):
        return f"Odwołaj: {assignment_label(self.assignment)}"

    def get(self, request, *args, **kwargs):
        return redirect_if_not_cancellable(self, self.assignment) or super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        rows = self.assignment.period.assignments.select_related("assistant")
        predecessors = [
            f"{worker_of(each)} {each.get_kind_display()}" for each in predecessors_of(self.assignment, rows)
        ]
        return super().get_form_kwargs() | {"predecessors": join_list(predecessors)}

    def perform(self, form):
        return cancel_assignment(
            assignment=self.assignment,
            why=form.cleaned_data["why"],
            give_back=form.cleaned_data.get("give_back", False),
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        sentences = [f"Odwołano: {assignment_label(self.assignment)}."]
        sentences += [f"{assignment_label(each)}." for each in self.result]
        return " ".join(sentences)


def redirect_if_not_cancellable(view, row):
    """Redirect to the work page with the reason when the row cannot be cancelled; None when it can."""
    if sentence := cancellation_refusal(row):
        messages.error(view.request, sentence)
        return redirect(view.work_page)
    return None
