"""Page of a safeguarding concern: its next step, and taking note of it."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from families.base_views import FamilyFormView
from families.visits.actions import ACKNOWLEDGE_REFUSAL, acknowledge_concern, record_safeguarding_step
from families.visits.forms.contact import SafeguardingAcknowledgeForm, SafeguardingStepForm
from families.visits.models import SafeguardingConcern
from families.visits.permissions import SAFEGUARDING_ACKNOWLEDGE, SAFEGUARDING_FOLLOW_UP, VISITS_AREA
from families.visits.queries import roles_to_acknowledge
from lubsko_ops.core import clock
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import has_permission


class SafeguardingView(FamilyFormView):
    """Base of the forms about one concern."""

    access_area = VISITS_AREA
    current_tab = "families:case-log"

    def setup_object(self, pk, concern, **kwargs):
        super().setup_object(pk)
        rows = SafeguardingConcern.objects.filter(visit__period__family=self.family)
        self.concern = get_object_or_404(rows.select_related("visit__assistant"), pk=concern)

    @cached_property
    def acknowledgements(self):
        return list(self.concern.acknowledgements.select_related("entered_by").order_by("entered_at", "pk"))

    @cached_property
    def may_acknowledge(self) -> bool:
        """Whether it is for the user to take note of the concern, and they have not done so yet."""
        user = self.request.user
        if user.pk in {each.entered_by_id for each in self.acknowledgements}:
            return False
        if not has_permission(user, SAFEGUARDING_ACKNOWLEDGE):
            return False
        return bool(roles_to_acknowledge(user, self.family.pk, on=self.request.today))

    def get_concern_url(self) -> str:
        return reverse("families:safeguarding-concern", args=[self.family.pk, self.concern.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            concern=self.concern,
            acknowledgements=self.acknowledgements,
            may_acknowledge=self.may_acknowledge,
            **kwargs,
        )


class SafeguardingStepView(SafeguardingView):
    """The concern, its steps and the form of the next one."""

    permission = SAFEGUARDING_FOLLOW_UP
    form_class = SafeguardingStepForm
    page_title = "Zagrożenie bezpieczeństwa dziecka"
    template_name = "visits/safeguarding_concern.html"

    @cached_property
    def steps(self):
        return list(self.concern.steps.select_related("entered_by").order_by("day", "pk"))

    @property
    def is_over(self) -> bool:
        return self.concern.is_over(self.steps)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"is_over": self.is_over}

    def get_initial(self):
        return {"day": self.request.today}

    def perform(self, form):
        return record_safeguarding_step(concern=self.concern, by=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return self.get_concern_url()

    def get_success_message(self):
        if self.result.closes:
            return "Zapisano: zagrożenie ustało."
        if self.result.reopens:
            return "Zapisano: zagrożenie trwa nadal. Znowu wymaga sprawdzenia."
        if self.is_over:
            return "Dopisano, co zrobiono. Zagrożenie ustało wcześniej."
        return "Zapisano, co zrobiono. Zagrożenie dalej wymaga sprawdzenia."

    def get_context_data(self, **kwargs):
        return super().get_context_data(steps=self.steps, is_over=self.is_over, **kwargs)


class SafeguardingAcknowledgeView(SafeguardingView):
    """Taking note of the concern, by one button."""

    permission = SAFEGUARDING_ACKNOWLEDGE
    form_class = SafeguardingAcknowledgeForm
    page_title = "Przyjęcie zagrożenia do wiadomości"
    template_name = "visits/safeguarding_acknowledge.html"
    keeps_drafts = False

    def setup_object(self, pk, concern, **kwargs):
        super().setup_object(pk, concern)
        if not roles_to_acknowledge(self.request.user, self.family.pk, on=self.request.today):
            raise PermissionDenied(ACKNOWLEDGE_REFUSAL)

    def get_cancel_url(self):
        return self.get_concern_url()

    def perform(self, form):
        return acknowledge_concern(concern=self.concern, by=self.request.user)

    def get_success_message(self):
        at = self.result.entered_at.astimezone(clock.WARSAW)
        return f"Przyjęto zagrożenie do wiadomości {at:%d.%m.%Y, %H:%M}."
