"""Entering, correcting and reading a visit."""

import re
from datetime import date
from functools import cached_property

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404

from families import law
from families.base_views import FamilyFormView, FamilyPageView
from families.people.permissions import FAMILY_LIST_AREA
from families.plans.permissions import PLAN_VIEW
from families.plans.queries import actions_for_visit
from families.specialists.queries import distinct_specialists
from families.visits import queries
from families.visits.actions import correct_visit, log_visit
from families.visits.forms.initial import initial_for_edit, initial_for_new, local_time
from families.visits.forms.visit import VisitForm
from families.visits.models import Visit
from families.visits.permissions import SAFEGUARDING_FOLLOW_UP, VISIT_LOG, VISIT_VIEW, VISITS_AREA
from families.visits.validators import check_visit, visit_confirmations
from lubsko_ops.audit.base_views import PageView
from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core import clock
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import short_date
from lubsko_ops.submissions.keys import REFRESH

LIKE_LAST_TIME = "jak-ostatnio"  # value of the button that ticks the adults of the last visit
CONCERN_SHARED = "Kierownik i pracownik socjalny zobaczą zagrożenie od razu."


class VisitFamilyChoiceView(PageView):
    """Choice of the family before a new visit: families assigned to the user today."""

    permission = VISIT_LOG
    access_area = FAMILY_LIST_AREA
    template_name = "visits/choose_family.html"

    def get_context_data(self, **kwargs):
        families = queries.families_to_visit(self.request.user, on=self.request.today)
        for each in families:
            each.url = reverse("families:visit-new", args=[each.pk])
            each.url += f"?{queries.ARRANGED}=1" if each.is_today else ""
        return super().get_context_data(families=families, title="Wizyta", question="U kogo?", **kwargs)


class VisitFormView(FamilyFormView):
    """Base of the visit forms. Read access is enough: the action checks the assignment on the day of the visit."""

    permission = VISIT_LOG
    access_area = VISITS_AREA
    requires_workable = False
    with_header = False
    form_class = VisitForm
    template_name = "visits/visit_form.html"
    visit: Visit | None = None
    only_filled = False  # whether the form gets just the agreements and plan actions with something typed
    sent_form: VisitForm | None = None  # such a form
    has_concern = False  # whether the saved visit reports a concern

    @classmethod
    def draft_summary(cls, content):
        """The day and hour, which distinguish the drafts of two visits to one family."""
        return ", ".join(filter(None, (content.get(name, [""])[0].strip() for name in ("day", "starts_at"))))

    @cached_property
    def sidebar(self):
        return queries.get_sidebar(self.family, user=self.request.user, on=self.request.today)

    @cached_property
    def last(self):
        return queries.last_visit(self.family, before=self.visit.started_at if self.visit else None)

    @cached_property
    def members(self):
        """Possible attendees: members between ``since`` and today."""
        return queries.possible_attendees(self.family, since=self.since, until=self.request.today)

    @property
    def since(self) -> date:
        """First day of the search for possible attendees and the plan in force."""
        today = self.request.today
        return min(self.typed_day() or today, today - queries.RECENTLY_LEFT)

    def get_actions(self):
        """Actions of the plan in force, and those already selected of any version."""
        only = self.filled_rows("touch", "touch_state", "touch_note") if self.only_filled else None
        typed = [*self.request.POST, *(self.current_draft.content if self.current_draft else ())]
        selected = {int(name[6:]) for name in typed if re.fullmatch(r"touch_\d{1,18}", name)}
        selected |= {row.action_id for row in self.visit.plan_progress.all()} if self.visit else set()
        visit = self.visit.pk if self.visit else None
        days = {"since": self.since, "until": self.request.today}
        return actions_for_visit(self.family, **days, include=selected, only=only, exclude_visit=visit)

    def filled_rows(self, *prefixes: str) -> set[int]:
        """Ids of the agreements or plan actions with something typed in a field with one of these prefixes."""
        field_name = re.compile(rf"(?:{'|'.join(prefixes)})_(\d{{1,18}})")
        filled = [name for name, values in self.request.POST.lists() if any(values)]
        return {int(match[1]) for name in filled if (match := field_name.fullmatch(name))}

    def typed_day(self) -> date | None:
        """The day entered in the form or, without a valid one, of the visit being corrected."""
        try:
            return VisitForm.base_fields["day"].clean(self.request.POST.get("day"))
        except ValidationError:
            return self.visit.day if self.visit else None

    def get_agreements(self):
        only = self.filled_rows("tick", "moved") if self.only_filled else None
        return queries.open_agreements(self.family, visit=self.visit, only=only)

    def get_specialists(self) -> list:
        """Who is or was a specialist of the family; for a form that is sent, only when one was ticked."""
        if self.only_filled and "specialists" not in self.request.POST:
            return []
        return distinct_specialists(self.family)

    def get_form_kwargs(self):
        rhythm = get_norm("visit_rhythm_days", on=self.request.today)
        due_on = law.visit_due_on(self.request.today, rhythm_days=rhythm)
        return super().get_form_kwargs() | {
            "members": self.members,
            "agreements": self.get_agreements(),
            "likely_areas": lambda: self.last.areas if self.last else [],
            "actions": self.get_actions(),
            "specialists": self.get_specialists(),
            "next_hint": lambda: f"Najpóźniej {short_date(due_on)}: wizyta co {rhythm} dni.",
        }

    def get_form(self, form_class=None):
        """A form that is sent reads from the file what was typed in; render_form() completes it."""
        if self.request.method != "POST":
            return super().get_form(form_class)
        self.only_filled = True
        self.sent_form = super().get_form(form_class)
        self.only_filled = False
        return self.sent_form

    def complete(self, form):
        """The sent form with all agreements and plan actions of the file, and with its errors."""
        if form is not self.sent_form:
            return form
        whole = self.form_class(**self.get_form_kwargs())
        whole.is_valid()
        for name, errors in form.errors.as_data().items():
            if name not in whole.errors:
                whole.add_error(None if name == NON_FIELD_ERRORS else name, errors)
        return whole

    def render_form(self, form, **kwargs):
        return super().render_form(self.complete(form), **kwargs)

    def render_conflict(self, form, conflict):
        return super().render_conflict(self.complete(form), conflict)

    def rules_for(self, day: date) -> dict:
        """Arguments of the checks of a visit on the day."""
        return {
            "period": self.period_of(day),
            "assistant": self.request.user,
            "exclude": self.visit.pk if self.visit else None,
            "kept_day": self.visit.day if self.visit else None,
        }

    def check_rules(self, form):
        data = form.partial_data()
        rules = self.rules_for(data.visit.day or self.request.today)
        check_visit(data, unknown=form.unknown_fields, **rules)

    def get_confirmations(self, form):
        data = form.visit_data()
        rules = self.rules_for(data.visit.day)
        confirmations = visit_confirmations(data, **rules) + form.get_confirmations()
        if confirmations:  # an invalid visit is refused at once, without confirmations
            check_visit(data, **rules)
        return confirmations

    def get_success_url(self):
        return reverse("families:visit", args=[self.family.pk, self.result.pk])

    def get_success_message(self):
        visit = self.result
        message = f"{self.saved_as(visit)}: {self.family}, {queries.visit_time_text(visit)}."
        if visit.next_day:
            message += f" Następna wizyta: {short_date(visit.next_day)}."
        if self.has_concern:
            message += f" {CONCERN_SHARED}"
        return message

    def get_context_data(self, **kwargs):
        seen = self.last.seen if self.last else []
        return super().get_context_data(
            sidebar=self.sidebar,
            last=self.last,
            last_seen=[each.person.first_name for each in self.members if each.person.pk in seen],
            away=[
                each
                for each in self.members
                if each.is_child and not each.membership.lives_here and not each.leaving_text
            ],
            **kwargs,
        )


class VisitCreateView(VisitFormView):
    """A new visit, prefilled with likely values."""

    page_title = "Wizyta"

    @property
    def is_arranged(self) -> bool:
        """Whether the form was opened for the arranged visit, from the plan of the day."""
        return queries.ARRANGED in self.request.GET

    def get_initial(self):
        return initial_for_new(
            now=self.request.now,
            busy_until=self.sidebar.busy_until,
            last=self.last,
            arranged=self.sidebar.arranged,
            is_arranged=self.is_arranged,
        )

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        due_hint = kwargs["next_hint"]
        return kwargs | {
            "last_adults": self.get_last_adults,
            "next_hint": lambda: f"{due_hint()} {self.get_arranged_hint()}".strip(),
        }

    def get_last_adults(self) -> list:
        """Adults present at the last visit who live with the family: one tap ticks them, never a child."""
        seen = self.last.seen if self.last else []
        return [
            each
            for each in self.members
            if each.person.pk in seen and not each.is_child and queries.lives_with_family(each)
        ]

    def get_arranged_hint(self) -> str:
        """What happens to a visit arranged for today when another one is entered, on the form as opened.

        A form that comes back, refused or as a draft, does not know which of the two visits it was opened for.
        """
        arranged = self.sidebar.arranged
        if self.is_arranged or self.current_draft or self.request.method == "POST":
            return ""
        if arranged is None or arranged.day != self.request.today:
            return ""
        return f"Zapisanie tej wizyty zastąpi umówioną: {arranged.text}. Jeśli tamta też się odbędzie, wpisz ją tutaj."

    def form_of(self, content):
        """With the adults of the last visit ticked, after the button that asks for it."""
        if self.request.POST.get(REFRESH) == LIKE_LAST_TIME:
            adults = [str(each.person.pk) for each in self.get_last_adults()]
            content["present"] = [*dict.fromkeys([*content.get("present", []), *adults])]
        return super().form_of(content)

    def perform(self, form):
        data = form.visit_data()
        self.has_concern = data.concern is not None
        return log_visit(period=self.period_of(data.visit.day), data=data, by=self.request.user)

    def period_of(self, day: date):
        """The period of work on the day, otherwise the last one: the action then refuses the day."""
        periods = queries.PERIODS.all(family=self.family.pk)
        if not periods:
            raise PermissionDenied("Praca z tą rodziną jeszcze się nie zaczęła.")
        return next((row for row in periods if row.is_active_on(day)), periods[0])

    def saved_as(self, visit):
        return "Zapisano wizytę" if visit.held else f"Zapisano nieudaną wizytę ({visit.get_result_display()})"


class VisitUpdateView(VisitFormView):
    """Correction of a visit by its author."""

    page_title = "Popraw wizytę"

    def setup_object(self, pk, visit, **kwargs):
        super().setup_object(pk)
        self.visit = get_object_or_404(queries.visits_with_details(self.family), pk=visit)
        if self.visit.assistant_id != self.request.user.pk:
            raise PermissionDenied("Wizytę poprawia tylko ten, kto ją wpisał.")

    def get_instance(self):
        return self.visit

    def get_cancel_url(self):
        return reverse("families:visit", args=[self.family.pk, self.visit.pk])

    def get_initial(self):
        day, at = local_time(self.request.now)
        return {"danger_notified_on": day, "danger_notified_at": at} | initial_for_edit(self.visit)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"own": self.visit.agreements.all(), "corrects": True}

    def perform(self, form):
        data = form.visit_data()
        self.has_concern = data.concern is not None
        return correct_visit(visit=self.visit, data=data, version=self.opened_version, by=self.request.user)

    def period_of(self, day: date):
        return self.visit.period

    def saved_as(self, visit):
        return "Poprawiono wizytę"


class VisitDetailView(FamilyPageView):
    """Page of a visit."""

    permission = VISIT_VIEW
    access_area = VISITS_AREA
    current_tab = "families:case-log"
    template_name = "visits/visit_detail.html"

    def setup_object(self, pk, visit, **kwargs):
        super().setup_object(pk)
        self.visit = get_object_or_404(queries.visits_with_details(self.family), pk=visit)

    def get_context_data(self, **kwargs):
        user = self.request.user
        own = self.visit.assistant_id == user.pk and has_permission(user, VISIT_LOG)
        concern = getattr(self.visit, "concern", None)
        steps = list(concern.steps.select_related("entered_by").order_by("day", "pk")) if concern else []
        can_see_plan = has_permission(user, PLAN_VIEW)
        progress = list(self.visit.plan_progress.all()) if can_see_plan else []
        kwargs |= {"visit": self.visit}  # in kwargs stands the id from the URL
        return super().get_context_data(
            page_title=str(self.visit),
            detail=queries.VisitDetail(self.visit),
            concern=concern,
            steps=steps,
            is_over=bool(concern and concern.is_over(steps)),
            may_follow=self.family.workable and has_permission(user, SAFEGUARDING_FOLLOW_UP),
            own=own,
            plan_progress=progress,
            plan_number=progress[0].action.plan.number if progress else None,
            next_visit=self.get_next_visit() if own else None,
            **kwargs,
        )

    def get_next_visit(self):
        """The next visit arranged for today, while the user has just saved this one; one statement."""
        user, today = self.request.user, self.request.today
        if clock.local_date(self.visit.entered_at) != today or self.visit.day != today:
            return None
        return next(filter(None, (get_next(user, on=today) for get_next in queries.NEXT_VISITS)), None)
