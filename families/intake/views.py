"""The page that opens the case file of a new family."""

from functools import cached_property

from families.intake.actions import open_case
from families.intake.forms import OpenCaseForm
from families.intake.permissions import FAMILY_OPEN
from families.intake.queries import regions_of, similar_families, social_workers, sole_social_worker
from families.people.duplicates.matching import find_duplicates
from families.people.identity import great_age_confirmations
from families.people.models import Family
from families.people.permissions import DUPLICATES_AREA
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import count_of
from lubsko_ops.submissions.base_views import ActionFormView


class OpenCaseView(ActionFormView):
    """Nowa rodzina. Shows data of other families only as probable duplicates within the user's scope."""

    permission = FAMILY_OPEN
    access_area = DUPLICATES_AREA
    form_class = OpenCaseForm
    page_title = "Nowa rodzina"
    template_name = "intake/open_case.html"

    @property
    def is_social_worker(self) -> bool:
        return Role.SOCIAL_WORKER in self.request.user.roles

    def get_initial(self):
        user, today = self.request.user, self.request.today
        regions = regions_of(user, on=today)
        return {
            "since": today,
            "social_worker": user if self.is_social_worker else None,
            "region": regions[0] if len(regions) == 1 else None,
        }

    def get_form_kwargs(self):
        today = self.request.today
        return super().get_form_kwargs() | {
            "today": today,
            "social_workers": social_workers(today),
            "find_duplicates": self.find_duplicates,
            "find_similar_families": self.find_similar_families,
        }

    def find_duplicates(self, data):
        return find_duplicates(data, user=self.request.user, on=self.request.today)

    def find_similar_families(self, name, locality):
        return similar_families(name, locality, user=self.request.user, on=self.request.today)

    def get_confirmations(self, form):
        rows = form.formsets["people"].completed_rows()
        people = [row.person() for row in rows if not row.existing]
        return great_age_confirmations(people, on=self.request.today)

    def perform(self, form):
        user, case = self.request.user, form.case_data()
        if case.social_worker is None:
            sole_worker = sole_social_worker(case.address.get("region"), on=case.since)
            case.social_worker = sole_worker or (user if self.is_social_worker else None)
        return open_case(data=case, by=user)

    @cached_property
    def is_visible(self) -> bool:
        """Whether the new family belongs to the scope of the user who entered it."""
        return (
            Family.objects.visible_to(self.request.user, on=self.request.today)
            .filter(pk=self.result.pk)
            .exists()
        )

    def get_success_url(self):
        return (
            reverse("families:people", args=[self.result.pk]) if self.is_visible else reverse("families:list")
        )

    def get_success_message(self):
        family = self.result
        people = count_of(family.memberships.count(), "osoba,osoby,osób")
        message = f"Założono teczkę rodziny {family}: {people}."
        if self.is_visible:
            lead = family.leads.select_related("social_worker").first()
            lead_text = f"Prowadzi {lead.social_worker}." if lead else "Nie wskazano jeszcze, kto prowadzi."
            return f"{message} {lead_text}"
        return f"{message} Prowadzi ją ktoś inny, dlatego nie ma jej na Twojej liście."
