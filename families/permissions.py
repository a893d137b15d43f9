"""Row-level permissions: which families a user may open, which of them they may change, which values they may see.

Which families those are is decided by the apps that hold the facts: each registers its scopes in ``SCOPES``, and the
union of the scopes of the user's roles counts. The manager sees the whole centre. This module imports no app: a
queryset of families is filtered by ``Family.objects.visible_to(user, on=day)``, which calls ``filter_visible``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import RawSQL

from families.choices import BasisKind, Category, Problem
from lubsko_ops.accounts.models import User
from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.lookups import pk_in_array
from lubsko_ops.core.permissions import Role, SensitiveKind, can_see_sensitive
from lubsko_ops.core.registry import Registry

FamilyT = TypeVar("FamilyT", bound=Model)
ModelT = TypeVar("ModelT", bound=Model)
ValueT = TypeVar("ValueT", bound=str)


@dataclass(frozen=True)
class Scope:
    """Families that a role opens. ``family_ids(user, on, readable_since)`` returns a queryset of one column of ids.

    ``on``: the day asked about. ``readable_since``: families that were the user's until this day or later may still
    be read; the same as ``on`` when the question is what may be changed.
    """

    name: str
    role: Role
    family_ids: Callable[[User, date, date], QuerySet[Any, Any]]


SCOPES: Registry[Scope] = Registry("scopes", key=lambda scope: scope.name)


def filter_visible(families: QuerySet[FamilyT], user: User, *, on: date) -> QuerySet[FamilyT]:
    """The families the user may open on the day."""
    return _filter(families, user, _family_ids(user, on, _readable_since(on)))


def filter_workable(families: QuerySet[FamilyT], user: User, *, on: date) -> QuerySet[FamilyT]:
    """The families the user may change on the day."""
    return _filter(families, user, _family_ids(user, on, on))


def workable_condition(user: User, *, on: date) -> Q:
    """``filter_workable`` as a condition on a queryset of families."""
    if Role.MANAGER in user.roles:
        return Q()
    ids = _family_ids(user, on, on)
    return Q(pk__in=[]) if ids is None else Q(pk__in=ids)


class ScopedQuery(Generic[ModelT]):
    """A CompiledQuery that asks what the user may open: one statement for each set of roles.

    ``build`` makes the queryset of a user, a day and the keyword arguments of ``all()``; ``markers``: as those of
    CompiledQuery.
    """

    def __init__(self, build: Callable[..., QuerySet[ModelT]], **markers: Any) -> None:
        self.build, self.markers = build, markers
        self.queries: dict[frozenset[str], CompiledQuery[ModelT]] = {}

    def all(self, user: User, *, on: date, **values: Any) -> list[ModelT]:
        """The rows for the user on the day."""
        query, values = self._for(user, on, values)
        return query.all(**values)

    def rows(self, user: User, *, on: date, **values: Any) -> list[Any]:
        """The rows as tuples, for a queryset of ``values_list()``."""
        query, values = self._for(user, on, values)
        return query.rows(**values)

    def _for(
        self, user: User, on: date, values: dict[str, Any]
    ) -> tuple[CompiledQuery[ModelT], dict[str, Any]]:
        """The statement for the user's roles, and the values of its arguments."""
        if user.roles not in self.queries:
            self.queries[user.roles] = self._compile(user.roles)
        values |= {"user": user.pk, "on": on, "readable_since": _readable_since(on)}
        return self.queries[user.roles], values

    def first(self, user: User, *, on: date, **values: Any) -> ModelT | None:
        """The first row; None when there is none."""
        return next(iter(self.all(user, on=on, **values)), None)

    def _compile(self, roles: frozenset[str]) -> CompiledQuery[ModelT]:
        def build(user: int, on: date, readable_since: date, **values: Any) -> QuerySet[ModelT]:
            return self.build(User.with_only(roles, pk=user), on=on, **values)

        # On this day the norm has its standard value: were it 0, both days would be one and not distinguishable.
        day = date(1000, 1, 1)
        return CompiledQuery(build, user=-1, on=day, readable_since=_readable_since(day), **self.markers)


def _readable_since(on: date) -> date:
    """The day until which a family must have been the user's to be readable still."""
    return on - timedelta(days=get_norm("read_after_hand_over_days", on=on))


def _filter(families: QuerySet[FamilyT], user: User, ids: RawSQL | None) -> QuerySet[FamilyT]:
    """Families with these ids. Assistants have few, so they are an array; for regions the planner decides."""
    if Role.MANAGER in user.roles:
        return families.all()
    if ids is None:
        return families.none()
    return families.filter(Q(pk__in=ids) if Role.SOCIAL_WORKER in user.roles else pk_in_array(ids))


def _family_ids(user: User, on: date, readable_since: date) -> RawSQL | None:
    """Subquery of family ids, or None when no role of the user has a scope."""
    roles = user.roles & {scope.role for scope in SCOPES}
    if not roles:
        return None
    sql, params = _scopes_of(roles).sql(user=user.pk, on=on, readable_since=readable_since)
    return RawSQL(sql, params)


@cache
def _scopes_of(roles: frozenset[str]) -> CompiledQuery[Any]:
    """The ids that the scopes of these roles open: half of what a list cost, when it was compiled for each."""

    def build(user: int, on: date, readable_since: date) -> QuerySet[Any, Any]:
        somebody = User.with_only(roles, pk=user)
        queries = [scope.family_ids(somebody, on, readable_since) for scope in SCOPES if scope.role in roles]
        # One UNION: conditions joined by OR would be evaluated for every family.
        return queries[0].union(*queries[1:], all=True) if queries[1:] else queries[0]

    return CompiledQuery(build, user=-1, on=date.min, readable_since=date.max)


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


def hidden_values(user: User, table: dict[ValueT, SensitiveKind]) -> list[ValueT]:
    """The values of a ``SENSITIVE_…`` table the user may not see, even in families they may open."""
    return [value for value, kind in table.items() if not can_see_sensitive(user, kind)]
