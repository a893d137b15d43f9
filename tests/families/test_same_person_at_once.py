"""Pairs of persons alike while several people write at once, on real connections."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from families.people.duplicates import candidate_cache
from families.people.duplicates.models import DuplicateCandidate
from families.people.identity import register_person
from families.people.models import Person
from lubsko_ops.audit.history import lock_row
from tests.factories import TODAY, person_data

pytestmark = pytest.mark.django_db(transaction=True)


def enter(by, first_name="Kacper") -> Person:
    return register_person(data=person_data(first_name, "Lis", "male", TODAY.replace(year=2017)), by=by)


def elsewhere(deed, *args):
    """Done on a connection of its own, while this one's transaction is open; the result or the error."""

    def call():
        try:
            return deed(*args)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(call).result(timeout=20)


def test_who_is_being_changed_does_not_bar_the_entry_of_somebody_like_her(maria):
    """Else the one waits for the other's turn, the other for the one's row, and the database ends one of them."""
    known = enter(maria)
    with transaction.atomic():
        lock_row(Person.objects, pk=known.pk)
        newcomer = elsewhere(enter, maria)
    assert list(DuplicateCandidate.objects.values_list("person_a", "person_b")) == [(known.pk, newcomer.pk)]


def test_while_all_is_built_anew_nobody_waits_where_nothing_differs(maria):
    enter(maria)
    enter(maria)
    with transaction.atomic():
        assert candidate_cache.rebuild_pairs() == 1
        assert elsewhere(enter, maria, "Ewa").pk
