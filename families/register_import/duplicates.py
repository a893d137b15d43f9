"""Families and people of a register who may already be in the files of the centre: shown, never refused.

The manager may see all files, so no match is beyond their scope.
"""

from collections import defaultdict
from collections.abc import Iterator

from families.people.duplicates.candidate_cache import comparable_people
from families.people.duplicates.matching import is_probable_duplicate
from families.people.models import Address, Family, Membership, Person
from families.register_import.register import FamilyEntry, Register
from families.register_import.tables import Findings, RegisterRow

BATCH = 500  # people compared by one statement
MERGE_ADVICE = "sprawdź, czy to nie ta sama osoba; można wczytać i połączyć wpisy później"


def find_duplicates(register: Register, findings: Findings) -> None:
    """Add a remark for each person, and each family by its name and address, that may already be here."""
    people = [(row, person) for entry in register.entries for row, person, _ in entry.people]
    matches = {}
    for start in range(0, len(people), BATCH):
        matches |= _matches(people[start : start + BATCH])
    members: dict[int, list[int]] = defaultdict(list)
    matched = {other.pk for others in matches.values() for other in others}
    for person_id, family in Membership.objects.filter(person__in=matched).values_list("person", "family"):
        members[person_id].append(family)
    for row, person in people:
        if others := matches.get(id(person)):
            files = sorted({family for other in others for family in members[other.pk]})
            same = any(other.pesel_key and other.pesel_key == person.pesel_key for other in others)
            why = "ma ten sam PESEL" if same else "ma to samo imię, nazwisko i datę urodzenia"
            text = f"{person} może już być w programie: {why}."
            findings.remark(row, "pesel" if same else "last_name", text, MERGE_ADVICE, files)
    for entry, files in _same_families(register):
        text = "Rodzina o tej nazwie i adresie ma już teczkę."
        findings.remark(entry.row, "name", text, "sprawdź, czy to nie ta sama rodzina", files)


def _matches(people: list[tuple[RegisterRow, Person]]) -> dict[int, list[Person]]:
    """People of the centre by the object of the person they may be."""
    columns = ("pesel_key", "born_on", "birth_precision", "search_key")
    candidates = comparable_people([person for _, person in people]).filter(merged_into=None).only(*columns)
    by_key, by_year = defaultdict(list), defaultdict(list)
    for each in candidates:
        if each.pesel_key:
            by_key[each.pesel_key].append(each)
        if each.born_on:
            by_year[each.born_on.year].append(each)
    matches: dict[int, list[Person]] = {}
    for _, person in people:
        same_year = by_year[person.born_on.year] if person.born_on else []
        possible = by_key[person.pesel_key] if person.pesel_key else []
        others = {each.pk: each for each in (*possible, *same_year) if is_probable_duplicate(person, each)}
        if others:
            matches[id(person)] = list(others.values())
    return matches


def _same_families(register: Register) -> Iterator[tuple[FamilyEntry, list[int]]]:
    """Families whose name and address a family of the centre has."""
    addressed = [entry for entry in register.entries if entry.address]
    existing: dict[tuple[str, str], list[int]] = defaultdict(list)
    names = {entry.family.search_key for entry in addressed}
    rows = Address.objects.filter(family__in=Family.objects.filter(search_key__in=names))
    for name, address, family in rows.values_list("family__search_key", "search_key", "family"):
        existing[name, address].append(family)
    for entry in addressed:
        if files := existing.get((entry.family.search_key, entry.address.search_key)):
            yield entry, sorted(set(files))
