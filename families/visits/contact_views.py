"""Writing a contact down and correcting it: a call, a letter, a meeting in an institution."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from families.base_views import FamilyFormView
from families.choices import ContactChannel
from families.visits.actions import correct_contact, log_contact
from families.visits.forms.contact import ContactForm
from families.visits.forms.initial import on_the_wall
from families.visits.models import Contact
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.permissions import Permission
from lubsko_ops.core.polish import short_date


class OfContacts(FamilyFormView):
    """What both forms of a contact share; afterwards the diary shows it."""

    permission = Permission.CONTACT_LOG
    access_area = AccessArea.VISITS
    page = "families:diary"
    form_class = ContactForm
    template_name = "families/visits/contact.html"
    said = ""

    @classmethod
    def draft_words(cls, content):
        """The day: two contacts with one family are two drafts."""
        return content.get("day", [""])[0].strip()

    def done(self, contact):
        words = f"{contact.get_way_display()}, {contact.get_party_display()}, {short_date(contact.day)}."
        return self.file_address("families:diary"), f"{self.said}: {words}"


class ContactNew(OfContacts):
    """A contact that has just happened."""

    title = "Nowy kontakt"
    said = "Zapisano kontakt"

    def setup_object(self, pk, **kwargs):
        super().setup_object(pk)
        if not self.periods:
            raise PermissionDenied("Praca z tą rodziną jeszcze się nie zaczęła.")

    @cached_property
    def periods(self):
        return list(self.family.periods.order_by("-starts_on"))

    def initial(self):
        day, at = on_the_wall(self.request.now)
        return {"day": day, "starts_at": at, "way": ContactChannel.PHONE}

    def act(self, form):
        """The contact belongs to the work that had begun by its day; one after the end stays with the last."""
        day = form.cleaned_data["day"]
        period = next((row for row in self.periods if row.starts_on <= day), self.periods[-1])
        return log_contact(period=period, by=self.request.user, **form.cleaned_data)


class ContactEdit(OfContacts):
    """Correcting one's own contact."""

    title = "Popraw kontakt"
    said = "Poprawiono kontakt"

    def setup_object(self, pk, contact, **kwargs):
        super().setup_object(pk)
        self.contact = get_object_or_404(Contact.objects.filter(period__family=self.family), pk=contact)
        if self.contact.author_id != self.request.user.pk:
            raise PermissionDenied("Kontakt poprawia tylko ten, kto go wpisał.")

    def row(self):
        return self.contact

    def initial(self):
        return {name: getattr(self.contact, name) for name in ContactForm.base_fields}

    def act(self, form):
        version = self.version_started_from()
        by = self.request.user
        return correct_contact(contact=self.contact, version=version, by=by, **form.cleaned_data)
