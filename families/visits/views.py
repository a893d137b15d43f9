"""Writing a visit down, correcting it, reading it."""

import re
from datetime import date
from functools import cached_property

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404
from django.urls import reverse

from families import law
from families.base_views import FamilyFormView, FamilyPageView
from families.choices import LivingArrangement
from families.plans.queries import actions_to_touch
from families.visits import queries
from families.visits.actions import correct_visit, log_visit
from families.visits.forms.initial import of_new, of_visit, on_the_wall
from families.visits.forms.visit import VisitForm
from families.visits.models import Visit
from families.visits.validators import questions
from lubsko_ops.audit.base_views import PageView
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core.forms import DayField
from lubsko_ops.core.permissions import Permission, has_permission
from lubsko_ops.core.polish import short_date

DANGER_SEEN = "Kierownik i pracownik socjalny zobaczą zagrożenie od razu."


class VisitChoose(PageView):
    """Wizyta: whose? Her families of today, one tap each."""

    permission = Permission.VISIT_LOG
    access_area = AccessArea.LIST
    template_name = "families/visits/choose.html"

    def get_context_data(self, **kwargs):
        families = list(queries.families_today(self.request.user, on=self.request.today))
        self.log_access([family.pk for family in families])
        return super().get_context_data(families=families, **kwargs)


class OfVisit(FamilyFormView):
    """What the forms of a visit share. Reading reach is enough: the deed asks whose the family was on the day."""

    permission = Permission.VISIT_LOG
    access_area = AccessArea.VISITS
    changes = False
    with_header = False
    form_class = VisitForm
    template_name = "families/visits/form.html"
    visit: Visit | None = None

    @classmethod
    def draft_words(cls, content):
        """The day and the hour: two visits to one family are two drafts."""
        typed = [content.get(name, [""])[0].strip() for name in ("day", "starts_at")]
        return ", ".join(words for words in typed if words)

    @cached_property
    def beside(self):
        return queries.beside_of(self.family, user=self.request.user, on=self.request.today)

    @cached_property
    def last(self):
        return queries.last_visit(self.family, before=self.visit.begins if self.visit else None)

    @cached_property
    def members(self):
        """Those who may have been there: of the days from the visit (or not long ago) to this day."""
        return queries.members_of(self.family, since=self.since, until=self.request.today)

    @property
    def since(self) -> date:
        """From when those who may have been there, and the plan that may have been in force, are looked for."""
        today = self.request.today
        return min(self.day_typed() or today, today - queries.JUST_LEFT)

    @cached_property
    def actions(self):
        """Actions of the plan one may have worked on; those chosen already, of whatever version."""
        typed = [*self.request.POST, *(self.shown_draft.content if self.shown_draft else ())]
        also = {int(name[6:]) for name in typed if re.fullmatch(r"touch_\d{1,18}", name)}
        also |= {row.action_id for row in self.visit.touched.all()} if self.visit else set()
        visit = self.visit.pk if self.visit else None
        return actions_to_touch(
            self.family, since=self.since, until=self.request.today, also=also, leaving_out=visit
        )

    def day_typed(self) -> date | None:
        """The day of the visit as far as it is known."""
        try:
            return DayField().clean(self.request.POST.get("day"))
        except ValidationError:
            return self.visit.day if self.visit else None

    def form_kwargs(self):
        rhythm = get_norm("visit_rhythm_days")
        by = law.visit_due_on(self.request.today, rhythm_days=rhythm)
        return {
            "members": self.members,
            "agreements": queries.open_agreements(self.family, visit=self.visit),
            "likely_areas": self.last.areas if self.last else [],
            "actions": self.actions,
            "next_hint": f"Najpóźniej {short_date(by)}: wizyta co {rhythm} dni.",
        }

    def questions(self, form):
        leaving_out = self.visit.pk if self.visit else None
        asked = questions(form.visit(), assistant=self.request.user, leaving_out=leaving_out)
        return asked + form.questions()

    def done(self, visit):
        words = f"{self.saved_as(visit)}: {self.family}, {queries.words_of(visit)}."
        if visit.next_day:
            words += f" Następna wizyta: {short_date(visit.next_day)}."
        if hasattr(visit, "danger"):
            words += f" {DANGER_SEEN}"
        return reverse("families:visit", args=[self.family.pk, visit.pk]), words

    def get_context_data(self, **kwargs):
        seen = self.last.seen if self.last else []
        return super().get_context_data(
            beside=self.beside,
            last=self.last,
            last_seen=[each.person.first_name for each in self.members if each.person.pk in seen],
            away=[
                each
                for each in self.members
                if each.membership.stay == LivingArrangement.ELSEWHERE
                and not each.until
                and queries.is_child(each)
            ],
            **kwargs,
        )


class VisitNew(OfVisit):
    """A new visit, filled in with what is likely."""

    title = "Wizyta"

    def initial(self):
        busy = self.beside.busy_until
        return of_new(now=self.request.now, busy_until=busy, last=self.last, members=self.members)

    def act(self, form):
        data = form.visit()
        return log_visit(period=self.period_of(data.day), data=data, by=self.request.user)

    def period_of(self, day: date):
        """The work the visit belongs to: that of its day, otherwise the last one, whose borders are then told."""
        periods = list(self.family.periods.order_by("-starts_on"))
        if not periods:
            raise PermissionDenied("Praca z tą rodziną jeszcze się nie zaczęła.")
        return next((row for row in periods if row.is_active_on(day)), periods[0])

    def saved_as(self, visit):
        return "Zapisano wizytę" if visit.held else f"Zapisano nieudaną wizytę ({visit.get_result_display()})"


class VisitEdit(OfVisit):
    """Correcting one's own visit."""

    title = "Popraw wizytę"

    def setup_object(self, pk, visit, **kwargs):
        super().setup_object(pk)
        self.visit = get_object_or_404(queries.visits_of(self.family), pk=visit)
        if self.visit.assistant_id != self.request.user.pk:
            raise PermissionDenied("Wizytę poprawia tylko ten, kto ją wpisał.")

    def row(self):
        return self.visit

    def back(self):
        return reverse("families:visit", args=[self.family.pk, self.visit.pk])

    def initial(self):
        day, at = on_the_wall(self.request.now)
        return {"danger_notified_on": day, "danger_notified_at": at} | of_visit(self.visit)

    def form_kwargs(self):
        return super().form_kwargs() | {"own": {row.pk: row for row in self.visit.agreements.all()}}

    def act(self, form):
        version = self.version_started_from()
        return correct_visit(visit=self.visit, data=form.visit(), version=version, by=self.request.user)

    def saved_as(self, visit):
        return "Poprawiono wizytę"


class VisitRead(FamilyPageView):
    """A visit with everything said of it."""

    permission = Permission.VISIT_VIEW
    access_area = AccessArea.VISITS
    page = "families:diary"
    template_name = "families/visits/visit.html"

    def setup_object(self, pk, visit, **kwargs):
        super().setup_object(pk)
        self.visit = get_object_or_404(queries.visits_of(self.family), pk=visit)

    def get_context_data(self, **kwargs):
        user = self.request.user
        own = self.visit.assistant_id == user.pk and has_permission(user, Permission.VISIT_LOG)
        danger = getattr(self.visit, "danger", None)
        steps = list(danger.steps.select_related("entered_by").order_by("day", "pk")) if danger else []
        kwargs |= {"visit": self.visit}  # the address names it by its id
        return super().get_context_data(
            page_title=str(self.visit),
            said=queries.said_of(self.visit),
            words=queries.words_of(self.visit),
            danger=danger,
            steps=steps,
            over=bool(danger and danger.is_over(steps)),
            may_follow=self.family.workable and has_permission(user, Permission.DANGER_FOLLOW),
            own=own,
            touched=self.visit.touched.all() if has_permission(user, Permission.PLAN_VIEW) else [],
            **kwargs,
        )
