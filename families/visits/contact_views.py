"""Entering and correcting a contact: a call, a letter, a meeting in an institution."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from families.base_views import FamilyFormView
from families.choices import ContactChannel
from families.people.permissions import FAMILY_LIST_AREA
from families.visits.actions import check_contact, correct_contact, log_contact
from families.visits.forms.contact import ContactForm
from families.visits.forms.initial import local_time
from families.visits.models import Contact
from families.visits.permissions import CONTACT_LOG, VISITS_AREA
from families.visits.queries import families_to_contact
from lubsko_ops.audit.base_views import PageView
from lubsko_ops.core.links import reverse


class ContactFamilyChoiceView(PageView):
    """Choice of the family before a new contact: families assigned to the user today, or led by them."""

    permission = CONTACT_LOG
    access_area = FAMILY_LIST_AREA
    template_name = "visits/choose_family.html"

    def get_context_data(self, **kwargs):
        families = families_to_contact(self.request.user, on=self.request.today)
        for each in families:
            each.url = reverse("families:contact-new", args=[each.pk])
        return super().get_context_data(
            families=families, title="Kontakt", question="Której rodziny dotyczy?", **kwargs
        )


class ContactFormView(FamilyFormView):
    """Base of the contact forms."""

    permission = CONTACT_LOG
    access_area = VISITS_AREA
    current_tab = "families:case-log"
    form_class = ContactForm
    template_name = "visits/contact_form.html"
    saved_as = ""

    @classmethod
    def draft_summary(cls, content):
        """The day, which distinguishes the drafts of two contacts with one family."""
        return content.get("day", [""])[0].strip()

    def check_rules(self, form):
        day = form.cleaned_data.get("day")
        if day:
            check_contact(self.period_of(day), day, form.cleaned_data.get("starts_at"))

    def get_success_message(self):
        contact = self.result
        return f"{self.saved_as}: {contact}."


class ContactCreateView(ContactFormView):
    """A new contact, by default of just now."""

    page_title = "Nowy kontakt"
    saved_as = "Zapisano kontakt"

    def setup_object(self, pk, **kwargs):
        super().setup_object(pk)
        if not self.periods:
            raise PermissionDenied("Praca z tą rodziną jeszcze się nie zaczęła.")

    @cached_property
    def periods(self):
        return list(self.family.periods.order_by("-starts_on"))

    def get_initial(self):
        day, at = local_time(self.request.now)
        return {"day": day, "starts_at": at, "channel": ContactChannel.PHONE}

    def period_of(self, day):
        """The last period of work begun by the day, even if that has ended."""
        return next((row for row in self.periods if row.starts_on <= day), self.periods[-1])

    def perform(self, form):
        period = self.period_of(form.cleaned_data["day"])
        return log_contact(period=period, by=self.request.user, **form.cleaned_data)


class ContactUpdateView(ContactFormView):
    """Correction of a contact by its author."""

    page_title = "Popraw kontakt"
    saved_as = "Poprawiono kontakt"

    def setup_object(self, pk, contact, **kwargs):
        super().setup_object(pk)
        self.contact = get_object_or_404(Contact.objects.filter(period__family=self.family), pk=contact)
        if self.contact.author_id != self.request.user.pk:
            raise PermissionDenied("Kontakt poprawia tylko ten, kto go wpisał.")

    def get_instance(self):
        return self.contact

    def get_initial(self):
        return self.contact.entered_values()

    def period_of(self, day):
        return self.contact.period

    def perform(self, form):
        return correct_contact(
            contact=self.contact, version=self.opened_version, by=self.request.user, **form.cleaned_data
        )
