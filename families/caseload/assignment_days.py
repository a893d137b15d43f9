"""Days on which rows of other apps need an assistant to be assigned: they are not pulled from under those rows.

Days that lay outside the assignments before the change, as in imported history, do not stand in its way.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from families.caseload.models import WorkPeriod
from families.people.membership_days import days_text
from lubsko_ops.accounts.models import User
from lubsko_ops.core.registry import Registry

# Registered by other apps: the day and the assistant (id) of each of their rows in the period of work.
ASSIGNMENT_DAYS: Registry[Callable[[WorkPeriod], Iterable[tuple[date, int]]]] = Registry(
    "days of assignments"
)


def _days_outside(period: WorkPeriod) -> set[tuple[date, int]]:
    """The needed days on which the assistant is not assigned now."""
    rows = list(period.assignments.all())
    return {
        (day, assistant)
        for days in ASSIGNMENT_DAYS
        for day, assistant in days(period)
        if not any(row.assistant_id == assistant and row.is_active_on(day) for row in rows)
    }


@contextmanager
def keeping_visits(period: WorkPeriod, *, field: str = NON_FIELD_ERRORS) -> Iterator[None]:
    """Refuse a change of assignments, made inside, that leaves visits of an assistant without an assignment."""
    before = _days_outside(period)
    yield
    if lost := _days_outside(period) - before:
        names = {user.pk: str(user) for user in User.objects.filter(pk__in={pk for _, pk in lost})}
        listed = days_text((day, names[assistant]) for day, assistant in lost)
        sentence = f"W tych dniach są zapisane wizyty: {listed}. Zostałyby bez przydzielenia."
        raise ValidationError({field: f"{sentence} Wybierz inny dzień."})
