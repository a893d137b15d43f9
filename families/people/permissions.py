"""What users may do in this app, and what its pages are called in the access log."""

from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.permissions import Permission, Role

# Not the administrator, who manages accounts and the server and never sees case content, and not the specialist, who
# has pages of their own with a narrow part of the file (families/specialists/).
FAMILY_VIEW = Permission(
    "family_view",
    "czytać teczki rodzin, do których ma dostęp",
    {Role.ASSISTANT, Role.SOCIAL_WORKER, Role.MANAGER},
)
FAMILY_EDIT = Permission(
    "family_edit", "zmieniać dane rodziny i osób", {Role.ASSISTANT, Role.SOCIAL_WORKER, Role.MANAGER}
)
PEOPLE_MERGE = Permission("people_merge", "łączyć wpisy o tej samej osobie", {Role.MANAGER})

FAMILY_LIST_AREA = AccessArea("list", "lista rodzin", is_listing=True)
DOWNLOAD_AREA = AccessArea("download", "pobrana lista rodzin")
PEOPLE_AREA = AccessArea("people", "osoby")
BASICS_AREA = AccessArea("basics", "dane rodziny")
DUPLICATES_AREA = AccessArea("duplicates", "być może ta sama osoba")
