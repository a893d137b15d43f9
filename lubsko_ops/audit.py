"""History: who changed what, when and why. The only place that knows simple-history.

Case rows are written through ``save_as`` and ``end_as`` and in no other way (a test keeps it so): the row is
cleaned, its version rises, and the history gets the author, the reason and the clock's time.
"""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from lubsko_ops import clock


class Recorded(models.Model):
    """A row of a case: when and by whom it was entered, its version, and its whole history."""

    entered_at = models.DateTimeField("wpisano", editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="wpisał(a)", related_name="+", editable=False
    )
    version = models.PositiveIntegerField("wersja", default=0, editable=False)

    history = HistoricalRecords(inherit=True, history_change_reason_field=models.TextField(default=""))

    class Meta:
        abstract = True


class Conflict(Exception):
    """Somebody saved the row after this person had opened it."""

    def __init__(self, row):
        super().__init__("saved by somebody else in the meantime")
        self.row = row


def save_as(row: Recorded, *, by, why: str) -> Recorded:
    """Clean and save the row as this person, for this reason; returns the row.

    Raises ValidationError with sentences from the rules and constraints of the row.
    """
    if row._state.adding:
        row.entered_at, row.entered_by = clock.now(), by
    row.version += 1
    row.full_clean()
    row._history_user, row._change_reason, row._history_date = by, why, clock.now()
    row.save()
    return row


def end_as(row, *, on: date, by, why: str):
    """End a dated row with the given last day. A row that would end before it began is refused."""
    if row.starts_on > on:
        raise ValidationError("Koniec nie może poprzedzać początku.")
    row.ends_on = on
    return save_as(row, by=by, why=why)


def locked(queryset, *, pk, version: int | None = None):
    """The row, locked until the deed ends. Raises Conflict when it is no longer at the version one started from."""
    row = queryset.select_for_update(of=("self",)).get(pk=pk)
    if version is not None and row.version != version:
        raise Conflict(row)
    return row
