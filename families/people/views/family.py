"""The form about the family itself."""

from families.people.actions import update_family
from families.people.forms.family import FamilyEditForm
from families.people.models import FamilyCategory, FamilyProblem
from families.people.views.base import PeopleForm
from lubsko_ops.audit.models import AccessArea


class FamilyEdit(PeopleForm):
    """The name, category and problems of the family."""

    access_area = AccessArea.BASICS
    form_class = FamilyEditForm
    title = "Dane rodziny"
    template_name = "families/people/family_edit.html"

    def row(self):
        return self.family

    def open_today(self, model):
        return model.objects.active_on(self.request.today).filter(family=self.family)

    def get_context_data(self, **kwargs):
        return super().get_context_data(problems=self.family.problems.order_by("starts_on", "pk"), **kwargs)

    def initial(self):
        category = self.open_today(FamilyCategory).first()
        return {
            "name": self.family.name,
            "category": category.category if category else "",
            "problems": [row.problem for row in self.open_today(FamilyProblem)],
            "since": self.request.today,
        }

    def form_kwargs(self):
        return super().form_kwargs() | {"has_category": self.open_today(FamilyCategory).exists()}

    def act(self, form):
        return update_family(
            family=self.family,
            version=self.version_started_from(),
            by=self.request.user,
            **form.cleaned_data,
        )

    def done(self, family):
        return self.back_to(), f"Zapisano dane rodziny {family}."
