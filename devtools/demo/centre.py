"""The invented centre, ground floor: MGOPS Lubsko, its people, their roles, regions, contracts and deputies.

Nothing here is real: no person, no number, no address. Days are counted back from the day of loading.
"""

from datetime import date, timedelta
from decimal import Decimal

from lubsko_ops.accounts.actions import (
    appoint_deputy,
    create_account,
    grant_region,
    grant_role,
    sign_contract,
)
from lubsko_ops.accounts.models import ContractForm, Region, User
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.centre import models
from lubsko_ops.core import clock
from lubsko_ops.core.dates import add_months
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import count_of

DOES = "Zakładam konta, role, rejony i umowy"
PASSWORD = "Lubsko-demo-2026"
TOWN, VILLAGES = "Rejon I, Lubsko miasto", "Rejon II, wsie gminy"

# Account, name, role, and for how many months the person has worked here. The administrator opens the accounts.
PEOPLE = (
    ("jan", "Jan", "Wilk", Role.ADMIN, 84),
    ("maria", "Maria", "Bocian", Role.MANAGER, 83),
    ("tomasz", "Tomasz", "Lis", Role.SOCIAL_WORKER, 80),
    ("anna", "Anna", "Sikora", Role.ASSISTANT, 72),
    ("zofia", "Zofia", "Kos", Role.SOCIAL_WORKER, 66),
    ("ewa", "Ewa", "Czyż", Role.ASSISTANT, 60),
    ("julia", "Julia", "Dudek", Role.ASSISTANT, 30),
)


def load(day: date) -> str:
    """Build the ground floor around the day; returns what was made, in words."""
    staff = {}
    for username, first_name, last_name, role, months in PEOPLE:
        since = add_months(day, -months)
        with clock.freeze_time(since):
            user = create_account(
                username=username, first_name=first_name, last_name=last_name, password=PASSWORD
            )
            staff[username] = user
            grant_role(user=user, role=role, starts_on=since, by=staff["jan"])
    _centre(day, by=staff["jan"])
    _regions(day, staff)
    _contracts(day, staff)
    _deputies(day, staff)
    return count_of(len(PEOPLE), "konto,konta,kont")


def _centre(day: date, *, by: User) -> None:
    with clock.freeze_time(add_months(day, -84)):
        save_with_history(
            models.Centre(
                name="Miejsko-Gminny Ośrodek Pomocy Społecznej w Lubsku",
                name_locative="Miejsko-Gminnym Ośrodku Pomocy Społecznej w Lubsku",
                short_name="MGOPS Lubsko",
                locality="Lubsko",
                address_line="ul. Przykładowa 12, 68-300 Lubsko",
                phone="68 000 00 00",
                email="sekretariat@mgops-lubsko.example",
                website="mgops-lubsko.example",
            ),
            by=by,
            why="Dane ośrodka",
        )
    models.clear_cache()


def _regions(day: date, staff: dict[str, User]) -> None:
    """The town is Tomasz's; the villages were his as well until Zofia came."""
    town, villages = (Region.objects.create(name=name) for name in (TOWN, VILLAGES))
    began, zofia_came = add_months(day, -80), add_months(day, -66)
    for user, region, since, until in (
        ("tomasz", town, began, None),
        ("tomasz", villages, began, zofia_came - timedelta(days=1)),
        ("zofia", villages, zofia_came, None),
    ):
        with clock.freeze_time(since):
            grant_region(user=staff[user], region=region, starts_on=since, ends_on=until, by=staff["jan"])


def _contracts(day: date, staff: dict[str, User]) -> None:
    """Full time, three quarters after a services contract, and a services contract that ends in six weeks."""
    fixed = add_months(day, -36)
    for user, form, fraction, since, until in (
        ("anna", ContractForm.EMPLOYMENT, "1", add_months(day, -72), None),
        ("ewa", ContractForm.SERVICES, "1", add_months(day, -60), fixed - timedelta(days=1)),
        ("ewa", ContractForm.EMPLOYMENT, "0.75", fixed, None),
        ("julia", ContractForm.SERVICES, "0.5", add_months(day, -30), day + timedelta(days=42)),
    ):
        with clock.freeze_time(since):
            sign_contract(
                user=staff[user],
                form=form,
                fraction=Decimal(fraction),
                starts_on=since,
                ends_on=until,
                by=staff["jan"],
            )


def _deputies(day: date, staff: dict[str, User]) -> None:
    """Zofia stood in for the manager some weeks ago; Tomasz will do so in three weeks."""
    for user, named, since, until in (("zofia", -65, -50, -32), ("tomasz", -4, 21, 34)):
        with clock.freeze_time(day + timedelta(days=named)):
            appoint_deputy(
                of=staff["maria"],
                user=staff[user],
                starts_on=day + timedelta(days=since),
                ends_on=day + timedelta(days=until),
                by=staff["jan"],
            )
