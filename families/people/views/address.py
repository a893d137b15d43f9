"""Forms about where the family and its people live."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.urls import reverse

from families.choices import AddressKind, LivingArrangement
from families.people.addresses import ADDRESS_COLUMNS, correct_address, leave_address, set_address
from families.people.forms.address import AddressCorrectForm, FamilyMoveForm, MemberAddressForm
from families.people.queries import addresses_of, other_members_addresses, shared_addresses
from families.people.views.base import OfMember, PeopleForm
from families.permissions import visible_to
from lubsko_ops.core.polish import short_date


class AddressForm(PeopleForm):
    def form_kwargs(self):
        return super().form_kwargs() | {"people": self.people()}


def goes_on(rows) -> dict:
    """What a move does not change by itself: from whom the address is withheld, and the region."""
    last = rows.filter(kind=AddressKind.RESIDENCE).order_by("-starts_on").first()
    return {"withheld_from": last.withheld_from, "region": last.region} if last else {}


def told(address) -> str:
    """The address as a message says it; one withheld from somebody stays off what may be printed."""
    return address.line if address.may_be_printed else f"nie ujawniać ({address.withheld_from})"


class Move(AddressForm):
    """A new address of the family from a day (przeprowadzka)."""

    form_class = FamilyMoveForm
    title = "Nowy adres rodziny"

    def initial(self):
        return {"since": self.request.today} | goes_on(self.family.addresses)

    def act(self, form):
        data, by = form.cleaned_data, self.request.user
        if data["homeless"]:
            last = leave_address(family=self.family, since=data["since"], by=by)
            return f"Rodzina nie ma stałego adresu. Ostatni był do {short_date(last.ends_on)}."
        address = set_address(
            family=self.family, since=data["since"], kind=data["kind"], by=by, **form.columns()
        )
        return f"Adres {address.get_kind_display()} od {short_date(address.starts_on)}: {told(address)}."

    def done(self, words):
        if visible_to(self.request.user, on=self.request.today).filter(pk=self.family.pk).exists():
            return self.back_to(), words
        return reverse("families:list"), f"{words} Rodzina nie należy już do Twojego rejonu."


class CorrectAddress(AddressForm):
    """An address of the family, or of one member, written rightly."""

    form_class = AddressCorrectForm
    title = "Popraw adres"

    def setup_object(self, pk, address, **kwargs):
        super().setup_object(pk)
        self.address = get_object_or_404(addresses_of(self.family), pk=address)

    def row(self):
        return self.address

    @property
    def mistake(self):
        return self.address_of("address-mistake", self.address)

    def initial(self):
        return {name: getattr(self.address, name) for name in ADDRESS_COLUMNS} | {"together": True}

    def form_kwargs(self):
        return super().form_kwargs() | {"neighbours": shared_addresses(self.address)}

    def act(self, form):
        return correct_address(
            address=self.address,
            version=self.version_started_from(),
            also=form.also(),
            by=self.request.user,
            **form.columns(),
        )

    def done(self, address):
        return self.back_to(), f"Poprawiono adres: {told(address)}."


class OwnAddress(OfMember):
    """Where a member lives apart from the family, from a day."""

    form_class = MemberAddressForm

    @property
    def title(self):
        return f"{self.person}: własny adres"

    def initial(self):
        own = goes_on(self.membership.addresses)
        return {"since": self.request.today, "withheld_from": own.get("withheld_from")}

    def form_kwargs(self):
        others = other_members_addresses(self.family, besides=self.membership, on=self.request.today)
        return super().form_kwargs() | {"people": self.people(), "addresses": others}

    def act(self, form):
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
            **form.columns(),
        )

    def done(self, address):
        since = short_date(address.starts_on)
        return self.back_to(self.person), f"{self.person}, adres od {since}: {told(address)}."
