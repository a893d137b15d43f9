"""A project with a recruitment or running, and its participants made by the actions. Tomasz writes, maria approves."""

from datetime import date

from families.people.models import Person
from projects.actions import begin_edition
from projects.choices import ParticipationStepKind as Step
from projects.models import Participation
from projects.participants.actions import Newcomer, enrol, take_step
from projects.participants.record_actions import record_consent
from tests.factories import TODAY
from tests.projects.factories import make_group
from tests.projects.helpers import make_approved
from tests.recorded_rows import recorded

FIRST = date(2026, 10, 1)


@recorded
def make_recruiting(tomasz, maria, *, places=None, **period):
    """An approved project that began on the first of October, recruiting still."""
    edition = make_approved(tomasz, maria, **({"starts_on": FIRST, "ends_on": None} | period))
    edition.recruits_from = FIRST  # the form asks about a day before
    edition.places = edition.places if places is None else places
    edition.save()
    return edition


@recorded
def make_running_with_group(tomasz, maria, *, places=None, **group):
    edition = make_recruiting(tomasz, maria, places=places)
    edition = begin_edition(edition=edition, version=None, by=tomasz)
    return edition, make_group(edition, tomasz, **group)


def member(family, kinship="mother") -> Person:
    return family.memberships.filter(kinship=kinship).order_by("pk").first().person


@recorded
def enrol_one(edition, group, family, *, by, person=None, child=None, on=TODAY, signed=False, whole=False):
    newcomer = Newcomer(person=None if whole else person or member(family), child=child, family=family)
    data = Participation(reported_on=on)
    return enrol(edition=edition, group=group, newcomers=[newcomer], data=data, signed=signed, by=by)[0]


@recorded
def step(row, kind: Step, *, by, on=TODAY, **values) -> Participation:
    return take_step(participation=row, kind=kind, day=on, version=None, by=by, **values)


@recorded
def sign_for_child(row, child, guardian, *, by, on=TODAY):
    return record_consent(
        participation=row, person=child, kind="guardian", given_on=on, given_by=guardian, by=by
    )
