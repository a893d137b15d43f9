"""What users may do in this app."""

from lubsko_ops.core.permissions import Permission, Role

EMPLOYEE_FILE = Permission("employee_file", "prowadzić teczki asystentów i ich umowy", {Role.MANAGER})
