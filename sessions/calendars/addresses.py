"""Private addresses of calendars: making, revoking, and which of them still works."""

import secrets
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q

from lubsko_ops.accounts.actions import hash_token
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import lock_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock
from lubsko_ops.core.permissions import has_permission
from projects.groups.queries import leaders_of
from projects.models import GroupLeader, ProjectGroup
from projects.scope import visible_groups
from sessions.choices import CalendarKind
from sessions.models import CalendarAddress
from sessions.permissions import CALENDAR_VIEW, MEETING_VIEW, NOT_RUN, runs_group

TOKEN_BYTES = 32
NOT_ALLOWED = "Nie masz już dostępu do tego kalendarza, więc nie można utworzyć jego adresu."
REVOKED_ALREADY = "Ten adres jest już unieważniony."


# ---- who may -----------------------------------------------------------------------------------------
def refusal(
    kind: str,
    user: User,
    *,
    group: ProjectGroup | None = None,
    leader: GroupLeader | None = None,
    on: date,
) -> str:
    """Why the user may not have an address of this kind; empty when the user may."""
    if not has_permission(user, CALENDAR_VIEW if kind == CalendarKind.WORKER else MEETING_VIEW):
        return NOT_ALLOWED
    if group is not None and not visible_groups(user).filter(pk=group.pk).exists():
        return NOT_ALLOWED
    if kind == CalendarKind.LEADER and leader is not None:
        group = leader.group
        if not runs_group(group.edition, leaders_of(group), user, on=on):
            return NOT_RUN
    return ""


def find_address(token: str, *, on: date) -> CalendarAddress | None:
    """The address that works: not revoked, of an open account that still has the right to what it shows."""
    rows = CalendarAddress.objects.select_related("user", "group", "leader__group__edition")
    row = rows.filter(token_hash=hash_token(token), revoked_at=None, user__is_active=True).first()
    if row is None or refusal(row.kind, row.user, group=row.group, leader=row.leader, on=on):
        return None
    return row


# ---- reading -----------------------------------------------------------------------------------------
def own_addresses(user: User) -> list[CalendarAddress]:
    """Those of the user that are not revoked: the own calendar first, then by group."""
    rows = CalendarAddress.objects.filter(user=user, revoked_at=None)
    rows = rows.select_related("group", "leader__group", "leader__user").order_by("entered_at", "pk")
    return sorted(rows, key=lambda each: each.kind != CalendarKind.WORKER)


def addresses_of_group(group: ProjectGroup, user: User) -> list[CalendarAddress]:
    """The user's addresses of the group and of who leads it."""
    return [
        each
        for each in own_addresses(user)
        if each.group_id == group.pk or (each.leader and each.leader.group_id == group.pk)
    ]


# ---- actions -----------------------------------------------------------------------------------------
@action
def make_address(
    *,
    kind: CalendarKind,
    by: User,
    group: ProjectGroup | None = None,
    leader: GroupLeader | None = None,
) -> CalendarAddress:
    """A new address with a random token."""
    lock(users=[by.pk])
    if text := refusal(kind, by, group=group, leader=leader, on=clock.today()):
        raise ValidationError(text)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = CalendarAddress(
        user=by, kind=kind, group=group, leader=leader, token=token, token_hash=hash_token(token)
    )
    return save_with_history(row, by=by, why="Nowy adres kalendarza")


@action
def revoke_address(*, address: CalendarAddress, by: User) -> CalendarAddress:
    """From now on the address answers as one that never was."""
    lock(users=[address.user_id])
    row = lock_row(CalendarAddress.objects.filter(user=by), pk=address.pk)
    if row.revoked_at:
        raise ValidationError(REVOKED_ALREADY)
    row.revoked_at = clock.now()
    return save_with_history(row, by=by, why="Unieważniono adres kalendarza")


@action
def renew_address(*, address: CalendarAddress, by: User) -> CalendarAddress:
    """Revoke the address and make another one of the same calendar."""
    lock(users=[address.user_id])
    old = revoke_address(address=address, by=by)
    return make_address(kind=CalendarKind(old.kind), group=old.group, leader=old.leader, by=by)


def count_of_group(group: ProjectGroup) -> int:
    """Number of addresses of the group and of who leads it, also revoked ones."""
    return CalendarAddress.objects.filter(Q(group=group) | Q(leader__group=group)).count()
