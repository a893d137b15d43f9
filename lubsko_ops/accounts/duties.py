"""What rests on a person of the staff: apps register it, so that no account is closed over open work."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from lubsko_ops.accounts.models import User
from lubsko_ops.core.permissions import Permission, Role
from lubsko_ops.core.registry import Registry


@dataclass(frozen=True)
class PersonDuty:
    """Open work of one kind: "3 rodziny z otwartą pracą", the role that carries it, its list and who may open that."""

    text: str
    role: Role
    url: str = ""
    permission: Permission | None = None


# Functions of (person, day): what is still open after this day.
PERSON_DUTIES: Registry[Callable[[User, date], Iterable[PersonDuty]]] = Registry("duties of a person")


def get_duties(person: User, after: date, *, role: Role | None = None) -> list[PersonDuty]:
    """What rests on the person after the day, of one role or of all."""
    found = [duty for get in PERSON_DUTIES for duty in get(person, after)]
    return [duty for duty in found if role in (None, duty.role)]
