"""Days on which rows of other apps need a person to belong to the family: they are not pulled from under those rows.

A presence at a visit, an agreement and a word about the plan say that the person was a living member that day. Days
that lay outside the memberships before the change, as in imported history, do not stand in its way.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from families.people.models import Membership, Person
from lubsko_ops.core.polish import join_list, short_date
from lubsko_ops.core.registry import Registry

DAYS_SHOWN = 6

# Registered by other apps: the days of their rows about the person (id) in the family (id), and what each is.
MEMBERSHIP_DAYS: Registry[Callable[[int, int], Iterable[tuple[date, str]]]] = Registry("days of members")


def days_text(days: Iterable[tuple[date, str]]) -> str:
    """ "05.10.2026 (obecność na wizycie) i 12.10.2026 (podpis pod planem)"; of many days the first ones."""
    rows = sorted(set(days))
    shown = [f"{short_date(day)} ({what})" for day, what in rows[:DAYS_SHOWN]]
    rest = len(rows) - DAYS_SHOWN
    return join_list([*shown, f"jeszcze {rest}"] if rest > 0 else shown)


def needed_days(family: int, person: int) -> set[tuple[date, str]]:
    """All days on which rows of other apps need the person in the family, and what each is."""
    return {row for days in MEMBERSHIP_DAYS for row in days(family, person)}


def days_outside(family: int, person: int) -> set[tuple[date, str]]:
    """The needed days on which the person is no living member of the family now."""
    needed = needed_days(family, person)
    if not needed:
        return set()
    rows = Membership.objects.filter(family=family, person=person).select_related("person")
    memberships = list(rows)
    return {row for row in needed if not any(each.is_member_on(row[0]) for each in memberships)}


def refuse_lost_days(family: int, person: Person, *, before: set, field: str = NON_FIELD_ERRORS) -> None:
    """Raise ValidationError at the field when days fell out of the memberships that were not outside ``before``."""
    if lost := days_outside(family, person.pk) - before:
        raise ValidationError(
            {
                field: f"{person} ma wtedy zapisy, przy których musi należeć do rodziny: {days_text(lost)}. "
                "Wybierz inny dzień albo popraw najpierw te zapisy."
            }
        )


@contextmanager
def keeping_days(family: int, person: Person, *, field: str = NON_FIELD_ERRORS) -> Iterator[None]:
    """Refuse a change of memberships, made inside, that pulls them from under rows of other apps."""
    before = days_outside(family, person.pk)
    yield
    refuse_lost_days(family, person, before=before, field=field)
