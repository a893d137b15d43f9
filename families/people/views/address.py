"""Forms about addresses of the family and its members."""

from functools import cached_property

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404

from families.choices import AddressKind, LivingArrangement
from families.people.address_actions import correct_address, leave_address, set_address
from families.people.forms.address import AddressCorrectForm, FamilyMoveForm, MemberAddressForm
from families.people.models import Family
from families.people.queries import addresses_of, other_members_addresses, shared_addresses
from families.people.views.base import MembershipFormView, PeopleFormView
from lubsko_ops.core.links import reverse
from lubsko_ops.core.polish import short_date


class AddressFormView(PeopleFormView):
    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"people": self.people()}


def initial_from_last_address(rows) -> dict:
    """Initial values carried over from the latest residence: the person it is withheld from and the region."""
    last = rows.filter(kind=AddressKind.RESIDENCE).order_by("-starts_on").first()
    return {"withheld_from": last.withheld_from, "region": last.region_id} if last else {}


def address_text(address) -> str:
    """The address for messages; an address withheld from somebody is not disclosed."""
    return address.line if address.is_printable else f"nie ujawniać ({address.withheld_from})"


class FamilyMoveView(AddressFormView):
    """A new address of the family from a day (przeprowadzka)."""

    form_class = FamilyMoveForm
    page_title = "Nowy adres rodziny"

    def get_initial(self):
        return {"since": self.request.today} | initial_from_last_address(self.family.addresses)

    def perform(self, form):
        data, by = form.cleaned_data, self.request.user
        if data["homeless"]:
            last = leave_address(family=self.family, since=data["since"], by=by)
            return f"Rodzina nie ma stałego adresu. Ostatni był do {short_date(last.ends_on)}."
        address = set_address(
            family=self.family, since=data["since"], kind=data["kind"], by=by, **form.address_columns()
        )
        return (
            f"Adres {address.get_kind_display()} od {short_date(address.starts_on)}: {address_text(address)}."
        )

    @cached_property
    def still_visible(self) -> bool:
        """Whether the family still belongs to the user's scope after it moved."""
        return (
            Family.objects.visible_to(self.request.user, on=self.request.today)
            .filter(pk=self.family.pk)
            .exists()
        )

    def get_success_url(self):
        return super().get_success_url() if self.still_visible else reverse("families:list")

    def get_success_message(self):
        return (
            self.result if self.still_visible else f"{self.result} Rodzina nie należy już do Twojego rejonu."
        )


class AddressCorrectView(AddressFormView):
    """Corrects an address of the family or of one member."""

    form_class = AddressCorrectForm
    page_title = "Popraw adres"

    def setup_object(self, pk, address, **kwargs):
        super().setup_object(pk)
        self.address = get_object_or_404(addresses_of(self.family), pk=address)

    def get_instance(self):
        return self.address

    @property
    def entered_in_error_url(self):
        return self.form_url("address-entered-in-error", self.address)

    def get_initial(self):
        return self.address.entered_values() | {"together": True}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "shared_addresses": shared_addresses(self.address),
            "current_region": self.address.region_id,
        }

    def perform(self, form):
        return correct_address(
            address=self.address,
            version=self.opened_version,
            also=form.addresses_to_correct(),
            by=self.request.user,
            **form.address_columns(),
        )

    def get_success_message(self):
        return f"Poprawiono adres: {address_text(self.result)}."


class MemberAddressView(MembershipFormView):
    """Sets an own address of a member from a day."""

    form_class = MemberAddressForm

    @property
    def page_title(self):
        return f"{self.person}: własny adres"

    def get_initial(self):
        own = initial_from_last_address(self.membership.addresses)
        return {"since": self.request.today, "withheld_from": own.get("withheld_from")}

    def get_form_kwargs(self):
        others = other_members_addresses(self.family, exclude=self.membership, on=self.request.today)
        return super().get_form_kwargs() | {"people": self.people(), "addresses": others}

    def perform(self, form):
        data = form.cleaned_data
        if data["kind"] == AddressKind.RESIDENCE and self.membership.stay == LivingArrangement.HERE:
            raise ValidationError(
                {
                    "kind": "Ta osoba mieszka z rodziną. Zmień najpierw, gdzie mieszka, albo wybierz inny rodzaj."
                }
            )
        return set_address(
            membership=self.membership,
            since=data["since"],
            kind=data["kind"],
            by=self.request.user,
            **form.address_columns(),
        )

    def get_success_url(self):
        return self.household_url(self.person)

    def get_success_message(self):
        since = short_date(self.result.starts_on)
        return f"{self.person}, adres od {since}: {address_text(self.result)}."
