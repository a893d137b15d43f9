"""What users may do with the dictionaries."""

from lubsko_ops.core.permissions import Permission, Role

DICTIONARY_EDIT = Permission(
    "dictionary_edit", "prowadzić rejony, słowniki i symbole JRWA", {Role.MANAGER, Role.ADMIN}
)
