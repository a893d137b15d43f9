"""The household page and the form about the family itself."""

from families.base_views import FamilyPageView
from families.people.actions import update_family
from families.people.forms.family import FamilyEditForm, HouseholdDayForm
from families.people.models import FamilyCategory, FamilyProblem
from families.people.permissions import BASICS_AREA, FAMILY_EDIT, FAMILY_VIEW, PEOPLE_AREA
from families.people.queries import get_household
from families.people.views.base import PeopleFormView
from lubsko_ops.core.permissions import Role, has_permission


class FamilyEditView(PeopleFormView):
    """The name, category and problems of the family."""

    access_area = BASICS_AREA
    form_class = FamilyEditForm
    page_title = "Dane rodziny"
    template_name = "people/family_edit.html"

    def get_instance(self):
        return self.family

    def active_today(self, model):
        return model.objects.active_on(self.request.today).filter(family=self.family)

    def get_context_data(self, **kwargs):
        return super().get_context_data(problems=self.family.problems.order_by("starts_on", "pk"), **kwargs)

    def get_initial(self):
        category = self.active_today(FamilyCategory).first()
        return {
            "name": self.family.name,
            "category": category.category if category else "",
            "problems": [row.problem for row in self.active_today(FamilyProblem)],
            "since": self.request.today,
        }

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"has_category": self.active_today(FamilyCategory).exists()}

    def perform(self, form):
        return update_family(
            family=self.family,
            version=self.opened_version,
            by=self.request.user,
            **form.cleaned_data,
        )

    def get_success_message(self):
        return f"Zapisano dane rodziny {self.result}."


class HouseholdView(FamilyPageView):
    """The household on a day given in the query string, today by default."""

    permission = FAMILY_VIEW
    access_area = PEOPLE_AREA
    current_tab = "families:people"
    template_name = "people/household.html"

    def get_context_data(self, **kwargs):
        today = self.request.today
        form = HouseholdDayForm(self.request.GET or None, initial={"dzien": today})
        day = form.is_valid() and form.cleaned_data["dzien"]
        household = get_household(self.family, user=self.request.user, on=day or today)
        is_today = household.on == today
        return super().get_context_data(
            page_title="Osoby",
            day_form=form,
            household=household,
            is_today=is_today,
            may_change=is_today and self.family.workable and has_permission(self.request.user, FAMILY_EDIT),
            may_edit_former_members=Role.MANAGER in self.request.user.roles,
            **kwargs,
        )
