"""The course of a danger to a child: what was reported, what has been done, what one does now."""

from functools import cached_property

from django.shortcuts import get_object_or_404
from django.urls import reverse

from families.base_views import FamilyFormView
from families.visits.actions import follow_danger
from families.visits.forms.contact import StepForm
from families.visits.models import SafeguardingConcern
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.permissions import Permission


class DangerFollow(FamilyFormView):
    """The report, its steps, and the form of the next one."""

    permission = Permission.DANGER_FOLLOW
    access_area = AccessArea.VISITS
    page = "families:diary"
    form_class = StepForm
    title = "Zagrożenie bezpieczeństwa dziecka"
    template_name = "families/visits/danger.html"

    def setup_object(self, pk, report, **kwargs):
        super().setup_object(pk)
        rows = SafeguardingConcern.objects.filter(visit__period__family=self.family)
        self.report = get_object_or_404(rows.select_related("visit__assistant"), pk=report)

    @cached_property
    def steps(self):
        return list(self.report.steps.select_related("entered_by").order_by("day", "pk"))

    @property
    def over(self) -> bool:
        return self.report.is_over(self.steps)

    def form_kwargs(self):
        return {"over": self.over}

    def initial(self):
        return {"day": self.request.today}

    def act(self, form):
        return follow_danger(report=self.report, by=self.request.user, **form.cleaned_data)

    def done(self, step):
        if step.closes:
            words = "Zapisano: zagrożenie ustało."
        elif step.reopens:
            words = "Zapisano: zagrożenie trwa nadal. Znowu wymaga sprawdzenia."
        elif self.over:
            words = "Dopisano, co zrobiono. Zagrożenie ustało wcześniej."
        else:
            words = "Zapisano, co zrobiono. Zagrożenie dalej wymaga sprawdzenia."
        return reverse("families:danger", args=[self.family.pk, self.report.pk]), words

    def get_context_data(self, **kwargs):
        return super().get_context_data(report=self.report, steps=self.steps, over=self.over, **kwargs)
