"""Factories of test families; they call the application's actions under a frozen clock."""

from datetime import date

from families.caseload.actions import BasisData, assign_lead_worker, start_work_and_assign
from families.choices import BasisKind, Category, Kinship, LivingArrangement, PeselMissing, Problem, Sex
from families.people.actions import add_member, open_family, set_category, set_problems
from families.people.address_actions import set_address
from families.people.models import Person
from lubsko_ops.core import clock
from tests.recorded_rows import recorded

TODAY = date(2026, 10, 13)
OPENED_ON = date(2026, 3, 2)
WORK_STARTED_ON = date(2026, 3, 4)


def person_data(first_name, last_name, sex=Sex.FEMALE, born_on=None, **data) -> Person:
    """Data of a person without a PESEL number."""
    data.setdefault("pesel_missing", PeselMissing.UNKNOWN)
    return Person(first_name=first_name, last_name=last_name, sex=sex, born_on=born_on, **data)


@recorded
def create_family(name, *, region=None, by, surname=None, on=OPENED_ON):
    """A mother, a father who lives elsewhere and a son, at an address, without work."""
    surname = surname or {"Kowalscy": "Kowalska", "Nowakowie": "Nowak"}.get(name, name)
    with clock.freeze_time(on):
        family = open_family(name=name, on=on, by=by)
        set_address(
            family=family,
            since=on,
            street="Długa",
            house="14",
            flat="2",
            postal_code="68-300",
            locality="Lubsko",
            region=region,
            by=by,
        )
        add_member(
            family=family,
            person=person_data("Danuta", surname, born_on=date(1988, 5, 9)),
            kinship=Kinship.MOTHER,
            starts_on=on,
            by=by,
        )
        father = add_member(
            family=family,
            person=person_data("Piotr", surname, Sex.MALE, date(1985, 1, 20)),
            kinship=Kinship.FATHER,
            starts_on=on,
            stay=LivingArrangement.ELSEWHERE,
            by=by,
        )
        set_address(membership=father, since=on, house="21", postal_code="68-300", locality="Chocicz", by=by)
        add_member(
            family=family,
            person=person_data("Kacper", surname, Sex.MALE, date(2017, 8, 30)),
            kinship=Kinship.CHILD,
            starts_on=on,
            by=by,
        )
        set_category(family=family, category=Category.values[0], on=on, by=by)
        set_problems(family=family, problems=[Problem.values[0]], on=on, by=by)
    return family


@recorded
def create_family_with_work(name, *, assistant, social_worker, region, by, on=WORK_STARTED_ON, **kwargs):
    """The same family with work in progress: consent of the mother, an assistant, a lead social worker."""
    family = create_family(name, region=region, by=by, **kwargs)
    with clock.freeze_time(on):
        assign_lead_worker(family=family, social_worker=social_worker, since=on, by=by)
        start_work_and_assign(
            family=family, assistant=assistant, starts_on=on, bases=[consent_data(family, on)], by=by
        )
    return family


def consent_data(family, on) -> BasisData:
    """Consent of the mother from the day."""
    mother = family.memberships.get(kinship=Kinship.MOTHER).person
    return BasisData(kind=BasisKind.CONSENT, starts_on=on, person=mother)
