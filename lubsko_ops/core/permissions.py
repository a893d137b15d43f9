"""The whole table of rights on one page: who may do what, and who may see which sensitive part.

Reach (which families a person may open) is not here: it is ``visible_to`` in the rooms (families/permissions.py).
A right says what may be done, reach says with whom; a page needs both.
"""

from django.db import models


class Role(models.TextChoices):
    """Rola w ośrodku. Given by dated grants; several at once are allowed (staff/models.py)."""

    ASSISTANT = "assistant", "asystent rodziny"
    SOCIAL_WORKER = "social_worker", "pracownik socjalny"
    SPECIALIST = "specialist", "specjalista"
    MANAGER = "manager", "kierownik"
    ADMIN = "admin", "administrator"


class Permission(models.TextChoices):
    """What may be done. The label finishes the sentence "Ta osoba może …"."""

    OWN_ACCOUNT = "own_account", "korzystać z własnego konta"
    FAMILY_VIEW = "family_view", "czytać teczki rodzin w swoim zasięgu"
    FAMILY_OPEN = "family_open", "założyć teczkę rodziny"
    FAMILY_EDIT = "family_edit", "zmieniać dane rodziny i osób"
    ASSIGN = "assign", "przydzielać asystenta i pracownika socjalnego"
    BASIS_RECORD = "basis_record", "zapisywać podstawę pracy z rodziną"
    VISIT_VIEW = "visit_view", "czytać wizyty i kontakty"
    VISIT_LOG = "visit_log", "wpisywać wizyty"
    CONTACT_LOG = "contact_log", "wpisywać kontakty telefoniczne i z instytucjami"
    DANGER_FOLLOW = "danger_follow", "zapisywać, co zrobiono w sprawie zagrożenia dziecka"
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


EVERYONE = {Permission.OWN_ACCOUNT}

GRANTS: dict[str, set[Permission]] = {
    Role.ASSISTANT: EVERYONE
    | {
        Permission.FAMILY_VIEW,
        Permission.FAMILY_EDIT,
        Permission.VISIT_VIEW,
        Permission.VISIT_LOG,
        Permission.CONTACT_LOG,
        Permission.DANGER_FOLLOW,
        Permission.REPORT_VIEW,
        Permission.PLAN_VIEW,
        Permission.PLAN_WRITE,
        Permission.PLAN_SIGN,
    },
    # Reports tell of the work of assistants: their manager reads them, a social worker has no part in them.
    Role.SOCIAL_WORKER: EVERYONE
    | {
        Permission.FAMILY_VIEW,
        Permission.FAMILY_OPEN,
        Permission.FAMILY_EDIT,
        Permission.BASIS_RECORD,
        Permission.VISIT_VIEW,
        Permission.CONTACT_LOG,
        Permission.DANGER_FOLLOW,
        Permission.PLAN_VIEW,
        Permission.PLAN_CONSULT,
        Permission.PLAN_SIGN,
    },
    Role.SPECIALIST: EVERYONE | {Permission.FAMILY_VIEW},
    Role.MANAGER: EVERYONE
    | {
        Permission.FAMILY_VIEW,
        Permission.FAMILY_OPEN,
        Permission.FAMILY_EDIT,
        Permission.ASSIGN,
        Permission.BASIS_RECORD,
        Permission.VISIT_VIEW,
        Permission.CONTACT_LOG,
        Permission.DANGER_FOLLOW,
        Permission.PLAN_VIEW,
        Permission.PLAN_ACCEPT,
        Permission.PLAN_SIGN,
        Permission.PEOPLE_MERGE,
        Permission.ACCESS_LOG_VIEW,
        Permission.STAFF_VIEW,
        Permission.REPORT_VIEW,
        Permission.REPORT_CENTRE,
    },
    # The IT person keeps accounts and the machine, never the content of a case.
    Role.ADMIN: EVERYONE | {Permission.STAFF_VIEW},
}


class SensitiveKind(models.TextChoices):
    """A narrower circle inside the file (art. 9 and 10 RODO; Niebieska Karta)."""

    HEALTH = "health", "zdrowie i uzależnienia"
    COURT = "court", "sąd i orzeczenia"
    BLUE_CARD = "blue_card", "Niebieska Karta"


# Within reach. Niebieska Karta for an assistant only when she sits in the family's group (a fact of the
# case, asked in families/), so the table does not give it to the role.
SEES: dict[str, set[SensitiveKind]] = {
    Role.ASSISTANT: {SensitiveKind.HEALTH, SensitiveKind.COURT},
    Role.SOCIAL_WORKER: set(SensitiveKind),
    Role.SPECIALIST: set(),
    Role.MANAGER: set(SensitiveKind),
    Role.ADMIN: set(),
}


def has_permission(user, permission: Permission) -> bool:
    """Whether one of the person's roles of today grants the permission."""
    if not user.is_authenticated or not user.is_active:
        return False
    return permission in EVERYONE or any(permission in GRANTS[role] for role in user.roles)


def can_see_sensitive(user, kind: SensitiveKind) -> bool:
    """Whether one of the person's roles of today may see this sensitive part of a file within reach."""
    return any(kind in SEES[role] for role in user.roles)
