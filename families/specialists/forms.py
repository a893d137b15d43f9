"""Forms: add a specialist to a family, change or remove the access."""

from django import forms

from families.employees.forms import ReasonForm
from families.specialists.models import FamilySpecialist
from lubsko_ops.core.form_layout import form_section, side_by_side
from lubsko_ops.core.forms import BaseModelForm, DayField, ModelFormMeta

PURPOSE_HELP = "Np. konsultacje wychowawcze, współpraca przy diagnozie. Przeczyta to też specjalista."


class SpecialistAddForm(BaseModelForm):
    """Who, on which days, what for."""

    error_title = "Specjalisty nie dopuszczono."
    submit_label = "Dopuść specjalistę"

    class Meta(ModelFormMeta):
        model = FamilySpecialist
        fields = ["specialist", "starts_on", "ends_on", "purpose"]
        field_classes = {"starts_on": DayField, "ends_on": DayField}
        labels = {"starts_on": "Pierwszy dzień", "ends_on": "Ostatni dzień", "purpose": "W jakim celu"}
        help_texts = {
            "ends_on": "Zostaw puste, jeśli do odwołania. Po tym dniu specjalista nie otworzy teczki.",
            "purpose": PURPOSE_HELP,
        }
        error_messages = {
            "specialist": {"required": "Wybierz specjalistę."},
            "purpose": {"required": "Napisz, w jakim celu."},
        }

    def __init__(self, *args, specialists, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["specialist"].queryset = specialists
        self.fields["specialist"].empty_label = "Wybierz osobę"

    def layout(self):
        return ["specialist", form_section("", side_by_side("starts_on", "ends_on")), "purpose"]


class SpecialistChangeForm(BaseModelForm):
    """Other days or another purpose, and why."""

    error_title = "Zmiany nie zapisano."
    submit_label = "Zapisz zmianę"

    why = forms.CharField(
        label="Dlaczego zmieniasz",
        max_length=200,
        error_messages={"required": "Napisz, dlaczego: koniec konsultacji, przedłużenie, pomyłka."},
    )

    class Meta(ModelFormMeta):
        model = FamilySpecialist
        fields = ["starts_on", "ends_on", "purpose"]
        field_classes = SpecialistAddForm.Meta.field_classes
        labels = SpecialistAddForm.Meta.labels
        help_texts = SpecialistAddForm.Meta.help_texts
        error_messages = SpecialistAddForm.Meta.error_messages

    def layout(self):
        return [form_section("", side_by_side("starts_on", "ends_on")), "purpose", "why"]


class SpecialistRemoveForm(ReasonForm):
    """Why the access is removed as entered by mistake."""
