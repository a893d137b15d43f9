"""Forms about one person of the family."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from families.choices import PARENTS
from families.people.actions import add_member, change_membership, correct_person, end_membership
from families.people.duplicates.matching import find_duplicates
from families.people.forms.person import (
    MembershipChangeForm,
    MembershipEndForm,
    PersonAddForm,
    PersonEditForm,
)
from families.people.identity import great_age_confirmations
from families.people.models import Person
from families.people.views.base import MembershipFormView, PeopleFormView
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import short_date

LEFT_FAMILY_REFUSAL = "Ta osoba odeszła z rodziny. Jej dane może poprawić kierownik."


class PersonAddView(PeopleFormView):
    """Adds a member; probable duplicates within the user's scope must be decided on first."""

    form_class = PersonAddForm
    page_title = "Dodaj osobę"
    template_name = "people/person_add.html"

    def get_initial(self):
        return {"starts_on": self.request.today}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "find_duplicates": self.find_duplicates,
            "current_parents": self.current_parents(),
        }

    def current_parents(self) -> dict:
        """Today's mother and father, by kinship."""
        rows = self.family.memberships.members_on(self.request.today).filter(kinship__in=PARENTS)
        return {row.kinship: row.person for row in rows.select_related("person")}

    def find_duplicates(self, person):
        return find_duplicates(person, user=self.request.user, on=self.request.today, family=self.family)

    def form_valid(self, form):
        if not form.needs_decision:
            return super().form_valid(form)
        self.store_draft()
        return self.render_form(form, matches=form.matches, none_of_them=form.none_of_them)

    def get_confirmations(self, form):
        people = [] if form.existing else [form.person()]
        return great_age_confirmations(people, on=self.request.today)

    def perform(self, form):
        data = form.cleaned_data
        return add_member(
            family=self.family,
            person=form.person(),
            kinship=data["kinship"],
            stay=data["stay"],
            starts_on=data["starts_on"],
            by=self.request.user,
        )

    def get_success_url(self):
        return self.household_url(self.result.person)

    def get_success_message(self):
        return f"Dodano: {self.result.person}, {self.result.kinship_label}."


class PersonEditView(PeopleFormView):
    """Edits the identity data of a current or former member."""

    form_class = PersonEditForm
    template_name = "people/person_edit.html"

    def setup_object(self, pk, person, **kwargs):
        super().setup_object(pk)
        self.person = get_object_or_404(self.people(), pk=person)
        if Role.MANAGER not in self.request.user.roles and self.has_left():
            raise PermissionDenied(LEFT_FAMILY_REFUSAL)

    def has_left(self) -> bool:
        """Whether the person is alive and no longer a member; then only the manager may edit them."""
        current = self.family.memberships.filter(person=self.person).active_on_or_after(self.request.today)
        return self.person.died_on is None and not current.exists()

    @property
    def page_title(self):
        return f"Dane osoby: {self.person}"

    def get_instance(self):
        return self.person

    def get_initial(self):
        return self.person.entered_values() | {"born_on": self.person.birth}

    def get_confirmations(self, form):
        names = ("first_name", "last_name", "born_on", "birth_precision", "died_on")
        changed = Person(**{name: form.cleaned_data[name] for name in names})
        if (changed.birth, changed.died_on) == (self.person.birth, self.person.died_on):
            return []
        return great_age_confirmations([changed], on=self.request.today)

    def perform(self, form):
        return correct_person(
            person=self.person, version=self.opened_version, by=self.request.user, **form.cleaned_data
        )

    def get_success_url(self):
        return self.household_url(self.result)

    def get_success_message(self):
        return f"Zapisano dane: {self.result}."


class MembershipChangeView(MembershipFormView):
    """Changes kinship or living arrangement from a day."""

    form_class = MembershipChangeForm
    template_name = "people/membership_change.html"

    @property
    def page_title(self):
        return f"Zmień rolę lub pobyt: {self.person}"

    def get_instance(self):
        return self.membership

    def get_initial(self):
        return {"kinship": self.membership.kinship, "stay": self.membership.stay, "since": self.request.today}

    def perform(self, form):
        return change_membership(
            membership=self.membership,
            version=self.opened_version,
            by=self.request.user,
            **form.cleaned_data,
        )

    def get_success_url(self):
        return self.household_url(self.person)

    def get_success_message(self):
        membership = self.result
        since = short_date(membership.starts_on)
        return f"{self.person}, od {since}: {membership.kinship_label}, {membership.get_stay_display()}."


class MembershipEndView(MembershipFormView):
    """Odejście z rodziny."""

    form_class = MembershipEndForm
    template_name = "people/membership_end.html"

    @property
    def page_title(self):
        return f"{self.person}: odejście z rodziny"

    @property
    def entered_in_error_url(self):
        return self.form_url("membership-entered-in-error", self.membership)

    def get_instance(self):
        return self.membership

    def get_initial(self):
        return {"on": self.membership.ends_on or self.request.today}

    def perform(self, form):
        return end_membership(
            membership=self.membership,
            on=form.cleaned_data["on"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return f"{self.person} należy do rodziny do {short_date(self.result.ends_on)}."
