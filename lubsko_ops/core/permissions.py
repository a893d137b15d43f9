"""The permission table: what each role may do, and which sensitive data it may see.

Which families a user may open is decided elsewhere (``visible_to`` in families/permissions.py); a page needs both.
"""

from django.db import models


class Role(models.TextChoices):
    """Rola w ośrodku. Held through dated RoleGrant rows (accounts/models.py); a user may hold several at once."""

    ASSISTANT = "assistant", "asystent rodziny"
    SOCIAL_WORKER = "social_worker", "pracownik socjalny"
    SPECIALIST = "specialist", "specjalista"
    MANAGER = "manager", "kierownik"
    ADMIN = "admin", "administrator"


class Permission(models.TextChoices):
    """What a user may do. The label completes the sentence "Ta osoba może …"."""

    OWN_ACCOUNT = "own_account", "korzystać z własnego konta"
    FAMILY_VIEW = "family_view", "czytać teczki rodzin w swoim zasięgu"
    FAMILY_OPEN = "family_open", "założyć teczkę rodziny"
    FAMILY_EDIT = "family_edit", "zmieniać dane rodziny i osób"
    ASSIGN = "assign", "przydzielać asystenta i pracownika socjalnego"
    BASIS_RECORD = "basis_record", "zapisywać podstawę pracy z rodziną"
    VISIT_VIEW = "visit_view", "czytać wizyty i kontakty"
    VISIT_LOG = "visit_log", "wpisywać wizyty"
    CONTACT_LOG = "contact_log", "wpisywać kontakty telefoniczne i z instytucjami"
    SAFEGUARDING_FOLLOW_UP = "safeguarding_follow_up", "zapisywać, co zrobiono w sprawie zagrożenia dziecka"
    PLAN_VIEW = "plan_view", "czytać plany pracy z rodziną"
    PLAN_WRITE = "plan_write", "pisać plan pracy z rodziną i odnotowywać jego postępy"
    PLAN_CONSULT = "plan_consult", "konsultować plany pracy"
    PLAN_ACCEPT = "plan_accept", "akceptować plany pracy"
    PLAN_SIGN = "plan_sign", "odnotowywać podpisy pod planem"
    PEOPLE_MERGE = "people_merge", "łączyć wpisy o tej samej osobie"
    ACCESS_LOG_VIEW = "access_log_view", "sprawdzać, kto otwierał teczkę"
    STAFF_VIEW = "staff_view", "czytać listę kont i ról"
    REPORT_VIEW = "report_view", "czytać sprawozdanie z własnej pracy"
    REPORT_CENTRE = "report_centre", "czytać sprawozdania ośrodka i każdego asystenta, pisać wnioski ośrodka"


COMMON_PERMISSIONS = {Permission.OWN_ACCOUNT}

ROLE_PERMISSIONS: dict[str, set[Permission]] = {
    Role.ASSISTANT: COMMON_PERMISSIONS
    | {
        Permission.FAMILY_VIEW,
        Permission.FAMILY_EDIT,
        Permission.VISIT_VIEW,
        Permission.VISIT_LOG,
        Permission.CONTACT_LOG,
        Permission.SAFEGUARDING_FOLLOW_UP,
        Permission.REPORT_VIEW,
        Permission.PLAN_VIEW,
        Permission.PLAN_WRITE,
        Permission.PLAN_SIGN,
    },
    # Reports cover the work of assistants, so social workers have no access to them.
    Role.SOCIAL_WORKER: COMMON_PERMISSIONS
    | {
        Permission.FAMILY_VIEW,
        Permission.FAMILY_OPEN,
        Permission.FAMILY_EDIT,
        Permission.BASIS_RECORD,
        Permission.VISIT_VIEW,
        Permission.CONTACT_LOG,
        Permission.SAFEGUARDING_FOLLOW_UP,
        Permission.PLAN_VIEW,
        Permission.PLAN_CONSULT,
        Permission.PLAN_SIGN,
    },
    Role.SPECIALIST: COMMON_PERMISSIONS | {Permission.FAMILY_VIEW},
    Role.MANAGER: COMMON_PERMISSIONS
    | {
        Permission.FAMILY_VIEW,
        Permission.FAMILY_OPEN,
        Permission.FAMILY_EDIT,
        Permission.ASSIGN,
        Permission.BASIS_RECORD,
        Permission.VISIT_VIEW,
        Permission.CONTACT_LOG,
        Permission.SAFEGUARDING_FOLLOW_UP,
        Permission.PLAN_VIEW,
        Permission.PLAN_ACCEPT,
        Permission.PLAN_SIGN,
        Permission.PEOPLE_MERGE,
        Permission.ACCESS_LOG_VIEW,
        Permission.STAFF_VIEW,
        Permission.REPORT_VIEW,
        Permission.REPORT_CENTRE,
    },
    # The administrator manages accounts and the server and never sees case content.
    Role.ADMIN: COMMON_PERMISSIONS | {Permission.STAFF_VIEW},
}


class SensitiveKind(models.TextChoices):
    """Data inside a case file with narrower access (art. 9 and 10 RODO; Niebieska Karta)."""

    HEALTH = "health", "zdrowie i uzależnienia"
    COURT = "court", "sąd i orzeczenia"
    BLUE_CARD = "blue_card", "Niebieska Karta"


# For families the user may open. An assistant sees Niebieska Karta only as a member of the family's group, which is
# a fact of the case (see families/), so the role does not grant it.
SENSITIVE_ACCESS: dict[str, set[SensitiveKind]] = {
    Role.ASSISTANT: {SensitiveKind.HEALTH, SensitiveKind.COURT},
    Role.SOCIAL_WORKER: set(SensitiveKind),
    Role.SPECIALIST: set(),
    Role.MANAGER: set(SensitiveKind),
    Role.ADMIN: set(),
}


def has_permission(user, permission: Permission) -> bool:
    """Whether one of the user's current roles grants the permission."""
    if not user.is_authenticated or not user.is_active:
        return False
    return permission in COMMON_PERMISSIONS or any(
        permission in ROLE_PERMISSIONS[role] for role in user.roles
    )


def can_see_sensitive(user, kind: SensitiveKind) -> bool:
    """Whether one of the user's current roles may see this kind of sensitive data in a file they may open."""
    return any(kind in SENSITIVE_ACCESS[role] for role in user.roles)
