"""Who may record what about a participant, and who may read the reason of a therapy."""

from datetime import date

from families.people.models import Family
from lubsko_ops.accounts.models import User
from lubsko_ops.core.permissions import Role, SensitiveKind, can_see_sensitive
from projects.models import GroupLeader, Participation
from projects.scope import runs_participants

NOT_FOR_THERAPY = "Powód terapii zna tylko zespół rodziny i prowadzący grupę."


def may_record(row: Participation, user: User, *, on: date) -> bool:
    """Whether the user records papers and contact: who runs the project, and who works with the family."""
    if runs_participants(row.edition, user, on=on):
        return True
    family = row.family_id
    return family is not None and Family.objects.workable_by(user, on=on).filter(pk=family).exists()


def may_read_therapy(row: Participation, user: User, *, on: date) -> bool:
    """The health circle of the family, and the specialist who leads the group; of an outsider any leader."""
    if Role.MANAGER in user.roles:
        return True
    leading = GroupLeader.objects.active_on(on).filter(group=row.group_id, user=user)
    may_lead = row.family_id is None or Role.SPECIALIST in user.roles
    if row.group_id and may_lead and leading.exists():
        return True
    if row.family_id is None or not can_see_sensitive(user, SensitiveKind.HEALTH):
        return False
    return Family.objects.visible_to(user, on=on).filter(pk=row.family_id).exists()
