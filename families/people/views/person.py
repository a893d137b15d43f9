"""Forms about one person of the family."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from families.choices import PARENTS
from families.people.actions import add_member, change_membership, correct_person, end_membership
from families.people.duplicates.matching import known
from families.people.forms.person import (
    MembershipChangeForm,
    MembershipEndForm,
    PersonAddForm,
    PersonEditForm,
)
from families.people.views.base import OfMember, PeopleForm
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import short_date
from lubsko_ops.submissions import drafts

LEFT = "Ta osoba odeszła z rodziny. Jej dane może poprawić kierownik."


class PersonAdd(PeopleForm):
    """A new member of the family. Somebody already known within reach is asked about first."""

    form_class = PersonAddForm
    title = "Dodaj osobę"
    template_name = "families/people/person_add.html"

    def initial(self):
        return {"starts_on": self.request.today}

    def form_kwargs(self):
        return super().form_kwargs() | {"finder": self.known, "parents": self.parents()}

    def parents(self) -> dict:
        """Who is the mother and who the father today."""
        rows = self.family.memberships.active_on(self.request.today).filter(kinship__in=PARENTS)
        return {row.kinship: row.person for row in rows.select_related("person")}

    def known(self, data):
        return known(data, user=self.request.user, on=self.request.today, family=self.family)

    def do(self, form):
        if not form.undecided:
            return super().do(form)
        drafts.save_draft(self.key, address=self.request.path, post=self.request.POST)
        self.log_access({family.pk for match in form.matches for family in match.families})
        return self.show(form, asked=form.matches, none_of_them=form.none_of_them)

    def act(self, form):
        data = form.cleaned_data
        return add_member(
            family=self.family,
            data=form.person_data(),
            kinship=data["kinship"],
            stay=data["stay"],
            starts_on=data["starts_on"],
            by=self.request.user,
        )

    def done(self, membership):
        return self.back_to(membership.person), f"Dodano: {membership.person}, {membership.kin}."


class PersonEdit(PeopleForm):
    """Identity data of somebody who belongs or belonged to the family."""

    form_class = PersonEditForm
    template_name = "families/people/person_edit.html"

    def setup_object(self, pk, person, **kwargs):
        super().setup_object(pk)
        self.person = get_object_or_404(self.people(), pk=person)
        if Role.MANAGER not in self.request.user.roles and self.has_left():
            raise PermissionDenied(LEFT)

    def has_left(self) -> bool:
        """She lives on and belongs to another family now, or to none: those who work with her there say who she is."""
        here = self.family.memberships.filter(person=self.person).active_on_or_after(self.request.today)
        return self.person.died_on is None and not here.exists()

    @property
    def title(self):
        return f"Dane osoby: {self.person}"

    def row(self):
        return self.person

    def initial(self):
        names = PersonEditForm.base_fields.keys()
        return {name: getattr(self.person, name) for name in names}

    def act(self, form):
        return correct_person(
            person=self.person, version=self.version_started_from(), by=self.request.user, **form.changes()
        )

    def done(self, person):
        return self.back_to(person), f"Zapisano dane: {person}."


class MembershipChange(OfMember):
    """Who the person is in the family and where she lives, from a day."""

    form_class = MembershipChangeForm
    template_name = "families/people/membership_change.html"

    @property
    def title(self):
        return f"Zmień rolę lub pobyt: {self.person}"

    def row(self):
        return self.membership

    def initial(self):
        return {"kinship": self.membership.kinship, "stay": self.membership.stay, "since": self.request.today}

    def act(self, form):
        return change_membership(
            membership=self.membership,
            version=self.version_started_from(),
            by=self.request.user,
            **form.cleaned_data,
        )

    def done(self, membership):
        since = short_date(membership.starts_on)
        words = f"{self.person}, od {since}: {membership.kin}, {membership.get_stay_display()}."
        return self.back_to(self.person), words


class Leave(OfMember):
    """Odejście z rodziny."""

    form_class = MembershipEndForm
    template_name = "families/people/leave.html"

    @property
    def title(self):
        return f"{self.person}: odejście z rodziny"

    @property
    def mistake(self):
        return self.address_of("membership-mistake", self.membership)

    def row(self):
        return self.membership

    def initial(self):
        return {"on": self.membership.ends_on or self.request.today}

    def act(self, form):
        return end_membership(
            membership=self.membership,
            on=form.cleaned_data["on"],
            version=self.version_started_from(),
            by=self.request.user,
        )

    def done(self, membership):
        return self.back_to(), f"{self.person} należy do rodziny do {short_date(membership.ends_on)}."
