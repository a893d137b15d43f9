"""Entering a family."""

from django.urls import reverse

from families.intake.actions import open_case
from families.intake.forms import OpenCaseForm
from families.intake.queries import families_alike, regions_of, social_worker_of, social_workers
from families.people.duplicates.matching import known
from families.permissions import visible_to
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.permissions import Permission, Role
from lubsko_ops.core.polish import count_of
from lubsko_ops.submissions.base_views import ActionFormView


class OpenCase(ActionFormView):
    """Nowa rodzina. Shows no family's data, unless somebody entered looks like a person of a family within reach."""

    permission = Permission.FAMILY_OPEN
    access_area = AccessArea.DUPLICATES
    form_class = OpenCaseForm
    title = "Nowa rodzina"
    template_name = "families/intake/new.html"

    @property
    def leads_herself(self) -> bool:
        return Role.SOCIAL_WORKER in self.request.user.roles

    def initial(self):
        user, today = self.request.user, self.request.today
        regions = regions_of(user, on=today)
        return {
            "since": today,
            "social_worker": user if self.leads_herself else None,
            "region": regions[0] if len(regions) == 1 else None,
        }

    def form_kwargs(self):
        today = self.request.today
        return {
            "today": today,
            "social_workers": social_workers(today),
            "finder": self.known,
            "families_alike": self.families_alike,
        }

    def known(self, data):
        """People within reach who look like the one entered; what the page tells of them is written down."""
        matches = known(data, user=self.request.user, on=self.request.today)
        if matches:
            self.log_access({family.pk for match in matches for family in match.families})
        return matches

    def families_alike(self, name, locality):
        """Families within reach that may be the one entered; what the page tells of them is written down."""
        found = families_alike(name, locality, user=self.request.user, on=self.request.today)
        self.log_access({family.pk for family in found})
        return found

    def act(self, form):
        user, case = self.request.user, form.case()
        if case.social_worker is None:
            found = social_worker_of(case.place.get("region"), on=case.since)
            case.social_worker = found or (user if self.leads_herself else None)
        return open_case(data=case, by=user)

    def done(self, family):
        people = count_of(family.memberships.count(), "osoba,osoby,osób")
        words = f"Założono teczkę rodziny {family}: {people}."
        if visible_to(self.request.user, on=self.request.today).filter(pk=family.pk).exists():
            lead = family.leads.select_related("social_worker").first()
            who = f"Prowadzi {lead.social_worker}." if lead else "Nie wskazano jeszcze, kto prowadzi."
            return reverse("families:people", args=[family.pk]), f"{words} {who}"
        return reverse(
            "families:list"
        ), f"{words} Prowadzi ją ktoś inny, dlatego nie ma jej na Twojej liście."
