from lubsko_ops.audit.models import ACCESS_AREAS
from lubsko_ops.core.permissions import PERMISSIONS
from lubsko_ops.search.permissions import SEARCH, SEARCH_AREA


def register() -> None:
    PERMISSIONS.register(SEARCH, order=15)
    ACCESS_AREAS.register(SEARCH_AREA)
