"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import AUDIT_FIELDS, PERSONAL, PLAIN, SENSITIVE, VALIDITY_FIELDS

CLASSES = {
    "employees.EmployeeFile": {
        PERSONAL: {"variant", "other_roles", "languages"}, PLAIN: AUDIT_FIELDS | {"user"},
    },
    "employees.EmployeeDocument": {
        SENSITIVE: {"result"}, PERSONAL: {"kind", "dated", "years", "details", "location"},
        PLAIN: AUDIT_FIELDS | {"user"},
    },
    "employees.PointConfirmation": {
        PERSONAL: {"note"}, PLAIN: AUDIT_FIELDS | {"user", "point", "confirmed_on"},
    },
    "employees.Training": {
        PERSONAL: {"kind", "held_on", "hours", "subject", "organiser"}, PLAIN: AUDIT_FIELDS | {"user"},
    },
    "employees.Absence": {
        SENSITIVE: {"reason"}, PERSONAL: VALIDITY_FIELDS, PLAIN: AUDIT_FIELDS | {"user"},
    },
}  # fmt: skip
