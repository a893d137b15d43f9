"""Base of the forms about people: all lead back to Osoby."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from families.base_views import FamilyFormView
from families.people.models import Membership, Person
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.permissions import Permission


class PeopleForm(FamilyFormView):
    """A form of the page Osoby."""

    permission = Permission.FAMILY_EDIT
    access_area = AccessArea.PEOPLE
    page = "families:people"
    template_name = "families/people/form.html"
    mistake = ""  # the address of the form that takes the row back as entered by mistake

    def form_kwargs(self):
        return {"today": self.request.today}

    def people(self):
        """Everybody who belongs or belonged to the family, by name: whom an address or a phone may concern."""
        rows = Membership.objects.filter(family=self.family).values("person")
        return Person.objects.filter(pk__in=rows).order_by("last_name", "first_name", "pk")

    def address_of(self, name: str, row) -> str:
        """The address of another form about a row of this family."""
        return reverse(f"families:{name}", args=[self.family.pk, row.pk])

    def back_to(self, person: Person | None = None) -> str:
        """Osoby, at the person's card."""
        return self.file_address() + (f"#osoba-{person.pk}" if person else "")


class OfMember(PeopleForm):
    """A form about one membership of the family."""

    def setup_object(self, pk, membership, **kwargs):
        super().setup_object(pk)
        rows = self.family.memberships.select_related("person")
        self.membership = get_object_or_404(rows, pk=membership)
        self.person = self.membership.person
