"""Opening the case file of a new family with its people, addresses, category, problems and social worker."""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError

from families.caseload.actions import assign_lead_worker
from families.choices import LivingArrangement
from families.people.actions import add_member, open_family, set_category, set_problems
from families.people.address_actions import set_address
from families.people.identity import repeated_pesel_refusal
from families.people.models import Family, Membership, Person
from lubsko_ops.accounts.models import User
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock


@dataclass(kw_only=True)
class MemberData:
    """A member of the new family: the person, saved or as entered, their kinship and living arrangement."""

    person: Person
    kinship: str
    stay: str = LivingArrangement.HERE


@dataclass(kw_only=True)
class CaseData:
    """Data of a new family. ``address`` and ``second_address`` are Address columns, or empty.

    ``second_address`` is the home of members living elsewhere or alternating, such as the other parent's.
    """

    name: str
    since: date
    people: list[MemberData]
    address: dict = field(default_factory=dict)
    second_address: dict = field(default_factory=dict)
    category: str = ""
    problems: list[str] = field(default_factory=list)
    social_worker: User | None = None


@action
def open_case(*, data: CaseData, by: User) -> Family:
    """Open the case file of a new family with all its data, in one transaction.

    Raises ValidationError; a message about a person begins with their name.
    """
    if sentence := repeated_pesel_refusal([member.person for member in data.people]):
        raise ValidationError(sentence)
    lock(people=[member.person.pk for member in data.people if member.person.pk])
    family = open_family(name=data.name, on=data.since, by=by)
    if data.address:
        set_address(family=family, since=data.since, by=by, **data.address)
    if data.category:
        set_category(family=family, category=data.category, on=data.since, by=by)
    set_problems(family=family, problems=data.problems, on=data.since, by=by)
    for member in data.people:
        membership = _add_member(family, member, data.since, by)
        if data.second_address and member.stay != LivingArrangement.HERE:
            set_address(membership=membership, since=membership.starts_on, by=by, **data.second_address)
    if data.social_worker:
        assign_lead_worker(family=family, social_worker=data.social_worker, since=data.since, by=by)
    return family


def _add_member(family: Family, member: MemberData, since: date, by: User) -> Membership:
    """Add a member from the first day; a child born later, from the day of birth."""
    person = member.person
    starts_on = max(since, person.born_on or since)
    try:
        return add_member(
            family=family,
            person=person,
            kinship=member.kinship,
            stay=member.stay,
            starts_on=starts_on,
            by=by,
        )
    except ValidationError as refusal:
        raise ValidationError(
            [f"{person.first_name} {person.last_name}: {sentence}" for sentence in refusal.messages]
        ) from None
