"""What users may do in this app, and what its pages are called in the access log."""

from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.permissions import Permission, Role

VISIT_VIEW = Permission(
    "visit_view", "czytać wizyty i kontakty", {Role.ASSISTANT, Role.SOCIAL_WORKER, Role.MANAGER}
)
VISIT_LOG = Permission("visit_log", "wpisywać wizyty", {Role.ASSISTANT})
CONTACT_LOG = Permission(
    "contact_log",
    "wpisywać kontakty telefoniczne i z instytucjami",
    {Role.ASSISTANT, Role.SOCIAL_WORKER, Role.MANAGER},
)
SAFEGUARDING_FOLLOW_UP = Permission(
    "safeguarding_follow_up",
    "zapisywać, co zrobiono w sprawie zagrożenia dziecka",
    {Role.ASSISTANT, Role.SOCIAL_WORKER, Role.MANAGER},
)
SAFEGUARDING_ACKNOWLEDGE = Permission(
    "safeguarding_acknowledge",
    "przyjmować zagrożenie dziecka do wiadomości",
    {Role.SOCIAL_WORKER, Role.MANAGER},
)

VISITS_AREA = AccessArea("visits", "wizyty i kontakty")
