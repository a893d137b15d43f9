"""Forms about phone numbers of the family and its members."""

from django.shortcuts import get_object_or_404

from families.people.actions import add_phone, correct_phone, end_phone
from families.people.forms.phone import PhoneCorrectForm, PhoneEndForm, PhoneForm
from families.people.views.base import PeopleFormView
from lubsko_ops.core.polish import short_date


class PhoneAddView(PeopleFormView):
    """Adds a phone number of a member or of the whole family."""

    form_class = PhoneForm
    page_title = "Dodaj telefon"

    def get_initial(self):
        return {"starts_on": self.request.today}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"people": self.people()}

    def perform(self, form):
        return add_phone(family=self.family, by=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return self.household_url(self.result.person)

    def get_success_message(self):
        return f"Dodano telefon {self.result}."


class PhoneFormView(PeopleFormView):
    """Base of the forms about one phone number."""

    def setup_object(self, pk, phone, **kwargs):
        super().setup_object(pk)
        self.phone = get_object_or_404(self.family.phones, pk=phone)

    def get_instance(self):
        return self.phone

    @property
    def entered_in_error_url(self):
        return self.form_url("phone-entered-in-error", self.phone)


class PhoneCorrectView(PhoneFormView):
    """Corrects a phone number or its owner."""

    form_class = PhoneCorrectForm
    page_title = "Popraw telefon"

    def get_initial(self):
        return self.phone.entered_values()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"people": self.people()}

    def perform(self, form):
        return correct_phone(
            phone=self.phone,
            version=self.opened_version,
            by=self.request.user,
            **form.cleaned_data,
        )

    def get_success_url(self):
        return self.household_url(self.result.person)

    def get_success_message(self):
        return f"Poprawiono telefon {self.result}."


class PhoneEndView(PhoneFormView):
    """Marks a number as no longer current."""

    form_class = PhoneEndForm

    @property
    def page_title(self):
        return f"Telefon {self.phone} jest nieaktualny"

    def get_initial(self):
        return {"on": self.phone.ends_on or self.request.today}

    def perform(self, form):
        return end_phone(
            phone=self.phone,
            on=form.cleaned_data["on"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return f"Telefon {self.result} jest aktualny do {short_date(self.result.ends_on)}."
