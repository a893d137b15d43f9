"""Every deed a person can do through a form, with a good filling: for the sweeps over all POSTs.

A new form adds its line here; tests/test_atomicity.py tells when one is missing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from families.caseload.actions import BasisData, add_basis, assign_lead_worker, hand_over
from families.caseload.models import Assignment, LegalBasis
from families.choices import BasisKind
from families.people.models import Membership
from families.people.phones import add_phone
from lubsko_ops.accounts.actions import create_account, grant_role, sign_contract
from lubsko_ops.core.permissions import Role
from tests.factories import OPENED_ON, TODAY
from tests.families.plans.deeds import PLAN_DEEDS
from tests.families.visits.pages import called, in_danger, visited
from tests.plan_factories import create_draft_plan, create_plan_in_force


@dataclass(frozen=True)
class FormSubmission:
    """One form: its address name, who does it, and how it is filled: request -> (address, fields)."""

    name: str
    who: str
    fill: Callable

    def __str__(self):
        return self.name


def _family_form(family: str, url_name: str, row: Callable | None = None, **fields) -> Callable:
    """A form in the file of a family of the cast; ``row`` finds the row the address names."""

    def fill(request):
        subject = request.getfixturevalue(family)
        found = [row(subject).pk] if row else []
        values = {name: value(request) if callable(value) else value for name, value in fields.items()}
        return reverse(url_name, args=[subject.pk, *found]), values

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
    """Another assistant from December, accompanied by the one until now."""
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
    return user


def _mother_of(request, family: str) -> str:
    family = request.getfixturevalue(family)
    return str(Membership.objects.get(family=family, kinship="mother").person_id)


def _mother(request):
    return _mother_of(request, "not_begun")


def _member(family):
    return Membership.objects.get(family=family, kinship="father")


def _person(family):
    return _member(family).person


def _address(family):
    return family.addresses.get()


def _problem(family):
    return family.problems.get()


def _phone(family):
    return add_phone(family=family, number="600 100 200", since=OPENED_ON, by=family.entered_by)


def _visit(family):
    return visited(family, family.periods.get().assignments.get().assistant)


def _contact(family):
    return called(family, family.periods.get().assignments.get().assistant)


def _plan_form(url_name: str, **fields) -> Callable:
    """A form of the Kowalscy's draft; the plan is named by its number."""

    def fill(request):
        plan = create_draft_plan(request.getfixturevalue("kowalscy"), by=request.getfixturevalue("anna"))
        return reverse(url_name, args=[plan.period.family_id, plan.number]), fields

    return fill


def _concern(family):
    return in_danger(family, family.periods.get().assignments.get().assistant)


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
    place = {
        "house": "7",
        "locality": "Chocicz",
        "region": region,
        "second_house": "1",
        "second_locality": "Żary",
    }
    return reverse("families:new"), people | place | {"category": "passing", "problems": ["poverty"]}


def _duplicate_merge(request):
    """The cast enters its two sons alike; the manager joins them."""
    one, other = (
        Membership.objects.get(family=request.getfixturevalue(family), kinship="child").person_id
        for family in ("kowalscy", "nowakowie")
    )
    return reverse("families:same-person", args=[one, other]), {"decision": one}


def _visit_with_plan_progress(request):
    """A danger, an agreement, and an action of the plan in force worked on."""
    family, *people = (request.getfixturevalue(name) for name in ("kowalscy", "anna", "tomasz", "maria"))
    plan = create_plan_in_force(family, **dict(zip(("by", "tomasz", "maria"), people, strict=True)))
    action = plan.actions.first().pk
    said = {
        "facts": "Kacper odrabiał lekcje.",
        "agreements-0-what": "Zadzwonić",
        "agreements-0-who": "assistant",
    }
    danger = {
        "danger_description": "Okno bez klamki",
        "danger_action": "Odsunięte łóżko",
        "danger_notified": "police",
    }
    touched = {f"touch_{action}": "on", f"touch_state_{action}": "partly", f"touch_note_{action}": "od środy"}
    return reverse("families:visit-new", args=[family.pk]), said | danger | {"danger": "on"} | touched


def _quarter_text(request):
    return reverse("reports:quarterly", args=[2026, 3]), {"text": "Potrzebna superwizja."}


def _own_quarter_text(request):
    return reverse("reports:quarterly-own", args=[2026, 3]), {"text": "Potrzebne szkolenie."}


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
            "not_begun", "families:assign",
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
        "families:basis-call-off",
        "maria",
        _family_form("kowalscy", "families:basis-call-off", _another_basis, why="inna rodzina"),
    ),
    FormSubmission(
        "families:assignment-correct",
        "maria",
        _family_form("kowalscy", "families:assignment-correct", _hand_over, starts_on="05.12.2026", why="zły dzień"),
    ),
    FormSubmission(
        "families:assignment-call-off",
        "maria",
        _family_form("kowalscy", "families:assignment-call-off", _hand_over, why="zmiana planów"),
    ),
    FormSubmission(
        "families:lead-correct",
        "maria",
        _family_form("kowalscy", "families:lead-correct", _lead, starts_on="02.01.2027", why="zły dzień"),
    ),
    FormSubmission(
        "families:lead-call-off",
        "maria",
        _family_form("kowalscy", "families:lead-call-off", _lead, why="zły rok"),
    ),
    FormSubmission("families:new", "maria", _new_family),
    FormSubmission(
        "families:person-add",
        "anna",
        _family_form("kowalscy", "families:person-add", first_name="Ewa", last_name="Lis", sex="female", kinship="relative"),
    ),
    FormSubmission("families:person-edit", "anna", _family_form("kowalscy", "families:person-edit", _person, died_on="01.10.2026")),
    FormSubmission(
        "families:membership-change",
        "anna",
        _family_form("kowalscy", "families:membership-change", _member, stay="alternate"),
    ),
    FormSubmission("families:membership-end", "anna", _family_form("kowalscy", "families:membership-end", _member)),
    FormSubmission("families:own-address", "anna", _family_form("kowalscy", "families:own-address", _member, locality="Żary")),
    FormSubmission("families:address-move", "anna", _family_form("kowalscy", "families:address-move", locality="Żary")),
    FormSubmission("families:address-correct", "anna", _family_form("kowalscy", "families:address-correct", _address, house="15")),
    FormSubmission("families:phone-add", "anna", _family_form("kowalscy", "families:phone-add", number="600 100 200")),
    FormSubmission(
        "families:phone-correct",
        "anna",
        _family_form("kowalscy", "families:phone-correct", _phone, number="600 100 201"),
    ),
    FormSubmission("families:phone-end", "anna", _family_form("kowalscy", "families:phone-end", _phone)),
    FormSubmission(
        "families:membership-days",
        "anna",
        _family_form("kowalscy", "families:membership-days", _member, starts_on="01.02.2026"),
    ),
    FormSubmission(
        "families:membership-mistake",
        "anna",
        _family_form("kowalscy", "families:membership-mistake", _member, why="wpisano dwa razy"),
    ),
    FormSubmission(
        "families:address-mistake",
        "anna",
        _family_form("kowalscy", "families:address-mistake", _address, why="inna rodzina"),
    ),
    FormSubmission(
        "families:phone-mistake",
        "anna",
        _family_form("kowalscy", "families:phone-mistake", _phone, why="inna rodzina"),
    ),
    FormSubmission(
        "families:problem-mistake",
        "anna",
        _family_form("kowalscy", "families:problem-mistake", _problem, why="inna rodzina"),
    ),
    FormSubmission(
        "families:family-edit",
        "anna",
        _family_form("kowalscy", "families:family-edit", category="passing", problems=["alcohol"]),
    ),
    FormSubmission("families:same-person", "maria", _duplicate_merge),
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
        _family_form("kowalscy", "families:contact-new", party="school", about="Nieobecności Kacpra", minutes="10"),
    ),
    FormSubmission("families:contact-edit", "anna", _family_form("kowalscy", "families:contact-edit", _contact, about="Inaczej.")),
    FormSubmission(
        "families:danger",
        "maria",
        _family_form("kowalscy", "families:danger", _concern, what="Klamka wstawiona.", closes="on"),
    ),
    *(FormSubmission(*each) for each in PLAN_DEEDS),
    FormSubmission("reports:quarterly", "maria", _quarter_text),
    FormSubmission("reports:quarterly-own", "anna", _own_quarter_text),
]  # fmt: skip
