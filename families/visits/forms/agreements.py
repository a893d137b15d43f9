"""What was agreed: rows for the next time, and what came of the last ones."""

from dataclasses import dataclass

from crispy_forms.layout import Div
from django import forms
from django.forms import formset_factory

from families.choices import AgreementOwner, AgreementResult
from families.people.queries import HouseholdMember
from families.visits.dto import AgreementData, TickData
from families.visits.models import Agreement
from lubsko_ops.core.forms import BaseForm, DayField, TemplateLayout

MOST = 20


def who_may_act(members: list[HouseholdMember]) -> list[tuple[str, str]]:
    """Who can be named in an agreement: people of the family, then the others."""
    return [
        ("", "wybierz"),
        *((f"person-{each.person.pk}", name) for each, name in named(members)),
        *AgreementOwner.choices,
    ]


def named(members: list[HouseholdMember]) -> list[tuple[HouseholdMember, str]]:
    """Members by their first names; two of one name with the surname, too."""
    first = [each.person.first_name for each in members]
    return [
        (each, name if first.count(name) == 1 else str(each.person))
        for each, name in zip(members, first, strict=True)
    ]


class AgreementRow(BaseForm):
    """Who does what, by when."""

    mark_optional = False

    row = forms.IntegerField(widget=forms.HiddenInput, required=False)
    what = forms.CharField(label="Co", max_length=300, error_messages={"required": "Wpisz, co ustalono."})
    who = forms.ChoiceField(label="Kto", error_messages={"required": "Wybierz, kto ma to zrobić."})
    due_on = DayField(label="Do kiedy", required=False)

    def __init__(self, *args, who, people, **kwargs):
        self.people = people
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = who

    def layout(self):
        return [Div("what", "who", "due_on", css_class="agreement-row")]

    def agreement(self, rows: dict[int, Agreement]) -> AgreementData:
        """As typed. ``rows``: agreements of the visit being corrected, by id."""
        data = self.cleaned_data
        kind, _, key = data["who"].partition("-")
        person = self.people[int(key)] if kind == "person" else None
        return AgreementData(
            what=data["what"],
            person=person,
            agreed_by="" if person else data["who"],
            due_on=data["due_on"],
            row=rows.get(data["row"]),
        )

    @staticmethod
    def initial_of(row: Agreement) -> dict:
        who = f"person-{row.person_id}" if row.person_id else row.agreed_by
        return {"row": row.pk, "what": row.what, "who": who, "due_on": row.due_on}


AgreementRows = formset_factory(AgreementRow, extra=1, max_num=MOST, validate_max=True, can_delete=True)


@dataclass(frozen=True)
class Asked:
    """An earlier agreement and its two controls: what came of it, and the new day when it was moved."""

    agreement: Agreement
    outcome: object
    moved_to: object

    @property
    def due_on(self):
        return self.agreement.moved or self.agreement.due_on


def add_ticks(form: forms.Form, agreements: list[Agreement]) -> None:
    """Ask about each earlier agreement."""
    for each in agreements:
        form.fields[f"tick_{each.pk}"] = forms.ChoiceField(
            label=each.what, choices=AgreementResult.choices, required=False, widget=forms.RadioSelect
        )
        form.fields[f"moved_{each.pk}"] = DayField(label="Na kiedy", required=False)


def asked_of(form: forms.Form, agreements: list[Agreement]) -> list[Asked]:
    return [Asked(each, form[f"tick_{each.pk}"], form[f"moved_{each.pk}"]) for each in agreements]


def agreed_part(form: forms.Form, agreements: list[Agreement]) -> list[TemplateLayout]:
    """The part of the page about them: those of the last visit, the older ones folded."""
    if not agreements:
        return []
    asked = asked_of(form, agreements)
    last = asked[0].agreement.visit_id
    newest = [each for each in asked if each.agreement.visit_id == last]
    older = asked[len(newest) :]
    touched = any(each.outcome.value() or each.moved_to.errors for each in older)
    return [TemplateLayout("families/visits/_agreed.html", newest=newest, older=older, touched=touched)]


def ticks_of(data: dict, agreements: list[Agreement]) -> list[TickData]:
    """What was said of the earlier agreements; those left alone stay open."""
    return [
        TickData(each, data[f"tick_{each.pk}"], data[f"moved_{each.pk}"])
        for each in agreements
        if data[f"tick_{each.pk}"]
    ]


def clean_moved(form: forms.Form, agreements: list[Agreement]) -> None:
    """A moved agreement is moved to a day after the visit."""
    data = form.cleaned_data
    for each in agreements:
        moved = data.get(f"tick_{each.pk}") == AgreementResult.MOVED and data.get(f"moved_{each.pk}")
        if moved and data.get("day") and moved < data["day"]:
            form.add_error(f"moved_{each.pk}", "Nowy dzień nie może wypaść przed wizytą. Popraw datę.")
