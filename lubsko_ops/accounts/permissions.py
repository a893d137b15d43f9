"""What users may do in this app."""

from lubsko_ops.core.permissions import Permission, Role

STAFF_VIEW = Permission("staff_view", "czytać listę kont i ról", {Role.MANAGER, Role.ADMIN})
# Also the manager's: a centre must be able to work without its IT person.
ACCOUNTS_MANAGE = Permission(
    "accounts_manage",
    "zakładać konta, nadawać role i wystawiać odsyłacze do kont",
    {Role.MANAGER, Role.ADMIN},
)
ACCESS_ACKNOWLEDGE = Permission(
    "access_acknowledge", "przyjmować do wiadomości dostęp nadany przez innych", {Role.MANAGER}
)
