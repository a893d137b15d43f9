from families.intake.permissions import FAMILY_OPEN
from lubsko_ops.core.permissions import PERMISSIONS


def register() -> None:
    PERMISSIONS.register(FAMILY_OPEN, order=20)
