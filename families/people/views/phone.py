"""Forms about telephones of the family and its people."""

from django.shortcuts import get_object_or_404

from families.people.forms.phone import PhoneCorrectForm, EndPhoneForm, PhoneForm
from families.people.phones import add_phone, correct_phone, end_phone
from families.people.views.base import PeopleForm
from lubsko_ops.core.polish import short_date


class PhoneAdd(PeopleForm):
    """A phone number of a member or of the whole family."""

    form_class = PhoneForm
    title = "Dodaj telefon"

    def initial(self):
        return {"since": self.request.today}

    def form_kwargs(self):
        return super().form_kwargs() | {"people": self.people()}

    def act(self, form):
        return add_phone(family=self.family, by=self.request.user, **form.cleaned_data)

    def done(self, phone):
        return self.back_to(phone.person), f"Dodano telefon {phone}."


class OfPhone(PeopleForm):
    """A form about one number of the family."""

    def setup_object(self, pk, phone, **kwargs):
        super().setup_object(pk)
        self.phone = get_object_or_404(self.family.phones, pk=phone)

    def row(self):
        return self.phone

    @property
    def mistake(self):
        return self.address_of("phone-mistake", self.phone)


class CorrectPhone(OfPhone):
    """A number written rightly, whoever's it is."""

    form_class = PhoneCorrectForm
    title = "Popraw telefon"

    def initial(self):
        phone = self.phone
        return {
            "number": phone.number,
            "person": phone.person_id,
            "note": phone.note,
            "since": phone.starts_on,
        }

    def form_kwargs(self):
        return super().form_kwargs() | {"people": self.people()}

    def act(self, form):
        return correct_phone(
            phone=self.phone,
            version=self.version_started_from(),
            by=self.request.user,
            **form.cleaned_data,
        )

    def done(self, phone):
        return self.back_to(phone.person), f"Poprawiono telefon {phone}."


class PhoneEnd(OfPhone):
    """A number that is no longer current."""

    form_class = EndPhoneForm

    @property
    def title(self):
        return f"Telefon {self.phone} jest nieaktualny"

    def initial(self):
        return {"on": self.phone.ends_on or self.request.today}

    def act(self, form):
        return end_phone(
            phone=self.phone,
            on=form.cleaned_data["on"],
            version=self.version_started_from(),
            by=self.request.user,
        )

    def done(self, phone):
        return self.back_to(), f"Telefon {phone} jest aktualny do {short_date(phone.ends_on)}."
