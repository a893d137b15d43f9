"""Actions on accounts, sessions, roles, deputies, regions, contracts and the first administrator."""

import hashlib
import secrets
from datetime import date
from decimal import Decimal

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from lubsko_ops.accounts.models import (
    Contract,
    ContractForm,
    FirstAdministratorLink,
    Region,
    RegionGrant,
    RoleGrant,
    User,
)
from lubsko_ops.accounts.signals import first_administrator_created
from lubsko_ops.audit.history import end_row, lock_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import short_date


@transaction.atomic
def create_account(*, username, first_name, last_name, password, phone="", by=None) -> User:
    """A new account (konto), without any role. Raises ValidationError for a taken name or a weak password."""
    user = User(
        username=username, first_name=first_name, last_name=last_name, phone=phone, date_joined=clock.now()
    )
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    return user


@transaction.atomic
def end_other_sessions(*, user, request=None) -> None:
    """End all sessions of the user except the one of this request, if it is the user's own."""
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])
    if request:
        update_session_auth_hash(request, user)


@transaction.atomic
def grant_role(*, user, role, starts_on: date, ends_on: date | None = None, deputy_for=None, by) -> RoleGrant:
    """Grant a role (nadanie roli) from a day; the grant of a deputy needs its last day."""
    grant = RoleGrant(user=user, role=role, starts_on=starts_on, ends_on=ends_on, deputy_for=deputy_for)
    return save_with_history(grant, by=by, why=f"Zastępstwo: {deputy_for}" if deputy_for else "Nadanie roli")


@transaction.atomic
def end_role(*, grant, on: date, by, why="Koniec roli") -> RoleGrant:
    """Set the last day of a role."""
    return end_row(grant, on=on, by=by, why=why)


@transaction.atomic
def appoint_deputy(*, of, user, starts_on: date, ends_on: date, by) -> RoleGrant:
    """Appoint a deputy of the manager (zastępstwo kierownika): the manager's role for a limited time."""
    if (
        not RoleGrant.objects.active_on(starts_on)
        .filter(user=of, role=Role.MANAGER, deputy_for=None)
        .exists()
    ):
        raise ValidationError("Zastępować można tylko osobę, która w tym dniu jest kierownikiem.")
    return grant_role(
        user=user, role=Role.MANAGER, starts_on=starts_on, ends_on=ends_on, deputy_for=of, by=by
    )


@transaction.atomic
def grant_region(*, user, region: Region, starts_on: date, ends_on: date | None = None, by) -> RegionGrant:
    """Assign a region (rejon) to a social worker from a day. Refused for a day on which the region is closed."""
    region = lock_row(Region.objects, pk=region.pk)
    if region.closed_from and (ends_on is None or ends_on >= region.closed_from):
        raise ValidationError(
            {"region": f"Rejon {region} jest zamknięty od {short_date(region.closed_from)}. Wybierz inny."}
        )
    grant = RegionGrant(user=user, region=region, starts_on=starts_on, ends_on=ends_on)
    return save_with_history(grant, by=by, why="Przypisanie rejonu")


@transaction.atomic
def sign_contract(
    *,
    user,
    starts_on: date,
    ends_on: date | None = None,
    form=ContractForm.EMPLOYMENT,
    fraction=Decimal(1),
    by,
) -> Contract:
    """Record the contract (umowa) of an assistant: form, fraction of full time, dates."""
    contract = Contract(user=user, form=form, fraction=fraction, starts_on=starts_on, ends_on=ends_on)
    return save_with_history(contract, by=by, why="Umowa")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def create_first_administrator_link() -> str | None:
    """Token of a one-time link that creates the first administrator; None when there is an administrator.

    Earlier unused links stop working.
    """
    if RoleGrant.objects.filter(role=Role.ADMIN).exists():
        return None
    FirstAdministratorLink.objects.filter(used_at=None).delete()
    token = secrets.token_urlsafe(32)
    FirstAdministratorLink.objects.create(token_hash=_hash(token), created_at=clock.now())
    return token


def get_first_administrator_link(token: str) -> FirstAdministratorLink | None:
    """The unused link of the token, locked; None when there is none or an administrator exists."""
    link = (
        FirstAdministratorLink.objects.select_for_update()
        .filter(token_hash=_hash(token), used_at=None)
        .first()
    )
    return None if RoleGrant.objects.filter(role=Role.ADMIN).exists() else link


@transaction.atomic
def create_first_administrator(*, token, username, first_name, last_name, password) -> User:
    """Use the one-time link: create the first account, with the administrator role from today."""
    link = get_first_administrator_link(token)
    if link is None:
        raise ValidationError("Ten odsyłacz już wykorzystano albo zastąpił go nowszy.")
    user = create_account(username=username, first_name=first_name, last_name=last_name, password=password)
    grant_role(user=user, role=Role.ADMIN, starts_on=clock.today(), by=user)
    link.used_at, link.used_by = clock.now(), user
    link.save()
    first_administrator_created.send(sender=User, user=user)
    return user
