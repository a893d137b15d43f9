"""A demo centre itself: its accounts, roles, regions, contracts and deputies, from ``centre.toml``."""

from datetime import date
from decimal import Decimal

from devtools.demo.demo_centre import DemoCentre
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
COAT_OF_ARMS = "herb.svg"


def load(demo: DemoCentre) -> str:
    """Create the centre and its staff around the day; returns a summary for the terminal."""
    clear_cache()  # passwords are compared with the name of the centre, and this process may remember another one
    people, staff = demo.content["staff"]["people"], {}
    for person in people:
        details = {name: value for name, value in person.items() if name not in ("role", "since")}
        since = demo.resolve(person["since"])
        with clock.freeze_time(since):
            user = create_account(**details, password=demo.content["password"])
            staff[user.username] = user
            by = staff[demo.administrator]
            grant_role(user=user, role=person["role"], starts_on=since, by=by)
    CentreLoader(demo, staff).load()
    return count_of(len(staff), "konto,konta,kont")


class CentreLoader:
    """Loads what ``centre.toml`` says besides the accounts."""

    def __init__(self, demo: DemoCentre, staff: dict[str, User]):
        self.demo, self.users, self.content = demo, staff, demo.content
        self.administrator, self.manager = staff[demo.administrator], staff[demo.manager]
        self.opened = demo.resolve(self.content["staff"]["opened"])

    def load(self) -> None:
        self._create_centre()
        self._acknowledge_roles()
        self._set_norms()
        self._grant_regions()
        self._add_dictionaries()
        self._sign_contracts()
        self._appoint_deputies()

    def _rows(self, name: str) -> list[dict]:
        """Rows about the staff; a centre may have none of them."""
        return self.content["staff"].get(name, [])

    def _create_centre(self) -> None:
        picture = self.demo.folder / COAT_OF_ARMS
        with clock.freeze_time(self.opened):
            save_centre(**self.content["centre"], by=self.administrator)
            if picture.exists():
                label = self.content["coat_of_arms"]
                save_coat_of_arms(content=picture.read_bytes(), label=label, by=self.administrator)

    def _acknowledge_roles(self) -> None:
        """The manager has read of all roles that the administrator granted, of the own one first."""
        waiting = RoleGrant.objects.filter(awaits_acknowledgement=True)
        for grant in sorted(waiting, key=lambda grant: (grant.user_id != self.manager.pk, grant.starts_on)):
            with clock.freeze_time(max(grant.starts_on, self.manager.date_joined.date())):
                acknowledge_grant(grant=grant, by=self.manager)

    def _set_norms(self) -> None:
        norms = self.content.get("norms", {})
        for row in norms.get("changes", ()):
            since = self.demo.resolve(row["since"])
            with clock.freeze_time(since):
                change_norm(
                    name=row["name"],
                    value=row["value"],
                    starts_on=since,
                    decided_by=row["decided_by"],
                    by=self.manager,
                    why=row.get("why", ""),
                )
        if "confirmed" in norms:
            with clock.freeze_time(self.demo.resolve(norms["confirmed"])):
                confirm_norms(by=self.manager)

    def _grant_regions(self) -> None:
        with clock.freeze_time(self.opened):
            regions = {
                key: add_entry(entry=Region(name=each["name"]), by=self.administrator)
                for key, each in self.demo.regions.items()
            }
        for row in self._rows("regions"):
            days = self._days(row)
            with clock.freeze_time(days["starts_on"]):
                user, region = self.users[row["user"]], regions[row["region"]]
                grant = grant_region(user=user, region=region, **days, by=self.administrator)
            with clock.freeze_time(max(days["starts_on"], self.manager.date_joined.date())):
                acknowledge_grant(grant=grant, by=self.manager)

    def _add_dictionaries(self) -> None:
        """Institutions, places of meetings and the symbols of the filing plan, in use before the first family comes."""
        entries = {
            "institutions": models.Institution,
            "places": models.MeetingPlace,
            "filing_symbols": models.FilingSymbol,
        }
        with clock.freeze_time(self.opened):
            for name, model in entries.items():
                for row in self.content.get(name, ()):
                    add_entry(entry=model(**row), by=self.administrator)

    def _sign_contracts(self) -> None:
        for row in self._rows("contracts"):
            days, fraction = self._days(row), Decimal(row["fraction"])
            with clock.freeze_time(days["starts_on"]):
                sign_contract(
                    user=self.users[row["user"]],
                    form=row["form"],
                    fraction=fraction,
                    **days,
                    by=self.administrator,
                )

    def _appoint_deputies(self) -> None:
        for row in self._rows("deputies"):
            with clock.freeze_time(self.demo.resolve(row["appointed"])):
                manager = self.users[row["of"]]
                appoint_deputy(of=manager, user=self.users[row["user"]], **self._days(row), by=manager)

    def _days(self, row: dict) -> dict[str, date | None]:
        until = self.demo.resolve(row["until"]) if "until" in row else None
        return {"starts_on": self.demo.resolve(row["since"]), "ends_on": until}
