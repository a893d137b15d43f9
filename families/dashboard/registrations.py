from families.dashboard.roles import of_families
from lubsko_ops.core import dashboard


def register() -> None:
    dashboard.register_panels(10, of_families)
