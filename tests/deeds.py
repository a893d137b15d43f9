"""Every deed a person can do through a form, with a good filling: for the sweeps over all POSTs.

A new form adds its line here; tests/test_nothing_half_saved.py tells when one is missing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from families.caseload.actions import BasisData, add_basis, hand_over, set_lead
from families.caseload.models import Assignment, LegalBasis
from families.choices import BasisKind
from families.people.models import Membership
from families.people.phones import add_phone
from lubsko_ops.accounts.actions import create_account, grant_role, sign_contract
from lubsko_ops.core.permissions import Role
from tests.families.plans.deeds import PLAN_DEEDS
from tests.families.visits.pages import called, in_danger, visited
from tests.plan_stories import drafted, in_force
from tests.stories import DAY, OPENED


@dataclass(frozen=True)
class Deed:
    """One form: its address name, who does it, and how it is filled: request -> (address, fields)."""

    name: str
    who: str
    fill: Callable

    def __str__(self):
        return self.name


def _of(family: str, url_name: str, row: Callable | None = None, **fields) -> Callable:
    """A form in the file of a family of the cast; ``row`` finds the row the address names."""

    def fill(request):
        subject = request.getfixturevalue(family)
        found = [row(subject).pk] if row else []
        values = {name: value(request) if callable(value) else value for name, value in fields.items()}
        return reverse(url_name, args=[subject.pk, *found]), values

    return fill


def _id_of(fixture: str) -> Callable:
    return lambda request: request.getfixturevalue(fixture).pk


def _assignment(family):
    return Assignment.objects.get(period__family=family)


def _basis(family):
    return LegalBasis.objects.get(period__family=family)


def _another_basis(family):
    basis = BasisData(kind=BasisKind.ZA_ZYCIEM, starts_on=DAY)
    return add_basis(period=family.periods.get(), data=basis, by=family.entered_by)


def _hand_over(family):
    """Another assistant from December, accompanied by the one until now."""
    return hand_over(
        period=family.periods.get(),
        assistant=_hired("ewelina", Role.ASSISTANT, by=family.entered_by),
        starts_on=date(2026, 12, 1),
        accompany_until=date(2026, 12, 24),
        by=family.entered_by,
    )


def _lead(family):
    worker = _hired("zenon", Role.SOCIAL_WORKER, by=family.entered_by)
    return set_lead(family=family, social_worker=worker, since=date(2027, 1, 1), by=family.entered_by)


def _hired(name, role, *, by):
    user = create_account(
        username=name, first_name=name.title(), last_name="Nowak", password="Lubsko-demo-2026"
    )
    grant_role(user=user, role=role, starts_on=OPENED, by=by)
    sign_contract(user=user, starts_on=OPENED, by=by)
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
    return add_phone(family=family, number="600 100 200", since=OPENED, by=family.entered_by)


def _visit(family):
    return visited(family, family.periods.get().assignments.get().assistant)


def _contact(family):
    return called(family, family.periods.get().assignments.get().assistant)


def _of_plan(url_name: str, **fields) -> Callable:
    """A form of the Kowalscy's draft; the plan is named by its number."""

    def fill(request):
        plan = drafted(request.getfixturevalue("kowalscy"), by=request.getfixturevalue("anna"))
        return reverse(url_name, args=[plan.period.family_id, plan.number]), fields

    return fill


def _danger(family):
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


def _same_person(request):
    """The cast enters its two sons alike; the manager joins them."""
    one, other = (
        Membership.objects.get(family=request.getfixturevalue(family), kinship="child").person_id
        for family in ("kowalscy", "nowakowie")
    )
    return reverse("families:same-person", args=[one, other]), {"decision": one}


def _visit_touching_the_plan(request):
    """A danger, an agreement, and an action of the plan in force worked on."""
    family, *people = (request.getfixturevalue(name) for name in ("kowalscy", "anna", "tomasz", "maria"))
    plan = in_force(family, **dict(zip(("by", "tomasz", "maria"), people, strict=True)))
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


def _text_of_a_quarter(request):
    return reverse("reports:quarterly", args=[2026, 3]), {"text": "Potrzebna superwizja."}


def _own_text_of_a_quarter(request):
    return reverse("reports:quarterly-own", args=[2026, 3]), {"text": "Potrzebne szkolenie."}


DEEDS = [
    Deed(
        "families:assign",
        "maria",
        _of("kowalscy", "families:assign", starts_on="13.10.2026", assistant=_id_of("ewa")),
    ),
    Deed(
        "families:assign",
        "maria",
        _of(
            "not_begun", "families:assign",
            starts_on="13.10.2026", consent_people=_mother, consent_since="12.10.2026", assistant=_id_of("ewa"),
        ),
    ),
    Deed(
        "families:stand-in",
        "maria",
        _of(
            "kowalscy", "families:stand-in",
            starts_on="13.10.2026", ends_on="20.10.2026", assistant=_id_of("ewa"),
        ),
    ),
    Deed(
        "families:assignment-end",
        "maria",
        _of("kowalscy", "families:assignment-end", _assignment, ends_on="13.10.2026"),
    ),
    Deed(
        "families:lead",
        "maria",
        _of("kowalscy", "families:lead", since="13.10.2026", social_worker=_id_of("zofia")),
    ),
    Deed(
        "families:basis-add",
        "maria",
        _of("kowalscy", "families:basis-add", kind="court", starts_on="13.10.2026", reference="III Nsm 12/26"),
    ),
    Deed(
        "families:basis-end",
        "maria",
        _of("kowalscy", "families:basis-end", _basis, ends_on="13.10.2026", why="matka wycofała zgodę"),
    ),
    Deed(
        "families:basis-correct",
        "maria",
        _of("kowalscy", "families:basis-correct", _basis, starts_on="02.03.2026", why="data z pisma"),
    ),
    Deed(
        "families:basis-call-off",
        "maria",
        _of("kowalscy", "families:basis-call-off", _another_basis, why="inna rodzina"),
    ),
    Deed(
        "families:assignment-correct",
        "maria",
        _of("kowalscy", "families:assignment-correct", _hand_over, starts_on="05.12.2026", why="zły dzień"),
    ),
    Deed(
        "families:assignment-call-off",
        "maria",
        _of("kowalscy", "families:assignment-call-off", _hand_over, why="zmiana planów"),
    ),
    Deed(
        "families:lead-correct",
        "maria",
        _of("kowalscy", "families:lead-correct", _lead, starts_on="02.01.2027", why="zły dzień"),
    ),
    Deed(
        "families:lead-call-off",
        "maria",
        _of("kowalscy", "families:lead-call-off", _lead, why="zły rok"),
    ),
    Deed("families:new", "maria", _new_family),
    Deed(
        "families:person-add",
        "anna",
        _of("kowalscy", "families:person-add", first_name="Ewa", last_name="Lis", sex="female", kinship="relative"),
    ),
    Deed("families:person-edit", "anna", _of("kowalscy", "families:person-edit", _person, died_on="01.10.2026")),
    Deed(
        "families:membership-change",
        "anna",
        _of("kowalscy", "families:membership-change", _member, stay="alternate"),
    ),
    Deed("families:membership-end", "anna", _of("kowalscy", "families:membership-end", _member)),
    Deed("families:own-address", "anna", _of("kowalscy", "families:own-address", _member, locality="Żary")),
    Deed("families:address-move", "anna", _of("kowalscy", "families:address-move", locality="Żary")),
    Deed("families:address-correct", "anna", _of("kowalscy", "families:address-correct", _address, house="15")),
    Deed("families:phone-add", "anna", _of("kowalscy", "families:phone-add", number="600 100 200")),
    Deed(
        "families:phone-correct",
        "anna",
        _of("kowalscy", "families:phone-correct", _phone, number="600 100 201"),
    ),
    Deed("families:phone-end", "anna", _of("kowalscy", "families:phone-end", _phone)),
    Deed(
        "families:membership-days",
        "anna",
        _of("kowalscy", "families:membership-days", _member, starts_on="01.02.2026"),
    ),
    Deed(
        "families:membership-mistake",
        "anna",
        _of("kowalscy", "families:membership-mistake", _member, why="wpisano dwa razy"),
    ),
    Deed(
        "families:address-mistake",
        "anna",
        _of("kowalscy", "families:address-mistake", _address, why="inna rodzina"),
    ),
    Deed(
        "families:phone-mistake",
        "anna",
        _of("kowalscy", "families:phone-mistake", _phone, why="inna rodzina"),
    ),
    Deed(
        "families:problem-mistake",
        "anna",
        _of("kowalscy", "families:problem-mistake", _problem, why="inna rodzina"),
    ),
    Deed(
        "families:family-edit",
        "anna",
        _of("kowalscy", "families:family-edit", category="passing", problems=["alcohol"]),
    ),
    Deed("families:same-person", "maria", _same_person),
    Deed("families:visit-new", "anna", _visit_touching_the_plan),
    Deed(
        "families:visit-edit",
        "anna",
        _of(
            "kowalscy", "families:visit-edit", _visit,
            facts="Inaczej.", present=lambda request: [_mother_of(request, "kowalscy")],
        ),
    ),
    Deed(
        "families:plan-new",
        "anna",
        _of("kowalscy", "families:plan-new", main_goal="Spokojny dom.", **{"rows-0-goal": "Czynsz na czas"}),
    ),
    Deed(
        "families:plan-edit",
        "anna",
        _of_plan("families:plan-edit", then="send", **{"rows-0-who": "Danuta", "rows-1-DELETE": "on"}),
    ),
    Deed("families:plan-discard", "anna", _of_plan("families:plan-discard")),
    Deed(
        "families:contact-new",
        "tomasz",
        _of("kowalscy", "families:contact-new", party="school", about="Nieobecności Kacpra", minutes="10"),
    ),
    Deed("families:contact-edit", "anna", _of("kowalscy", "families:contact-edit", _contact, about="Inaczej.")),
    Deed(
        "families:danger",
        "maria",
        _of("kowalscy", "families:danger", _danger, what="Klamka wstawiona.", closes="on"),
    ),
    *(Deed(*each) for each in PLAN_DEEDS),
    Deed("reports:quarterly", "maria", _text_of_a_quarter),
    Deed("reports:quarterly-own", "anna", _own_text_of_a_quarter),
]  # fmt: skip
