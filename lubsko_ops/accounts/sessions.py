"""Login sessions: which are open, and ending them.

A session is ended twice: its row is deleted, and the generation of the account's sessions is raised, which also ends
those that allauth has no row of.
"""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock

# The first name that a browser's description contains: most of them name others too.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "telefon z Androidem"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class LoginSession:
    """An open login session: the device, as its browser describes it, since when and from which address."""

    device: str
    since: datetime
    address: str
    is_current: bool


def device_name(user_agent: str) -> str:
    """ "Firefox, Windows"."""
    names = [next((name for mark, name in kinds if mark in user_agent), "") for kinds in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, names)) or "nieznane urządzenie"


def open_sessions(user, *, current: str | None = None) -> list[LoginSession]:
    """The open sessions of the user, the newest first; ``current``: the key of the session that asks. One statement."""
    alive = Session.objects.filter(expire_date__gt=clock.now()).values("session_key")
    rows = UserSession.objects.filter(user=user, session_key__in=alive).order_by("-created_at", "-pk")
    return [
        LoginSession(device_name(row.user_agent), row.created_at, row.ip, row.session_key == current)
        for row in rows
    ]


@transaction.atomic
def end_other_sessions(*, user, request=None) -> None:
    """End all sessions of the user except the one of this request, if it is the user's own."""
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])
    own = request.session.session_key if request else None
    ended = UserSession.objects.filter(user=user).exclude(session_key=own or "")
    Session.objects.filter(session_key__in=ended.values("session_key")).delete()
    ended.delete()
    if request:
        update_session_auth_hash(request, user)  # gives the session another key
        UserSession.objects.filter(session_key=own).update(session_key=request.session.session_key)


@action
def end_sessions(*, user, by, why: str, request=None) -> User:
    """End the login sessions of the account, except that of the request: other devices have to log in again."""
    lock(users=[user.pk])
    end_other_sessions(user=user, request=request)
    row = User.objects.get(pk=user.pk)
    return save_with_history(row, by=by, why=why)
