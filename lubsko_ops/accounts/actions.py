"""Actions on accounts, roles, deputies, regions, contracts and the first administrator."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q

from lubsko_ops.accounts.duties import get_all_duties
from lubsko_ops.accounts.models import (
    Contract,
    ContractForm,
    FirstAdministratorLink,
    Region,
    RegionGrant,
    RoleGrant,
    User,
)
from lubsko_ops.accounts.notices import GrantT, end_grant
from lubsko_ops.accounts.rules import (
    CASE_ROLES,
    END_BEFORE_START,
    NO_REGION_WITHOUT_ROLE,
    Days,
    region_refusal,
    role_refusal,
)
from lubsko_ops.accounts.sessions import end_other_sessions
from lubsko_ops.accounts.signals import first_administrator_created
from lubsko_ops.audit.history import (
    VersionConflict,
    delete_with_history,
    lock_row,
    save_with_history,
)
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.locks import lock
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import join_list, short_date

SUCCESSION = timedelta(days=30)  # so long after the last manager nobody is the first one
DETAILS = ("first_name", "last_name", "username", "phone", "email")
LAST_ADMINISTRATOR = (
    "To ostatni administrator, który może się zalogować i ma rolę bez daty końca. Nadaj najpierw tę rolę innej "
    "osobie i poczekaj, aż ustawi hasło."
)


# ---- accounts --------------------------------------------------------------------------------------
@action
def create_account(
    *, username, first_name, last_name, password: str | None = None, phone="", email="", by=None
) -> User:
    """A new account (konto), without any role; without a password it waits for its invitation.

    Raises ValidationError for a taken name or a weak password.
    """
    user = User(username=username, first_name=first_name, last_name=last_name, phone=phone, email=email)
    user.date_joined = clock.now()
    if password is None:
        user.set_unusable_password()
    else:
        validate_password(password, user)
        user.set_password(password)
        user.password_set_at = clock.now()
    return _save_details(user, by=by, why="Nowe konto")


@action
def change_details(*, user, version: int | None = None, by, **details) -> User:
    """Change the names, the user name, telephone or e-mail (``DETAILS``) of the account."""
    lock(users=[user.pk])
    row = User.objects.get(pk=user.pk)
    if version is not None and row.version != version:
        raise VersionConflict(row)
    for name, value in details.items():
        setattr(row, name, value)
    return _save_details(row, by=by, why="Własne dane" if by.pk == row.pk else "Dane konta")


def _save_details(user: User, *, by, why: str) -> User:
    taken = ValidationError({"username": "Ta nazwa użytkownika jest zajęta. Dodaj np. cyfrę albo inicjał."})
    if User.objects.filter(username__iexact=user.username).exclude(pk=user.pk).exists():
        raise taken
    try:
        with transaction.atomic():  # somebody may take the name at this very moment
            return save_with_history(user, by=by, why=why)
    except IntegrityError as error:
        raise taken from error


@action
def open_account(*, roles: Iterable[dict], regions: Iterable[dict], by, **details) -> User:
    """A new account with its roles and regions, each with its days (the arguments of their own actions)."""
    user = create_account(**details, by=by)
    for row in roles:
        grant_role(user=user, **row, by=by)
    for row in regions:
        grant_region(user=user, **row, by=by)
    return user


@action
def set_password(*, user, password: str, by, why: str) -> User:
    """Set a new password, already validated; all sessions of the account end."""
    lock(users=[user.pk])
    user.set_password(password)
    user.password_set_at = clock.now()
    return save_with_history(user, by=by, why=why)


@action
def deactivate(*, user, version: int | None = None, by) -> User:
    """Close the account: its roles, regions and deputies end today, its sessions and links at once.

    Raises ValidationError while open work rests on the person, and for the last administrator.
    """
    if user.pk == by.pk:
        raise ValidationError(
            "Własnego konta nie zamyka się samemu. Może to zrobić inny administrator albo kierownik."
        )
    today = clock.today()
    deputies = RoleGrant.objects.filter(deputy_for=user).exclude(ends_on__lt=today)
    lock(users={user.pk, *_administrators(), *deputies.values_list("user", flat=True)})
    row = User.objects.get(pk=user.pk)
    if version is not None and row.version != version:
        raise VersionConflict(row)
    if not row.is_active:
        raise ValidationError("To konto jest już zamknięte.")
    if duties := get_all_duties(row, today):
        names = join_list([duty.text for duty in duties])
        raise ValidationError(
            f"Konta nie zamknięto, bo wciąż opierają się na nim: {names}. Przekaż je najpierw."
        )
    why = "Zamknięcie konta"
    for grant in RoleGrant.objects.filter(Q(user=row) | Q(deputy_for=row)).order_by("pk"):
        _end_today(grant, today, by=by, why=why)
    for region in RegionGrant.objects.filter(user=row).order_by("pk"):
        _end_today(region, today, by=by, why=why)
    for link in row.links.filter(used_at=None, cancelled_at=None).order_by("pk"):
        link.cancelled_at = clock.now()
        save_with_history(link, by=by, why=why)
    end_other_sessions(user=row)
    row.is_active = False
    save_with_history(row, by=by, why=why)
    if row.role_grants.filter(role=Role.ADMIN).exists():
        _check_administrators(today)
    return row


def _end_today(grant: GrantT, today: date, *, by, why: str) -> None:
    """The grant ends today; one that has not begun is removed."""
    if grant.starts_on > today:
        delete_with_history(grant, by=by, why=why)
    elif grant.ends_on is None or grant.ends_on > today:
        end_grant(grant, on=today, by=by, why=why)


@action
def reactivate(*, user, by) -> User:
    """Open a closed account again. It has no role until one is granted."""
    lock(users=[user.pk])
    row = User.objects.get(pk=user.pk)
    if row.is_active:
        raise ValidationError("To konto jest czynne.")
    row.is_active = True
    return save_with_history(row, by=by, why="Przywrócenie konta")


# ---- roles -----------------------------------------------------------------------------------------
@action
def grant_role(*, user, role, starts_on: date, ends_on: date | None = None, deputy_for=None, by) -> RoleGrant:
    """Grant a role (nadanie roli) from a day; the grant of a deputy needs its last day.

    Access to cases that no manager grants awaits the acknowledgement of one.
    """
    lock(users=[user.pk])
    _check_role(user, Days(role, starts_on, ends_on), field="role")
    grant = RoleGrant(user=user, role=role, starts_on=starts_on, ends_on=ends_on, deputy_for=deputy_for)
    grant.awaits_acknowledgement = role in CASE_ROLES and opens_cases_unseen(by)
    return save_with_history(grant, by=by, why=f"Zastępstwo: {deputy_for}" if deputy_for else "Nadanie roli")


def _check_role(user: User, role: Days, *, field: str) -> None:
    _check_days(role.starts_on, role.ends_on)
    held = [Days(each.role, each.starts_on, each.ends_on) for each in user.role_grants.all()]
    if refusal := role_refusal(role, held):
        raise ValidationError({field: refusal})


def _check_days(starts_on: date, ends_on: date | None) -> None:
    if ends_on and ends_on < starts_on:
        raise ValidationError({"ends_on": END_BEFORE_START})


def opens_cases_unseen(user: User) -> bool:
    """Whether what the user opens to others must be acknowledged: of an administrator, a deputy, a manager in question.

    A deputy's rights end by themselves: the manager reads what the deputy granted, perhaps to prolong them.
    Accounts without a role, which enter the first rows of an installation, open nothing through the pages.
    """
    own = _confirmed_managers().filter(user=user, deputy_for=None)
    return not user.roles.isdisjoint({Role.ADMIN, Role.MANAGER}) and not own.exists()


def _confirmed_managers():
    """Grants of today's managers that await nobody."""
    grants = RoleGrant.objects.active_on(clock.today())
    return grants.filter(role=Role.MANAGER, awaits_acknowledgement=False)


def is_confirmed_manager(user: User) -> bool:
    """Whether the user is a manager today by a grant that awaits nobody."""
    return _confirmed_managers().filter(user=user).exists()


def _had_confirmed_manager(*, besides: User) -> bool:
    """Whether there is another confirmed manager, or was in the last days: ending a role makes nobody the first one."""
    since = clock.today() - SUCCESSION
    grants = RoleGrant.objects.active_on_or_after(since).filter(
        role=Role.MANAGER, awaits_acknowledgement=False
    )
    return grants.exclude(user=besides).exists()


@action
def acknowledge_grant(*, grant: GrantT, by) -> GrantT:
    """A manager has read that somebody else opened cases to a person. A first manager reads it of their own role."""
    lock(users=[grant.user_id])
    row = lock_row(type(grant)._default_manager, pk=grant.pk)
    if not row.awaits_acknowledgement:
        return row
    is_first = row.user_id == by.pk and not _had_confirmed_manager(besides=by)
    if row.entered_by_id == by.pk or not (is_first or is_confirmed_manager(by)):
        raise ValidationError(
            "Przyjąć to do wiadomości może inny kierownik niż ten, kto to nadał albo dostał."
        )
    row.awaits_acknowledgement = False
    return save_with_history(row, by=by, why="Przyjęto do wiadomości")


@action
def end_role(*, grant, on: date, by, why="Koniec roli", version: int | None = None) -> RoleGrant:
    """Set the last day of a role. Raises ValidationError for the last administrator.

    Open work does not keep it: access must be possible to end at once. The page asks about it first.
    """
    lock(users={grant.user_id, *(_administrators() if grant.role == Role.ADMIN else ())})
    row = lock_row(RoleGrant.objects.all(), pk=grant.pk, version=version)
    _check_last_day(
        row, on, "Ta rola kończy się {}. Żeby trwała dłużej, nadaj ją jeszcze raz od następnego dnia."
    )
    if row.role == Role.MANAGER and on < clock.today() - ONE_DAY:  # who followed whom must not be made up
        raise ValidationError({"ends_on": "Rola kierownika kończy się najwcześniej wczoraj."})
    ended = end_grant(row, on=on, by=by, why=why)
    if row.role == Role.ADMIN:
        _check_administrators(on)
    return ended


def _check_last_day(row: RoleGrant | RegionGrant, on: date, later: str) -> None:
    """Refuse a day before the first one, or after the last: what lasts longer is granted anew, with all its checks."""
    if on < row.starts_on:
        raise ValidationError({"ends_on": END_BEFORE_START})
    if row.ends_on and on > row.ends_on:
        raise ValidationError({"ends_on": later.format(short_date(row.ends_on))})


def _administrators() -> list[int]:
    """Ids of all who are or will be administrators: locked together, so that two cannot remove each other."""
    grants = RoleGrant.objects.filter(role=Role.ADMIN).exclude(ends_on__lt=clock.today())
    return list(grants.values_list("user", flat=True))


def _check_administrators(on: date) -> None:
    """Raise ValidationError when after the day nobody would be left who can log in as an administrator for good."""
    grants = RoleGrant.objects.filter(role=Role.ADMIN, ends_on=None, starts_on__lte=on, user__is_active=True)
    if not grants.exclude(user__password__startswith="!").exists():
        raise ValidationError(LAST_ADMINISTRATOR)


@action
def appoint_deputy(*, of, user, starts_on: date, ends_on: date | None, by) -> RoleGrant:
    """Appoint a deputy of the manager (zastępstwo kierownika): the manager's role for a limited time."""
    lock(users=[of.pk, user.pk])
    if ends_on is None:
        raise ValidationError({"ends_on": "Zastępstwo musi mieć ostatni dzień: prawa kończą się wtedy same."})
    if user.pk == of.pk:
        raise ValidationError({"deputy": "Nikt nie zastępuje sam siebie."})
    own = RoleGrant.objects.active_on(starts_on).filter(user=of, role=Role.MANAGER, deputy_for=None)
    if not own.exists():
        raise ValidationError(
            {"starts_on": "Zastępować można tylko osobę, która w tym dniu jest kierownikiem."}
        )
    _check_role(user, Days(Role.MANAGER, starts_on, ends_on), field="deputy")
    return grant_role(
        user=user, role=Role.MANAGER, starts_on=starts_on, ends_on=ends_on, deputy_for=of, by=by
    )


# ---- regions, contracts ----------------------------------------------------------------------------
@action
def grant_region(*, user, region: Region, starts_on: date, ends_on: date | None = None, by) -> RegionGrant:
    """Assign a region (rejon), open on these days, to a social worker. It awaits an acknowledgement as a role does."""
    lock(users=[user.pk])
    _check_days(starts_on, ends_on)
    social_worker = user.role_grants.filter(role=Role.SOCIAL_WORKER).exclude(ends_on__lt=starts_on)
    if not social_worker.exists():
        raise ValidationError({"region": NO_REGION_WITHOUT_ROLE})
    held = [Days(each.region_id, each.starts_on, each.ends_on) for each in user.region_grants.all()]
    if refusal := region_refusal(Days(region.pk, starts_on, ends_on), held):
        raise ValidationError({"region": refusal})
    region = lock_row(Region.objects, pk=region.pk)
    if region.closed_from and (ends_on is None or ends_on >= region.closed_from):
        raise ValidationError(
            {"region": f"Rejon {region} jest zamknięty od {short_date(region.closed_from)}. Wybierz inny."}
        )
    grant = RegionGrant(user=user, region=region, starts_on=starts_on, ends_on=ends_on)
    grant.awaits_acknowledgement = opens_cases_unseen(by)
    return save_with_history(grant, by=by, why="Przypisanie rejonu")


@action
def end_region(*, grant, on: date, by, version: int | None = None) -> RegionGrant:
    """Set the last day of a region."""
    lock(users=[grant.user_id])
    row = lock_row(RegionGrant.objects.all(), pk=grant.pk, version=version)
    _check_last_day(
        row, on, "Ten rejon kończy się {}. Żeby trwał dłużej, przypisz go jeszcze raz od następnego dnia."
    )
    return end_grant(row, on=on, by=by, why="Koniec rejonu")


@action
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


# ---- the first administrator -----------------------------------------------------------------------
def hash_token(token: str) -> str:
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
    FirstAdministratorLink.objects.create(token_hash=hash_token(token), created_at=clock.now())
    return token


def get_first_administrator_link(token: str) -> FirstAdministratorLink | None:
    """The unused link of the token, locked; None when there is none or an administrator exists."""
    link = (
        FirstAdministratorLink.objects.select_for_update()
        .filter(token_hash=hash_token(token), used_at=None)
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
