"""Actions on results: enter readings and sums, correct and remove a reading, choose what computes a goal."""

from collections.abc import Iterable
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import delete_with_history, lock_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock
from lubsko_ops.core.polish import short_date
from projects.actions import NOT_AUTHOR, NOT_COUNTED
from projects.indicators.computed import NO_NUMBER, numbers_of
from projects.indicators.rules import day_refusal, reading_refusal
from projects.models import BudgetLine, Edition, IndicatorReading, SpecificGoal
from projects.permissions import may_write
from projects.queries import families_of_participants
from projects.rules import COUNTED_STATES

Values = dict[int, Decimal | None]
NO_SOURCE = "Napisz, skąd znasz tę wartość, np. z ankiety albo z list obecności."
READ_THAT_DAY = "Ten wskaźnik ma już pomiar z tego dnia. Popraw tamten albo wpisz inny dzień."


@action
def record_results(
    *, edition: Edition, readings: Iterable[IndicatorReading], spent: Values, version: int | None, by: User
) -> Edition:
    """Enter readings of indicators (unsaved) and sums spent by id of the line, once the project runs.

    A second reading of a goal on one day corrects the first. Raises ValidationError for a goal that is computed, a day
    to come or before the project, and a value without its source.
    """
    row, why = _open_edition(edition.pk, by, version=version), "Wyniki i wydatki projektu"
    for reading in readings:
        _record_reading(row, reading, by=by, why=why)
    for each in BudgetLine.objects.filter(edition=row, pk__in=list(spent)):
        if each.typed_spent != spent[each.pk]:
            each.typed_spent = spent[each.pk]
            save_with_history(each, by=by, why=why)
    return save_with_history(row, by=by, why=why)


def _record_reading(edition: Edition, data: IndicatorReading, *, by: User, why: str) -> None:
    goal = SpecificGoal.objects.get(pk=data.goal_id, edition=edition)
    if refusal := reading_refusal(goal, data.day, first_day=edition.starts_on, today=clock.today()):
        raise ValidationError(refusal)
    if not data.source.strip():
        raise ValidationError(f"Cel {goal.position}: {NO_SOURCE}")
    row = goal.readings.filter(day=data.day).first() or IndicatorReading(goal=goal)
    if row.pk is None or row.entered_values() != data.entered_values():
        row.copy_entered(data)
        save_with_history(row, by=by, why=why)


@action
def correct_reading(
    *, reading: IndicatorReading, data: IndicatorReading, why: str, version: int | None, by: User
) -> IndicatorReading:
    """Correct the day, value or source of a reading, with the reason.

    Raises ValidationError for a day that has another reading of the goal, or on which there can be none.
    """
    edition = _open_edition(reading.goal.edition_id, by)
    row = lock_row(IndicatorReading.objects, pk=reading.pk, version=version)
    if refusal := day_refusal(data.day, first_day=edition.starts_on, today=clock.today()):
        raise ValidationError({"day": refusal})
    if IndicatorReading.objects.filter(goal=row.goal_id, day=data.day).exclude(pk=row.pk).exists():
        raise ValidationError({"day": READ_THAT_DAY})
    if not data.source.strip():
        raise ValidationError({"source": NO_SOURCE})
    row.copy_entered(data)
    return save_with_history(row, by=by, why=f"Poprawka pomiaru: {why}")


@action
def remove_reading(*, reading: IndicatorReading, why: str, version: int | None, by: User) -> None:
    """Remove a reading entered by mistake."""
    _open_edition(reading.goal.edition_id, by)
    row = lock_row(IndicatorReading.objects, pk=reading.pk, version=version)
    day = short_date(row.day)
    delete_with_history(row, by=by, why=f"Usunięcie pomiaru z {day}: {why}")


@action
def choose_number(
    *, goal: SpecificGoal, computed_by: str, why: str, version: int | None, by: User
) -> SpecificGoal:
    """Let the number of this key be the value of the goal, or, without one, its readings. These stay in any case."""
    edition = _open_edition(goal.edition_id, by)
    row = lock_row(SpecificGoal.objects, pk=goal.pk, version=version)
    labels = {each.key: each.label for each in numbers_of(edition)}
    if computed_by and computed_by not in labels:
        raise ValidationError({"computed_by": NO_NUMBER})
    row.computed_by = computed_by
    chosen = labels[computed_by] if computed_by else "wpisywana"
    return save_with_history(row, by=by, why=f"Wartość osiągnięta: {chosen}. Powód: {why}")


def _open_edition(pk: int, by: User, *, version: int | None = None) -> Edition:
    """The locked edition, once the user may enter its results now; before it the families whose deadlines go along."""
    lock(families=families_of_participants(pk))
    row = lock_row(Edition.objects, pk=pk, version=version)
    if row.state not in COUNTED_STATES:
        raise ValidationError(NOT_COUNTED)
    if not may_write(row, by):
        raise PermissionDenied(NOT_AUTHOR)
    return row
