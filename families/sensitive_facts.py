"""Which facts of a file belong to a narrower circle (lubsko_ops/core/permissions.py says who is in it)."""

from families.choices import BasisKind, Category, Problem
from lubsko_ops.core.permissions import Sensitive, sees

# An offence is a fact of art. 10 RODO like a court order. It stays with those who visit the family or lead the
# case: the procedure of Niebieska Karta has a narrower circle of its own.
PROBLEMS = {
    Problem.DISABILITY: Sensitive.HEALTH,
    Problem.ILLNESS: Sensitive.HEALTH,
    Problem.ALCOHOL: Sensitive.HEALTH,
    Problem.DRUGS: Sensitive.HEALTH,
    Problem.DOMESTIC_VIOLENCE: Sensitive.COURT,
    Problem.TRAFFICKING: Sensitive.COURT,
    Problem.AFTER_PRISON: Sensitive.COURT,
}
BASES = {BasisKind.COURT: Sensitive.COURT, BasisKind.ZA_ZYCIEM: Sensitive.HEALTH}
CATEGORIES = {Category.ZA_ZYCIEM: Sensitive.HEALTH}


def hidden_from(user, table: dict) -> list:
    """The values of the table this person may not see, within reach."""
    return [value for value, kind in table.items() if not sees(user, kind)]
