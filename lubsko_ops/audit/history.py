"""History: who changed what, when and why. The only place that knows simple-history.

Case rows are written through ``save_as`` and ``end_as`` and in no other way (a test keeps it so): the row is
cleaned, its version rises, and the history gets the author, the reason and the clock's time.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from simple_history.utils import bulk_create_with_history

from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core import actions, clock


class VersionConflict(Exception):
    """Somebody saved the row after this person had opened it."""

    def __init__(self, row):
        super().__init__("saved by somebody else in the meantime")
        self.row = row


def save_with_history(row: AuditedModel, *, by, why: str) -> AuditedModel:
    """Clean and save the row as this person, for this reason; returns the row.

    Raises ValidationError with sentences from the rules of the row. Its constraints are left to the database,
    which alone can judge them while others write: a breach comes back as the constraint's own sentence.
    """
    if row._state.adding:
        row.entered_at, row.entered_by = clock.now(), by
    row.version += 1
    row.clean_fields(exclude={field.name for field in row._meta.concrete_fields if field.is_relation})
    row.clean()
    row._history_user, row._change_reason, row._history_date = by, why, clock.now()
    try:
        with _atomic():
            row.save()
    except IntegrityError as breach:
        raise ValidationError(_constraint_message(row, breach)) from breach
    actions.record_write(row)
    return row


def bulk_save_with_history(rows: list[AuditedModel], *, by, why: str) -> list[AuditedModel]:
    """Write new rows of one model with their history in two statements, whatever their number; returns them.

    The rows are as clean as the deed made them: their constraints are judged by the database.
    """
    if not rows:
        return []
    now = clock.now()
    for row in rows:
        row.entered_at, row.entered_by, row.version = now, by, 1
    try:
        with _atomic():
            written = bulk_create_with_history(
                rows, type(rows[0]), default_user=by, default_change_reason=why, default_date=now
            )
    except IntegrityError as breach:
        raise ValidationError(_constraint_message(rows[0], breach)) from breach
    for row in written:
        actions.record_write(row)
    return written


def _atomic():
    """A refused row undoes itself; inside a deed it undoes the deed, which has a savepoint of its own."""
    return transaction.atomic(savepoint=not actions.in_action())


def _constraint_message(row: AuditedModel, breach: IntegrityError) -> str:
    """What the broken constraint says to people. A constraint that is not the row's own is a bug: it goes on."""
    name = breach.__cause__.diag.constraint_name
    for constraint in row._meta.constraints:
        if constraint.name == name:
            return constraint.get_violation_error_message()
    raise breach


def end_row(row, *, on: date, by, why: str):
    """End a dated row with the given last day. A row that would end before it began is refused."""
    if row.starts_on > on:
        raise ValidationError("Koniec nie może poprzedzać początku.")
    row.ends_on = on
    return save_with_history(row, by=by, why=why)


def reopen_row(row, *, ended_on: date, because: str, by, why: str):
    """Give a dated row back the last day it had before it was ended on this day for this reason.

    Returns the row; None when it was ended otherwise, and then nothing is written.
    """
    entries = row.history.order_by("-history_id")
    ended = entries.filter(history_change_reason=because, ends_on=ended_on).first()
    if row.ends_on != ended_on or ended is None:
        return None
    row.ends_on = entries.filter(history_id__lt=ended.history_id).first().ends_on
    return save_with_history(row, by=by, why=why)


def delete_with_history(row: AuditedModel, *, by, why: str) -> None:
    """Delete a row entered by mistake (wpisano przez pomyłkę); its history stays and says who took it back and why.

    Raises ValidationError while other rows of the case hang on it.
    """
    row._history_user, row._change_reason, row._history_date = by, why, clock.now()
    try:
        with transaction.atomic():
            row.delete()
    except models.ProtectedError as held:
        names = sorted({str(each._meta.verbose_name) for each in held.protected_objects})
        raise ValidationError(
            f"Na tym wpisie opierają się inne: {', '.join(names)}. Popraw najpierw je."
        ) from held
    actions.record_write(row)


def last_known_versions(model: type[AuditedModel], ids) -> list[AuditedModel]:
    """Rows taken back since, as they were in the end. One statement."""
    last = model.history.model.objects.filter(id__in=ids).order_by("id", "-history_id").distinct("id")
    return [entry.instance for entry in last]


def lock_row(queryset, *, pk, version: int | None = None):
    """The row, locked until the deed ends. Raises Conflict when it is no longer at the version one started from.

    Others may meanwhile write rows that point at it: nobody changes ids, and who waited for that could wait in a ring.
    """
    row = queryset.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if version is not None and row.version != version:
        raise VersionConflict(row)
    return row
