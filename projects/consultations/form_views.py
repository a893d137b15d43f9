"""Form pages of consultations."""

from django.contrib import messages
from django.shortcuts import redirect

from families.specialists.queries import families_of_specialist
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core.links import reverse
from lubsko_ops.core.polish import short_date
from lubsko_ops.submissions.base_views import ActionFormView
from projects.choices import ConsultationState
from projects.consultations import actions, forms
from projects.consultations.permissions import CONSULTATION_AREA
from projects.consultations.queries import people_of_groups, possible_workers
from projects.consultations.views import ConsultationMixin
from projects.permissions import CONSULTATION_WRITE
from projects.scope import led_groups

USUAL_MINUTES = 60


class WriteView(ActionFormView):
    """Base of the forms in which a new consultation is entered; ``?kogo=r12`` chooses whom."""

    permission = CONSULTATION_WRITE
    access_area = CONSULTATION_AREA
    template_name = "consultations/form_page.html"

    def get_people(self) -> forms.People:
        """Whom the user may consult today, each noted as shown."""
        user, on = self.request.user, self.request.today
        families = families_of_specialist(user, on=on).order_by("name", "pk")
        participants = people_of_groups(user, on=on).order_by("person__last_name", "person__first_name", "pk")
        people = forms.People(families, participants, possible_workers(user, on=on))
        parts = people.rows["u"]
        persons = {part.person_id for part in parts} | {part.child_id for part in parts}
        note_shown(
            {row.pk for row in people.rows["r"]} | ({part.family_id for part in parts} - {None}),
            persons=persons - {None},
        )
        return people

    def get_form_kwargs(self):
        groups = led_groups(self.request.user, on=self.request.today).order_by("name")
        return super().get_form_kwargs() | {"people": self.get_people(), "groups": groups}

    def get_cancel_url(self):
        return reverse("consultations:list")

    def get_success_url(self):
        return reverse("consultations:consultation", args=[self.result.pk])


class ConsultationAddView(WriteView):
    """Zapisz konsultację, która się odbyła."""

    form_class = forms.ConsultationForm
    page_title = "Zapisz konsultację"

    def get_initial(self):
        return {"day": self.request.today, "whom": self.request.GET.get("kogo", "")}

    def perform(self, form):
        return actions.record_consultation(row=form.consultation(), by=self.request.user)

    def get_success_message(self):
        return f"Zapisano konsultację z {short_date(self.result.day)}."


class AppointmentAddView(WriteView):
    """Umów konsultację."""

    form_class = forms.AppointmentForm
    page_title = "Umów konsultację"

    def get_initial(self):
        return {"minutes": USUAL_MINUTES, "whom": self.request.GET.get("kogo", "")}

    def perform(self, form):
        return actions.make_appointment(row=form.consultation(), by=self.request.user)

    def get_success_message(self):
        return f"Umówiono konsultację na {short_date(self.result.day)}, {self.result.starts_at:%H:%M}."


class ConsultationFormView(ConsultationMixin, ActionFormView):
    """Base of the forms about one own consultation."""

    permission = CONSULTATION_WRITE
    own_only = True
    template_name = "consultations/form_page.html"

    def get_instance(self):
        return self.consultation

    def get_initial(self):
        return self.consultation.entered_values()

    def get_cancel_url(self):
        return reverse("consultations:consultation", args=[self.consultation.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(row=self.consultation, **kwargs)


class ConsultationCorrectView(ConsultationFormView):
    """Popraw konsultację, albo przełóż umówioną."""

    @property
    def is_planned(self) -> bool:
        return self.consultation.state == ConsultationState.PLANNED

    @property
    def page_title(self):
        return "Zmień umówioną konsultację" if self.is_planned else "Popraw konsultację"

    def get_form_class(self):
        return forms.AppointmentForm if self.is_planned else forms.ConsultationForm

    def get_form_kwargs(self):
        groups = led_groups(self.request.user, on=self.consultation.day).order_by("name")
        return super().get_form_kwargs() | {"people": None, "groups": groups}

    def perform(self, form):
        return actions.correct_consultation(
            row=self.consultation,
            values=form.consultation(),
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return f"Zapisano zmianę konsultacji z {short_date(self.result.day)}."


class ConsultationSettleView(ConsultationFormView):
    """Czy umówiona konsultacja się odbyła."""

    form_class = forms.SettleForm
    page_title = "Czy konsultacja się odbyła"

    def get(self, request, *args, **kwargs):
        if self.consultation.state != ConsultationState.PLANNED and not self.get_requested_draft():
            messages.info(
                request, f"Ta konsultacja jest już zapisana jako {self.consultation.get_state_display()}."
            )
            return redirect(self.get_cancel_url())
        return super().get(request, *args, **kwargs)

    def perform(self, form):
        return actions.settle_appointment(
            row=self.consultation,
            values=form.instance,
            state=form.cleaned_data["state"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return f"Konsultacja z {short_date(self.result.day)}: {self.result.get_state_display()}."


class ConsultationRemoveView(ConsultationFormView):
    """Usuń konsultację wpisaną przez pomyłkę."""

    form_class = forms.ConsultationRemoveForm
    page_title = "Usuń konsultację"

    def get_initial(self):
        return {}

    def perform(self, form):
        return actions.remove_consultation(
            row=self.consultation,
            why=form.cleaned_data["why"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_url(self):
        return reverse("consultations:list")

    def get_success_message(self):
        return f"Usunięto konsultację z {short_date(self.consultation.day)}."
