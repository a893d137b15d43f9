"""The deed of entering a family: the file with its people, homes, category, problems and social worker at once."""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError

from families.caseload.actions import assign_lead_worker
from families.choices import LivingArrangement
from families.people.actions import add_member, open_family, set_category, set_problems
from families.people.addresses import set_address
from families.people.identity import PersonData, repeated_pesel_refusal
from families.people.models import Family, Membership
from lubsko_ops.accounts.models import User
from lubsko_ops.core.actions import action


@dataclass(kw_only=True)
class MemberData:
    """A person of the family that is being entered, who the person is in it, and where the person lives."""

    person: PersonData
    kinship: str
    stay: str = LivingArrangement.HERE


@dataclass(kw_only=True)
class CaseData:
    """A family that is being entered. ``place`` and ``second_place`` are columns of addresses or empty.

    ``second_place`` is the home of those who live elsewhere or in turn, such as the other parent's.
    """

    name: str
    since: date
    people: list[MemberData]
    place: dict = field(default_factory=dict)
    second_place: dict = field(default_factory=dict)
    category: str = ""
    problems: list[str] = field(default_factory=list)
    social_worker: User | None = None


@action
def open_case(*, data: CaseData, by: User) -> Family:
    """Open the file of a family with everything known on the first day. All or nothing.

    Raises ValidationError with a sentence; one about a person begins with the person's name.
    """
    if sentence := repeated_pesel_refusal([member.person for member in data.people]):
        raise ValidationError(sentence)
    family = open_family(name=data.name, on=data.since, by=by)
    if data.place:
        set_address(family=family, since=data.since, by=by, **data.place)
    if data.category:
        set_category(family=family, category=data.category, on=data.since, by=by)
    set_problems(family=family, problems=data.problems, on=data.since, by=by)
    for member in data.people:
        membership = _enter(family, member, data.since, by)
        if data.second_place and member.stay != LivingArrangement.HERE:
            set_address(membership=membership, since=membership.starts_on, by=by, **data.second_place)
    if data.social_worker:
        assign_lead_worker(family=family, social_worker=data.social_worker, since=data.since, by=by)
    return family


def _enter(family: Family, member: MemberData, since: date, by: User) -> Membership:
    """A child born after the family was entered belongs to it from its birth."""
    person = member.person.existing or member.person
    starts_on = max(since, person.born_on or since)
    try:
        return add_member(
            family=family,
            data=member.person,
            kinship=member.kinship,
            stay=member.stay,
            starts_on=starts_on,
            by=by,
        )
    except ValidationError as refusal:
        raise ValidationError(
            [f"{person.first_name} {person.last_name}: {sentence}" for sentence in refusal.messages]
        ) from None
