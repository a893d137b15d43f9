"""Stored pairs of probable duplicates, refreshed within each action that writes a person and rebuilt nightly."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from django.db import connection, transaction
from django.db.models import Q

from families.people.duplicates.matching import births_agreeing, is_probable_duplicate
from families.people.models import DuplicateCandidate, DuplicateDismissal, Person

ADVISORY_LOCK = 7_301_014  # an arbitrary key not used elsewhere


def refresh_after_action(rows: list) -> None:
    """Refresh the pairs of people the action wrote and of pairs it dismissed."""
    people = [
        row for row in rows if type(row) is Person and row.pk
    ]  # pairs of a deleted person were deleted with it
    if dismissals := [row for row in rows if type(row) is DuplicateDismissal]:
        people += Person.objects.filter(
            pk__in={pk for row in dismissals for pk in (row.person_a_id, row.person_b_id)}
        )
    if people:
        _refresh(people)


@transaction.atomic
def rebuild_candidates() -> int:
    """Recompute all pairs of the centre, write only the differences and return the number of pairs.

    The advisory lock is taken only for people whose pairs differ, so other actions rarely wait.
    """
    pairs = _find_pairs(_people_to_compare(Person.objects.all()))
    differences = pairs ^ set(DuplicateCandidate.objects.values_list("person_a", "person_b"))
    if differences:
        _refresh(list(Person.objects.filter(pk__in={pk for pair in differences for pk in pair})))
    return DuplicateCandidate.objects.count() if differences else len(pairs)


@transaction.atomic
def _refresh(people: list[Person]) -> None:
    """Recompute the pairs of these people with everybody in the centre."""
    _take_advisory_lock()
    changed = {person.pk for person in people}
    stored = DuplicateCandidate.objects.filter(Q(person_a__in=changed) | Q(person_b__in=changed))
    _save_pairs(_find_pairs(_people_to_compare(comparable_people(people)), changed), stored)


def comparable_people(people: list[Person]):
    """These people and everybody with the PESEL or an agreeing date of birth of one of them."""
    # Literal values instead of subqueries let each condition use its index.
    same = Q(pk__in={person.pk for person in people})
    same |= births_agreeing(person.birth for person in people if person.birth)
    same |= Q(pesel_key__in={person.pesel_key for person in people if person.pesel_key})
    return Person.objects.filter(same)


def _take_advisory_lock() -> None:
    """Serialise actions that write people, so that the second sees the rows of the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])


def _people_to_compare(people) -> list[Person]:
    """People not merged into another, by id, with the columns needed for comparing."""
    columns = ("pesel_key", "born_on", "birth_precision", "search_key")
    return list(people.filter(merged_into=None).order_by("pk").only(*columns))


def _find_pairs(people: list[Person], changed: Iterable[int] = ()) -> set[tuple[int, int]]:
    """Pairs of ids awaiting a decision, the lower first; only those of ``changed`` people when given."""
    pairs = {
        (first.pk, second.pk): first.pesel_key != "" and first.pesel_key == second.pesel_key
        for first, second in _pairs_to_compare(people)
        if not changed or first.pk in changed or second.pk in changed
        if is_probable_duplicate(first, second)
    }
    rows = DuplicateDismissal.objects.filter(person_a__in={first for first, _ in pairs}) if pairs else ()
    dismissed = {(row.person_a_id, row.person_b_id) for row in rows}
    return {pair for pair, same_pesel in pairs.items() if same_pesel or pair not in dismissed}


def _pairs_to_compare(people: list[Person]) -> Iterator[tuple[Person, Person]]:
    """Pairs, the lower id first, of one PESEL, one date of birth or, if either date is approximate, one year."""
    groups: dict[tuple, list[Person]] = {}
    for person in people:
        if person.pesel_key:
            groups.setdefault(("pesel", person.pesel_key), []).append(person)
        if person.born_on:
            groups.setdefault(("day", person.born_on), []).append(person)
            groups.setdefault(("year", person.born_on.year), []).append(person)
    for (kind, _), group in groups.items():
        if kind != "year":
            yield from combinations(group, 2)
            continue
        for person in group:
            if person.birth_precision:
                yield from (
                    (person, other) if person.pk < other.pk else (other, person)
                    for other in group
                    if other != person
                )


def _save_pairs(pairs: set[tuple[int, int]], rows) -> None:
    stored = {(row.person_a_id, row.person_b_id): row.pk for row in rows}
    if obsolete := [pk for pair, pk in stored.items() if pair not in pairs]:
        DuplicateCandidate.objects.filter(pk__in=obsolete).delete()
    DuplicateCandidate.objects.bulk_create(
        DuplicateCandidate(person_a_id=first, person_b_id=second)
        for first, second in sorted(pairs - set(stored))
    )
