"""What the form of a new family asks for."""

from datetime import date

from lubsko_ops.access import Role
from lubsko_ops.staff.models import Region, RegionGrant, User


def social_workers(on: date):
    """Who may lead a family on the day."""
    return User.objects.holding(Role.SOCIAL_WORKER, on)


def social_worker_of(region: Region | None, *, on: date) -> User | None:
    """The one social worker of the region on the day; None when there is nobody or more than one."""
    if region is None:
        return None
    grants = RegionGrant.objects.open_on(on).filter(region=region)
    found = list(social_workers(on).filter(pk__in=grants.values("user"))[:2])
    return found[0] if len(found) == 1 else None


def regions_of(user: User, *, on: date) -> list[Region]:
    """Regions the person works in on the day."""
    grants = RegionGrant.objects.open_on(on).filter(user=user)
    return list(Region.objects.filter(pk__in=grants.values("region")))
