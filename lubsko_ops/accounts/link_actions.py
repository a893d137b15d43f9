"""Actions on one-time links: invitation, new password, new second factor; and what is shown because of them."""

import secrets
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from lubsko_ops.accounts.actions import (
    acknowledge_grant,
    hash_token,
    is_confirmed_manager,
    opens_cases_unseen,
)
from lubsko_ops.accounts.models import (
    LINK_LIFETIME,
    AccountLink,
    LinkAcknowledgement,
    LinkAudience,
    LinkKind,
    RoleEndNotice,
    RoleGrant,
    User,
    moment_text,
)
from lubsko_ops.accounts.notices import AccessNotice, get_waiting_notices
from lubsko_ops.accounts.rules import CASE_ROLES
from lubsko_ops.accounts.sessions import end_other_sessions
from lubsko_ops.audit.history import lock_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock
from lubsko_ops.core.permissions import Role

NEW_ONE = "O nowy poproś administratora albo kierownika."


@action
def issue_link(*, user, kind: LinkKind, by) -> tuple[AccountLink, str]:
    """A new one-time link of the account, with its token; earlier ones of the account stop working."""
    lock(users=[user.pk])
    row = User.objects.get(pk=user.pk)
    if not row.is_active:
        raise ValidationError("To konto jest zamknięte. Przywróć je najpierw.")
    for earlier in row.links.filter(used_at=None, cancelled_at=None).order_by("pk"):
        earlier.cancelled_at = clock.now()
        save_with_history(earlier, by=by, why="Zastąpiono nowszym")
    token = secrets.token_urlsafe(32)
    link = AccountLink(
        user=row,
        kind=kind,
        token_hash=hash_token(token),
        valid_until=clock.now() + LINK_LIFETIME,
        audience=_audience(row, by=by),
    )
    return save_with_history(link, by=by, why=f"Wystawiono: {link.get_kind_display()}"), token


def _audience(user: User, *, by) -> LinkAudience:
    """Who learns of the link: of an account with cases, now or before, its owner and a manager; of a manager's all."""
    # Ended ones too: a role could be ended for the moment of the link and granted again.
    roles = set(RoleGrant.objects.filter(user=user).values_list("role", flat=True))
    if roles.isdisjoint(CASE_ROLES):
        return LinkAudience.NOBODY
    if Role.MANAGER in roles:
        return LinkAudience.EACH_MANAGER
    return LinkAudience.ONE_MANAGER if opens_cases_unseen(by) else LinkAudience.OWNER


def get_link(token_hash: str) -> AccountLink | None:
    """The link of the token, whatever became of it."""
    return AccountLink.objects.select_related("user").filter(token_hash=token_hash).first()


def link_refusal(link: AccountLink | None, now: datetime) -> str:
    """Polish sentence when the link does not work; empty when it does."""
    if link is None:
        return f"Tego odsyłacza nie ma. Sprawdź, czy adres jest przepisany w całości. {NEW_ONE}"
    if link.used_at:
        return f"Ten odsyłacz już wykorzystano {moment_text(link.used_at)}. Działa jeden raz. {NEW_ONE}"
    if link.cancelled_at:
        return f"Ten odsyłacz zastąpił nowszy albo go unieważniono. {NEW_ONE}"
    if now >= link.valid_until:
        return f"Ten odsyłacz był ważny do {moment_text(link.valid_until)}. {NEW_ONE}"
    return "" if link.user.is_active else "To konto jest zamknięte."


@action
def use_link(*, link, password: str | None = None) -> User:
    """Use the link: set the password, or remove the second factor, so that the next login sets up another one.

    All sessions of the account end.
    """
    lock(users=[link.user_id])
    row = lock_row(AccountLink.objects.select_related("user"), pk=link.pk)
    if refusal := link_refusal(row, clock.now()):
        raise ValidationError(refusal)
    user = row.user
    if row.kind == LinkKind.SECOND_FACTOR:
        Authenticator.objects.filter(user=user).delete()
    elif password is None:
        raise ValidationError("Wpisz nowe hasło.")
    else:
        validate_password(password, user)
        user.set_password(password)
        user.password_set_at = clock.now()
    end_other_sessions(user=user)
    save_with_history(user, by=user, why=f"Wykorzystano odsyłacz: {row.get_kind_display()}")
    row.used_at = clock.now()
    save_with_history(row, by=user, why="Wykorzystano")
    return user


@action
def cancel_link(*, link, by) -> AccountLink:
    """Make an open link stop working."""
    lock(users=[link.user_id])
    row = lock_row(AccountLink.objects.all(), pk=link.pk)
    if not row.is_open(clock.now()):
        raise ValidationError(f"Ten odsyłacz już nie działa: {row.state_text(clock.now())}.")
    row.cancelled_at = clock.now()
    return save_with_history(row, by=by, why="Unieważniono")


@action
def acknowledge_link(*, link, by) -> LinkAcknowledgement:
    """The owner of the account or a manager has read that the link was issued, each for themselves."""
    reads_for_all = link.audience == LinkAudience.ONE_MANAGER and by.pk != link.user_id
    if reads_for_all and not is_confirmed_manager(by):
        raise ValidationError(
            "Przyjmij najpierw do wiadomości własną rolę albo poproś o to innego kierownika."
        )
    made, _ = LinkAcknowledgement.objects.get_or_create(link=link, user=by, defaults={"at": clock.now()})
    return made


@action
def acknowledge_end(*, notice: RoleEndNotice, by) -> RoleEndNotice:
    """A manager, or the owner of the account, has read that a manager's role ended."""
    if notice.reader_id != by.pk:
        raise ValidationError("Ta wiadomość jest dla kogoś innego.")
    notice.read_at = clock.now()
    notice.save(update_fields=["read_at"])
    return notice


@action
def acknowledge_all(*, notices: list[AccessNotice], by) -> int:
    """The manager has read all of these; returns how many still waited. One that is refused refuses all."""
    lock(users={notice.person_id for notice in notices})
    keys = {notice.key for notice in notices}
    waiting = [notice for notice in get_waiting_notices(by) if notice.key in keys]
    # A first manager reads of the own role before the others.
    for notice in sorted(waiting, key=lambda notice: notice.person_id != by.pk):
        row = notice.row
        if isinstance(row, AccountLink):
            acknowledge_link(link=row, by=by)
        elif isinstance(row, RoleEndNotice):
            acknowledge_end(notice=row, by=by)
        else:
            acknowledge_grant(grant=row, by=by)
    return len(waiting)
