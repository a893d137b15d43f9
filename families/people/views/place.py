"""Forms about where the family and its people live."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404

from families.dictionaries import AddressKind, Stay
from families.people.actions import correct_address, set_address
from families.people.forms.place import CorrectAddressForm, MoveForm, OwnAddressForm
from families.people.queries import addresses_of, homes_of_others
from families.people.views.base import OfMember, PeopleForm
from lubsko_ops.polish import short_day

PLACE = ("street", "house", "flat", "postal_code", "locality", "region", "withheld_from")


class AddressForm(PeopleForm):
    def form_kwargs(self):
        return super().form_kwargs() | {"people": self.people()}


class Move(AddressForm):
    """A new address of the family from a day (przeprowadzka)."""

    form_class = MoveForm
    title = "Nowy adres rodziny"

    def initial(self):
        return {"since": self.request.today}

    def act(self, form):
        data = form.cleaned_data
        return set_address(
            family=self.family, since=data["since"], kind=data["kind"], by=self.request.user, **form.columns()
        )

    def done(self, address):
        kind, since = address.get_kind_display(), short_day(address.starts_on)
        return self.back_to(), f"Adres {kind} od {since}: {address.line}."


class CorrectAddress(AddressForm):
    """An address of the family, or of one member, written rightly."""

    form_class = CorrectAddressForm
    title = "Popraw adres"

    def reach(self, pk, address, **kwargs):
        super().reach(pk)
        self.address = get_object_or_404(addresses_of(self.family), pk=address)

    def row(self):
        return self.address

    def initial(self):
        return {name: getattr(self.address, name) for name in PLACE}

    def act(self, form):
        return correct_address(
            address=self.address, version=self.version_started_from(), by=self.request.user, **form.columns()
        )

    def done(self, address):
        return self.back_to(), f"Poprawiono adres: {address.line}."


class OwnAddress(OfMember):
    """Where a member lives apart from the family, from a day."""

    form_class = OwnAddressForm

    @property
    def title(self):
        return f"{self.person}: własny adres"

    def initial(self):
        return {"since": self.request.today}

    def form_kwargs(self):
        others = homes_of_others(self.family, besides=self.membership, on=self.request.today)
        return super().form_kwargs() | {"people": self.people(), "addresses": others}

    def act(self, form):
        data = form.cleaned_data
        if data["kind"] == AddressKind.RESIDENCE and self.membership.stay == Stay.HERE:
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
        since = short_day(address.starts_on)
        return self.back_to(self.person), f"{self.person}, adres od {since}: {address.line}."
