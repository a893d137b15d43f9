"""Probable duplicates of people: matching rules, matches within the user's scope, pairs of the whole centre."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from families.people.birth import Birth, BirthPrecision
from families.people.models import DuplicateCandidate, Family, Membership, Person
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core.dates import Month, Year
from lubsko_ops.core.polish import join_list


@dataclass(frozen=True)
class DuplicateMatch:
    """An existing person who may be the one being entered, with their families within the user's scope."""

    person: Person
    families: list[Family]

    @property
    def label(self) -> str:
        """ "Kacper Kowalski, ur. 30.08.2017, rodzina Kowalscy"."""
        born = f", ur. {self.person.birth}" if self.person.birth else ""
        names = [family.name for family in self.families]
        return f"{self.person}{born}, {'rodziny' if len(names) > 1 else 'rodzina'} {join_list(names)}"


def is_probable_duplicate(first: Person, second: Person) -> bool:
    """Whether two records may be one person.

    Either the same PESEL, or agreeing dates of birth and a matching name, unless both have (different) PESEL numbers.
    """
    if first.pesel_key and second.pesel_key:
        return first.pesel_key == second.pesel_key
    if first.birth is None or second.birth is None:
        return False
    return first.birth.agrees_with(second.birth) and has_matching_name(first, second)


def births_agreeing(births: Iterable[Birth], prefix: str = "") -> Q:
    """Condition on people (at the prefix): every date of birth that agrees with one of these, and some others."""
    births = set(births)
    precision = f"{prefix}birth_precision"
    months = {Month.of(birth.first_day).start for birth in births if birth.precision != BirthPrecision.YEAR}
    years = {Year.of(birth.first_day).start for birth in births}
    same = Q(**{f"{prefix}born_on__in": {birth.first_day for birth in births}})
    same |= Q(**{f"{prefix}born_on__in": months, precision: BirthPrecision.MONTH})
    same |= Q(**{f"{prefix}born_on__in": years, precision: BirthPrecision.YEAR})
    for birth in births:
        if birth.precision:
            same |= Q(**{f"{prefix}born_on__range": (birth.first_day, birth.last_day)})
    return same


def has_matching_name(first: Person, second: Person) -> bool:
    """Whether all words of one person's names occur in the other's, in any spelling."""
    first_words, second_words = set(first.search_key.split()), set(second.search_key.split())
    return first_words <= second_words or second_words <= first_words


def is_possible_duplicate_in_family(entered: Person, existing: Person) -> bool:
    """Weaker rule within one family: a matching name is enough while either date of birth is unknown."""
    if entered.pesel_key and existing.pesel_key:
        return entered.pesel_key == existing.pesel_key
    return has_matching_name(entered, existing) and not (entered.born_on and existing.born_on)


def find_duplicates(entered: Person, *, user, on: date, family: Family | None = None) -> list[DuplicateMatch]:
    """People in families visible to the user who may be the person being entered.

    ``family``: the one the person is being added to, where a matching name alone is enough.
    """
    entered.clean()  # sets the keys that are compared
    same = Q(pk__in=[])
    if entered.pesel_key:
        same |= Q(person__pesel_key=entered.pesel_key)
    if entered.birth:
        same |= births_agreeing([entered.birth], "person__")
    if family:
        same |= Q(family=family)
    if not same:
        return []
    rows = Membership.objects.filter(same, family__in=Family.objects.visible_to(user, on=on)).select_related(
        "person", "family"
    )
    matches: dict[int, DuplicateMatch] = {}
    for row in rows.order_by("person", "starts_on"):
        if is_probable_duplicate(entered, row.person) or (
            row.family == family and is_possible_duplicate_in_family(entered, row.person)
        ):
            match = matches.setdefault(row.person_id, DuplicateMatch(row.person, []))
            if row.family not in match.families:
                match.families.append(row.family)
                note_shown([row.family_id])
    return list(matches.values())


@dataclass(frozen=True)
class DuplicatePair:
    """Two records that may be one person; ``attach_memberships`` adds their memberships."""

    person_a: Person
    person_b: Person

    @property
    def has_same_pesel(self) -> bool:
        return bool(self.person_a.pesel_key) and self.person_a.pesel_key == self.person_b.pesel_key

    @property
    def match_reason(self) -> str:
        if self.has_same_pesel:
            return "ten sam PESEL"
        same = self.person_a.birth == self.person_b.birth
        return f"to samo imię, nazwisko i {'data urodzenia' if same else 'zgodna data urodzenia'}"


def duplicate_pairs() -> list[DuplicatePair]:
    """All pairs in the centre awaiting a decision, ordered by surname; for the manager."""
    rows = DuplicateCandidate.objects.select_related("person_a", "person_b").defer(
        "person_a__pesel", "person_b__pesel"
    )
    names = ("person_a__last_name", "person_a__first_name", "person_a__born_on", "person_a", "person_b")
    return [DuplicatePair(row.person_a, row.person_b) for row in rows.order_by(*names)]


def attach_memberships(pairs: list[DuplicatePair]) -> None:
    """Set ``membership_rows`` (with families, oldest first) on each person of the pairs, in one query."""
    people = [person for pair in pairs for person in (pair.person_a, pair.person_b)]
    rows = Membership.objects.filter(person__in=people).select_related("family").order_by("starts_on", "pk")
    by_person: dict[int, list[Membership]] = {}
    for row in rows:
        by_person.setdefault(row.person_id, []).append(row)
        note_shown([row.family_id])
    for person in people:
        person.membership_rows = by_person.get(person.pk, [])
        for row in person.membership_rows:
            row.person = person
