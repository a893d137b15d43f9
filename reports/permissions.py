"""What users may do in this app."""

from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.permissions import Permission, Role

# Reports cover the work of assistants, so social workers have no access to them.
REPORT_VIEW = Permission(
    "report_view",
    "czytać sprawozdanie z własnej pracy i wydawać je do podpisu",
    {Role.ASSISTANT, Role.MANAGER},
)
REPORT_CENTRE = Permission(
    "report_centre",
    "czytać sprawozdania ośrodka i każdego asystenta, pisać wnioski ośrodka i wydawać je do podpisu",
    {Role.MANAGER},
)
REPORT_DOWNLOAD_AREA = AccessArea("report", "pobrane sprawozdanie")
