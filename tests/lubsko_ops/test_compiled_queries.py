"""Statements compiled once: their rows are those of the ORM."""

import sys
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.exceptions import EmptyResultSet
from django.db.models import Q

from families.case_files.queries import PERIODS
from families.case_files.summaries import STORED
from families.case_files.summary_facts import OPEN_DEADLINES_LAST_FIRST
from families.caseload.models import WorkPeriod
from families.people.models import Family
from families.permissions import ScopedQuery
from families.visits.queries import MEMBERS_BETWEEN, PERIOD_WITH_BUSY_HOURS
from lubsko_ops.accounts.backends import USER_WITH_ROLES
from lubsko_ops.accounts.models import User
from lubsko_ops.accounts.session_backend import CURRENT_SESSION, SessionStore
from lubsko_ops.core import clock
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.lookups import is_among
from lubsko_ops.core.permissions import Role
from tests.test_architecture import PACKAGES

pytestmark = pytest.mark.django_db
DAY = date(2000, 1, 1)  # marks a day
DAYS = [timedelta(days=days) for days in (-4000, -1, 0, 1, 4000)]


def columns(row) -> dict:
    """Everything that the row holds, without the state of the ORM."""
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_the_account_is_that_of_the_orm(anna, maria, tomasz, jan):
    for day in (clock.today() + shift for shift in DAYS):
        for user in (anna, maria, tomasz, jan):
            ours = USER_WITH_ROLES.first(day=day, pk=user.pk)
            theirs = User.objects.with_roles(day).get(pk=user.pk)
            assert columns(ours) == columns(theirs)
            assert ours == theirs and ours.roles == theirs.roles
            assert (ours._state.db, ours._state.adding) == (theirs._state.db, theirs._state.adding)


def test_the_account_costs_one_statement(anna, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert USER_WITH_ROLES.first(day=clock.today(), pk=anna.pk).roles == {"assistant"}


def test_there_is_no_account_without_its_row():
    assert USER_WITH_ROLES.first(day=clock.today(), pk=0) is None


def test_the_session_is_that_of_the_orm(client, anna):
    client.force_login(anna)
    key = client.session.session_key
    ours = CURRENT_SESSION.first(key=key)
    assert columns(ours) == columns(Session.objects.get(pk=key))
    assert SessionStore(key)[SESSION_KEY] == str(anna.pk)


def test_an_ended_or_unknown_session_is_empty_and_loses_its_key(client, anna):
    client.force_login(anna)
    key = client.session.session_key
    Session.objects.filter(pk=key).update(expire_date=clock.now() - timedelta(seconds=1))
    for ended in (key, "0123456789abcdef", "'; --"):
        store = SessionStore(ended)
        assert SESSION_KEY not in store
        assert store.session_key is None


def test_related_rows_and_annotations_are_those_of_the_orm(kowalscy):
    today = clock.today()
    days = {"since": today, "until": today}
    theirs = list(MEMBERS_BETWEEN.build(family=kowalscy.pk, **days))
    ours = MEMBERS_BETWEEN.all(family=kowalscy.pk, **days)
    assert theirs and [columns(row.person) for row in ours] == [columns(row.person) for row in theirs]
    assert [row._state.fields_cache.keys() for row in ours] == [
        row._state.fields_cache.keys() for row in theirs
    ]
    period = PERIOD_WITH_BUSY_HOURS.first(family=kowalscy.pk, user=-5, on=today)
    assert columns(period) == columns(PERIOD_WITH_BUSY_HOURS.build(kowalscy.pk, -5, today)[0])


def test_one_id_and_several_give_the_same_rows(kowalscy, nowakowie):
    for query in (OPEN_DEADLINES_LAST_FIRST, STORED, PERIODS):
        one_by_one = [row.pk for family in (kowalscy, nowakowie) for row in query.all(families=[family.pk])]
        both = query.all(families=[kowalscy.pk, nowakowie.pk])
        assert sorted(one_by_one) == sorted(row.pk for row in both)
        assert query.all(families=[]) == []


def test_deferred_columns_stay_deferred(kowalscy, django_assert_num_queries):
    query = CompiledQuery(lambda pks: Family.objects.filter(is_among(pks)).only("search_key"), pks=[-1])
    [family] = query.all(pks=[kowalscy.pk])
    assert family.get_deferred_fields() == query.build([kowalscy.pk]).get().get_deferred_fields() != set()
    with django_assert_num_queries(1):
        assert family.name == kowalscy.name


def test_a_value_computed_from_an_argument_is_refused():
    """It would stay what it was when the statement was compiled."""
    eve = CompiledQuery(lambda day: WorkPeriod.objects.filter(starts_on=day - timedelta(days=1)), day=DAY)
    with pytest.raises(ValueError, match="computed from an argument"):
        eve.all(day=clock.today())


def test_a_marker_that_no_row_can_have_is_refused(kowalscy):
    """Django knows that a small column holds no such number, and would compile no statement at all."""
    query = CompiledQuery(lambda year: WorkPeriod.objects.filter(year=year), year=-1)
    with pytest.raises(ValueError, match="out of the range"):
        query.all(year=2024)


def test_nor_is_one_of_two_conditions_left_out(kowalscy):
    query = CompiledQuery(lambda year, pk: WorkPeriod.objects.filter(Q(year=year) | Q(pk=pk)), year=-1, pk=-2)
    with pytest.raises(ValueError):
        query.all(year=2024, pk=1)


def test_a_user_whose_roles_open_nothing_gets_no_rows(jan):
    assert (
        CompiledQuery(lambda day: Family.objects.visible_to(jan, on=day), day=date(2000, 1, 1)).all(
            day=clock.today()
        )
        == []
    )


ROLES = [{Role.ASSISTANT}, {Role.SOCIAL_WORKER}, {Role.MANAGER}, {Role.MANAGER, Role.ASSISTANT}]


def compiled_queries() -> dict[str, CompiledQuery]:
    """Those that modules hold by a name; of a scope one for each set of roles."""
    import_module(settings.ROOT_URLCONF)
    queries: dict[str, CompiledQuery] = {}
    for module in [each for name, each in sys.modules.items() if name.partition(".")[0] in PACKAGES]:
        for name, each in vars(module).items():
            if isinstance(each, ScopedQuery):
                queries |= {
                    f"{module.__name__} {name} {sorted(roles)}": each._compile(frozenset(roles))
                    for roles in ROLES
                }
            elif isinstance(each, CompiledQuery):
                queries[f"{module.__name__} {name}"] = each
    return queries


def test_every_statement_can_be_compiled():
    """A marker out of range or a computed value would be noticed only on the page."""
    queries = compiled_queries()
    assert len(queries) > 70
    broken = {}
    for name, query in queries.items():
        try:
            _ = query.compiled
        except (ValueError, EmptyResultSet) as error:
            broken[name] = repr(error)
    assert broken == {}
