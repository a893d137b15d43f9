"""What users may do in this app, and what its pages are called in the access log."""

from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.permissions import Permission, Role

PLAN_VIEW = Permission(
    "plan_view", "czytać plany pracy z rodziną", {Role.ASSISTANT, Role.SOCIAL_WORKER, Role.MANAGER}
)
PLAN_WRITE = Permission(
    "plan_write", "pisać plan pracy z rodziną i odnotowywać jego postępy", {Role.ASSISTANT}
)
PLAN_CONSULT = Permission("plan_consult", "konsultować plany pracy", {Role.SOCIAL_WORKER})
PLAN_ACCEPT = Permission("plan_accept", "akceptować plany pracy", {Role.MANAGER})
PLAN_SIGN = Permission(
    "plan_sign", "odnotowywać podpisy pod planem", {Role.ASSISTANT, Role.SOCIAL_WORKER, Role.MANAGER}
)

PLAN_AREA = AccessArea("plan", "plan pracy")
