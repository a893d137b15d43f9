"""What the form of a new family asks for."""

from datetime import date

from families.choices import AddressKind
from families.people.models import Address, Family, Membership
from families.permissions import visible_to
from lubsko_ops.accounts.models import Region, RegionGrant, User
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.search_keys import build_search_key, fold


def social_workers(on: date):
    """Who may lead a family on the day."""
    return User.objects.holding(Role.SOCIAL_WORKER, on)


def social_worker_of(region: Region | None, *, on: date) -> User | None:
    """The one social worker of the region on the day; None when there is nobody or more than one."""
    if region is None:
        return None
    grants = RegionGrant.objects.active_on(on).filter(region=region)
    found = list(social_workers(on).filter(pk__in=grants.values("user"))[:2])
    return found[0] if len(found) == 1 else None


def families_alike(name: str, locality: str, *, user: User, on: date) -> list[Family]:
    """Families of this name in this place that the user may open; each with ``people_now``, who belongs to it.

    Nothing is told of families beyond the user's reach. At most three statements.
    """
    rows = Address.objects.active_on(on).filter(
        kind=AddressKind.RESIDENCE,
        family__in=visible_to(user, on=on),
        family__search_key=build_search_key(name),
    )
    found = {
        row.family_id: row.family
        for row in rows.select_related("family")
        if fold(row.locality) == fold(locality)
    }
    for family in found.values():
        family.people_now = []
    members = Membership.objects.active_on(on).filter(family__in=found).select_related("person")
    for member in members.order_by("person__born_on", "pk") if found else []:
        found[member.family_id].people_now.append(member.person)
    return list(found.values())


def regions_of(user: User, *, on: date) -> list[Region]:
    """Regions the person works in on the day."""
    grants = RegionGrant.objects.active_on(on).filter(user=user)
    return list(Region.objects.filter(pk__in=grants.values("region")))
