"""Which facts of a file belong to a narrower circle (lubsko_ops/core/permissions.py says who is in it)."""

from families.choices import BasisKind, Category, Problem
from lubsko_ops.core.permissions import SensitiveKind, can_see_sensitive

# An offence is a fact of art. 10 RODO like a court order. It stays with those who visit the family or lead the
# case: the procedure of Niebieska Karta has a narrower circle of its own.
SENSITIVE_PROBLEMS = {
    Problem.DISABILITY: SensitiveKind.HEALTH,
    Problem.ILLNESS: SensitiveKind.HEALTH,
    Problem.ALCOHOL: SensitiveKind.HEALTH,
    Problem.DRUGS: SensitiveKind.HEALTH,
    Problem.DOMESTIC_VIOLENCE: SensitiveKind.COURT,
    Problem.TRAFFICKING: SensitiveKind.COURT,
    Problem.AFTER_PRISON: SensitiveKind.COURT,
}
SENSITIVE_BASES = {BasisKind.COURT: SensitiveKind.COURT, BasisKind.ZA_ZYCIEM: SensitiveKind.HEALTH}
SENSITIVE_CATEGORIES = {Category.ZA_ZYCIEM: SensitiveKind.HEALTH}


def hidden_values(user, table: dict) -> list:
    """The values of the table this person may not see, within reach."""
    return [value for value, kind in table.items() if not can_see_sensitive(user, kind)]
