"""The families of the fixtures are the same made and restored from their rows."""

import pytest
from django.db import transaction

from families.people.models import Family
from tests.factories import create_family
from tests.family_rows import FamilyRows, all_rows


def rows_after(make, *, beside=()):
    """All rows of the database with the family; everything is rolled back, as at the end of a test."""
    with transaction.atomic():
        for other in beside:
            other()
        family = make()
        assert Family.objects.get(pk=family.pk).memberships.count() == 3
        rows = all_rows()
        transaction.set_rollback(True)
    return rows


@pytest.fixture
def lisowie(maria, town):
    return lambda: create_family("Lisowie", region=town, by=maria)


def not_made():
    pytest.fail("made twice")


def test_a_restored_family_equals_the_one_made(lisowie):
    cache = FamilyRows()
    made = rows_after(lambda: cache.get_or_make("Lisowie", lisowie))
    assert rows_after(lambda: cache.get_or_make("Lisowie", not_made)) == made


def test_it_is_made_anew_beside_a_family_of_the_test(lisowie, maria, town):
    cache = FamilyRows()
    rows_after(lambda: cache.get_or_make("Lisowie", lisowie))
    own = lambda: create_family("Wilkowie", region=town, by=maria)  # noqa: E731
    rows = rows_after(lambda: cache.get_or_make("Lisowie", lisowie), beside=[own])
    assert len([row for table, row in rows if table == "people_family"]) == 2
    assert len(cache.recorded) == 1
