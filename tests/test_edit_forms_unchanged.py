"""An edit form that is opened and saved without a change leaves every stored column as it was.

The rows are filled in every column, so that a field missing in the form, in its initial values or in the action shows
as an emptied column. Every form that edits a row is walked, or listed in NOT_WALKED with a reason.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from families.caseload.models import Assignment, LeadWorkerAssignment, LegalBasis
from families.choices import ActionState, AgreementResult, Kinship, PeselMissing
from families.people.actions import add_phone, correct_person, end_membership
from families.people.birth import BirthPrecision
from families.people.models import Address, Family, Membership, Person, Phone
from families.plans.actions import return_plan
from families.plans.dto import ProgressData
from families.plans.models import ActionProgress, Plan
from families.visits.dto import OutcomeData
from families.visits.models import Agreement, AgreementOutcome, SafeguardingConcern, Visit
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core.dates import Quarter
from lubsko_ops.core.fields import EncryptedTextField
from lubsko_ops.core.own_apps import get_own_models
from lubsko_ops.core.privacy import AUDIT_FIELDS
from lubsko_ops.submissions.base_views import ActionFormView
from reports.actions import write_quarter_text
from reports.models import QuarterText
from tests.factories import OPENED_ON, TODAY
from tests.families.visits.helpers import (
    make_agreement,
    make_concern,
    make_contact,
    make_visit,
)
from tests.form_client import form_data, parse_form, response_text
from tests.plan_factories import create_plan_in_force, create_sent_plan, plan_data
from tests.staff_edit_forms import STAFF_EDIT_FORMS, STAFF_EMPTY, STAFF_NOT_WALKED
from tests.url_inventory import all_routes

NOTHING_CHANGED = "Nic nie zostało zmienione"
# Columns no user fills in, that exclude one another, or whose default is meant; all others of a row must be filled.
EMPTY = {
    Visit: {"fold", "result", "specialists"},
    ActionProgress: {"effect"},
    Agreement: {"person", "agreed_by"},
    Person: {"pesel", "pesel_missing", "birth_precision", "died_on"},
    Address: {"family", "membership", "ends_on"},
    Phone: {"ends_on"},
    Membership: {"stay"},
    Plan: {
        *("state", "consulted_on", "consulted_by", "consultation", "accepted_on", "accepted_by"),
        *("single_reviewer", "in_force_from", "in_force_to", "unsigned_cause", "unsigned_reason"),
        "co_authors",
    },
    Assignment: {"kind", "ends_on"},
    LeadWorkerAssignment: {"ends_on"},
    QuarterText: {"assistant"},
    **STAFF_EMPTY,
}
# Values of columns that a constraint or a rule ties to others.
VALUES = {
    Visit: {
        "place": "other",
        "other_attendees": ["psychologist", "other"],
        "confirmation": "refused",
        "next_day": TODAY + timedelta(days=7),
    },
    LegalBasis: {"ends_on": date(2026, 12, 31)},
    Membership: {"ends_on": date(2026, 10, 1)},
}


def other_value(column: models.Field):
    """A valid value of the column that is neither empty nor its default."""
    if isinstance(column, ArrayField):
        choices = column.base_field.choices
        return [value for value, _ in choices[:2]] if choices else [f"Inna {column.verbose_name}"]
    if column.choices:
        return next(value for value, _ in column.choices if value and value != column.get_default())
    values = {
        models.BooleanField: True,
        models.DateField: TODAY - timedelta(days=3),
        models.TimeField: time(15, 5),
        models.DecimalField: Decimal("12.5"),
        models.PositiveSmallIntegerField: 25,
        models.CharField: str(column.verbose_name)[: column.max_length],
        models.EmailField: "sekretariat@mgops.example",
        EncryptedTextField: "paszport AB 1234567",
        models.TextField: f"{column.verbose_name}\ni drugi wiersz „w cudzysłowie” & <znak>",
    }
    return values[type(column)]


def fill_every_column(row: AuditedModel) -> None:
    """Fill the columns of the row that are empty or have their default; fails for one that stays so."""
    for column in row._meta.concrete_fields:
        value = getattr(row, column.attname)
        default = column.get_default() if column.has_default() else None
        if not column.editable or column.primary_key or column.name in EMPTY.get(type(row), set()):
            continue
        if value in (None, "", [], default):
            assert not column.is_relation, f"{column} needs a row of the cast"
            setattr(row, column.name, VALUES.get(type(row), {}).get(column.name) or other_value(column))
    save_with_history(row, by=row.entered_by, why="Wszystkie pola")


def stored_columns() -> dict[tuple, object]:
    """All columns of all audited rows, without author, time of entry and version."""
    audited = [model for model in get_own_models() if issubclass(model, AuditedModel)]
    return {
        (model._meta.label, row["id"], column.attname): row[column.attname]
        for model in audited
        for row in model._base_manager.values()
        for column in model._meta.concrete_fields
        if column.name not in AUDIT_FIELDS
    }


# ---- the rows ----------------------------------------------------------------------------------------
@dataclass
class Cast:
    """The family of the test and the staff."""

    family: Family
    anna: object
    tomasz: object
    maria: object

    def url(self, name: str, *args) -> str:
        return reverse(name, args=[self.family.pk, *args])

    def member(self, kinship=Kinship.MOTHER) -> Membership:
        return Membership.objects.get(family=self.family, kinship=kinship)

    def plan_in_force(self) -> Plan:
        return create_plan_in_force(self.family, by=self.anna, tomasz=self.tomasz, maria=self.maria)


def held_visit(cast: Cast):
    """A visit with attendees, agreements, an outcome, progress on the plan and a concern."""
    mother, plan = cast.member().person, cast.plan_in_force()
    earlier = make_agreement(cast.family, cast.anna)
    visit = make_concern(
        cast.family,
        cast.anna,
        TODAY,
        at=time(9, 30),
        starts_at="09:00",
        ends_at="10:00",
        present=[mother, cast.member(Kinship.CHILD).person],
        agreements=[
            Agreement(what="Złożyć wniosek", person=mother, due_on=TODAY + timedelta(days=9)),
            Agreement(what="Zadzwonić", agreed_by="assistant", due_on=TODAY + timedelta(days=5)),
        ],
        outcomes=[OutcomeData(earlier, AgreementResult.MOVED, TODAY + timedelta(days=3))],
        plan_progress=[ProgressData(plan.actions.first(), ActionState.PARTLY, "od środy")],
    ).visit
    related = [SafeguardingConcern, Agreement, AgreementOutcome, ActionProgress]
    rows = [visit, *(row for model in related for row in model.objects.filter(visit=visit))]
    return cast.url("families:visit-edit", visit.pk), rows


def failed_visit(cast: Cast):
    visit = make_visit(cast.family, cast.anna, result="refused_entry", ends_at="13:30", present=[])
    return cast.url("families:visit-edit", visit.pk), []


def contact(cast: Cast):
    row = make_contact(cast.family, cast.anna)
    return cast.url("families:contact-edit", row.pk), [row]


def plan_draft(cast: Cast):
    """A draft of the second version that was returned with remarks, one of them addressed."""
    first = cast.plan_in_force()
    coordinated = {"coordinated": True, "coordinated_with": "koordynator", "coordinated_on": TODAY}
    data = plan_data(reason="nowe cele", **coordinated)
    plan = create_sent_plan(cast.family, by=cast.anna, data=data)
    rows = list(plan.actions.order_by("position"))
    for row, earlier in zip(rows, first.actions.order_by("position"), strict=True):
        row.origin = earlier
    remarks = dict.fromkeys(rows, "Kto sprawdza?")
    back = return_plan(plan=plan, text="Realny.", remarks=remarks, version=None, by=cast.tomasz)
    remark = back.remarks.order_by("pk").first()
    remark.addressed = True
    save_with_history(remark, by=cast.anna, why="Uwaga")
    plan = Plan.objects.get(pk=plan.pk)
    return cast.url("families:plan-edit", plan.number), [plan, *rows]


def person(cast: Cast):
    """A person with a PESEL who has died."""
    row = cast.member(Kinship.FATHER).person
    death = {"died_on": date(2026, 10, 1), "pesel": "85012001236", "pesel_missing": ""}
    row = correct_person(person=row, version=None, by=cast.anna, **death)
    assert row.pesel and row.died_on
    return cast.url("families:person-edit", row.pk), [row]


def person_without_pesel(cast: Cast):
    row = cast.member().person
    row.pesel_missing = PeselMissing.DECLINED
    row.born_on, row.birth_precision = date(1988, 5, 1), BirthPrecision.MONTH
    return cast.url("families:person-edit", row.pk), [row]


def address(cast: Cast):
    row = cast.family.addresses.get()
    row.withheld_from = cast.member(Kinship.FATHER).person
    return cast.url("families:address-correct", row.pk), [row]


def own_address(cast: Cast):
    row = Address.objects.get(membership=cast.member(Kinship.FATHER))
    row.withheld_from, row.region = cast.member().person, cast.family.addresses.get().region
    return cast.url("families:address-correct", row.pk), [row]


def phone(cast: Cast):
    row = add_phone(family=cast.family, number="600 100 200", starts_on=OPENED_ON, by=cast.anna)
    row.person = cast.member().person
    return cast.url("families:phone-correct", row.pk), [row]


def membership(url_name: str) -> Callable:
    def make(cast: Cast):
        row = end_membership(
            membership=cast.member(Kinship.FATHER), on=date(2026, 10, 1), version=None, by=cast.anna
        )
        return cast.url(url_name, row.pk), [row]

    return make


def family(cast: Cast):
    return cast.url("families:family-edit"), [cast.family]


def basis(cast: Cast):
    row = LegalBasis.objects.get(period__family=cast.family)
    return cast.url("families:basis-correct", row.pk), [row]


def assignment(cast: Cast):
    row = Assignment.objects.get(period__family=cast.family)
    return cast.url("families:assignment-correct", row.pk), [row]


def lead_worker(cast: Cast):
    row = cast.family.leads.get()
    return cast.url("families:lead-correct", row.pk), [row]


def quarter_text(cast: Cast):
    text = write_quarter_text(
        quarter=Quarter(2026, 3), assistant=None, text="Potrzebna superwizja.", version=0, by=cast.maria
    )
    return reverse("reports:quarterly", args=[2026, 3]), [text]


def own_quarter_text(cast: Cast):
    text = write_quarter_text(
        quarter=Quarter(2026, 3), assistant=cast.anna, text="Potrzebne szkolenie.", version=0, by=cast.anna
    )
    return reverse("reports:quarterly-own", args=[2026, 3]), [text]


@dataclass
class EditForm:
    """A form, who opens it, and its rows: ``make`` returns the address and the rows to fill in every column.

    typed: fields that are empty in every such form, such as the reason of a correction. refusal: part of the answer
    of a form that is not saved unchanged.
    """

    name: str
    username: str
    make: Callable
    typed: dict = field(default_factory=dict)
    refusal: str = ""

    def __str__(self):
        return f"{self.name} {self.make.__name__}"


WHY = {"why": "pomyłka w dacie"}
EDIT_FORMS = [
    EditForm("families:visit-edit", "anna", held_visit),
    EditForm("families:visit-edit", "anna", failed_visit),
    EditForm("families:contact-edit", "anna", contact),
    EditForm("families:plan-edit", "anna", plan_draft),
    EditForm("families:person-edit", "anna", person),
    EditForm("families:person-edit", "anna", person_without_pesel),
    EditForm("families:address-correct", "anna", address),
    EditForm("families:address-correct", "anna", own_address),
    EditForm("families:phone-correct", "anna", phone),
    EditForm(
        "families:membership-dates", "maria", membership("families:membership-dates"),
        refusal="Nic się nie zmieniło",
    ),
    EditForm(
        "families:membership-change", "maria", membership("families:membership-change"),
        typed={"since": "01.05.2026"}, refusal="Nic się nie zmieniło",
    ),
    EditForm("families:family-edit", "anna", family),
    EditForm("families:basis-correct", "maria", basis, WHY, NOTHING_CHANGED),
    EditForm("families:assignment-correct", "maria", assignment, WHY, NOTHING_CHANGED),
    EditForm("families:lead-correct", "maria", lead_worker, WHY, NOTHING_CHANGED),
    EditForm("reports:quarterly", "maria", quarter_text),
    EditForm("reports:quarterly-own", "anna", own_quarter_text),
    *(EditForm(*each) for each in STAFF_EDIT_FORMS),
]  # fmt: skip
ENDS, DELETES, STEP, NEW = (
    "sets the last day, by default today",
    "deletes the row",
    "a step of the workflow",
    "adds a row; the row it starts from is not changed",
)
OUTSIDE_FILES = "belongs to no family; tests/projects/test_unchanged.py does the same for it"
PROJECT_STEPS = ("send", "return", "approve", "begin", "end", "settle", "withdraw")
NOT_WALKED = {
    **STAFF_NOT_WALKED,
    "families:assignment-end": ENDS,
    "families:basis-end": ENDS,
    "families:membership-end": ENDS,
    "families:phone-end": ENDS,
    "families:assignment-cancel": DELETES,
    "families:basis-cancel": DELETES,
    "families:lead-cancel": DELETES,
    "families:address-entered-in-error": DELETES,
    "families:membership-entered-in-error": DELETES,
    "families:phone-entered-in-error": DELETES,
    "families:problem-entered-in-error": DELETES,
    "families:plan-discard": DELETES,
    "families:plan-signature-mistake": DELETES,
    "families:plan-consult": STEP,
    "families:plan-accept": STEP,
    "families:plan-send-back": STEP,
    "families:plan-withdraw": STEP,
    "families:plan-sign": STEP,
    "families:plan-in-force": STEP,
    "families:plan-unsigned": STEP,
    "families:plan-new": NEW,
    "families:plan-progress": NEW,
    **dict.fromkeys((f"projects:{step}" for step in PROJECT_STEPS), STEP),
    "projects:write": OUTSIDE_FILES,
    "projects:results": OUTSIDE_FILES,
}
FLOOR = 17


@pytest.fixture
def cast(kowalscy, anna, tomasz, maria) -> Cast:
    return Cast(kowalscy, anna, tomasz, maria)


@pytest.mark.parametrize("form", EDIT_FORMS, ids=str)
def test_a_form_saved_unchanged_changes_nothing(client, cast, form):
    client.force_login(getattr(cast, form.username))
    url, rows = form.make(cast)
    for row in rows:
        fill_every_column(row)
    before = stored_columns()
    response = client.post(url, form_data(client, url, **form.typed))
    if response.status_code == 422 and response.context.get("confirmations"):
        response = client.post(url, parse_form(response.content.decode()))
    after = stored_columns()
    changed = {
        key: (before.get(key), after.get(key)) for key in before | after if before.get(key) != after.get(key)
    }
    assert changed == {}, "the form empties or changes them: has each its place in the layout?"
    if form.refusal:
        assert form.refusal in response_text(response)
    else:
        assert response.status_code == 302, response_text(response)


def test_every_edit_form_is_walked():
    edits = {
        route.name
        for route in all_routes()
        if route.view_class
        and issubclass(route.view_class, ActionFormView)
        and route.view_class.get_instance is not ActionFormView.get_instance
    }
    assert edits == {form.name for form in EDIT_FORMS} | set(NOT_WALKED)
    assert len(EDIT_FORMS) >= FLOOR, f"only {len(EDIT_FORMS)} forms are walked"
