"""The demo centre of ``./dev run``, as its tests ask for it."""

from devtools.demo import families
from devtools.demo.demo_centre import DemoCentre
from families.people.models import Family
from tests.factories import TODAY

LUBSKO = DemoCentre("lubsko", TODAY)
FAMILIES = LUBSKO.families


def get_family(key: str) -> Family:
    """A loaded family by its key."""
    return families.get_family(LUBSKO, key)
