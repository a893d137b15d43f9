"""Pairs of probable duplicates while several users write at once, on real connections."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from families.people.duplicates import candidate_cache
from families.people.identity import register_person
from families.people.models import DuplicateCandidate, Person
from lubsko_ops.audit.history import lock_row
from tests.factories import TODAY, person_data

pytestmark = pytest.mark.django_db(transaction=True)


def enter(by, first_name="Kacper") -> Person:
    return register_person(person=person_data(first_name, "Lis", "male", TODAY.replace(year=2017)), by=by)


def on_other_connection(action, *args):
    """Run the action on its own connection while the current transaction is open."""

    def call():
        try:
            return action(*args)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(call).result(timeout=20)


def test_a_locked_person_does_not_block_entering_a_similar_one(maria):
    """Otherwise the advisory lock and the row lock would deadlock."""
    existing = enter(maria)
    with transaction.atomic():
        lock_row(Person.objects, pk=existing.pk)
        newcomer = on_other_connection(enter, maria)
    assert list(DuplicateCandidate.objects.values_list("person_a", "person_b")) == [
        (existing.pk, newcomer.pk)
    ]


def test_rebuilding_without_differences_blocks_nobody(maria):
    enter(maria)
    enter(maria)
    with transaction.atomic():
        assert candidate_cache.rebuild_candidates() == 1
        assert on_other_connection(enter, maria, "Ewa").pk
