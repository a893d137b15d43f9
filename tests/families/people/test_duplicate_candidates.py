"""Stored pairs of probable duplicates always equal those found by comparing everybody with everybody."""

from datetime import date
from itertools import combinations

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from families.people.actions import correct_person
from families.people.duplicates.actions import dismiss_duplicate, merge_people
from families.people.duplicates.candidate_cache import rebuild_candidates
from families.people.duplicates.matching import is_probable_duplicate
from families.people.identity import register_person
from families.people.models import DuplicateCandidate, DuplicateDismissal, Person
from lubsko_ops.audit.history import delete_with_history
from tests.factories import person_data
from tests.families.people.helpers import KACPER

OTHER_NUMBER = "17283000115"  # born on the same day
BORN = (date(2017, 8, 30), date(2017, 8, 31), None)
NAMES = (("Kacper", "Lis"), ("Lis", "Kacper"), ("Kacper Jan", "Lis"), ("Ewa", "Kos"))


def stored() -> set[tuple[int, int]]:
    return set(DuplicateCandidate.objects.values_list("person_a", "person_b"))


def compared() -> set[tuple[int, int]]:
    """All pairs by brute force."""
    dismissed = set(DuplicateDismissal.objects.values_list("person_a", "person_b"))
    return {
        (one.pk, other.pk)
        for one, other in combinations(Person.objects.filter(merged_into=None).order_by("pk"), 2)
        if is_probable_duplicate(one, other)
        if (one.pk, other.pk) not in dismissed or one.pesel_key == other.pesel_key != ""
    }


def enter(by, name=NAMES[0], born_on=BORN[0], pesel="") -> Person:
    data = person_data(*name, "male", None if pesel else born_on, pesel=pesel)
    if pesel:
        data.pesel_missing = ""
    return register_person(person=data, by=by)


which = st.integers(0, 5)
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("enter"), st.sampled_from(NAMES), st.sampled_from(BORN)),
        st.tuples(st.just("number"), st.sampled_from([KACPER, OTHER_NUMBER])),
        st.tuples(st.just("name"), which, st.sampled_from(NAMES)),
        st.tuples(st.just("born"), which, st.sampled_from(BORN)),
        st.tuples(st.just("pesel"), which, st.sampled_from(["", KACPER, OTHER_NUMBER])),
        st.tuples(st.just("merge"), which, which),
        st.tuples(st.just("apart"), which, which),
        st.tuples(st.just("together"), which),
        st.tuples(st.just("gone"), which),
    ),
    min_size=2,
    max_size=14,
)


def perform(what, args, by) -> None:
    """Perform one action."""
    if what == "enter":
        enter(by, *args)
    elif what == "number":
        enter(by, pesel=args[0])
    elif what == "together":
        for dismissal in DuplicateDismissal.objects.all()[args[0] : args[0] + 1]:
            delete_with_history(dismissal, by=by, why="próba")
    elif people := list(Person.objects.filter(merged_into=None).order_by("pk")):
        change(what, people[args[0] % len(people)], *args[1:], people=people, by=by)


def change(what, one, other=None, *, people, by) -> None:
    if what == "name":
        correct_person(person=one, version=None, first_name=other[0], last_name=other[1], by=by)
    elif what in ("born", "pesel"):
        field = {"born": "born_on", "pesel": "pesel"}[what]
        correct_person(person=one, version=None, **{field: other}, by=by)
    elif what == "gone":
        delete_with_history(one, by=by, why="próba")
    elif (second := people[other % len(people)]) != one:
        if what == "merge":
            merge_people(keep=one, drop=second, by=by)
        else:
            dismiss_duplicate(person_a=one, person_b=second, by=by)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTIONS)
def test_stored_pairs_equal_compared_pairs(maria, actions):
    with transaction.atomic():
        for number, name in enumerate((NAMES[0], NAMES[0], NAMES[2])):
            enter(maria, name, pesel=KACPER if number == 1 else "")
        for what, *args in actions:
            try:
                with transaction.atomic():
                    perform(what, args, maria)
            except ValidationError:
                pass
            assert stored() == compared(), what
        assert rebuild_candidates() == len(compared()) and stored() == compared()
        transaction.set_rollback(True)


@pytest.fixture
def some(maria):
    """A pair by name, a pair by PESEL, a dismissed pair, a merged person and a person without a pair."""
    one, other = enter(maria), enter(maria, NAMES[2])
    enter(maria, pesel=KACPER), enter(maria, NAMES[3], pesel=KACPER)
    dismiss_duplicate(person_a=one, person_b=other, by=maria)
    merge_people(keep=one, drop=enter(maria), by=maria)
    enter(maria, NAMES[3], BORN[1])
    return stored()


def test_rebuilding_writes_only_the_differences(some, maria):
    assert some == compared() != set()
    rows = set(DuplicateCandidate.objects.values_list("pk", "person_a", "person_b"))
    assert rebuild_candidates() == len(some)
    assert set(DuplicateCandidate.objects.values_list("pk", "person_a", "person_b")) == rows, (
        "nothing was written"
    )
    kept = DuplicateCandidate.objects.first()
    DuplicateCandidate.objects.exclude(pk=kept.pk).delete()
    wrong = DuplicateCandidate.objects.create(person_a=Person.objects.first(), person_b=Person.objects.last())
    rebuild_candidates()
    assert stored() == some
    assert (
        DuplicateCandidate.objects.filter(pk=kept.pk).exists()
        and not DuplicateCandidate.objects.filter(pk=wrong.pk).exists()
    )


def test_a_refused_action_leaves_the_pairs_unchanged(some, maria):
    with pytest.raises(ValidationError):
        enter(maria, NAMES[0], pesel="17283000117")
    assert stored() == some


def test_a_person_without_a_pair_costs_three_queries(some, maria, django_assert_max_num_queries):
    """The advisory lock, people with that birth date or PESEL, the stored pairs; whatever the number of people."""
    from families.people.duplicates.candidate_cache import refresh_after_action

    alone = Person.objects.get(born_on=BORN[1])
    with django_assert_max_num_queries(5):  # with the savepoint
        refresh_after_action([alone])
