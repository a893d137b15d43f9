"""Osoby: who belongs to the family on a day, where they live, how to reach them."""

from django import forms

from families.base_views import FamilyPageView
from families.people.queries import get_household
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.forms import DayField
from lubsko_ops.core.permissions import Permission, Role, has_permission


class DayForm(forms.Form):
    """The day of the household, in the address of the page."""

    dzien = DayField(label="Gospodarstwo na dzień", required=False)


class People(FamilyPageView):
    """The household on a day; today's unless another day is asked for."""

    permission = Permission.FAMILY_VIEW
    access_area = AccessArea.PEOPLE
    page = "families:people"
    template_name = "families/people/household.html"

    def get_context_data(self, **kwargs):
        today = self.request.today
        form = DayForm(self.request.GET or None, initial={"dzien": today})
        asked = form.is_valid() and form.cleaned_data["dzien"]
        household = get_household(self.family, user=self.request.user, on=asked or today)
        self.log_access(household.other_families)
        return super().get_context_data(
            page_title="Osoby",
            day_form=form,
            household=household,
            is_today=household.on == today,
            may_change=self.family.workable and has_permission(self.request.user, Permission.FAMILY_EDIT),
            may_change_left=Role.MANAGER in self.request.user.roles,
            **kwargs,
        )
