"""Pairs of persons alike as stored rows, brought in line inside the deed that wrote a person, or at night for all."""

from collections.abc import Iterable
from itertools import combinations

from django.db import connection, transaction
from django.db.models import Q

from families.people.duplicates.matching import alike
from families.people.duplicates.models import DuplicateCandidate
from families.people.models import DuplicateDismissal, Person

TURN = 7_301_014  # any number nobody else takes a turn by


def after_deed(rows: list) -> None:
    """Look at the persons a deed wrote, and at those it told apart."""
    people = [row for row in rows if type(row) is Person and row.pk]  # one taken back took her pairs along
    if judged := [row for row in rows if type(row) is DuplicateDismissal]:
        people += Person.objects.filter(
            pk__in={pk for row in judged for pk in (row.person_a_id, row.person_b_id)}
        )
    if people:
        _refresh(people)


@transaction.atomic
def rebuild_pairs() -> int:
    """All pairs of the centre computed anew; only what differs is written. Returns how many there are.

    Nobody who writes a person waits for it: the turn is taken only for the persons with whom something differs.
    """
    found = _found(_compared(Person.objects.all()))
    differ = found ^ set(DuplicateCandidate.objects.values_list("person_a", "person_b"))
    if differ:
        _refresh(list(Person.objects.filter(pk__in={pk for pair in differ for pk in pair})))
    return DuplicateCandidate.objects.count() if differ else len(found)


@transaction.atomic
def _refresh(people: list[Person]) -> None:
    """Pairs of these persons with anybody in the centre."""
    _wait_for_ones_turn()
    touched = {person.pk for person in people}
    stored = DuplicateCandidate.objects.filter(Q(person_a__in=touched) | Q(person_b__in=touched))
    _store(_found(_compared(near(people)), touched), stored)


def near(people: list[Person]):
    """These persons and whoever has the number or the day of birth of one of them."""
    # Values, not subqueries: so each of the three finds its index.
    same = Q(pk__in={person.pk for person in people})
    same |= Q(born_on__in={person.born_on for person in people if person.born_on})
    same |= Q(pesel_key__in={person.pesel_key for person in people if person.pesel_key})
    return Person.objects.filter(same)


def _wait_for_ones_turn() -> None:
    """Of two deeds that write persons at once the second sees what the first has written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


def _compared(people) -> list[Person]:
    """Those not joined with another, as far as comparing needs them, in the order of their ids."""
    columns = ("pesel_key", "born_on", "search_key")
    return list(people.filter(merged_into=None).order_by("pk").only(*columns))


def _found(people: list[Person], touched: Iterable[int] = ()) -> set[tuple[int, int]]:
    """Pairs of ids still to be judged, the lower first; of the touched ones only, if any are named."""
    groups: dict[tuple, list[Person]] = {}
    for person in people:
        for group in (("pesel", person.pesel_key), ("born", person.born_on)):
            if group[1]:
                groups.setdefault(group, []).append(person)
    found = {
        (one.pk, other.pk): one.pesel_key != "" and one.pesel_key == other.pesel_key
        for group in groups.values()
        for one, other in combinations(group, 2)
        if (not touched or one.pk in touched or other.pk in touched) and alike(one, other)
    }
    told_apart = DuplicateDismissal.objects.filter(person_a__in={one for one, _ in found}) if found else ()
    judged = {(row.person_a_id, row.person_b_id) for row in told_apart}
    return {pair for pair, same_number in found.items() if same_number or pair not in judged}


def _store(pairs: set[tuple[int, int]], rows) -> None:
    stored = {(row.person_a_id, row.person_b_id): row.pk for row in rows}
    if gone := [pk for pair, pk in stored.items() if pair not in pairs]:
        DuplicateCandidate.objects.filter(pk__in=gone).delete()
    DuplicateCandidate.objects.bulk_create(
        DuplicateCandidate(person_a_id=first, person_b_id=second)
        for first, second in sorted(pairs - set(stored))
    )
