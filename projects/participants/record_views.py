"""Form pages of what is recorded of a participant: papers, contact, the reason of a therapy."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import Http404

from families.people.models import Person
from lubsko_ops.audit.access_log import note_shown
from projects.models import ParticipantConsent, TherapyReason
from projects.participants import forms, record_actions
from projects.participants.access import NOT_FOR_THERAPY, may_read_therapy
from projects.participants.facts import children_among, guardians_of
from projects.participants.form_views import ParticipationFormView
from projects.participants.people import signing_people


class ConsentCreateView(ParticipationFormView):
    """A declaration, consent or information that was signed."""

    form_class = forms.ConsentForm
    page_title = "Wpisz deklarację albo zgodę"
    for_enrollers = True

    def get_instance(self):
        return None

    @cached_property
    def people(self) -> dict[int, Person]:
        """The participant and the child of a pair; of a family, those who live there."""
        people = {person.pk: person for person in signing_people(self.row, on=self.request.today)}
        note_shown(persons=list(people))
        return people

    @cached_property
    def guardians(self) -> dict[int, Person]:
        today = self.request.today
        rows = [each for person in self.people.values() for each in guardians_of(person, on=today)]
        if self.row.child and self.row.person:
            rows.insert(0, self.row.person)
        note_shown(persons=[person.pk for person in rows])
        return {person.pk: person for person in rows}

    def get_refusal(self):
        return "" if self.people else "Ta rodzina nie ma dziś członków. Sprawdź jej teczkę."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "people": {pk: str(each) for pk, each in self.people.items()},
            "guardians": {pk: str(each) for pk, each in self.guardians.items()},
            "with_children": bool(children_among(self.people.values(), on=self.request.today)),
        }

    def get_initial(self):
        return {"given_on": self.request.today, "person": next(iter(self.people), None)}

    def perform(self, form):
        data = form.cleaned_data
        return record_actions.record_consent(
            participation=self.row,
            person=self.people[data["person"]],
            kind=data["kind"],
            given_on=data["given_on"],
            given_by=self.guardians.get(data.get("given_by")),
            guardian=form.guardian(),
            by=self.request.user,
        )

    def get_success_message(self):
        return f"Wpisano: {self.result}."


class ConsentWithdrawView(ParticipationFormView):
    """A consent is withdrawn from a day on."""

    form_class = forms.WithdrawConsentForm
    page_title = "Cofnięcie zgody"
    for_enrollers = True
    consent: ParticipantConsent

    def setup_object(self, pk, row, consent, **kwargs):
        super().setup_object(pk, row)
        people = [person.pk for person in signing_people(self.row, on=self.request.today)]
        rows = ParticipantConsent.objects.filter(edition=self.edition, person__in=people, pk=consent)
        match = rows.select_related("person").first()
        if match is None:
            raise Http404
        self.consent = match

    def get_instance(self):
        return self.consent

    def get_refusal(self):
        return "Tę zgodę już cofnięto." if self.consent.withdrawn_on else ""

    def get_initial(self):
        return {"day": self.request.today}

    def perform(self, form):
        return record_actions.withdraw_consent(
            consent=self.consent,
            participation=self.row,
            day=form.cleaned_data["day"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return f"Cofnięto: {self.result.get_kind_display()}."


class ParticipantContactView(ParticipationFormView):
    """Telephone, address, goal of the plan."""

    form_class = forms.ParticipantContactForm
    page_title = "Zmień dane uczestnika"
    for_enrollers = True

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("today")
        return kwargs

    def get_initial(self):
        names = ("contact_phone", "contact_address", "plan_goal")
        return {name: getattr(self.row, name) for name in names}

    def perform(self, form):
        return record_actions.update_contact(
            participation=self.row, data=form.instance, version=self.opened_version, by=self.request.user
        )

    def get_success_message(self):
        return f"Zapisano: {self.result}."


class TherapyReasonView(ParticipationFormView):
    """Why a therapy is needed, for the narrow circle that may read it."""

    form_class = forms.TherapyReasonForm
    page_title = "Powód terapii"

    def setup_object(self, pk, row, **kwargs):
        super().setup_object(pk, row)
        if not may_read_therapy(self.row, self.request.user, on=self.request.today):
            raise PermissionDenied(NOT_FOR_THERAPY)

    @cached_property
    def kept(self) -> TherapyReason | None:
        return TherapyReason.objects.filter(participation=self.row).first()

    def get_instance(self):
        return self.kept

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("today")
        return kwargs

    def get_initial(self):
        return {"text": self.kept.text if self.kept else ""}

    def perform(self, form):
        return record_actions.record_therapy_reason(
            participation=self.row,
            text=form.cleaned_data["text"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return "Zapisano powód terapii."
