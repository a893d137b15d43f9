"""A valid submission of every form in the application, for tests over all POSTs.

A new form adds its entry here; tests/test_atomicity.py fails when one is missing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from families.caseload.actions import BasisData, add_basis, assign_lead_worker, hand_over
from families.caseload.models import Assignment, LegalBasis
from families.choices import BasisKind
from families.people.actions import add_phone
from families.people.duplicates.actions import merge_people
from families.people.models import Membership, PersonMerge
from lubsko_ops.accounts.actions import create_account, grant_role, sign_contract
from lubsko_ops.core.permissions import Role
from tests.factories import OPENED_ON, TODAY
from tests.families.plans.form_submissions import PLAN_SUBMISSIONS
from tests.families.visits.helpers import make_concern, make_contact, make_visit
from tests.plan_factories import create_draft_plan, create_plan_in_force
from tests.reports.form_submissions import REPORT_SUBMISSIONS
from tests.staff import confirm_employee_file
from tests.staff_submissions import STAFF_SUBMISSIONS


@dataclass(frozen=True)
class FormSubmission:
    """A form: URL name, fixture of the user, and a function from the pytest request to (url, fields)."""

    name: str
    username: str
    fill: Callable

    def __str__(self):
        return self.name


def _family_form(family: str, url_name: str, row: Callable | None = None, **fields) -> Callable:
    """A form in the file of a family fixture; ``row`` returns the row named in the URL."""

    def fill(request):
        instance = request.getfixturevalue(family)
        args = [row(instance).pk] if row else []
        values = {name: value(request) if callable(value) else value for name, value in fields.items()}
        return reverse(url_name, args=[instance.pk, *args]), values

    return fill


def _pk_of(fixture: str) -> Callable:
    return lambda request: request.getfixturevalue(fixture).pk


def _assignment(family):
    return Assignment.objects.get(period__family=family)


def _basis(family):
    return LegalBasis.objects.get(period__family=family)


def _another_basis(family):
    basis = BasisData(kind=BasisKind.ZA_ZYCIEM, starts_on=TODAY)
    return add_basis(period=family.periods.get(), data=basis, by=family.entered_by)


def _hand_over(family):
    """A hand-over to another assistant from December, with an accompaniment period."""
    return hand_over(
        period=family.periods.get(),
        assistant=_new_employee("ewelina", Role.ASSISTANT, by=family.entered_by),
        starts_on=date(2026, 12, 1),
        accompany_until=date(2026, 12, 24),
        by=family.entered_by,
    )


def _lead(family):
    worker = _new_employee("zenon", Role.SOCIAL_WORKER, by=family.entered_by)
    return assign_lead_worker(
        family=family, social_worker=worker, since=date(2027, 1, 1), by=family.entered_by
    )


def _new_employee(name, role, *, by):
    user = create_account(
        username=name, first_name=name.title(), last_name="Nowak", password="Lubsko-demo-2026"
    )
    grant_role(user=user, role=role, starts_on=OPENED_ON, by=by)
    sign_contract(user=user, starts_on=OPENED_ON, by=by)
    if role == Role.ASSISTANT:
        confirm_employee_file(user, by=by)
    return user


def _mother_of(request, family: str) -> str:
    family = request.getfixturevalue(family)
    return str(Membership.objects.get(family=family, kinship="mother").person_id)


def _mother(request):
    return _mother_of(request, "unassigned_family")


def _member(family):
    return Membership.objects.get(family=family, kinship="father")


def _person(family):
    return _member(family).person


def _address(family):
    return family.addresses.get()


def _problem(family):
    return family.problems.get()


def _phone(family):
    return add_phone(family=family, number="600 100 200", starts_on=OPENED_ON, by=family.entered_by)


def _visit(family):
    return make_visit(family, family.periods.get().assignments.get().assistant)


def _contact(family):
    return make_contact(family, family.periods.get().assignments.get().assistant)


def _plan_form(url_name: str, **fields) -> Callable:
    """A form for the draft plan of the Kowalscy, identified by its number."""

    def fill(request):
        plan = create_draft_plan(request.getfixturevalue("kowalscy"), by=request.getfixturevalue("anna"))
        return reverse(url_name, args=[plan.period.family_id, plan.number]), fields

    return fill


def _concern(family):
    return make_concern(family, family.periods.get().assignments.get().assistant)


def _new_family(request):
    region = request.getfixturevalue("town").pk
    people = {
        "people-TOTAL_FORMS": 2,
        "people-0-first_name": "Ewa",
        "people-0-last_name": "Lis",
        "people-0-kinship": "mother",
        "people-1-first_name": "Jan",
        "people-1-last_name": "Lis",
        "people-1-kinship": "father",
        "people-1-stay": "elsewhere",
    }
    addresses = {
        "house": "7",
        "locality": "Chocicz",
        "region": region,
        "second_house": "1",
        "second_locality": "Żary",
    }
    return reverse("families:new"), people | addresses | {"category": "passing", "problems": ["poverty"]}


def _duplicate_merge(request):
    """The sons of the two families are duplicates; the manager merges them."""
    person_a, person_b = (
        Membership.objects.get(family=request.getfixturevalue(family), kinship="child").person_id
        for family in ("kowalscy", "nowakowie")
    )
    return reverse("families:duplicate-resolve", args=[person_a, person_b]), {"decision": person_a}


def _merge_undo(request):
    """The sons of the two families were merged; the manager has learnt that they are two."""
    families = [request.getfixturevalue(name) for name in ("kowalscy", "nowakowie")]
    keep, drop = (family.memberships.get(kinship="child").person for family in families)
    merge_people(keep=keep, drop=drop, by=request.getfixturevalue("maria"))
    return reverse("families:merge-undo", args=[PersonMerge.objects.get().pk]), {"why": "To dwaj chłopcy."}


def _visit_with_plan_progress(request):
    """A visit with a safeguarding concern, an agreement and progress on an action of the plan in force."""
    family, *people = (request.getfixturevalue(name) for name in ("kowalscy", "anna", "tomasz", "maria"))
    plan = create_plan_in_force(family, **dict(zip(("by", "tomasz", "maria"), people, strict=True)))
    action = plan.actions.first().pk
    visit = {
        "held": "held",
        "confirmation": "none",
        "facts": "Kacper odrabiał lekcje.",
        "agreements-0-what": "Zadzwonić",
        "agreements-0-who": "assistant",
    }
    concern = {
        "danger_description": "Okno bez klamki",
        "danger_action_taken": "Odsunięte łóżko",
        "danger_notified": "police",
    }
    progress = {
        f"touch_{action}": "on",
        f"touch_state_{action}": "partly",
        f"touch_note_{action}": "od środy",
    }
    return reverse("families:visit-new", args=[family.pk]), visit | concern | {"danger": "on"} | progress


FORM_SUBMISSIONS = [
    FormSubmission(
        "families:assign",
        "maria",
        _family_form("kowalscy", "families:assign", starts_on="13.10.2026", assistant=_pk_of("ewa")),
    ),
    FormSubmission(
        "families:assign",
        "maria",
        _family_form(
            "unassigned_family", "families:assign",
            starts_on="13.10.2026", consent_people=_mother, consent_since="12.10.2026", assistant=_pk_of("ewa"),
        ),
    ),
    FormSubmission(
        "families:stand-in",
        "maria",
        _family_form(
            "kowalscy", "families:stand-in",
            starts_on="13.10.2026", ends_on="20.10.2026", assistant=_pk_of("ewa"),
        ),
    ),
    FormSubmission(
        "families:assignment-end",
        "maria",
        _family_form("kowalscy", "families:assignment-end", _assignment, ends_on="13.10.2026"),
    ),
    FormSubmission(
        "families:lead",
        "maria",
        _family_form("kowalscy", "families:lead", since="13.10.2026", social_worker=_pk_of("zofia")),
    ),
    FormSubmission(
        "families:basis-add",
        "maria",
        _family_form("kowalscy", "families:basis-add", kind="court", starts_on="13.10.2026", reference="III Nsm 12/26"),
    ),
    FormSubmission(
        "families:basis-end",
        "maria",
        _family_form("kowalscy", "families:basis-end", _basis, ends_on="13.10.2026", why="matka wycofała zgodę"),
    ),
    FormSubmission(
        "families:basis-correct",
        "maria",
        _family_form("kowalscy", "families:basis-correct", _basis, starts_on="02.03.2026", why="data z pisma"),
    ),
    FormSubmission(
        "families:basis-cancel",
        "maria",
        _family_form("kowalscy", "families:basis-cancel", _another_basis, why="inna rodzina"),
    ),
    FormSubmission(
        "families:assignment-correct",
        "maria",
        _family_form("kowalscy", "families:assignment-correct", _hand_over, starts_on="05.12.2026", why="zły dzień"),
    ),
    FormSubmission(
        "families:assignment-cancel",
        "maria",
        _family_form("kowalscy", "families:assignment-cancel", _hand_over, why="zmiana planów"),
    ),
    FormSubmission(
        "families:lead-correct",
        "maria",
        _family_form("kowalscy", "families:lead-correct", _lead, starts_on="02.01.2027", why="zły dzień"),
    ),
    FormSubmission(
        "families:lead-cancel",
        "maria",
        _family_form("kowalscy", "families:lead-cancel", _lead, why="zły rok"),
    ),
    FormSubmission("families:new", "maria", _new_family),
    FormSubmission(
        "families:person-add",
        "anna",
        _family_form(
            "kowalscy", "families:person-add",
            first_name="Ewa", last_name="Lis", sex="female", kinship="relative",
        ),
    ),
    FormSubmission(
        "families:person-edit",
        "anna",
        _family_form("kowalscy", "families:person-edit", _person, died_on="01.10.2026"),
    ),
    FormSubmission(
        "families:membership-change",
        "anna",
        _family_form("kowalscy", "families:membership-change", _member, stay="alternate"),
    ),
    FormSubmission("families:membership-end", "anna", _family_form("kowalscy", "families:membership-end", _member)),
    FormSubmission(
        "families:own-address",
        "anna",
        _family_form("kowalscy", "families:own-address", _member, locality="Żary"),
    ),
    FormSubmission("families:address-move", "anna", _family_form("kowalscy", "families:address-move", locality="Żary")),
    FormSubmission(
        "families:address-correct",
        "anna",
        _family_form("kowalscy", "families:address-correct", _address, house="15"),
    ),
    FormSubmission("families:phone-add", "anna", _family_form("kowalscy", "families:phone-add", number="600 100 200")),
    FormSubmission(
        "families:phone-correct",
        "anna",
        _family_form("kowalscy", "families:phone-correct", _phone, number="600 100 201"),
    ),
    FormSubmission("families:phone-end", "anna", _family_form("kowalscy", "families:phone-end", _phone)),
    FormSubmission(
        "families:membership-dates",
        "anna",
        _family_form("kowalscy", "families:membership-dates", _member, starts_on="01.02.2026"),
    ),
    FormSubmission(
        "families:membership-entered-in-error",
        "anna",
        _family_form("kowalscy", "families:membership-entered-in-error", _member, why="wpisano dwa razy"),
    ),
    FormSubmission(
        "families:address-entered-in-error",
        "anna",
        _family_form("kowalscy", "families:address-entered-in-error", _address, why="inna rodzina"),
    ),
    FormSubmission(
        "families:phone-entered-in-error",
        "anna",
        _family_form("kowalscy", "families:phone-entered-in-error", _phone, why="inna rodzina"),
    ),
    FormSubmission(
        "families:problem-entered-in-error",
        "anna",
        _family_form("kowalscy", "families:problem-entered-in-error", _problem, why="inna rodzina"),
    ),
    FormSubmission(
        "families:family-edit",
        "anna",
        _family_form("kowalscy", "families:family-edit", category="passing", problems=["alcohol"]),
    ),
    FormSubmission("families:duplicate-resolve", "maria", _duplicate_merge),
    FormSubmission("families:merge-undo", "maria", _merge_undo),
    FormSubmission("families:visit-new", "anna", _visit_with_plan_progress),
    FormSubmission(
        "families:visit-edit",
        "anna",
        _family_form(
            "kowalscy", "families:visit-edit", _visit,
            facts="Inaczej.", present=lambda request: [_mother_of(request, "kowalscy")],
        ),
    ),
    FormSubmission(
        "families:plan-new",
        "anna",
        _family_form("kowalscy", "families:plan-new", main_goal="Spokojny dom.", **{"rows-0-goal": "Czynsz na czas"}),
    ),
    FormSubmission(
        "families:plan-edit",
        "anna",
        _plan_form("families:plan-edit", then="send", **{"rows-0-who": "Danuta", "rows-1-DELETE": "on"}),
    ),
    FormSubmission("families:plan-discard", "anna", _plan_form("families:plan-discard")),
    FormSubmission(
        "families:contact-new",
        "tomasz",
        _family_form(
            "kowalscy", "families:contact-new",
            counterpart_type="school", subject="Nieobecności Kacpra", minutes="10",
        ),
    ),
    FormSubmission(
        "families:contact-edit",
        "anna",
        _family_form("kowalscy", "families:contact-edit", _contact, subject="Inaczej."),
    ),
    FormSubmission(
        "families:safeguarding-concern",
        "maria",
        _family_form("kowalscy", "families:safeguarding-concern", _concern, what="Klamka wstawiona.", closes="on"),
    ),
    FormSubmission(
        "families:safeguarding-acknowledge",
        "maria",
        _family_form("kowalscy", "families:safeguarding-acknowledge", _concern),
    ),
    *(FormSubmission(*each) for each in PLAN_SUBMISSIONS + REPORT_SUBMISSIONS + STAFF_SUBMISSIONS),
]  # fmt: skip
