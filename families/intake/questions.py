"""What the form of a new family asks about before it saves: it may be true, and it may be a slip."""

from collections import Counter

from families.choices import Kinship
from families.people.models import Family
from lubsko_ops.core.polish import join_list
from lubsko_ops.core.search_keys import fold

TWO = {Kinship.MOTHER: "dwie matki", Kinship.FATHER: "dwóch ojców"}


def unlikely(people: list[dict]) -> list[str]:
    """What is unlikely among the people entered together: "w rodzinie są dwie matki", in words.

    people: kinship, first_name, last_name and born_on of each.
    """
    kinships = Counter(each["kinship"] for each in people)
    said = [
        f"w rodzinie są {words}" if kin == Kinship.MOTHER else f"w rodzinie jest {words}"
        for kin, words in TWO.items()
        if kinships[kin] > 1
    ]
    names = Counter((fold(f"{each['first_name']} {each['last_name']}"), each["born_on"]) for each in people)
    for each in people:
        name = f"{each['first_name']} {each['last_name']}"
        if names.pop((fold(name), each["born_on"]), 0) > 1:
            said.append(f"{name} jest na liście dwa razy")
    return said


def words_of(family: Family) -> str:
    """ "Kowalscy: Danuta, Piotr i Kacper": enough to know the family by."""
    names = join_list(each.first_name for each in family.people_now)
    return f"{family.name}: {names}" if names else family.name
