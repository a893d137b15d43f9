"""Base views of the forms about people; all return to the page "Osoby"."""

from django.db.models import OuterRef, Subquery
from django.shortcuts import get_object_or_404

from families.base_views import FamilyFormView
from families.people.models import Membership, Person
from families.people.permissions import FAMILY_EDIT, PEOPLE_AREA
from lubsko_ops.core.links import reverse


class PeopleFormView(FamilyFormView):
    """A form reached from the page "Osoby"."""

    permission = FAMILY_EDIT
    access_area = PEOPLE_AREA
    current_tab = "families:people"
    template_name = "people/form_page.html"
    entered_in_error_url = ""  # URL of the form that deletes the row as entered in error

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"today": self.request.today}

    def people(self):
        """Current and former members of the family, by name, with their last ``kinship`` in it."""
        rows = Membership.objects.filter(family=self.family)
        kinship = rows.filter(person=OuterRef("pk")).order_by("-starts_on").values("kinship")[:1]
        people = Person.objects.filter(pk__in=rows.values("person")).annotate(kinship=Subquery(kinship))
        return people.order_by("last_name", "first_name", "pk")

    def form_url(self, name: str, row) -> str:
        """URL of another form about a row of this family."""
        return reverse(f"families:{name}", args=[self.family.pk, row.pk])

    def household_url(self, person: Person | None = None) -> str:
        """URL of the page "Osoby", at the card of the person."""
        return self.file_url() + (f"#osoba-{person.pk}" if person else "")


class MembershipFormView(PeopleFormView):
    """A form about one membership of the family."""

    def setup_object(self, pk, membership, **kwargs):
        super().setup_object(pk)
        rows = self.family.memberships.select_related("person")
        self.membership = get_object_or_404(rows, pk=membership)
        self.person = self.membership.person
