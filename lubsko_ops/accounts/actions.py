"""Deeds about people: accounts, roles, deputies, regions, contracts, the first administrator."""

import hashlib
import secrets
from datetime import date
from decimal import Decimal

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from lubsko_ops.accounts.models import (
    Contract,
    ContractForm,
    FirstAdministratorLink,
    Region,
    RegionGrant,
    RoleGrant,
    User,
)
from lubsko_ops.audit.history import end_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role


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
def grant_role(*, user, role, starts_on: date, ends_on: date | None = None, deputy_for=None, by) -> RoleGrant:
    """Give a role (nadanie roli) from a day; a deputy's grant needs its last day."""
    grant = RoleGrant(user=user, role=role, starts_on=starts_on, ends_on=ends_on, deputy_for=deputy_for)
    return save_with_history(grant, by=by, why=f"Zastępstwo: {deputy_for}" if deputy_for else "Nadanie roli")


@transaction.atomic
def end_role(*, grant, on: date, by, why="Koniec roli") -> RoleGrant:
    """The last day of a role."""
    return end_row(grant, on=on, by=by, why=why)


@transaction.atomic
def appoint_deputy(*, of, user, starts_on: date, ends_on: date, by) -> RoleGrant:
    """A deputy of the manager (zastępstwo kierownika): the manager's role from day to day, ending by itself."""
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
    """Give a region (rejon) to a social worker from a day."""
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
    """A contract of an assistant (umowa): form, fraction of full time, dates."""
    contract = Contract(user=user, form=form, fraction=fraction, starts_on=starts_on, ends_on=ends_on)
    return save_with_history(contract, by=by, why="Umowa")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def create_first_administrator_link() -> str | None:
    """The token of a one-time link that makes the first administrator; None when the centre has one.

    An earlier unused link stops working: the terminal shows only the newest.
    """
    if RoleGrant.objects.filter(role=Role.ADMIN).exists():
        return None
    FirstAdministratorLink.objects.filter(used_at=None).delete()
    token = secrets.token_urlsafe(32)
    FirstAdministratorLink.objects.create(token_hash=_hash(token), made_at=clock.now())
    return token


def get_first_administrator_link(token: str) -> FirstAdministratorLink | None:
    """The unused link of the token, locked, while the centre has no administrator; otherwise None."""
    link = (
        FirstAdministratorLink.objects.select_for_update()
        .filter(token_hash=_hash(token), used_at=None)
        .first()
    )
    return None if RoleGrant.objects.filter(role=Role.ADMIN).exists() else link


@transaction.atomic
def create_first_administrator(*, token, username, first_name, last_name, password) -> User:
    """Use the one-time link: the first account, with the role of administrator from today."""
    link = get_first_administrator_link(token)
    if link is None:
        raise ValidationError("Ten odsyłacz już wykorzystano albo zastąpił go nowszy.")
    user = create_account(username=username, first_name=first_name, last_name=last_name, password=password)
    grant_role(user=user, role=Role.ADMIN, starts_on=clock.today(), by=user)
    link.used_at, link.used_by = clock.now(), user
    link.save()
    return user
