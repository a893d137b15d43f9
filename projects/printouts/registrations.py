"""What the papers register: the part of the access log they stand in."""

from lubsko_ops.audit.models import ACCESS_AREAS
from projects.permissions import PRINTOUTS_AREA


def register() -> None:
    ACCESS_AREAS.register(PRINTOUTS_AREA)
