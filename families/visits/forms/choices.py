"""What the form of a visit offers to choose from: people as tiles, areas with the likely ones first."""

from families.choices import Area
from families.people.queries import HouseholdMember
from families.visits.forms.agreements import named
from families.visits.queries import is_child
from lubsko_ops.core.polish import join_list

LIKELY_AREAS = 4


def tile(member: HouseholdMember, name: str) -> str:
    """Two lines of a tile: the name; kinship, the age of a child, the last day of somebody who has left."""
    words = [member.kinship, member.age if is_child(member) else "", member.until]
    return f"{name}\n{', '.join(word for word in words if word)}"


def children_seen(members: list[HouseholdMember], present: list[str]) -> list[str]:
    """A question about children ticked beforehand (``present``: ids) where nobody was let in; empty for none."""
    seen = [name for each, name in named(members) if is_child(each) and str(each.person.pk) in present]
    return [f"Odmówiono wpuszczenia, a zaznaczono dzieci jako widziane: {join_list(seen)}."] if seen else []


def areas_with(likely: list[str], chosen) -> list:
    """Areas: the likely and the chosen first, the others in a fold."""
    shown = set(likely) | set(chosen or [])
    first = [choice for choice in Area.choices if choice[0] in shown] or Area.choices[:LIKELY_AREAS]
    rest = [choice for choice in Area.choices if choice not in first]
    return [*first, (f"Pozostałe obszary ({len(rest)})", rest)] if rest else first
