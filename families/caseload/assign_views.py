"""Pages that choose an assistant: the beginning of the work, a hand-over, a stand-in."""

from django.utils.functional import cached_property

from families.caseload.actions import assign_assistant, hand_over, start_work_and_assign
from families.caseload.basis_forms import BeginForm
from families.caseload.forms import HandOverForm, StandInForm
from families.caseload.labels import assignment_label, limit_override_notes
from families.caseload.models import Assignment
from families.caseload.queries import living_members
from families.caseload.succession import version_token
from families.caseload.views import OfWork
from families.choices import AssignmentKind
from lubsko_ops.core.polish import short_date


class ChooseAssistant(OfWork):
    """What the choices of an assistant have in common."""

    template_name = "families/assignments/assign.html"

    @cached_property
    def rows(self) -> list[Assignment]:
        """Assignments of the period, oldest first."""
        if not self.open:
            return []
        return list(self.period.assignments.select_related("assistant").order_by("starts_on", "pk"))

    @property
    def leading(self) -> Assignment | None:
        """The leading assistant of the day, else the one who is to begin."""
        today = self.request.today
        rows = [row for row in self.rows if row.kind == AssignmentKind.LEADING]
        return next((row for row in rows if row.ends_on is None or row.ends_on >= today), None)

    def initial(self):
        return {
            "starts_on": max(self.request.today, self.period.starts_on) if self.open else self.request.today
        }

    def form_kwargs(self):
        return {"family": self.family, "today": self.request.today, "rows": self.rows}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        choices = [("Asystent prowadzący", "families:assign"), ("Zastępstwo", "families:stand-in")]
        ways = [
            {"label": label, "url": self.file_address(name), "current": name == self.deed}
            for label, name in choices
        ]
        return context | {"leading": self.leading, "ways": ways if self.open else []}


class Assign(ChooseAssistant):
    """Przydziel asystenta: begin the work with a family, or hand it over to another leading assistant."""

    @property
    def title(self):
        if not self.open:
            return "Rozpocznij pracę i przydziel asystenta"
        return "Zmień asystenta" if self.leading else "Przydziel asystenta"

    @property
    def form_class(self):
        return HandOverForm if self.open else BeginForm

    def form_kwargs(self):
        common = super().form_kwargs()
        if self.open:
            return common | {"leading": self.leading}
        return common | {"members": living_members(self.family, on=self.request.today)}

    def get_context_data(self, **kwargs):
        # The form carries who led the family when it was opened: what changed since is not overwritten unseen.
        leading = Assignment.objects.filter(period=self.period, kind=AssignmentKind.LEADING)
        return super().get_context_data(mark=version_token(leading) if self.open else "begin", **kwargs)

    def act(self, form):
        data = {name: form.cleaned_data[name] for name in ("assistant", "starts_on", "override_reason")}
        if not self.open:
            return start_work_and_assign(family=self.family, bases=form.bases, by=self.request.user, **data)
        return hand_over(
            period=self.period,
            accompany_until=form.cleaned_data["accompany_until"],
            mark=self.request.POST.get("mark", ""),
            by=self.request.user,
            **data,
        )

    def done(self, row):
        return self.work_page, " ".join([*self.what_happened(row), *limit_override_notes(row)])

    def what_happened(self, row) -> list[str]:
        day = short_date(row.starts_on)
        if not self.open:
            return [f"{self.family}: praca od {day}, numer sprawy {row.period}, prowadzi {row.assistant}."]
        if row.version > 1:
            return [f"Poprawiono przydzielenie: od {day} rodzinę prowadzi {row.assistant}."]
        beside = row.period.assignments.filter(kind=AssignmentKind.ACCOMPANYING, starts_on=row.starts_on)
        return [
            f"Od {day} rodzinę prowadzi {row.assistant}.",
            *(f"{other.assistant} towarzyszy do {short_date(other.ends_on)}." for other in beside),
        ]


class StandIn(ChooseAssistant):
    """Zastępstwo: somebody works with the family for a time instead of the leading assistant."""

    form_class = StandInForm
    title = "Zastępstwo"
    needs_work = True

    def act(self, form):
        return assign_assistant(
            period=self.period, kind=AssignmentKind.STAND_IN, by=self.request.user, **form.cleaned_data
        )

    def done(self, row):
        return self.work_page, " ".join([f"{assignment_label(row)}.", *limit_override_notes(row)])
