"""Writing audited rows: who changed what, when and why.

Case rows are written only through these functions (a test checks it): they clean the row, raise its version and record
the author, the reason and the time in its history.
"""

from datetime import date
from typing import TypeVar

import psycopg
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from lubsko_ops.audit.models import AuditedModel, VersionedModel
from lubsko_ops.core import actions
from lubsko_ops.core.locks import RowGone, note_locked
from lubsko_ops.core.temporal import EndCause

RowT = TypeVar("RowT", bound=VersionedModel)
AuditedT = TypeVar("AuditedT", bound=AuditedModel)


class VersionConflict(Exception):
    """The row was saved by somebody else after the user had opened it."""

    def __init__(self, row):
        super().__init__("the row was saved by somebody else in the meantime")
        self.row = row


def save_with_history(row: RowT, *, by, why: str) -> RowT:
    """Clean and save the row; returns it. ``why``: the reason shown in the history.

    Raises ValidationError from the row's own validation. Constraints are checked by the database alone, which is safe
    under concurrency; a violation is raised as ValidationError with the message of the constraint.
    """
    moment = actions.moment()
    if row._state.adding and isinstance(row, AuditedModel):
        row.entered_at, row.entered_by = moment, by
    row.version += 1
    row.clean_fields(exclude={field.name for field in row._meta.concrete_fields if field.is_relation})
    row.clean()
    row._history_user, row._change_reason, row._history_date = by, why, moment
    try:
        with _atomic():
            row.save()
    except IntegrityError as error:
        raise ValidationError(_constraint_message(row, error)) from error
    note_locked(row)
    actions.record_write(row, row._last_version)
    return row


def bulk_save_with_history(rows: list[AuditedT], *, by, why: str) -> list[AuditedT]:
    """Insert rows of one model with their history in two statements; returns them.

    The rows are not cleaned; constraints are checked by the database.
    """
    if not rows:
        return []
    model, moment = type(rows[0]), actions.moment()
    for row in rows:
        row.entered_at, row.entered_by, row.version = moment, by, 1
    try:
        with _atomic():
            saved = model._default_manager.bulk_create(rows)
            versions = model.history.bulk_history_create(
                saved, default_user=by, default_change_reason=why, default_date=moment
            )
    except IntegrityError as error:
        raise ValidationError(_constraint_message(rows[0], error)) from error
    actions.record_write(*saved, *versions)
    return saved


def bulk_update_with_history(rows: list[AuditedT], fields: list[str], *, by, why: str) -> list[AuditedT]:
    """Save these fields of locked rows of one model with their history in two statements; returns them.

    The rows are not cleaned; constraints are checked by the database.
    """
    if not rows:
        return []
    model, moment = type(rows[0]), actions.moment()
    for row in rows:
        row.version += 1
    try:
        with _atomic():
            model._default_manager.bulk_update(rows, [*fields, "version"])
            versions = model.history.bulk_history_create(
                rows, update=True, default_user=by, default_change_reason=why, default_date=moment
            )
    except IntegrityError as error:
        raise ValidationError(_constraint_message(rows[0], error)) from error
    actions.record_write(*rows, *versions)
    return rows


def _atomic():
    """A savepoint outside actions; an action is rolled back as a whole and needs none."""
    return transaction.atomic(savepoint=not actions.in_action())


def _constraint_message(row: VersionedModel, error: IntegrityError) -> str:
    """Message of the violated constraint. Re-raises the error for a constraint not declared on the row's model."""
    cause = error.__cause__
    name = cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
    for constraint in row._meta.constraints:
        if constraint.name == name:
            return str(constraint.get_violation_error_message())
    raise error


def end_row(row, *, on: date, by, why: str, cause: EndCause | None = None):
    """Set the last day of the row; ``cause`` (of a ResumableModel) when the row may continue once it is undone.

    Raises ValidationError when it would end before it starts.
    """
    if row.starts_on > on:
        raise ValidationError("Koniec nie może poprzedzać początku.")
    if cause:
        row.end_early(on, cause)
    else:
        row.set_last_day(on)
    return save_with_history(row, by=by, why=why)


def resume_row(row, *, by, why: str):
    """Let a row that ended early continue until the last day it had before."""
    row.resume()
    return save_with_history(row, by=by, why=why)


def delete_with_history(row: AuditedModel, *, by, why: str) -> None:
    """Delete a row entered by mistake (wpisano przez pomyłkę); its history stays, with the author and the reason.

    Raises ValidationError while other rows refer to it.
    """
    row._history_user, row._change_reason, row._history_date = by, why, actions.moment()
    try:
        with transaction.atomic():
            row.delete()
    except models.ProtectedError as error:
        names = sorted({str(each._meta.verbose_name) for each in error.protected_objects})
        raise ValidationError(
            f"Na tym wpisie opierają się inne: {', '.join(names)}. Popraw najpierw je."
        ) from error
    actions.record_write(row, row._last_version)


def bulk_delete_with_history(rows: list[AuditedT], *, by, why: str) -> None:
    """Delete rows of one model in two statements; their history stays, with the author and the reason.

    For rows that nothing refers to any more: no rows are deleted with them, and the database checks that at the commit.
    """
    if not rows:
        return
    model, moment = type(rows[0]), actions.moment()
    versions = model.history.model.objects.bulk_create(
        model.history.model(
            history_date=moment,
            history_user=by,
            history_change_reason=why,
            history_type="-",
            **{field.attname: getattr(row, field.attname) for field in model.history.model.tracked_fields},
        )
        for row in rows
    )
    deleted = model._base_manager.filter(pk__in=[row.pk for row in rows])
    deleted._raw_delete(deleted.db)
    actions.record_write(*versions)


def latest_versions(model: type[RowT], ids) -> list[RowT]:
    """Deleted rows of the model in their last version. One statement."""
    last = model.history.model.objects.filter(id__in=ids).order_by("id", "-history_id").distinct("id")
    return [entry.instance for entry in last]


def versions_of(model: type[RowT]) -> models.QuerySet:
    """All versions of the rows of the model (``id``, ``history_id``, ``history_date``): when a value was entered.

    For moments and for giving a version back; the reasons among them are sentences and decide nothing.
    """
    return model.history.model.objects.all()


def lock_row(
    queryset: models.QuerySet[RowT] | models.Manager[RowT], *, pk, version: int | None = None
) -> RowT:
    """The row, locked until the end of the transaction.

    Raises RowGone when it was deleted, VersionConflict when its version is not ``version``.
    For a row of a family, its action locks the family first: ``lubsko_ops/core/locks.py``.
    """
    row = queryset.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if row is None:
        raise RowGone
    note_locked(row)
    if version is not None and row.version != version:
        raise VersionConflict(row)
    return row
