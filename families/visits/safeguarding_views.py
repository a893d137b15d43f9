"""Page of a safeguarding concern with the form of its next step."""

from functools import cached_property

from django.shortcuts import get_object_or_404

from families.base_views import FamilyFormView
from families.visits.actions import record_safeguarding_step
from families.visits.forms.contact import SafeguardingStepForm
from families.visits.models import SafeguardingConcern
from families.visits.permissions import SAFEGUARDING_FOLLOW_UP, VISITS_AREA
from lubsko_ops.core.links import reverse


class SafeguardingStepView(FamilyFormView):
    """The concern, its steps and the form of the next one."""

    permission = SAFEGUARDING_FOLLOW_UP
    access_area = VISITS_AREA
    current_tab = "families:case-log"
    form_class = SafeguardingStepForm
    page_title = "Zagrożenie bezpieczeństwa dziecka"
    template_name = "visits/safeguarding_concern.html"

    def setup_object(self, pk, concern, **kwargs):
        super().setup_object(pk)
        rows = SafeguardingConcern.objects.filter(visit__period__family=self.family)
        self.concern = get_object_or_404(rows.select_related("visit__assistant"), pk=concern)

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
        return reverse("families:safeguarding-concern", args=[self.family.pk, self.concern.pk])

    def get_success_message(self):
        if self.result.closes:
            return "Zapisano: zagrożenie ustało."
        if self.result.reopens:
            return "Zapisano: zagrożenie trwa nadal. Znowu wymaga sprawdzenia."
        if self.is_over:
            return "Dopisano, co zrobiono. Zagrożenie ustało wcześniej."
        return "Zapisano, co zrobiono. Zagrożenie dalej wymaga sprawdzenia."

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            concern=self.concern, steps=self.steps, is_over=self.is_over, **kwargs
        )
