"""Reach: which families a person may open, and which of them she may still change. The one definition.

An assistant reaches the families assigned to her today (leading, standing in, accompanying, monitoring) and,
read-only, those she led or stood in for until the last days (a norm of the centre): by then she has written the
visits of her days. A social worker reaches the families she
leads and the families living in her regions. The manager reaches the whole centre, the administrator nothing.
"""

from datetime import date, timedelta

from django.db.models import Q

from families.caseload.models import COUNTED_KINDS, Assignment, LeadWorkerAssignment
from families.choices import AddressKind
from families.people.models import Address, Family
from lubsko_ops.accounts.models import RegionGrant
from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core.lookups import pk_in_array
from lubsko_ops.core.permissions import Role


def visible_to(user, *, on: date, first: bool = False):
    """Families the person may open on the day. first: a list of them, whatever else it asks, begins with these."""
    handed_over_since = on - timedelta(days=get_norm("read_after_hand_over_days"))
    return _families(user, _family_ids(user, on, led_since=handed_over_since), first)


def workable_by(user, *, on: date):
    """Families the person may change on the day."""
    return _families(user, _family_ids(user, on, led_since=on))


def workable_condition(user, *, on: date) -> Q:
    """The same as a condition on families found otherwise."""
    ids = _family_ids(user, on, led_since=on)
    return Q() if ids is None else Q(pk__in=ids)


def _families(user, ids, first: bool = False):
    """Those of an assistant are a few to begin with; of regions the database is to weigh how many they are."""
    if ids is None:
        return Family.objects.all()
    few = first or Role.SOCIAL_WORKER not in user.roles
    return Family.objects.filter(pk_in_array(ids) if few else Q(pk__in=ids))


def _family_ids(user, on: date, *, led_since: date):
    """Ids of the families; None for every one."""
    if Role.MANAGER in user.roles:
        return None
    # One list: of several joined by OR the database would ask each family.
    lists = []
    if Role.ASSISTANT in user.roles:
        hers = Q(ends_on=None) | Q(ends_on__gte=on) | Q(kind__in=COUNTED_KINDS, ends_on__gte=led_since)
        assigned = Assignment.objects.filter(hers, assistant=user, starts_on__lte=on)
        lists.append(assigned.values("period__family"))
    if Role.SOCIAL_WORKER in user.roles:
        led = LeadWorkerAssignment.objects.active_on(on).filter(social_worker=user)
        regions = RegionGrant.objects.active_on(on).filter(user=user).values("region")
        lives_there = Address.objects.active_on(on).filter(
            family__isnull=False, kind=AddressKind.RESIDENCE, region__in=regions
        )
        lists += [led.values("family"), lives_there.values("family")]
    if not lists:
        return Family.objects.none().values("pk")
    first, *others = lists
    return first.union(*others, all=True) if others else first
