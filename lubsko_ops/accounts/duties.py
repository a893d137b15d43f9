"""What rests on a person of the staff: apps register it, so that no account is closed over open work."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from lubsko_ops.accounts.models import User
from lubsko_ops.core.permissions import Permission, Role
from lubsko_ops.core.registry import Registry


@dataclass(frozen=True)
class PersonDuty:
    """Open work of one kind: "3 rodziny z otwartą pracą", its list and who may open that."""

    text: str
    url: str = ""
    permission: Permission | None = None


@dataclass(frozen=True)
class DutyKind:
    """The open work of one role. ``find(person, day)``: what is still open after this day."""

    name: str
    role: Role
    find: Callable[[User, date], Iterable[PersonDuty]]


PERSON_DUTIES: Registry[DutyKind] = Registry("duties of a person", key=lambda kind: kind.name)


def get_duties(person: User, after: date, *, roles: Collection[str]) -> list[PersonDuty]:
    """What rests on the person after the day, of these roles: those that the person has or had."""
    return [duty for kind in PERSON_DUTIES if kind.role in roles for duty in kind.find(person, after)]


def get_all_duties(person: User, after: date) -> list[PersonDuty]:
    """What rests on the person after the day, whatever the role it was taken over in."""
    return get_duties(person, after, roles=set(Role))
