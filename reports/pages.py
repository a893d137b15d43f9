"""The reports' place in the frame."""

from lubsko_ops import frame
from lubsko_ops.access import Permission


def register() -> None:
    frame.register(frame.NavItem("Sprawozdania", "reports:list", Permission.REPORT_VIEW, order=30))
