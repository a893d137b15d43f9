"""Pages that correct the record: dates of a membership and rows entered in error."""

from django.shortcuts import get_object_or_404

from families.people.corrections.actions import (
    correct_membership_dates,
    delete_address_entered_in_error,
    delete_change_entered_in_error,
    delete_person_entered_in_error,
    delete_row_entered_in_error,
    previous_address,
    previous_membership,
    stay_before_return,
)
from families.people.corrections.forms import (
    EnteredInErrorForm,
    MembershipDatesForm,
    MembershipEnteredInErrorForm,
)
from families.people.models import Address, Phone
from families.people.queries import addresses_of
from families.people.views.address import address_text
from families.people.views.base import MembershipFormView, PeopleFormView
from lubsko_ops.core.polish import short_date


class MembershipDatesView(MembershipFormView):
    """Popraw daty: the first and last day of a membership."""

    form_class = MembershipDatesForm
    template_name = "people/membership_dates.html"

    @property
    def page_title(self):
        return f"Popraw daty: {self.person}"

    def get_instance(self):
        return self.membership

    def get_initial(self):
        return {"starts_on": self.membership.starts_on, "ends_on": self.membership.ends_on}

    @property
    def entered_in_error_url(self):
        return self.form_url("membership-entered-in-error", self.membership)

    def get_context_data(self, **kwargs):
        return super().get_context_data(before=previous_membership(self.membership), **kwargs)

    def perform(self, form):
        return correct_membership_dates(
            membership=self.membership,
            version=self.opened_version,
            by=self.request.user,
            **form.cleaned_data,
        )

    def get_success_url(self):
        return self.household_url(self.person)

    def get_success_message(self):
        row = self.result
        until = f" do {short_date(row.ends_on)}" if row.ends_on else ""
        return f"Poprawiono daty: {self.person}, od {short_date(row.starts_on)}{until}."


class EnteredInErrorView(PeopleFormView):
    """Deletes a row entered in error; history keeps who deleted it and why."""

    form_class = EnteredInErrorForm
    template_name = "people/entered_in_error.html"
    keeps_drafts = False

    @property
    def page_title(self):
        return f"Wpisano przez pomyłkę: {self.item_text}"

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        del kwargs["today"]  # these forms have no rule about days
        return kwargs

    def get_instance(self):
        return self.entry

    def removed_items(self) -> list[str]:
        """Texts of the rows that will be deleted."""
        return [self.item_text]

    def restored_item(self) -> str:
        """Text of the row that continues instead, if any."""
        return ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            removed_items=self.removed_items(), restored_item=self.restored_item(), **kwargs
        )

    def delete_row(self, form) -> None:
        delete_row_entered_in_error(row=self.entry, **self.action_kwargs(form))

    def action_kwargs(self, form) -> dict:
        return {
            "why": form.cleaned_data["why"],
            "version": self.opened_version,
            "by": self.request.user,
        }

    def perform(self, form):
        message = f"Usunięto błędny wpis: {self.item_text}."
        self.delete_row(form)
        return message

    def get_success_message(self):
        return self.result


class MembershipEnteredInErrorView(EnteredInErrorView, MembershipFormView):
    """Deletes a person from the family, or the latest change of their membership."""

    form_class = MembershipEnteredInErrorForm

    def setup_object(self, pk, membership, **kwargs):
        super().setup_object(pk, membership)
        self.entry = self.membership
        self.item_text = str(self.person)

    def get_form_kwargs(self):
        row, since = self.membership, short_date(self.membership.starts_on)
        change = ""
        if previous_membership(row):
            change = f"zmianę: od {since} {row.kinship_label}, {row.get_stay_display()}. Wraca to, co było wcześniej."
        elif stay_before_return(row):
            change = f"powrót od {since}. Wcześniejszy pobyt w rodzinie zostaje."
        return super().get_form_kwargs() | {"change": change}

    def removed_items(self):
        addresses = Address.objects.filter(membership__family=self.family, membership__person=self.person)
        phones = Phone.objects.filter(family=self.family, person=self.person)
        own = [f"adres {address_text(row)}" for row in addresses] + [f"telefon {row}" for row in phones]
        return [self.item_text, *dict.fromkeys(own)]

    def delete_row(self, form):
        delete = delete_change_entered_in_error if form.is_only_change else delete_person_entered_in_error
        delete(membership=self.membership, **self.action_kwargs(form))


class AddressEnteredInErrorView(EnteredInErrorView):
    """Deletes an address at which nobody ever lived."""

    def setup_object(self, pk, address, **kwargs):
        super().setup_object(pk)
        self.entry = get_object_or_404(addresses_of(self.family), pk=address)
        self.item_text = f"adres {address_text(self.entry)}"

    def restored_item(self):
        before = previous_address(self.entry)
        return f"adres {address_text(before)}, od {short_date(before.starts_on)}" if before else ""

    def delete_row(self, form):
        delete_address_entered_in_error(address=self.entry, **self.action_kwargs(form))


class PhoneEnteredInErrorView(EnteredInErrorView):
    """Deletes a phone number that never belonged to the family."""

    def setup_object(self, pk, phone, **kwargs):
        super().setup_object(pk)
        self.entry = get_object_or_404(self.family.phones, pk=phone)
        self.item_text = f"telefon {self.entry}"


class ProblemEnteredInErrorView(EnteredInErrorView):
    """Deletes a problem the family never had."""

    def setup_object(self, pk, problem, **kwargs):
        super().setup_object(pk)
        self.entry = get_object_or_404(self.family.problems, pk=problem)
        self.item_text = f"problem „{self.entry}”"
