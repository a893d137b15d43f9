"""Form pages of participants: their base, and the enrolment of somebody from outside."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from families.people.identity import great_age_confirmations
from families.people.models import Person
from lubsko_ops.core.links import reverse
from projects.form_views import ProjectFormView
from projects.models import ENDED, Participation
from projects.participants import actions, enrolment_forms, rules
from projects.participants.access import may_record
from projects.participants.queries import note_participations
from projects.participants.rows import NOT_RUNNING
from projects.permissions import PARTICIPANT_ENROL, PARTICIPANTS_AREA
from projects.scope import runs_participants, visible_groups, visible_participations

TAB = "projects:participants"


class ParticipantsFormView(ProjectFormView):
    """A form about the participants of a project, for those who run it."""

    permission = PARTICIPANT_ENROL
    access_area = PARTICIPANTS_AREA
    current_tab = TAB
    template_name = "projects/participant_form.html"
    lede = ""
    result: Any

    def setup_object(self, pk, **kwargs):
        super().setup_object(pk)
        if not runs_participants(self.edition, self.request.user, on=self.request.today):
            raise PermissionDenied(NOT_RUNNING)

    def get_instance(self):
        return None

    def get_refusal(self):
        return rules.enrolment_refusal(self.edition.state)

    def get_cancel_url(self):
        return self.project_url(TAB)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"today": self.request.today}

    def get_context_data(self, **kwargs):
        return super().get_context_data(lede=self.lede, **kwargs)


class OutsiderEnrolView(ParticipantsFormView):
    """Somebody who is in no file of the centre, for instance by telephone."""

    form_class = enrolment_forms.OutsiderEnrolForm
    page_title = "Zapisz osobę spoza rodzin ośrodka"
    lede = "Kogo ośrodek zna z pracy z rodziną, tego zapisz z teczki rodziny, w części „Projekty”."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"groups": groups_to_join(self.edition, self.request.user)}

    def get_initial(self):
        return {"reported_on": self.request.today}

    def get_confirmations(self, form):
        people = [each for each in (form.person(), form.child()) if each]
        group, day = form.cleaned_data["group"], form.cleaned_data["reported_on"]
        who = form.child() or form.person()
        ages = [rules.age_question(str(who), who.birth, group, on=day)] if group else []
        questions = [*ages, rules.reported_question(day, recruits_from=self.edition.recruits_from)]
        questions += [f"{each}: ktoś taki jest już na liście." for each in self.namesakes(people)]
        return [*great_age_confirmations(people, on=self.request.today), *filter(None, questions)]

    def namesakes(self, people) -> list:
        """Those of these people whose name stands on the list of participants already, as far as the user sees it."""
        rows = visible_participations(self.request.user, on=self.request.today).filter(edition=self.edition)
        listed = rows.exclude(status__in=ENDED)
        twice = []
        for each in people:
            name = {"first_name__iexact": each.first_name, "last_name__iexact": each.last_name}
            same = Person.objects.filter(**name).values("pk")
            if listed.filter(Q(person__in=same) | Q(child__in=same)).exists():
                twice.append(each)
        return twice

    def perform(self, form):
        data = form.cleaned_data
        return actions.enrol_outsider(
            edition=self.edition,
            group=data["group"],
            person=form.person(),
            child=form.child(),
            data=form.participation(),
            signed=data["signed"],
            by=self.request.user,
        )

    def get_success_url(self):
        return participation_url(self.result)

    def get_success_message(self):
        return f"Zapisano: {self.result}."


def groups_to_join(edition, user):
    """Groups with enrolment that the user may see, from the first one."""
    rows = visible_groups(user).filter(edition=edition).exclude(takes="nobody").exclude(takes="families")
    return rows.order_by("starts_on", "pk")


def participation_url(row: Participation) -> str:
    return reverse("projects:participation", args=[row.edition_id, row.pk])


# ---- one participant ---------------------------------------------------------------------------------
class ParticipationFormView(ParticipantsFormView):
    """A form about one participation (``row`` in the URL); 404 for one the user may not see."""

    row: Participation
    for_enrollers = False  # True: also for who works with the family

    def setup_object(self, pk, row, **kwargs):
        super(ParticipantsFormView, self).setup_object(pk)
        user, today = self.request.user, self.request.today
        rows = visible_participations(user, on=today).filter(edition=self.edition, pk=row)
        match = rows.select_related("edition", "group", "person", "child", "family").first()
        if match is None:
            raise Http404
        self.row = match
        note_participations([match])
        allowed = (
            may_record(match, user, on=today)
            if self.for_enrollers
            else runs_participants(self.edition, user, on=today)
        )
        if not allowed:
            raise PermissionDenied(NOT_RUNNING)

    def get_instance(self):
        return self.row

    def get_refusal(self):
        return ""

    def get_cancel_url(self):
        return participation_url(self.row)

    @property
    def draft_title(self):
        return f"{self.edition}: {self.page_title}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(participation=self.row, **kwargs)
