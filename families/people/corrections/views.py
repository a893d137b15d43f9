"""Forms that correct the record: the days of a membership, and rows entered by mistake."""

from django.shortcuts import get_object_or_404

from families.choices import Kinship
from families.people.corrections.actions import (
    address_before,
    correct_days,
    row_before,
    take_back_address,
    take_back_change,
    take_back_person,
    take_back_row,
)
from families.people.corrections.forms import DaysForm, MembershipMistakeForm, MistakeForm
from families.people.models import Address, Phone
from families.people.queries import addresses_of
from families.people.views.address import told
from families.people.views.base import OfMember, PeopleForm
from lubsko_ops.core.polish import short_date


class MembershipDays(OfMember):
    """Popraw daty: since when and until when the person belongs to the family as the card says."""

    form_class = DaysForm
    template_name = "families/people/membership_days.html"

    @property
    def title(self):
        return f"Popraw daty: {self.person}"

    def row(self):
        return self.membership

    def initial(self):
        return {"starts_on": self.membership.starts_on, "ends_on": self.membership.ends_on}

    @property
    def mistake(self):
        return self.address_of("membership-mistake", self.membership)

    def get_context_data(self, **kwargs):
        return super().get_context_data(before=row_before(self.membership), **kwargs)

    def act(self, form):
        return correct_days(
            membership=self.membership,
            version=self.version_started_from(),
            by=self.request.user,
            **form.cleaned_data,
        )

    def done(self, row):
        until = f" do {short_date(row.ends_on)}" if row.ends_on else ""
        return self.back_to(
            self.person
        ), f"Poprawiono daty: {self.person}, od {short_date(row.starts_on)}{until}."


class Mistake(PeopleForm):
    """A row entered by mistake: it goes, and history says who took it back and why."""

    form_class = MistakeForm
    template_name = "families/people/mistake.html"
    drafts = False

    @property
    def title(self):
        return f"Wpisano przez pomyłkę: {self.what}"

    def form_kwargs(self):
        return {}

    def row(self):
        return self.mistaken

    def goes(self) -> list[str]:
        """What will no longer be on the pages, in words."""
        return [self.what]

    def returns(self) -> str:
        """What goes on instead, in words."""
        return ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(goes=self.goes(), returns=self.returns(), **kwargs)

    def take_back(self, form) -> None:
        take_back_row(row=self.mistaken, **self.said(form))

    def said(self, form) -> dict:
        return {
            "why": form.cleaned_data["why"],
            "version": self.version_started_from(),
            "by": self.request.user,
        }

    def act(self, form):
        words = f"Usunięto błędny wpis: {self.what}."
        self.take_back(form)
        return words

    def done(self, words):
        return self.back_to(), words


class MembershipMistake(Mistake, OfMember):
    """A person, or a change of her place in the family."""

    form_class = MembershipMistakeForm

    def setup_object(self, pk, membership, **kwargs):
        super().setup_object(pk, membership)
        self.mistaken = self.membership
        self.what = str(self.person)

    def form_kwargs(self):
        row = self.membership
        if row_before(row) is None:
            return {"change": ""}
        word = Kinship(row.kinship).word(self.person.sex)
        return {"change": f"od {short_date(row.starts_on)} {word}, {row.get_stay_display()}"}

    def goes(self):
        addresses = Address.objects.filter(membership__family=self.family, membership__person=self.person)
        phones = Phone.objects.filter(family=self.family, person=self.person)
        own = [f"adres {told(row)}" for row in addresses] + [f"telefon {row}" for row in phones]
        return [self.what, *dict.fromkeys(own)]

    def take_back(self, form):
        deed = take_back_change if form.only_the_change else take_back_person
        deed(membership=self.membership, **self.said(form))


class AddressMistake(Mistake):
    """An address nobody ever lived at."""

    def setup_object(self, pk, address, **kwargs):
        super().setup_object(pk)
        self.mistaken = get_object_or_404(addresses_of(self.family), pk=address)
        self.what = f"adres {told(self.mistaken)}"

    def returns(self):
        before = address_before(self.mistaken)
        return f"adres {told(before)}, od {short_date(before.starts_on)}" if before else ""

    def take_back(self, form):
        take_back_address(address=self.mistaken, **self.said(form))


class PhoneMistake(Mistake):
    """A number that was never theirs."""

    def setup_object(self, pk, phone, **kwargs):
        super().setup_object(pk)
        self.mistaken = get_object_or_404(self.family.phones, pk=phone)
        self.what = f"telefon {self.mistaken}"


class ProblemMistake(Mistake):
    """A problem the family never had."""

    def setup_object(self, pk, problem, **kwargs):
        super().setup_object(pk)
        self.mistaken = get_object_or_404(self.family.problems, pk=problem)
        self.what = f"problem „{self.mistaken}”"
