"""Forms about addresses of the family and its members."""

from django import forms

from families.choices import AddressKind
from families.people.forms.fields import PersonChoiceField, PostalAddressForm
from families.people.models import Address, Person
from lubsko_ops.core.form_layout import side_by_side
from lubsko_ops.core.forms import PastDayField
from lubsko_ops.core.polish import join_list

WITHHELD_HINT = "Adres będzie wszędzie oznaczony i nie trafi na żaden wydruk."


class WithholdableAddressForm(PostalAddressForm):
    """An address that may be withheld from one of ``people``."""

    error_title = "Adresu nie zapisano."
    submit_label = "Zapisz adres"

    withheld_from = PersonChoiceField(
        Person.objects.none(),
        label="Komu nie ujawniać tego adresu",
        required=False,
        empty_label="adresu nie trzeba ukrywać",
        help_text=WITHHELD_HINT,
    )

    class Meta(PostalAddressForm.Meta):
        exclude = Address.set_by_actions

    def __init__(self, *args, people, **kwargs):
        self.people = people
        super().__init__(*args, **kwargs)
        self.fields["withheld_from"].queryset = people

    def layout(self):
        return [*address_layout(), "region", "withheld_from"]


class DatedAddressForm(WithholdableAddressForm):
    """An address valid from a day."""

    past_days = ("since",)

    kind = forms.ChoiceField(label="Rodzaj adresu", choices=AddressKind.choices)
    since = PastDayField(label="Od kiedy", help_text="Dotychczasowy adres kończy się dzień wcześniej.")


class FamilyMoveForm(DatedAddressForm):
    """A new address of the family from a day, or homelessness from a day."""

    homeless = forms.BooleanField(label="Od tego dnia rodzina nie ma stałego adresu", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["locality"].required = False  # required in clean() unless the family is homeless

    def layout(self):
        return [side_by_side("kind", "since"), "homeless", *address_layout(), "region", "withheld_from"]

    def clean(self):
        data = super().clean()
        if not data.get("homeless") and not data.get("locality") and "locality" not in self.errors:
            self.add_error("locality", "Wpisz miejscowość albo zaznacz, że rodzina nie ma stałego adresu.")
        if sentence := homeless_refusal(data):
            self.add_error("homeless", sentence)
        if data.get("homeless") and data.get("kind") != AddressKind.RESIDENCE:
            self.add_error("kind", "Bez stałego adresu: wybierz adres zamieszkania.")
        return data


def homeless_refusal(data: dict) -> str:
    """Refusal when an address was entered although the family is marked as having none."""
    has_address = any(data.get(name) for name in ("street", "house", "flat", "postal_code", "locality"))
    if not (data.get("homeless") and has_address):
        return ""
    return "Wpisano adres i zaznaczono, że rodzina go nie ma. Usuń adres albo to zaznaczenie."


class AddressCorrectForm(WithholdableAddressForm):
    """Corrects an address, optionally with the rows of other members who share it."""

    together = forms.BooleanField(label="Popraw także u", required=False, initial=True)

    def __init__(self, *args, shared_addresses=(), **kwargs):
        self.shared_addresses = shared_addresses
        super().__init__(*args, **kwargs)
        names = join_list(str(row.membership.person) for row in shared_addresses)
        self.fields["together"].label = f"Popraw także u: {names}"

    def layout(self):
        return [*(["together"] if self.shared_addresses else []), *super().layout()]

    def addresses_to_correct(self) -> list:
        return list(self.shared_addresses) if self.cleaned_data["together"] else []


class MemberAddressForm(DatedAddressForm):
    """An own address of one member; often the same as another member's address."""

    same_as = forms.ModelChoiceField(
        Address.objects.none(),
        label="Ten sam adres co",
        required=False,
        empty_label="inny, wpisany niżej",
    )

    def __init__(self, *args, addresses, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["same_as"].queryset = addresses
        self.fields["same_as"].label_from_instance = address_option_label
        self.fields["locality"].required = False

    def layout(self):
        return [side_by_side("kind", "since"), "same_as", *address_layout(), "withheld_from"]

    def clean(self):
        data = super().clean()
        if not data.get("same_as") and not data.get("locality") and "locality" not in self.errors:
            self.add_error("locality", "Wpisz miejscowość albo wybierz osobę, z którą ta osoba mieszka.")
        return data

    def address_columns(self, prefix: str = "") -> dict:
        columns, shared = super().address_columns(prefix), self.cleaned_data["same_as"]
        if shared is None:
            return columns
        same = {name: getattr(shared, name) for name in columns}
        return same | {"withheld_from": columns["withheld_from"]}


def address_option_label(address: Address) -> str:
    """ "Piotr Kowalski: Chocicz 21, 68-300"."""
    return f"{address.membership.person}: {address.line}"


def address_layout(prefix: str = "") -> list:
    """Layout of the postal address fields."""
    return [
        f"{prefix}street",
        side_by_side(f"{prefix}house", f"{prefix}flat", kind="two"),
        side_by_side(f"{prefix}postal_code", f"{prefix}locality"),
    ]
