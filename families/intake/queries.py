"""Queries of the form of a new family."""

from datetime import date

from families.choices import AddressKind
from families.people.models import Address, Family, Membership
from lubsko_ops.accounts.models import Region, RegionGrant, User
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import join_list
from lubsko_ops.core.search_keys import build_search_key, fold


def social_workers(on: date):
    """Users who may lead a family on the day."""
    return User.objects.holding_role(Role.SOCIAL_WORKER, on)


def sole_social_worker(region: Region | None, *, on: date) -> User | None:
    """The only social worker of the region on the day; None when there is none or more than one."""
    if region is None:
        return None
    grants = RegionGrant.objects.active_on(on).filter(region=region)
    candidates = list(social_workers(on).filter(pk__in=grants.values("user"))[:2])
    return candidates[0] if len(candidates) == 1 else None


def similar_families(name: str, locality: str, *, user: User, on: date) -> list[Family]:
    """Families of this name and locality visible to the user, each with ``current_people``; at most three queries."""
    rows = Address.objects.active_on(on).filter(
        kind=AddressKind.RESIDENCE,
        family__in=Family.objects.visible_to(user, on=on),
        family__search_key=build_search_key(name),
    )
    families = {
        row.family_id: row.family
        for row in rows.select_related("family")
        if fold(row.locality) == fold(locality)
    }
    note_shown(families)
    for family in families.values():
        family.current_people = []
    members = Membership.objects.members_on(on).filter(family__in=families).select_related("person")
    for member in members.order_by("person__born_on", "pk") if families else []:
        families[member.family_id].current_people.append(member.person)
    return list(families.values())


def regions_of(user: User, *, on: date) -> list[Region]:
    """Regions the user works in on the day."""
    grants = RegionGrant.objects.active_on(on).filter(user=user)
    return list(Region.objects.filter(pk__in=grants.values("region")))


def family_with_members_text(family: Family) -> str:
    """ "Kowalscy: Danuta, Piotr i Kacper"."""
    names = join_list(person.first_name for person in family.current_people)
    return f"{family.name}: {names}" if names else family.name
