"""The work page of a family, and the base of the forms that change the work."""

from django.contrib import messages
from django.shortcuts import redirect

from families.base_views import READ_ONLY_MESSAGE, WORK_PARTS, FamilyFormView, FamilyPageView
from families.caseload.labels import BASIS_PERMISSION_NOTE, MISSING_BASIS_ADVICE
from families.caseload.permissions import ASSIGN, ASSIGNMENT_AREA, BASIS_RECORD
from families.caseload.queries import current_period, find_basis_gaps, region_history
from families.caseload.succession import is_cancellable
from families.choices import AssignmentKind
from families.people.permissions import FAMILY_VIEW
from families.permissions import SENSITIVE_BASES, hidden_values
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import has_permission

NO_WORK_MESSAGE = "Z tą rodziną nie trwa teraz praca. Zacznie się, gdy kierownik przydzieli asystenta."


class WorkView(FamilyPageView):
    """Prowadzenie: work periods, assistants and legal bases of the current one, lead social worker, region."""

    permission = FAMILY_VIEW
    access_area = ASSIGNMENT_AREA
    current_tab = "families:work"
    template_name = "caseload/work.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(page_title="prowadzenie", **kwargs)
        case_state, today = context["header"]["case_state"], self.request.today
        period = current_period(case_state.periods, on=today)
        bases = [row for row in reversed(case_state.all_bases) if period and row.period_id == period.pk]
        rows = [row for row in reversed(case_state.all_assignments) if period and row.period_id == period.pk]
        permissions = self.get_permissions()
        self.add_row_actions(permissions, assignments=rows, bases=bases, leads=case_state.leads)
        return context | {
            "periods": case_state.periods[::-1],
            "period": period,
            "bases": bases,
            "basis_gaps": find_basis_gaps(period, bases, on=today) if period else None,
            "assignments": rows,
            "has_leading": any(
                row.kind == AssignmentKind.LEADING and row.is_active_on_or_after(today) for row in rows
            ),
            "leads": case_state.leads[::-1],
            "regions": region_history(self.family),
            "open": period is not None and period.is_active_on_or_after(today),
            "permissions": permissions,
            "parts": [part(self.family, user=self.request.user, on=today) for part in WORK_PARTS],
        }

    def add_row_actions(self, permissions, *, assignments, bases, leads) -> None:
        """Set ``actions`` of each row to the links the user may follow, and ``is_hidden`` of the bases."""
        today = self.request.today
        for row in assignments if permissions["assign"] else ():
            active = row.is_active_on(today)
            row.actions = self.row_actions(row, "assignment", end=active, cancel=is_cancellable(row))
        for row in leads if permissions["assign"] else ():
            row.actions = self.row_actions(row, "lead", end=False, cancel=is_cancellable(row))
        hidden = hidden_values(self.request.user, SENSITIVE_BASES)
        for row in bases:
            row.is_hidden = row.kind in hidden
            if permissions["basis"] and not row.is_hidden:
                row.actions = self.row_actions(row, "basis", end=row.ends_on is None, cancel=len(bases) > 1)

    def row_actions(self, row, noun: str, *, end: bool, cancel: bool) -> list[dict]:
        """Links of one row: label, URL, and the row to name to screen readers."""
        actions = (("Zakończ", "end", end), ("Popraw", "correct", True), ("Odwołaj", "cancel", cancel))
        return [
            {
                "label": label,
                "url": reverse(f"families:{noun}-{action}", args=[self.family.pk, row.pk]),
                "row": row,
            }
            for label, action, available in actions
            if available
        ]

    def get_permissions(self) -> dict:
        """What the user may change here, and the sentences shown instead of the buttons."""
        user, workable = self.request.user, self.family.workable
        assign, basis = has_permission(user, ASSIGN), has_permission(user, BASIS_RECORD)
        return {
            "assign": assign and workable,
            "assign_refusal": "" if assign else "Asystenta i pracownika socjalnego przydziela kierownik.",
            "basis": basis and workable,
            "missing_basis_advice": MISSING_BASIS_ADVICE if basis and workable else BASIS_PERMISSION_NOTE,
            "basis_refusal": "" if basis else BASIS_PERMISSION_NOTE,
            "read_only_message": "" if workable else READ_ONLY_MESSAGE,
        }


class WorkFormView(FamilyFormView):
    """Base of forms about the work with a family.

    ``needs_work``: the form opens only during or before work; one sent after the work has ended comes back with
    its content and the action's refusal.
    """

    permission = ASSIGN
    access_area = ASSIGNMENT_AREA
    current_tab = "families:work"
    needs_work = False
    part = "asystent"  # id of the heading on the page of the work under which the row stands

    def get_success_url(self):
        return f"{self.get_cancel_url()}#{self.part}"

    def setup_object(self, pk, **kwargs):
        super().setup_object(pk, **kwargs)
        today = self.request.today
        self.period = current_period(self.family.periods.all(), on=today)
        self.open = self.period is not None and self.period.is_active_on_or_after(today)

    def get(self, request, *args, **kwargs):
        if self.needs_work and not self.open:
            return self.redirect_without_work()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if self.needs_work and self.period is None:
            return self.redirect_without_work()
        return super().post(request, *args, **kwargs)

    def redirect_without_work(self):
        messages.error(self.request, NO_WORK_MESSAGE)
        return redirect(self.work_page)

    @property
    def work_page(self) -> str:
        return self.file_url("families:work")
