"""Agreements in the visit form: new ones, and outcomes of earlier ones."""

from dataclasses import dataclass

from django import forms
from django.forms import formset_factory
from django.utils.safestring import SafeString

from families.choices import AgreementOwner, AgreementResult
from families.people.identity import distinct_names
from families.people.queries import HouseholdMember
from families.visits.dto import OutcomeData
from families.visits.models import Agreement
from lubsko_ops.core.field_markup import draw_choices, draw_field
from lubsko_ops.core.form_layout import FieldRow, TemplateLayout
from lubsko_ops.core.form_renderer import format_html
from lubsko_ops.core.forms import BaseModelForm, ModelFormMeta, PlannedDayField
from lubsko_ops.core.polish import short_date

MAX_AGREEMENTS = 20


def responsible_choices(members: list[HouseholdMember]) -> list[tuple[str, str]]:
    """Choices of the responsible person: members of the family, then the others."""
    return [
        ("", "wybierz"),
        *((f"person-{each.person.pk}", name) for each, name in with_short_names(members)),
        *AgreementOwner.choices,
    ]


def with_short_names(members: list[HouseholdMember]) -> list[tuple[HouseholdMember, str]]:
    """Members with their first names, or full names where first names repeat; namesakes are distinguished."""
    kinship = {each.person.pk: each.kinship for each in members}
    names = distinct_names([each.person for each in members], kinship=kinship, short=True)
    return [(each, names[each.person.pk]) for each in members]


class VisitAgreementForm(BaseModelForm):
    """Who does what, by when. ``row``: id of the agreement to correct; ``who``: its person or ``agreed_by``."""

    mark_optional = False
    field_order = ("row", "what", "who")

    row = forms.IntegerField(widget=forms.HiddenInput, required=False)
    who = forms.ChoiceField(label="Kto", error_messages={"required": "Wybierz, kto ma to zrobić."})

    class Meta(ModelFormMeta):
        model = Agreement
        exclude = (*Agreement.set_by_actions, "person", "agreed_by")
        field_classes = {"due_on": PlannedDayField}
        error_messages = {"what": {"required": "Wpisz, co ustalono."}}

    def __init__(self, *args, who, people, **kwargs):
        self.people = people
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = who

    def layout(self):
        return [FieldRow("what", "who", "due_on", css_class="agreement-row")]

    def agreement(self) -> Agreement:
        """The agreement as entered, not saved."""
        row, (kind, _, key) = self.instance, self.cleaned_data["who"].partition("-")
        row.pk = self.cleaned_data["row"]
        row.person = self.people[int(key)] if kind == "person" else None
        row.agreed_by = "" if row.person else self.cleaned_data["who"]
        return row

    @staticmethod
    def initial_of(row: Agreement) -> dict:
        who = f"person-{row.person_id}" if row.person_id else row.agreed_by
        return row.entered_values() | {"row": row.pk, "who": who}


VisitAgreementFormSet = formset_factory(
    VisitAgreementForm,
    extra=1,
    max_num=MAX_AGREEMENTS,
    validate_max=True,
    absolute_max=100,  # removed rows are sent too
    can_delete=True,
)


@dataclass(frozen=True)
class EarlierAgreement:
    """An earlier agreement with two bound fields: its outcome and the day it is moved to."""

    agreement: Agreement
    outcome: forms.BoundField
    moved_to: forms.BoundField

    @property
    def due_on(self):
        return self.agreement.moved or self.agreement.due_on

    @property
    def markup(self) -> SafeString:
        """The item of the list: by a function, because a form may have a dozen."""
        until = ""
        if self.due_on:
            until = f", {'przełożone na' if self.agreement.moved else 'do'} {short_date(self.due_on)}"
        return format_html(
            '<li>\n<fieldset>\n<legend>\n{} <span class="note">{}{}</span>\n</legend>\n{}\n</fieldset>\n'
            '<div class="if-moved">\n{}\n</div>\n</li>\n',
            self.agreement.what,
            self.agreement.responsible_name,
            until,
            draw_choices(self.outcome),
            draw_field(self.moved_to),
        )


def add_outcome_fields(form: forms.Form, agreements: list[Agreement]) -> None:
    """Add the fields of every earlier agreement."""
    for each in agreements:
        form.fields[f"tick_{each.pk}"] = forms.ChoiceField(
            label=each.what, choices=AgreementResult.choices, required=False, widget=forms.RadioSelect
        )
        moved = PlannedDayField(label="Na kiedy", required=False)
        moved.row_name = each.what
        form.fields[f"moved_{each.pk}"] = moved


def earlier_agreements(form: forms.Form, agreements: list[Agreement]) -> list[EarlierAgreement]:
    return [EarlierAgreement(each, form[f"tick_{each.pk}"], form[f"moved_{each.pk}"]) for each in agreements]


def earlier_agreements_section(form: forms.Form, agreements: list[Agreement]) -> list[TemplateLayout]:
    """Layout of earlier agreements: of the last visit, and older ones, folded unless one is filled in."""
    if not agreements:
        return []
    rows = earlier_agreements(form, agreements)
    last = rows[0].agreement.visit_id
    newest = [each for each in rows if each.agreement.visit_id == last]
    older = rows[len(newest) :]
    older_filled = any(each.outcome.value() or each.moved_to.errors for each in older)
    return [
        TemplateLayout(
            "visits/_earlier_agreements.html", newest=newest, older=older, older_filled=older_filled
        )
    ]


def get_outcomes(data: dict, agreements: list[Agreement]) -> list[OutcomeData]:
    """Outcomes chosen; agreements without one stay open."""
    return [
        OutcomeData(each, data[f"tick_{each.pk}"], data[f"moved_{each.pk}"])
        for each in agreements
        if data[f"tick_{each.pk}"]
    ]


def clean_moved_dates(form: forms.Form, agreements: list[Agreement]) -> None:
    """Add an error to each agreement that is moved to a day before the visit."""
    data = form.cleaned_data
    for each in agreements:
        moved = data.get(f"tick_{each.pk}") == AgreementResult.MOVED and data.get(f"moved_{each.pk}")
        if moved and data.get("day") and moved < data["day"]:
            form.add_error(f"moved_{each.pk}", "Nowy dzień nie może wypaść przed wizytą. Popraw datę.")
