"""What users may do in this app."""

from lubsko_ops.core.permissions import Permission, Role

FIRST_STEPS = Permission("first_steps", "prowadzić pierwsze kroki ośrodka", {Role.MANAGER, Role.ADMIN})
HEALTH_VIEW = Permission("health_view", "sprawdzać stan aplikacji", {Role.ADMIN})
DATA_EXPORT = Permission("data_export", "pobrać wszystkie dane ośrodka", {Role.MANAGER})
