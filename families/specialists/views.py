"""Forms in the file of a family: who lets a specialist open it, on which days."""

from django.shortcuts import get_object_or_404

from families.base_views import FamilyFormView
from families.specialists import actions, forms
from families.specialists.permissions import SPECIALIST_ADD, SPECIALISTS_AREA
from families.specialists.queries import possible_specialists
from lubsko_ops.core.links import reverse

ANCHOR = "specjalisci"  # id of the heading on the page of the work


class SpecialistFormView(FamilyFormView):
    """Base of these forms; ``self.row``: the access the address names."""

    permission = SPECIALIST_ADD
    access_area = SPECIALISTS_AREA
    current_tab = "families:work"
    row = None

    def setup_object(self, pk, specialist=None, **kwargs):
        super().setup_object(pk, **kwargs)
        if specialist is not None:
            self.row = get_object_or_404(self.family.specialists.select_related("specialist"), pk=specialist)

    def get_instance(self):
        return self.row

    def get_success_url(self):
        return f"{self.get_cancel_url()}#{ANCHOR}"


class SpecialistAddView(SpecialistFormView):
    """Dopuść specjalistę."""

    form_class = forms.SpecialistAddForm
    template_name = "specialists/add.html"
    page_title = "Dopuść specjalistę do rodziny"

    def get_initial(self):
        return {"starts_on": self.request.today}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"specialists": possible_specialists(self.request.today)}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"nobody": not context["form"].fields["specialist"].queryset.exists()}

    def perform(self, form):
        return actions.add_specialist(family=self.family, row=form.instance, by=self.request.user)

    def get_success_message(self):
        return f"Dopuszczono: {self.result.specialist} {self.result.validity}."


class SpecialistChangeView(SpecialistFormView):
    """Zmień albo zakończ dopuszczenie."""

    form_class = forms.SpecialistChangeForm
    template_name = "specialists/change.html"

    @property
    def page_title(self):
        return f"Zmień albo zakończ dopuszczenie: {self.row.specialist}"

    def get_initial(self):
        return self.row.entered_values()

    def get_context_data(self, **kwargs):
        remove_url = reverse("families:specialist-remove", args=[self.family.pk, self.row.pk])
        return super().get_context_data(remove_url=remove_url, **kwargs)

    def perform(self, form):
        return actions.change_specialist(
            row=self.row,
            values=form.instance,
            why=form.cleaned_data["why"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return f"Zapisano: {self.result.specialist} {self.result.validity}."


class SpecialistRemoveView(SpecialistFormView):
    """Usuń dopuszczenie wpisane przez pomyłkę."""

    form_class = forms.SpecialistRemoveForm

    @property
    def page_title(self):
        return f"Usuń dopuszczenie: {self.row.specialist}"

    def perform(self, form):
        return actions.remove_specialist(
            row=self.row,
            why=form.cleaned_data["why"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return f"Usunięto dopuszczenie: {self.row.specialist}."
