"""The demo centre itself: MGOPS Lubsko, its accounts, roles, regions, contracts and deputies, from ``centre.toml``."""

from datetime import date
from decimal import Decimal

from devtools.demo.dataset import FOLDER, read, resolve_date
from lubsko_ops.accounts.actions import (
    acknowledge_grant,
    appoint_deputy,
    create_account,
    grant_region,
    grant_role,
    sign_contract,
)
from lubsko_ops.accounts.models import Region, RoleGrant, User
from lubsko_ops.centre import models
from lubsko_ops.centre.actions import change_norm, confirm_norms, save_centre, save_coat_of_arms
from lubsko_ops.centre.dictionaries.actions import add_entry
from lubsko_ops.centre.models import clear_cache
from lubsko_ops.core import clock
from lubsko_ops.core.polish import count_of

PROGRESS_MESSAGE = "Zakładam konta, role, rejony i umowy"
ADMINISTRATOR, MANAGER = "jan", "maria"
COAT_OF_ARMS = "herb.svg"


def load(day: date) -> str:
    """Create the centre and its staff around the day; returns a summary for the terminal."""
    clear_cache()  # passwords are compared with the name of the centre, and this process may remember another one
    data = read("centre")
    staff: dict[str, User] = {}
    for person in data["staff"]["people"]:
        role, since = person.pop("role"), resolve_date(day, person.pop("since"))
        with clock.freeze_time(since):
            user = staff[person["username"]] = create_account(**person, password=data["password"])
            grant_role(user=user, role=role, starts_on=since, by=staff[ADMINISTRATOR])
    _create_centre(resolve_date(day, data["staff"]["opened"]), data["centre"], by=staff[ADMINISTRATOR])
    _acknowledge_roles(by=staff[MANAGER])
    _set_norms(day, data["norms"], staff)
    _grant_regions(day, data, staff)
    _add_dictionaries(resolve_date(day, data["staff"]["opened"]), data, by=staff[ADMINISTRATOR])
    _sign_contracts(day, data["staff"]["contracts"], staff)
    _appoint_deputies(day, data["staff"]["deputies"], staff)
    return count_of(len(staff), "konto,konta,kont")


def _create_centre(on: date, values: dict[str, str], *, by: User) -> None:
    with clock.freeze_time(on):
        save_centre(**values, by=by)
        save_coat_of_arms(content=(FOLDER / COAT_OF_ARMS).read_bytes(), label="Herb Lubska (zmyślony)", by=by)


def _set_norms(day: date, norms: dict, staff: dict[str, User]) -> None:
    for row in norms["changes"]:
        since = resolve_date(day, row["since"])
        with clock.freeze_time(since):
            change_norm(
                name=row["name"],
                value=row["value"],
                starts_on=since,
                decided_by=row["decided_by"],
                by=staff[norms["manager"]],
                why=row.get("why", ""),
            )
    with clock.freeze_time(resolve_date(day, norms["confirmed"])):
        confirm_norms(by=staff[norms["manager"]])


def _acknowledge_roles(*, by: User) -> None:
    """The manager has read of all roles that the administrator granted, of the own one first."""
    waiting = RoleGrant.objects.filter(awaits_acknowledgement=True)
    for grant in sorted(waiting, key=lambda grant: (grant.user_id != by.pk, grant.starts_on)):
        with clock.freeze_time(max(grant.starts_on, by.date_joined.date())):
            acknowledge_grant(grant=grant, by=by)


def _grant_regions(day: date, data: dict, staff: dict[str, User]) -> None:
    administrator, manager = staff[ADMINISTRATOR], staff[MANAGER]
    with clock.freeze_time(resolve_date(day, data["staff"]["opened"])):
        regions = {
            key: add_entry(entry=Region(name=each["name"]), by=administrator)
            for key, each in data["regions"].items()
        }
    for row in data["staff"]["regions"]:
        days = _days(day, row)
        with clock.freeze_time(days["starts_on"]):
            user, region = staff[row["user"]], regions[row["region"]]
            grant = grant_region(user=user, region=region, **days, by=administrator)
        with clock.freeze_time(max(days["starts_on"], manager.date_joined.date())):
            acknowledge_grant(grant=grant, by=manager)


def _add_dictionaries(on: date, data: dict, *, by: User) -> None:
    """Institutions, places of meetings and the symbols of the filing plan, in use before the first family comes."""
    with clock.freeze_time(on):
        for row in data["institutions"]:
            add_entry(entry=models.Institution(**row), by=by)
        for row in data["places"]:
            add_entry(entry=models.MeetingPlace(**row), by=by)
        for row in data["filing_symbols"]:
            add_entry(entry=models.FilingSymbol(**row), by=by)


def _sign_contracts(day: date, contracts: list[dict], staff: dict[str, User]) -> None:
    for row in contracts:
        days, fraction = _days(day, row), Decimal(row["fraction"])
        with clock.freeze_time(days["starts_on"]):
            sign_contract(
                user=staff[row["user"]], form=row["form"], fraction=fraction, **days, by=staff[ADMINISTRATOR]
            )


def _appoint_deputies(day: date, deputies: list[dict], staff: dict[str, User]) -> None:
    for row in deputies:
        with clock.freeze_time(resolve_date(day, row["appointed"])):
            manager = staff[row["of"]]
            appoint_deputy(of=manager, user=staff[row["user"]], **_days(day, row), by=manager)


def _days(day: date, row: dict[str, str]) -> dict[str, date | None]:
    until = resolve_date(day, row["until"]) if "until" in row else None
    return {"starts_on": resolve_date(day, row["since"]), "ends_on": until}
