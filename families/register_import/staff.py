"""What the check asks the centre for: its regions, and the accounts of assistants and social workers by name."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from families.register_import.cells import CellError, shown, to_text
from families.register_import.reading import CellValue
from lubsko_ops.accounts.models import Contract, Region, RoleGrant, User
from lubsko_ops.core.dates import Range
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import join_list
from lubsko_ops.core.search_keys import fold

SHOWN_CHOICES = 12


@dataclass
class Staff:
    """Accounts that hold or held a role, found by "Nazwisko Imię", "Imię Nazwisko" or the user name."""

    role: Role
    users: list[User]
    days: dict[int, list[Range]]  # of the role, by id of the user

    @classmethod
    def load(cls, role: Role) -> "Staff":
        days: dict[int, list[Range]] = defaultdict(list)
        for user, start, end in RoleGrant.objects.filter(role=role).values_list(
            "user", "starts_on", "ends_on"
        ):
            days[user].append((start, end))
        users = User.objects.filter(pk__in=days).order_by("last_name", "first_name", "pk")
        return cls(role, list(users), days)

    def read(self, value: CellValue) -> tuple[User | None, str]:
        """The account meant by the cell; None of an empty one. Raises CellError with the choices."""
        text = to_text(value)
        if not text:
            return None, ""
        wanted = sorted(fold(text.replace(",", " ")).split())
        meant = [
            user for user in self.users if wanted in (sorted(fold(str(user)).split()), [fold(user.username)])
        ]
        if len(meant) == 1:
            return meant[0], ""
        if meant:
            names = join_list((user.username for user in meant), "albo")
            raise CellError(f"{shown(value)} to kilka kont.", f"wpisz nazwę użytkownika: {names}")
        people = (f"{user.last_name} {user.first_name}" for user in self.users[:SHOWN_CHOICES])
        names = join_list(people, "albo")
        todo = f"wpisz jedną z osób: {names}" if names else "najpierw załóż konto"
        raise CellError(f"Nie ma takiej osoby wśród kont ({self.role.label}): {shown(value)}.", todo)

    def holds_role(self, user: User, day: date) -> bool:
        return any(start <= day and (end is None or day <= end) for start, end in self.days[user.pk])


def load_contracts() -> dict[int, list[Range]]:
    """Days of the contracts by id of the assistant."""
    contracts: dict[int, list[Range]] = defaultdict(list)
    for user, start, end in Contract.objects.values_list("user", "starts_on", "ends_on"):
        contracts[user].append((start, end))
    return contracts


def read_region(value: CellValue, regions: list[Region]) -> tuple[Region | None, str]:
    text = to_text(value)
    if not text:
        return None, ""
    for region in regions:
        if fold(region.name) == fold(text):
            return region, ""
    names = join_list((f"„{region.name}”" for region in regions[:SHOWN_CHOICES]), "albo")
    todo = f"wpisz jeden z rejonów: {names}" if names else "najpierw dodaj rejon w ustawieniach"
    raise CellError(f"Nie ma takiego rejonu: {shown(value)}.", todo)
