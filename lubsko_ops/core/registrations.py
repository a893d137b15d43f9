from lubsko_ops.core.permissions import OWN_ACCOUNT, PERMISSIONS


def register() -> None:
    PERMISSIONS.register(OWN_ACCOUNT)
