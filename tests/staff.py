"""Users and regions of the test database, made once; after each flush their recorded rows are inserted."""

from datetime import date

from django.db import connection, transaction

from families.employees.actions import confirm_file
from families.employees.queries import get_file
from lubsko_ops.accounts.actions import create_account, grant_region, grant_role, sign_contract
from lubsko_ops.accounts.models import Region
from lubsko_ops.centre.dictionaries.actions import add_entry
from lubsko_ops.centre.models import clear_cache
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from tests.empty_tables import empty_with_referring
from tests.factories import TODAY
from tests.family_rows import all_rows, diff_sql
from tests.recorded_rows import recorded

PASSWORD = "Lubsko-demo-2026"
EMPLOYED_ON = date(2020, 1, 1)
TOWN, VILLAGES = "Rejon I, miasto", "Rejon II, wsie"
RECORDED: list[str] = []  # SQL that inserts the rows, after the first time


@recorded
def create_user(username, first_name, last_name, role=None, *, by):
    """A user with a role since 2020; an assistant has a contract too."""
    user = create_account(username=username, first_name=first_name, last_name=last_name, password=PASSWORD)
    if role:
        grant_role(user=user, role=role, starts_on=EMPLOYED_ON, by=by)
    if role == Role.ASSISTANT:
        sign_contract(user=user, starts_on=EMPLOYED_ON, by=by)
        confirm_employee_file(user, by=by)
    return user


def confirm_employee_file(user, *, by):
    """Every point of an assistant's file, confirmed from the papers, so that families may be assigned."""
    state = get_file(user, on=TODAY)
    codes = [each.requirement.code for each in state.points]
    notes = dict.fromkeys(codes, "akta osobowe")
    return confirm_file(user=user, confirmed_on=EMPLOYED_ON, points=codes, notes=notes, by=by)


def create_staff(**signal) -> None:
    """Receiver of post_migrate. Ids are the same each time: recorded families refer to them."""
    if Region.objects.exists():  # a database kept by --reuse-db, or a copy of the migrated one
        return
    if not RECORDED:
        before = all_rows()
        make_staff()
        RECORDED.append(diff_sql(before, all_rows()))
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(RECORDED[0])


@clock.freeze_time(TODAY)
def make_staff() -> None:
    clear_cache()  # of the centre, which a test before a flush may have named: passwords are compared with its name
    with connection.cursor() as cursor:
        for table in ("accounts_user", "accounts_region"):
            cursor.execute(f"ALTER SEQUENCE {table}_id_seq RESTART")
    system_user = create_user("system", "Konto", "Systemowe", by=None)
    town, villages = (add_entry(entry=Region(name=name), by=system_user) for name in (TOWN, VILLAGES))
    create_user("anna", "Anna", "Sikora", Role.ASSISTANT, by=system_user)
    create_user("ewa", "Ewa", "Czyż", Role.ASSISTANT, by=system_user)
    tomasz = create_user("tomasz", "Tomasz", "Lis", Role.SOCIAL_WORKER, by=system_user)
    zofia = create_user("zofia", "Zofia", "Kos", Role.SOCIAL_WORKER, by=system_user)
    for user, region in ((tomasz, town), (zofia, villages)):
        grant_region(user=user, region=region, starts_on=EMPLOYED_ON, by=system_user)
    create_user("maria", "Maria", "Bocian", Role.MANAGER, by=system_user)
    create_user("jan", "Jan", "Wilk", Role.ADMIN, by=system_user)


def delete_staff() -> None:
    """Empty every table that refers to a user or a region."""
    empty_with_referring("accounts_user", "accounts_region")
