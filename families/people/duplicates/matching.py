"""Być może ta sama osoba: who looks like somebody already known, within a person's reach and in the whole centre."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from families.people.duplicates.models import DuplicateCandidate
from families.people.identity import PersonData
from families.people.models import Family, Membership, Person
from families.permissions import visible_to
from lubsko_ops.core.fields import pesel_key
from lubsko_ops.core.polish import join_list, short_date
from lubsko_ops.core.search_keys import build_search_key


@dataclass(frozen=True)
class Match:
    """A person already known who may be the one being entered, with her families within reach."""

    person: Person
    families: list[Family]

    @property
    def words(self) -> str:
        """ "Kacper Kowalski, ur. 30.08.2017, rodzina Kowalscy"."""
        born = f", ur. {short_date(self.person.born_on)}" if self.person.born_on else ""
        names = [family.name for family in self.families]
        return f"{self.person}{born}, {'rodziny' if len(names) > 1 else 'rodzina'} {join_list(names)}"


def alike(one: Person, other: Person) -> bool:
    """Whether two rows may be one person.

    The same PESEL; or the same day of birth and all words of one's names among the other's (in any spelling),
    unless two different PESEL numbers say that they are two.
    """
    if one.pesel_key and other.pesel_key:
        return one.pesel_key == other.pesel_key
    return bool(one.born_on) and one.born_on == other.born_on and named_alike(one, other)


def named_alike(one: Person, other: Person) -> bool:
    """Whether all words of one's names are among the other's, in any spelling."""
    words, others = set(one.search_key.split()), set(other.search_key.split())
    return words <= others or others <= words


def alike_here(entered: Person, other: Person) -> bool:
    """The same within one family, where a name is enough while one of the days of birth is not known."""
    if entered.pesel_key and other.pesel_key:
        return entered.pesel_key == other.pesel_key
    return named_alike(entered, other) and not (entered.born_on and other.born_on)


def known(data: PersonData, *, user, on: date, family: Family | None = None) -> list[Match]:
    """Persons of families this user may open who may be the one being entered. Nothing is told of the others.

    ``family``: the one she is being added to, where a person alike by name alone is asked about, too.
    """
    entered = Person(
        born_on=data.born_on,
        pesel_key=pesel_key(data.pesel),
        search_key=build_search_key(data.first_name, data.last_name, *data.other_spellings),
    )
    same = Q(pk__in=[])
    if entered.pesel_key:
        same |= Q(person__pesel_key=entered.pesel_key)
    if entered.born_on:
        same |= Q(person__born_on=entered.born_on)
    if family:
        same |= Q(family=family)
    if not same:
        return []
    rows = Membership.objects.filter(same, family__in=visible_to(user, on=on)).select_related(
        "person", "family"
    )
    found: dict[int, Match] = {}
    for row in rows.order_by("person", "starts_on"):
        if alike(entered, row.person) or (row.family == family and alike_here(entered, row.person)):
            match = found.setdefault(row.person_id, Match(row.person, []))
            if row.family not in match.families:
                match.families.append(row.family)
    return list(found.values())


@dataclass(frozen=True)
class Pair:
    """Two rows that may be one person; ``with_rows`` adds the memberships that tell them apart."""

    person_a: Person
    person_b: Person

    @property
    def same_number(self) -> bool:
        return bool(self.person_a.pesel_key) and self.person_a.pesel_key == self.person_b.pesel_key

    @property
    def why(self) -> str:
        return "ten sam PESEL" if self.same_number else "to samo imię, nazwisko i data urodzenia"

    @property
    def families(self) -> set[int]:
        """Ids of the families shown with the pair."""
        return {row.family_id for person in (self.person_a, self.person_b) for row in person.rows}


def pairs() -> list[Pair]:
    """All pairs in the centre still to be judged, in the order of surnames. For the manager."""
    rows = DuplicateCandidate.objects.select_related("person_a", "person_b").defer(
        "person_a__pesel", "person_b__pesel"
    )
    names = ("person_a__last_name", "person_a__first_name", "person_a__born_on", "person_a", "person_b")
    return [Pair(row.person_a, row.person_b) for row in rows.order_by(*names)]


def with_rows(found: list[Pair]) -> None:
    """Give each person of the pairs ``rows``: memberships with their families, oldest first. One statement."""
    people = [person for pair in found for person in (pair.person_a, pair.person_b)]
    rows = Membership.objects.filter(person__in=people).select_related("family").order_by("starts_on", "pk")
    of_person: dict[int, list[Membership]] = {}
    for row in rows:
        of_person.setdefault(row.person_id, []).append(row)
    for person in people:
        person.rows = of_person.get(person.pk, [])
        for row in person.rows:
            row.person = person
