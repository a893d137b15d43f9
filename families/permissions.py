"""Row-level permissions: which families a user may open, which of them they may change, which values they may see.

An assistant sees the families assigned on the day (leading, stand-in, accompanying, monitoring) and, read-only, those
led or stood in for until recently (a norm of the centre), to finish writing up visits. A social worker sees the
families they lead and those living in their regions. The manager sees the whole centre, the administrator nothing.
"""

from datetime import date, timedelta

from django.db.models import Q

from families.caseload.models import COUNTED_KINDS, Assignment, LeadWorkerAssignment
from families.choices import AddressKind, BasisKind, Category, Problem
from families.people.models import Address, Family
from lubsko_ops.accounts.models import RegionGrant
from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core.lookups import pk_in_array
from lubsko_ops.core.permissions import Role, SensitiveKind, can_see_sensitive


def visible_to(user, *, on: date, as_array: bool = False):
    """Families the user may open on the day.

    ``as_array`` makes the database evaluate the ids first, for queries in which they are the narrowest condition.
    """
    handed_over_since = on - timedelta(days=get_norm("read_after_hand_over_days"))
    return _families(user, _family_ids(user, on, led_since=handed_over_since), as_array)


def workable_by(user, *, on: date):
    """Families the user may change on the day."""
    return _families(user, _family_ids(user, on, led_since=on))


def workable_condition(user, *, on: date) -> Q:
    """``workable_by`` as a condition on a queryset of families."""
    ids = _family_ids(user, on, led_since=on)
    return Q() if ids is None else Q(pk__in=ids)


def _families(user, ids, as_array: bool = False):
    """Families with these ids. Assistants have few, so they are an array; for regions the planner decides."""
    if ids is None:
        return Family.objects.all()
    as_array = as_array or Role.SOCIAL_WORKER not in user.roles
    return Family.objects.filter(pk_in_array(ids) if as_array else Q(pk__in=ids))


def _family_ids(user, on: date, *, led_since: date):
    """Subquery of family ids; None for all families."""
    if Role.MANAGER in user.roles:
        return None
    # One UNION: conditions joined by OR would be evaluated for every family.
    queries = []
    if Role.ASSISTANT in user.roles:
        readable = Q(ends_on=None) | Q(ends_on__gte=on) | Q(kind__in=COUNTED_KINDS, ends_on__gte=led_since)
        assigned = Assignment.objects.filter(readable, assistant=user, starts_on__lte=on)
        queries.append(assigned.values("period__family"))
    if Role.SOCIAL_WORKER in user.roles:
        led = LeadWorkerAssignment.objects.active_on(on).filter(social_worker=user)
        regions = RegionGrant.objects.active_on(on).filter(user=user).values("region")
        residents = Address.objects.active_on(on).filter(
            family__isnull=False, kind=AddressKind.RESIDENCE, region__in=regions
        )
        queries += [led.values("family"), residents.values("family")]
    if not queries:
        return Family.objects.none().values("pk")
    first, *others = queries
    return first.union(*others, all=True) if others else first


# Values visible only to some roles (lubsko_ops/core/permissions.py). Criminal offences fall under art. 10 RODO like
# court orders; Niebieska Karta has a narrower circle of its own.
SENSITIVE_PROBLEMS = {
    Problem.DISABILITY: SensitiveKind.HEALTH,
    Problem.ILLNESS: SensitiveKind.HEALTH,
    Problem.ALCOHOL: SensitiveKind.HEALTH,
    Problem.DRUGS: SensitiveKind.HEALTH,
    Problem.DOMESTIC_VIOLENCE: SensitiveKind.COURT,
    Problem.TRAFFICKING: SensitiveKind.COURT,
    Problem.AFTER_PRISON: SensitiveKind.COURT,
}


SENSITIVE_BASES = {BasisKind.COURT: SensitiveKind.COURT, BasisKind.ZA_ZYCIEM: SensitiveKind.HEALTH}


SENSITIVE_CATEGORIES = {Category.ZA_ZYCIEM: SensitiveKind.HEALTH}


def hidden_values(user, table: dict) -> list:
    """The values of a ``SENSITIVE_…`` table the user may not see, even in families they may open."""
    return [value for value, kind in table.items() if not can_see_sensitive(user, kind)]
